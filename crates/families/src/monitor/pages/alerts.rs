//! Alerts: those that wait, with how long they have; one of them with what is known; those of before.
//! Each reader sees those that they are told of, and nobody learns how many others there are.

use super::{device, room};
use crate::{
    monitor::{
        circle,
        controls::within_minutes,
        entries::Wanted,
        kinds::{self, Severity},
        register::Alert,
    },
    people::group::Group,
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    guide, navigation, notice,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many alerts of before are shown.
const PAST_MAX: usize = 200;

/// All alerts.
pub(super) const ALL: Page = Page {
    path: "/monitor/alerts",
    title: "Alerts",
    menu: 0,
    help: "What was asked for that may be a sign of risk, the newest first, and what came of it. You see what you are told of; an alert that is about somebody goes round them.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::Of(vec![Group::Committee])]),
    lines: None,
    show: all,
};

/// One alert.
pub(super) const ONE: Page = Page {
    path: "/monitor/alerts/{case}",
    title: "An alert",
    menu: 0,
    help: "What was asked for, on which device, when, and whose the device was then. Make it a concern, or dismiss it and say why. Do not open what was asked for.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    lines: None,
    show: one,
};

/// The alerts that this reader is told of, the newest first.
fn mine<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Alert> {
    let (who, setting, today) = (view.who, view.setting, view.today);
    let all = setting.monitor.alerts().rev();
    all.filter(move |alert| circle::is_on(who, alert.number, setting, today))
}

/// How long an alert has to be looked at, as people say it, and whether that is over.
fn clock(view: &View<'_>, alert: &Alert) -> (String, bool) {
    let minutes = match alert.severity {
        Severity::High => within_minutes(view.in_force),
        Severity::Medium => 24 * 60,
        Severity::Low => 7 * 24 * 60,
    };
    let until = alert.at.plus_minutes(minutes);
    let left = until.micros().saturating_sub(view.now.micros()) / 60_000_000;
    let words = |minutes: i64| match minutes {
        0 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        2..=119 => format!("{minutes} minutes"),
        120..=2_880 => format!("{} hours", minutes / 60),
        more => format!("{} days", more / 1_440),
    };
    if until <= view.now {
        return (format!("Late by {}", words(-left)), true);
    }
    (format!("{} left", words(left)), false)
}

/// The alerts that wait, for the first page of monitoring and for Today.
pub(super) fn waiting(view: &View<'_>) -> Markup {
    let mut waiting: Vec<&Alert> = mine(view).filter(|alert| alert.waits()).collect();
    waiting.sort_by_key(|alert| (std::cmp::Reverse(alert.severity), alert.at));
    html! {
        (text::h2("Alerts that wait"))
        @if waiting.is_empty() {
            (text::paragraph("No alert waits for you."))
        } @else {
            (table(view, &waiting, true))
        }
    }
}

/// What stands on Today: that alerts wait for this reader.
#[must_use]
pub fn on_today(view: &View<'_>) -> Markup {
    let count = mine(view).filter(|alert| alert.waits()).count();
    let words = match count {
        0 => return html! {},
        1 => "An alert of the filter waits".to_owned(),
        more => format!("{more} alerts of the filter wait"),
    };
    notice::important(
        html! { (text::paragraph(html! { (words) ". " (text::link("/monitor/alerts", "Look at it")) })) },
    )
}

fn table(view: &View<'_>, alerts: &[&Alert], clocks: bool) -> Markup {
    let rows = alerts.iter().map(|alert| {
        let at = format!("/monitor/alerts/{}", alert.number);
        let theme = kinds::in_words(&alert.theme);
        let about = format!("{theme}, {}", alert.first.in_words());
        let (left, late) = clock(view, alert);
        let stands = if clocks && alert.waits() {
            html! { (tag(&left, if late { Colour::Red } else { Colour::Yellow })) }
        } else {
            text::text(alert.in_words())
        };
        vec![
            text::link_about(&at, theme, about),
            text::text(alert.first.in_words()),
            text::text(device(view, alert.device.unwrap_or(0))),
            text::text(alert.severity.in_words()),
            stands,
        ]
    });
    let columns = ["Theme", "When", "Device", "How soon", "Stands"].map(Column::words);
    html! { (Table::new("Alerts", columns).caption_unseen().first_cell_heads().rows(rows)) }
}

fn all(view: &View<'_>, _: &Params) -> Shown {
    let alerts: Vec<&Alert> = mine(view).take(PAST_MAX).collect();
    // Whoever has none learns no more than that there is nothing here for them.
    if alerts.is_empty() && !view.has(&circle::seeing(view.setting)) {
        return Shown::NotHere;
    }
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor", "Monitoring")]))
        (text::h1("Alerts"))
        @if alerts.is_empty() {
            (guide::empty("Here you see what was asked for that may be a sign of risk. There is nothing for you.", None))
        } @else {
            (table(view, &alerts, true))
        }
    };
    Shown::Page("Alerts".to_owned(), content)
}

