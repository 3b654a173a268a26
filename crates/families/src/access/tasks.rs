//! The lines of this family on the list for somebody who leaves: each system outside of Stairgate
//! that they may use, each password that they knew, and each thing that they borrowed, with who is
//! to close it or take it back by when, and who did.

use super::{
    administrators::owner,
    register::systems::{Grant, System, gone_on},
};
use crate::{
    people::tasks::Task,
    roles::role::Role,
    spine::{act::Person, page::address, view::View},
};
use kernel::moment::{Moment, date_in_words};

/// What else is closed and taken back when somebody leaves.
#[must_use]
pub fn leaving(view: &View<'_>, person: Person) -> Vec<Task> {
    let systems = view.setting.access.systems();
    let mut tasks = Vec::new();
    for grant in systems.grants().filter(|grant| grant.person == person) {
        tasks.push(close(view, grant));
        if let Some(system) = systems.find(grant.system).filter(|one| one.one_password) {
            tasks.push(change(view, grant, system));
        }
    }
    for thing in systems.things().filter(|thing| thing.person == person) {
        let to = address(
            "/access-register/take-back",
            &[("thing", &thing.thing.to_string())],
        );
        let title = format!("Take back: {}", thing.what);
        let hint = match thing.back {
            Some(back) => format!("Back since {}", back.in_words()),
            None => by_whom(view, person, &Role::Manager),
        };
        tasks.push(Task::new(title, to, thing.back.is_some()).hint(hint));
    }
    tasks
}

fn close(view: &View<'_>, grant: &Grant) -> Task {
    let systems = view.setting.access.systems();
    let to = address(
        "/access-register/withdraw",
        &[("grant", &grant.grant.to_string())],
    );
    let title = format!("Close: {}", systems.name(grant.system));
    let hint = match grant.closed {
        Some((at, by)) => said("Closed", at, by, view),
        None => by_whom(view, grant.person, &owner(view.setting, view.today)),
    };
    Task::new(title, to, grant.closed.is_some()).hint(hint)
}

/// Whoever has left still knows a password that several people use together.
fn change(view: &View<'_>, grant: &Grant, system: &System) -> Task {
    let to = address(
        "/access-register/password",
        &[("system", &system.system.to_string())],
    );
    let title = format!("Change the password that they knew: {}", system.name);
    let since = system.changed.filter(|(at, ..)| {
        let closed = grant.closed.map(|(closed, _)| closed);
        closed.is_some_and(|closed| closed <= *at)
    });
    let hint = match since {
        Some((at, by, _)) => said("Changed", at, by, view),
        None => by_whom(view, grant.person, &owner(view.setting, view.today)),
    };
    Task::new(title, to, since.is_some()).hint(hint)
}

/// Who is to do it, and by when.
fn by_whom(view: &View<'_>, person: Person, role: &Role) -> String {
    let holders = view.setting.roles.holders(role, view.today);
    let names: Vec<String> = holders.iter().map(|one| view.name(*one)).collect();
    let who = if names.is_empty() {
        format!("The {}", role.in_words())
    } else {
        names.join(" or ")
    };
    match gone_on(view.setting, person, view.today) {
        Some(day) => format!("{who}, by {}", date_in_words(day)),
        None => format!("{who}, when the last day is recorded"),
    }
}

fn said(what: &str, at: Moment, by: Option<Person>, view: &View<'_>) -> String {
    match by {
        Some(by) => format!("{what} by {}, {}", view.name(by), at.in_words()),
        None => format!("{what}, {}", at.in_words()),
    }
}
