//! Processes that are measured, and what stands behind them.

use super::Outcome;
use gate::{
    compiled::{Builder, List, Survey},
    dns::{Files, Options, Serving, Untold},
    proxy::{self, Authority, Listening, Proxy, say_plainly},
};
use hickory_proto::{
    op::{Message, MessageType},
    rr::{RData, Record, RecordType, rdata::A},
};
use kernel::moment::Moment;
use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

const READY: Duration = Duration::from_secs(30);

const PLAN: &str = r#"
at_home = ["bench.example"]
[[profile]]
name = "staff"
closed = ["adult"]
looks_into = "everything"
content = { suicide = 100, sexual = 100, hate = 100 }
[[device]]
name = "device-1"
addresses = ["127.0.0.1"]
profile = "staff"
trusts_authority = true
# end
"#;

/// A process that ends with this.
pub(super) struct Server {
    pub(super) name: String,
    pub(super) at: SocketAddr,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Server {
    /// This program in another role, on a processor; `AT` is where it listens.
    pub(super) fn own(processor: &str, words: &[&str]) -> Outcome<Server> {
        let at = free()?;
        let program = std::env::current_exe()?.to_string_lossy().into_owned();
        let words: Vec<String> = words
            .iter()
            .map(|word| word.replace("AT", &at.to_string()))
            .collect();
        let mut all = vec![program];
        all.extend(words);
        let server = begin(processor, "ours", at, &all)?;
        if !all.iter().any(|word| word == "resolver") {
            server.wait()?;
        }
        Ok(server)
    }

    fn wait(&self) -> Outcome<()> {
        let since = Instant::now();
        while since.elapsed() < READY {
            if TcpStream::connect(self.at).is_ok() {
                return Ok(());
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        Err(format!("{} is not ready", self.name).into())
    }

    /// How long it has worked, with what it began.
    pub(super) fn processor_seconds(&self) -> Outcome<f64> {
        let mut ticks = 0.0;
        for entry in std::fs::read_dir("/proc")?.flatten() {
            let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else {
                continue;
            };
            let pid = stat
                .split(' ')
                .next()
                .and_then(|word| word.parse::<u32>().ok());
            let after: Vec<&str> = stat
                .rsplit(')')
                .next()
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            let parent = after.get(1).and_then(|word| word.parse::<u32>().ok());
            if pid == Some(self.child.id()) || parent == Some(self.child.id()) {
                let own = after.iter().skip(11).take(2);
                ticks += own.filter_map(|word| word.parse::<f64>().ok()).sum::<f64>();
            }
        }
        Ok(ticks / 100.0)
    }
}

fn free() -> Outcome<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn begin(processor: &str, name: &str, at: SocketAddr, words: &[String]) -> Outcome<Server> {
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
        child,
    })
}

/// Keeps this process to the second processor.
pub(super) fn stay_on_second() -> Outcome<()> {
    let own = std::process::id().to_string();
    let done = Command::new("taskset")
        .args(["-cp", "1", &own])
        .stdout(Stdio::null())
        .status()?;
    match done.success() {
        true => Ok(()),
        false => Err("taskset is needed, and two processors".into()),
    }
}

fn closed(number: u64) -> String {
    format!("closed{number}.invalid.example")
}

/// The list for both, the plan, and the names that squid is told of.
pub(super) fn write_files(folder: &Path, names: u64) -> Outcome<()> {
    std::fs::write(folder.join("plan.toml"), PLAN)?;
    let mut survey = Survey::new();
    (0..names)
        .step_by(13)
        .for_each(|number| survey.learn(&closed(number)));
    survey.expect(names);
    let list = List {
        name: "adult.txt".to_owned(),
        category: "adult".to_owned(),
        ..List::default()
    };
    let mut builder = Builder::begin(vec![list], &survey)?;
    let mut text = String::new();
    for (line, number) in (1..).zip(0..names) {
        builder.add(0, line, &closed(number));
        text.push_str(&format!(".{}\n", closed(number)));
    }
    builder.sorted().finish(&folder.join("names"))?;
    std::fs::write(folder.join("list"), text)?;
    std::fs::write(folder.join("hosts"), "127.0.0.1 site.bench.example\n")?;
    Ok(())
}

/// Ours, with the files of a folder.
pub(super) fn ours(folder: &Path, resolver: SocketAddr, site: SocketAddr) -> Outcome<Server> {
    let folder = folder.to_string_lossy().into_owned();
    let at = free()?;
    std::fs::write(Path::new(&folder).join("at"), at.to_string())?;
    let program = std::env::current_exe()?.to_string_lossy().into_owned();
    let words = [
        program,
        "serve".to_owned(),
        folder,
        resolver.to_string(),
        site.to_string(),
    ];
    let server = begin("0", "ours", at, &words)?;
    server.wait()?;
    Ok(server)
}

/// The proxy, for as long as nobody ends it.
pub(super) fn serve(folder: &Path, resolver: SocketAddr, site: SocketAddr) -> Outcome<()> {
    let options = Options {
        files: Files {
            plan: folder.join("plan.toml"),
            lists: folder.join("names"),
            pages: None,
        },
        listen: Vec::new(),
        tls: Vec::new(),
        https: Vec::new(),
        certificate: None,
        upstream: vec![format!("udp://{resolver}").parse()?],
        authorities: None,
        cache_bytes_max: 8 << 20,
        threads: 1,
    };
    let serving = Serving::begin(&options, &|| Box::new(Untold), Box::new(|_| {}), now)?;
    let authority = Authority::begin(&folder.join("authority"), &[1; 32], "Larch Nursery", now())?;
    std::fs::write(folder.join("authority.der"), authority.certificate())?;
    let root = folder.join("site.pem");
    let options = proxy::Options {
        name: "filter.example:3128".to_owned(),
        authority: Some(authority),
        say_closed: Box::new(say_plainly),
        authorities: root.exists().then_some(root),
        further_ports: vec![site.port()],
        learned: None,
        scanner: None,
    };
    let proxy = Proxy::new(Arc::clone(serving.filter()), options)?;
    let at: SocketAddr = std::fs::read_to_string(folder.join("at"))?.parse()?;
    serving.open(&proxy, Listening::Requests, &[at])?;
    loop {
        std::thread::park();
    }
}

#[expect(clippy::disallowed_methods, reason = "the rim of the bench")]
fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.map(|since| since.as_micros()).unwrap_or_default();
    Moment::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// Squid with the same list, without a cache and without a log.
pub(super) fn squid(folder: &Path, site: SocketAddr) -> Outcome<Server> {
    let at = free()?;
    let path = folder.to_string_lossy();
    let config = format!(
        "http_port {at}\nacl closed dstdomain \"{path}/list\"\nacl site port {port}\nacl CONNECT method CONNECT\n\
         http_access deny closed\nhttp_access allow site\nhttp_access deny all\ncache deny all\ncache_mem 8 MB\n\
         access_log none\ncache_log /dev/null\ncache_store_log none\npid_filename none\nhosts_file {path}/hosts\n\
         workers 1\ncoredump_dir /tmp\nshutdown_lifetime 0 seconds\nvia on\nforwarded_for delete\n\
         client_persistent_connections on\nserver_persistent_connections on\nlogfile_rotate 0\n",
        port = site.port()
    );
    let file = folder.join("squid.conf");
    std::fs::write(&file, config)?;
    // It gives up the rights of root, and has to read its files then.
    Command::new("chmod")
        .args(["-R", "a+rX"])
        .arg(folder)
        .status()?;
    let words = ["squid", "-N", "-f", &file.to_string_lossy()].map(str::to_owned);
    let server = begin("0", "squid", at, &words)?;
    server.wait()?;
    Ok(server)
}

/// Answers every name with this machine.
pub(super) fn resolver(at: SocketAddr) -> Outcome<()> {
    let socket = UdpSocket::bind(at)?;
    let mut bytes = [0; 1500];
    loop {
        let (length, from) = socket.recv_from(&mut bytes)?;
        let Ok(mut message) = Message::from_vec(bytes.get(..length).unwrap_or_default()) else {
            continue;
        };
        message.metadata.message_type = MessageType::Response;
        let asked = message.queries.first().cloned();
        if let Some(query) = asked.filter(|query| query.query_type() == RecordType::A) {
            let data = RData::A(A(Ipv4Addr::LOCALHOST));
            message.add_answer(Record::from_rdata(query.name().clone(), 3_600, data));
        }
        socket.send_to(&message.to_vec()?, from)?;
    }
}
