//! A resolver on this machine that knows a few invented names, and can fall silent.

use hickory_proto::{
    op::{Message, MessageType, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{
            A, AAAA, CNAME, HTTPS, SOA, SVCB, TXT,
            svcb::{Alpn, EchConfigList, IpHint, SvcParamKey, SvcParamValue},
        },
    },
};
use std::{
    collections::HashMap,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, UdpSocket},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

/// A resolver; it ends with the test.
#[derive(Clone)]
pub(crate) struct Upstream {
    pub(crate) at: SocketAddr,
    silent: Arc<AtomicBool>,
    liar: Arc<AtomicBool>,
    asked: Arc<Mutex<HashMap<String, u64>>>,
    all: Arc<AtomicU64>,
}

impl Upstream {
    pub(crate) fn begin() -> Upstream {
        // A port that is free for packets may be taken for streams.
        let (socket, listener) = (0..100)
            .find_map(|_| {
                let socket = UdpSocket::bind("127.0.0.1:0").ok()?;
                let listener = TcpListener::bind(socket.local_addr().ok()?).ok()?;
                Some((socket, listener))
            })
            .unwrap();
        let at = socket.local_addr().unwrap();
        let upstream = Upstream {
            at,
            silent: Arc::default(),
            liar: Arc::default(),
            asked: Arc::default(),
            all: Arc::default(),
        };
        let own = upstream.clone();
        std::thread::spawn(move || own.packets(&socket));
        let own = upstream.clone();
        std::thread::spawn(move || own.streams(&listener));
        upstream
    }

    /// Answers no more, or again.
    pub(crate) fn fall_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    /// Before each answer sends one that somebody else could have made up.
    pub(crate) fn add_lies(&self) {
        self.liar.store(true, Ordering::SeqCst);
    }

    /// How often a name was asked for.
    pub(crate) fn asked(&self, name: &str) -> u64 {
        *self.asked.lock().unwrap().get(name).unwrap_or(&0)
    }

    /// How often anything was.
    pub(crate) fn all(&self) -> u64 {
        self.all.load(Ordering::SeqCst)
    }

    fn packets(&self, socket: &UdpSocket) {
        let mut bytes = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut bytes) {
            let Some(mut answer) = self.answer(&bytes[..length]) else {
                continue;
            };
            if self.liar.load(Ordering::SeqCst) {
                let mut lie = answer.clone();
                lie.answers = vec![record(&answer.queries[0].name, 60, a("203.0.113.66"))];
                lie.metadata.id ^= 1;
                socket.send_to(&lie.to_vec().unwrap(), from).unwrap();
                lie.metadata.id ^= 1;
                lie.queries[0].name = lie.queries[0].name.to_lowercase();
                if lie.queries[0].name.to_ascii() != answer.queries[0].name.to_ascii() {
                    socket.send_to(&lie.to_vec().unwrap(), from).unwrap();
                }
            }
            let mut out = answer.to_vec().unwrap();
            if out.len() > 1232 {
                answer.answers.clear();
                answer.metadata.truncation = true;
                out = answer.to_vec().unwrap();
            }
            socket.send_to(&out, from).unwrap();
        }
    }

    fn streams(&self, listener: &TcpListener) {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream
                .set_read_timeout(Some(Duration::from_secs(2)))
                .unwrap();
            let mut length = [0; 2];
            while stream.read_exact(&mut length).is_ok() {
                let mut bytes = vec![0; usize::from(u16::from_be_bytes(length))];
                stream.read_exact(&mut bytes).unwrap();
                let Some(answer) = self.answer(&bytes) else {
                    break;
                };
                let out = answer.to_vec().unwrap();
                let length = u16::try_from(out.len()).unwrap();
                stream.write_all(&length.to_be_bytes()).unwrap();
                stream.write_all(&out).unwrap();
            }
        }
    }

    fn answer(&self, bytes: &[u8]) -> Option<Message> {
        let asked = Message::from_vec(bytes).ok()?;
        let query = asked.queries.first()?.clone();
        let name = query.name.to_lowercase().to_ascii();
        let name = name.trim_end_matches('.').to_owned();
        *self.asked.lock().unwrap().entry(name.clone()).or_default() += 1;
        self.all.fetch_add(1, Ordering::SeqCst);
        if self.silent.load(Ordering::SeqCst) {
            return None;
        }
        let mut answer = Message::new(
            asked.metadata.id,
            MessageType::Response,
            asked.metadata.op_code,
        );
        answer.add_query(query.clone());
        answer.metadata.recursion_available = true;
        fill(&mut answer, &name, &query.name, query.query_type);
        Some(answer)
    }
}

