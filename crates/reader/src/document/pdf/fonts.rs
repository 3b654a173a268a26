//! Fonts of a PDF: which letters the codes of a text stand for, and how wide they are.

use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// The most codes of all fonts of a document that are looked up: about a hundred fonts of two-byte codes.
const CODES_MAX: usize = 100 * 0x1_0000;
/// The width of a letter that has none given, in thousandths of its height.
const USUAL: f32 = 500.0;
/// The widths of the codes 32 to 126 in the fonts that a file need not bring along.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// A font: letters by code, and widths by code.
pub(super) struct Font {
    letters: HashMap<u32, String>,
    widths: HashMap<u32, f32>,
    other: f32,
    /// Whether codes are of two bytes.
    pub(super) wide: bool,
}

impl Font {
    /// The letters and the width of a code.
    pub(super) fn letter(&self, code: u32) -> (&str, f32) {
        let letters = self.letters.get(&code).map_or("\u{fffd}", String::as_str);
        (
            letters,
            self.widths.get(&code).copied().unwrap_or(self.other),
        )
    }
}

/// The fonts of a document, each opened once.
#[derive(Default)]
pub(super) struct Fonts {
    known: HashMap<ObjectId, Rc<Font>>,
    codes: usize,
}

impl Fonts {
    /// The font of this name in these resources.
    pub(super) fn named(
        &mut self,
        pdf: &Document,
        resources: &Dictionary,
        name: &[u8],
    ) -> Option<Rc<Font>> {
        let fonts = resources.get_deref(b"Font", pdf).ok()?.as_dict().ok()?;
        let entry = fonts.get(name).ok()?;
        let id = entry.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return Some(Rc::clone(known));
        }
        if self.codes >= CODES_MAX {
            return None;
        }
        let (_, object) = pdf.dereference(entry).ok()?;
        let font = Rc::new(open(pdf, object.as_dict().ok()?));
        self.codes += if font.wide { 0x1_0000 } else { 0x100 };
        if let Some(id) = id {
            self.known.insert(id, Rc::clone(&font));
        }
        Some(font)
    }
}

fn open(pdf: &Document, font: &Dictionary) -> Font {
    let wide = font
        .get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|name| name == b"Type0");
    let (widths, other) = if wide {
        widths_of_descendant(pdf, font)
    } else {
        widths(pdf, font)
    };
    Font {
        letters: letters(pdf, font, wide),
        widths,
        other,
        wide,
    }
}

/// The letters of each code: from the font's own table where it has one, else from its encoding.
fn letters(pdf: &Document, font: &Dictionary, wide: bool) -> HashMap<u32, String> {
    let mut mapped = font.clone();
    if font.has(b"ToUnicode") {
        mapped.remove(b"Encoding");
    }
    let tables = [
        mapped.get_font_encoding(pdf).ok(),
        font.get_font_encoding(pdf).ok(),
    ];
    let codes: Box<dyn Iterator<Item = u32>> = if wide {
        Box::new(0..=0xffff)
    } else {
        Box::new(0..=0xff)
    };
    let mut found = HashMap::new();
    for code in codes {
        let bytes = code.to_be_bytes();
        let code_bytes = if wide { bytes.get(2..) } else { bytes.get(3..) }.unwrap_or_default();
        let letters = tables.iter().flatten().find_map(|table| {
            let text = Document::decode_text(table, code_bytes).ok()?;
            let clear = !text.is_empty() && !text.contains(['\u{fffd}', '\0']);
            clear.then_some(text)
        });
        if let Some(letters) = letters {
            found.insert(code, letters);
        }
    }
    found
}

fn widths(pdf: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let first = font
        .get_deref(b"FirstChar", pdf)
        .and_then(Object::as_i64)
        .unwrap_or(0);
    let first = u32::try_from(first).unwrap_or(0).min(0xffff);
    let list = font.get_deref(b"Widths", pdf).and_then(Object::as_array);
    let found: HashMap<u32, f32> = list
        .map(|list| {
            (first..)
                .zip(list.iter().take(0x1_0000))
                .filter_map(|(code, width)| Some((code, number(pdf, width)?)))
                .filter(|(_, width)| *width > 0.0)
                .collect()
        })
        .unwrap_or_default();
    if found.is_empty() {
        return usual(font);
    }
    (found, USUAL)
}

/// The widths of a font that brings none along: one of those that every reader of PDF has.
fn usual(font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let name = font
        .get(b"BaseFont")
        .and_then(Object::as_name)
        .map(|name| String::from_utf8_lossy(name).to_lowercase())
        .unwrap_or_default();
    let widths = match () {
        () if name.contains("courier") => return (HashMap::new(), 600.0),
        () if name.contains("times") => &SERIF,
        () if name.contains("helvetica") || name.contains("arial") => &SANS,
        () => return (HashMap::new(), USUAL),
    };
    let widths = (32..).zip(widths.iter().map(|width| f32::from(*width)));
    (widths.collect(), USUAL)
}

/// The widths of a font of two-byte codes: "first [w w w]" or "first last w".
fn widths_of_descendant(pdf: &Document, font: &Dictionary) -> (HashMap<u32, f32>, f32) {
    let mut found = HashMap::new();
    let descendant = font
        .get_deref(b"DescendantFonts", pdf)
        .and_then(Object::as_array)
        .ok()
        .and_then(|list| list.first())
        .and_then(|entry| pdf.dereference(entry).ok())
        .and_then(|(_, object)| object.as_dict().ok());
    let Some(descendant) = descendant else {
        return (found, USUAL);
    };
    let other = descendant
        .get_deref(b"DW", pdf)
        .ok()
        .and_then(|width| number(pdf, width))
        .unwrap_or(1000.0);
    let list = descendant.get_deref(b"W", pdf).and_then(Object::as_array);
    let mut rest = list.map(Vec::as_slice).unwrap_or_default();
    while let [first, next, after @ ..] = rest {
        let Some(first) = code(pdf, first) else { break };
        if let Ok((_, Object::Array(widths))) = pdf.dereference(next) {
            for (code, width) in (first..=0xffff).zip(widths) {
                if let Some(width) = number(pdf, width) {
                    found.insert(code, width);
                }
            }
            rest = after;
            continue;
        }
        let [width, after @ ..] = after else { break };
        if let (Some(last), Some(width)) = (code(pdf, next), number(pdf, width)) {
            for code in first..=last.min(0xffff) {
                found.insert(code, width);
            }
        }
        rest = after;
    }
    (found, other)
}

fn code(pdf: &Document, object: &Object) -> Option<u32> {
    let code = pdf.dereference(object).ok()?.1.as_i64().ok()?;
    u32::try_from(code).ok().filter(|code| *code <= 0xffff)
}

fn number(pdf: &Document, object: &Object) -> Option<f32> {
    let number = pdf.dereference(object).ok()?.1.as_float().ok()?;
    number.is_finite().then_some(number)
}
