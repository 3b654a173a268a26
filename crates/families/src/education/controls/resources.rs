//! education.resources: everybody finds help. What the policy names is in the directory, so that
//! whoever needs it finds a number and not only a name; the lead looks once a year whether the
//! numbers are still right; notices tell parents and staff where the directory is.

use crate::{
    education::{help::Help, register::Register as Directory},
    people::group::Group,
    roles::role::Role,
    spine::control::{Audience, Control, Notice, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::{minus_days, plus_days},
    value::Words,
};
use serde::Deserialize;

/// How long a setting has to put into the directory what its policy names, in days.
const ENTER_WITHIN_DAYS: i64 = 28;
/// How often it is looked at whether the numbers are still right.
const LOOK_EVERY: Every = Every::Years(1);
/// How long before its day the look is shown, in days.
const OPENS_BEFORE_DAYS: i64 = 28;

/// Everybody finds help.
#[derive(Deserialize)]
pub(crate) struct Resources {
    /// Who or what the policy names.
    #[serde(default)]
    list: Words,
}

impl Control for Resources {
    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let adopted = crate::roles::since::adopted(from);
        let directory = &from.setting.education;
        let mut duties: Vec<Duty> = self
            .missing(directory)
            .map(|named| {
                Duty::new(
                    format!("Put “{named}”, which our policy names, into the help directory"),
                    Owner::role(Role::Lead.key()),
                    plus_days(adopted, ENTER_WITHIN_DAYS),
                )
                .opens(adopted)
                .at(crate::spine::page::address(
                    "/help-directory/add",
                    &[("named", named), ("name", named)],
                ))
                .about(format!("help:{named}"))
                .clauses(naming(named, from))
            })
            .collect();
        // The one that was looked at longest ago says when it is time again.
        let days = directory.all().map(|help| {
            let looked = directory.looked(&help.id);
            (
                looked.map_or(adopted, |looked| looked.day),
                looked.map(|looked| looked.seq),
            )
        });
        if let Some((day, seq)) = days.min() {
            let due = LOOK_EVERY.after(day.max(adopted), from.calendar());
            duties.push(
                Duty::new(
                    "Look whether the numbers in the help directory are still right",
                    Owner::role(Role::Lead.key()),
                    due,
                )
                .opens(minus_days(due, OPENS_BEFORE_DAYS))
                .at("/help-directory/confirm")
                .about(format!("confirm:{day}"))
                .from(seq),
            );
        }
        duties
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let clauses: Vec<String> = from
            .bound
            .clauses
            .iter()
            .map(|clause| clause.id.clone())
            .collect();
        let to = |group, says: &str| Notice {
            to: Audience::Group(group),
            title: "Where to find help".to_owned(),
            says: vec![
                says.to_owned(),
                "Numbers and addresses stand in the help directory, for printing too.".to_owned(),
                "If somebody is in danger now, ring 999.".to_owned(),
            ],
            clauses: clauses.clone(),
        };
        vec![
            to(
                Group::Staff,
                "You can turn to these outside the setting, for a child or for yourself.",
            ),
            to(
                Group::Parent,
                "You and your child can turn to these, whether or not you tell us.",
            ),
        ]
    }
}

impl Resources {
    /// What the policy names.
    pub(crate) fn named(&self) -> impl Iterator<Item = &str> {
        self.list
            .iter()
            .map(str::trim)
            .filter(|named| !named.is_empty())
    }

    /// What the policy names and the directory does not have.
    fn missing<'a>(&'a self, directory: &'a Directory) -> impl Iterator<Item = &'a str> {
        self.named()
            .filter(|named| !directory.all().any(|help: &Help| help.is_named_in(named)))
    }
}

/// The clauses that name it.
fn naming(named: &str, from: &Standpoint<'_>) -> Vec<String> {
    let clauses = from.bound.clauses.iter().filter(|clause| {
        let list = clause.values.get("list");
        list.is_some_and(|list| list.words().iter().any(|word| word.trim() == named))
    });
    clauses.map(|clause| clause.id.clone()).collect()
}
