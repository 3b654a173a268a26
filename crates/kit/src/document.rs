//! A document as a value: the same one becomes a page, a spreadsheet's tables and paper.

use crate::{chart::Chart, code::Code, csv, drawn::Drawn, facts, table, text};
use maud::{Markup, html};

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Words under the title. Empty: none.
    pub subtitle: String,
    /// What it is about, at its head: "For", "The committee".
    pub about: Vec<(String, String)>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The entries of the ledger that it rests on: a PDF of it carries their proof.
    pub rests_on: Vec<u64>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The title of a section.
    Heading(String),
    /// The title of a part of a section.
    SubHeading(String),
    /// A paragraph.
    Paragraph(String),
    /// A list with bullets.
    List(Vec<String>),
    /// A list with numbers.
    Numbered(Vec<String>),
    /// A table.
    Table(Table),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A chart; on paper its figures stand as a table.
    Chart(Chart),
    /// A clause or other words, quoted, and where they stand.
    Quote {
        /// The words.
        words: String,
        /// Where they stand.
        from: String,
    },
    /// Words set apart.
    Note(String),
    /// What somebody drew by hand: a signature, or a child's mark.
    Drawn(Drawn),
    /// A code that a telephone reads.
    Code(Code),
    /// Lines to sign on, each for one person: who they are.
    Signatures(Vec<String>),
    /// What follows begins a new page on paper.
    PageBreak,
}

/// A table of words and numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The headings of the columns.
    pub head: Vec<String>,
    /// The rows, one cell for each column.
    pub rows: Vec<Vec<String>>,
    /// Which columns hold numbers, counted from 0.
    pub numeric: Vec<usize>,
}

impl Document {
    /// A document with its title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Document {
        Document {
            title: title.into(),
            ..Document::default()
        }
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, block: Block) -> Document {
        self.blocks.push(block);
        self
    }
}

/// A document as the content of a page.
#[must_use]
pub fn to_html(document: &Document) -> Markup {
    html! {
        article class="sg-document" {
            (text::h1(&document.title))
            @if !document.subtitle.is_empty() { (text::lead(&document.subtitle)) }
            @if !document.about.is_empty() { (pairs(&document.about)) }
            @for (place, block) in document.blocks.iter().enumerate() {
                (to_block(block, place, place.checked_sub(1).and_then(|above| document.blocks.get(above))))
            }
        }
    }
}

/// A table for a spreadsheet.
#[must_use]
pub fn to_csv(table: &Table) -> String {
    csv::to_csv(&table.head, &table.rows)
}

fn to_block(block: &Block, place: usize, above: Option<&Block>) -> Markup {
    match block {
        Block::Heading(words) => text::h2(words),
        Block::SubHeading(words) => text::h3(words),
        Block::Paragraph(words) => text::paragraph(words),
        Block::List(items) => text::bullets(items),
        Block::Numbered(items) => text::numbered(items),
        Block::Table(table) => {
            let is_named = matches!(above, Some(Block::Heading(words) | Block::SubHeading(words)) if *words == table.caption);
            to_table(table, is_named)
        }
        Block::Facts(facts) => pairs(facts),
        Block::Chart(chart) => chart.draw(&format!("chart-{place}")),
        Block::Quote { words, from } => text::quote(words, from),
        Block::Note(words) => text::inset(words),
        Block::Drawn(drawn) => drawn.draw(),
        Block::Code(code) => code.draw(),
        Block::Signatures(people) => html! {
            div class="sg-signatures" {
                @for person in people {
                    div class="sg-signatures__line" { span { (person) } span { "Date" } }
                }
            }
        },
        Block::PageBreak => html! { div class="sg-page-break" {} },
    }
}

fn pairs(pairs: &[(String, String)]) -> Markup {
    let rows: Vec<_> = pairs
        .iter()
        .map(|(key, value)| facts::Fact::new(key, value))
        .collect();
    facts::facts(&rows)
}

/// A table; its caption is for those who listen only where the heading above says the same.
pub(crate) fn to_table(table: &Table, is_named: bool) -> Markup {
    let column = |(place, heading): (usize, &String)| table::Column {
        heading: heading.clone(),
        is_numeric: table.numeric.contains(&place),
    };
    let columns: Vec<_> = table.head.iter().enumerate().map(column).collect();
    let rows = table
        .rows
        .iter()
        .map(|row| row.iter().map(text::text).collect());
    let drawn = table::Table::new(&table.caption, columns)
        .first_cell_heads()
        .rows(rows);
    if is_named {
        return html! { (drawn.caption_unseen()) };
    }
    html! { (drawn) }
}
