//! The calendar: terms, closures, and the bank holidays of the nation for the year ahead.

use crate::spine::{
    page::{Page, Params, Shown, address},
    permit::Need,
    view::View,
};
use jiff::ToSpan;
use kernel::{
    calendar::{Calendar, Closure, Term},
    moment::{Date, date_in_words},
};
use kit::{
    button::button,
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The calendar.
pub(super) const TERMS: Page = Page {
    path: "/settings/terms",
    title: "Terms and closures",
    menu: 0,
    help: "Deadlines that are counted in terms or working days follow this calendar. Weekends and the bank holidays of your nation are known already; add terms, and days on which the setting is closed.\nA manager or deputy manager changes the calendar. Everybody who signs in can see it.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let calendar = view.setting.place.calendar();
    let manages = view.has(&Need::management());
    let content = html! {
        @if view.has(&Need::leadership()) { (navigation::breadcrumbs(&[("/settings", "Settings")])) }
        (text::h1("Terms and closures"))
        (today(view, calendar))
        (text::h2("Terms"))
        (terms(&calendar.terms, manages))
        (text::h2("Closures"))
        (closures(&calendar.closures, view.today, manages))
        (text::h2(format!("Bank holidays in {} in the year ahead", calendar.nation.in_words())))
        (bank_holidays(calendar, view.today))
    };
    Shown::Page("Terms and closures".to_owned(), content)
}

fn today(view: &View<'_>, calendar: &Calendar) -> Markup {
    let day = date_in_words(view.today);
    let term = calendar
        .terms
        .iter()
        .find(|term| term.first <= view.today && view.today <= term.last);
    let open = if calendar.is_open(view.today) {
        "The setting is open today"
    } else {
        "The setting is closed today"
    };
    let within = term.map_or_else(
        || "no term is recorded for today".to_owned(),
        |term| format!("it is {}", term.name),
    );
    text::lead(format!("{open}, {day}; {within}."))
}

fn terms(terms: &[Term], manages: bool) -> Markup {
    let first = manages.then_some(("/settings/terms/set", "Add a term"));
    if terms.is_empty() {
        let words = "Here you see when terms begin and end. No term is recorded yet. Until there is one, a policy that says “every term” is counted in the terms that are usual in your nation.";
        return guide::empty(words, first);
    }
    let mut columns = vec![
        Column::words("Term"),
        Column::words("First day"),
        Column::words("Last day"),
    ];
    if manages {
        columns.push(Column::words("Change"));
    }
    let rows = terms.iter().rev().map(|term| {
        let mut row = vec![
            text::text(&term.name),
            text::text(date_in_words(term.first)),
            text::text(date_in_words(term.last)),
        ];
        if manages {
            let first = term.first.to_string();
            let last = term.last.to_string();
            let change = [("name", term.name.as_str()), ("first", &first), ("last", &last)];
            row.push(html! {
                (text::link_about(&address("/settings/terms/set", &change), "Change", &term.name))
                " "
                (text::link_about(&address("/settings/terms/remove", &[("first", &first)]), "Take out", &term.name))
            });
        }
        row
    });
    let table = Table::new("Terms", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    html! {
        (table)
        @if manages { (button("Add a term").to("/settings/terms/set").secondary()) }
    }
}

fn closures(closures: &[Closure], today: Date, manages: bool) -> Markup {
    let first = manages.then_some(("/settings/terms/close", "Add a closure"));
    let mut ahead: Vec<&Closure> = closures.iter().filter(|one| today <= one.last).collect();
    let mut past: Vec<&Closure> = closures.iter().filter(|one| one.last < today).collect();
    ahead.sort_by_key(|one| one.first);
    past.sort_by_key(|one| std::cmp::Reverse(one.first));
    html! {
        @if ahead.is_empty() {
            (guide::empty("Here you see on which days the setting is closed apart from weekends and bank holidays. None is recorded from today on.", first))
        } @else {
            (closed("Closures from today on", &ahead, manages))
            @if manages { (button("Add a closure").to("/settings/terms/close").secondary()) }
        }
        @if !past.is_empty() { (text::details("Closures that have passed", closed("Closures that have passed", &past, manages))) }
    }
}

fn closed(caption: &str, closures: &[&Closure], manages: bool) -> Table {
    let mut columns = vec![
        Column::words("First day"),
        Column::words("Last day"),
        Column::words("Why"),
    ];
    if manages {
        columns.push(Column::words("Change"));
    }
    let rows = closures.iter().map(|one| {
        let mut row = vec![
            text::text(date_in_words(one.first)),
            text::text(date_in_words(one.last)),
            text::text(&one.why),
        ];
        if manages {
            let (first, last) = (one.first.to_string(), one.last.to_string());
            let to = address(
                "/settings/terms/reopen",
                &[("first", &first), ("last", &last)],
            );
            let about = format!("the closure from {}", date_in_words(one.first));
            row.push(text::link_about(&to, "Take out", about));
        }
        row
    });
    Table::new(caption, columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows)
}

fn bank_holidays(calendar: &Calendar, today: Date) -> Markup {
    let end = today.checked_add(1.year()).unwrap_or(today);
    let mut day = today;
    let mut rows = Vec::new();
    while day < end {
        if let Some(name) = calendar.bank_holiday(day) {
            let weekday = day.strftime("%A").to_string();
            rows.push(vec![
                text::text(date_in_words(day)),
                text::text(weekday),
                text::text(name),
            ]);
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    if rows.is_empty() {
        return text::paragraph("No bank holidays are known for the year ahead.");
    }
    let columns = ["Day", "Weekday", "Bank holiday"].map(Column::words);
    let table = Table::new("Bank holidays in the year ahead", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    html! { (table) }
}
