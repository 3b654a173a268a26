//! Writes answers: those that the filter gives itself, and those that it kept, each with the number,
//! the letters and the room of whoever asks.

use super::{
    kept::Kept,
    question::{HEAD_BYTES, No, Question, kind},
};
use crate::seam::{Fault, broken};
use std::net::{Ipv4Addr, Ipv6Addr};

/// How large an answer over UDP is at most: what passes every network in one piece.
pub(super) const UDP_ROOM: u16 = 1232;

/// How large it is where whoever asks says nothing.
const SMALL_ROOM: u16 = 512;

/// An answer that the filter gives itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// There is no such name.
    NoName,
    /// The name has nothing of that type.
    NoData,
    /// An address.
    Four(Ipv4Addr),
    /// An address in version 6.
    Six(Ipv6Addr),
    /// Nothing can be said now.
    Failed,
    /// Nobody gets that here.
    Refused,
}

/// Why, as other programs know it (extended DNS errors).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Nothing to add.
    None,
    /// The setting closed it.
    Filtered,
    /// It is closed for everybody.
    Censored,
    /// What is said was true a while ago.
    Stale,
    /// Nobody upstream answers.
    Unreachable,
}

/// By how many bytes an answer may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// In one packet.
    Packet,
    /// In a stream.
    Stream,
}

impl Why {
    fn code(self) -> Option<u16> {
        match self {
            Why::None => None,
            Why::Stale => Some(3),
            Why::Censored => Some(16),
            Why::Filtered => Some(17),
            Why::Unreachable => Some(22),
        }
    }
}

/// Writes an answer of the filter's own.
pub(super) fn own(
    out: &mut Vec<u8>,
    asked: &[u8],
    question: &Question,
    answer: Own,
    seconds: u32,
    why: Why,
) {
    let (code, count, authority): (u8, u8, u8) = match answer {
        Own::NoName => (3, 0, 1),
        Own::NoData => (0, 0, 1),
        Own::Four(_) | Own::Six(_) => (0, 1, 0),
        Own::Failed => (2, 0, 0),
        Own::Refused => (5, 0, 0),
    };
    head(out, question, code, [0, count], [0, authority]);
    out.extend_from_slice(asked.get(HEAD_BYTES..question.end).unwrap_or_default());
    let ttl = seconds.to_be_bytes();
    match answer {
        Own::Four(address) => record(out, kind::A, ttl, &address.octets()),
        Own::Six(address) => record(out, kind::AAAA, ttl, &address.octets()),
        Own::NoName | Own::NoData => {
            // Who answers and whom to ask are the root; the last number is how long to believe it.
            let mut about = [0_u8; 22];
            let numbers = [1_u32, 3600, 600, 86400, seconds];
            for (place, number) in about
                .iter_mut()
                .skip(2)
                .zip(numbers.iter().flat_map(|number| number.to_be_bytes()))
            {
                *place = number;
            }
            record(out, kind::SOA, ttl, &about);
        }
        Own::Failed | Own::Refused => {}
    }
    options(out, question, why);
}

/// Writes an answer that was kept, as old as it is now.
pub(super) fn kept(
    out: &mut Vec<u8>,
    asked: &[u8],
    question: &Question,
    kept: &Kept,
    (now, seconds_max): (u32, u32),
    way: Way,
    why: Why,
) {
    let options_bytes = if question.room.is_some() { 17 } else { 0 };
    let all = question.end + kept.bytes.len() + options_bytes;
    let asked_name = asked.get(HEAD_BYTES..question.end).unwrap_or_default();
    let room = usize::from(
        question
            .room
            .unwrap_or(SMALL_ROOM)
            .clamp(SMALL_ROOM, UDP_ROOM),
    );
    if way == Way::Packet && all > room {
        head(out, question, kept.code, [0, 0], [0, 0]);
        // Cut off: to be asked for again in a stream.
        if let Some(flags) = out.get_mut(2) {
            *flags |= 2;
        }
        out.extend_from_slice(asked_name);
        options(out, question, why);
        return;
    }
    head(
        out,
        question,
        kept.code,
        kept.answers.to_be_bytes(),
        kept.authorities.to_be_bytes(),
    );
    out.extend_from_slice(asked_name);
    let begins = out.len();
    out.extend_from_slice(&kept.bytes);
    let age = now.saturating_sub(kept.made);
    for (place, ttl) in &kept.ttls {
        let at = begins + usize::from(*place);
        let most = if broken(|| Fault::KeptAsUpstream) {
            u32::MAX
        } else {
            seconds_max.max(1)
        };
        let left = ttl.saturating_sub(age).clamp(1, most);
        if let Some(bytes) = out.get_mut(at..at + 4) {
            bytes.copy_from_slice(&left.to_be_bytes());
        }
    }
    options(out, question, why);
}

/// Says no to something that is not a question; nothing where it is too short to be answered.
pub(super) fn no(out: &mut Vec<u8>, asked: &[u8], no: No) -> Option<()> {
    let (head, _) = asked.split_first_chunk::<HEAD_BYTES>()?;
    let [id0, id1, flags, ..] = *head;
    let (code, is_version) = match no {
        No::Form => (1, false),
        No::NotKnown => (4, false),
        No::Refused => (5, false),
        No::Version => (0, true),
    };
    let more = u8::from(is_version);
    out.extend_from_slice(&[id0, id1, 0x80 | (flags & 0x79), 0x80 | code]);
    out.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, more]);
    if is_version {
        let [r0, r1] = UDP_ROOM.to_be_bytes();
        // The upper part of the code 16: a version that is not known here.
        out.extend_from_slice(&[0, 0, 41, r0, r1, 1, 0, 0, 0, 0, 0]);
    }
    Some(())
}

fn head(out: &mut Vec<u8>, question: &Question, code: u8, answers: [u8; 2], authorities: [u8; 2]) {
    out.clear();
    let [id0, id1] = question.id;
    let flags = 0x80 | u8::from(question.recursion);
    let more = 0x80 | (u8::from(question.checking_disabled) << 4) | code;
    let [a0, a1] = answers;
    let [n0, n1] = authorities;
    let options = u8::from(question.room.is_some());
    out.extend_from_slice(&[id0, id1, flags, more, 0, 1, a0, a1, n0, n1, 0, options]);
}

/// A record of the name that was asked for.
fn record(out: &mut Vec<u8>, kind: u16, ttl: [u8; 4], data: &[u8]) {
    let [k0, k1] = kind.to_be_bytes();
    let [t0, t1, t2, t3] = ttl;
    // INVARIANT: what is written here is far shorter than 256 bytes.
    let length = u8::try_from(data.len()).unwrap_or(0);
    out.extend_from_slice(&[0xc0, 12, k0, k1, 0, 1, t0, t1, t2, t3, 0, length]);
    out.extend_from_slice(data);
}

fn options(out: &mut Vec<u8>, question: &Question, why: Why) {
    if question.room.is_none() {
        return;
    }
    let [r0, r1] = UDP_ROOM.to_be_bytes();
    let Some(code) = why.code() else {
        out.extend_from_slice(&[0, 0, 41, r0, r1, 0, 0, 0, 0, 0, 0]);
        return;
    };
    let [c0, c1] = code.to_be_bytes();
    out.extend_from_slice(&[0, 0, 41, r0, r1, 0, 0, 0, 0, 0, 6, 0, 15, 0, 2, c0, c1]);
}
