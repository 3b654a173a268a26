//! How what stands in a case is drawn, on the page and for print. Whoever gets here is on the case,
//! so names of those whom it is about are shown.

use crate::{
    concerns::{
        kinds::places_in_words,
        note::{MORE, Note, Report},
        register::{Case, Written},
    },
    spine::{act::Person, view::View},
};
use kernel::moment::{Moment, date_in_words};
use kit::text;
use maud::Markup;

/// So long a report is on its way without anybody calling it late.
const ON_ITS_WAY_MINUTES: i64 = 2;

/// The report, opened. When it was written is told of one that had to wait.
pub(super) fn report(view: &View<'_>, case: &Case) -> Report {
    let report: Report = view.open(&case.report).unwrap_or_default();
    let waited = |written: &Moment| written.plus_minutes(ON_ITS_WAY_MINUTES) < case.at;
    Report {
        written: report.written.filter(waited),
        ..report
    }
}

/// The way back to a case, by its reference.
pub(crate) fn to_case(case: &Case) -> Markup {
    let to = format!("/concerns/cases/{}", case.number);
    text::link(&to, format!("Case {}", case.reference))
}

/// A name for who is on the case, whether or not they may otherwise know it.
pub(in crate::concerns) fn name(view: &View<'_>, person: Person) -> String {
    let name = view
        .setting
        .people
        .name(person)
        .and_then(|name| view.open(name));
    name.unwrap_or_else(|| view.name(person))
}

/// Who wrote or reported.
pub(super) fn by(view: &View<'_>, person: Option<Person>) -> String {
    person.map_or_else(
        || "somebody who gave no name".to_owned(),
        |person| name(view, person),
    )
}

/// A name of the report: as it is now, or as it was when it was reported.
fn named(view: &View<'_>, report: &Report, person: Person) -> String {
    let now = view.setting.people.name(person);
    let now = now.and_then(|name| view.open(name));
    now.or_else(|| report.names.get(&person.0).cloned())
        .unwrap_or_else(|| view.name(person))
}

/// The children whom a report is about; empty when none is named.
fn children(view: &View<'_>, report: &Report) -> String {
    let names = report
        .children
        .iter()
        .map(|child| named(view, report, *child));
    names.collect::<Vec<_>>().join(", ")
}

/// The adult whom a report is about; empty when none is named.
fn adult(view: &View<'_>, report: &Report) -> String {
    let adult = report.adult;
    adult.map_or_else(String::new, |adult| named(view, report, adult))
}

/// Whom a report is about, in one line.
pub(super) fn about(view: &View<'_>, report: &Report) -> String {
    let all = [
        children(view, report),
        adult(view, report),
        report.about.clone(),
    ];
    let said: Vec<String> = all.into_iter().filter(|words| !words.is_empty()).collect();
    said.join(", ")
}

/// What a report says, as pairs of label and words; nothing for what was not said.
pub(super) fn rows(view: &View<'_>, report: &Report) -> Vec<(&'static str, String)> {
    let marks = places_in_words(&report.marks);
    let sure = match report.sure.as_str() {
        "about" => ", about right",
        "told" => ", told later",
        _ => "",
    };
    let day = report
        .day
        .map(|day| format!("{}{sure}", date_in_words(day)));
    let rows = [
        ("Kind", report.kind.in_words().to_owned()),
        ("Risk", report.kind.category().in_words().to_owned()),
        ("Children", children(view, report)),
        ("About", report.about.clone()),
        ("Adult", adult(view, report)),
        ("What happened", report.what.clone()),
        ("What the child said", report.said.clone()),
        ("What the reporter thinks", report.opinion.clone()),
        ("When", day.unwrap_or_default()),
        ("At what time", report.time.clone()),
        ("Where", report.place.clone()),
        ("Marks seen", marks.join("; ")),
        ("Device", report.device.clone()),
        ("Web address, not to be opened", report.address.clone()),
        ("Name that was given", report.reporter.clone()),
        ("How to reach them", report.reach.clone()),
        (
            "Written on a device without network",
            report.written.map(Moment::in_words).unwrap_or_default(),
        ),
    ];
    rows.into_iter()
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// The notes as they stand now: each once, with what it was put right from.
pub(super) fn standing(case: &Case) -> Vec<(&Written, Vec<&Written>)> {
    let is_replaced = |note: &&Written| {
        case.notes
            .iter()
            .any(|other| other.corrects == Some(note.number))
    };
    let mut all: Vec<(&Written, Vec<&Written>)> = Vec::new();
    for note in case.notes.iter().filter(|note| !is_replaced(note)) {
        let mut before = Vec::new();
        let mut earlier = note.corrects;
        while let Some(number) = earlier {
            let Some(found) = case.notes.iter().find(|note| note.number == number) else {
                break;
            };
            // A correction always points back, so this ends.
            earlier = found.corrects.filter(|older| *older < number);
            before.push(found);
        }
        all.push((note, before));
    }
    all
}

/// What a note says, opened.
pub(super) fn note(view: &View<'_>, written: &Written) -> Note {
    view.open(&written.words)
        .unwrap_or_else(|| Note::new("It can no longer be read"))
}

/// What a note has more, as pairs of label and words.
pub(super) fn more(note: &Note) -> Vec<(&'static str, String)> {
    let said = |(key, label): &(&str, &'static str)| {
        note.more.get(*key).map(|words| (*label, words.clone()))
    };
    MORE.iter().filter_map(said).collect()
}
