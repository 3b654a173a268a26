//! Taking on and leaving as lists of things to do, each read from how things stand.

use super::{known, stay_forms};
use crate::{
    people::tasks::{self, LEAVING, Stands, TAKING_ON},
    spine::{
        act::Person,
        draw,
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{
    form::Problems,
    navigation,
    tag::{self, Colour},
    tasks::{Task, tasks},
    text,
};
use maud::{Markup, html};

/// Somebody is taken on.
pub(super) const TAKING_ON_PAGE: Page = Page {
    path: "/people/{person}/taking-on",
    title: "Taking somebody on",
    menu: 0,
    help: "Everything that is done before somebody works here, helps here or comes here, and how far it is. Nothing is ticked by hand: a line is done when what it asks for is there.\nDo the lines in any order. The name of a line leads to where it is done.",
    need: |_, _| Need::management(),
    lines: None,
    show: |view, params| {
        show(view, params, "Taking somebody on", |view, person| {
            list("taking-on", &tasks::all(TAKING_ON, view, person))
        })
    },
};

/// Somebody leaves.
pub(super) const LEAVING_PAGE: Page = Page {
    path: "/people/{person}/leaving",
    title: "Somebody is leaving",
    menu: 0,
    help: "Record the last day, and say when access ends: with the last day, or now. A last day that has passed ends it in any case.\nThe list says what else there is to do, and how far it is. Nothing is ticked by hand.",
    need: |_, _| Need::management(),
    lines: None,
    show: |view, params| {
        show(view, params, "Somebody is leaving", |view, person| {
            let form = &stay_forms::RECORD_LEAVING;
            let start = (form.start)(view, params);
            let action = format!("/people/{person}/leaving");
            html! {
                (list("leaving", &tasks::all(LEAVING, view, person)))
                (text::h2("Record the last day"))
                (draw::paragraphs(form.help))
                @if let Some(above) = start.above { (above) }
                (draw::form(form, view, &action, &start.answers, &Problems::none()))
            }
        })
    },
};

fn show(
    view: &View<'_>,
    params: &Params,
    title: &str,
    content: impl FnOnce(&View<'_>, Person) -> Markup,
) -> Shown {
    let Some(person) = known::person(view, params) else {
        return Shown::NotHere;
    };
    let name = view.name(person);
    let record = format!("/people/{person}");
    let content = html! {
        (navigation::breadcrumbs(&[("/people", "People"), (&record, &name)]))
        (known::identity(view, person))
        (text::h1(title))
        (content(view, person))
    };
    Shown::Page(format!("{title}: {name}"), content)
}

fn list(id: &str, all: &[tasks::Task]) -> Markup {
    let drawn: Vec<Task> = all
        .iter()
        .map(|task| {
            let (words, colour) = match task.stands {
                Stands::Done => ("Done", Colour::Green),
                Stands::ToDo => ("To do", Colour::Blue),
                Stands::IfNeeded => ("If needed", Colour::Grey),
                Stands::NotYet => ("Not yet", Colour::Grey),
            };
            let mut drawn = Task::new(&task.title, tag::tag(words, colour));
            if !task.hint.is_empty() {
                drawn = drawn.hint(&task.hint);
            }
            if task.stands == Stands::NotYet {
                return drawn;
            }
            drawn.at(&task.at)
        })
        .collect();
    tasks(id, &drawn)
}
