//! Plain text in the encodings that people's files have: UTF-8, UTF-16, and Windows' Western letters.

use super::Document;
use crate::{layout, limits::Limits, unreadable::Unreadable};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Reads a text file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    let (text, other) = decode(bytes);
    if looks_binary(&text) {
        return Err(Unreadable::OtherKind {
            found: "not a text document",
        });
    }
    let mut document = layout::blocks(&text, limits);
    if other {
        document
            .notes
            .push("The file is in an old way of writing letters. Check that £ signs and quotes came out right".to_owned());
    }
    Ok(document)
}

/// The text, and whether it was in an old encoding.
pub(crate) fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) =
            encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        return (text.into_owned(), encoding != UTF_8);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return (text.to_owned(), false);
    }
    let encoding = wide(bytes).unwrap_or(WINDOWS_1252);
    (
        encoding.decode_without_bom_handling(bytes).0.into_owned(),
        true,
    )
}

/// Sixteen-bit text without a mark: every other byte of English is nought.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4_000))?;
    let noughts = |first: usize| {
        sample
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let enough = sample.len() / 2 * 7 / 10;
    if enough == 0 {
        return None;
    }
    if noughts(1) >= enough {
        return Some(UTF_16LE);
    }
    (noughts(0) >= enough).then_some(UTF_16BE)
}

/// Text has hardly any control characters.
fn looks_binary(text: &str) -> bool {
    let sample = text.chars().take(8_000);
    let (mut all, mut odd) = (0_usize, 0_usize);
    for letter in sample {
        all += 1;
        if (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}'))
            || letter == '\u{fffd}'
        {
            odd += 1;
        }
    }
    odd * 20 > all
}
