//! What was answered upstream, checked and brought into the form in which it is kept. Only the chain
//! from the name that was asked for is taken over; keys for hiding names (`ech`), addresses of
//! private networks and whatever nobody asked for are left out.

use super::question::{HEAD_BYTES, kind, skip_name};
use crate::{
    names::normal,
    ours::ways_round,
    seam::{Fault, broken},
};
use hickory_proto::{
    op::{Message, MessageType, Query, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{
            CNAME, SVCB,
            svcb::{SvcParamKey, SvcParamValue},
        },
    },
};
use std::{
    collections::HashSet,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{OnceLock, atomic::AtomicBool},
};

/// The most names that one leads to before there is an answer.
const CHAIN_MAX: usize = 12;

/// The most records of one answer.
const RECORDS_MAX: usize = 256;

/// The longest time that an answer is kept.
const SECONDS_MAX: u32 = 86_400;

/// The longest time that it is kept that there is nothing.
const NOTHING_SECONDS_MAX: u32 = 3600;

/// How long it is kept that there is nothing, where nobody says.
const NOTHING_SECONDS: u32 = 30;

/// How long a name that is made safe leads to its safe name.
const SAFE_SECONDS: u32 = 300;

/// An answer, as it is kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// What came of it, as a number.
    pub(super) code: u8,
    pub(super) answers: u16,
    pub(super) authorities: u16,
    /// All after the question.
    pub(super) bytes: Box<[u8]>,
    /// Where in these the seconds stand, and how many.
    pub(super) ttls: Box<[(u16, u32)]>,
    /// Names that the one asked for leads to.
    pub(super) aliases: Box<[Box<str>]>,
    /// One of its addresses is a way round.
    pub(super) leads_round: bool,
    /// Addresses of private networks were left out.
    pub(super) has_private: bool,
    /// The second at which it was had.
    pub(super) made: u32,
    /// For how many seconds it holds.
    pub(super) seconds: u32,
    /// Somebody is asking again already.
    pub(super) renewing: AtomicBool,
}

/// What is asked upstream, for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    /// The name, in its normal form.
    pub(super) name: &'a str,
    /// The type.
    pub(super) kind: u16,
    /// The name that is asked for in its place, so that it is safe.
    pub(super) safe: Option<&'a str>,
    /// Whether it may have addresses of the setting's own network.
    pub(super) at_home: bool,
}

/// Why an answer from upstream is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    /// It answers something else: perhaps somebody else sent it.
    #[error("an answer to another question")]
    Other,
    /// It can't be read.
    #[error("an answer that can't be read")]
    Form,
    /// It says that it can't say.
    #[error("no answer was found there")]
    Failed,
}

impl Kept {
    /// Whether it holds no more.
    pub(super) fn is_over(&self, now: u32) -> bool {
        now >= self.made.saturating_add(self.seconds)
    }

    /// Whether it soon holds no more: a tenth of its time is left.
    pub(super) fn is_nearly_over(&self, now: u32) -> bool {
        now >= self.made.saturating_add(self.seconds - self.seconds / 10)
    }

    /// About how much memory it takes.
    pub(super) fn size(&self) -> usize {
        let aliases = self.aliases.iter().map(|name| name.len() + 16);
        200 + self.bytes.len() + self.ttls.len() * 8 + aliases.sum::<usize>()
    }
}

/// Whether bytes answer the question that was sent, letter by letter.
pub(super) fn answers(bytes: &[u8], sent: &[u8]) -> bool {
    let mut at = HEAD_BYTES;
    while sent.get(at).is_some_and(|length| *length != 0) {
        at += 1;
    }
    let end = at + 5;
    let part = |bytes: &[u8]| bytes.get(HEAD_BYTES..end).map(<[u8]>::to_vec);
    bytes.get(..2) == sent.get(..2)
        && bytes.get(2).is_some_and(|flags| flags & 0x80 != 0)
        && bytes.get(4..6) == Some([0, 1].as_slice())
        && part(sent).is_some()
        && part(bytes) == part(sent)
}

/// Whether an answer was cut off.
pub(super) fn is_cut_off(bytes: &[u8]) -> bool {
    bytes.get(2).is_some_and(|flags| flags & 2 != 0)
}

/// Takes over an answer from upstream.
pub(super) fn take(bytes: &[u8], sent: &[u8], asked: Asked<'_>, now: u32) -> Result<Kept, Unfit> {
    if !answers(bytes, sent) {
        return Err(Unfit::Other);
    }
    let message = Message::from_vec(bytes).map_err(|_| Unfit::Form)?;
    let code = message.metadata.response_code;
    if code != ResponseCode::NoError && code != ResponseCode::NXDomain {
        return Err(Unfit::Failed);
    }
    if message.answers.len() > RECORDS_MAX {
        return Err(Unfit::Form);
    }
    let mut taken = Taken::default();
    let begin = name_of(asked.safe.unwrap_or(asked.name))?;
    taken.follow(&message.answers, begin, asked)?;
    if taken
        .records
        .iter()
        .all(|record| record.record_type() == RecordType::CNAME)
    {
        taken.nothing = soa(&message.authorities);
    }
    taken.keep(code, asked, now)
}

