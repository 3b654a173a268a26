//! What the policy in force asks of this family: the values of its controls as questions, for acts,
//! pages and other families.

use super::document::Clause;
use crate::{people::group::Group, spine::in_force::InForce};
use kernel::every::Every;
use std::collections::BTreeSet;

/// The words of a list that the policy in force chose for a control; empty when it is not in force.
#[must_use]
pub fn words(in_force: &InForce, control: &str, param: &str) -> Vec<String> {
    in_force
        .find(control)
        .and_then(|running| running.bound.values.get(param))
        .map(kernel::value::Value::words)
        .unwrap_or_default()
}

/// The groups that words of a policy mean, each once.
#[must_use]
pub fn groups<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Group> {
    let mut seen = BTreeSet::new();
    words
        .into_iter()
        .flat_map(Group::read)
        .filter(|group| seen.insert(*group))
        .collect()
}

/// The events after which the policy wants to be reviewed at once.
#[must_use]
pub fn triggers(in_force: &InForce) -> Vec<String> {
    words(in_force, "policy.review", "triggers")
}

/// The trigger of the policy that is meant by these words, in the policy's own words.
#[must_use]
pub fn trigger(in_force: &InForce, kind: &str) -> Option<String> {
    let small = kind.trim().to_lowercase();
    triggers(in_force)
        .into_iter()
        .find(|trigger| trigger.to_lowercase() == small)
}

/// How often the policy wants to be reviewed, when it says so.
#[must_use]
pub fn review_every(in_force: &InForce) -> Option<Every> {
    let words = words(in_force, "policy.review", "every").join(" ");
    Every::read(&words)
}

/// The groups that help to shape the policy; staff and parents where it names none.
#[must_use]
pub fn consulted(in_force: &InForce) -> Vec<Group> {
    let named = words(in_force, "policy.consultation", "who");
    let groups = groups(named.iter().map(String::as_str));
    if groups.is_empty() {
        vec![Group::Staff, Group::Parent]
    } else {
        groups
    }
}

/// The consequences of misuse that the policy names.
#[must_use]
pub fn sanctions(in_force: &InForce) -> Vec<String> {
    words(in_force, "policy.sanctions", "sanctions")
}

/// The policies that clauses refer to, as they name them.
#[must_use]
pub fn linked(in_force: &InForce) -> Vec<String> {
    words(in_force, "policy.publication", "linked")
}

/// The policies that one clause refers to.
#[must_use]
pub fn linked_by(clause: &Clause) -> Vec<String> {
    clause
        .values
        .get("linked")
        .map(kernel::value::Value::words)
        .unwrap_or_default()
}

/// Whom and what the policy covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The people, in the policy's words.
    pub people: Vec<String>,
    /// The same as groups.
    pub groups: Vec<Group>,
    /// The kinds of device.
    pub devices: Vec<String>,
    /// The places.
    pub places: Vec<String>,
}

impl Scope {
    /// The scope of the policy in force.
    #[must_use]
    pub fn of(in_force: &InForce) -> Scope {
        let list = |param| words(in_force, "policy.scope", param);
        let people = list("people");
        Scope {
            groups: groups(people.iter().map(String::as_str)),
            people,
            devices: list("devices"),
            places: list("places"),
        }
    }

    /// Whether a rule binds this group. A policy that names nobody binds everybody.
    #[must_use]
    pub fn binds(&self, group: Group) -> bool {
        self.groups.is_empty() || self.groups.contains(&group)
    }

    /// Whether a kind of device is covered. A policy that names none covers all.
    #[must_use]
    pub fn covers_device(&self, kind: &str) -> bool {
        let kind = kind.to_lowercase();
        let same = |named: &String| {
            let named = named.to_lowercase();
            named.contains(&kind) || kind.contains(&named)
        };
        self.devices.is_empty() || self.devices.iter().any(same)
    }
}
