//! A report for the committee with no child in it: how many, of what kind, where, when, how soon they
//! were answered, what was learned. Whoever leads makes it from the cases that they are on, and hands
//! it over. Numbers are coarse, and what people wrote is gone through for names, days and references.

use super::{draw, list};
use crate::{
    concerns::{
        kinds::{Category, Kind},
        note::Sort,
        tally::{self, ANSWERED, PARTS, Told},
    },
    people::group::Group,
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{
    chart::{self, Look, Series},
    document::{Block, Document, Table},
};
use std::collections::BTreeSet;

/// So many quarters are in it.
const QUARTERS: usize = 4;

/// The report.
pub(super) const COMMITTEE: Page = Page {
    path: "/concerns/for-the-committee",
    title: "Concerns: report for the committee",
    menu: 0,
    help: "How many concerns there were in the last four quarters, of what kind, where and when, how soon they were answered, and what was learned. No child, no adult and no case is in it: numbers are rounded to five, and those below five are not given. It counts the cases that you are on, without those about an adult here. Read it before you hand it over.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::Of(vec![Group::Committee])]),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    document(view).map_or(Shown::NotHere, |document| {
        Shown::Document(Box::new(document))
    })
}

/// The report; nothing for who is on no case.
pub(in crate::concerns) fn document(view: &View<'_>) -> Option<Document> {
    let quarters = tally::quarters(view.now, QUARTERS);
    // Those of the committee may know the adult whom a case is about, or be that adult.
    let mine = list::mine(view).filter(|case| case.excluded.is_empty());
    let mine = mine.map(|case| Told {
        case,
        report: draw::report(view, case),
    });
    let told: Vec<Told<'_>> = mine.collect();
    if told.is_empty() {
        return None;
    }
    let within = |told: &&Told<'_>| quarters.contains(&tally::quarter(told.case.at));
    let lately: Vec<&Told<'_>> = told.iter().filter(within).collect();
    let from = quarters.first().map(|one| tally::quarter_in_words(*one));
    let to = quarters.last().map(|one| tally::quarter_in_words(*one));
    let document = Document {
        subtitle: view.setting.place.name().to_owned(),
        ..Document::new("Concerns: report for the committee")
    };
    let document = document
        .with(Block::Note("Numbers are rounded to the nearest five, and numbers below five are not given, so that nobody can be recognised. Nobody’s name is in this report, and a concern about an adult here is not counted in it.".to_owned()))
        .with(Block::Paragraph(format!("From {} to {}.", from.unwrap_or_default(), to.unwrap_or_default())))
        .with(Block::Heading("How many".to_owned()));
    let chart = by_quarter(&lately, &quarters);
    let shows = chart
        .series
        .iter()
        .flat_map(|one| &one.numbers)
        .any(|number| *number > 0);
    // Where every number is small there is nothing to draw.
    let document = match shows {
        true => document.with(Block::Chart(chart)),
        false => document,
    };
    let document = document
        .with(Block::Table(opened_and_closed(&told, &quarters)))
        .with(Block::Heading("Of what kind".to_owned()))
        .with(Block::Table(by_kind(&lately)))
        .with(Block::Heading("Where and when".to_owned()))
        .with(in_order(
            "By place",
            "Place",
            &tally::places(view),
            lately.iter().map(|one| tally::place(view, &one.report)),
        ))
        .with(in_order(
            "By time of the day at which it was reported",
            "Time",
            &PARTS,
            lately.iter().map(|one| tally::part_of_day(one.case.at)),
        ))
        .with(Block::Heading("How soon somebody took it on".to_owned()))
        .with(in_order(
            "By time until it was taken on",
            "Time",
            &ANSWERED,
            lately.iter().map(|one| tally::answered(one.case)),
        ))
        .with(Block::Paragraph(next_asked(&lately)))
        .with(Block::Heading("What was done".to_owned()))
        .with(Block::Facts(done(&lately)))
        .with(Block::Heading("Trends".to_owned()))
        .with(Block::List(trends(&lately, &quarters)));
    Some(lessons(view, &told, document))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn by_quarter(lately: &[&Told<'_>], quarters: &[(i16, i8)]) -> chart::Chart {
    let counts = quarters.iter().map(|quarter| {
        let own = lately
            .iter()
            .filter(|one| tally::quarter(one.case.at) == *quarter);
        tally::rounded(number(own.count()))
    });
    let series = vec![Series::new("Concerns", Look::Number(0), counts.collect())];
    let along = quarters.iter().map(|one| tally::quarter_in_short(*one));
    chart::bars(
        "Concerns by quarter, rounded to five",
        "A quarter with fewer than five shows none.".to_owned(),
        along.collect(),
        series,
    )
    .along_is("Quarter")
}

fn opened_and_closed(told: &[Told<'_>], quarters: &[(i16, i8)]) -> Table {
    let rows = quarters.iter().map(|quarter| {
        let opened = told
            .iter()
            .filter(|one| tally::quarter(one.case.at) == *quarter);
        let ended = |one: &&Told<'_>| {
            let outcome = one.case.outcome.as_ref();
            outcome.is_some_and(|ended| tally::quarter(ended.at) == *quarter)
        };
        vec![
            tally::quarter_in_words(*quarter),
            tally::coarse(number(opened.count())),
            tally::coarse(number(told.iter().filter(ended).count())),
        ]
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    let open = told.iter().filter(|one| !one.case.is_closed()).count();
    rows.push(vec![
        "Open now".to_owned(),
        tally::coarse(number(open)),
        String::new(),
    ]);
    Table {
        caption: "Reported and closed by quarter".to_owned(),
        head: ["Quarter", "Reported", "Closed"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        numeric: vec![1, 2],
    }
}

fn by_kind(lately: &[&Told<'_>]) -> Table {
    let row = |kind: Kind| {
        let own = lately.iter().filter(|one| one.report.kind == kind);
        vec![
            kind.in_words().to_owned(),
            kind.category().in_words().to_owned(),
            tally::coarse(number(own.count())),
        ]
    };
    Table {
        caption: "By kind of risk".to_owned(),
        head: ["Kind", "Risk", "Concerns"].map(str::to_owned).to_vec(),
        rows: Kind::ALL.into_iter().map(row).collect(),
        numeric: vec![2],
    }
}

/// A row for each that there is, also where nothing was reported: a row that is there only for some
/// would tell of the first one.
fn in_order(
    caption: &str,
    head: &str,
    order: &[impl AsRef<str>],
    each: impl Iterator<Item = impl Into<String>>,
) -> Block {
    let counts = tally::count(each.map(Into::into));
    let row = |name: &str| {
        let count = counts.get(name).copied().unwrap_or_default();
        vec![name.to_owned(), tally::coarse(count)]
    };
    Block::Table(Table {
        caption: caption.to_owned(),
        head: vec![head.to_owned(), "Concerns".to_owned()],
        rows: order.iter().map(|name| row(name.as_ref())).collect(),
        numeric: vec![1],
    })
}

fn next_asked(lately: &[&Told<'_>]) -> String {
    let asked = lately.iter().filter(|one| !one.case.escalated.is_empty());
    format!(
        "Nobody answered in the set minutes, so the next person was asked: {}.",
        tally::coarse(number(asked.count()))
    )
}

fn done(lately: &[&Told<'_>]) -> Vec<(String, String)> {
    let with = |sort: Sort| {
        let own = lately.iter().filter(|one| one.case.has(sort));
        tally::coarse(number(own.count()))
    };
    let without_name = lately.iter().filter(|one| one.case.by.is_none()).count();
    let waited = lately
        .iter()
        .filter(|one| one.report.written.is_some())
        .count();
    let pictures = lately.iter().filter(|one| one.report.pictures).count();
    [
        ("An agency was told", with(Sort::Agency)),
        ("Advice was sought", with(Sort::Advice)),
        (
            "It is written down what parents were told, or why not",
            with(Sort::Parents),
        ),
        ("The child’s voice is written down", with(Sort::Voice)),
        ("It was talked over afterwards", with(Sort::Debrief)),
        (
            "Reported without a name",
            tally::coarse(number(without_name)),
        ),
        (
            "Told by a child with pictures",
            tally::coarse(number(pictures)),
        ),
        ("Had to wait for a network", tally::coarse(number(waited))),
    ]
    .into_iter()
    .map(|(name, count)| (name.to_owned(), count))
    .collect()
}

/// What became more or less. Only of numbers that may be given: not even that nobody reported a kind.
fn trends(lately: &[&Told<'_>], quarters: &[(i16, i8)]) -> Vec<String> {
    let mut said = Vec::new();
    for category in Category::ALL {
        let of = |quarter: &(i16, i8)| {
            let own = lately.iter().filter(|one| {
                one.report.kind.category() == category && tally::quarter(one.case.at) == *quarter
            });
            tally::rounded(number(own.count()))
        };
        let Some((last, before)) = quarters.split_last() else {
            continue;
        };
        let most = before.iter().map(of).max().unwrap_or_default();
        let now = of(last);
        let name = category.in_words();
        if now > most {
            said.push(format!(
                "{name}: more in the last quarter than in any of those before."
            ));
        } else if now == 0 && most > 0 {
            said.push(format!("{name}: fewer in the last quarter than before."));
        }
    }
    if said.is_empty() {
        said.push("Nothing stands out.".to_owned());
    }
    said
}

fn lessons(view: &View<'_>, told: &[Told<'_>], document: Document) -> Document {
    let on = |case: u32| told.iter().any(|one| one.case.number == case);
    let hides = Hides::of(view);
    let rows: Vec<Vec<String>> = view
        .setting
        .concerns
        .lessons()
        .filter(|lesson| on(lesson.case))
        .map(|lesson| {
            let what = view.open(&lesson.what).unwrap_or_default();
            let how = lesson.done.as_ref().and_then(|how| view.open(how));
            let stands = match how {
                Some(how) => format!("Done: {}", hides.words(&how)),
                None if lesson.due < view.today => "Late".to_owned(),
                None => "Still to do".to_owned(),
            };
            vec![hides.words(&what), stands]
        })
        .collect();
    let document = document.with(Block::Heading("What was learned".to_owned()));
    if rows.is_empty() {
        return document.with(Block::Paragraph(
            "Nothing was set down to change.".to_owned(),
        ));
    }
    document.with(Block::Table(Table {
        caption: "What is to change, and how it stands".to_owned(),
        head: ["What is to change", "How it stands"]
            .map(str::to_owned)
            .to_vec(),
        rows,
        numeric: Vec::new(),
    }))
}

/// What must not stand in words for the committee.
struct Hides {
    names: BTreeSet<String>,
    references: BTreeSet<String>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Hides {
    fn of(view: &View<'_>) -> Hides {
        let people = &view.setting.people;
        let names = people
            .all()
            .filter_map(|person| view.open(people.name(person)?));
        let parts = names.flat_map(|name: String| {
            let parts: Vec<String> = plain_parts(&name).map(str::to_lowercase).collect();
            parts
        });
        let concerns = &view.setting.concerns;
        Hides {
            names: parts.filter(|part| part.chars().count() > 1).collect(),
            references: concerns
                .cases()
                .map(|case| case.reference.to_lowercase())
                .collect(),
        }
    }

    /// The words without names, references and days.
    fn words(&self, words: &str) -> String {
        let said = words.split_whitespace().map(|word| {
            let hides = plain_parts(word).any(|part| self.hides(&part.to_lowercase()));
            let day = word.contains(['/', '-', '.'])
                && word.chars().filter(char::is_ascii_digit).count() >= 3;
            if hides || day { "…" } else { word }
        });
        let said: Vec<&str> = said.collect();
        // The number beside a month that was taken out is a day.
        let is_number = |word: &str| {
            word.trim_end_matches([',', '.'])
                .trim_end_matches(char::is_alphabetic)
                .parse::<u16>()
                .is_ok()
        };
        let near = |place: usize| {
            let at = |place: Option<usize>| place.and_then(|place| said.get(place)) == Some(&"…");
            at(place.checked_sub(1)) || at(place.checked_add(1))
        };
        let kept = said.iter().enumerate().map(|(place, word)| {
            if is_number(word) && near(place) {
                "…"
            } else {
                word
            }
        });
        kept.collect::<Vec<_>>().join(" ")
    }

    fn hides(&self, part: &str) -> bool {
        self.names.contains(part) || self.references.contains(part) || MONTHS.contains(&part)
    }
}

fn plain_parts(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
}
