//! What people found closed and asked for, and what came of it.

use crate::{
    filter::{keeping, register::Request},
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many are shown.
const SHOWN_MAX: usize = 200;

/// The requests.
pub(super) const REQUESTS: Page = Page {
    path: "/filter/requests",
    title: "Requests to the filter",
    menu: 0,
    help: "What people found closed and need. Somebody who keeps the filter answers, never whoever asked. What is opened ends on a day, and is opened for those only who asked.",
    need: |_, _| Need::AnyOf(vec![Need::Team, keeping()]),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let keeps = view.has(&keeping());
    let mut all: Vec<&Request> = view
        .setting
        .filter
        .requests()
        .rev()
        .take(SHOWN_MAX)
        .collect();
    all.sort_by_key(|request| request.answer.is_some());
    let rows = all.iter().map(|request| {
        let number = request.asked.request.to_string();
        let own = request.by.is_some() && request.by == view.person();
        vec![
            text::text(&request.asked.site),
            text::text(request.asked.users.in_words()),
            text::text(&request.asked.why),
            text::text(request.by.map(|by| view.name(by)).unwrap_or_default()),
            text::text(date_in_words(request.at.date())),
            answer(view, request),
            html! {
                @if keeps && !own && request.answer.is_none() {
                    (text::link_about(&address("/filter/answer", &[("request", &number)]), "Answer", &request.asked.site))
                }
            },
        ]
    });
    let columns = [
        "Site", "For whom", "Why", "Asked by", "When", "Answer", "Change",
    ];
    let table = Table::new("Requests", columns.map(Column::words))
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    let content = html! {
        (super::around(view, "/filter/requests"))
        (text::h1("Requests to the filter"))
        (buttons(html! {
            (button("Ask for a site").to("/filter/request"))
            (button("Report a page").to("/filter/report").secondary())
        }))
        (text::h2("Should be open"))
        @if all.is_empty() {
            (guide::empty("Here you see what people found closed and asked for. Nobody has asked yet.", None))
        } @else { (table) }
        (super::reports::table(view))
    };
    Shown::Page("Requests to the filter".to_owned(), content)
}

fn answer(view: &View<'_>, request: &Request) -> Markup {
    let Some(answer) = &request.answer else {
        return tag("Waits", Colour::Blue);
    };
    let opened = answer
        .change
        .and_then(|number| view.setting.filter.change(number));
    let words = match opened {
        Some(change) => {
            let until = change.proposed.until.map(date_in_words).unwrap_or_default();
            format!("Open until {until}. {}", answer.why)
        }
        None => format!("It stays closed. {}", answer.why),
    };
    text::text(words)
}
