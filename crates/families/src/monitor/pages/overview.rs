//! Monitoring at a glance: alerts that wait, what was asked for by day, hour, kind, room, device and
//! person, as charts and tables, for a spreadsheet and for paper; and searching. Who asked for what is
//! not here: that takes a reason.

use super::{
    alerts,
    counts::{self, Counted},
    device, kind, person, room,
};
use crate::{
    filter::kinds::KINDS,
    monitor::{
        circle, keep_days,
        traces::{Asked, Kept, Report},
    },
    spine::{
        act::Room,
        page::{Page, Params, Shown, address},
        view::View,
    },
};
use kernel::moment::{Date, date_in_words, minus_days};
use kit::{
    button::{button, buttons},
    choice::Choice,
    document::{Block, Document},
    field::Field,
    form, guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

const HELP: &str = "What was asked for on the internet, counted by day, hour, kind of sites, room, device and person, and the alerts that wait.\nCounts say nothing of what one person asked for. To see that, say why: it is written down, and a second person looks through some of it.\nNobody sees their own case here: an alert goes round whom it is about.";

/// So many days can be chosen.
const DAYS: [i64; 4] = [1, 7, 28, 90];

/// Monitoring.
pub(super) const MONITORING: Page = Page {
    path: "/monitor",
    title: "Monitoring",
    menu: 38,
    help: HELP,
    need: |_, setting| circle::seeing(setting),
    lines: None,
    show,
};

/// The same, as a document with tables.
pub(super) const PRINT: Page = Page {
    path: "/monitor/print",
    title: "Report of monitoring",
    menu: 0,
    help: HELP,
    need: |_, setting| circle::seeing(setting),
    lines: None,
    show: print,
};

/// Searching.
pub(super) const SEARCH: Page = Page {
    path: "/monitor/search",
    title: "Search what was asked for",
    menu: 0,
    help: "Counts of what was asked for and has a word in it, or is of a kind of sites. Who asked for it, and when to the minute, takes a reason, which is written down.",
    need: |_, setting| circle::seeing(setting),
    lines: None,
    show: search,
};

/// The first and last day that are shown.
fn days(view: &View<'_>, params: &Params) -> (i64, Date, Date) {
    let keep = keep_days(view.setting, view.in_force, view.today);
    let days = params.number("days").unwrap_or(7).clamp(1, keep);
    let ago = days.saturating_sub(1);
    (days, minus_days(view.today, ago), view.today)
}

/// All counts of a report that this reader may see.
fn counted(view: &View<'_>, report: &Report, days: i64) -> Vec<Counted> {
    let days = days.to_string();
    let at = |name: &'static str, word: String| {
        Some(address("/monitor/look", &[(name, &word), ("days", &days)]))
    };
    let kinds = report.by_kind.iter().map(|(key, count)| {
        let at = address("/monitor/search", &[("kind", key), ("days", &days)]);
        let at = (!key.is_empty()).then_some(at);
        (kind(key).to_owned(), *count, at)
    });
    let rooms = report.by_room.iter();
    let rooms = rooms.map(|(one, count)| (room(view, *one), *count, None));
    let devices = report.by_device.iter().map(|(one, count)| {
        let at = (*one > 0).then(|| at("device", one.to_string())).flatten();
        (device(view, *one), *count, at)
    });
    // Only of whom this reader may look at, and their own.
    let own = view.person();
    let people = report.by_person.iter().filter(|(one, _)| {
        let known = (one.0 > 0).then_some(**one);
        known.is_some_and(|one| Some(one) == own)
            || circle::may_look_at(view.who, known, view.setting, view.today)
    });
    let people = people.map(|(one, count)| {
        let is_other = one.0 > 0 && Some(*one) != own;
        let at = is_other.then(|| at("person", one.to_string())).flatten();
        (person(view, *one), *count, at)
    });
    vec![
        Counted::new("By kind of sites", "Kind", kinds),
        Counted::new("By room", "Room", rooms),
        Counted::new("By device", "Device", devices),
        Counted::new("By person", "Person", people),
    ]
}

