//! What changed between two texts, word by word: shown with marks and words, not colour alone.

use maud::{Markup, html};
use similar::{ChangeTag, TextDiff};

/// Texts longer than this, together, are compared line by line.
const WORDS_BYTES_MAX: usize = 40_000;

/// The second text with what was added to and taken out of the first.
#[must_use]
pub fn difference(before: &str, after: &str) -> Markup {
    if before == after {
        return html! { p class="sg-difference" { (after) } };
    }
    let diff = if before.len() + after.len() > WORDS_BYTES_MAX {
        TextDiff::from_lines(before, after)
    } else {
        TextDiff::from_unicode_words(before, after)
    };
    let runs = runs(&diff);
    html! {
        p class="sg-difference" {
            @for (tag, words) in &runs {
                @match tag {
                    ChangeTag::Equal => (words),
                    ChangeTag::Insert => ins { span class="govuk-visually-hidden" { "[added: " } (words) span class="govuk-visually-hidden" { "]" } },
                    ChangeTag::Delete => del { span class="govuk-visually-hidden" { "[taken out: " } (words) span class="govuk-visually-hidden" { "]" } },
                }
            }
        }
    }
}

/// What the marks mean, to stand above differences.
#[must_use]
pub fn difference_key() -> Markup {
    html! {
        p class="govuk-body-s sg-difference" {
            "Words that were " ins { "added" } " are underlined. Words that were " del { "taken out" } " are struck through."
        }
    }
}

/// Neighbouring changes of one kind, joined.
fn runs(diff: &TextDiff<'_, '_, str>) -> Vec<(ChangeTag, String)> {
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    runs
}
