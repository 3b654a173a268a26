//! Processes that answer: ours, the limit, the resolver behind all of them.

use super::{Outcome, free, load::Question};
use gate::{
    alerts::Teller,
    dns::{Files, Options, Resolver, Serving, Trace},
    news::Spool,
    traces::{Keeper, Known, Limits, Recorder, Store},
};
use kernel::moment::Moment;
use nix::sys::socket::{MsgFlags, MultiHeaders, SockaddrStorage, recvmmsg, sendmmsg};
use std::{
    io::{IoSlice, IoSliceMut},
    net::{SocketAddr, UdpSocket},
    os::fd::AsRawFd,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

const BATCH: usize = 64;
const READY: Duration = Duration::from_secs(180);

/// A process that answers; it ends with this.
pub(super) struct Server {
    pub(super) name: String,
    pub(super) at: SocketAddr,
    pub(super) begun: Instant,
    /// It only sends back what came.
    pub(super) is_limit: bool,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Server {
    /// Begins a program on the first processor.
    pub(super) fn begin(name: &str, at: SocketAddr, words: &[&str]) -> Outcome<Server> {
        Server::begin_on("0", name, at, words)
    }

    fn begin_on(processor: &str, name: &str, at: SocketAddr, words: &[&str]) -> Outcome<Server> {
        let begun = Instant::now();
        let child = Command::new("taskset")
            .args(["-c", processor])
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Server {
            name: name.to_owned(),
            at,
            begun,
            is_limit: false,
            child,
        })
    }

    fn own(processor: &str, name: &str, words: &[&str]) -> Outcome<Server> {
        let at = free()?;
        let program = std::env::current_exe()?;
        let program = program.to_string_lossy();
        let address = at.to_string();
        let mut all = vec![program.as_ref()];
        all.extend(words.iter().map(|word| {
            if *word == "AT" {
                address.as_str()
            } else {
                word
            }
        }));
        Server::begin_on(processor, name, at, &all)
    }

    /// Sends each packet back: nothing can be quicker.
    pub(super) fn echo() -> Outcome<Server> {
        let mut server = Server::own("0", "limit: sends packets back", &["echo", "AT"])?;
        server.is_limit = true;
        Ok(server)
    }

    /// Whom all others ask.
    pub(super) fn resolver() -> Outcome<Server> {
        Server::own("1", "resolver", &["resolver", "AT"])
    }

    /// Asks until the answer is right; how long that took since some moment.
    pub(super) fn until_right(
        &self,
        asked: &Question,
        right: u8,
        since: Instant,
    ) -> Outcome<Duration> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_read_timeout(Some(Duration::from_millis(2)))?;
        let mut bytes = [0; 1500];
        while since.elapsed() < READY {
            socket.send_to(&asked.bytes, self.at)?;
            while let Ok(length) = socket.recv(&mut bytes) {
                if length > 12 && bytes.get(3).is_some_and(|code| code & 15 == right) {
                    return Ok(since.elapsed());
                }
            }
        }
        Err(format!("{} is not ready", self.name).into())
    }

    /// Megabytes of memory that are in use.
    pub(super) fn resident(&self) -> Outcome<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kilobytes.unwrap_or(0.0) * 1024.0 / 1e6)
    }

    /// How long it has worked.
    pub(super) fn processor_seconds(&self) -> Outcome<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks = after.split_whitespace().skip(11).take(2);
        Ok(ticks
            .filter_map(|word| word.parse::<f64>().ok())
            .sum::<f64>()
            / 100.0)
    }
}

/// Keeps this process to one processor.
pub(super) fn stay_on(processor: &str) -> Outcome<()> {
    let own = std::process::id().to_string();
    let done = Command::new("taskset")
        .args(["-cp", processor, &own])
        .stdout(Stdio::null())
        .status()?;
    if !done.success() {
        return Err("taskset is needed, and two processors".into());
    }
    Ok(())
}

/// Ours, with the plan and the lists of a folder.
pub(super) fn ours(processors: &str, folder: &Path, upstream: SocketAddr) -> Outcome<Server> {
    let (folder, upstream) = (folder.to_string_lossy(), upstream.to_string());
    Server::own(processors, "ours", &["serve", &folder, "AT", &upstream])
}

