//! Nothing that is true of one machine only: its folders, or the hosts that its packages came from.

use super::{
    Finding, Tree,
    code::{is_word, lines},
};

/// Written in two halves, so that this file may hold them.
const PLACES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("../sha", "red"),
    concat!("resolved\": ", "\"http"),
    concat!("registry.", "npmjs"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("deb.", "debian.org"),
    concat!("files.", "pythonhosted"),
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &tree.files {
        for (number, line) in lines(&file.text) {
            for place in PLACES.iter().filter(|place| names(line, place)) {
                let says = format!("'{place}' is true of one machine only");
                found.push(Finding::of("places", file, Some(number), says));
            }
        }
    }
    found
}

/// Whether the line has the place; `/home/…` inside a longer path or word is another place.
fn names(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !place.starts_with('/')
            || !before
                .is_some_and(|letter| is_word(letter) || matches!(letter, '.' | '-' | '}' | ')'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_found() {
        for place in PLACES {
            let text = format!("fine\nsee {place}x");
            let found = check(&Tree::of(&[("a.json", &text)]));
            assert_eq!(found.len(), 1, "{place}");
            assert_eq!(found[0].line, Some(2));
        }
    }

    #[test]
    fn a_longer_path_is_another_place() {
        let text = concat!("docs/wo", "rk/plan.md and the crates.io registry");
        assert_eq!(check(&Tree::of(&[("a.md", text)])), []);
    }
}
