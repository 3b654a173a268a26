//! Asks: as many at once as the server takes, or so many a second.

use super::Outcome;
use nix::{
    errno::Errno,
    sys::socket::{MsgFlags, MultiHeaders, SockaddrStorage, recvmmsg, sendmmsg},
};
use std::{
    io::{IoSlice, IoSliceMut},
    net::{SocketAddr, UdpSocket},
    os::fd::AsRawFd,
    time::{Duration, Instant},
};

const BATCH: usize = 64;
const OUT_MAX: usize = 512;

/// A question as bytes, with what is right as an answer; the lower byte of its number says that too,
/// so that nothing has to be looked up.
pub(super) struct Question {
    pub(super) bytes: Vec<u8>,
    pub(super) right: u8,
}

/// A question for the address of a name, and the code that is right.
pub(super) fn question(name: &str, right: u8) -> Question {
    let mut bytes = vec![0, right, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap_or(0));
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.extend_from_slice(&[0, 0, 1, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
    Question { bytes, right }
}

pub(super) struct Load {
    socket: UdpSocket,
}

/// What came of it.
pub(super) struct Done {
    pub(super) answered: f64,
    pub(super) wrong: u64,
    pub(super) lost: u64,
    seconds: f64,
}

impl Done {
    pub(super) fn a_second(&self) -> f64 {
        self.answered / self.seconds
    }
}

impl Load {
    pub(super) fn new(to: SocketAddr) -> Outcome<Load> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.connect(to)?;
        socket.set_read_timeout(Some(Duration::from_millis(50)))?;
        Ok(Load { socket })
    }

    /// Keeps hundreds of questions out for some time.
    pub(super) fn run(&self, all: &[Question], time: Duration) -> Outcome<Done> {
        let mut room = vec![[0_u8; 1500]; BATCH];
        let mut sending: MultiHeaders<SockaddrStorage> = MultiHeaders::preallocate(BATCH, None);
        let mut receiving: MultiHeaders<SockaddrStorage> = MultiHeaders::preallocate(BATCH, None);
        let to = [None; BATCH];
        let (mut next, mut out, mut answered) = (0, 0_usize, 0_u32);
        let (mut wrong, mut lost) = (0_u64, 0_u64);
        let begun = Instant::now();
        while begun.elapsed() < time {
            if out + BATCH <= OUT_MAX {
                let batch = all.iter().skip(next).chain(all).take(BATCH);
                let slices: Vec<[IoSlice<'_>; 1]> = batch
                    .map(|question| [IoSlice::new(&question.bytes)])
                    .collect();
                let fd = self.socket.as_raw_fd();
                let sent = sendmmsg(fd, &mut sending, slices.iter(), to, [], MsgFlags::empty());
                let sent = sent.map_or(0, Iterator::count);
                next = (next + sent) % all.len();
                out += sent;
            }
            match receive(&self.socket, &mut room, &mut receiving) {
                Ok(count) => {
                    out = out.saturating_sub(count);
                    answered += u32::try_from(count)?;
                    let came = room.iter().take(count);
                    let code = |bytes: &[u8; 1500]| bytes.get(3).map(|code| code & 15);
                    let bad = came.filter(|bytes| bytes.get(1).copied() != code(bytes));
                    wrong += u64::try_from(bad.count())?;
                }
                // What is out was lost.
                Err(Errno::EAGAIN) => {
                    lost += u64::try_from(out)?;
                    out = 0;
                }
                Err(_) => {}
            }
        }
        Ok(Done {
            answered: f64::from(answered),
            wrong,
            lost,
            seconds: begun.elapsed().as_secs_f64(),
        })
    }
}

fn receive(
    socket: &UdpSocket,
    room: &mut [[u8; 1500]],
    headers: &mut MultiHeaders<SockaddrStorage>,
) -> nix::Result<usize> {
    let mut slices: Vec<[IoSliceMut<'_>; 1]> = room
        .iter_mut()
        .map(|bytes| [IoSliceMut::new(bytes)])
        .collect();
    let flags = MsgFlags::MSG_WAITFORONE;
    let came = recvmmsg(socket.as_raw_fd(), headers, slices.iter_mut(), flags, None)?;
    Ok(came.count())
}

/// So many a second, whatever the server does.
pub(super) struct Paced {
    socket: UdpSocket,
}

/// What came of it.
pub(super) struct Answered {
    pub(super) asked: usize,
    pub(super) lost: usize,
    pub(super) unfiltered: usize,
    times: Vec<Duration>,
}

impl Answered {
    /// So many in a hundred took at most so many milliseconds.
    pub(super) fn part(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        super::millis(self.times.get(at).copied().unwrap_or_default())
    }
}

impl Paced {
    pub(super) fn new(to: SocketAddr) -> Outcome<Paced> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.connect(to)?;
        Ok(Paced { socket })
    }

    /// Asks for some time, ten at a time; `turn` is called before each ten.
    pub(super) fn run(
        &self,
        all: &[Question],
        a_second: u32,
        time: Duration,
        mut turn: impl FnMut(u32) -> Outcome<()> + Send,
    ) -> Outcome<Answered> {
        let count = usize::try_from(u64::from(a_second) * time.as_secs())?.min(65_535);
        let step = Duration::from_secs(10) / a_second;
        let reading = self.socket.try_clone()?;
        reading.set_read_timeout(Some(Duration::from_millis(1500)))?;
        let listening = std::thread::spawn(move || {
            let mut came = Vec::with_capacity(count);
            let mut bytes = [0; 1500];
            while came.len() < count && reading.recv(&mut bytes).is_ok() {
                let [id0, id1, _, code, ..] = bytes;
                came.push((u16::from_be_bytes([id0, id1]), code & 15, Instant::now()));
            }
            came
        });
        let mut sent = Vec::with_capacity(count);
        let begun = Instant::now();
        let mut questions = all.iter().cycle();
        for number in 0..count {
            if number % 10 == 0 {
                let tens = u32::try_from(number / 10)?;
                turn(tens)?;
                while begun.elapsed() < step * tens {
                    std::thread::park_timeout(Duration::from_micros(100));
                }
            }
            let question = questions.next().ok_or("there are questions")?;
            let mut bytes = question.bytes.clone();
            let id = u16::try_from(number)?.to_be_bytes();
            for (place, byte) in bytes.iter_mut().zip(id) {
                *place = byte;
            }
            sent.push((Instant::now(), question.right));
            self.socket.send(&bytes)?;
        }
        let came = listening.join().map_err(|_| "the listener ended")?;
        let (mut times, mut unfiltered) = (Vec::with_capacity(came.len()), 0);
        for (id, code, at) in &came {
            let Some((sent, right)) = sent.get(usize::from(*id)) else {
                continue;
            };
            times.push(at.saturating_duration_since(*sent));
            unfiltered += usize::from(*right == 3 && *code != 3);
        }
        times.sort_unstable();
        Ok(Answered {
            asked: count,
            lost: count - came.len(),
            unfiltered,
            times,
        })
    }
}
