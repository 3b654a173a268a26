//! Buttons: of a form, or as a link that looks like one.

use maud::{Markup, Render, html};

/// A button. Without `to` it sends the form that it stands in.
#[derive(Clone, Debug)]
pub struct Button {
    words: String,
    about: Option<String>,
    weight: Weight,
    sends: Option<(String, String)>,
    to: Option<String>,
    sends_to: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Primary,
    Secondary,
    Warning,
}

/// A button that sends its form: `button("Save")`.
#[must_use]
pub fn button(words: impl Into<String>) -> Button {
    Button {
        words: words.into(),
        about: None,
        weight: Weight::Primary,
        sends: None,
        to: None,
        sends_to: None,
    }
}

impl Button {
    /// For the less usual way on. One primary button on a page is enough.
    #[must_use]
    pub fn secondary(self) -> Button {
        Button {
            weight: Weight::Secondary,
            ..self
        }
    }

    /// For what can't be taken back.
    #[must_use]
    pub fn warning(self) -> Button {
        Button {
            weight: Weight::Warning,
            ..self
        }
    }

    /// More words for those who listen, where several buttons read the same.
    #[must_use]
    pub fn about(self, about: impl Into<String>) -> Button {
        Button {
            about: Some(about.into()),
            ..self
        }
    }

    /// Sends this name and value with the form, to tell which button was pressed.
    #[must_use]
    pub fn sends(self, name: impl Into<String>, value: impl Into<String>) -> Button {
        Button {
            sends: Some((name.into(), value.into())),
            ..self
        }
    }

    /// Sends the form to another address than the form's own.
    #[must_use]
    pub fn sends_to(self, action: impl Into<String>) -> Button {
        Button {
            sends_to: Some(action.into()),
            ..self
        }
    }

    /// Leads to a page instead of sending a form.
    #[must_use]
    pub fn to(self, href: impl Into<String>) -> Button {
        Button {
            to: Some(href.into()),
            ..self
        }
    }

    fn classes(&self) -> &'static str {
        match self.weight {
            Weight::Primary => "govuk-button",
            Weight::Secondary => "govuk-button govuk-button--secondary",
            Weight::Warning => "govuk-button govuk-button--warning",
        }
    }

    fn label(&self) -> Markup {
        html! {
            (self.words)
            @if let Some(about) = &self.about {
                span class="govuk-visually-hidden" { " " (about) }
            }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        if let Some(href) = &self.to {
            return html! {
                a href=(href) role="button" draggable="false" class=(self.classes())
                    data-module="govuk-button" { (self.label()) }
            };
        }
        let (name, value) = match &self.sends {
            Some((name, value)) => (Some(name), Some(value)),
            None => (None, None),
        };
        html! {
            button type="submit" name=[name] value=[value] formaction=[&self.sends_to]
                class=(self.classes()) data-module="govuk-button" data-prevent-double-click="true" {
                (self.label())
            }
        }
    }
}

/// Buttons and links side by side; on a phone below each other.
#[must_use]
pub fn buttons(content: impl Render) -> Markup {
    html! { div class="govuk-button-group" { (content) } }
}