/// What was closed most often.
fn names(report: &Report) -> Counted {
    let closed = report.by_name.iter().filter(|(_, count)| count.closed > 0);
    let rows = closed.map(|(name, count)| (name.clone(), *count, None));
    Counted::new("Closed most often", "Name", rows)
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let (days, first, last) = days(view, params);
    let kept = view.traces.kept();
    let content = html! {
        (text::h1("Monitoring"))
        (buttons(html! {
            (button("Look at what was asked for").to("/monitor/look"))
            (button("Search").to("/monitor/search").secondary())
            (button("A topic is coming up").to("/filter/topic").secondary())
        }))
        (alerts::waiting(view))
        (topics(view))
        (text::h2("What was asked for"))
        @match &kept {
            None => (guide::empty("Here you see what was asked for on the internet. The filter of this program does not run here, so nothing is kept.", Some(("/filter", "The filter")))),
            Some(kept) => {
                (state(kept))
                (chosen(days))
                (report(view, days, first, last))
            },
        }
        (text::paragraph(html! {
            (text::link("/monitor/alerts", "All alerts")) " · "
            (text::link("/monitor/watching", "Who looked at what")) " · "
            (text::link("/monitor/checks", "Checks by hand")) " · "
            (text::link("/monitor/assessment", "Impact assessment")) " · "
            (text::link("/monitor/kept", "Days that are kept")) " · "
            (text::link("/monitor/notice", "What people are told"))
        }))
    };
    Shown::Page("Monitoring".to_owned(), content)
}

/// What is wrong with what is kept.
fn state(kept: &Kept) -> Markup {
    html! {
        @if let Some(trouble) = &kept.trouble { (text::warning(format!("{}.", trouble.trim_end_matches('.')))) }
    }
}

fn chosen(days: i64) -> Markup {
    let all: Vec<(String, String, bool)> = DAYS
        .iter()
        .map(|one| {
            let words = match one {
                1 => "Today".to_owned(),
                more => format!("{more} days"),
            };
            let at = address("/monitor", &[("days", &one.to_string())]);
            (at, words, *one == days)
        })
        .collect();
    let items: Vec<(&str, &str, bool)> = all
        .iter()
        .map(|(at, words, here)| (at.as_str(), words.as_str(), *here))
        .collect();
    navigation::sub_navigation("How many days", &items)
}

fn report(view: &View<'_>, days: i64, first: Date, last: Date) -> Markup {
    let report = view.traces.ask(&Asked::days(first, last));
    let all = counted(view, &report, days);
    let print = address("/monitor/print", &[("days", &days.to_string())]);
    html! {
        @for words in &report.unread { (text::warning(format!("{words}."))) }
        @if report.total.all == 0 {
            (text::paragraph(format!("Since {} nothing was asked for.", date_in_words(first))))
        } @else {
            (counts::by_day(&report, first, last).draw("by-day"))
            (counts::by_hour(&report).draw("by-hour"))
            @for (place, counted) in all.iter().enumerate() {
                @if !counted.rows.is_empty() {
                    (text::h3(counted.title))
                    @if place == 0 { (counts::chart_of(counted).draw("by-kind")) }
                    (counted.table())
                }
            }
            @let names = names(&report);
            @if !names.rows.is_empty() {
                (text::h3(names.title))
                (names.table())
            }
            (text::paragraph(html! {
                (text::link(&print, "For print")) " · "
                (text::link_to_file(&format!("{print}&as=csv"), "As a spreadsheet", "CSV"))
            }))
        }
    }
}

/// Topics for which alerts are quiet, so that the lead sees what may be missed.
fn topics(view: &View<'_>) -> Markup {
    let topics: Vec<_> = view.setting.filter.topics(view.today).collect();
    if topics.is_empty() {
        return html! {};
    }
    let rows = topics.iter().map(|topic| {
        let noted = &topic.noted;
        vec![
            text::text(&noted.topic),
            text::text(noted.words.join(", ")),
            text::text(date_in_words(noted.until)),
            text::text(topic.by.map(|by| view.name(by)).unwrap_or_default()),
        ]
    });
    let columns = ["Topic", "Words", "Until", "Noted by"].map(Column::words);
    html! {
        (text::h2("Quiet for a while"))
        (text::paragraph("What adults look for about these gives no alert until the day. On children’s devices nothing is quiet."))
        (Table::new("Topics that are coming up", columns).caption_unseen().first_cell_heads().rows(rows))
    }
}

