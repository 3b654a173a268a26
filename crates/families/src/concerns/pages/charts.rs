//! Charts of the cases that the reader is on: where, when, on which device, in which room.

use crate::{
    concerns::tally::{self, PARTS, Told},
    spine::view::View,
};
use kit::{
    chart::{self, Look, Series},
    text,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most bars of a chart; the others are counted together.
const BARS_MAX: usize = 10;

/// All of them.
pub(super) fn all(view: &View<'_>, told: &[Told<'_>]) -> Markup {
    let places = tally::count(told.iter().map(|one| tally::place(view, &one.report)));
    let rooms = tally::count(told.iter().flat_map(|one| tally::rooms(view, &one.report)));
    let said = told.iter().map(|one| one.report.device.trim().to_owned());
    let devices = tally::count(said.filter(|device| !device.is_empty()));
    let parts = tally::count(
        told.iter()
            .map(|one| tally::part_of_day(one.case.at).to_owned()),
    );
    let parts = PARTS.iter().map(|part| {
        let count = parts.get(*part).copied().unwrap_or_default();
        ((*part).to_owned(), count)
    });
    html! {
        (one("Where", "where", most(places)))
        (one("When it was reported", "when", parts.collect()))
        (one("On which device", "device", most(devices)))
        (one("Rooms of the children", "room", most(rooms)))
    }
}

fn one(title: &str, id: &str, counts: Vec<(String, u64)>) -> Markup {
    if counts.is_empty() {
        return html! { (text::h2(title)) (text::paragraph("Nothing was said of it yet.")) };
    }
    let says = format!("{} kinds of answers.", counts.len());
    let (names, numbers): (Vec<String>, Vec<u64>) = counts.into_iter().unzip();
    let series = vec![Series::new("Cases", Look::Number(0), numbers)];
    html! {
        (text::h2(title))
        (chart::bars(title, says, names, series).along_is(title).draw(id))
    }
}

/// The most frequent first, the rest together.
fn most(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rest: u64 = all.iter().skip(BARS_MAX).map(|(_, count)| count).sum();
    all.truncate(BARS_MAX);
    if rest > 0 {
        all.push(("All others".to_owned(), rest));
    }
    all
}
