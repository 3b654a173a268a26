//! OpenDocument texts: headings, lists, cells; notes in the margin and tracked deletions are passed over.

use super::packed::Packed;
use super::xml::{attribute, letter};
use super::{Document, Form, MACROS, note_of_length};
use crate::{limits::Limits, unreadable::Unreadable};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

const KIND: &str = "an OpenDocument text";
/// Paragraphs within paragraphs (text boxes) deeper than this are not followed.
const DEEP: usize = 16;

/// Reads an OpenDocument text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    let mut packed = Packed::open(bytes, limits, KIND)?;
    let manifest = packed.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Unreadable::Locked);
    }
    if ["opendocument.spreadsheet", "opendocument.presentation"]
        .iter()
        .any(|kind| manifest.contains(kind))
    {
        return Err(Unreadable::OtherKind {
            found: "a spreadsheet or a set of slides",
        });
    }
    let Some(xml) = packed.part("content.xml")? else {
        return Err(Unreadable::Damaged { kind: KIND });
    };
    let mut walk = Walk::default();
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => walk.open(&tag, false),
            Ok(Event::Empty(tag)) => walk.open(&tag, true),
            Ok(Event::End(tag)) => walk.close(tag.local_name().as_ref()),
            Ok(Event::Text(text)) => walk.words(&text),
            Ok(Event::GeneralRef(reference)) => {
                if let Some(letter) = letter(&reference) {
                    walk.words(letter.encode_utf8(&mut [0; 4]));
                }
            }
            Ok(Event::Eof) => break,
            Err(_) if walk.document.blocks.is_empty() => {
                return Err(Unreadable::Damaged { kind: KIND });
            }
            Err(_) => {
                walk.document
                    .notes
                    .push("The document is damaged: only its first part could be read".to_owned());
                break;
            }
            Ok(_) => {}
        }
        if walk.document.size > limits.characters_max {
            walk.document.notes.push(note_of_length(limits));
            break;
        }
    }
    let mut document = walk.document;
    if packed.has("Basic/") || packed.has("Scripts/") {
        document.notes.push(MACROS.to_owned());
    }
    Ok(document)
}

#[derive(Default)]
struct Walk {
    document: Document,
    open: Vec<(Form, String)>,
    lists: usize,
    cells: usize,
    contents: usize,
    skipped: usize,
}

impl Walk {
    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) {
        if self.skipped > 0 {
            self.skipped += usize::from(!empty);
            return;
        }
        match tag.local_name().as_ref() {
            "annotation" | "note" | "tracked-changes" => self.skipped = usize::from(!empty),
            "list" if !empty => self.lists += 1,
            "table-cell" if !empty => self.cells += 1,
            "table-of-content" if !empty => self.contents += 1,
            "h" if !empty && self.open.len() < DEEP => {
                self.open.push((Form::Heading, String::new()))
            }
            "p" if !empty && self.open.len() < DEEP => {
                let title = attribute(tag, "style-name")
                    .is_some_and(|style| style == "Title" || style == "Subtitle");
                self.open.push((self.form(title), String::new()));
            }
            "s" | "tab" | "line-break" => self.words(" "),
            _ => {}
        }
    }

    fn form(&self, title: bool) -> Form {
        match () {
            () if self.contents > 0 => Form::Contents,
            () if title => Form::Heading,
            () if self.lists > 0 => Form::Point,
            () if self.cells > 0 => Form::Cell,
            () => Form::Paragraph,
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "list" => self.lists = self.lists.saturating_sub(1),
            "table-cell" => self.cells = self.cells.saturating_sub(1),
            "table-of-content" => self.contents = self.contents.saturating_sub(1),
            "h" | "p" => {
                if let Some((form, text)) = self.open.pop() {
                    self.document.add(form, &text);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.skipped == 0
            && let Some((_, text)) = self.open.last_mut()
        {
            text.push_str(words);
        }
    }
}
