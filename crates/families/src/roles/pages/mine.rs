//! The roles of whoever reads, and what the policy asks of them.

use super::{address, one, tabs};
use crate::{
    roles::{
        bearer::Bearer,
        lists::{self, List},
        report::document::sentence,
        role::Role,
    },
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{guide::empty, text};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/roles/mine",
    title: "My roles",
    menu: 0,
    help: "Here you find the roles that you hold and what our policy asks of you in each of them.\n\
        Read each list and say so with its button. That is recorded with the day. If the policy changes a list, you are asked to read it again.\n\
        Below your roles you find what the policy asks of everyone in a group that you belong to.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, _params: &Params) -> Shown {
    let Some(person) = view.person() else {
        return Shown::NotHere;
    };
    let roles = view.setting.roles.roles_of(person, view.today);
    let lists = lists::in_force(view.in_force);
    let groups = view.setting.people.groups(person);
    let shared: Vec<&List> = lists
        .iter()
        .filter(|list| match &list.bearer {
            Bearer::Everyone => true,
            Bearer::Group(group) => groups.contains(group),
            Bearer::Role(_) => false,
        })
        .collect();
    let content = html! {
        (text::h1("My roles"))
        (tabs(view, "/roles/mine"))
        @if roles.is_empty() {
            (empty("You hold no role. When you are given one, what our policy asks of it is listed here.", None))
        }
        @for role in &roles { (one_role(view, role, &lists)) }
        @if !shared.is_empty() {
            (text::h2("What our policy asks of the groups that you belong to"))
            (text::bullets(&shared.iter().map(|list| {
                text::link(&address(&list.bearer), sentence(&list.bearer.in_words()))
            }).collect::<Vec<Markup>>()))
        }
    };
    Shown::Page("My roles".to_owned(), content)
}

fn one_role(view: &View<'_>, role: &Role, lists: &[List]) -> Markup {
    let list = lists.iter().find(|list| list.role() == Some(role));
    html! {
        (text::h2(sentence(&role.in_words())))
        @match list {
            Some(list) => { (one::items(list)) (one::to_acknowledge(view, list)) },
            None => (text::paragraph("Our policy gives this role no list of responsibilities.")),
        }
    }
}
