//! A resolver for rehearsals: what it answers leads, by the name that is asked for, to what is closed,
//! into private networks, round the filter, or to keys that hide names. All others are plain sites.

use crate::ours::ways_round;
use hickory_proto::{
    op::{Message, MessageType, OpCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{
            A, AAAA, CNAME, HTTPS, TXT,
            svcb::{EchConfigList, IpHint, SVCB, SvcParamKey, SvcParamValue},
        },
    },
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A site against which nothing speaks.
pub(super) const PLAIN: &str = "plain.trial.example";
/// One that is a plain site, and then leads into a private network.
pub(super) const PRIVATE: &str = "private.trial.example";
/// One whose address is that of a way round.
pub(super) const ROUND: &str = "round.trial.example";
/// One that leads to a name by way of two others: `far-4.trial.example` to the fifth of the names.
pub(super) const FAR: &str = "far-";
/// One that leads to a name at once.
pub(super) const NEAR: &str = "near-";

/// How long such answers may be kept.
const SECONDS: u32 = 3000;

/// Answers a question; `to` are names that others lead to.
pub(super) fn answer(asked: &[u8], to: &[String]) -> Option<Vec<u8>> {
    let asked = Message::from_vec(asked).ok()?;
    let query = asked.queries.first()?.clone();
    let mut answer = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
    answer.add_query(query.clone());
    let text = query.name.to_lowercase().to_ascii();
    let mut name = query.name.clone();
    let target = |sign: &str| {
        let number = text.strip_prefix(sign)?.split('.').next()?;
        to.get(number.parse::<usize>().ok()?)
    };
    let chain: Vec<String> = match (target(NEAR), target(FAR)) {
        (Some(to), _) => vec![to.clone()],
        (None, Some(to)) => vec![
            "one.trial.example".to_owned(),
            "two.trial.example".to_owned(),
            to.clone(),
        ],
        (None, None) => Vec::new(),
    };
    for to in chain {
        let mut to = Name::from_ascii(&to).ok()?;
        to.set_fqdn(true);
        let lead = RData::CNAME(CNAME(to.clone()));
        answer.add_answer(Record::from_rdata(name, SECONDS, lead));
        name = to;
    }
    let text = text.trim_end_matches('.');
    if let Some(data) = data(text, query.query_type) {
        answer.add_answer(Record::from_rdata(name, SECONDS, data));
    }
    answer.to_vec().ok()
}

fn data(name: &str, kind: RecordType) -> Option<RData> {
    let round = || {
        let mut all = ways_round().iter().flat_map(|way| &way.addresses);
        all.find(|address| address.is_ipv4()).copied()
    };
    let four = match name {
        PRIVATE => Ipv4Addr::new(192, 168, 77, 7),
        ROUND => match round() {
            Some(IpAddr::V4(address)) => address,
            Some(IpAddr::V6(_)) | None => Ipv4Addr::new(198, 51, 100, 1),
        },
        _ => Ipv4Addr::new(198, 51, 100, 1),
    };
    let six = match name {
        PRIVATE => Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 7),
        _ => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1),
    };
    match kind {
        RecordType::A => Some(RData::A(A(four))),
        RecordType::AAAA => Some(RData::AAAA(AAAA(six))),
        RecordType::TXT => Some(RData::TXT(TXT::new(vec!["plain".to_owned()]))),
        RecordType::HTTPS | RecordType::SVCB => {
            let hint = SvcParamValue::Ipv4Hint(IpHint(vec![A(Ipv4Addr::new(198, 51, 100, 1))]));
            let keys = SvcParamValue::EchConfigList(EchConfigList(vec![0, 4, 1, 2, 3, 4]));
            let params = vec![
                (SvcParamKey::Ipv4Hint, hint),
                (SvcParamKey::EchConfigList, keys),
            ];
            let service = SVCB::new(1, Name::root(), params);
            Some(match kind {
                RecordType::HTTPS => RData::HTTPS(HTTPS(service)),
                _ => RData::SVCB(service),
            })
        }
        _ => None,
    }
}
