//! Markdown: headings, points, paragraphs and cells, without the marks.

use super::{Document, Form, note_of_length, text};
use crate::{limits::Limits, unreadable::Unreadable};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads a Markdown file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    let mut document = text::read(bytes, limits)?;
    document.blocks.clear();
    let (source, _) = text::decode(bytes);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let end = source
        .char_indices()
        .nth(limits.characters_max)
        .map_or(source.len(), |(end, _)| end);
    if end < source.len() {
        document.notes = vec![note_of_length(limits)];
    }
    let mut walk = Walk::default();
    for event in Parser::new_ext(source.get(..end).unwrap_or_default(), options) {
        match event {
            Event::Start(tag) => walk.open(&tag, &mut document),
            Event::End(tag) => walk.close(tag, &mut document),
            Event::Text(words) | Event::Code(words) if walk.hidden == 0 => {
                walk.text.push_str(&words)
            }
            Event::SoftBreak | Event::HardBreak => walk.text.push(' '),
            Event::Rule => walk.flush(Form::Paragraph, &mut document),
            _ => {}
        }
    }
    walk.flush(Form::Paragraph, &mut document);
    Ok(document)
}

#[derive(Default)]
struct Walk {
    text: String,
    items: usize,
    hidden: usize,
}

impl Walk {
    fn open(&mut self, tag: &Tag<'_>, document: &mut Document) {
        match tag {
            Tag::Item => {
                let form = self.form();
                self.flush(form, document);
                self.items += 1;
            }
            Tag::MetadataBlock(_) | Tag::Strikethrough => self.hidden += 1,
            Tag::List(_)
            | Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::TableCell
            | Tag::CodeBlock(_) => {
                let form = self.form();
                self.flush(form, document);
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd, document: &mut Document) {
        match tag {
            TagEnd::Heading(_) => self.flush(Form::Heading, document),
            TagEnd::TableCell => self.flush(Form::Cell, document),
            TagEnd::Paragraph | TagEnd::CodeBlock => {
                let form = self.form();
                self.flush(form, document);
            }
            TagEnd::Item => {
                self.flush(Form::Point, document);
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::MetadataBlock(_) | TagEnd::Strikethrough => {
                self.hidden = self.hidden.saturating_sub(1)
            }
            _ => {}
        }
    }

    fn form(&self) -> Form {
        if self.items > 0 {
            Form::Point
        } else {
            Form::Paragraph
        }
    }

    fn flush(&mut self, form: Form, document: &mut Document) {
        document.add(form, &self.text);
        self.text.clear();
    }
}
