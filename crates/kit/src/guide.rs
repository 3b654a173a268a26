//! What leads people through: steps, what to do and not to do, cards, duties, empty pages,
//! two things side by side, and whose page this is.

use crate::{button::button, icon, tag};
use maud::{Markup, Render, html};

/// Whose or which page this is, so that nobody writes on the wrong one. `facts`: "Born", "4 May 2023".
#[must_use]
pub fn identity_bar(title: impl Render, facts: &[(&str, &str)]) -> Markup {
    html! {
        div class="moj-identity-bar sg-identity" {
            div class="moj-identity-bar__container" {
                div class="moj-identity-bar__details" {
                    span class="moj-identity-bar__title" { (title) }
                    @for (key, value) in facts { span class="sg-identity__fact" { (key) ": " strong { (value) } } }
                }
            }
        }
    }
}

/// One step of a procedure.
#[derive(Clone, Debug)]
pub struct Step {
    /// What to do, as an instruction.
    pub title: String,
    /// How, and why.
    pub content: Markup,
    /// Its name in addresses of this page: `step-…`. Empty: it has none.
    pub place: String,
}

impl Step {
    /// A step.
    #[must_use]
    pub fn new(title: impl Into<String>, content: impl Render) -> Step {
        Step {
            title: title.into(),
            content: content.render(),
            place: String::new(),
        }
    }

    /// The same with a name by which addresses lead to it.
    #[must_use]
    pub fn named(self, name: &str) -> Step {
        Step {
            place: place(name),
            ..self
        }
    }
}

/// How a step is called in addresses of its page: `step-`, and the plain letters of its name.
#[must_use]
pub fn place(name: &str) -> String {
    let plain = name.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '-',
    });
    format!("step-{}", plain.collect::<String>())
}

/// Step by step.
#[must_use]
pub fn steps(steps: &[Step]) -> Markup {
    html! {
        ol class="sg-steps" {
            @for step in steps {
                li class="sg-steps__step" id=[Some(&step.place).filter(|place| !place.is_empty())] {
                    p class="sg-steps__title" { (step.title) }
                    div class="sg-steps__content" { (step.content) }
                }
            }
        }
    }
}

/// What to do.
#[must_use]
pub fn do_list<T: Render>(items: &[T]) -> Markup {
    html! {
        div class="sg-do" {
            p class="sg-do__title" { "Do" }
            ul class="sg-do__list" { @for item in items { li { (icon::tick()) span { (item) } } } }
        }
    }
}

/// What not to do: each begins with "do not".
#[must_use]
pub fn do_not_list<T: Render>(items: &[T]) -> Markup {
    html! {
        div class="sg-do sg-do--not" {
            p class="sg-do__title" { "Do not" }
            ul class="sg-do__list" { @for item in items { li { (icon::cross()) span { (item) } } } }
        }
    }
}

/// A card that leads somewhere.
#[derive(Clone, Debug)]
pub struct Card {
    /// Where it leads.
    pub href: String,
    /// Its title.
    pub title: String,
    /// What is there.
    pub content: Markup,
}

/// Cards beside each other.
#[must_use]
pub fn cards(cards: &[Card]) -> Markup {
    html! {
        ul class="sg-cards" {
            @for card in cards {
                li class="sg-card" {
                    h2 class="govuk-heading-s sg-card__title" { a class="govuk-link" href=(card.href) { (card.title) } }
                    div class="sg-card__content" { (card.content) }
                }
            }
        }
    }
}

/// A page that has nothing yet: what it is for, and the first step (address and words).
#[must_use]
pub fn empty(what_for: impl Render, first_step: Option<(&str, &str)>) -> Markup {
    html! {
        div class="sg-empty" {
            p class="govuk-body" { (what_for) }
            @if let Some((href, words)) = first_step { (button(words).to(href)) }
        }
    }
}

/// Two things side by side, each with its label: a document and what is suggested for it.
/// On a phone the second follows the first.
#[must_use]
pub fn side_by_side(
    left_label: &str,
    left: impl Render,
    right_label: &str,
    right: impl Render,
) -> Markup {
    html! {
        div class="sg-sides" {
            div class="sg-sides__side" role="group" aria-label=(left_label) { (left) }
            div class="sg-sides__side" role="group" aria-label=(right_label) { (right) }
        }
    }
}

/// Help beside a part of a page, folded away.
#[must_use]
pub fn help(content: impl Render) -> Markup {
    html! { div class="sg-hint" { (crate::text::details("What is this?", content)) } }
}

/// Something owed, as it stands on the Today page.
#[derive(Clone, Debug)]
pub struct DutyItem {
    /// What to do: "Review the policy".
    pub what: String,
    /// Who owes it, in words.
    pub owner: String,
    /// By when, in words: "by 4 December 2026", "since yesterday".
    pub by: String,
    /// Whether its day has passed.
    pub is_late: bool,
    /// The clause that it comes from: its words and its address.
    pub clause: Option<(String, String)>,
    /// Where it is done, and the words of the button.
    pub at: Option<(String, String)>,
}

/// Duties in the order given.
#[must_use]
pub fn duties(items: &[DutyItem]) -> Markup {
    html! { ul class="sg-duties" { @for item in items { (duty(item)) } } }
}

fn duty(item: &DutyItem) -> Markup {
    html! {
        li class={ "sg-duty" @if item.is_late { " sg-duty--late" } } {
            div class="sg-duty__words" {
                p class="sg-duty__what" { (item.what) }
                p class="sg-duty__when" {
                    @if item.is_late { (tag::tag("Late", tag::Colour::Red)) " " }
                    (item.by) " · " (item.owner)
                }
                @if let Some((words, href)) = &item.clause {
                    p class="sg-duty__clause" {
                        a class="govuk-link" href=(href) {
                            span class="govuk-visually-hidden" { "From our policy: " } "“" (words) "”"
                        }
                    }
                }
            }
            @if let Some((href, words)) = &item.at {
                div class="sg-duty__act" { (button(words).to(href).secondary().about(format!(": {}", item.what))) }
            }
        }
    }
}
