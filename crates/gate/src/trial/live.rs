//! Asks the filter that runs, from the network's own side: in packets and streams to the addresses on
//! which it listens, from addresses of this machine that stand for the profiles.

use super::{
    judge::{Judge, Who},
    marks::Marks,
    note,
    read::{A, AAAA, CANARIES, HTTPS, Wanted, question, wrong},
};
use crate::{
    compiled::ILLEGAL,
    dns::NotFit,
    names::normal,
    news::Tested,
    ours::{must_stay_open, ways_round},
    plan::{Asker, Gate},
};
use kernel::moment::Moment;
use std::{
    io::{Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Questions that are out at once.
const OUT_MAX: usize = 32;

/// How long an answer is waited for, and how often it is asked again.
const PATIENCE: Duration = Duration::from_millis(700);
const TURNS: usize = 3;

/// Names of each kind that are asked for in a stream, and by the web proxy.
const STREAM_NAMES: usize = 12;

/// One way round of so many is asked for where it has to be quick.
const FEW_WAYS: usize = 16;

/// Where the filter is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doors {
    /// For packets and streams.
    pub(crate) listen: Vec<SocketAddr>,
    /// The web proxy.
    pub(crate) proxy: Vec<SocketAddr>,
    /// Says that the filter ends: then nobody answers, and nothing is asked any more.
    pub(crate) stop: Arc<AtomicBool>,
}

impl Doors {
    /// Whether the filter ends.
    pub(crate) fn are_closing(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// How much is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// What tells one profile and category from another: whenever somebody opens or closes something.
    Few,
    /// Everything that can be answered here.
    All,
}

/// A question, and what is wanted.
struct Asked {
    name: String,
    kind: u16,
    wanted: Wanted,
}

/// Asks what the filter can say by itself, so that nobody upstream is troubled.
///
/// # Errors
///
/// Where the file is damaged.
pub(crate) fn ask_from_outside(
    gate: &Gate,
    doors: &Doors,
    (at, depth): (Moment, Depth),
    tested: &mut Tested,
) -> Result<(), NotFit> {
    let judge = Judge::new(gate.plan());
    let marks = Marks::of(gate.file().about(), gate.file())?;
    let count = u8::try_from(gate.plan().profiles.len()).unwrap_or(u8::MAX);
    for number in (0..count).map(Some).chain([None]) {
        if doors.are_closing() {
            break;
        }
        let who = judge.of_profile(number);
        let all = closed((gate, &judge), &marks, &who, (at, depth))?;
        // Version 6 has one address of its own machine only: there it can't be told who asks.
        let listen = doors.listen.iter().filter(|door| door.is_ipv4());
        for door in listen {
            let door = reachable(*door);
            let answers = packets(&who, door, &all);
            hold(gate, &who, &all, &answers, tested);
            let few: Vec<&Asked> = all.iter().step_by(all.len() / STREAM_NAMES + 1).collect();
            for asked in few {
                let answer = stream(&who, door, asked);
                hold(gate, &who, std::slice::from_ref(asked), &[answer], tested);
            }
        }
        for door in doors.proxy.iter().filter(|door| door.is_ipv4()) {
            let sites = all
                .iter()
                .filter(|asked| asked.kind == A && asked.wanted == Wanted::Closed);
            for asked in sites.step_by(all.len() / STREAM_NAMES + 1) {
                let led = proxy(&who, reachable(*door), &asked.name);
                let words = led.err();
                let words = words.map(|words| {
                    format!("{} {words} by the web proxy for {}", asked.name, who.words)
                });
                note(tested, words);
            }
        }
    }
    Ok(())
}

/// Questions whose answers come from here: what is closed, and what the filter answers itself.
fn closed(
    (gate, judge): (&Gate, &Judge<'_>),
    marks: &Marks,
    who: &Who<'_>,
    (at, depth): (Moment, Depth),
) -> Result<Vec<Asked>, NotFit> {
    let mut all = Vec::new();
    let (kinds, step): (&[u16], usize) = match depth {
        Depth::Few => (&[A], FEW_WAYS),
        Depth::All => (&[A, AAAA, HTTPS], 1),
    };
    let listed = marks.all.iter();
    let listed = listed.filter(|mark| mark.is_first || depth == Depth::All);
    let listed = listed.map(|mark| mark.name.as_str());
    let ways = ways_round()
        .iter()
        .map(|way| way.name.as_str())
        .step_by(step);
    for name in listed.chain(ways).filter(|name| normal(name).is_ok()) {
        let own = marks.own(name, gate.file())?;
        let is_own = CANARIES.contains(&name) && !own.contains(ILLEGAL);
        if !judge.is_open(who, name, &own, at) && !is_own && is_outside(name) {
            for kind in kinds {
                all.push(Asked {
                    name: name.to_owned(),
                    kind: *kind,
                    wanted: Wanted::Closed,
                });
            }
        }
    }
    for name in CANARIES {
        all.push(Asked {
            name: name.to_owned(),
            kind: A,
            wanted: Wanted::NoName,
        });
    }
    Ok(all)
}

/// Whether a name belongs to no network of one's own: those are answered as if they were not there.
fn is_outside(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or(name);
    ![
        "local",
        "localhost",
        "test",
        "invalid",
        "onion",
        "alt",
        "internal",
        "arpa",
    ]
    .contains(&ending)
}

/// Names that must stay open, and whether they do: this asks upstream.
pub(crate) fn ask_for_help(gate: &Gate, doors: &Doors, at: Moment, tested: &mut Tested) {
    let judge = Judge::new(gate.plan());
    let count = u8::try_from(gate.plan().profiles.len()).unwrap_or(u8::MAX);
    for number in (0..count).map(Some).chain([None]) {
        let who = judge.of_profile(number);
        let groups = must_stay_open().groups().iter();
        let names = groups.flat_map(|group| group.names.iter().take(4));
        let none = std::collections::BTreeSet::new();
        let open = names.filter(|name| judge.is_open(&who, name, &none, at));
        let all: Vec<Asked> = open
            .map(|name| Asked {
                name: name.clone(),
                kind: A,
                wanted: Wanted::NotClosed,
            })
            .collect();
        for door in doors.listen.iter().filter(|door| door.is_ipv4()) {
            let answers = packets(&who, reachable(*door), &all);
            for (asked, answer) in all.iter().zip(&answers) {
                // Whoever is not answered by anybody upstream waits: that is not closed.
                if answer.is_some() {
                    let own = (std::slice::from_ref(asked), std::slice::from_ref(answer));
                    hold(gate, &who, own.0, own.1, tested);
                }
            }
        }
    }
}

fn hold(
    gate: &Gate,
    who: &Who<'_>,
    all: &[Asked],
    answers: &[Option<Vec<u8>>],
    tested: &mut Tested,
) {
    let closing = &gate.plan().closing;
    let seconds = Judge::seconds(who);
    for (asked, answer) in all.iter().zip(answers) {
        let words = wrong(
            answer.as_deref(),
            asked.kind,
            asked.wanted,
            closing,
            seconds,
        );
        if words.is_some() && asked.wanted == Wanted::NotClosed {
            tested.over_blocked.push(asked.name.clone());
        }
        let words = words.map(|words| format!("{} {words} for {}", asked.name, who.words));
        note(tested, words);
    }
}

/// Whoever listens everywhere is reached on the machine itself.
fn reachable(door: SocketAddr) -> SocketAddr {
    if door.ip().is_unspecified() {
        return SocketAddr::new(IpAddr::from([127, 0, 0, 1]), door.port());
    }
    door
}

fn own_address(who: &Who<'_>) -> Option<IpAddr> {
    match who.asker {
        Asker::At(address) => Some(address),
        Asker::Key(_) => None,
    }
}

/// Asks in packets, some at once; what is not answered is asked again.
fn packets(who: &Who<'_>, door: SocketAddr, all: &[Asked]) -> Vec<Option<Vec<u8>>> {
    let mut answers: Vec<Option<Vec<u8>>> = vec![None; all.len()];
    let Some(own) = own_address(who) else {
        return answers;
    };
    let socket = UdpSocket::bind((own, 0)).and_then(|socket| {
        socket.connect(door)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        Ok(socket)
    });
    let Ok(socket) = socket else {
        return answers;
    };
    let mut room = [0_u8; 1500];
    for _ in 0..TURNS {
        let open: Vec<usize> = (0..all.len())
            .filter(|at| answers.get(*at).is_some_and(Option::is_none))
            .collect();
        for some in open.chunks(OUT_MAX) {
            let mut answered = false;
            for at in some {
                let (Some(asked), Ok(id)) = (all.get(*at), u16::try_from(*at)) else {
                    continue;
                };
                drop(socket.send(&question(id, &asked.name, asked.kind)));
            }
            for _ in some {
                let Ok(length) = socket.recv(&mut room) else {
                    break;
                };
                let bytes = room.get(..length).unwrap_or_default();
                let id = bytes
                    .first_chunk::<2>()
                    .map_or(0, |id| u16::from_be_bytes(*id));
                if let Some(place) = answers.get_mut(usize::from(id)) {
                    *place = Some(bytes.to_vec());
                    answered = true;
                }
            }
            // Nobody is there.
            if !answered {
                break;
            }
        }
    }
    answers
}

fn socket_from(own: IpAddr, door: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None)?;
    socket.bind(&SocketAddr::new(own, 0).into())?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    socket.connect_timeout(&door.into(), PATIENCE)?;
    Ok(socket.into())
}

/// Asks in a stream.
fn stream(who: &Who<'_>, door: SocketAddr, asked: &Asked) -> Option<Vec<u8>> {
    let mut stream = socket_from(own_address(who)?, door).ok()?;
    let message = question(7, &asked.name, asked.kind);
    let length = u16::try_from(message.len()).ok()?.to_be_bytes();
    let all: Vec<u8> = length.into_iter().chain(message).collect();
    stream.write_all(&all).ok()?;
    let mut length = [0; 2];
    stream.read_exact(&mut length).ok()?;
    let mut answer = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut answer).ok()?;
    Some(answer)
}

/// Asks the web proxy for a tunnel; what is closed gets none.
fn proxy(who: &Who<'_>, door: SocketAddr, name: &str) -> Result<(), &'static str> {
    let begin = || -> std::io::Result<Vec<u8>> {
        let own = own_address(who).ok_or(std::io::ErrorKind::AddrNotAvailable)?;
        let mut stream = socket_from(own, door)?;
        let words = format!("CONNECT {name}:443 HTTP/1.1\r\nHost: {name}:443\r\n\r\n");
        stream.write_all(words.as_bytes())?;
        let mut room = [0_u8; 64];
        let length = stream.read(&mut room)?;
        Ok(room.get(..length).unwrap_or_default().to_vec())
    };
    let Ok(answer) = begin() else {
        return Err("is not answered");
    };
    let code = answer.get(9..12).unwrap_or_default();
    match code {
        [b'2', ..] => Err("is open"),
        [b'4' | b'5', ..] => Ok(()),
        _ => Err("is not answered in words"),
    }
}
