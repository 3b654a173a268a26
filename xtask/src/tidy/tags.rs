//! Families draw with `kit`: no raw form tags in their markup, so that labels, hints and errors
//! can't be forgotten.

use super::{
    Finding, Tree,
    code::{code_only, is_word, lines},
};

const TAGS: &[&str] = &["input", "select", "button", "textarea"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree
        .files
        .iter()
        .filter(|file| file.is_rust() && file.path.starts_with("crates/families/"))
    {
        for (line, tag) in raw_tags(&code_only(&file.text)) {
            let says = format!("a raw '{tag}': draw it with a part of kit");
            found.push(Finding::of("tags", file, Some(line), says));
        }
    }
    found
}

/// Raw tags inside `html! { … }`: a tag's name where an element begins.
fn raw_tags(code: &str) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    let mut depth = 0_u32;
    let mut inside = false;
    // Whether the next word begins an element.
    let mut at_start = false;
    for (number, line) in lines(code) {
        for (word, after) in words(line) {
            if word == "html" && after.trim_start().starts_with('!') && depth == 0 {
                inside = true;
            }
            match word {
                "{" if inside => depth = depth.saturating_add(1),
                "}" if inside => {
                    depth = depth.saturating_sub(1);
                    inside = depth > 0;
                }
                _ => {}
            }
            if let Some(tag) = TAGS.iter().find(|tag| **tag == word)
                && at_start
                && depth > 0
                && !after.trim_start().starts_with("=>")
            {
                found.push((number, *tag));
            }
            at_start = inside && matches!(word, "{" | "}" | ";");
        }
    }
    found
}

/// The words and signs of a line, each with what comes after it.
fn words(line: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if is_word(first) {
            rest.find(|letter| !is_word(letter)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        found.push((word, after));
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(path: &str, text: &str) -> Vec<usize> {
        let found = check(&Tree::of(&[(path, text)]));
        found.iter().filter_map(|finding| finding.line).collect()
    }

    const PAGE: &str = "crates/families/src/images/pages/mod.rs";

    #[test]
    fn a_raw_tag_is_found_wherever_an_element_begins() {
        let text = "html! {\n  input type=\"text\";\n  div { select name=(x) { } }\n  p { } button.large { \"Go\" }\n}";
        assert_eq!(lines_found(PAGE, text), [2, 3, 4]);
        assert_eq!(lines_found(PAGE, "html!({ p; textarea { } })"), [1]);
    }

    #[test]
    fn a_name_in_rust_or_in_a_splice_is_no_tag() {
        let text = "let input = 1; html! { (input) p title=(select) { \"button\" } @if input { p { } } \
            @match select { button => p { }, } } fn f() { input; }";
        assert_eq!(lines_found(PAGE, text), [0; 0]);
    }

    #[test]
    fn kit_draws_them() {
        assert_eq!(
            lines_found("crates/kit/src/lib.rs", "html! { input; }"),
            [0; 0]
        );
    }
}
