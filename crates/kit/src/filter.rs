//! Narrowing a list down, and searching it. Both end up in the address.

use crate::{button::button, form, text};
use maud::{Markup, Render, html};

/// Something that the list is narrowed down to, and the address without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its words.
    pub words: String,
    /// The address of the list without it.
    pub without: String,
}

/// A panel of fields that narrow a list down. `clear_at` is the address of the whole list.
#[must_use]
pub fn filter(action: &str, clear_at: &str, chosen: &[Chosen], fields: impl Render) -> Markup {
    html! {
        section class="moj-filter sg-filter" aria-label="Filter" {
            div class="moj-filter__header" {
                div class="moj-filter__header-title" { h2 class="govuk-heading-m" { "Filter" } }
            }
            div class="moj-filter__content" {
                @if !chosen.is_empty() {
                    div class="moj-filter__selected" {
                        div class="moj-filter__selected-heading" {
                            div class="moj-filter__heading-title" { h2 class="govuk-heading-s" { "Shown only" } }
                            div class="moj-filter__heading-action" { p { (text::link(clear_at, "Show all")) } }
                        }
                        ul class="moj-filter-tags" {
                            @for one in chosen {
                                li {
                                    a class="moj-filter__tag" href=(one.without) {
                                        span class="govuk-visually-hidden" { "Remove this filter: " } (one.words)
                                    }
                                }
                            }
                        }
                    }
                }
                div class="moj-filter__options" {
                    (form::asking_form(action, html! { (fields) (button("Apply filter").secondary()) }))
                }
            }
        }
    }
}

/// A panel on one side and the list on the other; on a phone the panel comes first, folded away.
#[must_use]
pub fn filtered(panel: impl Render, list: impl Render) -> Markup {
    html! {
        div class="sg-filtered" {
            div class="sg-filtered__panel" { (panel) }
            div class="sg-filtered__list" { (list) }
        }
    }
}

/// A box to search with.
#[must_use]
pub fn search_box(action: &str, label: &str, name: &str, value: &str) -> Markup {
    html! {
        search class="moj-search sg-search" {
            form action=(action) method="get" {
                div class="govuk-form-group" {
                    label class="govuk-label moj-search__label" for=(name) { (label) }
                    div class="sg-search__row" {
                        input class="govuk-input moj-search__input" id=(name) name=(name) type="search" value=(value);
                        (button("Search"))
                    }
                }
            }
        }
    }
}
