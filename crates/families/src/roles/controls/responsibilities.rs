//! roles.responsibilities: each role knows what it is responsible for. Each role has its list from
//! the policy; whoever is given the role reads and acknowledges it, and a changed list is read again.
//! Staff, parents, children and others see theirs as notices and owe no acknowledgement here.

use crate::{
    roles::{
        bearer::Bearer,
        holding::Holding,
        lists::{self, List},
        role::Role,
        since::Past,
    },
    spine::control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, plus_days},
    value::Words,
};
use serde::Deserialize;

/// How long somebody has to read what a role answers for, in days.
const READ_WITHIN_DAYS: i64 = 14;
/// How long a setting has to say who holds a role that its policy gives work, in days.
const NAME_WITHIN_DAYS: i64 = 28;

/// Each role knows what it is responsible for.
#[derive(Deserialize)]
pub(super) struct Responsibilities {
    /// The responsibilities of roles: "staff: report concerns".
    #[serde(default)]
    list: Words,
    /// The roles and groups that clauses bind.
    #[serde(default)]
    role: Words,
}

impl Control for Responsibilities {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let read = from.setting.roles.read();
        let lists = if read.is_empty() {
            Vec::new()
        } else {
            self.lists(from)
        };
        let is_current = |role: &Role, digest: &str| {
            let list = lists.iter().find(|list| list.role() == Some(role));
            list.is_some_and(|list| list.digest() == digest)
        };
        let rows = read.iter().map(|read| {
            let list = if is_current(&read.role, &read.digest) {
                "as it is now"
            } else {
                "an earlier one"
            };
            Row {
                cells: vec![
                    Cell::Text(read.role.in_words()),
                    Cell::Person(read.person),
                    Cell::Moment(read.at),
                    Cell::Text(list.to_owned()),
                ],
                seq: read.seq,
                at: read.at,
            }
        });
        Some(Register {
            title: "Who has read what their role answers for".to_owned(),
            columns: vec!["Role", "Who", "Read on", "Which list"],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let past = Past::default();
        self.lists(from)
            .iter()
            .flat_map(|list| of_list(list, &past, from))
            .collect()
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        self.lists(from)
            .iter()
            .map(|list| Notice {
                to: match &list.bearer {
                    Bearer::Everyone => Audience::Everyone,
                    Bearer::Role(role) => Audience::Role(role.clone()),
                    Bearer::Group(group) => Audience::Group(*group),
                },
                title: format!("What our policy asks of {}", list.bearer.in_a_sentence()),
                says: list.items.iter().map(|item| item.says.clone()).collect(),
                clauses: list.clauses(),
            })
            .collect()
    }
}

impl Responsibilities {
    fn lists(&self, from: &Standpoint<'_>) -> Vec<List> {
        lists::lists(&from.bound.clauses, &self.list.0, &self.role.0)
    }
}

/// What is owed for one list: each holder of the role reads it, and the role has a holder.
fn of_list(list: &List, past: &Past, from: &Standpoint<'_>) -> Vec<Duty> {
    let Some(role) = list.role() else {
        return Vec::new();
    };
    let held: Vec<&Holding> = from
        .setting
        .roles
        .holdings_of(role)
        .filter(|holding| holding.is_on(from.today))
        .collect();
    if held.is_empty() {
        return vec![nobody(role, list, past, from)];
    }
    let digest = list.digest();
    held.into_iter()
        .filter(|holding| !from.setting.roles.has_read(holding.person, role, &digest))
        .map(|holding| unread(holding, list, past, from))
        .collect()
}

fn unread(holding: &Holding, list: &List, past: &Past, from: &Standpoint<'_>) -> Duty {
    let opens = holding
        .from
        .max(holding.at.date())
        .max(past.since(list, from));
    let again = from
        .setting
        .roles
        .read()
        .iter()
        .any(|read| read.person == holding.person && read.role == holding.role);
    let what = if again { "Read again" } else { "Read" };
    Duty::new(
        format!("{what} what the {} answers for", holding.role.in_words()),
        Owner::Person(holding.person.0),
        plus_days(opens, READ_WITHIN_DAYS),
    )
    .opens(opens)
    .at(format!("/roles/{}", list.bearer.slug()))
    .about(format!(
        "read:{}:{}:{}",
        holding.role.key(),
        holding.person,
        list.digest()
    ))
    .clauses(list.clauses())
    .from([holding.seq])
}

/// A role with work that nobody holds.
fn nobody(role: &Role, list: &List, past: &Past, from: &Standpoint<'_>) -> Duty {
    let ended = from
        .setting
        .roles
        .holdings_of(role)
        .filter_map(Holding::last_day)
        .max();
    let opens = ended
        .map_or(Date::MIN, |last| plus_days(last, 1))
        .max(past.since(list, from));
    Duty::new(
        format!(
            "Say who is the {}: the policy gives this role work",
            role.in_words()
        ),
        Owner::role(Role::Manager.key()),
        plus_days(opens, NAME_WITHIN_DAYS),
    )
    .opens(opens)
    .at(format!("/roles/{}", list.bearer.slug()))
    .about(format!("nobody:{}", role.key()))
    .clauses(list.clauses())
}
