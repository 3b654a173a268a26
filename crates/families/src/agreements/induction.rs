//! The induction of a new starter: who has one, its items in the policy's words, and which of them
//! the program knows to be done by what somebody has signed and read.

use super::asks;
use crate::{
    people::group::Group,
    spine::{
        act::Person,
        in_force::{Bound, InForce},
        setting::Setting,
    },
};
use kernel::{
    moment::{Date, Moment},
    value::{Value, Words},
};

/// The control that asks for it.
pub const CONTROL: &str = "agreements.induction";

/// What an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The policy is read.
    Policy,
    /// The agreement is signed.
    Agreement,
    /// Training.
    Training,
    /// Where phones are put away.
    Phones,
    /// Social media.
    SocialMedia,
    /// How a concern is reported.
    Reporting,
    /// Something else that the policy names.
    Other,
}

/// The usual items, in the order in which they are done.
const USUAL: [(About, &str); 6] = [
    (About::Policy, "online safety policy"),
    (About::Agreement, "acceptable use agreement"),
    (About::Training, "training in online safety"),
    (About::Phones, "where own phones are put away"),
    (About::SocialMedia, "social media"),
    (About::Reporting, "how to report a concern"),
];

impl About {
    /// What words of a policy are about.
    #[must_use]
    pub fn read(words: &str) -> About {
        let words = words.to_lowercase();
        let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
        if has(&["agreement", "acceptable use"]) {
            return About::Agreement;
        }
        if has(&["training", "course"]) {
            return About::Training;
        }
        if has(&["phone", "mobile"]) {
            return About::Phones;
        }
        if has(&["social"]) {
            return About::SocialMedia;
        }
        if has(&["report", "concern"]) {
            return About::Reporting;
        }
        if has(&["policy", "policies"]) {
            return About::Policy;
        }
        About::Other
    }
}

/// The items: those that the policy names, in its words, and those that always belong to it.
#[must_use]
pub fn items(named: &Words) -> Vec<(About, String)> {
    let mut items: Vec<(About, String)> = named
        .iter()
        .map(|words| (About::read(words), words.to_owned()))
        .collect();
    for (about, words) in USUAL {
        if !items.iter().any(|(other, _)| *other == about) {
            items.push((about, words.to_owned()));
        }
    }
    items
}

/// The items of the policy in force; `None` when it does not ask for induction.
#[must_use]
pub fn in_force(in_force: &InForce) -> Option<Vec<(About, String)>> {
    let bound = &in_force.find(CONTROL)?.bound;
    Some(items(&named(bound)))
}

fn named(bound: &Bound) -> Words {
    let named = bound.values.get("items");
    Words(named.map(Value::words).unwrap_or_default())
}

/// Those who started after the policy came to ask for induction, with the day on which they did.
#[must_use]
pub fn starters(setting: &Setting, today: Date) -> Vec<(Person, Date)> {
    let Some(since) = asks::asked_for_since(setting, CONTROL) else {
        return Vec::new();
    };
    let people = &setting.people;
    let here = people.here(today).filter_map(|person| {
        let days = Group::TEAM.into_iter();
        let first = days
            .filter(|group| people.is_of(person, *group, today))
            .filter_map(|group| {
                let joined = setting.agreements.joined(person, group);
                joined.max(people.since(person))
            })
            .min()?;
        (first > since).then_some((person, first))
    });
    here.collect()
}

/// An item of somebody's induction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is about.
    pub about: About,
    /// Its words.
    pub words: String,
    /// The entry that shows that it is done, and when.
    pub done: Option<(u64, Moment)>,
    /// Whether the program saw that itself.
    pub by_itself: bool,
}

/// Somebody's induction, item by item.
#[must_use]
pub fn of(setting: &Setting, items: &[(About, String)], person: Person, today: Date) -> Vec<Item> {
    let each = items.iter().map(|(about, words)| {
        let seen = match about {
            About::Agreement => signed(setting, person, today),
            About::Policy => read(setting, person),
            About::Training
            | About::Phones
            | About::SocialMedia
            | About::Reporting
            | About::Other => None,
        };
        let done = setting.agreements.started().done(person, words);
        Item {
            about: *about,
            words: words.clone(),
            done: seen.or(done),
            by_itself: seen.is_some(),
        }
    });
    each.collect()
}

/// The newest signature, when somebody has signed the agreement of each team group they are of.
fn signed(setting: &Setting, person: Person, today: Date) -> Option<(u64, Moment)> {
    let groups = Group::TEAM.into_iter();
    let mut of = groups
        .filter(|group| setting.people.is_of(person, *group, today))
        .filter(|group| setting.agreements.current(*group).is_some())
        .peekable();
    of.peek()?;
    if !of.all(|group| setting.agreements.signed_any(person, group)) {
        return None;
    }
    let newest = setting.agreements.signed_by(person).last()?;
    Some((newest.seq, newest.at))
}

fn read(setting: &Setting, person: Person) -> Option<(u64, Moment)> {
    let current = setting.policy.adopted()?;
    setting.policy.has_read(person, current.number)
}
