//! A document of any kind as blocks of plain words: headings, points of lists, paragraphs, cells.
//! Each kind has its file; all are read within the same limits.

mod docx;
mod kind;
mod markdown;
mod odt;
mod packed;
mod pdf;
pub(crate) mod text;
mod xml;

use crate::layout::marks::{self, Mark};
use crate::{limits::Limits, unreadable::Unreadable};
use kind::Kind;

/// What a block is, as far as the document's form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A heading, said to be one by the document.
    Heading,
    /// A point of a list.
    Point,
    /// A paragraph, or the document does not say.
    Paragraph,
    /// A cell of a table.
    Cell,
    /// A line of a contents page.
    Contents,
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) form: Form,
    /// Its words, white space single.
    pub(crate) text: String,
}

/// A document as blocks, with notes for the person who handed it in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    /// The blocks in order.
    pub(crate) blocks: Vec<Block>,
    /// Notes in plain words.
    pub(crate) notes: Vec<String>,
    /// How much text was added so far, in bytes.
    size: usize,
}

impl Document {
    /// Adds a paragraph of a word processor: a bullet typed by hand makes it a point all the same.
    fn add(&mut self, form: Form, text: &str) {
        let text = crate::layout::single_spaced(text);
        let (mark, words) = marks::split(&text);
        if words.is_empty() || !words.chars().any(char::is_alphanumeric) {
            return;
        }
        let form = match (form, mark) {
            (Form::Paragraph | Form::Cell, Mark::Bullet) => Form::Point,
            (Form::Paragraph, Mark::Heading) => Form::Heading,
            (_, Mark::Contents) => Form::Contents,
            (form, _) => form,
        };
        self.size += words.len();
        self.blocks.push(Block {
            form,
            text: words.to_owned(),
        });
    }

    /// A document of these blocks.
    pub(crate) fn of(blocks: Vec<Block>, notes: Vec<String>) -> Document {
        let size = blocks.iter().map(|block| block.text.len()).sum();
        Document {
            blocks,
            notes,
            size,
        }
    }
}

/// Opens a document: what it is, is seen from its bytes; the name only helps where they do not say.
pub(crate) fn open(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    if bytes.len() > limits.bytes_max {
        return Err(Unreadable::TooLarge {
            megabytes_max: limits.bytes_max / (1024 * 1024),
        });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    let kind = kind::of(name, bytes)?;
    let mut document = match kind {
        Kind::Text => text::read(bytes, limits)?,
        Kind::Markdown => markdown::read(bytes, limits)?,
        Kind::Docx => docx::read(bytes, limits)?,
        Kind::Odt => odt::read(bytes, limits)?,
        Kind::Pdf => pdf::read(bytes, limits)?,
    };
    if document.blocks.is_empty() {
        return Err(if kind == Kind::Text {
            Unreadable::Empty
        } else {
            Unreadable::NoWords
        });
    }
    if let Some(ending) = kind::other_ending(name, kind) {
        document.notes.insert(
            0,
            format!(
                "The name ends in .{ending}, but it is {}: it was read as that",
                kind.in_words()
            ),
        );
    }
    Ok(document)
}

/// The note about a document that is longer than what is read.
fn note_of_length(limits: &Limits) -> String {
    format!(
        "The document is very long: only its first {} characters were read",
        limits.characters_max
    )
}

/// The note about macros.
const MACROS: &str =
    "The document holds macros (small programs). They were ignored; only its words were read";
