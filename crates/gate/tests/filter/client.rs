//! Somebody who asks, and a filter that is asked.

use crate::{
    given::{self, Lists},
    upstream::Upstream,
};
use gate::dns::{Files, Options, ServeError, Serving, Told, Trace};
use hickory_proto::{
    op::{Edns, Message, MessageType, OpCode, Query, ResponseCode},
    rr::{Name, RData, RecordType},
};
use kernel::moment::Moment;
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream, UdpSocket},
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

/// What is told of each answer.
pub(crate) type Heard = Arc<Mutex<Vec<String>>>;

struct Notes(Heard);

impl Trace for Notes {
    fn answered(&mut self, told: &Told<'_>) {
        let verdict = told.gate.explain_for(told.seat, told.name, told.decision);
        let origin = told.origin.map(|origin| (origin.list, origin.line));
        let words = format!(
            "{:?} {} {:?} {:?} {}",
            told.door, told.name, told.answer, origin, verdict.why
        );
        self.0.lock().unwrap().push(words);
    }
}

/// A filter that runs in a folder of its own.
pub(crate) struct Running {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) serving: Serving,
    pub(crate) upstream: Upstream,
    pub(crate) told: Heard,
    pub(crate) changed: Arc<Mutex<Vec<Result<(), String>>>>,
}

pub(crate) fn options(folder: &Path, upstream: SocketAddr) -> Options {
    Options {
        files: Files {
            plan: folder.join("plan.toml"),
            lists: folder.join("names"),
            pages: None,
        },
        listen: vec!["127.0.0.1:0".parse().unwrap()],
        tls: Vec::new(),
        https: Vec::new(),
        certificate: None,
        upstream: vec![format!("udp://{upstream}").parse().unwrap()],
        authorities: None,
        cache_bytes_max: 1 << 20,
        threads: 1,
    }
}

pub(crate) fn write_plan(folder: &Path, plan: &str) {
    let next = folder.join("plan.next");
    std::fs::write(&next, format!("{plan}\n# end\n")).unwrap();
    std::fs::rename(&next, folder.join("plan.toml")).unwrap();
}

/// Begins a filter with these lists and this plan.
pub(crate) fn run(lists: Lists<'_>, plan: &str, change: impl FnOnce(&mut Options)) -> Running {
    let folder = tempfile::tempdir().unwrap();
    given::write(&folder.path().join("names"), lists);
    write_plan(folder.path(), plan);
    let upstream = Upstream::begin();
    let mut options = options(folder.path(), upstream.at);
    change(&mut options);
    let told = Heard::default();
    let changed: Arc<Mutex<Vec<Result<(), String>>>> = Arc::default();
    let begin = || {
        let own_changed = Arc::clone(&changed);
        let own = Arc::clone(&told);
        Serving::begin(
            &options,
            &move || Box::new(Notes(Arc::clone(&own))),
            Box::new(move |done| {
                let done = done.map_err(|error| error.to_string());
                own_changed.lock().unwrap().push(done);
            }),
            now,
        )
    };
    // A port that was free for packets may be somebody else's for streams: then another is tried.
    let serving = (0..10)
        .map(|_| begin())
        .find(|begun| !matches!(begun, Err(ServeError::Listen { .. })));
    let serving = serving.unwrap().unwrap();
    Running {
        folder,
        serving,
        upstream,
        told,
        changed,
    }
}

/// The moment that it is.
#[expect(clippy::disallowed_methods, reason = "the rim of the tests")]
pub(crate) fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Moment::from_micros(i64::try_from(since.unwrap().as_micros()).unwrap())
}

/// A question, as bytes.
pub(crate) fn question(name: &str, kind: RecordType) -> Vec<u8> {
    let mut message = Message::new(4711, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    let mut asked = Name::from_ascii(name).unwrap();
    asked.set_fqdn(true);
    message.add_query(Query::query(asked, kind));
    let mut edns = Edns::new();
    edns.set_max_payload(1232);
    message.set_edns(edns);
    message.to_vec().unwrap()
}

/// Asks in one packet; nothing where there is no answer.
pub(crate) fn packet(at: SocketAddr, bytes: &[u8]) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(8)))
        .unwrap();
    socket.send_to(bytes, at).unwrap();
    let mut room = [0; 4096];
    let length = socket.recv(&mut room).ok()?;
    Some(room[..length].to_vec())
}

/// Asks in a stream, all at once; answers in the order in which they come.
pub(crate) fn stream(at: SocketAddr, all: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut stream = TcpStream::connect(at).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(8)))
        .unwrap();
    let mut bytes = Vec::new();
    for one in all {
        bytes.extend_from_slice(&u16::try_from(one.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(one);
    }
    stream.write_all(&bytes).unwrap();
    let mut answers = Vec::new();
    for _ in all {
        let mut length = [0; 2];
        if stream.read_exact(&mut length).is_err() {
            break;
        }
        let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
        stream.read_exact(&mut answer).unwrap();
        answers.push(answer);
    }
    answers
}

impl Running {
    pub(crate) fn at(&self) -> SocketAddr {
        self.serving.addresses().listen[0]
    }

    pub(crate) fn ask(&self, name: &str, kind: RecordType) -> Message {
        let bytes = packet(self.at(), &question(name, kind)).unwrap();
        let message = Message::from_vec(&bytes).unwrap();
        assert_eq!(message.metadata.id, 4711);
        assert!(message.edns.is_some());
        message
    }

    /// In words: what came of it, and each record with its seconds.
    pub(crate) fn told(&self, name: &str, kind: RecordType) -> String {
        words(&self.ask(name, kind))
    }

    /// Waits until something holds; fails when it does not within ten seconds.
    pub(crate) fn until(&self, what: &str, holds: impl Fn() -> bool) {
        for _ in 0..1000 {
            if holds() {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(10));
        }
        panic!("{what}: {:?}", self.changed.lock().unwrap());
    }
}

pub(crate) fn words(message: &Message) -> String {
    let code = match message.metadata.response_code {
        ResponseCode::NoError => "",
        ResponseCode::NXDomain => "no such name",
        ResponseCode::ServFail => "failed",
        ResponseCode::Refused => "refused",
        other => panic!("{other}"),
    };
    let records = message.answers.iter().map(|record| {
        let data = match &record.data {
            RData::CNAME(to) => format!("-> {}", to.0),
            other => other.to_string(),
        };
        format!("{data} ({})", record.ttl)
    });
    let mut parts: Vec<String> = records.collect();
    if !code.is_empty() {
        parts.insert(0, code.to_owned());
    }
    if let Some(record) = message.authorities.first() {
        parts.push(format!("nothing ({})", record.ttl));
    }
    parts.join("; ")
}
