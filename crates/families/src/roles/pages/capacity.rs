//! Time and means of those who lead, and what they miss.

use super::{day, open, tabs, work};
use crate::{
    roles::{
        acts::{Act, overseeing},
        holding::Holding,
        register::Need as Missing,
        report::document::sentence,
        role::Role,
    },
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kernel::sealed::Private;
use kit::{
    button::{button, buttons},
    guide::empty,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/roles/capacity",
    title: "Time and means",
    menu: 0,
    help: "Here you see how many hours a week the lead, the deputies and the online safety lead have for this work, and what else they are given.\n\
        Each term, at the meeting where there is one, the lead says whether that is enough. What is missing becomes a need that the committee sees until it is met.\n\
        Those who lead and the committee can read this page.",
    need: |_, _| overseeing(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _params: &Params) -> Shown {
    let manages = view.has(&Need::management());
    let leads = view.has(&Need::leadership());
    let content = html! {
        (text::h1("Time and means"))
        (tabs(view, "/roles/capacity"))
        (work("set", view, &open(view, "roles.capacity", "set:"), &Need::management()))
        (set_aside(view))
        (buttons(html! {
            @if manages { (button("Set hours and means aside").to("/roles/capacity/set")) }
            @if leads { (button("Say whether they suffice").to("/roles/capacity/answer").secondary()) }
        }))
        (last_answer(view))
        (needs(view))
    };
    Shown::Page("Time and means".to_owned(), content)
}

fn set_aside(view: &View<'_>) -> Markup {
    let roles = &view.setting.roles;
    let supported =
        |held: &&Holding| Role::SUPPORTED.contains(&held.role) && held.is_on_or_ahead(view.today);
    let held: Vec<&Holding> = roles.holdings().iter().filter(supported).collect();
    if held.is_empty() {
        return empty(
            "Once somebody leads, the time that is set aside for it stands here.",
            Some(("/roles", "See who holds which role")),
        );
    }
    let columns = [
        Column::words("Who"),
        Column::words("Role"),
        Column::numbers("Hours a week"),
        Column::words("Means"),
    ];
    let mut table = Table::new("What is set aside", columns).first_cell_heads();
    for holding in held {
        let set = roles.capacity_of(holding.person, &holding.role);
        let means = set
            .and_then(|set| set.means.as_ref())
            .map(|means| said(view, means));
        table = table.row([
            text::text(view.name(holding.person)),
            text::text(sentence(&holding.role.in_words())),
            set.map_or_else(|| text::muted("Not said yet"), |set| text::text(set.hours)),
            text::text(means.unwrap_or_default()),
        ]);
    }
    html! { (table) }
}

fn last_answer(view: &View<'_>) -> Markup {
    let Some(answer) = view.setting.roles.answers().last() else {
        return Markup::default();
    };
    let who = answer
        .by
        .map_or_else(|| "Somebody".to_owned(), |by| view.name(by));
    let says = if answer.suffices {
        "suffice"
    } else {
        "do not suffice"
    };
    text::paragraph(html! {
        "On " (day(answer.at.date())) " " (who) " said that time and means " (says) "."
    })
}

fn needs(view: &View<'_>) -> Markup {
    let all = view.setting.roles.needs();
    if all.is_empty() {
        return Markup::default();
    }
    let columns = [
        Column::words("What is missing"),
        Column::words("Since"),
        Column::words("Standing"),
    ];
    let mut table = Table::new("What the leads miss or missed", columns).first_cell_heads();
    for need in all.iter().rev() {
        table = table.row([
            text::text(said(view, &need.what)),
            day(need.at.date()),
            how_it_stands(view, need),
        ]);
    }
    html! { (text::h2("Needs")) (table) }
}

fn how_it_stands(view: &View<'_>, need: &Missing) -> Markup {
    if let Some((how, _, at)) = &need.met {
        return html! { (tag("Met", Colour::Green)) " " (day(at.date())) ": " (said(view, how)) };
    }
    let act = Act::MeetNeed {
        need: need.number,
        how: String::new(),
    };
    let may = view.has(&act.need(view.setting));
    let href = format!("/roles/capacity/meet-need?need={}", need.number);
    html! {
        (tag("Open", Colour::Yellow))
        @if may { " " (text::link_about(&href, "Record how it was met", format!("for need {}", need.number))) }
    }
}

fn said(view: &View<'_>, words: &Private<String>) -> String {
    view.open(words)
        .unwrap_or_else(|| "These words were erased.".to_owned())
}
