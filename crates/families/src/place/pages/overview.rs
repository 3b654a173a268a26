//! The way into everything that is set up once and looked after now and then.

use crate::spine::{
    page::{Page, Params, Shown},
    permit::Need,
    view::View,
};
use kit::{
    guide::{self, Card},
    text,
};
use maud::html;

/// The overview.
pub(super) const SETTINGS: Page = Page {
    path: "/settings",
    title: "Settings",
    menu: 70,
    help: "What is set up once and looked after now and then: what the setting is called, its terms and closures, who has an account, and what must not be erased.",
    need: |_, _| Need::leadership(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let card = |href: &str, title: &str, about: &str| Card {
        href: href.to_owned(),
        title: title.to_owned(),
        content: text::text(about),
    };
    let mut cards = Vec::new();
    if view.has(&Need::management()) {
        cards.push(card(
            "/settings/place",
            "The setting",
            "Its name, where in the United Kingdom it is, and how it is reached.",
        ));
    }
    cards.push(card(
        "/settings/terms",
        "Terms and closures",
        "When terms begin and end, and when the setting is closed. Deadlines follow these days.",
    ));
    if view.has(&Need::management()) {
        cards.push(card(
            "/settings/accounts",
            "Accounts",
            "Who can sign in, and when they last did.",
        ));
    }
    cards.push(card(
        "/settings/holds",
        "Holds",
        "Whose records must not be erased for now, and until when.",
    ));
    cards.push(card(
        "/rooms",
        "Rooms",
        "The rooms of the setting, and who is in them.",
    ));
    let content = html! {
        (text::h1("Settings"))
        (guide::cards(&cards))
    };
    Shown::Page("Settings".to_owned(), content)
}
