//! access.attempts: guessing is stopped. So many wrong passwords and the next has to wait, longer
//! each time; the owner is told, and each row of wrong ones is kept.

use crate::{
    access::acts::{Act as Access, steps::Act as Step},
    spine::{
        act::{Act, Case},
        control::{Cell, Control, Register, Row, Standpoint},
    },
};
use kernel::ruling::{AllowedBy, Ruling};
use serde::Deserialize;

/// Wrong passwords before the next has to wait, where the policy names no number.
pub const FREE: u32 = 5;
/// How long an account waits at least after it was slowed, in minutes.
pub const WAIT_MINUTES: i64 = 2;

/// Guessing is stopped.
#[derive(Deserialize)]
pub(super) struct Attempts {
    /// Wrong passwords before the next has to wait.
    #[serde(default)]
    attempts: Option<u32>,
}

impl Control for Attempts {
    /// The server slows before it looks at a password at all, also for user names that nobody has.
    /// This is what holds when it has forgotten, because it was started anew.
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let (Act::Access(Access::Step(Step::RecordSignInAnew)), Some(person)) =
            (act, case.person())
        else {
            return Ruling::Silent;
        };
        let (wrong, slowed) = case.setting.access.wrong_since(person);
        let waits = slowed.is_some_and(|at| case.now < at.plus_minutes(WAIT_MINUTES));
        if wrong < self.attempts.unwrap_or(FREE).max(1) || !waits {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Too many wrong passwords were tried for this account just now.",
            AllowedBy::Nobody,
            "Wait two minutes and try again, or sign in on a device where you have signed in before.",
        )
    }

    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let rows = from.setting.access.tries().iter().map(|tries| Row {
            cells: vec![
                Cell::Moment(tries.at),
                Cell::Person(tries.person),
                Cell::Number(i64::from(tries.count)),
                Cell::Text(if tries.slowed { "yes" } else { "no" }.to_owned()),
            ],
            seq: tries.seq,
            at: tries.at,
        });
        Some(Register {
            title: "Wrong passwords".to_owned(),
            columns: vec!["Last try", "Account of", "How many", "Had to wait"],
            rows: rows.collect(),
        })
    }
}
