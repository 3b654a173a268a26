//! Packets: many are received and sent by one call of the system. What was decided before, and holds,
//! is answered from the thread's own table; what has to be asked upstream goes to others.

use super::{
    cache::Generations,
    filter::{Filter, Told, Trace, origin},
    kept::Kept,
    question::{Came, Question},
    rule::{self, Ruled, Step},
    say::{self, Way},
};
use crate::{
    compiled::Origin,
    plan::{Asker, Gate, Seat},
    seam::{Fault, broken},
    traces::Door,
};
use kernel::moment::Moment;
use nix::sys::socket::{MsgFlags, MultiHeaders, SockaddrStorage, recvmmsg, sendmmsg};
use std::{
    io::{IoSlice, IoSliceMut},
    net::{SocketAddr, UdpSocket},
    os::fd::AsRawFd,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::mpsc;

/// Packets that are received by one call.
const BATCH: usize = 64;

/// The largest packet that is read whole; no question needs more.
const PACKET_BYTES_MAX: usize = 1500;

/// Memory of one thread for what it decided.
const TABLE_BYTES: usize = 8 << 20;

/// About what one decision takes; answers are kept elsewhere.
const DECIDED_BYTES: usize = 200;

/// A question that has to be asked upstream.
pub(super) struct Later {
    pub(super) message: Vec<u8>,
    pub(super) from: SocketAddr,
    pub(super) socket: Arc<UdpSocket>,
    /// Nobody waits for the answer: it is kept for the next.
    pub(super) ahead: bool,
}

/// One thread that answers packets.
pub(super) struct Packets {
    deciding: Deciding,
    socket: Arc<UdpSocket>,
    later: mpsc::Sender<Later>,
    stop: Arc<AtomicBool>,
    trace: Box<dyn Trace>,
}

/// What one thread decides by, whatever brings the questions.
pub(super) struct Deciding {
    filter: Arc<Filter>,
    table: Table,
}

/// What was decided, for as long as it holds.
struct Table {
    gate: Arc<Gate>,
    changes: u64,
    until: Moment,
    decided: Generations<Decided>,
    now: u32,
}

/// What was decided about a question of somebody.
#[derive(Clone)]
struct Decided {
    ruled: Ruled,
    origin: Option<Origin>,
    kept: Option<Arc<Kept>>,
}

pub(super) enum Done {
    /// It is answered.
    Answered,
    /// It is answered, and soon has to be asked upstream again.
    AnsweredForNow,
    /// It is not to be answered.
    Nothing,
    /// It has to be asked upstream.
    Later,
}

impl Packets {
    pub(super) fn new(
        filter: &Arc<Filter>,
        socket: Arc<UdpSocket>,
        later: mpsc::Sender<Later>,
        stop: &Arc<AtomicBool>,
        trace: Box<dyn Trace>,
    ) -> Packets {
        Packets {
            deciding: Deciding::new(filter),
            socket,
            later,
            stop: Arc::clone(stop),
            trace,
        }
    }

    /// Answers until it is told to stop.
    pub(super) fn run(mut self) {
        let mut room = vec![[0_u8; PACKET_BYTES_MAX]; BATCH];
        let mut outs: Vec<Vec<u8>> = vec![Vec::new(); BATCH];
        let mut came: Vec<(usize, SockaddrStorage)> = Vec::with_capacity(BATCH);
        let mut to: Vec<Option<SockaddrStorage>> = Vec::with_capacity(BATCH);
        let mut receiving = MultiHeaders::preallocate(BATCH, None);
        let mut sending = MultiHeaders::preallocate(BATCH, None);
        while !self.stop.load(Ordering::Relaxed) {
            came.clear();
            self.receive(&mut room, &mut receiving, &mut came);
            if came.is_empty() {
                self.trace.rest();
                continue;
            }
            let at = self.deciding.turn();
            to.clear();
            for ((length, from), bytes) in came.iter().zip(&room) {
                let packet = bytes.get(..*length).unwrap_or_default();
                let Some(out) = outs.get_mut(to.len()) else {
                    break;
                };
                let Some(address) = socket_address(from) else {
                    continue;
                };
                let asker = Asker::At(address.ip());
                let trace = self.trace.as_mut();
                match self.deciding.answer(packet, asker, at, out, trace) {
                    Done::Answered => to.push(Some(*from)),
                    Done::AnsweredForNow => {
                        to.push(Some(*from));
                        self.hand_on(packet, SocketAddr::new(address.ip(), 0), true);
                    }
                    Done::Nothing => {}
                    Done::Later => self.hand_on(packet, address, false),
                }
            }
            self.send(&outs, &to, &mut sending);
        }
    }

    fn receive(
        &self,
        room: &mut [[u8; PACKET_BYTES_MAX]],
        headers: &mut MultiHeaders<SockaddrStorage>,
        came: &mut Vec<(usize, SockaddrStorage)>,
    ) {
        let mut slices: Vec<[IoSliceMut<'_>; 1]> = room
            .iter_mut()
            .map(|bytes| [IoSliceMut::new(bytes)])
            .collect();
        // One is waited for, at most as long as the socket says; the others are taken as they are there.
        let flags = MsgFlags::MSG_WAITFORONE;
        let received = recvmmsg(
            self.socket.as_raw_fd(),
            headers,
            slices.iter_mut(),
            flags,
            None,
        );
        if let Ok(received) = received {
            came.extend(received.filter_map(|one| Some((one.bytes, one.address?))));
        }
    }

    fn send(
        &self,
        outs: &[Vec<u8>],
        to: &[Option<SockaddrStorage>],
        headers: &mut MultiHeaders<SockaddrStorage>,
    ) {
        let mut sent = 0;
        while sent < to.len() {
            let left = outs.iter().take(to.len()).skip(sent);
            let slices: Vec<[IoSlice<'_>; 1]> = left.map(|out| [IoSlice::new(out)]).collect();
            let result = sendmmsg(
                self.socket.as_raw_fd(),
                headers,
                slices.iter(),
                to.get(sent..).unwrap_or_default(),
                [],
                MsgFlags::empty(),
            );
            // Whoever can't be reached is left out, and the others are not kept waiting.
            sent += result.map_or(1, |results| results.count().max(1));
        }
    }

    fn hand_on(&self, packet: &[u8], from: SocketAddr, ahead: bool) {
        let later = Later {
            message: packet.to_vec(),
            from,
            socket: Arc::clone(&self.socket),
            ahead,
        };
        // Where too many wait already, this one is asked again by whoever asked.
        drop(self.later.try_send(later));
    }
}

impl Deciding {
    pub(super) fn new(filter: &Arc<Filter>) -> Deciding {
        let seed = getrandom::u64().unwrap_or(0);
        Deciding {
            table: Table {
                gate: filter.gate(),
                changes: 0,
                until: Moment::START,
                decided: Generations::new(TABLE_BYTES, seed),
                now: 0,
            },
            filter: Arc::clone(filter),
        }
    }

    /// What is decided from now on is decided at this moment.
    fn turn(&mut self) -> Moment {
        let at = self.filter.now();
        self.turn_to(at);
        at
    }

    /// The same for a moment that somebody names.
    pub(super) fn turn_to(&mut self, at: Moment) {
        self.table.turn(&self.filter, at);
    }

    /// Answers a packet, or says what else is to be done with it.
    pub(super) fn answer(
        &mut self,
        packet: &[u8],
        asker: Asker<'_>,
        at: Moment,
        out: &mut Vec<u8>,
        trace: &mut dyn Trace,
    ) -> Done {
        let question = match Question::read(packet) {
            Came::Question(question) => question,
            Came::Nothing => return Done::Nothing,
            Came::No(no) => {
                out.clear();
                return match say::no(out, packet, no) {
                    Some(()) => Done::Answered,
                    None => Done::Nothing,
                };
            }
        };
        let seat = self.table.gate.seat(asker, at);
        if !self.filter.answers(seat) {
            return Done::Nothing;
        }
        let Some(decided) = self.table.decide(&self.filter, seat, &question, at) else {
            return Done::Later;
        };
        let ruled = decided.ruled;
        let mut done = Done::Answered;
        match (ruled.step, &decided.kept) {
            (Step::Say(own), _) => {
                say::own(out, packet, &question, own, ruled.seconds_max, ruled.why);
            }
            (Step::Ask { .. }, Some(kept)) => {
                let now = self.table.now;
                let most = (now, ruled.seconds_max);
                say::kept(out, packet, &question, kept, most, Way::Packet, ruled.why);
                if kept.is_nearly_over(now) && !kept.renewing.swap(true, Ordering::Relaxed) {
                    done = Done::AnsweredForNow;
                }
            }
            (Step::Ask { .. }, None) => return Done::Later,
        }
        if seat.trial {
            return done;
        }
        trace.answered(&Told {
            at,
            door: Door::Dns,
            from: asker.address(),
            seat,
            name: question.text(),
            kind: question.kind,
            decision: ruled.decision,
            origin: decided.origin,
            answer: ruled.answer,
            gate: &self.table.gate,
        });
        done
    }
}

impl Table {
    /// Forgets what holds no more: the gate changed, or the plan by itself.
    fn turn(&mut self, filter: &Filter, at: Moment) {
        self.now = filter.seconds();
        let changes = filter.changes();
        let over = changes != self.changes || at >= self.until;
        if over && !broken(|| Fault::TableForEver) {
            self.gate = filter.gate();
            self.changes = changes;
            self.until = self.gate.holds_until(at);
            self.decided.clear();
        }
    }

    /// What was decided about a question, or is now; nothing where it has to be asked upstream.
    fn decide(
        &mut self,
        filter: &Filter,
        seat: Seat,
        question: &Question,
        at: Moment,
    ) -> Option<Decided> {
        let mut room = [0_u8; 264];
        let key = key(&mut room, seat, question);
        let now = self.now;
        let holds = |decided: &Decided| {
            let kept = decided.kept.as_ref();
            kept.is_none_or(|kept| !kept.is_over(now))
        };
        let known = match self.decided.peek(key) {
            Some(known) => Some(known),
            None => self.decided.get(key, |_| DECIDED_BYTES),
        };
        if let Some(decided) = known.filter(|decided| holds(decided)) {
            return Some(decided.clone());
        }
        let mut ruled = rule::rule(&self.gate, seat, question, at);
        let mut kept = None;
        if let Step::Ask { safe, at_home } = ruled.step {
            let asked = rule::asked(question.text(), question.kind, safe, at_home);
            let own = filter.kept(asked)?;
            ruled = rule::rule_answer(&self.gate, seat, ruled, (&own, question.kind), at);
            // What is closed for where it leads is closed for as long as the answer holds.
            kept = Some(own);
        }
        let decided = Decided {
            ruled,
            origin: origin(&self.gate, ruled.decision),
            kept,
        };
        self.decided.put(key.into(), decided.clone(), DECIDED_BYTES);
        Some(decided)
    }
}

/// Where somebody stands, and what they ask: what a decision hangs on.
fn key<'a>(room: &'a mut [u8; 264], seat: Seat, question: &Question) -> &'a [u8] {
    let number = |number: Option<u16>| number.map_or(0, |number| u32::from(number) + 1);
    let profile = seat
        .profile
        .filter(|_| !broken(|| Fault::TableAcrossProfiles));
    let session = seat
        .session
        .filter(|_| !broken(|| Fault::TableAcrossSessions));
    let [_, p0, p1, p2] = number(profile).to_be_bytes();
    let [_, s0, s1, s2] = number(session).to_be_bytes();
    let shut =
        u8::from(seat.waits) | u8::from(seat.cut_off) << 1 | u8::from(question.is_name()) << 2;
    let kind = if broken(|| Fault::TableAcrossTypes) {
        0
    } else {
        question.kind
    };
    let [k0, k1] = kind.to_be_bytes();
    let head = [p0, p1, p2, s0, s1, s2, shut, k0, k1];
    let name = question.text().as_bytes();
    for (place, byte) in room.iter_mut().zip(head) {
        *place = byte;
    }
    let end = head.len() + name.len();
    if let Some(place) = room.get_mut(head.len()..end) {
        place.copy_from_slice(name);
    }
    // INVARIANT: a name has at most 253 bytes.
    room.get(..end).unwrap_or_default()
}

fn socket_address(from: &SockaddrStorage) -> Option<SocketAddr> {
    let port_of = |address: SocketAddr| (address.port() != 0).then_some(address);
    if let Some(four) = from.as_sockaddr_in() {
        return port_of(SocketAddr::from((four.ip(), four.port())));
    }
    let six = from.as_sockaddr_in6()?;
    let six = std::net::SocketAddrV6::new(six.ip(), six.port(), six.flowinfo(), six.scope_id());
    port_of(SocketAddr::V6(six))
}
