//! What is closed for whom: what always is, what the policy adds, and what two people changed. What
//! the policy closes is not opened by a change; what is illegal is not spoken of here at all.

use super::{
    entries::What,
    kinds::{ALL, CHAT, KINDS, MAIL, NEVER_AT_WORK, SOCIAL, meant},
};
use crate::{
    devices::kinds::Users,
    spine::{in_force::InForce, setting::Setting},
};
use kernel::{
    moment::Date,
    value::{Value, Values},
};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody whom there is a profile for.
pub const EVERYBODY: [Users; 4] = [
    Users::Children,
    Users::Staff,
    Users::Office,
    Users::Visitors,
];

/// What is closed for some people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// For whom.
    pub users: Users,
    /// The kinds that are closed.
    pub closed: BTreeSet<&'static str>,
    /// The words of the policy on which the closing of a kind stands.
    pub clauses: BTreeMap<&'static str, String>,
}

/// The kinds that a policy may name as unsuitable. Ways round are apart: two people may open a single
/// one for somebody who works here.
pub const NAMED: [&str; 16] = [
    "pornography",
    "violence",
    "gambling",
    "drugs",
    "self-harm",
    "hate",
    "extremism",
    "weapons",
    "piracy",
    "malware",
    "dating",
    "games",
    "ai",
    "search",
    "video",
    "advertising",
];
/// The control that closes what is unsuitable.
const INAPPROPRIATE: &str = "filter.inappropriate";

/// The kinds that a policy names as unsuitable; where it names none that is known, what is closed for
/// whoever works here anyway.
#[must_use]
pub fn kinds_named(words: &[String]) -> Vec<&'static str> {
    let spoken = words.iter().flat_map(|words| super::kinds::spoken(words));
    let mut named: Vec<&'static str> = spoken.filter(|kind| NAMED.contains(kind)).collect();
    if named.is_empty() {
        named = NEVER_AT_WORK
            .into_iter()
            .filter(|kind| NAMED.contains(kind))
            .collect();
    }
    named.sort_unstable();
    named.dedup();
    named
}

/// The words with which the policy names what is unsuitable, for all or for some people.
fn unsuitable(values: &Values, users: Users) -> Vec<String> {
    match values.get("categories") {
        Some(Value::Table(each)) => each
            .iter()
            .filter(|(whom, _)| meant(whom).contains(&users))
            .flat_map(|(_, value)| value.words())
            .collect(),
        Some(other) => other.words(),
        None => Vec::new(),
    }
}

/// What a control of the policy closes for whom: the kinds and the words of its clause.
#[must_use]
pub fn closed_by_policy(in_force: &InForce, users: Users) -> BTreeMap<&'static str, String> {
    let mut closed = BTreeMap::new();
    for (control, kinds) in [
        (INAPPROPRIATE, [].as_slice()),
        ("filter.social-media", [SOCIAL, CHAT].as_slice()),
        ("filter.personal-mail", [MAIL].as_slice()),
    ] {
        let Some(running) = in_force.find(control) else {
            continue;
        };
        let values = &running.bound.values;
        let words = values.get("profiles").map(Value::words).unwrap_or_default();
        let all: Vec<Users> = words.iter().flat_map(|words| meant(words)).collect();
        let named = all.is_empty() || all.contains(&users);
        // Whoever runs the official pages does so in the office.
        let excepted = users == Users::Office && values.contains_key("except");
        if !named || excepted {
            continue;
        }
        // The clause that says for whom, before one that only names what it is about.
        let clauses = &running.bound.clauses;
        let mut saying = clauses
            .iter()
            .filter(|clause| clause.values.contains_key("profiles"));
        let text = saying
            .next()
            .or(clauses.first())
            .map(|clause| clause.text.clone());
        let own = (control == INAPPROPRIATE).then(|| kinds_named(&unsuitable(values, users)));
        for kind in own.iter().flatten().chain(kinds) {
            closed.insert(*kind, text.clone().unwrap_or_default());
        }
    }
    closed
}

/// The profile of some people on a day.
#[must_use]
pub fn of(setting: &Setting, in_force: &InForce, users: Users, today: Date) -> Profile {
    let mut closed: BTreeSet<&'static str> = match users {
        // For children every kind is closed; what they open is opened site by site.
        Users::Children => BTreeSet::from([ALL]),
        Users::Visitors => NEVER_AT_WORK.into_iter().chain([SOCIAL, CHAT]).collect(),
        Users::Staff | Users::Office => NEVER_AT_WORK.into_iter().collect(),
    };
    for change in setting.filter.in_force(today) {
        if !change.proposed.users.contains(&users) {
            continue;
        }
        let known = |kind: &String| KINDS.iter().find(|(key, _)| key == kind);
        match &change.proposed.what {
            What::OpenKind { kind } if users != Users::Children => {
                closed.remove(kind.as_str());
            }
            What::CloseKind { kind } => {
                closed.extend(known(kind).map(|(key, _)| *key));
            }
            What::OpenKind { .. }
            | What::OpenSite { .. }
            | What::CloseSite { .. }
            | What::AddList { .. }
            | What::PauseList { .. }
            | What::RemoveList { .. }
            | What::TakeShorter { .. } => {}
        }
    }
    let clauses = closed_by_policy(in_force, users);
    closed.extend(clauses.keys());
    // Malware and ways round are nobody's to open.
    closed.extend(["malware", "ways-round"]);
    if users == Users::Children {
        closed.insert(ALL);
    }
    Profile {
        users,
        closed,
        clauses,
    }
}

/// The profile for what is not on the register: what the policy names, else the strictest.
#[must_use]
pub fn of_strangers(in_force: &InForce) -> Users {
    let running = in_force.find("devices.register");
    let said = running.and_then(|running| running.bound.values.get("unknown"));
    let words = said.map(Value::in_words).unwrap_or_default();
    match meant(&words).as_slice() {
        [one] => *one,
        _ => Users::Children,
    }
}
