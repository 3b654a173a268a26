//! procedure.data-breach: the Information Commissioner within 72 hours, the people concerned, and
//! a register of every breach, which is looked through once a year.

use crate::{
    roles::{role::Role, since},
    spine::control::{Control, Procedure, Register, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::minus_days,
};
use serde::Deserialize;

/// How often the register is looked through.
const LOOK_EVERY: Every = Every::Years(1);
/// How long before its day that is shown, in days.
const OPENS_BEFORE_DAYS: i64 = 28;

/// A breach is contained, weighed, told and learned from.
#[derive(Deserialize)]
pub(super) struct DataBreach {}

impl Control for DataBreach {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Breaches of personal data, told or not"))
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let looked = from.setting.procedure.looked_through();
        let begun = looked.map_or_else(|| since::adopted(from), |looked| looked.day);
        let due = LOOK_EVERY.after(begun, from.calendar());
        let duty = Duty::new(
            "Look through the register of breaches: is each decided, and what has changed?",
            Owner::role(Role::Manager.key()),
            due,
        );
        vec![
            duty.opens(minus_days(due, OPENS_BEFORE_DAYS))
                .at("/procedure/look-through")
                .about(format!("breaches:{due}"))
                .from(looked.map(|looked| looked.seq)),
        ]
    }

    fn procedure(&self) -> Option<Procedure> {
        super::told("data-breach")
    }
}
