//! The care around monitoring: days that are kept, checks by hand and talks, the impact assessment, and
//! who looked at what, for whoever watches over them.

use super::looks;
use crate::{
    monitor::{
        circle,
        controls::hand_checks::talked_in,
        keep_days,
        register::{Check, Look},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        page::{Page, Params, Shown, address},
        permit::{self, Need},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    guide, navigation,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many rows of before are shown.
const PAST_MAX: usize = 100;
/// How many days are looked through to see whether they are whole.
const WHOLE_MAX: usize = 31;

/// Days that are kept.
pub(super) const KEPT: Page = Page {
    path: "/monitor/kept",
    title: "Days that are kept",
    menu: 0,
    help: "How long what was asked for is kept, how much room it takes, and for each day that is over its digest: the number in the ledger that shows whether anything was changed since.",
    need: |_, setting| circle::seeing(setting),
    lines: None,
    show: kept,
};

/// Checks by hand.
pub(super) const CHECKS: Page = Page {
    path: "/monitor/checks",
    title: "Checks by hand",
    menu: 0,
    help: "Chance picks a device, an account or a folder, so that nobody can prepare for it. Look at it with whoever uses it, and write down how it went. Nobody looks at what is their own.\nWhat is a worry about somebody is a concern, and is not written here.",
    need: |_, setting| circle::checking(setting),
    lines: None,
    show: checks,
};

/// The impact assessment.
pub(super) const ASSESSMENT: Page = Page {
    path: "/monitor/assessment",
    title: "Impact assessment of monitoring",
    menu: 0,
    help: "Why monitoring is needed, what could go wrong for people, and what is done about it. Data protection law asks for it where people are watched. Look at it again each year, and when something changes.",
    need: |_, _| {
        Need::AnyOf(vec![
            Need::leadership(),
            Need::Team,
            Need::Of(vec![Group::Committee]),
        ])
    },
    lines: None,
    show: assessment,
};

/// Who looked at what.
pub(super) const WATCHING: Page = Page {
    path: "/monitor/watching",
    title: "Who looked at what",
    menu: 0,
    help: "Each look at what somebody asked for, with its reason. You see your own, and, where you watch over those who monitor, the others’, but none that is about yourself.\nOn schedule, look through those that chance picked, ask those who monitor how they are, and write both down.",
    need: |_, setting| circle::seeing_over(setting),
    lines: None,
    show: watching,
};

fn monitoring() -> Markup {
    navigation::breadcrumbs(&[("/monitor", "Monitoring")])
}

fn kept(view: &View<'_>, _: &Params) -> Shown {
    let keep = keep_days(view.setting, view.in_force, view.today);
    let kept = view.traces.kept();
    let mut rows = vec![Fact::new("Kept for", format!("{keep} days, then deleted"))];
    if let Some(kept) = &kept {
        let first = kept
            .first
            .map_or_else(|| "Nothing yet".to_owned(), date_in_words);
        rows.push(Fact::new("Since", first));
        rows.push(Fact::new("Room", room(kept.bytes, kept.bytes_max)));
    }
    let days: Vec<_> = view.setting.monitor.days().rev().take(PAST_MAX).collect();
    let table = days.iter().enumerate().map(|(place, day)| {
        let closed = &day.closed;
        let whole = (place < WHOLE_MAX)
            .then(|| view.traces.is_whole(closed.day, &closed.digest))
            .flatten();
        let whole = match whole {
            Some(true) => tag("As it was", Colour::Green),
            Some(false) => tag("Changed", Colour::Red),
            None => text::text(""),
        };
        let digest: String = closed.digest.chars().take(16).collect();
        vec![
            text::text(date_in_words(closed.day)),
            text::text(closed.events),
            text::text(closed.lost),
            text::text(digest),
            whole,
        ]
    });
    let columns = [
        Column::words("Day"),
        Column::numbers("Asked for"),
        Column::numbers("Not kept"),
        Column::words("Digest begins with"),
        Column::words("Whole"),
    ];
    let reviews = view.setting.monitor.use_reviews().iter().rev().take(12);
    let reviews: Vec<String> = reviews
        .map(|one| {
            let by = one.by.map(|by| view.name(by)).unwrap_or_default();
            format!("{}, {by}: {}", date_in_words(one.at.date()), one.found)
        })
        .collect();
    let content = html! {
        (monitoring())
        (text::h1("Days that are kept"))
        (facts(&rows))
        @if days.is_empty() {
            (guide::empty("Here stands the digest of each day that is over. None is yet.", None))
        } @else {
            (Table::new("Days that are over", columns).caption_unseen().first_cell_heads().rows(table))
        }
        (text::h2("When the reports were looked through"))
        @if reviews.is_empty() { (text::paragraph("Not yet.")) } @else { (text::bullets(&reviews)) }
        (buttons(button("They were looked through").to("/monitor/reviewed").secondary()))
    };
    Shown::Page("Days that are kept".to_owned(), content)
}

fn room(bytes: u64, most: u64) -> String {
    let mega = |bytes: u64| bytes.div_ceil(1 << 20);
    format!("{} MB of at most {} MB", mega(bytes), mega(most))
}

fn checks(view: &View<'_>, _: &Params) -> Shown {
    let all: Vec<&Check> = view.setting.monitor.checks().rev().take(PAST_MAX).collect();
    let may = view.has(&circle::checking(view.setting));
    let rows = all.iter().map(|check| {
        let thing = view.words(&check.picked.thing.in_words(view.setting));
        let number = check.picked.check.to_string();
        let at = address("/monitor/checks/done", &[("check", &number)]);
        let (how, by, note) = match &check.done {
            None => (tag("To do", Colour::Yellow), String::new(), String::new()),
            Some((checked, by, at, _)) => (
                text::text(checked.outcome.in_words()),
                format!(
                    "{}, {}",
                    by.map(|by| view.name(by)).unwrap_or_default(),
                    date_in_words(at.date())
                ),
                checked.note.clone(),
            ),
        };
        vec![
            text::text(&thing),
            text::text(date_in_words(check.picked.due)),
            how,
            text::text(by),
            text::text(note),
            html! { @if may && check.done.is_none() { (text::link_about(&at, "Write down how it went", &thing)) } },
        ]
    });
    let columns = [
        "What",
        "By",
        "How it went",
        "Who, when",
        "What was seen",
        "Do",
    ]
    .map(Column::words);
    let talks = view.setting.monitor.talks().iter().rev().take(PAST_MAX);
    let talks: Vec<String> = talks
        .map(|talk| {
            let talked = &talk.talked;
            format!(
                "{}, {}: {}",
                date_in_words(talked.on),
                talked.place,
                talked.about
            )
        })
        .collect();
    let named = talked_in(view.in_force);
    let content = html! {
        (monitoring())
        (text::h1("Checks by hand"))
        @if all.is_empty() {
            (guide::empty("Here you see what chance picked to be looked at by hand, and how it went. Nothing was picked yet: it is when our policy asks for it.", None))
        } @else {
            (Table::new("Checks by hand", columns).caption_unseen().first_cell_heads().rows(rows))
        }
        (text::h2("Talked over"))
        @if !named.is_empty() { (text::paragraph(format!("Our policy makes online safety an item of: {}.", named.join(", ")))) }
        @if talks.is_empty() { (text::paragraph("Not yet.")) } @else { (text::bullets(&talks)) }
        (buttons(html! {
            (button("We talked it over").to("/monitor/talked").secondary())
            (button("Report a concern").to("/concerns/report").secondary())
        }))
    };
    Shown::Page("Checks by hand".to_owned(), content)
}

fn assessment(view: &View<'_>, _: &Params) -> Shown {
    let all = view.setting.monitor.assessments();
    let may = view.has(&Need::leadership());
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor/mine", "What is kept about me")]))
        (text::h1("Impact assessment of monitoring"))
        @match all.last() {
            None => (guide::empty("Here stands why monitoring is needed, what could go wrong for people, and what is done about it. Nothing is written down yet.", may.then_some(("/monitor/assess", "Write it down")))),
            Some(last) => {
                @let own = &last.assessed;
                (facts(&[
                    Fact::new("What for, on which basis", &own.purpose),
                    Fact::new("Why nothing less will do", &own.need),
                    Fact::new("What could go wrong", &own.risks),
                    Fact::new("What is done about it", &own.measures),
                    Fact::new("Who was asked", &own.asked),
                    Fact::new("Written down", date_in_words(last.at.date())),
                    Fact::new("By", last.by.map(|by| view.name(by)).unwrap_or_default()),
                    Fact::new("Looked at again by", date_in_words(own.review)),
                ]))
                @if all.len() > 1 { (text::paragraph(format!("It was written down {} times; those before stand in the ledger.", all.len()))) }
                @if may { (buttons(button("Look at it again").to("/monitor/assess").secondary())) }
            },
        }
    };
    Shown::Page("Impact assessment of monitoring".to_owned(), content)
}

fn watching(view: &View<'_>, _: &Params) -> Shown {
    let (who, setting, today) = (view.who, view.setting, view.today);
    let looks = setting.monitor.looks().rev();
    let looks: Vec<&Look> = looks
        .filter(|look| circle::is_on(who, look.number, setting, today))
        .take(PAST_MAX)
        .collect();
    let over = Need::Holds(circle::watching_over(setting));
    let watches = view.has(&over);
    let own = view.person();
    let picked: Vec<&Look> = looks
        .iter()
        .copied()
        .filter(|look| look.picked && look.reviewed.is_none() && look.by != own)
        .collect();
    let content = html! {
        (monitoring())
        (text::h1("Who looked at what"))
        @if watches {
            (text::h2("Picked by chance, to be looked through"))
            @if picked.is_empty() {
                (text::paragraph("None waits for you."))
            } @else {
                (looks::table(view, &picked))
            }
            (buttons(html! {
                (button("They were looked through").to("/monitor/watching/done"))
                (button("Support was given").to("/monitor/watching/support").secondary())
            }))
        }
        (text::h2("All of them"))
        @if looks.is_empty() {
            (text::paragraph("Nobody looked at anything that you are told of."))
        } @else {
            (looks::table(view, &looks))
        }
        (reviews(view, watches))
    };
    Shown::Page("Who looked at what".to_owned(), content)
}

/// When it was looked through, and the support that was given, as far as it is for this reader.
fn reviews(view: &View<'_>, watches: bool) -> Markup {
    let reviews: Vec<String> = view
        .setting
        .monitor
        .reviews()
        .iter()
        .rev()
        .take(12)
        .filter(|one| watches || one.by == view.person())
        .map(|one| {
            let by = one.by.map(|by| view.name(by)).unwrap_or_default();
            let found = view.open(&one.found).unwrap_or_default();
            format!("{}, {by}: {found}", date_in_words(one.at.date()))
        })
        .collect();
    let committee = view.has(&Need::Holds(vec![Role::Chair, Role::NamedMember]));
    let supports: Vec<String> = view
        .setting
        .monitor
        .supports()
        .iter()
        .rev()
        .filter(|one| committee || one.by == view.person() || Some(one.person) == view.person())
        .take(12)
        .map(|one| {
            let how = view.open(&one.how).unwrap_or_default();
            let day = date_in_words(one.at.date());
            format!("{day}, {}: {how}", view.name(one.person))
        })
        .collect();
    let roles: Vec<String> = circle::watching_over(view.setting)
        .iter()
        .map(|role| format!("the {}", role.in_words()))
        .collect();
    html! {
        (text::h2("Looked through, and support"))
        (text::paragraph(format!("It is looked through by {}.", permit::or(roles))))
        @if reviews.is_empty() && supports.is_empty() { (text::paragraph("Nothing that is for you is written down yet.")) }
        @if !reviews.is_empty() { (text::bullets(&reviews)) }
        @if !supports.is_empty() { (text::bullets(&supports)) }
    }
}
