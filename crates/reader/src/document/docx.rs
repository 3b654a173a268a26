//! Word documents: paragraphs with their styles; what was deleted, hidden codes and macros are passed over.

use super::packed::Packed;
use super::xml::{attribute, letter};
use super::{Document, Form, MACROS, note_of_length};
use crate::{limits::Limits, unreadable::Unreadable};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashMap;

const KIND: &str = "a Word document";
/// A bold line of at most so many words is taken for a heading.
const BOLD_WORDS_MAX: usize = 11;
/// Paragraphs within paragraphs (text boxes) deeper than this are not followed.
const DEEP: usize = 16;
/// Footnotes and endnotes: read after the text, each a paragraph.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];

/// Reads a Word document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    let mut packed = Packed::open(bytes, limits, KIND)?;
    let styles = packed
        .part("word/styles.xml")?
        .map(|xml| styles(&xml))
        .unwrap_or_default();
    let Some(xml) = packed.part("word/document.xml")? else {
        return Err(Unreadable::Damaged { kind: KIND });
    };
    let mut walk = Walk {
        styles,
        ..Walk::default()
    };
    walk.part(&xml, limits)?;
    for name in NOTES {
        if let Some(xml) = packed.part(name)? {
            walk.part(&xml, limits)?;
        }
    }
    let mut document = walk.document;
    if packed.has("vbaProject") {
        document.notes.push(MACROS.to_owned());
    }
    if walk.tracked {
        document.notes.push(
            "The document has changes that are not yet accepted. It was read as if they were"
                .to_owned(),
        );
    }
    Ok(document)
}
/// Whether a switch of a run is on; without a value it is.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(
        attribute(tag, "val").as_deref(),
        Some("0" | "false" | "off")
    )
}

/// The names of styles by their id: headings have their own in every language, the name is the English one.
fn styles(xml: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut id = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "style" => {
                id = attribute(&tag, "styleId")
            }
            Event::Empty(tag) | Event::Start(tag) if tag.local_name().as_ref() == "name" => {
                if let (Some(id), Some(name)) = (id.take(), attribute(&tag, "val")) {
                    found.insert(id, name.to_lowercase());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}

#[derive(Default)]
struct Paragraph {
    text: String,
    form: Option<Form>,
    plain_letters: bool,
    bold: bool,
    run_bold: bool,
    run_hidden: bool,
}

#[derive(Default)]
struct Walk {
    document: Document,
    styles: HashMap<String, String>,
    open: Vec<Paragraph>,
    cells: usize,
    skipped: usize,
    in_text: bool,
    tracked: bool,
}

impl Walk {
    /// Walks through one part of the document.
    fn part(&mut self, xml: &str, limits: &Limits) -> Result<(), Unreadable> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = false;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => self.open(&tag, false),
                Ok(Event::Empty(tag)) => self.open(&tag, true),
                Ok(Event::End(tag)) => self.close(tag.local_name().as_ref()),
                Ok(Event::Text(text)) => self.words(&text),
                Ok(Event::GeneralRef(reference)) => {
                    if let Some(letter) = letter(&reference) {
                        self.words(letter.encode_utf8(&mut [0; 4]));
                    }
                }
                Ok(Event::Eof) => break,
                Err(_) if self.document.blocks.is_empty() => {
                    return Err(Unreadable::Damaged { kind: KIND });
                }
                Err(_) => {
                    self.document.notes.push(
                        "The document is damaged: only its first part could be read".to_owned(),
                    );
                    break;
                }
                Ok(_) => {}
            }
            if self.document.size > limits.characters_max {
                self.document.notes.push(note_of_length(limits));
                break;
            }
        }
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.local_name();
        if self.skipped > 0 {
            self.skipped += usize::from(!empty);
            return;
        }
        match name.as_ref() {
            "del" | "moveFrom" | "instrText" | "Fallback" | "delText" => {
                self.tracked |= matches!(name.as_ref(), "del" | "moveFrom");
                self.skipped = usize::from(!empty);
            }
            "ins" => self.tracked = true,
            "p" if !empty && self.open.len() < DEEP => self.open.push(Paragraph::default()),
            "tc" if !empty => self.cells += 1,
            "r" => self.with(|p| (p.run_bold, p.run_hidden) = (false, false)),
            "t" => self.in_text = !empty,
            "tab" | "br" | "cr" | "ptab" => self.space(),
            "noBreakHyphen" => self.with(|p| p.text.push('-')),
            "pStyle" => {
                let style = attribute(tag, "val").unwrap_or_default();
                let name = self
                    .styles
                    .get(&style)
                    .cloned()
                    .unwrap_or_else(|| style.to_lowercase());
                self.style(&name);
            }
            "outlineLvl" if attribute(tag, "val").is_some_and(|level| level != "9") => {
                self.with(|p| p.form = Some(Form::Heading));
            }
            "numPr" => self.with(|p| {
                p.form.get_or_insert(Form::Point);
            }),
            "b" => {
                let on = is_on(tag);
                self.with(|p| p.run_bold = on);
            }
            "vanish" => {
                let on = is_on(tag);
                self.with(|p| p.run_hidden = on);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "tc" => self.cells = self.cells.saturating_sub(1),
            "p" => {
                let Some(paragraph) = self.open.pop() else {
                    return;
                };
                let form = self.form(&paragraph);
                self.document.add(form, &paragraph.text);
            }
            _ => {}
        }
    }

    fn form(&self, paragraph: &Paragraph) -> Form {
        let words = paragraph.text.split_whitespace().count();
        let ends = paragraph.text.trim_end().ends_with(['.', ';', ',']);
        match paragraph.form {
            Some(form) => form,
            None if paragraph.bold
                && !paragraph.plain_letters
                && words <= BOLD_WORDS_MAX
                && !ends =>
            {
                Form::Heading
            }
            None if self.cells > 0 => Form::Cell,
            None => Form::Paragraph,
        }
    }

    fn style(&mut self, name: &str) {
        let form = if name.starts_with("toc") {
            Form::Contents
        } else if name.starts_with("heading") || name == "title" || name == "subtitle" {
            Form::Heading
        } else if name.starts_with("list") && name.contains("bullet")
            || name.starts_with("list number")
        {
            Form::Point
        } else {
            return;
        };
        self.with(|p| p.form = Some(form));
    }

    fn words(&mut self, words: &str) {
        if !self.in_text || self.skipped > 0 {
            return;
        }
        self.with(|p| {
            if p.run_hidden {
                return;
            }
            if words.chars().any(char::is_alphanumeric) {
                p.bold |= p.run_bold;
                p.plain_letters |= !p.run_bold;
            }
            p.text.push_str(words);
        });
    }

    fn space(&mut self) {
        self.with(|p| p.text.push(' '));
    }

    fn with(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.open.last_mut() {
            change(paragraph);
        }
    }
}
