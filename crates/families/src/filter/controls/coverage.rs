//! filter.coverage: the filter says what it covers and what it does not. Devices that it does not see
//! and lines beside it are written down; filtering and monitoring are reviewed each year, and when
//! an AI tool comes, a risk or the technology changes, or something happened.

use crate::{
    filter::words::{self, FILTERED, LINES, REVIEWS},
    roles::{role::Role, since::adopted},
    spine::control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::plus_days,
};
use serde::Deserialize;

/// How often filtering and monitoring are reviewed: national guidance says at least once a year.
const EVERY: Every = Every::Years(1);
/// For how many days before it is due the review is shown.
const AHEAD_DAYS: i64 = 28;
/// Within how many days of what happened it is reviewed.
const ASKED_DAYS: i64 = 14;

/// The filter says what it covers and what it does not.
#[derive(Deserialize)]
pub(super) struct Coverage {}

impl Control for Coverage {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let known = from.setting.filter.evidence();
        let lines = known.lines().map(|line| Row {
            cells: vec![
                Cell::Said(line.recorded.name.clone()),
                Cell::Text(words::of(LINES, &line.recorded.kind)),
                Cell::Text(words::of(FILTERED, &line.recorded.filtered)),
                Cell::Said(line.recorded.how.clone()),
            ],
            seq: line.seq,
            at: line.at,
        });
        let reviews = known.reviews().map(|review| Row {
            cells: vec![
                Cell::Text("Review of filtering and monitoring".to_owned()),
                Cell::Moment(review.at),
                Cell::Empty,
                Cell::Said(review.reviewed.changes.clone()),
            ],
            seq: review.seq,
            at: review.at,
        });
        let mut rows: Vec<Row> = lines.chain(reviews).collect();
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Lines beside the filter, and reviews".to_owned(),
            columns: vec!["What", "Kind or day", "Filtered", "In words"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let known = from.setting.filter.evidence();
        let last = known.reviews().next_back();
        let since = last.map_or_else(|| adopted(from), |review| review.at.date());
        let due = EVERY.after(since, from.calendar());
        let owner = || Owner::role(Role::Lead.key());
        let yearly = Duty::new("Review filtering and monitoring", owner(), due)
            .opens(plus_days(due, -AHEAD_DAYS))
            .at("/filter/review")
            .about(format!("review-after:{since}"))
            .from(last.map(|review| review.seq));
        let asked = known.asked().map(|asked| {
            let day = asked.at.date();
            let why = words::within(REVIEWS, &asked.asked.why);
            Duty::new(
                format!("Review filtering and monitoring: {why}"),
                owner(),
                plus_days(day, ASKED_DAYS),
            )
            .opens(day)
            .at("/filter/review")
            .about(format!("review-asked:{}", asked.seq))
            .from([asked.seq])
        });
        std::iter::once(yearly).chain(asked).collect()
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let clauses = from.bound.clauses.iter().map(|clause| clause.id.clone());
        vec![Notice {
            to: Audience::Everyone,
            title: "What our filter does, and what it does not".to_owned(),
            says: vec![
                "Devices of this setting reach the internet through a filter. For children nothing is open but what an adult has looked at and opened.".to_owned(),
                "No filter closes everything. It does not see a phone that uses its own mobile data, and on most devices it knows the names of sites, not what their pages say. That is why an adult stays with the children.".to_owned(),
                "If you see something here that should not be there, tell somebody who works here at once.".to_owned(),
            ],
            clauses: clauses.collect(),
        }]
    }
}
