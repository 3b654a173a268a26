//! What people are told: that use is monitored, by whom, why, and for how long it is kept; for everybody,
//! signed in or not, in their language, on the screen, on the wifi and on the wall.

use crate::{
    monitor::{NOTICE as CONTROL, USE, circle, controls::notice::words, keep_days},
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        tongue::Tongue,
        view::View,
    },
};
use kit::{
    document::{Block, Document},
    text,
};
use maud::{Markup, html};

const HELP: &str = "What is kept of what people ask for on the internet here, why, for how long, and who may look at it.\nYou can print it for the wall and for the wifi.";

/// What people are told.
pub(super) const NOTICE: Page = Page {
    path: "/monitor/notice",
    title: "The internet here is monitored",
    menu: 0,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show,
};

/// The same, for the wall.
pub(super) const PRINT: Page = Page {
    path: "/monitor/notice/print",
    title: "The internet here is monitored, for the wall",
    menu: 0,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show: print,
};

/// Whether anything is monitored by the policy in force, so that people are told.
fn is_monitored(view: &View<'_>) -> bool {
    [CONTROL, USE]
        .iter()
        .any(|control| view.in_force.find(control).is_some())
}

/// The line for the page on which people sign in; nothing where nothing is monitored.
#[must_use]
pub fn line_for_signing_in(view: &View<'_>) -> Markup {
    if !is_monitored(view) {
        return html! {};
    }
    text::small(html! {
        (view.say("monitor-sign-in")) " "
        (text::link("/monitor/notice", view.say("monitor-sign-in-more")))
    })
}

/// Who may look, in a language.
fn who(view: &View<'_>, tongue: Tongue) -> String {
    let roles: Vec<String> = circle::watching(view.setting)
        .iter()
        .map(|role| tongue.phrase(&role.in_words()))
        .collect();
    tongue.any_of(&roles)
}

/// What is said, a paragraph each.
fn says(view: &View<'_>, tongue: Tongue) -> Vec<String> {
    let days = keep_days(view.setting, view.in_force, view.today);
    let who = who(view, tongue);
    vec![
        tongue.say("monitor-notice-what"),
        tongue.say("monitor-notice-why"),
        tongue.say_with("monitor-notice-keep", &[("days", days.into())]),
        tongue.say_with("monitor-notice-who", &[("roles", (&who).into())]),
        tongue.say("monitor-notice-wifi"),
        tongue.say("monitor-notice-rights"),
    ]
}

/// What the policy says more, in its own words.
fn of_policy(view: &View<'_>, tongue: Tongue) -> Vec<(String, String)> {
    [
        ("reasons", "monitor-notice-reasons"),
        ("covers", "monitor-notice-covers"),
    ]
    .into_iter()
    .filter_map(|(param, id)| {
        let own = words(view.in_force, param);
        (!own.is_empty()).then(|| (tongue.say(id), own.join(", ")))
    })
    .collect()
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let tongue = view.tongue();
    let title = tongue.say("monitor-notice-title");
    let content = html! {
        (text::h1(&title))
        @if is_monitored(view) {
            @for words in says(view, tongue) { (text::paragraph(words)) }
            @for (head, words) in of_policy(view, tongue) {
                (text::paragraph(head))
                (text::inset(html! { (text::in_language("en", false, text::text(words))) }))
            }
            (text::paragraph(text::link("/monitor/notice/print", view.say("monitor-notice-print"))))
        } @else {
            (text::paragraph(view.say("monitor-notice-none")))
        }
        @if view.has(&Need::Team) {
            (text::paragraph(text::link("/monitor/mine", "What is kept about me")))
        }
    };
    Shown::Page(title, content)
}

fn print(view: &View<'_>, _: &Params) -> Shown {
    if !is_monitored(view) {
        return Shown::NotHere;
    }
    let tongue = view.tongue();
    let mut document = Document::new(tongue.say("monitor-notice-title"));
    document.subtitle = view.setting.place.name().to_owned();
    for words in says(view, tongue) {
        document = document.with(Block::Paragraph(words));
    }
    for (head, words) in of_policy(view, tongue) {
        document = document
            .with(Block::Paragraph(head))
            .with(Block::Note(words));
    }
    Shown::Document(Box::new(document))
}
