//! monitor.monitors: those who monitor are themselves looked after. Each look is itself kept, with its
//! reason; somebody else looks through some of them, picked by chance, on schedule, and the support
//! that is given to those who see distressing material is written down.

use super::owner;
use crate::{
    monitor::circle,
    roles::since::adopted,
    spine::control::{Cell, Control, Register, Row, Standpoint},
};
use kernel::{duty::Duty, every::Every, moment::minus_days, value::Words};
use serde::Deserialize;

/// How often, where the policy gives no figure.
const USUAL: Every = Every::Terms(1);
/// How long before its day that is shown as work, in days.
const OPENS_BEFORE_DAYS: i64 = 28;

/// Those who monitor are themselves looked after.
#[derive(Deserialize)]
pub(super) struct Monitors {
    /// Who looks through it; read where it is asked who may.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "`circle::watching_over` reads it, of the policy that is adopted"
    )]
    by: Words,
    /// The same, where a clause says whose responsibility it is.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "`circle::watching_over` reads it, of the policy that is adopted"
    )]
    role: Words,
    /// How often.
    #[serde(default)]
    every: Option<Every>,
}

impl Control for Monitors {
    /// How many looks there were is not told here: each is seen by whom it is for.
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let reviews = from.setting.monitor.reviews().iter().map(|review| Row {
            cells: vec![
                Cell::Day(review.at.date()),
                Cell::Text("The work of those who monitor was looked through".to_owned()),
                review.by.map_or(Cell::Empty, Cell::Person),
            ],
            seq: review.seq,
            at: review.at,
        });
        Some(Register {
            title: "Looking after those who monitor".to_owned(),
            columns: vec!["Day", "What", "By"],
            rows: reviews.collect(),
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let last = from.setting.monitor.reviews().last();
        let since = last.map_or_else(|| adopted(from), |last| last.at.date());
        let due = self.every.unwrap_or(USUAL).after(since, from.calendar());
        let roles = circle::watching_over(from.setting);
        let duty = Duty::new(
            "Look through the work of those who monitor, and ask how they are",
            owner(&roles, from),
            due,
        );
        vec![
            duty.opens(minus_days(due, OPENS_BEFORE_DAYS).max(since))
                .at("/monitor/watching")
                .about(format!("monitors:{since}"))
                .from(last.map(|last| last.seq)),
        ]
    }
}
