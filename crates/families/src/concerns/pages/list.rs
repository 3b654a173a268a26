//! The cases that the reader is on.

use super::draw;
use crate::{
    concerns::{
        circle, handed, index, keeping,
        kinds::{KINDS, Kind},
        low_level,
        register::{Case, Written},
        transfer,
    },
    roles::role::Role,
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    choice::Choice,
    field::Field,
    filter::{Chosen, filter, filtered},
    navigation,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// Cases on one page.
const PAGE: usize = 50;

/// The cases.
pub(super) const CASES: Page = Page {
    path: "/concerns",
    title: "Concerns",
    menu: 15,
    help: "Report a concern here. Below are the cases that you are on: the newest first. A case that you are not on is not there for you, wherever you look.\nOpen a case to take it on, to write down what was seen, said, decided and done, and to close it.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

/// The cases that this reader is on, newest first.
pub(in crate::concerns) fn mine<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Case> {
    let (who, setting, today) = (view.who, view.setting, view.today);
    let on = move |case: &&Case| circle::is_on(who, case.number, setting, today);
    setting.concerns.cases().rev().filter(on)
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let kind = Kind::from_key(params.get("kind"));
    let words = params.get("words").to_lowercase();
    let which = params.get("which");
    let fits = |case: &&Case| {
        let open = match which {
            "closed" => case.is_closed(),
            "all" => true,
            _ => !case.is_closed(),
        };
        open && (kind.is_none() && words.is_empty() || {
            let report = draw::report(view, case);
            kind.is_none_or(|kind| report.kind == kind) && says(view, case, &words)
        })
    };
    let found: Vec<&Case> = mine(view).filter(fits).collect();
    let last = found.len().div_ceil(PAGE).max(1);
    let page = params.number::<usize>("page").unwrap_or(1).clamp(1, last);
    let shown = found.iter().skip((page - 1) * PAGE).take(PAGE);
    let on_any = mine(view).next().is_some();
    let to_page = |number: usize| {
        let number = number.to_string();
        address(
            "/concerns",
            &[
                ("which", which),
                ("kind", params.get("kind")),
                ("words", params.get("words")),
                ("page", &number),
            ],
        )
    };
    let rows: Vec<Vec<Markup>> = shown.map(|case| row(view, case)).collect();
    let content = html! {
        (text::h1("Concerns"))
        (buttons(html! {
            (button("Report a concern").to("/concerns/report"))
            @if on_any { (button("Figures").to("/concerns/figures").secondary()) }
        }))
        (text::paragraph(html! {
            (text::link("/concerns/sent", "What you have reported")) " · "
            (text::link("/concerns/complaints", "Complain or speak up")) " · "
            (text::link("/help-directory", "Find help"))
            @if view.has(&Need::Team) {
                " · " (text::link("/concerns/own-duty", "Your own duty to report"))
                " · " (text::link("/concerns/poster", "Poster for the wall"))
            }
            @if low_level::circle::roles(view.in_force).is_some() && view.has(&low_level::acts::need_to_tell()) {
                " · " (text::link("/concerns/low-level/tell", "Tell of a low-level concern"))
            }
            @if low_level::pages::has_page(view) { " · " (text::link("/concerns/low-level", "Low-level concerns")) }
            @if handed::pages::has_page(view) { " · " (text::link("/concerns/handed-over", "Reports for the committee")) }
            @if keeping::pages::has_page(view) { " · " (text::link("/concerns/let-go", "What was let go")) }
            @if transfer::pages::has_page(view) { " · " (text::link("/concerns/transfers", "Files that move")) }
        }))
        @if on_any || leads(view) {
            (text::h2("Cases"))
            (filtered(panel(params), html! {
                @if rows.is_empty() { (super::report::nothing("Here you see the cases that you are on. None fits what you chose.")) }
                @else {
                    (Table::new("Cases", ["Case", "Reported", "Kind", "About"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
                    (navigation::pagination(page, last, &to_page))
                }
            }))
        }
    };
    Shown::Page("Concerns".to_owned(), content)
}

fn leads(view: &View<'_>) -> bool {
    view.has(&Need::Holds(vec![Role::Lead, Role::DeputyLead]))
}

fn row(view: &View<'_>, case: &Case) -> Vec<Markup> {
    let report = draw::report(view, case);
    vec![
        html! {
            (text::link(&format!("/concerns/cases/{}", case.number), &case.reference))
            " " (state(case, report.danger))
        },
        text::text(case.at.in_words()),
        text::text(report.kind.in_words()),
        text::text(draw::about(view, &report)),
    ]
}

/// How a case stands, as a tag.
pub(super) fn state(case: &Case, danger: bool) -> Markup {
    match (&case.outcome, &case.taken) {
        (Some(_), _) => tag("Closed", Colour::Grey),
        (None, None) if danger => tag("Danger, not taken on", Colour::Red),
        (None, None) => tag("Not taken on", Colour::Yellow),
        (None, Some(_)) => tag("Open", Colour::Blue),
    }
}

/// Whether these words stand anywhere in a case.
fn says(view: &View<'_>, case: &Case, words: &str) -> bool {
    if words.is_empty() || case.reference.to_lowercase().contains(words) {
        return true;
    }
    let report = draw::report(view, case);
    let rows = draw::rows(view, &report);
    if rows
        .iter()
        .any(|(_, row)| row.to_lowercase().contains(words))
    {
        return true;
    }
    // Most notes are passed over without opening them.
    let open = |written: &Written| index::texts(view.keys, written);
    let mut held = case.index.may_hold(words, &case.notes, &open);
    held.any(|written| {
        written.moved.is_none() && open(written).iter().any(|said| said.contains(words))
    })
}

fn panel(params: &Params) -> Markup {
    let (which, kind, words) = (params.get("which"), params.get("kind"), params.get("words"));
    let mut chosen = Vec::new();
    if let Some(kind) = Kind::from_key(kind) {
        chosen.push(Chosen {
            words: kind.in_words().to_owned(),
            without: address("/concerns", &[("which", which), ("words", words)]),
        });
    }
    if !words.is_empty() {
        chosen.push(Chosen {
            words: words.to_owned(),
            without: address("/concerns", &[("which", which), ("kind", kind)]),
        });
    }
    let mut kinds = vec![Choice::new("", "Any kind")];
    kinds.extend(
        KINDS.iter().filter_map(|(key, _)| {
            Kind::from_key(key).map(|kind| Choice::new(*key, kind.in_words()))
        }),
    );
    let states = [("", "Open"), ("closed", "Closed"), ("all", "All")];
    let states: Vec<Choice> = states
        .into_iter()
        .map(|(key, words)| Choice::new(key, words))
        .collect();
    let fields = html! {
        (Field::new("words", "Words in the case").value(words).text())
        (Field::new("which", "Which").value(which).select(&states))
        (Field::new("kind", "Kind").value(kind).select(&kinds))
    };
    filter("/concerns", "/concerns", &chosen, fields)
}
