//! One role or group: what the policy asks of it, clause by clause, and who holds it.

use super::{address, at_address, day, forms::ACKNOWLEDGE, read_tag, tabs};
use crate::{
    roles::{
        acts::giving,
        bearer::Bearer,
        holding::Holding,
        lists::{self, List},
        report::document::sentence,
        role::Role,
    },
    spine::{
        draw,
        page::{Page, Params, Shown, encoded},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::button,
    refusal::clause_address,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/roles/{role}",
    title: "A role",
    menu: 0,
    help: "This page lists what our policy asks of a role or of a group. Each line leads to the clause that it comes from.\n\
        Whoever holds the role reads the list and says so with the button. When the policy changes the list, they are asked again.\n\
        Below the list you see who holds the role now and who held it before.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(bearer) = at_address(view, params.get("role")) else {
        return Shown::NotHere;
    };
    let title = sentence(&bearer.in_words());
    let lists = lists::in_force(view.in_force);
    let list = lists.iter().find(|list| list.bearer == bearer);
    let content = html! {
        (text::h1_with_caption("Roles", &title))
        (tabs(view, &address(&bearer)))
        @if let Some(list) = list {
            (text::h2(format!("What our policy asks of {}", bearer.in_a_sentence())))
            (items(list))
            (to_acknowledge(view, list))
        } @else {
            (text::paragraph("Our policy gives no list of responsibilities here."))
        }
        @if let Bearer::Role(role) = &bearer { (holders(view, &lists, role)) }
    };
    Shown::Page(title, content)
}

/// The list, under the headings of the policy.
pub(super) fn items(list: &List) -> Markup {
    let mut sections: Vec<(&str, Vec<Markup>)> = Vec::new();
    for item in &list.items {
        let line = if item.clause.is_empty() {
            text::text(&item.says)
        } else {
            text::link(&clause_address(&item.clause), &item.says)
        };
        match sections.last_mut() {
            Some((section, lines)) if *section == item.section => lines.push(line),
            _ => sections.push((&item.section, vec![line])),
        }
    }
    html! {
        @for (section, lines) in &sections {
            @if !section.is_empty() { (text::h3(section)) }
            (text::bullets(lines))
        }
    }
}

/// The button with which a holder of the role says that they have read the list.
pub(super) fn to_acknowledge(view: &View<'_>, list: &List) -> Markup {
    let (Some(role), Some(person)) = (list.role(), view.person()) else {
        return Markup::default();
    };
    let roles = &view.setting.roles;
    let mut held = roles.holdings_of(role).filter(|held| held.person == person);
    if !held.any(|held| held.is_on_or_ahead(view.today)) {
        return Markup::default();
    }
    let digest = list.digest();
    if roles.has_read(person, role, &digest) {
        return text::inset("You have read this list as it is now.");
    }
    let sends = [("role", role.key()), ("digest", digest.as_str())];
    let about = format!("for the role of {}", role.in_words());
    html! {
        (text::inset("You hold this role. Read the list; then say so. When the list changes, you are asked again."))
        (draw::press(&ACKNOWLEDGE, view, ACKNOWLEDGE.path, &sends, &about))
    }
}

fn holders(view: &View<'_>, lists: &[List], role: &Role) -> Markup {
    let all: Vec<&Holding> = view.setting.roles.holdings_of(role).collect();
    let (now, before): (Vec<&Holding>, Vec<&Holding>) = all
        .into_iter()
        .partition(|held| held.is_on_or_ahead(view.today));
    let may = view.has(&giving(role));
    html! {
        (text::h2("Who holds it"))
        @if now.is_empty() { (text::paragraph("Nobody holds this role.")) }
        @else { (table(view, lists, role, &now, "Who holds the role")) }
        @if may {
            (button("Give this role to somebody").to(format!("/roles/give?role={}", encoded(role.key()))).secondary())
        }
        @if !before.is_empty() {
            (text::h2("Who held it before"))
            (table(view, lists, role, &before, "Who held the role before"))
        }
    }
}

fn table(view: &View<'_>, lists: &[List], role: &Role, held: &[&Holding], caption: &str) -> Markup {
    let columns = [
        Column::words("Who"),
        Column::words("From"),
        Column::words("Until"),
        Column::words("List"),
    ];
    let mut table = Table::new(caption, columns)
        .caption_unseen()
        .first_cell_heads();
    for holding in held {
        let until = match holding.last_day() {
            _ if holding.is_empty() => text::muted("Taken back before it began"),
            Some(last) => day(last),
            None => Markup::default(),
        };
        table = table.row([
            text::text(view.name(holding.person)),
            day(holding.from),
            until,
            read_tag(view, lists, holding.person, role),
        ]);
    }
    html! { (table) }
}
