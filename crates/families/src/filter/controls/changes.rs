//! filter.changes: changes of filtering are assessed, approved and logged. Nobody changes it alone;
//! those approve whom the policy names; what was opened is closed again with one step.

use crate::{
    filter::acts::Act as Filter,
    policy::approver::Approver,
    spine::{
        act::{Act, Case, Person},
        control::{Cell, Control, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Changes of filtering are approved by another.
#[derive(Deserialize)]
pub(super) struct Changes {
    /// Who approves.
    #[serde(default)]
    approved_by: Words,
}

impl Control for Changes {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let filter = &case.setting.filter;
        let first = match act {
            Act::Filter(Filter::Decide { change, .. }) => filter.change(*change).map(|one| one.by),
            Act::Filter(Filter::Answer {
                request,
                open_until: Some(_),
                ..
            }) => filter.request(*request).map(|one| one.by),
            _ => return Ruling::Silent,
        };
        let Some(first) = first else {
            return Ruling::Silent;
        };
        self.judge_second(first, case)
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let rows = from.setting.filter.changes().map(|change| {
            let proposed = &change.proposed;
            let users: Vec<&str> = proposed
                .users
                .iter()
                .map(|users| users.in_words())
                .collect();
            let approved = change.decided.and_then(|(yes, by, _)| by.filter(|_| yes));
            Row {
                cells: vec![
                    Cell::Said(proposed.what.in_words()),
                    Cell::Text(users.join("; ")),
                    Cell::Said(proposed.reason.clone()),
                    Cell::Said(proposed.risk.clone()),
                    change.by.map_or(Cell::Empty, Cell::Person),
                    approved.map_or(Cell::Empty, Cell::Person),
                    proposed.until.map_or(Cell::Empty, Cell::Day),
                    Cell::Text(change.in_words(from.today).to_owned()),
                ],
                seq: change.seq,
                at: change.at,
            }
        });
        Some(Register {
            title: "Changes of the filter".to_owned(),
            columns: vec![
                "What",
                "For whom",
                "Why",
                "Risk",
                "Proposed by",
                "Approved by",
                "Until",
                "Stands",
            ],
            rows: rows.collect(),
        })
    }
}

impl Changes {
    fn approving(&self) -> Vec<Approver> {
        self.approved_by.iter().map(Approver::read).collect()
    }

    fn judge_second(&self, first: Option<Person>, case: &Case<'_>) -> Ruling {
        let named = self.approving();
        let allowed = if named.is_empty() {
            vec!["a second person who keeps the filter".to_owned()]
        } else {
            named.iter().map(Approver::in_words).collect()
        };
        if first.is_some() && first == case.person() {
            return Ruling::refuse(
                "You proposed or asked for it, so somebody else has to approve it.",
                AllowedBy::Roles(allowed),
                "Ask them to look at it. It waits on the page of the filter.",
            );
        }
        let may = |one: &Approver| {
            permit::permit(case.who, &one.need(), case.setting, case.today).is_ok()
        };
        if named.is_empty() || named.iter().any(may) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Changes of the filter are approved by others here.",
            AllowedBy::Roles(allowed),
            "Tell them that it waits on the page of the filter.",
        )
    }
}
