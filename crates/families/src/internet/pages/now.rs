//! What is open for children now: where, until when, and what can be reached at this moment.

use crate::{
    internet::register::Session,
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    form, guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// How many past openings are shown.
const PAST_MAX: usize = 200;

/// What is open now.
pub(super) const NOW: Page = Page {
    path: "/internet",
    title: "Internet with children",
    menu: 36,
    help: "Children’s devices have no internet until an adult opens it here. Choose the device or the room, what it is for, what is opened, and for how many minutes. It closes by itself.\nClose it when you are done, or when you go on a break.\nIf you or a child saw something that should not have been there, press “We saw something”: it closes at once, and the safeguarding lead is told.",
    need: |_, _| Need::Team,
    lines: None,
    show,
};

/// What was open before.
pub(super) const PAST: Page = Page {
    path: "/internet/before",
    title: "When it was open before",
    menu: 0,
    help: "When the internet was open for children, where, by whom and what for, the newest first.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::leadership()]),
    lines: None,
    show: show_past,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let open: Vec<&Session> = view.setting.internet.open(view.now).collect();
    let mine = open.iter().any(|session| session.by == view.person());
    let content = html! {
        (text::h1("Internet with children"))
        (buttons(html! {
            (button("Open the internet").to("/internet/open"))
            @if mine {
                (form::button_form("/internet/break", view.csrf, &[("act", "internet.go-on-break")], &button("I go on a break").secondary()))
            }
        }))
        @if open.is_empty() {
            (text::paragraph("Nothing is open now. Children’s devices reach nothing but help."))
        } @else {
            @for session in &open { (one(view, session)) }
        }
        (text::h2("Before you open it"))
        (guide::do_list(&[
            "look at what the children are going to see, all the way through",
            "remind them what to do when they see something odd: turn it over and tell you",
            "stay where you can see the screen",
        ]))
        (text::paragraph(html! {
            (text::link("/internet/sites", "Sites that were looked at")) " · "
            (text::link("/internet/minutes", "Minutes of rooms")) " · "
            (text::link("/internet/before", "When it was open before"))
        }))
    };
    Shown::Page("Internet with children".to_owned(), content)
}

fn one(view: &View<'_>, session: &Session) -> Markup {
    let number = session.number.to_string();
    let left = session.until.micros().saturating_sub(view.now.micros()) / 60_000_000;
    let left = match left {
        0 => "less than a minute left".to_owned(),
        1 => "1 minute left".to_owned(),
        more => format!("{more} minutes left"),
    };
    let until = session.until.in_words();
    let is_mine = session.by == view.person();
    let mut rows = vec![
        Fact::new("Open until", format!("{until}, {left}")),
        Fact::new("What for", &session.purpose),
        Fact::new("Opened by", adult(view, session)),
        Fact::new("Devices", devices(view, session)),
        Fact::new("Can be reached now", reachable(view, session)),
    ];
    rows.push(Fact::new("The adult is", session.near.in_words()));
    card(
        place(view, session),
        html! {
            (facts(&rows))
            (buttons(html! {
                (form::button_form("/internet/end", view.csrf, &[("act", "internet.end"), ("session", &number)], &button("Close it").about(place(view, session))))
                (button("We saw something").to(address("/filter/saw-something", &[("session", &number)])).warning().about(place(view, session)))
                @if is_mine {
                    (button("For longer").to(address("/internet/extend", &[("session", &number)])).secondary().about(place(view, session)))
                }
            }))
        },
    )
}

/// Who opened it.
pub(super) fn adult(view: &View<'_>, session: &Session) -> String {
    session
        .by
        .map_or_else(|| "somebody".to_owned(), |person| view.name(person))
}

/// Where it is open.
pub(super) fn place(view: &View<'_>, session: &Session) -> String {
    match (session.device, session.room) {
        (Some(device), _) => view.setting.devices.name(device).to_owned(),
        (None, Some(room)) => view.room(room),
        (None, None) => "Somewhere".to_owned(),
    }
}

fn devices(view: &View<'_>, session: &Session) -> String {
    let devices = session.devices(view.setting);
    if devices.is_empty() {
        return "None: out of use".to_owned();
    }
    let names: Vec<&str> = devices
        .iter()
        .map(|device| view.setting.devices.name(*device))
        .collect();
    names.join(", ")
}

fn reachable(view: &View<'_>, session: &Session) -> Markup {
    let internet = &view.setting.internet;
    let bundles = session
        .bundles
        .iter()
        .filter_map(|one| internet.bundle(*one));
    let mut all: Vec<String> = bundles
        .map(|bundle| format!("{}: {}", bundle.about.name, bundle.about.sites.join(", ")))
        .collect();
    if let (true, Some(tool)) = (session.searching, internet.tool()) {
        all.push(format!("Searching with {}", tool.chosen.tool));
    }
    if session.filtered {
        all.push("What the filter lets through for children".to_owned());
    }
    text::bullets(&all)
}

fn show_past(view: &View<'_>, _: &Params) -> Shown {
    let past = view.setting.internet.sessions().rev();
    let past = past
        .filter(|session| !session.is_open(view.now))
        .take(PAST_MAX);
    let rows: Vec<Vec<Markup>> = past
        .map(|session| {
            let (how, end) = session
                .ended
                .map_or(("Its time was over", session.until), |(how, at)| {
                    (how.in_words(), at)
                });
            let minutes = end.micros().saturating_sub(session.from.micros()) / 60_000_000;
            vec![
                text::text(session.from.in_words()),
                text::text(place(view, session)),
                text::text(adult(view, session)),
                text::text(&session.purpose),
                text::text(minutes),
                text::text(how),
            ]
        })
        .collect();
    let columns = [
        Column::words("From"),
        Column::words("Where"),
        Column::words("Adult"),
        Column::words("What for"),
        Column::numbers("Minutes"),
        Column::words("How it ended"),
    ];
    let content = html! {
        (navigation::breadcrumbs(&[("/internet", "Internet with children")]))
        (text::h1("When it was open before"))
        @if rows.is_empty() {
            (guide::empty("Here you see when the internet was open for children. It was not yet.", Some(("/internet", "Internet with children"))))
        } @else {
            (Table::new("When it was open", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("When it was open before".to_owned(), content)
}
