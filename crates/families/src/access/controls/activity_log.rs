//! access.activity-log: use can be traced to a person, and the trace is kept. Sign-ins and changes
//! are lines of the ledger anyway; with this, looks at protected records and what is taken along as
//! a file are, too.

use super::clause_ids;
use crate::{
    access::entries::looks::Record,
    people::group::Group,
    spine::{
        control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::{
    every::Every,
    moment::Date,
    value::{Value, Words},
};
use serde::Deserialize;

/// Its id.
pub const ACTIVITY_LOG: &str = "access.activity-log";

/// Use can be traced to a person.
#[derive(Deserialize)]
pub(super) struct ActivityLog {
    /// How long lines are kept at least.
    #[serde(default)]
    keep: Words,
}

/// The last day on which a line of this day has to be there, where the policy in force gives a time:
/// whoever spends bodies of lines asks here first.
#[must_use]
pub fn kept_until(setting: &Setting, in_force: &InForce, day: Date) -> Option<Date> {
    let running = in_force.find(ACTIVITY_LOG)?;
    let words = running.bound.values.get("keep").map(Value::in_words)?;
    Every::read(&words).map(|every| every.after(day, setting.place.calendar()))
}

impl Control for ActivityLog {
    /// Looks at cases and at custody records are not here: who is on a case sees them there.
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let looks = from.setting.access.looks();
        let open = |record: &Record| record.case.is_none() && !record.is_own();
        let seen = looks.looked().filter(|seen| open(&seen.record));
        let rows = seen.map(|seen| Row {
            cells: vec![
                Cell::Moment(seen.at),
                Cell::Person(seen.by),
                Cell::Text(seen.record.in_words()),
                Cell::Text(seen.how.in_words().to_owned()),
            ],
            seq: seen.seq,
            at: seen.at,
        });
        Some(Register {
            title: "Who looked at what of late".to_owned(),
            columns: vec!["When", "Who", "What", "How"],
            rows: rows.collect(),
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let mut says = vec![
            "What you do here can be traced to you: signing in, changes, and what you take along as a file.".to_owned(),
            "So can each look at the record of a child, a family or a colleague. Look only at what you need for your work.".to_owned(),
        ];
        let keep: Vec<&str> = self.keep.iter().collect();
        if !keep.is_empty() {
            says.push(format!("The trace is kept {}.", keep.join(", ")));
        }
        let notice = |group: &Group| Notice {
            to: Audience::Group(*group),
            title: "What you do here can be traced".to_owned(),
            says: says.clone(),
            clauses: clause_ids(from),
        };
        Group::TEAM.iter().map(notice).collect()
    }
}