fn print(view: &View<'_>, params: &Params) -> Shown {
    let (days, first, last) = days(view, params);
    if view.traces.kept().is_none() {
        return Shown::NotHere;
    }
    let report = view.traces.ask(&Asked::days(first, last));
    let mut document = Document::new("Report of monitoring");
    document.subtitle = format!("{} to {}", date_in_words(first), date_in_words(last));
    document.about = vec![
        ("Asked for".to_owned(), report.total.all.to_string()),
        ("Closed".to_owned(), report.total.closed.to_string()),
    ];
    document = document
        .with(Block::Chart(counts::by_day(&report, first, last)))
        .with(Block::Chart(counts::by_hour(&report)));
    let mut all = counted(view, &report, days);
    all.push(names(&report));
    for counted in all.iter().filter(|counted| !counted.rows.is_empty()) {
        document = document
            .with(Block::Heading(counted.title.to_owned()))
            .with(Block::Table(counted.paper()));
    }
    Shown::Document(Box::new(document))
}

fn search(view: &View<'_>, params: &Params) -> Shown {
    let (days, first, last) = days(view, params);
    let has: String = params
        .get("has")
        .trim()
        .to_lowercase()
        .chars()
        .take(100)
        .collect();
    let key = params.get("kind");
    let room = params.room("room").filter(|room| room.0 > 0);
    let asks = !has.is_empty() || !key.is_empty() || room.is_some();
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor", "Monitoring")]))
        (text::h1("Search what was asked for"))
        (fields(view, &has, key, room, days))
        @if asks && view.traces.kept().is_some() {
            @let asked = Asked {
                has: has.clone(),
                kind: (!key.is_empty()).then(|| key.to_owned()),
                room,
                ..Asked::days(first, last)
            };
            @let report = view.traces.ask(&asked);
            (text::h2("What was found"))
            @if report.total.all == 0 {
                (text::paragraph("Nothing."))
            } @else {
                (counts::by_day(&report, first, last).draw("by-day"))
                (Counted::new("Names", "Name", report.by_name.iter().map(|(name, count)| (name.clone(), *count, None))).table())
                (buttons(html! {
                    (button("Look at who asked for it").to(address("/monitor/look", &[("has", &has), ("days", &days.to_string())])).secondary())
                }))
            }
        }
    };
    Shown::Page("Search what was asked for".to_owned(), content)
}

fn fields(view: &View<'_>, has: &str, key: &str, room: Option<Room>, days: i64) -> Markup {
    let any = |chosen: bool| Choice::new("", "Any").chosen(chosen);
    let kinds = KINDS
        .iter()
        .map(|(own, words)| Choice::new(*own, *words).chosen(*own == key));
    let kinds: Vec<Choice> = std::iter::once(any(key.is_empty())).chain(kinds).collect();
    let rooms = view
        .setting
        .people
        .rooms()
        .map(|(one, name)| Choice::new(one.to_string(), name).chosen(Some(one) == room));
    let rooms: Vec<Choice> = std::iter::once(any(room.is_none())).chain(rooms).collect();
    let lengths: Vec<Choice> = DAYS
        .iter()
        .map(|one| Choice::new(one.to_string(), format!("The last {one}")).chosen(*one == days))
        .collect();
    form::asking_form(
        "/monitor/search",
        html! {
            (Field::new("has", "A word in the name or address").value(has).text())
            (Field::new("kind", "Kind of sites").select(&kinds))
            (Field::new("room", "Room").select(&rooms))
            (Field::new("days", "Days").select(&lengths))
            (button("Search"))
        },
    )
}
