//! Lines of plain text as blocks: page numbers and running heads are left out, hard-wrapped lines joined,
//! list marks recognised, contents pages set apart.

pub(crate) mod furniture;
pub(crate) mod marks;
pub(crate) mod sentences;
pub(crate) mod wraps;

use crate::document::{Block, Document, Form};
use crate::limits::Limits;
use marks::Mark;

/// A line of the document, white space single.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The words, with the list mark.
    pub(crate) text: String,
    /// Whether an empty line or a page break stands before it.
    pub(crate) after_gap: bool,
    /// Whether it is the first or last of a page.
    pub(crate) at_edge: bool,
}

/// The blocks of a text.
pub(crate) fn blocks(text: &str, limits: &Limits) -> Document {
    let mut notes = Vec::new();
    let (text, cut) = bounded(text, limits.characters_max);
    if cut {
        notes.push(format!(
            "The document is very long: only its first {} characters were read",
            limits.characters_max
        ));
    }
    let all = lines(text);
    let mut lines = furniture::without(all.clone());
    if lines.is_empty() {
        lines = all;
    }
    let wrap = wraps::width(&lines);
    let whole = wraps::Whole::of(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let (mark, words) = marks::split(&line.text);
        if words.is_empty() {
            before = Some(line);
            continue;
        }
        if let (Some(width), Some(above), Some(block)) = (wrap, before, blocks.last_mut())
            && mark == Mark::None
            && wraps::continues(above, line, width)
            && block.form != Form::Contents
        {
            whole.join(&mut block.text, words);
            before = Some(line);
            continue;
        }
        let form = match mark {
            Mark::Bullet => Form::Point,
            Mark::Heading => Form::Heading,
            Mark::Contents => Form::Contents,
            Mark::None => Form::Paragraph,
        };
        blocks.push(Block {
            form,
            text: words.to_owned(),
        });
        before = Some(line);
    }
    Document::of(blocks, notes)
}

/// White space single, nothing that can't be seen.
pub(crate) fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}')
    }) {
        if piece.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(piece.chars().filter(|c| *c != '\u{ad}'));
    }
    out
}

fn bounded(text: &str, characters_max: usize) -> (&str, bool) {
    match text.char_indices().nth(characters_max) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), true),
        None => (text, false),
    }
}

fn lines(text: &str) -> Vec<Line> {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{b}', '\u{2028}', '\u{2029}'], "\n");
    let mut lines: Vec<Line> = Vec::new();
    for (page_number, page) in text.split('\u{c}').enumerate() {
        let mut gap = true;
        let mut first = page_number > 0;
        let start = lines.len();
        for raw in page.split('\n') {
            let text = single_spaced(&without_leftovers(raw));
            if text.is_empty() {
                gap = true;
                continue;
            }
            lines.push(Line {
                text,
                after_gap: gap && !first,
                at_edge: false,
            });
            gap = false;
            first = false;
        }
        let paged = text.contains('\u{c}');
        let on_page = lines.len() - start;
        for (place, line) in lines.iter_mut().skip(start).enumerate() {
            line.at_edge = paged && (place < 3 || place + 3 >= on_page);
        }
    }
    lines
}

/// Marks that word processors leave in exported text ("[bookmark: _Toc1]").
fn without_leftovers(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("[bookmark:") {
        out.push_str(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Form, String)> {
        blocks(text, &Limits::default())
            .blocks
            .into_iter()
            .map(|b| (b.form, b.text))
            .collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_page_numbers_go() {
        let text = "1. Phones\n\nStaff put their phones into the tin on the shelf by the door when they\n\
            arrive and leave them there until the last child has gone home with the\nfamily, also in the garden \
            and on the way to the park and on the way home.\n\nLarkrise Online Safety\nPage 1 of 2\n\u{c}\
            Larkrise Online Safety\nPage 2 of 2\nA phone that rings is switched off by the room leader, who \
            also tells\nthe manager when it happens twice in the same week or for the third time in\nthat \
            month without a good reason that the team has been told of.\n";
        let found = read(text);
        let whole: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert!(
            whole
                .iter()
                .any(|t| t.starts_with("Staff put") && t.ends_with("way home.")),
            "{whole:?}"
        );
        assert!(!whole.iter().any(|t| t.contains("Page")), "{whole:?}");
        assert!(!whole.iter().any(|t| t.contains("Larkrise")), "{whole:?}");
    }

    #[test]
    fn list_marks_go_and_points_stay_apart() {
        let found =
            read("We will:\n• lock the door\n– count the tablets\n* tell Maya\no ring home\n");
        assert_eq!(
            found,
            [
                (Form::Paragraph, "We will:".to_owned()),
                (Form::Point, "lock the door".to_owned()),
                (Form::Point, "count the tablets".to_owned()),
                (Form::Point, "tell Maya".to_owned()),
                (Form::Point, "ring home".to_owned()),
            ]
        );
    }

    #[test]
    fn a_contents_page_is_set_apart() {
        let found = read(
            "Contents\n1 Aims ........ 2\n2 Phones……… 3\n3 Images . . . . . 4\n\nPhones stay in the tin.",
        );
        assert_eq!(
            found
                .iter()
                .filter(|(form, _)| *form == Form::Contents)
                .count(),
            4,
            "{found:?}"
        );
    }

    #[test]
    fn one_clause_on_each_line_stays_so() {
        let text = "sharing of personal data\naccess to unsuitable materials\nonline bullying\nStaff lock their phones away";
        assert_eq!(read(text).len(), 4);
    }
}
