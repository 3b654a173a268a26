//! Forms, what is wrong in them, and groups of fields.

use crate::{
    button::Button,
    words::{ENGLISH, Words},
};
use maud::{Markup, Render, html};

/// The name of the hidden field that proves that a form was sent from our own page.
pub const CSRF_FIELD: &str = "csrf";

/// Something wrong in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the field, or empty when it is about the whole form.
    pub field: String,
    /// What is wrong and how to put it right, without a full stop: "Enter a date in the past".
    pub says: String,
}

/// All that is wrong in a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// A form with nothing wrong.
    #[must_use]
    pub fn none() -> Problems {
        Problems::default()
    }

    /// Adds one.
    pub fn add(&mut self, field: impl Into<String>, says: impl Into<String>) {
        self.0.push(Problem {
            field: field.into(),
            says: says.into(),
        });
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.says.as_str())
    }
}

/// What is wrong, at the top of the page, each leading to its field. Nothing when nothing is wrong.
#[must_use]
pub fn error_summary(problems: &Problems) -> Markup {
    error_summary_in(ENGLISH, problems)
}

/// The same, with the words of another language around it.
#[must_use]
pub fn error_summary_in(words: &Words, problems: &Problems) -> Markup {
    html! {
        @if !problems.is_empty() {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { (words.problem) }
                    div class="govuk-error-summary__body" {
                        ul class="govuk-list govuk-error-summary__list" {
                            @for problem in &problems.0 {
                                li {
                                    @if problem.field.is_empty() { (problem.says) }
                                    @else { a href={ "#" (problem.field) } { (problem.says) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A form that sends what was filled in.
#[must_use]
pub fn form(action: &str, csrf: &str, content: impl Render) -> Markup {
    html! {
        form action=(action) method="post" novalidate {
            (hidden(CSRF_FIELD, csrf))
            (content)
        }
    }
}

/// A form with files.
#[must_use]
pub fn upload_form(action: &str, csrf: &str, content: impl Render) -> Markup {
    html! {
        form action=(action) method="post" enctype="multipart/form-data" novalidate {
            (hidden(CSRF_FIELD, csrf))
            (content)
        }
    }
}

/// A form that only asks: its fields end up in the address, so that it can be kept and shared.
#[must_use]
pub fn asking_form(action: &str, content: impl Render) -> Markup {
    html! { form action=(action) method="get" novalidate { (content) } }
}

/// A form of one button, with values that go along.
#[must_use]
pub fn button_form(action: &str, csrf: &str, sends: &[(&str, &str)], button: &Button) -> Markup {
    html! {
        form class="sg-button-form" action=(action) method="post" novalidate {
            (hidden(CSRF_FIELD, csrf))
            @for (name, value) in sends { (hidden(name, value)) }
            (button)
        }
    }
}

/// A value that goes along unseen.
#[must_use]
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A field that people do not see and programs fill in: what comes with it is asked again.
#[must_use]
pub fn trap(name: &str, label: &str) -> Markup {
    html! {
        div class="sg-trap" aria-hidden="true" {
            label for=(name) { (label) }
            input id=(name) name=(name) type="text" tabindex="-1" autocomplete="off";
        }
    }
}

/// Fields that belong together, under a heading.
#[must_use]
pub fn fieldset(legend: impl Render, content: impl Render) -> Markup {
    html! {
        fieldset class="govuk-fieldset" {
            legend class="govuk-fieldset__legend govuk-fieldset__legend--m" { (legend) }
            (content)
        }
    }
}
