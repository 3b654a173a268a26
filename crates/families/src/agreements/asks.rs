//! Questions that this family answers for others: whether somebody may have something before they
//! have signed, whether somebody is held until they sign, and what is still to be signed.

use super::{
    bound::{self, CONTROL, Covers},
    register::Version,
};
use crate::{
    people::group::Group,
    policy::document::Document,
    spine::{
        act::Person,
        in_force::{Bound, InForce},
        setting::Setting,
    },
};
use kernel::moment::{Date, plus_days};

/// An agreement that somebody has still to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    /// As which group.
    pub group: Group,
    /// The version.
    pub version: u32,
    /// Since when they are asked.
    pub since: Date,
    /// The last day on which they are not held.
    pub until: Date,
}

/// The clauses that ask for agreements; `None` when the policy in force does not.
#[must_use]
pub fn in_force(in_force: &InForce) -> Option<&Bound> {
    in_force.find(CONTROL).map(|running| &running.bound)
}

/// What is still to be signed before somebody may have something; `None`: they may. Until a first
/// version is issued nobody is kept from anything; after a new one there are days of grace for
/// whoever had signed the one before.
#[must_use]
pub fn may(
    setting: &Setting,
    policy: &InForce,
    person: Person,
    covers: Covers,
    today: Date,
) -> Option<Unsigned> {
    let bound = in_force(policy)?;
    let open = bound::with_agreement(bound).into_iter();
    open.filter(|group| bound::covers(bound, *group).contains(&covers))
        .filter_map(|group| unsigned(setting, bound, person, group, today))
        .find(|open| !setting.agreements.signed_any(person, open.group) || open.until < today)
}

/// The agreement that somebody should have signed by now, and is held until they do.
#[must_use]
pub fn held(setting: &Setting, bound: &Bound, person: Person, today: Date) -> Option<Unsigned> {
    to_sign(setting, bound, person, today)
        .into_iter()
        .find(|open| open.until < today && open.group != Group::Child)
}

/// The agreements that somebody is asked to sign and has not.
#[must_use]
pub fn to_sign(setting: &Setting, bound: &Bound, person: Person, today: Date) -> Vec<Unsigned> {
    let asked = bound::asked(bound).into_iter();
    asked
        .filter_map(|group| unsigned(setting, bound, person, group, today))
        .collect()
}

/// The current version of a group's agreement, if somebody belongs to the group and has not signed.
#[must_use]
pub fn unsigned(
    setting: &Setting,
    bound: &Bound,
    person: Person,
    group: Group,
    today: Date,
) -> Option<Unsigned> {
    let current = setting.agreements.current(group)?;
    let people = &setting.people;
    if !people.is_of(person, group, today) {
        return None;
    }
    let version = current.says.number;
    if setting.agreements.signed(person, group, version).is_some() {
        return None;
    }
    let since = asked_since(setting, current, person);
    Some(Unsigned {
        group,
        version,
        since,
        until: plus_days(since, bound::grace_days(bound)),
    })
}

/// Since when somebody is asked: since the version was issued and they belong to the group.
fn asked_since(setting: &Setting, version: &Version, person: Person) -> Date {
    let group = version.says.group;
    let days = [
        Some(version.at.date()),
        setting.people.since(person),
        setting.agreements.joined(person, group),
    ];
    days.into_iter().flatten().max().unwrap_or(Date::MAX)
}

/// Whether a group's agreement should be issued: none was yet, or the policy says something else
/// now. The day since when.
#[must_use]
pub fn to_issue(setting: &Setting, group: Group) -> Option<Date> {
    let adopted = setting.policy.adopted()?;
    let points = |document: &Document| bound::points(setting, document, group);
    let now = points(&adopted.document);
    let versions = setting.policy.versions();
    let Some(current) = setting.agreements.current(group) else {
        if now.is_empty() {
            return None;
        }
        return asked_for_since(setting, CONTROL);
    };
    if !bound::differ(&now, &current.says.points) {
        return None;
    }
    let later = versions.iter().rev();
    let other = later
        .take_while(|version| version.at > current.at)
        .take_while(|version| bound::differ(&points(&version.document), &current.says.points))
        .last()
        .map(|version| version.at);
    let chosen = setting.agreements.last_chosen(group);
    let since = other.or(chosen).unwrap_or(adopted.at);
    Some(since.date())
}

/// Since when the policy asks for a control, in each version without a break; `None`: it does not.
#[must_use]
pub fn asked_for_since(setting: &Setting, control: &str) -> Option<Date> {
    let asks = |document: &Document| {
        let mut clauses = document.clauses.iter();
        clauses.any(|clause| clause.controls.iter().any(|own| own == control))
    };
    let row = setting.policy.versions().iter().rev();
    let first = row.take_while(|version| asks(&version.document)).last();
    first.map(|version| version.at.date())
}
