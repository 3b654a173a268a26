//! internet.checked-first: adults look at content before children see it. What children open was
//! looked at by somebody whom the policy names; what was not, is asked about before it is opened.

use crate::{
    internet::acts::Act as Internet,
    people::group::Group,
    policy::approver::Approver,
    spine::{
        act::{Act, Actor, Case, Person},
        control::{Cell, Control, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Adults look at content before children see it.
#[derive(Deserialize)]
pub(super) struct CheckedFirst {
    /// Who looks.
    #[serde(default)]
    by: Words,
}

impl Control for CheckedFirst {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        match act {
            Act::Internet(Internet::LookAt { .. }) if !self.looks(case.who, case) => {
                Ruling::refuse(
                    "What children see is looked at by others here.",
                    AllowedBy::Roles(self.looking().iter().map(Approver::in_words).collect()),
                    "Tell them which site you need. They look at it and add it.",
                )
            }
            Act::Internet(Internet::Open(opening)) => {
                let internet = &case.setting.internet;
                let unchecked = opening
                    .bundles
                    .iter()
                    .filter_map(|one| internet.bundle(*one))
                    .find(|bundle| {
                        !bundle
                            .looks
                            .iter()
                            .any(|(by, ..)| by.is_some_and(|by| self.looked(by, case)))
                    });
                if let Some(bundle) = unchecked {
                    return Ruling::refuse(
                        format!(
                            "Nobody who works here now has looked at {}.",
                            bundle.about.name
                        ),
                        AllowedBy::Roles(self.looking().iter().map(Approver::in_words).collect()),
                        "Look at all of it, and say on its page that you did.",
                    )
                    .at("bundles");
                }
                if opening.filtered {
                    return Ruling::ask(
                        "You open more than what was looked at before. Have you looked at what the children are going to see?",
                    );
                }
                Ruling::Silent
            }
            _ => Ruling::Silent,
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let bundles = from.setting.internet.bundles();
        let looks = bundles.flat_map(|bundle| {
            bundle.looks.iter().map(|(by, at, seq)| Row {
                cells: vec![
                    Cell::Said(bundle.about.name.clone()),
                    Cell::Said(bundle.about.sites.join(", ")),
                    Cell::Said(bundle.about.what_for.clone()),
                    Cell::Number(i64::from(bundle.about.age_from)),
                    by.map_or(Cell::Empty, Cell::Person),
                    Cell::Moment(*at),
                ],
                seq: *seq,
                at: *at,
            })
        });
        let mut rows: Vec<Row> = looks.collect();
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "What adults looked at before children saw it".to_owned(),
            columns: vec![
                "Bundle",
                "Sites",
                "What for",
                "From age",
                "Who looked",
                "When",
            ],
            rows,
        })
    }
}

impl CheckedFirst {
    fn looking(&self) -> Vec<Approver> {
        if self.by.is_empty() {
            return vec![Approver::read("staff")];
        }
        self.by.iter().map(Approver::read).collect()
    }

    /// Whether somebody is one of those who look. Whoever leads works here, too.
    fn looks(&self, who: &Actor, case: &Case<'_>) -> bool {
        let has = |need: &permit::Need| permit::permit(who, need, case.setting, case.today).is_ok();
        self.is_looking(has)
    }

    /// Whether what somebody looked at counts.
    fn looked(&self, by: Person, case: &Case<'_>) -> bool {
        self.is_looking(|need| permit::is_one_of(by, need, case.setting, case.today))
    }

    fn is_looking(&self, has: impl Fn(&permit::Need) -> bool) -> bool {
        let staff = permit::Need::Of(vec![Group::Staff]);
        (self.by.is_empty() && has(&staff)) || self.looking().iter().any(|one| has(&one.need()))
    }
}
