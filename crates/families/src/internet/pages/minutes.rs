//! The minutes that each room spent on the internet, beside what the policy calls right.

use crate::spine::{
    act::Room,
    page::{Page, Params, Shown},
    permit::Need,
    view::View,
};
use kernel::{
    moment::{Date, date_in_words, minus_days},
    value::Value,
};
use kit::{
    chart::{Look, Series, bars},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::html;

/// How many days are shown.
const DAYS: i64 = 14;

/// The minutes.
pub(super) const MINUTES: Page = Page {
    path: "/internet/minutes",
    title: "Minutes of rooms",
    menu: 0,
    help: "How many minutes each room spent on the internet in the last fourteen days. They come from what adults opened and closed; what a room does without the internet is not in it.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::leadership()]),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let days: Vec<Date> = (0..DAYS)
        .rev()
        .map(|ago| minus_days(view.today, ago))
        .collect();
    let minutes = |room: Room| -> Vec<u64> {
        let spent: std::collections::BTreeMap<Date, i64> =
            view.setting.internet.minutes(room).collect();
        let on = |day: &Date| spent.get(day).copied().unwrap_or(0);
        days.iter()
            .map(|day| u64::try_from(on(day)).unwrap_or(0))
            .collect()
    };
    let rooms: Vec<(&str, Vec<u64>)> = view
        .setting
        .people
        .rooms()
        .map(|(room, name)| (name, minutes(room)))
        .filter(|(_, minutes)| minutes.iter().any(|one| *one > 0))
        .collect();
    let guidance = view
        .in_force
        .find("internet.screen-time")
        .and_then(|running| running.bound.values.get("guidance"))
        .map(Value::in_words);
    let looks = [
        Look::Number(0),
        Look::Number(1),
        Look::Number(2),
        Look::Number(3),
    ];
    let series: Vec<Series> = rooms
        .iter()
        .zip(looks.iter().cycle())
        .map(|((name, minutes), look)| Series::new(*name, *look, minutes.clone()))
        .collect();
    let said: Vec<String> = rooms
        .iter()
        .map(|(name, minutes)| format!("{name}: {} minutes", minutes.iter().sum::<u64>()))
        .collect();
    let along = days.iter().map(|day| day.strftime("%-d %b").to_string());
    let chart = bars(
        "Minutes on the internet",
        format!("In the last fourteen days. {}.", said.join("; ")),
        along.collect::<Vec<_>>(),
        series,
    )
    .along_is("Day");
    let rows = rooms.iter().map(|(name, minutes)| {
        let today = minutes.last().copied().unwrap_or(0);
        vec![
            text::text(name),
            text::text(today),
            text::text(minutes.iter().sum::<u64>()),
            text::text(minutes.iter().max().copied().unwrap_or(0)),
        ]
    });
    let columns = [
        Column::words("Room"),
        Column::numbers("Today"),
        Column::numbers("In fourteen days"),
        Column::numbers("Most on one day"),
    ];
    let content = html! {
        (navigation::breadcrumbs(&[("/internet", "Internet with children")]))
        (text::h1("Minutes of rooms"))
        @match &guidance {
            Some(words) => (text::inset(format!("Our policy calls right: {words}."))),
            None => (text::paragraph("Our policy names no number of minutes.")),
        }
        @if rooms.is_empty() {
            (guide::empty(format!("Here you see how long each room was on the internet. Since {} none was.", days.first().map(|day| date_in_words(*day)).unwrap_or_default()), None))
        } @else {
            (Table::new("Minutes of rooms", columns).caption_unseen().first_cell_heads().rows(rows))
            (chart.draw("minutes"))
        }
    };
    Shown::Page("Minutes of rooms".to_owned(), content)
}
