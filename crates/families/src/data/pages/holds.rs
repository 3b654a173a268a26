//! Whose records must not be erased for now, why, and when that is looked at again.

use crate::{
    data::register::Hold,
    people::pages::known,
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    guide, navigation,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::html;

/// The holds.
pub(super) const HOLDS: Page = Page {
    path: "/settings/holds",
    title: "Holds",
    menu: 0,
    help: "A hold stops the erasure of what is kept about a person: for a concern, a complaint, a request of the police or a court. Each has a day on which somebody looks at it again.\nSet or lift a hold on the record of the person. Managers and safeguarding leads see this page, nobody else.",
    need: |_, _| Need::leadership(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let mut all: Vec<(String, u32, &Hold)> = view
        .setting
        .data
        .holds()
        .filter(|(person, _)| known::sees(view, *person))
        .map(|(person, hold)| (view.name(person), person.0, hold))
        .collect();
    all.sort_by_key(|(_, person, hold)| (hold.review, *person));
    let columns = ["Person", "Why", "Looked at again on", "Entry"].map(Column::words);
    let rows = all.iter().map(|(name, person, hold)| {
        let late = hold.review <= view.today;
        let review = html! {
            (date_in_words(hold.review))
            @if late { " " (tag("Look at it now", Colour::Red)) }
        };
        vec![
            text::link(&format!("/people/{person}"), name),
            text::text(view.open(&hold.why).unwrap_or_default()),
            review,
            text::link(&format!("/activity/{}", hold.seq), hold.seq),
        ]
    });
    let table = Table::new("Holds", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    let content = html! {
        (navigation::breadcrumbs(&[("/settings", "Settings")]))
        (text::h1("Holds"))
        @if all.is_empty() {
            (guide::empty("Here you see whose records must not be erased for now. There is no hold. Set one on the record of the person.", Some(("/people", "People"))))
        } @else { (table) }
    };
    Shown::Page("Holds".to_owned(), content)
}
