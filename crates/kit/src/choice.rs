//! Choices of radios, checkboxes and lists.

use crate::{field::Field, picture::picture, words::Words};
use maud::{Markup, html};

/// One choice.
#[derive(Clone, Debug)]
pub struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    hint: Option<String>,
    chosen: bool,
    pub(crate) is_disabled: bool,
    is_exclusive: bool,
    after_or: bool,
    reveals: Option<Markup>,
}

impl Choice {
    /// A choice: the value that is sent, and its words.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice {
            value: value.into(),
            label: label.into(),
            hint: None,
            chosen: false,
            is_disabled: false,
            is_exclusive: false,
            after_or: false,
            reveals: None,
        }
    }

    /// "Yes" and "No", sent as `yes` and `no`.
    #[must_use]
    pub fn yes_no() -> [Choice; 2] {
        [Choice::new("yes", "Yes"), Choice::new("no", "No")]
    }

    /// The same in another language.
    #[must_use]
    pub fn yes_no_in(words: &Words) -> [Choice; 2] {
        [
            Choice::new("yes", words.yes.as_ref()),
            Choice::new("no", words.no.as_ref()),
        ]
    }

    /// Words under it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Choice {
        Choice {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// Whether it is chosen to begin with. The field's own values count as well.
    #[must_use]
    pub fn chosen(self, chosen: bool) -> Choice {
        Choice { chosen, ..self }
    }

    /// Shown, but can't be chosen now.
    #[must_use]
    pub fn disabled(self) -> Choice {
        Choice {
            is_disabled: true,
            ..self
        }
    }

    /// "None of these": choosing it clears the others.
    #[must_use]
    pub fn exclusive(self) -> Choice {
        Choice {
            is_exclusive: true,
            after_or: true,
            ..self
        }
    }

    /// Comes after an "or".
    #[must_use]
    pub fn after_or(self) -> Choice {
        Choice {
            after_or: true,
            ..self
        }
    }

    /// Fields that belong to it, shown when it is chosen.
    #[must_use]
    pub fn reveals(self, content: Markup) -> Choice {
        Choice {
            reveals: Some(content),
            ..self
        }
    }

    pub(crate) fn is_chosen(&self, values: &[String]) -> bool {
        self.chosen || values.contains(&self.value)
    }
}

/// The radios of a field.
pub(crate) fn radios(field: &Field, choices: &[Choice], inline: bool) -> Markup {
    let more = if inline { " govuk-radios--inline" } else { "" };
    all(
        field,
        choices,
        &Kind {
            block: "govuk-radios",
            input: "radio",
            more,
        },
    )
}

/// The checkboxes of a field.
pub(crate) fn checkboxes(field: &Field, choices: &[Choice], small: bool) -> Markup {
    if small && choices.len() > MANY {
        return html! { div class="sg-many" { (boxes(field, choices, small)) } };
    }
    boxes(field, choices, small)
}

fn boxes(field: &Field, choices: &[Choice], small: bool) -> Markup {
    let more = if small {
        " govuk-checkboxes--small"
    } else {
        ""
    };
    all(
        field,
        choices,
        &Kind {
            block: "govuk-checkboxes",
            input: "checkbox",
            more,
        },
    )
}

/// More choices than this stand in a box of their own that scrolls, so that what comes after is near.
const MANY: usize = 12;

/// Large tiles to press, each with a picture.
pub(crate) fn pictures(field: &Field, choices: &[Choice]) -> Markup {
    html! {
        div class="sg-pictures" {
            @for (choice, place) in choices.iter().zip(1..) {
                @let id = if place == 1 { field.id.clone() } else { format!("{}-{place}", field.id) };
                div class="sg-pictures__item" {
                    input class="sg-pictures__input" id=(id) name=(field.name) type="checkbox" value=(choice.value)
                        checked[choice.is_chosen(&field.values)];
                    label class="govuk-label sg-pictures__label" for=(id) { (picture(&choice.value)) span { (choice.label) } }
                }
            }
        }
    }
}

struct Kind {
    block: &'static str,
    input: &'static str,
    more: &'static str,
}

fn all(field: &Field, choices: &[Choice], kind: &Kind) -> Markup {
    // An "or" takes a place in the count, as it does in govuk-frontend.
    let places = choices.iter().scan(0, |place, choice| {
        *place += if choice.after_or { 2 } else { 1 };
        Some(*place)
    });
    html! {
        div class={ (kind.block) (kind.more) } data-module=(kind.block) {
            @for (choice, place) in choices.iter().zip(places) {
                @if choice.after_or { div class={ (kind.block) "__divider" } { (field.words.or) } }
                (one(field, choice, kind, place))
            }
        }
    }
}

fn one(field: &Field, choice: &Choice, kind: &Kind, place: usize) -> Markup {
    let block = kind.block;
    let id = if place == 1 {
        field.id.clone()
    } else {
        format!("{}-{place}", field.id)
    };
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
    // Without a group around them, the field's own words belong to each box.
    let described = if field.label.is_empty() {
        field.described_by(hint_id.as_deref())
    } else {
        hint_id.clone()
    };
    let is_chosen = choice.is_chosen(&field.values);
    html! {
        div class={ (block) "__item" } {
            input class={ (block) "__input" } id=(id) name=(field.name) type=(kind.input)
                value=(choice.value) checked[is_chosen] disabled[choice.is_disabled]
                data-behaviour=[choice.is_exclusive.then_some("exclusive")]
                aria-describedby=[&described];
            label class={ "govuk-label " (block) "__label" } for=(id) { (choice.label) }
            @if let (Some(hint), Some(hint_id)) = (&choice.hint, &hint_id) {
                div id=(hint_id) class={ "govuk-hint " (block) "__hint" } { (hint) }
            }
        }
        @if let Some(content) = &choice.reveals {
            // Shown and hidden by the style sheet alone.
            div class={ (block) "__conditional sg-reveals" } { (content) }
        }
    }
}
