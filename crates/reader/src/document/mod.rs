//! A document of any kind as blocks of plain words: headings, points of lists, paragraphs, cells.
//! Each kind has its file; all are read within the same limits.

pub(crate) mod text;

use crate::{limits::Limits, unreadable::Unreadable};

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
    #[expect(dead_code, reason = "tables come with the other kinds of document")]
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
}

/// Opens a document: what it is, is seen from its bytes; the name only helps where they do not say.
pub(crate) fn open(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    let _ = name;
    if bytes.len() > limits.bytes_max {
        return Err(Unreadable::TooLarge {
            megabytes_max: limits.bytes_max / (1024 * 1024),
        });
    }
    let document = text::read(bytes, limits)?;
    if document.blocks.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(document)
}
