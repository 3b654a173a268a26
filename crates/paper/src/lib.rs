//! Documents on paper: a `kit::document::Document` as tagged PDF for everybody and to be kept for ever
//! (PDF/UA-1 and PDF/A-2a), with our own layout of headings, paragraphs, lists and tables. Words are
//! drawn as they are, never read as commands.
//!
//! Reading order: `font` measures and breaks lines, `flow` puts them on pages, `blocks`, `table`
//! and `drawing` know the parts of a document, `paint` writes the file.

mod blocks;
mod drawing;
mod flow;
mod font;
mod paint;
mod table;
mod words;

use kernel::moment::Moment;
use kit::document::{Block, Document};

/// More words than this are not for paper: about two thousand pages.
const BYTES_MAX: usize = 4 << 20;
/// More pages than this are not for paper.
const PAGES_MAX: usize = 2_000;

/// What stands around a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The setting's name: in the head of each page.
    pub setting: String,
    /// When it was made: kept in the file.
    pub made: Moment,
    /// The same in words: in the foot of each page.
    pub made_at: String,
    /// The language of the document: `en`. It says which way the document runs.
    pub lang: String,
}

/// Why a document could not be put on paper.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// More than paper is good for.
    #[error("the document is too long to print in one piece: choose a shorter time or fewer parts")]
    TooLong,
    /// Our font can't be read; the tests would have said so.
    #[error("the font for printing could not be read")]
    Font,
    /// The file could not be written by the rules of accessible PDF, or of PDF that is kept.
    #[error("the document could not be written as PDF: {0}")]
    Pdf(String),
}

/// A document as PDF. The same document gives the same bytes.
///
/// It is PDF/A, unless it rests on lines of the ledger: their proof follows after the end of the PDF,
/// where PDF/A wants nothing.
///
/// # Errors
/// The document is too long.
pub fn pdf(document: &Document, meta: &Meta) -> Result<Vec<u8>, PaperError> {
    if bytes(document) > BYTES_MAX {
        return Err(PaperError::TooLong);
    }
    let words = words::words(&meta.lang);
    let fonts = font::Fonts::new(words.is_right_to_left)?;
    let mut flow = flow::Flow::new(&fonts, words);
    blocks::all(&mut flow, document);
    if flow.pages.len() > PAGES_MAX {
        return Err(PaperError::TooLong);
    }
    paint::paint(flow, document, meta)
}

/// How much is in a document.
fn bytes(document: &Document) -> usize {
    let about = document
        .about
        .iter()
        .map(|(key, value)| key.len() + value.len())
        .sum::<usize>();
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Heading(words)
        | Block::SubHeading(words)
        | Block::Paragraph(words)
        | Block::Note(words) => words.len(),
        Block::List(items) | Block::Numbered(items) | Block::Signatures(items) => {
            items.iter().map(String::len).sum()
        }
        Block::Table(table) => table_bytes(table),
        Block::Facts(facts) => facts
            .iter()
            .map(|(key, value)| key.len() + value.len())
            .sum(),
        Block::Chart(chart) => table_bytes(&chart.figures()),
        Block::Quote { words, from } => words.len() + from.len(),
        Block::Drawn(drawn) => drawn.strokes.iter().map(|stroke| stroke.len() * 4).sum(),
        Block::Code(code) => code.dark.len() * 8 + code.words().len(),
        Block::PageBreak => 0,
    });
    // Each block and cell costs a little by itself, even when empty.
    document.title.len() + about + blocks.map(|block| block + 64).sum::<usize>()
}

fn table_bytes(table: &kit::document::Table) -> usize {
    table.rows.iter().flatten().map(|cell| cell.len() + 8).sum()
}
