//! monitor.notice: people are told that use is monitored, by whom, why, and for how long it is kept: on
//! the page for signing in, in notices, on the wifi and on the wall, in their languages.

use super::clause_ids;
use crate::{
    monitor::{KEEP_DAYS, NOTICE, circle},
    people::group::Group,
    roles::role::Role,
    spine::{
        control::{Audience, Control, Notice, Standpoint},
        in_force::InForce,
    },
};
use kernel::value::{Value, Words};
use serde::Deserialize;
use std::collections::BTreeSet;

/// People are told that use is monitored.
#[derive(Deserialize)]
pub(super) struct Notices {
    /// Who is told.
    #[serde(default)]
    groups: Words,
    /// What else is monitored, beside what is asked for on the internet.
    #[serde(default)]
    covers: Words,
    /// Why, in the words of the policy.
    #[serde(default)]
    reasons: Words,
}

impl Control for Notices {
    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let setting = from.setting;
        let roles: Vec<String> = circle::watching(setting)
            .iter()
            .map(Role::in_words)
            .collect();
        let mut says = vec![
            "What you ask for on our devices and on our network is monitored, to keep children safe: which site or page, on which device, when, and whether it was open. It can be traced to you.".to_owned(),
            format!(
                "It can be looked at by the {}, for a reason that is written down. It is kept for the time that our policy sets, or else for {KEEP_DAYS} days.",
                crate::spine::permit::or(roles)
            ),
        ];
        let reasons: Vec<&str> = self.reasons.iter().collect();
        if !reasons.is_empty() {
            says.push(format!("Our policy names why: {}.", reasons.join(", ")));
        }
        let covers: Vec<&str> = self.covers.iter().collect();
        if !covers.is_empty() {
            says.push(format!("Our policy monitors too: {}.", covers.join(", ")));
        }
        let notice = |group: Group| Notice {
            to: Audience::Group(group),
            title: "What you do on the internet here is monitored".to_owned(),
            says: says.clone(),
            clauses: clause_ids(from),
        };
        told(self.groups.iter()).into_iter().map(notice).collect()
    }
}

/// The groups that a policy names, each once; whoever works here, where it names none.
fn told<'a>(words: impl Iterator<Item = &'a str>) -> BTreeSet<Group> {
    let mut groups = BTreeSet::new();
    for words in words {
        match Group::read(words) {
            meant if meant.is_empty() && words.to_lowercase().contains("adult") => {
                groups.extend(
                    Group::ALL
                        .into_iter()
                        .filter(|group| *group != Group::Child),
                );
            }
            meant => groups.extend(meant),
        }
    }
    if groups.is_empty() {
        groups.extend(Group::TEAM);
    }
    groups
}

/// The words of a param of this control, by the policy in force.
#[must_use]
pub(in crate::monitor) fn words(in_force: &InForce, param: &str) -> Vec<String> {
    let running = in_force.find(NOTICE);
    let said = running.and_then(|running| running.bound.values.get(param));
    said.map(Value::words).unwrap_or_default()
}
