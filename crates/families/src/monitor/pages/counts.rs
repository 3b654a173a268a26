//! Counts as charts and tables: by day, hour, kind, room, device and person. The same values become a
//! page, a spreadsheet and paper.

use crate::monitor::traces::{Count, Report};
use kernel::moment::{Date, plus_days};
use kit::{
    chart::{Chart, Look, Series, bars},
    document,
    table::{Column, Table},
    text,
};
use maud::Markup;

/// The most rows of one table.
pub(super) const ROWS_MAX: usize = 40;

/// Names with their counts, under a heading.
pub(super) struct Counted {
    /// What they are counted by.
    pub title: &'static str,
    /// The heading of the first column.
    pub head: &'static str,
    /// A name, its count, and where more of it stands.
    pub rows: Vec<(String, Count, Option<String>)>,
}

impl Counted {
    /// The most often first.
    pub(super) fn new(
        title: &'static str,
        head: &'static str,
        rows: impl IntoIterator<Item = (String, Count, Option<String>)>,
    ) -> Counted {
        let mut rows: Vec<_> = rows
            .into_iter()
            .filter(|(_, count, _)| count.all > 0)
            .collect();
        rows.sort_by(|(one, a, _), (two, b, _)| (b.all, one).cmp(&(a.all, two)));
        Counted { title, head, rows }
    }

    /// As a table of a page.
    pub(super) fn table(&self) -> Markup {
        let rows = self.rows.iter().take(ROWS_MAX).map(|(name, count, at)| {
            let name = match at {
                Some(at) => text::link(at, name),
                None => text::text(name),
            };
            vec![name, text::text(count.all), text::text(count.closed)]
        });
        let columns = [
            Column::words(self.head),
            Column::numbers("Asked for"),
            Column::numbers("Closed"),
        ];
        let table = Table::new(self.title, columns);
        maud::html! { (table.caption_unseen().first_cell_heads().rows(rows)) }
    }

    /// As a table of a document.
    pub(super) fn paper(&self) -> document::Table {
        let rows = self.rows.iter().map(|(name, count, _)| {
            vec![
                name.clone(),
                count.all.to_string(),
                count.closed.to_string(),
            ]
        });
        document::Table {
            caption: self.title.to_owned(),
            head: vec![
                self.head.to_owned(),
                "Asked for".to_owned(),
                "Closed".to_owned(),
            ],
            rows: rows.collect(),
            numeric: vec![1, 2],
        }
    }
}

fn series(counts: &[Count]) -> Vec<Series> {
    let open = counts
        .iter()
        .map(|count| count.all.saturating_sub(count.closed));
    let closed = counts.iter().map(|count| count.closed);
    vec![
        Series::new("Open", Look::Number(0), open.collect()),
        Series::new("Closed", Look::Number(1), closed.collect()),
    ]
}

/// By day.
pub(super) fn by_day(report: &Report, first: Date, last: Date) -> Chart {
    let mut days = Vec::new();
    let mut day = first;
    while day <= last && days.len() < 400 {
        days.push(day);
        day = plus_days(day, 1);
    }
    let counts: Vec<Count> = days
        .iter()
        .map(|day| report.by_day.get(day).copied().unwrap_or_default())
        .collect();
    let along = days.iter().map(|day| day.strftime("%-d %b").to_string());
    bars(
        "By day",
        format!(
            "{} things were asked for, and {} of these were closed.",
            report.total.all, report.total.closed
        ),
        along.collect(),
        series(&counts),
    )
    .along_is("Day")
}

/// By hour of the day.
pub(super) fn by_hour(report: &Report) -> Chart {
    let most = report
        .by_hour
        .iter()
        .enumerate()
        .max_by_key(|(_, count)| count.all);
    let most = most.map_or(0, |(hour, _)| hour);
    bars(
        "By hour",
        format!("Most was asked for between {most}:00 and {}:00.", most + 1),
        (0..24).map(|hour: u8| format!("{hour}:00")).collect(),
        series(&report.by_hour),
    )
    .along_is("Hour")
}

/// Bars of the most frequent of some names.
pub(super) fn chart_of(counted: &Counted) -> Chart {
    let shown: Vec<_> = counted.rows.iter().take(10).collect();
    let names = shown.iter().map(|(name, ..)| name.clone()).collect();
    let counts: Vec<Count> = shown.iter().map(|(_, count, _)| *count).collect();
    let most = shown.first().map(|(name, ..)| name.as_str());
    bars(
        counted.title,
        format!("Most often: {}.", most.unwrap_or("nothing")),
        names,
        series(&counts),
    )
    .along_is(counted.head)
}
