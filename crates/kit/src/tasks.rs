//! A list of things to do in any order, and how far each is.

use maud::{Markup, Render, html};

/// One thing to do.
#[derive(Clone, Debug)]
pub struct Task {
    title: String,
    href: Option<String>,
    hint: Option<String>,
    status: Markup,
}

impl Task {
    /// A task and how far it is: words, or a tag.
    #[must_use]
    pub fn new(title: impl Into<String>, status: impl Render) -> Task {
        Task {
            title: title.into(),
            href: None,
            hint: None,
            status: status.render(),
        }
    }

    /// Where it is done. Without it the task can't start yet.
    #[must_use]
    pub fn at(self, href: impl Into<String>) -> Task {
        Task {
            href: Some(href.into()),
            ..self
        }
    }

    /// More words under the title.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Task {
        Task {
            hint: Some(hint.into()),
            ..self
        }
    }
}

/// A list of tasks. `id` begins the ids of its parts.
#[must_use]
pub fn tasks(id: &str, tasks: &[Task]) -> Markup {
    html! {
        ul class="govuk-task-list" {
            @for (place, task) in tasks.iter().enumerate() { (one(&format!("{id}-{}", place + 1), task)) }
        }
    }
}

fn one(id: &str, task: &Task) -> Markup {
    let described = match task.hint {
        Some(_) => format!("{id}-hint {id}-status"),
        None => format!("{id}-status"),
    };
    let item = match task.href {
        Some(_) => "govuk-task-list__item govuk-task-list__item--with-link",
        None => "govuk-task-list__item",
    };
    let status = match task.href {
        Some(_) => "govuk-task-list__status",
        None => "govuk-task-list__status govuk-task-list__status--cannot-start-yet",
    };
    html! {
        li class=(item) {
            div class="govuk-task-list__name-and-hint" {
                @if let Some(href) = &task.href {
                    a class="govuk-link govuk-task-list__link" href=(href) aria-describedby=(described) { (task.title) }
                } @else { div { (task.title) } }
                @if let Some(hint) = &task.hint {
                    div id={ (id) "-hint" } class="govuk-task-list__hint" { (hint) }
                }
            }
            div class=(status) id={ (id) "-status" } { (task.status) }
        }
    }
}
