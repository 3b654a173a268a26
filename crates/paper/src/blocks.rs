//! The parts of a document, one after the other.

use crate::{
    drawing,
    flow::{Flow, Ink, Node, Style, WIDTH},
    font::Weight,
    paint::{TITLE_MAX, short},
    table,
};
use kit::document::{Block, Document};
use krilla::tagging::{ListNumbering, Tag};
use std::num::NonZeroU16;

/// The whole document.
pub(crate) fn all(flow: &mut Flow<'_>, document: &Document) {
    heading(flow, &document.title, Style::TITLE, 1);
    if !document.subtitle.is_empty() {
        let leaves = flow.words(&document.subtitle, Style::SUBTITLE, 0.0, WIDTH);
        flow.group(Tag::P, leaves);
    }
    flow.space(10.0);
    flow.rule(0.0, 60.0, 3.0, Ink::Lamp);
    flow.y += 16.0;
    if !document.about.is_empty() {
        table::facts(flow, &document.about);
    }
    for block in &document.blocks {
        one(flow, block);
    }
    if flow.fonts.has_missing() {
        flow.space(14.0);
        paragraph(flow, flow.words.missing, Style::SMALL);
    }
}

fn one(flow: &mut Flow<'_>, block: &Block) {
    match block {
        Block::Heading(words) => {
            flow.space(14.0);
            heading(flow, words, Style::HEADING, 2);
            flow.y += 4.0;
        }
        Block::SubHeading(words) => {
            flow.space(8.0);
            heading(flow, words, Style::SUB_HEADING, 3);
            flow.y += 2.0;
        }
        Block::Paragraph(words) => paragraph(flow, words, Style::BODY),
        Block::List(items) => list(flow, items, |_| "•".to_owned(), ListNumbering::Disc),
        Block::Numbered(items) => list(
            flow,
            items,
            |place| format!("{}.", place + 1),
            ListNumbering::Decimal,
        ),
        Block::Table(shown) => table::table(flow, shown),
        Block::Facts(facts) => table::facts(flow, facts),
        Block::Chart(chart) => {
            if !chart.says.is_empty() {
                paragraph(flow, &chart.says, Style::BODY);
            }
            drawing::chart(flow, chart);
            table::table(flow, &chart.figures());
        }
        Block::Quote { words, from } => {
            let mut leaves = vec![group(
                Tag::P,
                flow.barred_words(words, Style::BODY, Ink::Brand),
            )];
            leaves.push(group(
                Tag::P,
                flow.barred_words(from, Style::SMALL, Ink::Brand),
            ));
            flow.group(Tag::BlockQuote, leaves);
            flow.y += 10.0;
        }
        Block::Note(words) => {
            let leaves = flow.barred_words(words, Style::BODY, Ink::Lamp);
            flow.group(Tag::P, leaves);
            flow.y += 10.0;
        }
        Block::Drawn(drawn) => drawing::by_hand(flow, drawn),
        Block::Code(code) => {
            drawing::code(flow, code);
            paragraph(flow, code.words(), Style::BODY);
        }
        Block::Signatures(people) => people.iter().for_each(|person| signature(flow, person)),
        Block::PageBreak => flow.new_page(),
    }
}

fn heading(flow: &mut Flow<'_>, words: &str, style: Style, level: u16) {
    // A heading does not stand at the foot of a page, away from what it is for.
    flow.make_room(style.leading() + 112.0);
    flow.place(words);
    let leaves = flow.words(words, style, 0.0, WIDTH);
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    flow.group(Tag::Hn(level, Some(short(words, TITLE_MAX))), leaves);
}

fn paragraph(flow: &mut Flow<'_>, words: &str, style: Style) {
    let leaves = flow.words(words, style, 0.0, WIDTH);
    flow.group(Tag::P, leaves);
    flow.y += 7.0;
}

fn list(
    flow: &mut Flow<'_>,
    items: &[String],
    label: impl Fn(usize) -> String,
    numbering: ListNumbering,
) {
    let mut children = Vec::new();
    for (place, item) in items.iter().enumerate() {
        flow.make_room(Style::BODY.leading());
        let line = flow.fonts.line(&label(place), Weight::Regular);
        let label = flow.line_at(line, Style::BODY, 4.0, flow.y);
        let body = flow.words(item, Style::BODY, 22.0, WIDTH - 22.0);
        if body.is_empty() {
            flow.y += Style::BODY.leading();
        }
        let parts = vec![group(Tag::Lbl, vec![label]), group(Tag::LBody, body)];
        children.push(group(Tag::LI, parts));
        flow.y += 2.0;
    }
    flow.group(Tag::L(numbering), children);
    flow.y += 6.0;
}

fn signature(flow: &mut Flow<'_>, person: &str) {
    flow.make_room(60.0);
    flow.y += 40.0;
    let date_at = WIDTH * 0.72;
    flow.rule(0.0, date_at - 20.0, 0.8, Ink::Words);
    flow.rule(date_at, WIDTH - date_at, 0.8, Ink::Words);
    flow.y += 3.0;
    let date = flow.fonts.line(flow.words.date, Weight::Regular);
    let date = flow.line_at(date, Style::SMALL, date_at, flow.y);
    let mut leaves = flow.words(person, Style::SMALL, 0.0, date_at - 20.0);
    leaves.push(date);
    flow.group(Tag::P, leaves);
    flow.y += 8.0;
}

fn group(tag: impl Into<krilla::tagging::TagKind>, children: Vec<Node>) -> Node {
    Node::Group(tag.into(), children)
}
