//! monitor.use: use is monitored and can be traced. What was asked for is kept by the network’s side
//! for the time that the policy sets; of each day that is over, the ledger keeps a digest. The reports
//! are looked through on schedule; a trace is opened for a reason, by whom the policy names.

use super::owner;
use crate::{
    monitor::circle,
    roles::since::adopted,
    spine::control::{Cell, Control, Register, Row, Standpoint},
};
use kernel::{duty::Duty, every::Every, moment::minus_days, value::Words};
use serde::Deserialize;

/// How often the reports are looked through, where the policy gives no figure.
const USUAL: Every = Every::Months(1);
/// How long before its day that is shown as work, in days.
const OPENS_BEFORE_DAYS: i64 = 7;

/// Use is monitored and can be traced.
#[derive(Deserialize)]
pub(super) struct Use {
    /// How long traces are kept; read where they are kept.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "`monitor::keep_days` reads it, for the plan of the filter"
    )]
    keep: Option<Every>,
    /// How often the reports are looked through.
    #[serde(default)]
    review_every: Option<Every>,
    /// Who may look; read where it is asked who may.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "`circle::watching` reads it, of the policy that is adopted"
    )]
    opened_to: Words,
}

impl Control for Use {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let rows = from.setting.monitor.days().map(|day| {
            let closed = &day.closed;
            Row {
                cells: vec![
                    Cell::Day(closed.day),
                    Cell::Number(i64::try_from(closed.events).unwrap_or(i64::MAX)),
                    Cell::Number(i64::try_from(closed.lost).unwrap_or(i64::MAX)),
                    Cell::Text(closed.digest.chars().take(16).collect()),
                ],
                seq: day.seq,
                at: day.at,
            }
        });
        let reviews = from.setting.monitor.use_reviews().iter();
        let reviews = reviews.map(|review| Row {
            cells: vec![
                Cell::Day(review.at.date()),
                Cell::Empty,
                Cell::Empty,
                Cell::Text("The reports were looked through".to_owned()),
            ],
            seq: review.seq,
            at: review.at,
        });
        let mut rows: Vec<Row> = rows.chain(reviews).collect();
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Days of traces".to_owned(),
            columns: vec!["Day", "Asked for", "Not kept", "Digest"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let last = from.setting.monitor.use_reviews().last();
        let since = last.map_or_else(|| adopted(from), |last| last.at.date());
        let every = self.review_every.unwrap_or(USUAL);
        let due = every.after(since, from.calendar());
        let duty = Duty::new(
            "Look through the reports of monitoring",
            owner(&circle::watching(from.setting), from),
            due,
        );
        vec![
            duty.opens(minus_days(due, OPENS_BEFORE_DAYS).max(since))
                .at("/monitor/reviewed")
                .about(format!("use:{since}"))
                .from(last.map(|last| last.seq)),
        ]
    }
}
