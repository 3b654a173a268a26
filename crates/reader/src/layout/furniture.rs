//! Page numbers, running heads and feet: they stand on every page and say nothing.

use super::Line;
use std::collections::HashMap;

/// A line that stands this often beside page edges is furniture.
const OFTEN: usize = 3;

/// The lines without page furniture.
pub(crate) fn without(lines: Vec<Line>) -> Vec<Line> {
    let beside = beside_pages(&lines);
    let mut often: HashMap<String, usize> = HashMap::new();
    for (line, beside) in lines.iter().zip(&beside) {
        if *beside && may_run(&line.text) {
            *often.entry(shape(&line.text)).or_default() += 1;
        }
    }
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut dropped = false;
    for (line, beside) in lines.into_iter().zip(beside) {
        let runs = beside
            && often
                .get(&shape(&line.text))
                .is_some_and(|n| *n >= OFTEN || (*n >= 2 && line.at_edge));
        if is_page_number(&line.text) || (runs && may_run(&line.text)) {
            dropped = true;
            continue;
        }
        // The space around a page number is no space between paragraphs.
        let after_gap = line.after_gap && (!dropped || kept.is_empty());
        kept.push(Line { after_gap, ..line });
        dropped = false;
    }
    kept
}

/// Whether each line is near a page's edge, or near a page number.
fn beside_pages(lines: &[Line]) -> Vec<bool> {
    let mut beside: Vec<bool> = lines.iter().map(|line| line.at_edge).collect();
    for (place, line) in lines.iter().enumerate() {
        if is_page_number(&line.text) {
            for near in beside.iter_mut().skip(place.saturating_sub(2)).take(5) {
                *near = true;
            }
        }
    }
    beside
}

/// Sentences and points of lists are said again on purpose; running heads are short and have no full stop.
fn may_run(text: &str) -> bool {
    text.len() <= 120 && !text.ends_with(['.', ';', ':', ','])
}

fn shape(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<String>()
        .to_lowercase()
}

/// "7", "Page 7", "Page 7 of 12", "- 7 -", "7 | Page".
pub(crate) fn is_page_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.len() > 24 || !lower.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let rest: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && !part.chars().all(|c| c.is_ascii_digit()))
        .collect();
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    match rest.as_slice() {
        [] => {
            digits <= 3
                && lower
                    .chars()
                    .all(|c| c.is_ascii_digit() || " -–—|/[]()".contains(c))
        }
        ["page" | "p" | "pg"] | ["page" | "p" | "pg", "of"] | ["of"] => digits <= 8,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_numbers_that_matter() {
        for page in [
            "7",
            "Page 7",
            "page 7 of 12",
            "- 7 -",
            "7 | Page",
            "Page | 3",
            "3/12",
        ] {
            assert!(is_page_number(page), "{page}");
        }
        for other in ["999", "0808 800 5000", "Room 7", "24 hours", "2018/2019"] {
            assert_eq!(is_page_number(other), other == "999", "{other}");
        }
    }
}
