//! PDF: pages become lines of text, within bounds of pages, bytes and steps.
//! A file may be hostile: what it unpacks to is counted before it is opened, and a panic of the parser is an answer.

mod fonts;
mod guard;
mod page;

use super::Document;
use crate::meaning::words::apart;
use crate::{layout, limits::Limits, unreadable::Unreadable};
use std::panic::{AssertUnwindSafe, catch_unwind};

const KIND: &str = "a PDF";
/// The most steps (drawing instructions) of one document that are followed.
const STEPS_MAX: usize = 4_000_000;
/// A document with fewer letters a page than this is taken for a scan.
const LETTERS_A_PAGE: usize = 12;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    guard::unpacked(bytes, limits)?;
    // Whatever the parser left half done is dropped with the panic.
    catch_unwind(AssertUnwindSafe(|| pages(bytes, limits)))
        .unwrap_or(Err(Unreadable::Damaged { kind: KIND }))
}

fn pages(bytes: &[u8], limits: &Limits) -> Result<Document, Unreadable> {
    let locked = || super::kind::contains(bytes, b"/Encrypt");
    let pdf = match lopdf::Document::load_mem(bytes) {
        Ok(pdf) => pdf,
        Err(_) if locked() => return Err(Unreadable::Locked),
        Err(_) => return Err(Unreadable::Damaged { kind: KIND }),
    };
    if pdf.is_encrypted() {
        return Err(Unreadable::Locked);
    }
    let mut ids: Vec<lopdf::ObjectId> = pdf.page_iter().take(limits.pages_max + 1).collect();
    if ids.is_empty() {
        return Err(if locked() {
            Unreadable::Locked
        } else {
            Unreadable::Damaged { kind: KIND }
        });
    }
    let cut = ids.len() > limits.pages_max;
    ids.truncate(limits.pages_max);
    let mut budget = page::Budget {
        steps: STEPS_MAX,
        bytes: limits.unpacked_bytes_max,
        characters: limits.characters_max,
    };
    let mut fonts = fonts::Fonts::default();
    let mut whole = String::new();
    let mut empty = Vec::new();
    for (number, id) in (1..).zip(&ids) {
        let page = page::lines(&pdf, *id, &mut fonts, &mut budget);
        if letters(&page) < LETTERS_A_PAGE {
            empty.push(number);
        }
        if !whole.is_empty() {
            whole.push('\u{c}');
        }
        whole.push_str(&apart(&page));
    }
    if letters(&whole) < LETTERS_A_PAGE || unmapped(&whole) {
        return Err(Unreadable::NoWords);
    }
    let mut document = layout::blocks(&whole, limits);
    if cut {
        document.notes.push(format!(
            "The PDF is very long: only its first {} pages were read",
            limits.pages_max
        ));
    }
    if budget.steps == 0 || budget.characters == 0 || budget.bytes == 0 {
        document
            .notes
            .push("The PDF is very intricate: only a part of it was read".to_owned());
    }
    if !empty.is_empty() {
        document.notes.push(in_pictures(&empty));
    }
    Ok(document)
}

fn in_pictures(pages: &[usize]) -> String {
    let named: Vec<String> = pages.iter().take(10).map(usize::to_string).collect();
    let more = if pages.len() > 10 { " and others" } else { "" };
    let (noun, verb) = if pages.len() == 1 {
        ("Page", "has")
    } else {
        ("Pages", "have")
    };
    format!(
        "{noun} {}{more} {verb} no words that can be read: look whether they are pictures",
        named.join(", ")
    )
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Fonts that don't say which letters they draw leave signs that nobody can read.
fn unmapped(text: &str) -> bool {
    let odd = text
        .chars()
        .filter(|c| *c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(c))
        .count();
    odd > letters(text)
}
