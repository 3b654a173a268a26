//! `kernel`, `kit` and `families` do no IO and know no `async`: what is outside is handed in.

use super::{
    Finding, Tree,
    code::{code_only, has_word, is_word, lines},
};

const PURE: &[&str] = &[
    "crates/kernel/src/",
    "crates/kit/src/",
    "crates/families/src/",
];
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "async",
    "tokio",
];
const MODULES: &[&str] = &["fs", "net", "process", "env"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let pure = tree.files.iter().filter(|file| {
        file.is_rust() && !file.is_test() && PURE.iter().any(|folder| file.path.starts_with(folder))
    });
    for file in pure {
        let code = code_only(&file.text);
        for (number, line) in lines(&code) {
            for word in OUTSIDE.iter().filter(|word| has_word(line, word)) {
                let says = format!("'{word}' in a crate that does no IO");
                found.push(Finding::of("rim", file, Some(number), says));
            }
        }
        for module in listed(&code) {
            let says = format!("'std::{module}' in a crate that does no IO");
            found.push(Finding::of("rim", file, None, says));
        }
    }
    found
}

/// Modules of the outside that are named in a list: `use std::{fs, fmt}`.
fn listed(code: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for list in code.split("std::{").skip(1) {
        let mut depth = 1_u32;
        let inside = |letter: &char| {
            depth = match letter {
                '{' => depth.saturating_add(1),
                '}' => depth.saturating_sub(1),
                _ => depth,
            };
            depth > 0
        };
        let list: String = list.chars().take_while(inside).collect();
        for item in list.split([',', '{']) {
            let item = item.trim_start();
            let name = item.split(|letter| !is_word(letter)).next();
            found.extend(MODULES.iter().filter(|module| name == Some(**module)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    const PAGE: &str = "crates/families/src/images/acts.rs";

    #[test]
    fn the_world_outside_is_found() {
        assert_eq!(count(PAGE, "use std::fs::read;"), 1);
        assert_eq!(count("crates/kernel/src/lib.rs", "async fn f() {}"), 1);
        assert_eq!(count("crates/kit/src/lib.rs", "tokio::spawn(x)"), 1);
    }

    #[test]
    fn a_list_of_modules_hides_nothing() {
        assert_eq!(
            count(
                PAGE,
                "use std::{\n    collections::{BTreeMap, BTreeSet},\n    fs,\n};"
            ),
            1
        );
        assert_eq!(
            count(PAGE, "use std::{fmt, collections::BTreeMap};\nlet fs = 1;"),
            0
        );
    }

    #[test]
    fn words_about_it_and_other_crates_are_fine() {
        assert_eq!(
            count(PAGE, "// no std::fs here\nconst A: &str = \"tokio\";"),
            0
        );
        assert_eq!(count("crates/ledger/src/lib.rs", "use std::fs::read;"), 0);
        assert_eq!(
            count(
                "crates/families/src/images/tests/mod.rs",
                "use std::fs::read;"
            ),
            0
        );
    }
}
