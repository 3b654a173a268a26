//! Facts about one thing: what it is called, what it says, and how to change it.

use crate::text::link_about;
use maud::{Markup, Render, html};

/// One fact.
#[derive(Clone, Debug)]
pub struct Fact {
    key: String,
    value: Markup,
    actions: Vec<Action>,
}

#[derive(Clone, Debug)]
struct Action {
    href: String,
    words: String,
    about: String,
}

impl Fact {
    /// A fact.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Render) -> Fact {
        Fact {
            key: key.into(),
            value: value.render(),
            actions: Vec::new(),
        }
    }

    /// A way to change it: `.action("/rooms/3/name", "Change", "the name of the room")`.
    #[must_use]
    pub fn action(
        mut self,
        href: impl Into<String>,
        words: impl Into<String>,
        about: impl Into<String>,
    ) -> Fact {
        self.actions.push(Action {
            href: href.into(),
            words: words.into(),
            about: about.into(),
        });
        self
    }
}

/// A list of facts.
#[must_use]
pub fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl class="govuk-summary-list" {
            @for fact in facts {
                @let no_actions = fact.actions.is_empty() && facts.iter().any(|fact| !fact.actions.is_empty());
                div class={
                    "govuk-summary-list__row"
                    @if no_actions { " govuk-summary-list__row--no-actions" }
                } {
                    dt class="govuk-summary-list__key" { (fact.key) }
                    dd class="govuk-summary-list__value" { (fact.value) }
                    (actions(&fact.actions))
                }
            }
        }
    }
}

/// A card with a title around facts or other content.
#[must_use]
pub fn card(title: impl Render, content: impl Render) -> Markup {
    html! {
        div class="govuk-summary-card" {
            div class="govuk-summary-card__title-wrapper" {
                h2 class="govuk-summary-card__title" { (title) }
            }
            div class="govuk-summary-card__content" { (content) }
        }
    }
}

fn actions(actions: &[Action]) -> Markup {
    html! {
        @match actions {
            [] => {}
            [one] => dd class="govuk-summary-list__actions" { (link_about(&one.href, &one.words, &one.about)) },
            several => {
                dd class="govuk-summary-list__actions" {
                    ul class="govuk-summary-list__actions-list" {
                        @for action in several {
                            li class="govuk-summary-list__actions-list-item" {
                                (link_about(&action.href, &action.words, &action.about))
                            }
                        }
                    }
                }
            }
        }
    }
}
