//! The form that hands a report to the committee, and what was handed over.

use super::{
    acts::{HandOver, need},
    readers,
};
use crate::{
    concerns::{acts::Act, pages::committee_document},
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    document::{Block, Document},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The longest report, in characters.
const WORDS_MAX: usize = 20_000;

/// Hand one over.
pub(in crate::concerns) const HAND_OVER: Form = Form {
    act: "concerns.hand-to-committee",
    path: "/concerns/for-the-committee/hand-over",
    title: "Hand the report to the committee",
    button: "Hand it over",
    help: "Below stands the report as it was made from the cases that you are on. Read each line, and take out what could point to a child, a family or somebody who works here: a sentence can do so without a name.\nThe committee, the chair and whoever leads can read it here from then on. Those of the committee get a message that there is something to read.",
    need: |_, _| need(),
    fields: &[
        Field::new("words", "The report", FieldKind::Text(WORDS_MAX)),
        Field::new(
            "read",
            "I have read it, and nobody can be recognised by it",
            FieldKind::Confirm,
        ),
    ],
    start,
    read: |answers| {
        let words = answers.text("words")?;
        Some(AnyAct::Concerns(Act::HandOver(HandOver { words })))
    },
    then: |_| "/concerns".to_owned(),
};

/// What was handed over.
pub(in crate::concerns) const ALL: Page = Page {
    path: "/concerns/handed-over",
    title: "Reports for the committee",
    menu: 0,
    help: "Reports about concerns that were handed to the committee, with no child in them. Whoever is on the cases makes them, reads them through and hands them over.",
    need: |_, _| readers(),
    lines: None,
    show,
};

/// One of them.
pub(in crate::concerns) const ONE: Page = Page {
    path: "/concerns/handed-over/{report}",
    title: "A report for the committee",
    menu: 0,
    help: "How many concerns there were and of what kind, how soon they were answered, and what was learned. Numbers are rounded, and nobody is named. Ask whoever handed it over if something is not clear; they can’t tell you about single children.",
    need: |_, _| readers(),
    lines: None,
    show: one,
};

fn start(view: &View<'_>, _: &Params) -> Start {
    let Some(document) = committee_document(view) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    Start {
        answers: Answers::default().with("words", plain(&document)),
        above: None,
        not_here: false,
    }
}

/// A document as lines of words; what is drawn is left out, since its numbers stand in tables.
fn plain(document: &Document) -> String {
    let mut lines = vec![document.title.clone(), document.subtitle.clone()];
    for block in &document.blocks {
        match block {
            Block::Heading(words) | Block::SubHeading(words) => {
                lines.extend([String::new(), words.to_uppercase()]);
            }
            Block::Paragraph(words) | Block::Note(words) => lines.push(words.clone()),
            Block::List(all) | Block::Numbered(all) => {
                lines.extend(all.iter().map(|words| format!("- {words}")));
            }
            Block::Facts(rows) => {
                lines.extend(
                    rows.iter()
                        .map(|(name, words)| format!("- {name}: {words}")),
                );
            }
            Block::Table(table) => {
                lines.push(format!("{}: {}", table.caption, table.head.join(" | ")));
                lines.extend(
                    table
                        .rows
                        .iter()
                        .map(|row| format!("- {}", row.join(" | "))),
                );
            }
            Block::Quote { words, from } => lines.push(format!("“{words}” ({from})")),
            Block::Chart(_)
            | Block::Drawn(_)
            | Block::Code(_)
            | Block::Signatures(_)
            | Block::PageBreak => {}
        }
    }
    lines.join("\n").chars().take(WORDS_MAX).collect()
}

/// Whether this reader reads them, and there is one.
pub(in crate::concerns) fn has_page(view: &View<'_>) -> bool {
    view.setting.concerns.handed().all().next().is_some() && view.has(&readers())
}

/// Whether this reader can make one.
pub(in crate::concerns) fn can_make(view: &View<'_>) -> bool {
    view.has(&need()) && committee_document(view).is_some()
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let all = view.setting.concerns.handed().all().rev();
    let rows: Vec<Vec<Markup>> = all
        .map(|report| {
            let at = format!("/concerns/handed-over/{}", report.number);
            let by = report.by.map(|by| view.name(by)).unwrap_or_default();
            vec![
                text::link(&at, date_in_words(report.at.date())),
                text::text(by),
            ]
        })
        .collect();
    let columns = ["Handed over", "By"].map(Column::words);
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("Reports for the committee"))
        @if rows.is_empty() {
            (guide::empty("No report has been handed over yet. Whoever is on cases makes one from “Figures”.", Some(("/concerns", "Concerns"))))
        } @else {
            (Table::new("Reports for the committee", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("Reports for the committee".to_owned(), content)
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let number = params.number("report").unwrap_or(0);
    let Some(report) = view.setting.concerns.handed().find(number) else {
        return Shown::NotHere;
    };
    let words = view.open(&report.words).unwrap_or_default();
    let by = report.by.map(|by| view.name(by)).unwrap_or_default();
    let handed = format!(
        "Handed over by {by}, {}. Entry {} of the ledger.",
        report.at.in_words(),
        report.seq
    );
    let mut document = Document {
        subtitle: view.setting.place.name().to_owned(),
        rests_on: vec![report.seq],
        ..Document::new("Report about concerns for the committee")
    };
    document = document.with(Block::Note(handed));
    for line in words.lines().filter(|line| !line.trim().is_empty()) {
        document = document.with(Block::Paragraph(line.to_owned()));
    }
    Shown::Document(Box::new(document))
}