fn a(address: &str) -> RData {
    RData::A(A(address.parse().unwrap()))
}

fn name(text: &str) -> Name {
    let mut name = Name::from_ascii(text).unwrap();
    name.set_fqdn(true);
    name
}

fn record(name: &Name, ttl: u32, data: RData) -> Record {
    Record::from_rdata(name.clone(), ttl, data)
}

fn nothing(answer: &mut Message, code: ResponseCode) {
    answer.metadata.response_code = code;
    let zone = name("example");
    let soa = SOA::new(name("ns.example"), name("x.example"), 1, 2, 3, 4, 9);
    answer.add_authority(record(&zone, 700, RData::SOA(soa)));
}

fn fill(answer: &mut Message, text: &str, own: &Name, kind: RecordType) {
    let cname = |to: &str| RData::CNAME(CNAME(name(to)));
    match (text, kind) {
        ("none.example", _) => nothing(answer, ResponseCode::NXDomain),
        ("broken.example", _) => answer.metadata.response_code = ResponseCode::ServFail,
        ("alias.example", _) => {
            answer.add_answer(record(own, 60, cname("Cdn.Adult.example")));
            answer.add_answer(record(&name("cdn.adult.example"), 60, a("198.51.100.9")));
        }
        ("fine-alias.example", RecordType::A) => {
            answer.add_answer(record(own, 60, cname("edge.example.net")));
            answer.add_answer(record(&name("edge.example.net"), 7, a("198.51.100.10")));
            answer.add_answer(record(&name("other.example"), 60, a("198.51.100.11")));
        }
        ("loop.example", _) => {
            answer.add_answer(record(own, 60, cname("loop.example")));
        }
        ("rebind.example" | "box.home.example", RecordType::A) => {
            answer.add_answer(record(own, 60, a("192.168.1.1")));
        }
        ("rebind.example", RecordType::AAAA) => {
            for address in [
                "fd00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "fe80::1",
                "::1",
            ] {
                let data = RData::AAAA(AAAA(address.parse().unwrap()));
                answer.add_answer(record(own, 60, data));
            }
        }
        ("round.example", RecordType::A) => {
            answer.add_answer(record(own, 60, a("1.1.1.1")));
        }
        ("short.example", RecordType::A) => {
            answer.add_answer(record(own, 1, a("198.51.100.12")));
        }
        ("big.example", RecordType::TXT) => {
            for number in 0..40 {
                let words = format!("{number:0>100}");
                answer.add_answer(record(own, 60, RData::TXT(TXT::new(vec![words]))));
            }
        }
        (_, RecordType::HTTPS) => {
            let params = vec![
                (
                    SvcParamKey::Alpn,
                    SvcParamValue::Alpn(Alpn(vec!["h2".to_owned()])),
                ),
                (
                    SvcParamKey::Ipv4Hint,
                    SvcParamValue::Ipv4Hint(IpHint(vec![A("198.51.100.20".parse().unwrap())])),
                ),
                (
                    SvcParamKey::EchConfigList,
                    SvcParamValue::EchConfigList(EchConfigList(vec![0, 4, 1, 2, 3, 4])),
                ),
            ];
            let service = SVCB::new(1, Name::root(), params);
            answer.add_answer(record(own, 60, RData::HTTPS(HTTPS(service))));
        }
        ("forcesafesearch.google.com", RecordType::A) => {
            answer.add_answer(record(own, 100, a("203.0.113.7")));
        }
        (text, RecordType::A) if text.ends_with(".web.example") || text == "www.bing.com" => {
            answer.add_answer(record(own, 1, a("127.0.0.1")));
        }
        (_, RecordType::A) => {
            answer.add_answer(record(own, 600, a("198.51.100.1")));
        }
        _ => nothing(answer, ResponseCode::NoError),
    }
}
