//! data.hold: a hold stops retention and erasure. Set and lifted by those whom the policy names;
//! nothing is erased under it; whoever set it owes another look on its day. Neither the duty nor
//! the register says about whom a hold is: that stands on the page of holds, for those who lead.

use crate::{
    concerns::{acts::Act as Concern, keeping::acts::Act as Keep},
    data::{acts::Act as Data, register::Hold},
    policy::approver::Approver,
    roles::role::Role,
    spine::{
        act::{Act, Case, Person},
        control::{Cell, Control, Register, Row, Standpoint},
        permit,
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, date_in_words, minus_days},
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
            Act::Data(Data::Hold { .. } | Data::Release { .. })
            | Act::Concerns(Concern::Keeping(Keep::Hold { .. } | Keep::Lift { .. })) => {
                self.judge_setter(case)
            }
            Act::Concerns(Concern::Keeping(
                Keep::AskLetGo { case: number, .. } | Keep::LetGo { case: number },
            )) => {
                let found = case.setting.concerns.case(*number);
                let hold = found.and_then(|found| found.keeping.hold.as_ref());
                hold.map_or(Ruling::Silent, |hold| self.stops(hold.review, "this"))
            }
            Act::Data(Data::Erase { person, .. }) => {
                let Some(hold) = case.setting.data.hold(*person) else {
                    return Ruling::Silent;
                };
                self.stops(hold.review, "the erasure")
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
                setter(hold.by, from),
                hold.review,
            )
            .opens(minus_days(hold.review, OPENS_BEFORE_DAYS).max(hold.at.date()))
            .at("/settings/holds")
            .about(format!("hold:{}", hold.seq))
            .from([hold.seq])
        });
        let cases = from.setting.concerns.cases();
        let on_cases = cases.filter_map(|case| Some((case, case.keeping.hold.as_ref()?)));
        let on_cases = on_cases.map(|(case, hold)| {
            Duty::new(
                format!(
                    "Look again at the hold on case {}: is it still needed?",
                    case.reference
                ),
                setter(hold.by, from),
                hold.review,
            )
            .opens(minus_days(hold.review, OPENS_BEFORE_DAYS).max(hold.at.date()))
            .at(format!("/concerns/cases/{}", case.number))
            .about(format!("hold:{}", hold.seq))
            .from([hold.seq])
            .in_case(case.number)
        });
        looks.chain(on_cases).collect()
    }
}

impl HoldKept {
    fn stops(&self, review: Date, what: &str) -> Ruling {
        let day = date_in_words(review);
        Ruling::refuse(
            format!("A hold stops {what}. It is looked at again on {day}."),
            AllowedBy::Roles(self.setters().iter().map(Approver::in_words).collect()),
            "Ask them to lift the hold when it is no longer needed, and go on after that.",
        )
    }

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
fn setter(by: Option<Person>, from: &Standpoint<'_>) -> Owner {
    match by {
        Some(by) if from.setting.people.is_team(by, from.today) => Owner::Person(by.0),
        _ => Owner::role(Role::Lead.key()),
    }
}
