//! Questions as bytes, and what is wrong with an answer.

use crate::plan::{Closed, Closing};
use hickory_proto::{
    op::{Message, ResponseCode},
    rr::{RData, Record, rdata::svcb::SvcParamValue},
};
use std::net::IpAddr;

/// Types of records.
pub(super) const A: u16 = 1;
pub(super) const PTR: u16 = 12;
pub(super) const MX: u16 = 15;
pub(super) const TXT: u16 = 16;
pub(super) const AAAA: u16 = 28;
pub(super) const SVCB: u16 = 64;
pub(super) const HTTPS: u16 = 65;

/// Names by which devices ask whether they may go round.
pub(super) const CANARIES: [&str; 4] = [
    "use-application-dns.net",
    "mask.icloud.com",
    "mask-h2.icloud.com",
    "mask-canary.icloud.com",
];

/// For how many seconds it is believed that something is closed, where a plan says nothing.
const CLOSED_SECONDS: u32 = 60;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It is closed, and answered as the plan says.
    Closed,
    /// It is open.
    Open,
    /// It is open, and leads to nowhere else.
    Itself,
    /// It is open, whether or not anybody upstream can be asked just now.
    NotClosed,
    /// It leads to this name, so that it is safe.
    Safe(&'static str),
    /// There is no such name, whoever asks.
    NoName,
    /// There is nothing of that type, whoever asks.
    NoData,
}

/// A question with a number.
pub(super) fn question(id: u16, name: &str, kind: u16) -> Vec<u8> {
    let [i0, i1] = id.to_be_bytes();
    let mut out = vec![i0, i1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1];
    for label in name.split('.').filter(|label| !label.is_empty()) {
        // INVARIANT: a label of a name has at most 63 bytes.
        out.push(u8::try_from(label.len()).unwrap_or(0));
        out.extend_from_slice(label.as_bytes());
    }
    let [k0, k1] = kind.to_be_bytes();
    out.extend_from_slice(&[0, k0, k1, 0, 1]);
    out.extend_from_slice(&[0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
    out
}

/// What is wrong with an answer, in words; nothing, where it is what is wanted.
pub(super) fn wrong(
    bytes: Option<&[u8]>,
    kind: u16,
    wanted: Wanted,
    closing: &Closing,
    seconds_max: u32,
) -> Option<&'static str> {
    let Some(bytes) = bytes else {
        return Some("is not answered");
    };
    let Ok(answer) = Message::from_vec(bytes) else {
        return Some("has an answer that can't be read");
    };
    let code = answer.metadata.response_code;
    let records = &answer.answers;
    let found = match wanted {
        Wanted::Closed => not_closed(&answer, kind, closing),
        Wanted::Open | Wanted::Itself
            if code != ResponseCode::NoError
                || records.is_empty()
                || is_page(records, kind, closing) =>
        {
            Some("is closed")
        }
        Wanted::Itself => {
            let leads = |record: &Record| matches!(record.data, RData::CNAME(_));
            let elsewhere = records.iter().any(leads);
            elsewhere.then_some("leads elsewhere")
        }
        Wanted::NotClosed => {
            let page = is_page(records, kind, closing);
            let none = code == ResponseCode::NXDomain && says_closed(bytes);
            (page || none).then_some("is closed")
        }
        Wanted::Open => None,
        Wanted::Safe(safe) => {
            let leads = records.first().is_some_and(|record| match &record.data {
                RData::CNAME(to) => {
                    let to = to.0.to_ascii();
                    to.trim_end_matches('.').eq_ignore_ascii_case(safe)
                }
                _ => false,
            });
            (!leads).then_some("is not made safe")
        }
        Wanted::NoName if code != ResponseCode::NXDomain => Some("is answered"),
        Wanted::NoData if code != ResponseCode::NoError || !records.is_empty() => {
            Some("is answered with something")
        }
        Wanted::NoName | Wanted::NoData => None,
    };
    found
        .or_else(|| hides(records).then_some("is told keys that hide names"))
        .or_else(|| is_long(&answer, wanted, closing, seconds_max))
}

fn is_long(
    answer: &Message,
    wanted: Wanted,
    closing: &Closing,
    seconds_max: u32,
) -> Option<&'static str> {
    let most = match wanted {
        Wanted::Closed => seconds_max.min(closing.keep_seconds.unwrap_or(CLOSED_SECONDS)),
        Wanted::Open | Wanted::Itself | Wanted::NotClosed | Wanted::Safe(_) => seconds_max,
        Wanted::NoName | Wanted::NoData => seconds_max.max(CLOSED_SECONDS),
    };
    let mut all = answer.answers.iter().chain(&answer.authorities);
    all.any(|record| record.ttl > most.max(1))
        .then_some("is kept for too long")
}

fn not_closed(answer: &Message, kind: u16, closing: &Closing) -> Option<&'static str> {
    let code = answer.metadata.response_code;
    let records = &answer.answers;
    if closing.answer == Closed::NoName {
        let none = code == ResponseCode::NXDomain && records.is_empty();
        return (!none).then_some("is open");
    }
    let page = match kind {
        A => closing.page4.map(IpAddr::V4),
        AAAA => closing.page6.map(IpAddr::V6),
        _ => None,
    };
    let Some(page) = page else {
        let none = code == ResponseCode::NoError && records.is_empty();
        return (!none).then_some("is open");
    };
    let own: Vec<Option<IpAddr>> = records.iter().map(address).collect();
    (own != [Some(page)]).then_some("does not lead to the page that says why")
}

fn is_page(records: &[Record], kind: u16, closing: &Closing) -> bool {
    let page = match kind {
        A => closing.page4.map(IpAddr::V4),
        AAAA => closing.page6.map(IpAddr::V6),
        _ => None,
    };
    closing.answer == Closed::Page
        && page.is_some()
        && records.iter().any(|record| address(record) == page)
}

/// Whether an answer says that it was filtered (extended errors 15 to 18).
fn says_closed(bytes: &[u8]) -> bool {
    let end = bytes.len().checked_sub(6).and_then(|at| bytes.get(at..));
    matches!(end, Some([0, 15, 0, 2, 0, 15..=18]))
}

pub(super) fn address(record: &Record) -> Option<IpAddr> {
    match &record.data {
        RData::A(address) => Some(IpAddr::V4(address.0)),
        RData::AAAA(address) => Some(IpAddr::V6(address.0)),
        _ => None,
    }
}

fn hides(records: &[Record]) -> bool {
    records.iter().any(|record| {
        let params = match &record.data {
            RData::SVCB(service) => &service.svc_params,
            RData::HTTPS(service) => &service.0.svc_params,
            _ => return false,
        };
        let mut params = params.iter();
        params.any(|(_, value)| matches!(value, SvcParamValue::EchConfigList(_)))
    })
}