#[derive(Default)]
struct Taken {
    records: Vec<Record>,
    aliases: Vec<Box<str>>,
    nothing: Option<Record>,
    leads_round: bool,
    has_private: bool,
}

impl Taken {
    /// Takes the records of a name and of those that it leads to.
    fn follow(&mut self, all: &[Record], begin: Name, asked: Asked<'_>) -> Result<(), Unfit> {
        let kind = RecordType::from(asked.kind);
        let mut name = begin;
        for _ in 0..CHAIN_MAX {
            let mut own = all.iter().filter(|record| record.name == name);
            let lead = own.clone().find_map(|record| match &record.data {
                RData::CNAME(CNAME(to)) if kind != RecordType::CNAME => Some((record.ttl, to)),
                _ => None,
            });
            let Some((ttl, to)) = lead else {
                return own.try_for_each(|record| self.add(record, &name, kind, asked));
            };
            let to = self.alias(to)?;
            let data = RData::CNAME(CNAME(to.clone()));
            self.records.push(Record::from_rdata(name, ttl, data));
            name = to;
        }
        Err(Unfit::Form)
    }

    /// Notes a name that is led to, in its normal form.
    fn alias(&mut self, to: &Name) -> Result<Name, Unfit> {
        let text = to.to_ascii();
        // What no list could name can't be judged, so it is not taken.
        let text = normal(&text).map_err(|_| Unfit::Form)?;
        let name = name_of(&text)?;
        self.aliases.push(text.into());
        Ok(name)
    }

    fn add(
        &mut self,
        record: &Record,
        name: &Name,
        kind: RecordType,
        asked: Asked<'_>,
    ) -> Result<(), Unfit> {
        if record.record_type() != kind {
            return Ok(());
        }
        let data = match &record.data {
            RData::A(address) => self
                .judge(IpAddr::V4(address.0), asked)
                .then_some(record.data.clone()),
            RData::AAAA(address) => self
                .judge(IpAddr::V6(address.0), asked)
                .then_some(record.data.clone()),
            RData::SVCB(service) => self.service(service, asked)?.map(RData::SVCB),
            RData::HTTPS(service) => {
                let own = self.service(&service.0, asked)?;
                own.map(|own| RData::HTTPS(hickory_proto::rr::rdata::HTTPS(own)))
            }
            other => Some(other.clone()),
        };
        if let Some(data) = data {
            self.records
                .push(Record::from_rdata(name.clone(), record.ttl, data));
        }
        Ok(())
    }

    /// Whether an address may be told.
    fn judge(&mut self, address: IpAddr, asked: Asked<'_>) -> bool {
        self.leads_round |= is_way_round(address);
        let private = is_private(address) && !asked.at_home && !broken(|| Fault::PrivateFree);
        self.has_private |= private;
        !private
    }

    /// A service without keys that would hide the name that is opened, and without addresses that
    /// may not be told.
    fn service(&mut self, service: &SVCB, asked: Asked<'_>) -> Result<Option<SVCB>, Unfit> {
        let mut target = service.target_name.clone();
        if !target.is_root() {
            target = self.alias(&target)?;
        }
        let mut params = Vec::with_capacity(service.svc_params.len());
        for (key, value) in &service.svc_params {
            match value {
                SvcParamValue::EchConfigList(_) if !broken(|| Fault::KeysStay) => continue,
                SvcParamValue::Mandatory(must) if must.0.contains(&SvcParamKey::EchConfigList) => {
                    return Ok(None);
                }
                SvcParamValue::Ipv4Hint(hint) => {
                    let all = hint.0.iter().map(|address| IpAddr::V4(address.0));
                    if !self.judge_all(all, asked) {
                        continue;
                    }
                }
                SvcParamValue::Ipv6Hint(hint) => {
                    let all = hint.0.iter().map(|address| IpAddr::V6(address.0));
                    if !self.judge_all(all, asked) {
                        continue;
                    }
                }
                _ if *key == SvcParamKey::EchConfigList && !broken(|| Fault::KeysStay) => continue,
                _ => {}
            }
            params.push((*key, value.clone()));
        }
        Ok(Some(SVCB::new(service.svc_priority, target, params)))
    }

    fn judge_all(&mut self, all: impl Iterator<Item = IpAddr>, asked: Asked<'_>) -> bool {
        let judged: Vec<bool> = all.map(|address| self.judge(address, asked)).collect();
        judged.into_iter().all(|fine| fine)
    }

