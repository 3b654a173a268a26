//! data.hold: a hold stops retention and erasure. Set and lifted by those whom the policy names;
//! nothing is erased under it; whoever set it owes another look on its day. Neither the duty nor
//! the register says about whom a hold is: that stands on the page of holds, for those who lead.

use crate::{
    data::{acts::Act as Data, register::Hold},
    policy::approver::Approver,
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{date_in_words, minus_days},
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// How long before its day the look is shown, in days.
const OPENS_BEFORE_DAYS: i64 = 7;

/// A hold stops retention and erasure.
#[derive(Deserialize)]
pub(super) struct HoldKept {
    /// Who sets and lifts holds; empty: whoever leads.
    #[serde(default)]
    set_by: Words,
}

impl Control for HoldKept {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        match act {
            Act::Data(Data::Hold { .. } | Data::Release { .. }) => self.judge_setter(case),
            Act::Data(Data::Erase { person, .. }) => {
                let Some(hold) = case.setting.data.hold(*person) else {
                    return Ruling::Silent;
                };
                let day = date_in_words(hold.review);
                Ruling::refuse(
                    format!("A hold stops the erasure. It is looked at again on {day}."),
                    AllowedBy::Roles(self.setters().iter().map(Approver::in_words).collect()),
                    "Ask them to lift the hold when it is no longer needed, and erase after that.",
                )
            }
            _ => Ruling::Silent,
        }
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let mut holds: Vec<&Hold> = from.setting.data.holds().map(|(_, hold)| hold).collect();
        holds.sort_by_key(|hold| hold.seq);
        let rows = holds.into_iter().map(|hold| Row {
            cells: vec![
                Cell::Moment(hold.at),
                hold.by.map_or(Cell::Empty, Cell::Person),
                Cell::Day(hold.review),
            ],
            seq: hold.seq,
            at: hold.at,
        });
        Some(Register {
            title: "Holds that stand".to_owned(),
            columns: vec!["Set", "By", "Looked at again on"],
            rows: rows.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let holds = from.setting.data.holds();
        let looks = holds.map(|(_, hold)| {
            Duty::new(
                "Look again at a hold: is it still needed?",
                owner(hold, from),
                hold.review,
            )
            .opens(minus_days(hold.review, OPENS_BEFORE_DAYS).max(hold.at.date()))
            .at("/settings/holds")
            .about(format!("hold:{}", hold.seq))
            .from([hold.seq])
        });
        looks.collect()
    }
}

impl HoldKept {
    fn setters(&self) -> Vec<Approver> {
        let named: Vec<Approver> = self.set_by.iter().map(Approver::read).collect();
        if named.is_empty() {
            return vec![Approver::read(Role::Lead.key())];
        }
        named
    }

    fn judge_setter(&self, case: &Case<'_>) -> Ruling {
        let may = |setter: &Approver| {
            permit::permit(case.who, &setter.need(), case.setting, case.today).is_ok()
        };
        let named: Vec<Approver> = self.set_by.iter().map(Approver::read).collect();
        if named.is_empty() || named.iter().any(may) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Holds are set and lifted by others here.",
            AllowedBy::Roles(named.iter().map(Approver::in_words).collect()),
            "Tell them why, and they do it.",
        )
    }
}

/// Whoever set it, while they still work here; else the lead.
fn owner(hold: &Hold, from: &Standpoint<'_>) -> Owner {
    match hold.by {
        Some(by) if from.setting.people.is_team(by, from.today) => Owner::Person(by.0),
        _ => Owner::role(Role::Lead.key()),
    }
}
