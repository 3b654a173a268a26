//! After somebody was added: what comes next for them, instead of a long list to look for them in.

use crate::{
    people::tasks::{self, Stands, TAKING_ON},
    spine::{
        act::Person,
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::button,
    guide, navigation,
    tasks::{Task, tasks},
    text,
};
use maud::html;

/// The most people that are shown.
const SHOWN: usize = 10;

/// Who was added today.
pub(super) const ADDED: Page = Page {
    path: "/people/added",
    title: "Added today",
    menu: 0,
    help: "Whom you have just added, and how much of taking them on is left. A line that needs nothing of you is not counted.",
    need: |_, _| Need::management(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let people = &view.setting.people;
    let is_new = |person: &Person| {
        let recorded = people.recorded(*person);
        recorded.is_some_and(|(_, at)| at.date() == view.today)
    };
    let mut new: Vec<Person> = people.all().filter(is_new).collect();
    // The newest first.
    new.sort_unstable_by(|one, other| other.cmp(one));
    new.truncate(SHOWN);
    let content = html! {
        (navigation::breadcrumbs(&[("/people", "People")]))
        (text::h1("Added today"))
        @if new.is_empty() {
            (guide::empty("Here you see who was added today. There is nobody yet.", Some(("/people/add", "Add a person"))))
        } @else {
            (tasks("added", &new.iter().map(|person| line(view, *person)).collect::<Vec<_>>()))
            (button("Add another person").to("/people/add"))
        }
    };
    Shown::Page("Added today".to_owned(), content)
}

fn line(view: &View<'_>, person: Person) -> Task {
    let open = tasks::all(TAKING_ON, view, person)
        .iter()
        .filter(|task| matches!(task.stands, Stands::ToDo | Stands::NotYet))
        .count();
    let status = match open {
        0 => "Nothing left to do".to_owned(),
        1 => "1 thing to do".to_owned(),
        open => format!("{open} things to do"),
    };
    Task::new(view.name(person), status)
        .at(format!("/people/{person}/taking-on"))
        .hint(view.setting.people.what_is(person))
}
