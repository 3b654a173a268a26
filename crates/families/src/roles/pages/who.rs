//! Who leads and how to reach them, who holds which role, and what is still to be filled.

use super::{address, day, known_roles, open, read_tag, role_address, tabs, work};
use crate::{
    roles::{
        acts::giving,
        bearer::Bearer,
        contacts,
        holding::Holding,
        lists::{self, List},
        report::{document::sentence, facts::VACANT},
        role::Role,
    },
    spine::{
        page::{Page, Params, Shown, encoded},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::button,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/roles",
    title: "Roles",
    menu: 40,
    help: "Here you see who leads on safeguarding and online safety, and how to reach them. The first of them also stands at the foot of each page.\n\
        Under “All roles” you see who holds each role. Open a role to read what our policy asks of whoever holds it.\n\
        The manager and the deputy manager give roles and end them. A role that the policy requires and nobody holds is work with a date until somebody has it. A role ends by itself when its holder leaves.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, _params: &Params) -> Shown {
    // Whoever may give any role may give this one.
    let gives = giving(&Role::Manager);
    let vacant = open(view, "roles.leads", VACANT);
    let lists = lists::in_force(view.in_force);
    let content = html! {
        (text::h1("Roles"))
        (tabs(view, "/roles"))
        (text::h2("Who to turn to"))
        (turn_to(view))
        @if !vacant.is_empty() {
            (text::h2("Roles to fill"))
            (work("vacant", view, &vacant, &gives))
        }
        (text::h2("All roles"))
        @if view.has(&gives) { (button("Give a role").to("/roles/give")) }
        (all(view, &lists))
        (groups(&lists))
    };
    Shown::Page("Roles".to_owned(), content)
}

fn turn_to(view: &View<'_>) -> Markup {
    let leads = view.setting.roles.contacts(view.today);
    if leads.is_empty() {
        return text::paragraph("Nobody leads yet. Turn to the manager.");
    }
    let columns = [
        Column::words("Who"),
        Column::words("Role"),
        Column::words("How to reach them"),
    ];
    let mut table = Table::new("Who to turn to", columns)
        .caption_unseen()
        .first_cell_heads();
    for contact in &leads {
        let may = Need::AnyOf(vec![Need::Oneself(contact.person), Need::management()]);
        let change = view
            .has(&may)
            .then(|| format!("/roles/reach?person={}", contact.person));
        let name = view.name(contact.person);
        let about = format!("how {name} is reached");
        table = table.row([
            text::text(&name),
            text::text(sentence(&contact.role.in_words())),
            html! {
                (contacts::reach(contact, view))
                @if let Some(href) = change { " " (text::link_about(&href, "Change", &about)) }
            },
        ]);
    }
    html! { (table) }
}

fn all(view: &View<'_>, lists: &[List]) -> Markup {
    let columns = [
        Column::words("Role"),
        Column::words("Who"),
        Column::words("From"),
        Column::words("Until"),
        Column::words("What it answers for"),
    ];
    let mut table = Table::new("All roles", columns)
        .caption_unseen()
        .first_cell_heads();
    for role in known_roles(view) {
        let held: Vec<&Holding> = view
            .setting
            .roles
            .holdings_of(&role)
            .filter(|held| held.is_on_or_ahead(view.today))
            .collect();
        if held.is_empty() {
            let empty = text::muted("Nobody");
            let nothing = Markup::default;
            table = table.row([named(&role), empty, nothing(), nothing(), nothing()]);
        }
        for holding in held {
            table = table.row(row(view, lists, &role, holding));
        }
    }
    html! { (table) }
}

fn row(view: &View<'_>, lists: &[List], role: &Role, holding: &Holding) -> [Markup; 5] {
    let name = view.name(holding.person);
    let may = view.has(&giving(role));
    let end = format!(
        "/roles/end?role={}&person={}",
        encoded(role.key()),
        holding.person
    );
    let about = format!("the role of {} for {name}", role.in_words());
    [
        named(role),
        text::text(name),
        day(holding.from),
        html! {
            @if let Some(last) = holding.last_day() { (day(last)) }
            @else if may { (text::link_about(&end, "End", &about)) }
        },
        read_tag(view, lists, holding.person, role),
    ]
}

fn named(role: &Role) -> Markup {
    text::link(&role_address(role), sentence(&role.in_words()))
}

/// The lists of groups.
fn groups(lists: &[List]) -> Markup {
    let links: Vec<Markup> = lists
        .iter()
        .filter(|list| !matches!(list.bearer, Bearer::Role(_)))
        .map(|list| text::link(&address(&list.bearer), sentence(&list.bearer.in_words())))
        .collect();
    html! {
        @if !links.is_empty() {
            (text::h2("What our policy asks of each of us"))
            (text::bullets(&links))
        }
    }
}