pub(super) fn serve(folder: &Path, at: SocketAddr, upstream: SocketAddr) -> Outcome<()> {
    let options = Options {
        files: Files {
            plan: folder.join("plan.toml"),
            lists: folder.join("names"),
            pages: None,
        },
        listen: vec![at],
        tls: Vec::new(),
        https: Vec::new(),
        certificate: None,
        upstream: vec![Resolver::Plain(upstream)],
        authorities: None,
        cache_bytes_max: 8 << 20,
        threads: 1,
    };
    // Every answer is kept, sealed, on the disk, and looked at for alerts, as in a setting.
    let kept = folder.join("traces");
    let limits = Limits {
        bytes: 1 << 30,
        days: 90,
        held: std::collections::BTreeSet::new(),
    };
    let fill = |bytes: &mut [u8]| bytes.fill(7);
    let store = Store::begin(&kept, &[7; 32], limits, Box::new(fill), now())?;
    let known = Arc::new(Known::open(&kept, &[7; 32])?);
    let recorder = Arc::new(Recorder::begin_known(
        store,
        &known,
        |bytes| bytes.fill(7),
        now,
    )?);
    let teller = Arc::new(Teller::begin(Spool::open(&folder.join("news"))?, now)?);
    let (own, watching) = (Arc::clone(&recorder), Arc::clone(&teller));
    let traces =
        move || -> Box<dyn Trace> { Box::new(Keeper::new(&own, &known, Some(watching.watch()))) };
    let serving = Serving::begin(&options, &traces, Box::new(drop), now)?;
    loop {
        std::thread::park_timeout(Duration::from_secs(5));
        std::hint::black_box(&serving);
        let lost = recorder.lost();
        if lost > 0 {
            eprintln!("{lost} answers were not kept");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the rim of this program")]
fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since
        .ok()
        .and_then(|since| i64::try_from(since.as_micros()).ok());
    Moment::from_micros(micros.unwrap_or(0))
}

/// Sends each packet back, with the bit that says that it is an answer.
pub(super) fn echo(at: SocketAddr) -> Outcome<()> {
    answer(at, |bytes| {
        if let Some(flags) = bytes.get_mut(2) {
            *flags |= 0x80;
        }
    })
}

/// Answers each question with one address that holds for long.
pub(super) fn resolver(at: SocketAddr) -> Outcome<()> {
    answer(at, |bytes| {
        let name = bytes
            .iter()
            .skip(12)
            .position(|byte| *byte == 0)
            .unwrap_or(0);
        bytes.truncate(12 + name + 5);
        for (place, byte) in [(2, 0x85), (3, 0x80), (7, 1), (9, 0), (11, 0)] {
            if let Some(own) = bytes.get_mut(place) {
                *own = byte;
            }
        }
        bytes.extend_from_slice(&[0xc0, 12, 0, 1, 0, 1, 0, 0, 14, 16, 0, 4, 198, 51, 100, 1]);
    })
}

fn answer(at: SocketAddr, make: impl Fn(&mut Vec<u8>)) -> Outcome<()> {
    let socket = UdpSocket::bind(at)?;
    let fd = socket.as_raw_fd();
    let mut room = vec![[0_u8; 1500]; BATCH];
    let mut receiving: MultiHeaders<SockaddrStorage> = MultiHeaders::preallocate(BATCH, None);
    let mut sending: MultiHeaders<SockaddrStorage> = MultiHeaders::preallocate(BATCH, None);
    let mut outs: Vec<Vec<u8>> = vec![Vec::new(); BATCH];
    loop {
        let mut slices: Vec<[IoSliceMut<'_>; 1]> = room
            .iter_mut()
            .map(|bytes| [IoSliceMut::new(bytes)])
            .collect();
        let flags = MsgFlags::MSG_WAITFORONE;
        let Ok(came) = recvmmsg(fd, &mut receiving, slices.iter_mut(), flags, None) else {
            continue;
        };
        let came: Vec<(usize, Option<SockaddrStorage>)> =
            came.map(|one| (one.bytes, one.address)).collect();
        for (((length, _), bytes), out) in came.iter().zip(&room).zip(&mut outs) {
            out.clear();
            out.extend_from_slice(bytes.get(..*length).unwrap_or_default());
            make(out);
        }
        let to: Vec<Option<SockaddrStorage>> = came.iter().map(|(_, from)| *from).collect();
        let slices: Vec<[IoSlice<'_>; 1]> = outs
            .iter()
            .take(to.len())
            .map(|out| [IoSlice::new(out)])
            .collect();
        sendmmsg(fd, &mut sending, slices.iter(), to, [], MsgFlags::empty())?;
    }
}
