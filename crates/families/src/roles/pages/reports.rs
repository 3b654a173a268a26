//! Oversight reports: the list of them, and each as a document.

use super::{day, open, work};
use crate::{
    roles::{
        acts::{overseeing, reporting},
        register::Report,
        report::{
            document::{Source, document},
            facts,
        },
    },
    spine::{
        page::{Lines, Page, Params, Shown},
        view::View,
    },
};
use jiff::ToSpan;
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    guide::empty,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/reports",
    title: "Reports",
    menu: 50,
    help: "The oversight report tells the committee how our online safety stands: clause by clause, what is owed, who leads, and what decisions are asked for. No child’s name is in it.\n\
        “How things stand now” shows the report as it would be today. “Make a report” keeps it: what it says then never changes. Record afterwards when it was presented and what was decided.\n\
        Each report can be read here and printed from its PDF.",
    need: |_, _| overseeing(),
    lines: None,
    show,
};

pub(super) const DOCUMENT: Page = Page {
    path: "/reports/oversight/{number}",
    title: "Oversight report",
    menu: 0,
    help: "The report as the committee gets it. A report that was made keeps what it said on that day. No child’s name is in it.\n\
        Choose “PDF” to print it or to send it.",
    need: |_, _| overseeing(),
    lines: Some(|_| Lines {
        most: 1,
        ..Lines::default()
    }),
    show: show_document,
};

fn show(view: &View<'_>, _params: &Params) -> Shown {
    let reports = view.setting.roles.reports();
    let reporter = view.has(&reporting());
    let mut due = open(view, "roles.oversight", "report:");
    due.extend(open(view, "roles.oversight", "present:"));
    let content = html! {
        (text::h1("Reports"))
        (work("report", view, &due, &reporting()))
        (buttons(html! {
            @if reporter { (button("Make a report").to("/reports/make")) }
            (button("How things stand now").to("/reports/oversight/now").secondary())
        }))
        @if reports.is_empty() {
            (empty("Reports for the committee are kept here once they are made.", None))
        } @else {
            (list(view, reports, reporter))
        }
    };
    Shown::Page("Reports".to_owned(), content)
}

fn list(view: &View<'_>, reports: &[Report], reporter: bool) -> Markup {
    let columns = [
        Column::words("Report"),
        Column::words("Time"),
        Column::words("Made on"),
        Column::words("Presented"),
    ];
    let mut table = Table::new("Oversight reports", columns).first_cell_heads();
    for report in reports.iter().rev() {
        table = table.row(row(view, report, reporter));
    }
    html! { (table) }
}

fn row(_view: &View<'_>, report: &Report, reporter: bool) -> [Markup; 4] {
    let number = report.number;
    let href = format!("/reports/oversight/{number}");
    let present = format!("/reports/present?report={number}");
    let presented: Vec<String> = report
        .presented
        .iter()
        .map(|one| format!("{}, to {}", date_in_words(one.on), one.to.in_words()))
        .collect();
    [
        html! {
            (text::link(&href, format!("Report {number}"))) " "
            (text::link_to_file(&format!("{href}?as=pdf"), format!("Report {number}"), "PDF"))
        },
        text::text(format!(
            "{} to {}",
            date_in_words(report.from),
            date_in_words(report.to)
        )),
        day(report.at.date()),
        html! {
            (presented.join("; "))
            @if presented.is_empty() { "Not yet" }
            @if reporter {
                " " (text::link_about(&present, "Record", format!("that report {number} was presented")))
            }
        },
    ]
}

fn show_document(view: &View<'_>, params: &Params) -> Shown {
    let reports = view.setting.roles.reports();
    if params.get("number") == "now" {
        return Shown::Document(Box::new(document_now(view, reports)));
    }
    let number: Option<u32> = params.number("number");
    let place = reports
        .iter()
        .position(|report| Some(report.number) == number);
    let Some(report) = place.and_then(|place| reports.get(place)) else {
        return Shown::NotHere;
    };
    let before = place.and_then(|place| reports.get(place.checked_sub(1)?));
    Shown::Document(Box::new(document(view, &Source::made(report, before))))
}

/// The report as it would be today.
fn document_now(view: &View<'_>, reports: &[Report]) -> kit::document::Document {
    let last = reports.last();
    let adopted = view
        .in_force
        .adopted
        .map_or(view.today, |(_, at)| at.date());
    let from = last
        .and_then(|last| last.to.checked_add(1.day()).ok())
        .unwrap_or(adopted)
        .min(view.today);
    let now = facts::gather(view.setting, view.in_force, view.today, from, view.today);
    let source = Source {
        number: None,
        from,
        to: view.today,
        at: view.now,
        seq: None,
        by: None,
        facts: &now,
        before: last.map(|last| &last.facts),
        says: None,
        asks: None,
        presented: &[],
    };
    document(view, &source)
}
