//! What kind of document some bytes are: seen from how they begin, whatever the name says.

use super::{packed, text};
use crate::unreadable::Unreadable;

/// A kind of document that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain text.
    Text,
    /// Text with the marks of Markdown.
    Markdown,
    /// A document of Word and others.
    Docx,
    /// An open document of LibreOffice and others.
    Odt,
    /// A PDF.
    Pdf,
}

impl Kind {
    /// For people.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Kind::Text => "plain text",
            Kind::Markdown => "Markdown text",
            Kind::Docx => "a Word document",
            Kind::Odt => "an OpenDocument text",
            Kind::Pdf => "a PDF",
        }
    }
}

/// The kind, or why it is none that is read.
pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Kind, Unreadable> {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if contains(start, b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return packed::kind(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(old_container(bytes));
    }
    if let Some(found) = other(start) {
        return Err(Unreadable::OtherKind { found });
    }
    Ok(if matches!(ending(name).as_str(), "md" | "markdown") {
        Kind::Markdown
    } else {
        Kind::Text
    })
}

/// The ending of the name, when it promises another kind.
pub(super) fn other_ending(name: &str, kind: Kind) -> Option<String> {
    let ending = ending(name);
    let promised = match ending.as_str() {
        "txt" | "text" => Kind::Text,
        "md" | "markdown" => Kind::Markdown,
        "docx" | "docm" | "dotx" => Kind::Docx,
        "odt" | "ott" => Kind::Odt,
        "pdf" => Kind::Pdf,
        "doc" | "rtf" | "xlsx" | "pptx" | "html" => return Some(ending),
        _ => return None,
    };
    (promised != kind).then_some(ending)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default()
}

/// Containers of old office programs: a locked new document is one too.
fn old_container(bytes: &[u8]) -> Unreadable {
    let wide = |name: &str| {
        name.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    if contains(bytes, &wide("EncryptedPackage")) {
        return Unreadable::Locked;
    }
    if contains(bytes, &wide("Workbook")) {
        return Unreadable::OtherKind {
            found: "a spreadsheet",
        };
    }
    if contains(bytes, &wide("PowerPoint Document")) {
        return Unreadable::OtherKind {
            found: "a set of slides",
        };
    }
    Unreadable::OldDocument
}

fn other(start: &[u8]) -> Option<&'static str> {
    let pictures: [&[u8]; 6] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"II*\0",
        b"MM\0*",
        b"BM",
    ];
    if pictures.iter().any(|mark| start.starts_with(mark))
        && text::decode(start).0.contains(['\0', '\u{fffd}', '\u{1}'])
        || start.starts_with(b"\xff\xd8\xff")
        || start.starts_with(b"\x89PNG")
    {
        return Some("a picture");
    }
    if start.starts_with(b"{\\rtf") {
        return Some("a rich text (.rtf) file");
    }
    let lower = start.to_ascii_lowercase();
    let begins = lower.trim_ascii_start();
    if begins.starts_with(b"<!doctype html") || begins.starts_with(b"<html") {
        return Some("a web page");
    }
    let packed: [&[u8]; 4] = [b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh"];
    packed
        .iter()
        .any(|mark| start.starts_with(mark))
        .then_some("a packed archive")
}

/// Whether the bytes hold these, one after the other.
pub(super) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
