//! Headings, paragraphs, lists, links and other running text.
//! What is not `Markup` is escaped.

use maud::{Markup, Render, html};

/// Words as markup, escaped.
#[must_use]
pub fn text(words: impl Render) -> Markup {
    html! { (words) }
}

/// The title of the page. One on each page.
#[must_use]
pub fn h1(words: impl Render) -> Markup {
    html! { h1 class="govuk-heading-l" { (words) } }
}

/// The title of the page, with the smaller words that say where it belongs.
#[must_use]
pub fn h1_with_caption(caption: impl Render, words: impl Render) -> Markup {
    html! {
        span class="govuk-caption-l" { (caption) }
        h1 class="govuk-heading-l" { (words) }
    }
}

/// The title of a section.
#[must_use]
pub fn h2(words: impl Render) -> Markup {
    html! { h2 class="govuk-heading-m" { (words) } }
}

/// The title of a section that links can lead to.
#[must_use]
pub fn h2_at(id: &str, words: impl Render) -> Markup {
    html! { h2 class="govuk-heading-m" id=(id) { (words) } }
}

/// The title of a part of a section.
#[must_use]
pub fn h3(words: impl Render) -> Markup {
    html! { h3 class="govuk-heading-s" { (words) } }
}

/// The first sentence of a page, a little larger.
#[must_use]
pub fn lead(words: impl Render) -> Markup {
    html! { p class="govuk-body-l" { (words) } }
}

/// A paragraph.
#[must_use]
pub fn paragraph(words: impl Render) -> Markup {
    html! { p class="govuk-body" { (words) } }
}

/// Small print, such as where a figure comes from.
#[must_use]
pub fn small(words: impl Render) -> Markup {
    html! { p class="govuk-body-s" { (words) } }
}

/// Less important words within a line.
#[must_use]
pub fn muted(words: impl Render) -> Markup {
    html! { span class="sg-muted" { (words) } }
}

/// Important words within a line.
#[must_use]
pub fn strong(words: impl Render) -> Markup {
    html! { strong { (words) } }
}

/// Words for those who listen to the page, which others see from the context.
#[must_use]
pub fn unseen(words: impl Render) -> Markup {
    html! { span class="govuk-visually-hidden" { (words) } }
}

/// A list with bullets.
#[must_use]
pub fn bullets<T: Render>(items: &[T]) -> Markup {
    html! {
        @if !items.is_empty() {
            ul class="govuk-list govuk-list--bullet" { @for item in items { li { (item) } } }
        }
    }
}

/// A list with numbers.
#[must_use]
pub fn numbered<T: Render>(items: &[T]) -> Markup {
    html! {
        @if !items.is_empty() {
            ol class="govuk-list govuk-list--number" { @for item in items { li { (item) } } }
        }
    }
}

/// A list without marks.
#[must_use]
pub fn plain_list<T: Render>(items: &[T]) -> Markup {
    html! {
        @if !items.is_empty() {
            ul class="govuk-list" { @for item in items { li { (item) } } }
        }
    }
}

/// A link within text.
#[must_use]
pub fn link(href: &str, words: impl Render) -> Markup {
    html! { a class="govuk-link" href=(href) { (words) } }
}

/// A link whose words need more for those who listen: "Change" and, unseen, "the name of Robin".
#[must_use]
pub fn link_about(href: &str, words: impl Render, about: impl Render) -> Markup {
    html! {
        a class="govuk-link" href=(href) {
            (words) span class="govuk-visually-hidden" { " " (about) }
        }
    }
}

/// A link to a file to keep: `link_to_file("/policy.pdf", "The policy", "PDF")`.
#[must_use]
pub fn link_to_file(href: &str, words: impl Render, kind: &str) -> Markup {
    html! { a class="govuk-link" href=(href) download { (words) " (" (kind) ")" } }
}

/// Words set apart with a line at the side.
#[must_use]
pub fn inset(content: impl Render) -> Markup {
    html! { div class="govuk-inset-text" { (content) } }
}

/// Words that must not be missed.
#[must_use]
pub fn warning(words: impl Render) -> Markup {
    html! {
        div class="govuk-warning-text" {
            span class="govuk-warning-text__icon" aria-hidden="true" { "!" }
            strong class="govuk-warning-text__text" {
                span class="govuk-visually-hidden" { "Warning" } " "
                (words)
            }
        }
    }
}

/// More to read, folded away behind a line.
#[must_use]
pub fn details(summary: impl Render, content: impl Render) -> Markup {
    details_open(summary, content, false)
}

/// The same, open from the start or not.
#[must_use]
pub fn details_open(summary: impl Render, content: impl Render, open: bool) -> Markup {
    html! {
        details class="govuk-details" open[open] {
            summary class="govuk-details__summary" {
                span class="govuk-details__summary-text" { (summary) }
            }
            div class="govuk-details__text" { (content) }
        }
    }
}

/// The words of a clause or of a person, quoted, and where they stand.
#[must_use]
pub fn quote(words: impl Render, from: impl Render) -> Markup {
    html! {
        figure class="sg-quote" {
            blockquote { (words) }
            figcaption { (from) }
        }
    }
}

/// Words in another language, so that they are read out and hyphenated rightly.
/// `right_to_left` for Arabic, Urdu, Farsi, Hebrew and others.
#[must_use]
pub fn in_language(lang: &str, right_to_left: bool, content: impl Render) -> Markup {
    html! { div lang=(lang) dir=(if right_to_left { "rtl" } else { "ltr" }) { (content) } }
}

/// A thin line between parts.
#[must_use]
pub fn divider() -> Markup {
    html! { hr class="govuk-section-break govuk-section-break--m govuk-section-break--visible"; }
}

/// A day or moment in words, with the same for machines.
#[must_use]
pub fn time(machine: &str, words: impl Render) -> Markup {
    html! { time datetime=(machine) { (words) } }
}
