//! What happened to the policy in the time of a report: versions, reviews, what asked for one, and
//! outcomes of misuse as numbers, so that nobody can be known from them.

use super::document::Source;
use crate::{
    policy::register::{Misuse, Trigger},
    spine::view::View,
};
use kernel::moment::{Date, Moment, date_in_words};
use kit::document::{Block, Table};
use std::collections::BTreeMap;

/// Adds what happened to the policy.
pub(super) fn add(view: &View<'_>, source: &Source<'_>, blocks: &mut Vec<Block>) {
    let policy = &view.setting.policy;
    let within = |day: Date, at: Moment| source.from <= day && day <= source.to && at <= source.at;
    let mut lines: Vec<(Moment, String)> = Vec::new();
    for version in policy
        .versions()
        .iter()
        .filter(|one| within(one.at.date(), one.at))
    {
        let day = date_in_words(version.at.date());
        lines.push((
            version.at,
            format!("{day}: version {} was adopted", version.number),
        ));
    }
    for review in policy
        .reviews()
        .iter()
        .filter(|one| within(one.at.date(), one.at))
    {
        let day = date_in_words(review.at.date());
        lines.push((
            review.at,
            format!("{day}: version {} was reviewed", review.version),
        ));
    }
    for trigger in policy
        .triggers()
        .iter()
        .filter(|one| within(one.at.date(), one.at))
    {
        let day = date_in_words(trigger.at.date());
        let answered = if is_answered(view, trigger, source.at) {
            "reviewed since"
        } else {
            "not reviewed yet"
        };
        lines.push((
            trigger.at,
            format!("{day}: “{}” asked for a review; {answered}", trigger.kind),
        ));
    }
    if !lines.is_empty() {
        lines.sort();
        blocks.push(Block::Heading("What happened to the policy".to_owned()));
        blocks.push(Block::List(
            lines.into_iter().map(|(_, line)| line).collect(),
        ));
    }
    let outcomes: Vec<&Misuse> = policy
        .outcomes()
        .iter()
        .filter(|one| within(one.on, one.at))
        .collect();
    if !outcomes.is_empty() {
        blocks.push(Block::Heading("Outcomes of misuse".to_owned()));
        blocks.push(Block::Table(by_sanction(&outcomes)));
    }
}

fn is_answered(view: &View<'_>, trigger: &Trigger, at: Moment) -> bool {
    let reviews = view.setting.policy.reviews();
    let by = trigger
        .review
        .and_then(|number| reviews.iter().find(|one| one.number == number));
    by.is_some_and(|review| review.at <= at)
}

fn by_sanction(outcomes: &[&Misuse]) -> Table {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for outcome in outcomes {
        let sanction = outcome.sanction.as_deref().unwrap_or("No sanction");
        let many = counts.entry(sanction).or_default();
        *many = many.saturating_add(1);
    }
    let row = |(sanction, many): (&str, u32)| vec![sanction.to_owned(), many.to_string()];
    Table {
        caption: "How often each was decided".to_owned(),
        head: vec!["Decided".to_owned(), "Number".to_owned()],
        rows: counts.into_iter().map(row).collect(),
        numeric: vec![1],
    }
}