fn found<'a>(view: &View<'a>, params: &Params) -> Option<&'a Alert> {
    view.setting.monitor.alert(params.number("case")?)
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let Some(alert) = found(view, params) else {
        return Shown::NotHere;
    };
    let title = format!("Alert: {}", kinds::in_words(&alert.theme));
    let number = alert.number.to_string();
    let to = |path: &str| address(path, &[("case", &number)]);
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor", "Monitoring"), ("/monitor/alerts", "Alerts")]))
        (text::h1(&title))
        (known(view, alert))
        @if alert.waits() {
            (guide::do_not_list(&[
                "do not open what was asked for, to see what it is",
                "do not ask the person about it before you know whether it is a concern",
            ]))
            (buttons(html! {
                (button("Make it a concern").to(to("/monitor/alerts/take-up")).warning())
                (button("Dismiss it").to(to("/monitor/alerts/dismiss")).secondary())
            }))
        }
        (came(view, alert, &to("/monitor/alerts/second-look")))
    };
    Shown::Page(title, content)
}

/// What is known of an alert.
pub(super) fn known(view: &View<'_>, alert: &Alert) -> Markup {
    let wanted: Option<Wanted> = view.open(&alert.asked);
    let asked = wanted.as_ref().map_or_else(
        || "It is no longer kept".to_owned(),
        |wanted| match wanted.words {
            true => format!("A search for “{}”", wanted.what),
            false => wanted.what.clone(),
        },
    );
    let answer = match wanted {
        Some(wanted) if wanted.open => "It was open",
        Some(_) => "It was closed",
        None => "",
    };
    let (left, late) = clock(view, alert);
    let whose = match alert.person {
        Some(person) => view.name(person),
        None => match alert
            .session
            .and_then(|one| view.setting.internet.session(one))
        {
            Some(session) => format!(
                "A children’s device, opened by {}",
                session.by.map(|by| view.name(by)).unwrap_or_default()
            ),
            None => "Nobody in particular".to_owned(),
        },
    };
    let often = match alert.count {
        0 | 1 => "Once".to_owned(),
        more => format!("{more} times, the last time on {}", alert.last.in_words()),
    };
    let mut rows = vec![
        Fact::new("Asked for", asked),
        Fact::new("Answer", answer),
        Fact::new("When", alert.first.in_words()),
        Fact::new("How often", often),
        Fact::new("Device", device(view, alert.device.unwrap_or(0))),
        Fact::new("Whose it was then", whose),
        Fact::new("Where", room(view, alert.room.unwrap_or_default())),
        Fact::new("How soon", alert.severity.in_words()),
    ];
    if alert.waits() {
        let colour = if late { Colour::Red } else { Colour::Yellow };
        rows.push(Fact::new("Clock", tag(left, colour)));
    }
    facts(&rows)
}

/// What came of it.
fn came(view: &View<'_>, alert: &Alert, again_at: &str) -> Markup {
    let name =
        |by: Option<crate::spine::act::Person>| by.map(|by| view.name(by)).unwrap_or_default();
    html! {
        @if let Some((concern, by, at)) = &alert.became {
            @let on = view.has(&Need::OnCase(*concern));
            (text::h2("What came of it"))
            (text::paragraph(format!("{} made a concern of it on {}.", name(*by), at.in_words())))
            @if on { (text::paragraph(text::link(&format!("/concerns/cases/{concern}"), "The concern"))) }
        }
        @if let Some(dismissed) = &alert.dismissed {
            (text::h2("What came of it"))
            (text::paragraph(format!("{} dismissed it on {}.", name(dismissed.by), dismissed.at.in_words())))
            (text::inset(text::text(view.open(&dismissed.why).unwrap_or_default())))
            @if let Some((by, at, why)) = &dismissed.again {
                (text::paragraph(format!("{} looked again on {}.", name(*by), at.in_words())))
                (text::inset(text::text(view.open(why).unwrap_or_default())))
            } @else if dismissed.picked && dismissed.by != view.person() {
                (text::paragraph("Chance picked it for a second look, by somebody else than who dismissed it."))
                (buttons(button("Look again").to(again_at)))
            }
        }
    }
}
