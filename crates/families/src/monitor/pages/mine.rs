//! What is kept about the reader: counts of what was asked for on the devices that are theirs, by day,
//! what of it on one day, for how long, and who may look. Only what everybody’s is kept for: nothing
//! here tells whether something is kept for longer, or whether anybody looked.

use super::{counts, kind};
use crate::{
    monitor::{
        circle, keep_days,
        traces::{Asked, ROWS_MAX, Trace},
    },
    roles::role::Role,
    spine::{
        act::Person,
        page::{Page, Params, Shown, address},
        permit::{self, Need},
        view::View,
    },
};
use kernel::moment::{Date, date_in_words, minus_days};
use kit::{
    guide,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The most days of the chart.
const CHART_DAYS: i64 = 28;
/// The most rows of one day.
const DAY_ROWS: usize = 300;

/// What is kept about me.
pub(super) const MINE: Page = Page {
    path: "/monitor/mine",
    title: "What is kept about me",
    menu: 0,
    help: "What the filter keeps about you: what was asked for on devices that belong to you or were signed out to you. What you read or wrote is not kept.\nIf something is wrong, tell whoever looks after your data; you can ask for a copy.",
    need: |_, _| Need::Team,
    lines: None,
    show,
};

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(own) = view.person() else {
        return Shown::NotHere;
    };
    let keep = keep_days(view.setting, view.in_force, view.today);
    let first = minus_days(view.today, keep.min(CHART_DAYS).saturating_sub(1));
    let roles: Vec<String> = circle::watching(view.setting)
        .iter()
        .filter(|role| !view.setting.roles.holds(own, role, view.today))
        .map(|role: &Role| format!("the {}", role.in_words()))
        .collect();
    let content = html! {
        (text::h1("What is kept about me"))
        (text::paragraph(format!("What you ask for on devices here is kept for {keep} days, then deleted.")))
        (text::paragraph(format!("It can be looked at by {}, for a reason that is written down and that a second person may look through.", permit::or(roles))))
        @if view.traces.kept().is_none() {
            (guide::empty("The filter of this program does not run here, so nothing is kept about you.", None))
        } @else {
            (report(view, own, first))
            @if let Some(day) = day_of(params, first, view.today) { (rows(view, own, day)) }
        }
        (text::paragraph(html! {
            (text::link("/monitor/notice", "What people are told")) " · "
            (text::link("/monitor/assessment", "Impact assessment of monitoring"))
        }))
    };
    Shown::Page("What is kept about me".to_owned(), content)
}

/// The day of the address, where it is one of those that are shown.
fn day_of(params: &Params, first: Date, last: Date) -> Option<Date> {
    let day: Date = params.get("day").parse().ok()?;
    (first <= day && day <= last).then_some(day)
}

fn report(view: &View<'_>, own: Person, first: Date) -> Markup {
    let asked = Asked {
        person: Some(own),
        ..Asked::days(first, view.today)
    };
    let report = view.traces.ask(&asked);
    if report.total.all == 0 {
        return text::paragraph(format!(
            "Since {} nothing was asked for on a device that was yours.",
            date_in_words(first)
        ));
    }
    let days = report
        .by_day
        .iter()
        .rev()
        .filter(|(_, count)| count.all > 0);
    let links: Vec<Markup> = days
        .map(|(day, count)| {
            let at = address("/monitor/mine", &[("day", &day.to_string())]);
            html! { (text::link(&at, date_in_words(*day))) ": " (count.all) " asked for, " (count.closed) " closed" }
        })
        .collect();
    html! {
        (counts::by_day(&report, first, view.today).draw("by-day"))
        (text::h2("By day"))
        (text::bullets(&links))
    }
}

fn rows(view: &View<'_>, own: Person, day: Date) -> Markup {
    let asked = Asked {
        person: Some(own),
        rows: ROWS_MAX.min(DAY_ROWS),
        ..Asked::days(day, day)
    };
    let report = view.traces.ask(&asked);
    let mine = |trace: &&Trace| trace.person == Some(own);
    let rows = report.rows.iter().filter(mine).map(|trace| {
        vec![
            text::text(trace.at.in_words()),
            text::text(&trace.asked),
            text::text(trace.answer.in_words()),
            text::text(if trace.kind.is_empty() {
                ""
            } else {
                kind(&trace.kind)
            }),
        ]
    });
    let columns = ["When", "Asked for", "Answer", "Kind"].map(Column::words);
    html! {
        (text::h2(date_in_words(day)))
        (Table::new("What was asked for", columns).caption_unseen().first_cell_heads().rows(rows))
    }
}
