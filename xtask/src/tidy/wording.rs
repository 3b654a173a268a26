//! How Rust files begin, and words that are not to be in them.

use super::{
    Finding, Tree,
    code::{code_only, has_word, lines},
};

const UNSAFE: &str = "unsafe";

/// Not in code. Written in two halves, so that this file may hold them.
const NOT_IN_CODE: &[(&str, &str)] = &[
    (UNSAFE, "nothing here needs it"),
    (concat!("to", "do!"), "finish it, or leave it out"),
    (concat!("unimpl", "emented!"), "finish it, or leave it out"),
    (
        concat!("#[", "allow("),
        "say #[expect(lint, reason = \"…\")]",
    ),
    (
        concat!("#![", "allow("),
        "say #![expect(lint, reason = \"…\")]",
    ),
];

/// The one file that is not checked by the compiler: mapped files, with its reason.
const MAPPED: &str = "crates/gate/src/compiled/mapped.rs";

/// Nowhere at all, in small letters.
const NOWHERE: &[&str] = &[concat!("fix", "me"), concat!("coming ", "soon")];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &tree.files {
        for (number, line) in lines(&file.text) {
            let small = line.to_lowercase();
            for word in NOWHERE.iter().filter(|word| has_word(&small, word)) {
                let says = format!("'{word}': finish it, or leave it out");
                found.push(Finding::of("wording", file, Some(number), says));
            }
        }
        if !file.is_rust() {
            continue;
        }
        let code = code_only(&file.text);
        for (number, line) in lines(&code) {
            for (word, why) in NOT_IN_CODE.iter().filter(|(word, _)| has_word(line, word)) {
                if *word == UNSAFE && file.path == MAPPED {
                    continue;
                }
                let says = format!("'{word}': {why}");
                found.push(Finding::of("wording", file, Some(number), says));
            }
        }
        if !file.text.starts_with("//!") && !file.is_test() && !is_list(&code) {
            let says = "begins without '//!' and what it is for";
            found.push(Finding::of("wording", file, Some(1), says));
        }
    }
    found
}

/// Whether a file only lists modules.
fn is_list(code: &str) -> bool {
    code.split(';').map(str::trim).all(|item| {
        item.is_empty()
            || item
                .split_whitespace()
                .any(|word| matches!(word, "mod" | "use"))
                && !item.contains("fn ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(path: &str, text: &str) -> Vec<(Option<usize>, String)> {
        let found = check(&Tree::of(&[(path, text)]));
        found
            .into_iter()
            .map(|finding| (finding.line, finding.says))
            .collect()
    }

    #[test]
    fn each_word_that_is_not_to_be_in_code_is_found() {
        for (word, _) in NOT_IN_CODE {
            let found = says("a.rs", &format!("//! A.\n\n{word} x"));
            assert_eq!(found.len(), 1, "{word}");
            assert_eq!(found[0].0, Some(3));
        }
    }

    #[test]
    fn one_file_maps_files() {
        assert_eq!(says(MAPPED, "//! A.\n\nunsafe { x }"), []);
        assert_eq!(
            says("crates/gate/src/a.rs", "//! A.\n\nunsafe { x }").len(),
            1
        );
    }

    #[test]
    fn talking_about_them_is_fine() {
        assert_eq!(
            says(
                "a.rs",
                "//! Nothing unsafe.\nconst A: &str = \"unsafe\";\nfn unsafe_code() {}"
            ),
            []
        );
    }

    #[test]
    fn promises_are_found_in_any_file() {
        for word in NOWHERE {
            assert_eq!(
                says("a.md", &format!("# A\n{}: x", word.to_uppercase())).len(),
                1
            );
        }
    }

    #[test]
    fn a_file_that_does_not_say_what_it_is_for_is_found() {
        assert_eq!(says("a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(says("a/tests/b.rs", "fn a() {}\n"), []);
        assert_eq!(says("a/mod.rs", "mod b;\npub mod c;\nuse d::E;\n"), []);
    }
}
