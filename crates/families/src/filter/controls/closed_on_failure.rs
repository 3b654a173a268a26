//! filter.closed-on-failure: when the filter fails, nothing is open, and somebody is told. A list
//! that is broken, or would close what has to stay open, is let in by nobody; one that is only
//! shorter is let in by two people. Whoever leads is owed what stands still and what is out of date.

use crate::{
    filter::{acts::Act as Filter, entries::What},
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    ruling::{AllowedBy, Ruling},
};
use serde::Deserialize;

/// For how many hours a list may be held back before somebody is owed a look.
const HELD_DAYS: i64 = 1;

/// When the filter fails, it fails closed.
#[derive(Deserialize)]
pub(super) struct ClosedOnFailure {}

impl Control for ClosedOnFailure {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let filter = &case.setting.filter;
        let what = match act {
            Act::Filter(Filter::Propose { what, .. }) => Some(what),
            Act::Filter(Filter::Decide {
                change,
                approve: true,
                ..
            }) => filter.change(*change).map(|change| &change.proposed.what),
            _ => None,
        };
        let Some(What::TakeShorter { name }) = what else {
            return Ruling::Silent;
        };
        let lists = filter.evidence().lists();
        let lists = lists.map(|lists| lists.found.lists.as_slice());
        let own = lists
            .unwrap_or_default()
            .iter()
            .find(|list| list.name == *name);
        let held = own.and_then(|list| list.held.as_deref());
        match held {
            Some(why) if is_shorter(why) => Ruling::Silent,
            Some(why) => Ruling::refuse(
                format!("This list is not held back for being shorter: {why}."),
                AllowedBy::Nobody,
                "The last good one stays in use. Tell whoever makes the list, or choose another.",
            )
            .at("list"),
            None => Ruling::refuse(
                "No newer version of this list is held back.",
                AllowedBy::Nobody,
                "The page of the lists says how each stands.",
            )
            .at("list"),
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let stood = from.setting.filter.evidence().stood();
        let rows = stood.map(|stood| Row {
            cells: vec![
                Cell::Moment(stood.since),
                stood.until.map_or(Cell::Empty, Cell::Moment),
                Cell::Said(stood.why.clone()),
            ],
            seq: stood.seq,
            at: stood.since,
        });
        Some(Register {
            title: "When the filter stood still, and nothing was open".to_owned(),
            columns: vec!["From", "Until", "Why"],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let known = from.setting.filter.evidence();
        let lead = || Owner::role(Role::Lead.key());
        let still = known.stands_still().map(|stood| {
            let day = stood.since.date();
            Duty::new(
                "Get the filter going again: it stands still, and nothing is open",
                lead(),
                day,
            )
            .at("/filter/lists")
            .about(format!("still:{}", stood.seq))
            .from([stood.seq])
        });
        let held = known.lists().and_then(|lists| {
            let held = lists.found.lists.iter().filter(|list| list.held.is_some());
            let names: Vec<&str> = held.map(|list| list.name.as_str()).collect();
            let first = names.first()?;
            let what = match names.len() {
                1 => format!("See why a newer version of the list {first} is not used"),
                more => format!("See why newer versions of {more} lists are not used"),
            };
            let day = lists.found.at.date();
            Some(
                Duty::new(what, lead(), kernel::moment::plus_days(day, HELD_DAYS))
                    .opens(day)
                    .at("/filter/lists")
                    .about(format!("held:{}", names.join(",")))
                    .from([lists.seq]),
            )
        });
        still.into_iter().chain(held).collect()
    }
}

/// Whether a list is held back for being shorter, in the words of whatever fetches it.
fn is_shorter(why: &str) -> bool {
    let why = why.to_lowercase();
    ["short", "shrunk", "fewer"]
        .iter()
        .any(|word| why.contains(word))
}
