//! The filter at a glance: what is closed for whom and why, changes, topics that are coming up, and
//! whether lists of what is illegal are there.

use crate::{
    filter::{
        covered,
        entries::{Proposed, What},
        keeping,
        kinds::{self, ALL},
        plan,
        profiles::{self, EVERYBODY},
        register::Change,
    },
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// How many past changes are shown.
const PAST_MAX: usize = 50;

/// The filter.
pub(super) const FILTER: Page = Page {
    path: "/filter",
    title: "Filter",
    menu: 37,
    help: "What is closed for whom on the internet, and which words of your policy say so.\nNobody changes the filter alone: one person proposes, another approves. What is opened ends on a day.\nIf you find something closed that you need, ask for it on the page of requests.",
    need: |_, _| Need::AnyOf(vec![Need::Team, keeping()]),
    lines: None,
    show,
};

/// The plan, as a file.
pub(super) const PLAN: Page = Page {
    path: "/filter/plan",
    title: "The plan of the filter",
    menu: 0,
    help: "What the network has to know at this moment, as a file that the filter of this program reads: profiles, devices by their addresses, what is open for children, single sites.",
    need: |_, _| keeping(),
    lines: None,
    show: show_plan,
};

fn show_plan(view: &View<'_>, _: &Params) -> Shown {
    let plan = plan::of(view.setting, view.in_force, view.now);
    // INVARIANT: the plan is plain words, which JSON can hold.
    let bytes = serde_json::to_vec_pretty(&plan).unwrap_or_default();
    Shown::File {
        name: "plan.json".to_owned(),
        mime: "application/json",
        bytes,
    }
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let keeps = view.has(&keeping());
    let requests = view.setting.filter.requests();
    let waiting = requests.filter(|request| request.answer.is_none()).count();
    let reports = view.setting.filter.evidence().reports();
    let reported = reports.filter(|report| report.answer.is_none()).count();
    let content = html! {
        (super::around(view, "/filter"))
        (text::h1("Filter"))
        (super::lists::running(view, view.network.standing().as_ref()))
        (buttons(html! {
            (button("Ask for a site").to("/filter/request"))
            (button("Report a page").to("/filter/report"))
            (button("We saw something").to("/filter/saw-something").warning())
            @if keeps { (button("Propose a change").to("/filter/propose").secondary()) }
            (button("A topic is coming up").to("/filter/topic").secondary())
        }))
        @if keeps && waiting > 0 {
            (text::inset(html! {
                @if waiting == 1 { "One request waits for an answer. " } @else { (waiting) " requests wait for an answer. " }
                (text::link("/filter/requests", "Answer"))
            }))
        }
        @if keeps && reported > 0 {
            (text::inset(html! {
                @if reported == 1 { "One reported page waits for an answer. " } @else { (reported) " reported pages wait for an answer. " }
                (text::link("/filter/requests", "Answer"))
            }))
        }
        (illegal(view, keeps))
        (text::h2("What is closed for whom"))
        @for users in EVERYBODY { (profile(view, users)) }
        (changes(view, keeps))
        (topics(view))
        @if keeps { (text::paragraph(text::link("/filter/plan", "The plan as a file"))) }
    };
    Shown::Page("Filter".to_owned(), content)
}

/// Whether lists of what is illegal are there, said plainly.
fn illegal(view: &View<'_>, keeps: bool) -> Markup {
    let lists: Vec<_> = view.setting.filter.lists().collect();
    html! {
        (text::h2("What is illegal"))
        @if lists.is_empty() && !covered::has_illegal_list(view) {
            (text::warning("No licensed list of what is illegal is recorded here. Ask your provider of broadband whether theirs closes it, and record it."))
        } @else if lists.is_empty() {
            (text::paragraph(html! { "A list is in use here, or a provider closes it. " (text::link("/filter/coverage", "What the filter covers")) }))
        } @else {
            @let rows = lists.iter().map(|list| {
                let fact = &list.recorded;
                let over = fact.until < view.today;
                vec![
                    text::text(&fact.name),
                    text::text(&fact.supplier),
                    html! {
                        (date_in_words(fact.until))
                        @if over { " " (tag("Over", Colour::Red)) }
                    },
                    html! {
                        @if keeps { (text::link_about(&address("/filter/lists/end", &[("name", &fact.name)]), "End", &fact.name)) }
                    },
                ]
            });
            (Table::new("Lists of what is illegal", ["List", "Supplier", "Licence until", "Change"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
        (text::paragraph("What stands on these lists is closed for everybody, and nobody here can open it. Each time that it is asked for, the safeguarding lead is told."))
        @if keeps { (text::paragraph(text::link("/filter/lists/record", "Record a list"))) }
    }
}

fn profile(view: &View<'_>, users: crate::devices::kinds::Users) -> Markup {
    let profile = profiles::of(view.setting, view.in_force, users, view.today);
    let closed: Vec<Markup> = if profile.closed.contains(ALL) {
        vec![text::text(
            "Every kind of the lists; what adults have looked at is opened with them",
        )]
    } else {
        let words = |kind: &&'static str| {
            let why = profile.clauses.get(kind);
            html! {
                (kinds::in_words(kind))
                @if let Some(why) = why { " " (text::muted(format!("Our policy: {why}"))) }
            }
        };
        profile.closed.iter().map(words).collect()
    };
    let devices: Vec<&str> = view
        .setting
        .devices
        .kept()
        .filter(|device| device.about.users == users)
        .map(|device| device.about.name.as_str())
        .collect();
    let devices = match devices.len() {
        0 => "None".to_owned(),
        1..=6 => devices.join(", "),
        more => format!("{more} devices"),
    };
    card(
        users.in_words(),
        facts(&[
            Fact::new("Closed", text::bullets(&closed)),
            Fact::new("Devices", devices),
        ]),
    )
}

fn changes(view: &View<'_>, keeps: bool) -> Markup {
    let all: Vec<&Change> = view.setting.filter.changes().rev().collect();
    let rank = |change: &&&Change| match change.in_words(view.today) {
        "Waits for a second person" => 0,
        "In force" => 1,
        _ => 2,
    };
    let mut shown: Vec<&&Change> = all.iter().take(PAST_MAX).collect();
    shown.sort_by_key(|change| rank(change));
    let rows = shown.iter().map(|change| {
        let proposed = &change.proposed;
        let number = proposed.change.to_string();
        let at = |path: &str| address(path, &[("change", &number)]);
        let users: Vec<&str> = proposed.users.iter().map(|users| users.in_words()).collect();
        let until = proposed.until.map(date_in_words).unwrap_or_default();
        let what = proposed.what.in_words();
        vec![
            text::text(&what),
            text::text(users.join("; ")),
            text::text(&proposed.reason),
            text::text(change.by.map(|by| view.name(by)).unwrap_or_default()),
            text::text(until),
            text::text(change.in_words(view.today)),
            html! {
                @if keeps && change.decided.is_none() { (text::link_about(&at("/filter/decide"), "Decide", &what)) }
                @if keeps && change.holds(view.today) { (undo(proposed, &what)) }
            },
        ]
    });
    let columns = [
        "What",
        "For whom",
        "Why",
        "Proposed by",
        "Until",
        "Stands",
        "Change",
    ];
    html! {
        (text::h2("Changes"))
        @if all.is_empty() {
            (guide::empty("Here you see what was opened and closed beyond the policy. Nothing was.", None))
        } @else {
            (Table::new("Changes of the filter", columns.map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

/// How a change in force is undone: what opens in one step, what closes by two people.
fn undo(proposed: &Proposed, what: &str) -> Markup {
    let number = proposed.change.to_string();
    let propose = |kind: &[(&str, &str)]| {
        text::link_about(&address("/filter/propose", kind), "Propose to open", what)
    };
    match &proposed.what {
        What::OpenSite { .. }
        | What::OpenKind { .. }
        | What::PauseList { .. }
        | What::RemoveList { .. } => {
            let path = address("/filter/take-back", &[("change", &number)]);
            text::link_about(&path, "Take back", what)
        }
        What::CloseSite { site } => propose(&[("what", "open-site"), ("site", site)]),
        What::CloseKind { kind } => propose(&[("what", "open-kind"), ("kind", kind)]),
        // A list that was added is paused or removed on the page of lists; one that was taken is there.
        What::AddList { .. } | What::TakeShorter { .. } => html! {},
    }
}

fn topics(view: &View<'_>) -> Markup {
    let topics: Vec<String> = view
        .setting
        .filter
        .topics(view.today)
        .map(|topic| {
            let until = date_in_words(topic.noted.until);
            format!("{}, until {until}", topic.noted.topic)
        })
        .collect();
    html! {
        @if !topics.is_empty() {
            (text::h2("Coming up"))
            (text::paragraph("What people look for about these is expected, and gives no alert."))
            (text::bullets(&topics))
        }
    }
}
