//! Pages and forms of this family, and what they share.

mod capacity;
mod forms;
mod meetings;
mod mine;
mod one;
mod reports;
mod who;

pub use forms::FORMS;

use super::{
    acts::overseeing,
    bearer::{Bearer, slug},
    lists::{self, List},
    role::Role,
};
use crate::spine::{act::Person, page::Page, permit::Need, standing::Owed, view::View};
use kernel::moment::{Date, date_in_words};
use kit::{
    navigation::sub_navigation,
    tag::{Colour, tag},
    tasks::{Task, tasks},
    text,
};
use maud::{Markup, html};

/// Its pages.
pub const PAGES: &[Page] = &[
    who::PAGE,
    mine::PAGE,
    meetings::PAGE,
    capacity::PAGE,
    one::PAGE,
    reports::PAGE,
    reports::DOCUMENT,
];

/// The parts of the subject, as far as the reader may see them.
fn tabs(view: &View<'_>, current: &str) -> Markup {
    let all = [
        ("/roles", "Who holds which role"),
        ("/roles/mine", "My roles"),
        ("/roles/meetings", "Meetings"),
        ("/roles/capacity", "Time and means"),
    ];
    let oversees = view.has(&overseeing());
    let seen = all
        .into_iter()
        .filter(|(href, _)| oversees || !is_for_overseers(href));
    let items: Vec<(&str, &str, bool)> = seen
        .map(|(href, words)| (href, words, href == current))
        .collect();
    sub_navigation("Roles", &items)
}

fn is_for_overseers(href: &str) -> bool {
    matches!(href, "/roles/meetings" | "/roles/capacity")
}

fn address(bearer: &Bearer) -> String {
    format!("/roles/{}", bearer.slug())
}

fn role_address(role: &Role) -> String {
    format!("/roles/{}", slug(role.key()))
}

/// The role or group of an address, among those that this setting knows.
fn at_address(view: &View<'_>, at: &str) -> Option<Bearer> {
    let roles = known_roles(view).into_iter().map(Bearer::Role);
    let groups = crate::people::group::Group::ALL
        .into_iter()
        .map(Bearer::Group);
    let mut all = roles.chain(groups).chain([Bearer::Everyone]);
    all.find(|bearer| bearer.slug() == at)
}

/// The roles that the program knows, and those that the policy or the register names.
fn known_roles(view: &View<'_>) -> Vec<Role> {
    let mut roles: Vec<Role> = Role::KNOWN.to_vec();
    let of_lists = lists::in_force(view.in_force);
    let listed = of_lists.iter().filter_map(|list| list.role().cloned());
    let required = view.in_force.find("roles.leads").map(|running| {
        let words = running
            .bound
            .values
            .get("roles")
            .map(kernel::value::Value::words);
        words.unwrap_or_default()
    });
    let required = required.unwrap_or_default();
    let required = required.iter().flat_map(|words| Role::read(words));
    let held = view
        .setting
        .roles
        .holdings()
        .iter()
        .map(|held| held.role.clone());
    for role in listed.chain(required).chain(held) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

/// What is owed and open under one of this family's controls, about what begins so.
fn open<'a>(view: &'a View<'_>, control: &str, about: &str) -> Vec<&'a Owed> {
    let fits = |owed: &&Owed| {
        owed.control == control
            && owed.duty.is_open(view.today)
            && owed.duty.about.starts_with(about)
    };
    view.standings.duties.iter().filter(fits).collect()
}

/// Open work as a list; each leads to where it is done when the reader has the need.
fn work(id: &str, view: &View<'_>, owed: &[&Owed], need: &Need) -> Markup {
    let may = view.has(need);
    let items: Vec<Task> = owed
        .iter()
        .map(|owed| {
            let duty = &owed.duty;
            let late = duty.is_late(view.today);
            let status = if late {
                tag("Late", Colour::Red)
            } else {
                tag("Due", Colour::Yellow)
            };
            let task = Task::new(view.words(&duty.what), status).hint(format!(
                "By {}: {}",
                date_in_words(duty.due),
                view.owner(&duty.owner)
            ));
            if may { task.at(duty.at.clone()) } else { task }
        })
        .collect();
    html! { @if !items.is_empty() { (tasks(id, &items)) } }
}

fn day(day: Date) -> Markup {
    text::time(&day.to_string(), date_in_words(day))
}

/// Whether somebody has read the list of a role, when it has one.
fn read_tag(view: &View<'_>, lists: &[List], person: Person, role: &Role) -> Markup {
    let Some(list) = lists.iter().find(|list| list.role() == Some(role)) else {
        return text::muted("No list");
    };
    if view.setting.roles.has_read(person, role, &list.digest()) {
        return tag("Read", Colour::Green);
    }
    tag("Not read yet", Colour::Yellow)
}
