//! Whom a policy asks to sign, what is refused before, and which clauses bind a group: read from the
//! values of its clauses, from the roles that they name, and from what their controls are about.

use super::entries::Point;
use crate::{
    people::group::Group,
    policy::document::{Clause, Document},
    roles::role::Role,
    spine::{in_force::Bound, setting::Setting},
};
use kernel::{
    every::Every,
    value::{Value, Words},
};
use std::collections::BTreeSet;

/// The control that asks for agreements.
pub const CONTROL: &str = "agreements.acceptable-use";
/// How many days people have after a new version, where the policy says nothing.
pub const GRACE_DAYS: i64 = 14;

/// What may be refused before somebody has signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covers {
    /// An account here.
    Account,
    /// A device on loan.
    Device,
    /// The internet here: a wifi voucher.
    Internet,
    /// Membership of a platform: a learning journal.
    Platform,
    /// Work on the website.
    Website,
    /// The own phone at the setting.
    OwnPhone,
}

impl Covers {
    /// What is refused where a policy names nothing.
    const USUAL: [Covers; 4] = [
        Covers::Account,
        Covers::Device,
        Covers::Internet,
        Covers::Platform,
    ];

    /// What a policy means by its words: "computer system", "internet in the setting".
    #[must_use]
    pub fn read(words: &str) -> Vec<Covers> {
        let words = words.to_lowercase();
        let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
        let table: [(&[&str], Covers); 8] = [
            (&["account", "system", "log-in", "login"], Covers::Account),
            (&["resource"], Covers::Account),
            (
                &["device", "computer", "laptop", "tablet", "resource"],
                Covers::Device,
            ),
            (
                &["internet", "wifi", "wi-fi", "wireless", "network", "online"],
                Covers::Internet,
            ),
            (&["resource"], Covers::Internet),
            (&["platform", "journal"], Covers::Platform),
            (&["website", "web site"], Covers::Website),
            (&["phone", "mobile"], Covers::OwnPhone),
        ];
        let found: BTreeSet<Covers> = table
            .into_iter()
            .filter(|(parts, _)| has(parts))
            .map(|(_, covers)| covers)
            .collect();
        if found.is_empty() {
            // Words that say something else: rather too much than too little.
            return Covers::USUAL.to_vec();
        }
        found.into_iter().collect()
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Covers::Account => "an account",
            Covers::Device => "a device on loan",
            Covers::Internet => "the internet here",
            Covers::Platform => "a place on a platform",
            Covers::Website => "work on the website",
            Covers::OwnPhone => "the own phone here",
        }
    }
}

/// The groups that the clauses ask to sign, each of them.
#[must_use]
pub fn asked(bound: &Bound) -> Vec<Group> {
    let named = named(bound);
    if named.is_empty() {
        return Group::TEAM.to_vec();
    }
    let all = named.iter().filter(|words| !is_conditional(words));
    each_once(all.flat_map(|words| Group::read(words)))
}

/// The groups that have an agreement: those that are asked, and those that sign once they want to
/// use something ("parents who use the internet here").
#[must_use]
pub fn with_agreement(bound: &Bound) -> Vec<Group> {
    let mut groups = asked(bound);
    groups.extend(named(bound).iter().flat_map(|words| Group::read(words)));
    each_once(groups.into_iter())
}

fn named(bound: &Bound) -> Vec<String> {
    bound
        .values
        .get("groups")
        .map(Value::words)
        .unwrap_or_default()
}

/// Whether words name only some of a group: "regular visitors", "parents who use the internet".
fn is_conditional(words: &str) -> bool {
    let words = format!(" {} ", words.to_lowercase());
    [" who ", " regular ", " when ", " using "]
        .iter()
        .any(|part| words.contains(part))
}

fn each_once(groups: impl Iterator<Item = Group>) -> Vec<Group> {
    let all: BTreeSet<Group> = groups.collect();
    all.into_iter().collect()
}

/// What is refused to one of a group before they have signed. A clause that names nothing means
/// what is usual; one that names something means that.
#[must_use]
pub fn covers(bound: &Bound, group: Group) -> BTreeSet<Covers> {
    let own = bound
        .clauses
        .iter()
        .filter(|clause| addressed(clause).contains(&group));
    let mut covers = BTreeSet::new();
    for clause in own {
        match clause.values.get("covers") {
            Some(named) => {
                covers.extend(named.words().iter().flat_map(|words| Covers::read(words)))
            }
            None => covers.extend(Covers::USUAL),
        }
    }
    let chosen_by_setting = bound.from.get("covers").is_some_and(Vec::is_empty);
    if chosen_by_setting && let Some(chosen) = bound.values.get("covers") {
        let chosen = chosen.words();
        return chosen
            .iter()
            .flat_map(|words| Covers::read(words))
            .collect();
    }
    covers
}

/// The days that people have after a new version.
#[must_use]
pub fn grace_days(bound: &Bound) -> i64 {
    read_days(bound.values.get("grace")).unwrap_or(GRACE_DAYS)
}

/// Days, as policies write them: `14`, `"14 days"`, `"two weeks"`.
#[must_use]
pub fn read_days(value: Option<&Value>) -> Option<i64> {
    let days = match value? {
        Value::Number(days) => *days,
        Value::Text(words) => match Every::read(words) {
            Some(period) => i64::from(period.about_days()),
            None => words.split_whitespace().next()?.parse().ok()?,
        },
        Value::Yes(_) | Value::Fraction(_) | Value::List(_) | Value::Table(_) => return None,
    };
    (0..=366).contains(&days).then_some(days)
}

