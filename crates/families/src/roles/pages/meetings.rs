//! Meetings of those who lead and the committee.

use super::{day, open, tabs, work};
use crate::{
    roles::{
        acts::{overseeing, reporting},
        register::Meeting,
    },
    spine::{
        page::{Page, Params, Shown},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::button,
    facts::{Fact, card, facts},
    guide::empty,
    text,
};
use maud::{Markup, html};

/// At most so many meetings are shown, the newest first.
const SHOWN_MAX: usize = 50;

pub(super) const PAGE: Page = Page {
    path: "/roles/meetings",
    title: "Meetings",
    menu: 0,
    help: "The lead and the committee member for safeguarding meet as often as our policy says. Record each meeting here: when it was, what you talked about, and what you agreed to do.\n\
        If our policy asks for it, each record also says whether the lead has enough time and means. What is missing goes to the committee.\n\
        Those who lead and the committee can read this page.",
    need: |_, _| overseeing(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _params: &Params) -> Shown {
    let mut meetings: Vec<&Meeting> = view.setting.roles.meetings().iter().collect();
    meetings.sort_by_key(|meeting| (meeting.on, meeting.number));
    let records = view.has(&reporting());
    let due = open(view, "roles.oversight", "meeting:");
    let content = html! {
        (text::h1("Meetings"))
        (tabs(view, "/roles/meetings"))
        (work("meeting", view, &due, &reporting()))
        @if records { (button("Record a meeting").to("/roles/meetings/record")) }
        @if meetings.is_empty() {
            (empty("Once the lead and a committee member have met, the record of it stands here.", None))
        }
        @for meeting in meetings.iter().rev().take(SHOWN_MAX) { (one(view, meeting)) }
    };
    Shown::Page("Meetings".to_owned(), content)
}

fn one(view: &View<'_>, meeting: &Meeting) -> Markup {
    let said = |words: &kernel::sealed::Private<String>| {
        view.open(words)
            .unwrap_or_else(|| "These words were erased.".to_owned())
    };
    let mut rows = vec![
        Fact::new("On", day(meeting.on)),
        Fact::new("Lead", view.name(meeting.lead)),
        Fact::new("Committee", view.name(meeting.with)),
        Fact::new("Talked about", said(&meeting.talked)),
    ];
    if let Some(agreed) = &meeting.agreed {
        rows.push(Fact::new("Agreed", said(agreed)));
    }
    let mut answers = view.setting.roles.answers().iter();
    if let Some(answer) = answers.find(|answer| answer.meeting == Some(meeting.number)) {
        let words = if answer.suffices { "Yes" } else { "No" };
        rows.push(Fact::new("Enough time and means", words));
    }
    card(
        format!(
            "Meeting {} on {}",
            meeting.number,
            date_in_words(meeting.on)
        ),
        facts(&rows),
    )
}
