//! Text made from PDF breaks its lines at the edge of the page: they are joined again.

use super::{Line, marks, sentences};
use std::collections::HashSet;

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

/// The words that stand unbroken in a document: they tell whether a hyphen at the end of a line is the word's own.
#[derive(Default)]
pub(crate) struct Whole(HashSet<String>);

impl Whole {
    /// The words of these lines, but for those that a line end breaks.
    pub(crate) fn of(lines: &[Line]) -> Whole {
        if !lines.iter().any(|line| line.text.ends_with('-')) {
            return Whole::default();
        }
        let words = lines
            .iter()
            .flat_map(|line| line.text.split(' '))
            .filter(|word| !word.ends_with('-'))
            .map(bare)
            .collect();
        Whole(words)
    }

    /// Whether "man-" and "ager" are one word: it stands whole elsewhere, and nowhere with a hyphen.
    fn is_one(&self, begin: &str, end: &str) -> bool {
        let (begin, end) = (bare(begin), bare(end));
        !self.0.contains(&format!("{begin}-{end}")) && self.0.contains(&format!("{begin}{end}"))
    }

    /// Adds a wrapped line: a word broken at a hyphen is made whole where it clearly is one.
    pub(crate) fn join(&self, text: &mut String, line: &str) {
        if !text.ends_with('-') || text.ends_with(" -") {
            text.push(' ');
        } else {
            let begin = text.rsplit(' ').next().unwrap_or_default();
            let end = line.split(' ').next().unwrap_or_default();
            if self.is_one(begin, end) {
                text.pop();
            }
        }
        text.push_str(line);
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line {
            text: text.to_owned(),
            after_gap: false,
            at_edge: false,
        }
    }

    #[test]
    fn a_word_broken_at_a_hyphen_is_whole_where_it_stands_whole_elsewhere() {
        let whole = Whole::of(&[
            line("Tell the manager. A well-known key is with the man-"),
            line("ager, and another well-"),
        ]);
        for (begin, end, found) in [
            ("Tell the man-", "ager, please", "Tell the manager, please"),
            ("a well-", "known key", "a well-known key"),
            ("of the pre-", "school", "of the pre-school"),
        ] {
            let mut text = begin.to_owned();
            whole.join(&mut text, end);
            assert_eq!(text, found);
        }
    }
}
