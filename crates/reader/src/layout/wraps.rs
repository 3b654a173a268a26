//! Text made from PDF breaks its lines at the edge of the page: they are joined again.

use super::{Line, marks, sentences};

/// The width at which the lines of a document are broken. `None`: a line is a paragraph.
pub(crate) fn width(lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    let place = lengths.len().saturating_sub(1) * 95 / 100;
    let width = *lengths.get(place)?;
    if !(40..=170).contains(&width) {
        return None;
    }
    let full = |line: &Line| line.text.chars().count() * 10 >= width * 8;
    let pairs = lines.windows(2).filter_map(|pair| match pair {
        [above, below] if full(above) && !below.after_gap => Some((above, below)),
        _ => None,
    });
    let (mut all, mut broken) = (0_usize, 0_usize);
    for (above, below) in pairs {
        all += 1;
        if runs_on(&above.text) && begins_small(&below.text) {
            broken += 1;
        }
    }
    (broken >= 2 && broken * 100 >= all * 35).then_some(width)
}

/// Whether `line` goes on with the sentence of the line above it.
pub(crate) fn continues(above: &Line, line: &Line, width: usize) -> bool {
    if !runs_on(&above.text) || marks::is_numbered_heading(&line.text) {
        return false;
    }
    let length = above.text.chars().count();
    let first_word = line
        .text
        .split(' ')
        .next()
        .map_or(0, |word| word.chars().count());
    let had_no_room = length + first_word + 1 >= width * 9 / 10;
    if begins_small(&line.text) {
        return had_no_room || !line.after_gap && length * 2 >= width;
    }
    !line.after_gap && had_no_room && !all_capitals(&above.text)
}

/// Adds a wrapped line: a word broken at a hyphen is made whole where it clearly is one.
pub(crate) fn join(text: &mut String, line: &str) {
    if !text.ends_with('-') || text.ends_with(" -") {
        text.push(' ');
    }
    text.push_str(line);
}

fn runs_on(text: &str) -> bool {
    !text.ends_with([':', ';']) && !sentences::ends(text)
}

fn begins_small(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_lowercase() || c == '(' || c.is_ascii_digit())
}

fn all_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}