/// Whom a clause about agreements binds: whom it names; else whom its other controls are about;
/// else everybody but the children.
#[must_use]
pub fn addressed(clause: &Clause) -> Vec<Group> {
    let named = named_by(clause);
    if !named.is_empty() {
        return named;
    }
    let others = clause.controls.iter().map(String::as_str);
    let about = each_once(others.flat_map(|control| about(control).iter().copied()));
    if !about.is_empty() {
        return about;
    }
    let adults = Group::ALL.into_iter();
    adults.filter(|group| *group != Group::Child).collect()
}

/// The groups that the values of a clause name.
fn named_by(clause: &Clause) -> Vec<Group> {
    let words = |key: &str| {
        let value = clause.values.get(key);
        value.map(Value::words).unwrap_or_default()
    };
    for key in ["groups", "audiences", "people", "who"] {
        let found = each_once(words(key).iter().flat_map(|words| Group::read(words)));
        if !found.is_empty() {
            return found;
        }
    }
    // "management team" is a role, and not all staff.
    let roles = words("role");
    let of_groups = roles
        .iter()
        .filter(|words| Role::recognise(words).is_empty());
    let found = each_once(of_groups.flat_map(|words| Group::read(words)));
    if found.is_empty() && !roles.is_empty() {
        return vec![Group::Staff];
    }
    found
}

/// Whose conduct a control is about, where its clauses make points of an agreement.
fn about(control: &str) -> &'static [Group] {
    const TEAM: &[Group] = &Group::TEAM;
    const GUESTS: &[Group] = &[
        Group::Parent,
        Group::Visitor,
        Group::Contractor,
        Group::Community,
    ];
    const FAMILIES: &[Group] = &[Group::Parent, Group::Visitor];
    match control {
        "phones.staff"
        | "phones.watches"
        | "phones.no-private-contact"
        | "phones.inspection"
        | "social.staff-conduct"
        | "social.no-private-contact"
        | "images.setting-equipment"
        | "devices.setting-owned"
        | "devices.authorised-user"
        | "devices.home-working"
        | "devices.portable-media"
        | "devices.premises"
        | "devices.ai"
        | "messages.official"
        | "messages.professional"
        | "messages.encrypted"
        | "messages.not-while-supervising"
        | "messages.chain-mail"
        | "messages.suspicious"
        | "access.own-account"
        | "access.unattended"
        | "access.own-files"
        | "data.no-removal"
        | "risk.copyright" => TEAM,
        "phones.visitors" | "phones.own-risk" => GUESTS,
        "images.parents-cameras" | "images.sharing-warning" | "social.parents" => FAMILIES,
        "journal.expectations" => &[Group::Parent],
        "education.posters" => &[Group::Child],
        // Whom it names is told in their agreement that use is monitored.
        "monitor.notice" => &Group::ALL,
        _ => &[],
    }
}

/// Whether a clause is a point of a group's agreement by what it says.
#[must_use]
pub fn binds(clause: &Clause, group: Group) -> bool {
    if clause.controls.iter().any(|control| control == CONTROL) {
        return addressed(clause).contains(&group);
    }
    let controls = clause.controls.iter();
    let about = controls.flat_map(|control| about(control));
    if !about.into_iter().any(|other| *other == group) {
        return false;
    }
    let named = named_by(clause);
    named.is_empty() || named.contains(&group)
}

/// Whether a clause goes into a group's agreement: by what it says, else by what was chosen.
#[must_use]
pub fn goes_in(setting: &Setting, clause: &Clause, group: Group) -> bool {
    match setting.agreements.chosen(group, &clause.id) {
        Some(chosen) => chosen.goes_in,
        None => binds(clause, group),
    }
}

/// The points of a group's agreement, as a policy says them and as was chosen.
#[must_use]
pub fn points(setting: &Setting, document: &Document, group: Group) -> Vec<Point> {
    let clauses = document.clauses.iter();
    clauses
        .filter(|clause| goes_in(setting, clause, group))
        .map(|clause| Point {
            clause: clause.id.clone(),
            section: clause.section.clone(),
            text: clause.text.clone(),
        })
        .collect()
}

/// Whether points say something else than a version does, wherever they stand in it.
#[must_use]
pub fn differ(points: &[Point], issued: &[Point]) -> bool {
    let words = |points: &[Point]| -> BTreeSet<String> {
        points.iter().map(|point| point.text.clone()).collect()
    };
    words(points) != words(issued)
}

/// What a clause wants to be confirmed: "read", "understood", "will abide".
#[must_use]
pub fn confirms(bound: &Bound) -> Words {
    let clauses = bound.clauses.iter();
    let named = clauses.filter_map(|clause| clause.values.get("confirms"));
    Words(named.flat_map(Value::words).collect())
}

/// What can follow if the agreement is not kept, where a clause about agreements says so.
#[must_use]
pub fn sanctions(bound: &Bound) -> Vec<String> {
    let clauses = bound.clauses.iter();
    let named = clauses.filter_map(|clause| clause.values.get("sanctions"));
    named.flat_map(Value::words).collect()
}
