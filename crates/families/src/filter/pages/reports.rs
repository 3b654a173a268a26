//! Pages that should be closed, as people say: report one, answer.

use crate::{
    devices::kinds::Users,
    filter::{
        acts::{
            Act as Filter, LINE_MAX, WORDS_MAX,
            evidence::{Act, team},
        },
        keeping,
        register::evidence::Report,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Start, address},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many are shown.
const SHOWN_MAX: usize = 100;

/// The reports, on the page of requests.
pub(super) fn table(view: &View<'_>) -> Markup {
    let keeps = view.has(&keeping());
    let mut all: Vec<&Report> = view
        .setting
        .filter
        .evidence()
        .reports()
        .rev()
        .take(SHOWN_MAX)
        .collect();
    all.sort_by_key(|report| report.answer.is_some());
    let rows = all.iter().map(|report| {
        let number = report.said.report.to_string();
        let own = report.by.is_some() && report.by == view.person();
        vec![
            text::text(&report.said.site),
            text::text(report.said.users.in_words()),
            text::text(&report.said.why),
            text::text(report.by.map(|by| view.name(by)).unwrap_or_default()),
            text::text(date_in_words(report.at.date())),
            answer(report),
            html! {
                @if keeps && !own && report.answer.is_none() {
                    (text::link_about(&address("/filter/report/answer", &[("report", &number)]), "Answer", &report.said.site))
                }
            },
        ]
    });
    let columns = [
        "Site",
        "For whom",
        "Why",
        "Reported by",
        "When",
        "Answer",
        "Change",
    ];
    html! {
        (text::h2("Should be closed"))
        @if all.is_empty() {
            (text::paragraph(html! { "Nobody has reported a page. " (text::link("/filter/report", "Report a page")) }))
        } @else {
            (Table::new("Reported pages", columns.map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn answer(report: &Report) -> Markup {
    let Some(answer) = &report.answer else {
        return tag("Waits", Colour::Blue);
    };
    let words = if answer.change.is_some() {
        "It is closed"
    } else {
        "It stays open"
    };
    text::text(format!("{words}. {}", answer.why))
}

/// Report a page.
pub(super) const REPORT: Form = Form {
    act: "filter.report-page",
    path: "/filter/report",
    title: "Report a page that should be closed",
    button: "Report it",
    help: "You came upon a site that is open here and should not be. Somebody else looks at it within a day, and the safeguarding lead is told.\nDid children see it? Press “We saw something” instead. Is it something illegal? Do not go back to look: tell the safeguarding lead now.",
    need: |_, _| team(),
    fields: &[
        Field::new("site", "Which site?", FieldKind::Line(LINE_MAX))
            .hint("Such as cards.example.org, or the whole address"),
        Field::new(
            "users",
            "For whom should it be closed?",
            FieldKind::Choice(Users::ALL),
        ),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: |_, params| Start {
        answers: Answers::from_params(params),
        above: Some(html! {
            (guide::do_not_list(&["do not go back to look", "do not send it on or copy it"]))
            (text::paragraph(html! { "Should it be open instead? " (text::link("/filter/request", "Ask for a site")) " · " (text::link("/filter/saw-something", "We saw something")) }))
        }),
        not_here: false,
    },
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::ReportPage {
            site: answers.text("site")?,
            users: Users::from_key(&answers.text("users")?)?,
            why: answers.text("why")?,
        })))
    },
    then: |_| "/filter/requests".to_owned(),
};

/// Answer a report.
pub(super) const ANSWER: Form = Form {
    act: "filter.answer-report",
    path: "/filter/report/answer",
    title: "Answer a report of a page",
    button: "Answer",
    help: "When you close it, it is closed at once for those whom the report names, and stays so until two people open it. Do not open the site to look when it may be illegal.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("report", "Report", FieldKind::Hidden),
        Field::new("close", "Is it closed?", FieldKind::YesNo),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: |view, params| {
        let number = params.number("report");
        let found = number.and_then(|number| view.setting.filter.evidence().report(number));
        Start {
            answers: Answers::from_params(params),
            not_here: found.is_none(),
            above: found.map(|report| {
                let by = report.by.map(|by| view.name(by)).unwrap_or_default();
                text::inset(format!(
                    "{}, for: {}. {by}: {}",
                    report.said.site,
                    report.said.users.in_words(),
                    report.said.why
                ))
            }),
        }
    },
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::AnswerReport {
            report: answers.number("report")?,
            close: answers.yes("close")?,
            why: answers.text("why")?,
        })))
    },
    then: |_| "/filter/requests".to_owned(),
};
