//! Figures of the cases that the reader is on, by kind, risk and month: no child, no words.

use super::{charts, draw, list};
use crate::{
    concerns::{
        handed,
        kinds::{Category, Kind},
        register::Case,
        tally::Told,
    },
    spine::{
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{
    chart::{self, Look, Series},
    navigation,
    table::{Column, Table},
    text,
};
use maud::html;
use std::collections::BTreeMap;

/// So many months are shown.
const MONTHS: usize = 12;

/// The figures.
pub(super) const FIGURES: Page = Page {
    path: "/concerns/figures",
    title: "Figures of concerns",
    menu: 0,
    help: "How many cases there were of each kind and risk, month by month. Only the cases that you are on are counted, and no child is named.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let told: Vec<Told<'_>> = list::mine(view)
        .map(|case| Told {
            case,
            report: draw::report(view, case),
        })
        .collect();
    let cases: Vec<(&Case, Kind)> = told.iter().map(|one| (one.case, one.report.kind)).collect();
    if cases.is_empty() {
        return Shown::NotHere;
    }
    let mut months: BTreeMap<(i16, i8), Vec<Kind>> = BTreeMap::new();
    let mut month = view.today.first_of_month();
    for _ in 0..MONTHS {
        months.insert((month.year(), month.month()), Vec::new());
        month = month
            .yesterday()
            .map_or(month, jiff::civil::Date::first_of_month);
    }
    for (case, kind) in &cases {
        let day = case.at.date();
        if let Some(kinds) = months.get_mut(&(day.year(), day.month())) {
            kinds.push(*kind);
        }
    }
    let along: Vec<String> = months
        .keys()
        .map(|(year, month)| format!("{month}/{year}"))
        .collect();
    let looks = (0..).map(Look::Number);
    let of = |(category, look): (Category, Look)| {
        let count = |kinds: &Vec<Kind>| {
            let found = kinds
                .iter()
                .filter(|kind| kind.category() == category)
                .count();
            u64::try_from(found).unwrap_or(u64::MAX)
        };
        Series::new(
            category.in_words(),
            look,
            months.values().map(count).collect(),
        )
    };
    let series: Vec<Series> = Category::ALL.into_iter().zip(looks).map(of).collect();
    let total: u64 = series.iter().flat_map(|series| &series.numbers).sum();
    let chart = chart::bars(
        "Cases by month and risk",
        format!("{total} cases in the last {MONTHS} months."),
        along,
        series,
    )
    .along_is("Month");
    let rows = Kind::ALL.into_iter().map(|kind| {
        let all = cases.iter().filter(|(_, own)| *own == kind).count();
        let open = cases
            .iter()
            .filter(|(case, own)| *own == kind && !case.is_closed())
            .count();
        vec![
            text::text(kind.in_words()),
            text::text(kind.category().in_words()),
            text::text(all),
            text::text(open),
        ]
    });
    let columns = [
        Column::words("Kind"),
        Column::words("Risk"),
        Column::numbers("Cases"),
        Column::numbers("Still open"),
    ];
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("Figures of concerns"))
        (text::paragraph(html! {
            (text::link("/concerns/for-the-committee", "Report for the committee, with no child in it"))
            @if handed::pages::can_make(view) { " · " (text::link("/concerns/for-the-committee/hand-over", "Hand it to the committee")) }
        }))
        (chart.draw("by-month"))
        (text::h2("By kind"))
        (Table::new("Cases by kind", columns).caption_unseen().first_cell_heads().rows(rows))
        (charts::all(view, &told))
    };
    Shown::Page("Figures of concerns".to_owned(), content)
}
