//! The way into everything that is set up once and looked after now and then.

use crate::spine::{
    page::{Page, Params, Shown},
    permit::Need,
    view::View,
};
use kit::{
    facts::{self, Fact},
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
        cards.push(card(
            "/settings/mail",
            "Messages to people",
            "How people are told that something waits for them, by mail and on their devices.",
        ));
        cards.push(card(
            "/settings/sign-in",
            "Signing in with a work account",
            "Whether people may sign in with an account that they have somewhere else, such as Microsoft or Google.",
        ));
        cards.push(card(
            "/settings/kiosks",
            "Kiosks",
            "The tablets at the door or on a table that nobody signs in to.",
        ));
    }
    cards.push(card(
        "/policy/controls",
        "What the policy sets",
        "Each control with its values, the clauses that they come from, and what is still to be chosen.",
    ));
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
        (text::h2("How the records are kept"))
        (facts::facts(&kept(view)))
        (text::paragraph(text::link("/help/backups", "What backups are and how to restore one")))
    };
    Shown::Page("Settings".to_owned(), content)
}

/// The last backup, rehearsal and checkpoint.
fn kept(view: &View<'_>) -> Vec<Fact> {
    let keeping = view.keeping;
    let backup = keeping
        .backup
        .as_ref()
        .map_or("None yet".to_owned(), |(at, place)| {
            format!("{}, in {place}", at.in_words())
        });
    let rehearsal = match &keeping.rehearsal {
        None => "None yet".to_owned(),
        Some((at, None)) => format!("{}: everything came back as it was", at.in_words()),
        Some((at, Some(why))) => format!("{}: it did not work. {why}", at.in_words()),
    };
    let checkpoint = keeping
        .checkpoint
        .as_ref()
        .map_or("None yet".to_owned(), |signed| {
            format!("{} entries: {}", signed.entries, signed.words)
        });
    let scans = if keeping.scans {
        "Scanned for viruses before they are kept, by ClamAV on this computer"
    } else {
        "Not scanned for viruses: ClamAV does not run on this computer. Their kind is checked all the same"
    };
    vec![
        Fact::new("Last backup", backup),
        Fact::new("Last rehearsal of a restore", rehearsal),
        Fact::new("Last signed checkpoint", checkpoint),
        Fact::new("Files that people hand in", scans),
    ]
}
