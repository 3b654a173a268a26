//! Ways around: back, up, sideways, and page by page.

use maud::{Markup, Render, html};

/// Back to where one came from.
#[must_use]
pub fn back_link(href: &str, words: impl Render) -> Markup {
    html! { a href=(href) class="govuk-back-link" { (words) } }
}

/// Where the page belongs: from the outermost inwards, each an address and words.
#[must_use]
pub fn breadcrumbs(places: &[(&str, &str)]) -> Markup {
    html! {
        nav class="govuk-breadcrumbs" aria-label="Breadcrumb" {
            ol class="govuk-breadcrumbs__list" {
                @for (href, words) in places {
                    li class="govuk-breadcrumbs__list-item" {
                        a class="govuk-breadcrumbs__link" href=(href) { (words) }
                    }
                }
            }
        }
    }
}

/// The parts of one subject, side by side: address, words, and whether we are there.
#[must_use]
pub fn sub_navigation(label: &str, items: &[(&str, &str, bool)]) -> Markup {
    html! {
        nav class="moj-sub-navigation" aria-label=(label) {
            ul class="moj-sub-navigation__list" {
                @for (href, words, current) in items {
                    li class="moj-sub-navigation__item" {
                        a class="moj-sub-navigation__link" aria-current=[current.then_some("page")] href=(href) { (words) }
                    }
                }
            }
        }
    }
}

/// Links to the sections of a long page.
#[must_use]
pub fn contents(items: &[(String, String)]) -> Markup {
    html! {
        nav class="sg-contents" aria-label="On this page" {
            h2 class="govuk-heading-s" { "On this page" }
            ol class="govuk-list" {
                @for (id, words) in items { li { a class="govuk-link" href={ "#" (id) } { (words) } } }
            }
        }
    }
}

/// Page by page: the first is 1. Nothing when there is only one.
#[must_use]
pub fn pagination(current: usize, last: usize, address: &dyn Fn(usize) -> String) -> Markup {
    html! {
        @if last > 1 {
            nav class="govuk-pagination" aria-label="Pagination" {
                @if current > 1 {
                    div class="govuk-pagination__prev" {
                        a class="govuk-link govuk-pagination__link" href=(address(current - 1)) rel="prev" {
                            (arrow("prev", "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"))
                            span class="govuk-pagination__link-title" {
                                "Previous" span class="govuk-visually-hidden" { " page" }
                            }
                        }
                    }
                }
                ul class="govuk-pagination__list" {
                    @for place in places(current, last) { (number(place, current, address)) }
                }
                @if current < last {
                    div class="govuk-pagination__next" {
                        a class="govuk-link govuk-pagination__link" href=(address(current + 1)) rel="next" {
                            span class="govuk-pagination__link-title" {
                                "Next" span class="govuk-visually-hidden" { " page" }
                            }
                            (arrow("next", "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"))
                        }
                    }
                }
            }
        }
    }
}

fn arrow(way: &str, path: &str) -> Markup {
    html! {
        svg class={ "govuk-pagination__icon govuk-pagination__icon--" (way) } xmlns="http://www.w3.org/2000/svg"
            height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13" {
            path d=(path) {}
        }
    }
}

fn number(place: Option<usize>, current: usize, address: &dyn Fn(usize) -> String) -> Markup {
    let Some(place) = place else {
        return html! { li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" } };
    };
    let is_current = place == current;
    html! {
        li class={ "govuk-pagination__item" @if is_current { " govuk-pagination__item--current" } } {
            a class="govuk-link govuk-pagination__link" href=(address(place))
                aria-label={ "Page " (place) } aria-current=[is_current.then_some("page")] { (place) }
        }
    }
}

/// The numbers to show: the ends, the current one and its neighbours; `None` where some are left out.
#[doc(hidden)]
#[must_use]
pub fn places(current: usize, last: usize) -> Vec<Option<usize>> {
    let mut shown = Vec::new();
    let mut before = 0;
    let near = current.saturating_sub(1)..=current.saturating_add(1);
    for place in std::iter::once(1).chain(near).chain(std::iter::once(last)) {
        if place <= before || place > last {
            continue;
        }
        if place == before + 2 {
            shown.push(Some(before + 1));
        } else if place > before + 1 {
            shown.push(None);
        }
        shown.push(Some(place));
        before = place;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_words(current: usize, last: usize) -> String {
        let shown = places(current, last);
        let words: Vec<_> = shown
            .iter()
            .map(|p| p.map_or("…".to_owned(), |p| p.to_string()))
            .collect();
        words.join(" ")
    }

    #[test]
    fn pagination_shows_the_ends_and_the_neighbours_and_leaves_out_no_single_page() {
        assert_eq!(in_words(1, 1), "1");
        assert_eq!(in_words(1, 9), "1 2 … 9");
        assert_eq!(in_words(3, 9), "1 2 3 4 … 9");
        assert_eq!(in_words(4, 9), "1 2 3 4 5 … 9");
        assert_eq!(in_words(5, 9), "1 … 4 5 6 … 9");
        assert_eq!(in_words(9, 9), "1 … 8 9");
        assert_eq!(in_words(50, 9), "1 … 9");
    }
}