    /// Writes what was taken as the answer to the question that was asked here.
    fn keep(self, code: ResponseCode, asked: Asked<'_>, now: u32) -> Result<Kept, Unfit> {
        let name = name_of(asked.name)?;
        let mut message = Message::new(0, MessageType::Response, hickory_proto::op::OpCode::Query);
        message.add_query(Query::query(name.clone(), RecordType::from(asked.kind)));
        message.metadata.response_code = code;
        let mut seconds = SECONDS_MAX;
        if let Some(safe) = asked.safe {
            let data = RData::CNAME(CNAME(name_of(safe)?));
            message.add_answer(Record::from_rdata(name, SAFE_SECONDS, data));
        }
        let has_records = !self.records.is_empty();
        for mut record in self.records {
            record.ttl = record.ttl.clamp(1, SECONDS_MAX);
            seconds = seconds.min(record.ttl);
            message.add_answer(record);
        }
        match self.nothing {
            Some(record) => {
                seconds = seconds.min(record.ttl);
                message.add_authority(record);
            }
            None if !has_records => seconds = NOTHING_SECONDS,
            None => {}
        }
        let bytes = message.to_vec().map_err(|_| Unfit::Form)?;
        let begins = skip_name(&bytes, HEAD_BYTES).ok_or(Unfit::Form)? + 4;
        let counts = message.answers.len() + message.authorities.len();
        let ttls = ttls(&bytes, begins, counts).ok_or(Unfit::Form)?;
        let count = |all: &[Record]| u16::try_from(all.len()).map_err(|_| Unfit::Form);
        Ok(Kept {
            code: u8::from(code == ResponseCode::NXDomain) * 3,
            answers: count(&message.answers)?,
            authorities: count(&message.authorities)?,
            bytes: bytes.get(begins..).unwrap_or_default().into(),
            ttls: ttls.into(),
            aliases: self.aliases.into(),
            leads_round: self.leads_round,
            has_private: self.has_private,
            made: now,
            seconds,
            renewing: AtomicBool::new(false),
        })
    }
}

/// Where the seconds of each record stand, counted from the end of the question, and how many.
fn ttls(bytes: &[u8], begins: usize, count: usize) -> Option<Vec<(u16, u32)>> {
    let mut at = begins;
    let mut found = Vec::with_capacity(count);
    for _ in 0..count {
        at = skip_name(bytes, at)?;
        let head = bytes.get(at..)?.first_chunk::<10>()?;
        let [_, _, _, _, t0, t1, t2, t3, l0, l1] = *head;
        let place = u16::try_from(at + 4 - begins).ok()?;
        found.push((place, u32::from_be_bytes([t0, t1, t2, t3])));
        at += 10 + usize::from(u16::from_be_bytes([l0, l1]));
    }
    (at == bytes.len()).then_some(found)
}

/// What says for how long there is nothing.
fn soa(authorities: &[Record]) -> Option<Record> {
    authorities.iter().find_map(|record| match &record.data {
        RData::SOA(soa) => {
            let seconds = record.ttl.min(soa.minimum);
            let mut record = record.clone();
            record.ttl = seconds.clamp(1, NOTHING_SECONDS_MAX);
            Some(record)
        }
        _ => None,
    })
}

fn name_of(text: &str) -> Result<Name, Unfit> {
    let mut name = Name::from_ascii(text).map_err(|_| Unfit::Form)?;
    name.set_fqdn(true);
    Ok(name)
}

/// Whether an address is one of a network of its own, or of the machine itself.
pub(crate) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_four(address),
        IpAddr::V6(address) => is_private_six(address),
    }
}

fn is_private_four(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || first == 0
        || (first == 100 && second & 0xc0 == 64)
}

fn is_private_six(address: Ipv6Addr) -> bool {
    let inside = |segments: [u16; 2]| {
        let [upper, lower] = segments;
        let [a, b] = upper.to_be_bytes();
        let [c, d] = lower.to_be_bytes();
        is_private_four(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, upper, lower] | [0x64, 0xff9b, 0, 0, 0, 0, upper, lower] => {
            inside([upper, lower])
        }
        [0, 0, 0, 0, 0, 0, ..] => true,
        [first, ..] => first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80,
    }
}

/// Whether somebody answers names under encryption at this address, or relays.
fn is_way_round(address: IpAddr) -> bool {
    static ALL: OnceLock<HashSet<IpAddr>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let ways = ways_round().iter();
        ways.flat_map(|way| way.addresses.iter().copied()).collect()
    });
    all.contains(&address)
}

/// Whether a type has addresses or leads to them: these are made safe.
pub(super) fn leads_to_addresses(asked: u16) -> bool {
    matches!(asked, kind::A | kind::AAAA)
}
