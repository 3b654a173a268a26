//! Bytes that nobody should send: they are answered in words or not at all, and the next question is
//! answered as ever. `STAIRGATE_TRIALS` makes it long.

use crate::{
    client::{Running, packet, question, run, stream},
    given::Lists,
    setting,
};
use hickory_proto::{
    op::{Message, ResponseCode},
    rr::RecordType,
};
use proptest::prelude::*;
use std::{
    io::{Read, Write},
    net::{TcpStream, UdpSocket},
    sync::OnceLock,
    time::Duration,
};

const LISTS: Lists<'_> = &[("adult", &["adult.example"])];
const PLAN: &str = "strangers = \"staff\"\n[[profile]]\nname = \"staff\"\nclosed = [\"adult\"]\n";

fn filter() -> &'static Running {
    static FILTER: OnceLock<Running> = OnceLock::new();
    FILTER.get_or_init(|| run(LISTS, PLAN, |_| {}))
}

fn cases(usual: u32) -> ProptestConfig {
    let count = setting("STAIRGATE_TRIALS").map_or(usual, |count| count.parse().unwrap());
    ProptestConfig::with_cases(count)
}

/// What is true after anything: a closed name is closed.
fn still_answers(filter: &Running) {
    let answer = packet(filter.at(), &question("adult.example", RecordType::A)).unwrap();
    let answer = Message::from_vec(&answer).unwrap();
    assert_eq!(answer.metadata.response_code, ResponseCode::NXDomain);
}

/// A question of which some bytes are others, cut off or added to.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let names = prop::sample::select(vec!["adult.example", "www.open.example", "a.b.c.d.e", "x"]);
    let kinds = any::<u16>().prop_map(RecordType::from);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    let more = prop::collection::vec(any::<u8>(), 0..40);
    (
        names,
        kinds,
        changes,
        any::<prop::sample::Index>(),
        more,
        any::<bool>(),
    )
        .prop_map(|(name, kind, changes, cut, more, is_cut)| {
            let mut bytes = question(name, kind);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if is_cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes.extend(more);
            bytes
        })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn packets_that_nobody_should_send_harm_nothing(
        all in prop::collection::vec(
            prop_oneof![nearly(), prop::collection::vec(any::<u8>(), 0..700)],
            1..20,
        )
    ) {
        let filter = filter();
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        for bytes in &all {
            socket.send_to(bytes, filter.at()).unwrap();
        }
        let mut room = [0; 4096];
        while let Ok(length) = socket.recv(&mut room) {
            // What is answered is well formed and an answer.
            let answer = Message::from_vec(&room[..length]);
            prop_assert!(answer.is_ok(), "{:?}", &room[..length]);
            prop_assert!(room[2] & 0x80 != 0);
        }
        still_answers(filter);
    }

    #[test]
    fn streams_that_nobody_should_send_harm_nothing(bytes in prop::collection::vec(any::<u8>(), 0..300), all in prop::collection::vec(nearly(), 0..5)) {
        let filter = filter();
        let mut stream = TcpStream::connect(filter.at()).unwrap();
        for one in &all {
            let length = u16::try_from(one.len()).unwrap().to_be_bytes();
            stream.write_all(&length).unwrap();
            stream.write_all(one).unwrap();
        }
        drop(stream.write_all(&bytes));
        drop(stream.shutdown(std::net::Shutdown::Write));
        stream.set_read_timeout(Some(Duration::from_secs(8))).unwrap();
        let mut room = Vec::new();
        drop(stream.read_to_end(&mut room));
        still_answers(filter);
    }
}

#[test]
fn answers_are_never_answered_so_that_two_servers_cannot_talk_for_ever() {
    let filter = filter();
    let mut bytes = question("adult.example", RecordType::A);
    bytes[2] |= 0x80;
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    socket.send_to(&bytes, filter.at()).unwrap();
    assert!(socket.recv(&mut [0; 512]).is_err());
}

#[test]
fn what_nobody_gets_here_is_refused() {
    let filter = filter();
    for (kind, words) in [
        (RecordType::ANY, ResponseCode::Refused),
        (RecordType::AXFR, ResponseCode::Refused),
        (RecordType::IXFR, ResponseCode::Refused),
    ] {
        let answer = packet(filter.at(), &question("www.open.example", kind)).unwrap();
        assert_eq!(
            Message::from_vec(&answer).unwrap().metadata.response_code,
            words
        );
    }
}

#[test]
fn more_connections_than_anybody_needs_are_not_taken() {
    let filter = run(LISTS, PLAN, |_| {});
    let open: Vec<TcpStream> = (0..80)
        .map(|_| TcpStream::connect(filter.at()).unwrap())
        .collect();
    let mut closed = 0;
    for stream in &open {
        stream
            .set_read_timeout(Some(Duration::from_millis(200)))
            .unwrap();
        let ended = matches!((&*stream).read(&mut [0; 1]), Ok(0) | Err(_))
            && (&*stream).read(&mut [0; 1]).is_ok_and(|count| count == 0);
        closed += usize::from(ended);
    }
    assert!(closed >= 16, "{closed}");
    drop(open);
    filter.until("there is room again", || {
        !stream(filter.at(), &[question("adult.example", RecordType::A)]).is_empty()
    });
}
