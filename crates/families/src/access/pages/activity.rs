//! The ledger for people: who did what, when, from which device, the newest first.

use crate::{
    data, people,
    people::pages::known,
    spine::{
        act::{Actor, Person, Who},
        entry::{Entry, Recorded},
        page::{Lines, Page, Params, Shown, address},
        permit,
        tongue::Tongue,
        view::View,
    },
};
use kernel::moment::{Date, date_in_words};
use kit::{
    button::{button, buttons},
    choice::Choice,
    facts::{Fact, facts},
    field::{DateFilled, Field},
    filter::{self, Chosen},
    form, guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// Lines on one page.
const PAGE: usize = 50;

/// What entries are about: how their kinds begin, and words for it.
const ABOUT: &[(&str, &str)] = &[
    ("access.look", "Looks at records, refused ones too"),
    ("access.downloaded", "What was taken along as a file"),
    ("access.exception", "Exceptional access"),
    ("access.", "Accounts, signing in and access"),
    ("agreements.", "Agreements, induction and events"),
    ("concerns.", "Concerns, as far as you are on them"),
    ("data.", "Holds and erasure"),
    ("people.", "People and rooms"),
    ("place.", "The setting and its calendar"),
    ("policy.", "The policy"),
    ("roles.", "Roles"),
];

/// The ledger.
pub(super) const ACTIVITY: Page = Page {
    path: "/activity",
    title: "Activity",
    menu: 60,
    help: "Everything that was ever done here, the newest first: who did it, when, and from which device. Nothing can be changed or taken out without a trace: each line is chained to the one before it.\nChoose a person or a subject to see only those lines. The number leads to the entry.\n“Check it now” reads the whole ledger and proves that the chain is whole.",
    need: |_, _| permit::need_for_activity(),
    lines: Some(wanted),
    show,
};

/// One entry.
pub(super) const ENTRY: Page = Page {
    path: "/activity/{seq}",
    title: "An entry",
    menu: 0,
    help: "One line of the ledger, in words. Its number never changes, so it can be named as evidence.\nWhen what was kept about a person is erased, or the time for keeping has ended, the line stays and its details are gone.",
    need: |_, _| permit::need_for_activity(),
    lines: Some(|params| Lines {
        most: 1,
        // There is no entry of number nought: an address without a number shows none.
        only: vec![params.number("seq").unwrap_or(0)],
        ..Lines::default()
    }),
    show: show_entry,
};

fn about(params: &Params) -> Option<&'static (&'static str, &'static str)> {
    ABOUT.iter().find(|(key, _)| *key == params.get("about"))
}

fn by(params: &Params) -> Option<u32> {
    params.number("person")
}

/// A day of the address: as one word, or as the three parts in which a form sends it.
fn day(params: &Params, name: &str) -> Option<Date> {
    let whole = params.get(name);
    if !whole.is_empty() {
        return whole.parse().ok();
    }
    let part = |part: &str| params.get(&format!("{name}-{part}")).trim().to_owned();
    let written = format!(
        "{:0>4}-{:0>2}-{:0>2}",
        part("year"),
        part("month"),
        part("day")
    );
    written.parse().ok()
}

fn wanted(params: &Params) -> Lines {
    Lines {
        before: params.number("before").unwrap_or(0),
        most: PAGE + 1,
        kind: about(params).map_or_else(String::new, |(key, _)| (*key).to_owned()),
        by: by(params),
        from: day(params, "from"),
        to: day(params, "to"),
        ..Lines::default()
    }
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let older = view
        .lines
        .get(PAGE)
        .and_then(|_| view.lines.get(PAGE - 1))
        .map(|line| line.seq.to_string());
    let shown: Vec<&Recorded> = view.lines.iter().take(PAGE).collect();
    let content = html! {
        (text::h1("Activity"))
        (form::button_form("/activity/check", view.csrf, &[], &button("Check it now").secondary().about("whether the ledger is whole")))
        (filter::filtered(panel(view, params), html! {
            @if shown.is_empty() { (guide::empty("Here you see what was done, by whom and when. No line fits what you chose.", None)) }
            @else { (table(view, &shown, true)) }
            (buttons(html! {
                @if let Some(seq) = &older { (button("Older").to(list(params, "", seq)).secondary()) }
                @if !params.get("before").is_empty() { (button("Newest").to(list(params, "", "")).secondary()) }
            }))
        }))
    };
    Shown::Page("Activity".to_owned(), content)
}

/// The address of the list, with one choice left out, from a line on.
fn list(params: &Params, without: &str, before: &str) -> String {
    let keep = |name: &str, word: String| if name == without { String::new() } else { word };
    let person = by(params).map_or_else(String::new, |person| person.to_string());
    let about = about(params).map_or("", |(key, _)| *key).to_owned();
    let word = |name: &str| day(params, name).map_or_else(String::new, |day| day.to_string());
    address(
        "/activity",
        &[
            ("person", &keep("person", person)),
            ("about", &keep("about", about)),
            ("from", &keep("from", word("from"))),
            ("to", &keep("to", word("to"))),
            ("before", before),
        ],
    )
}

fn panel(view: &View<'_>, params: &Params) -> Markup {
    let mut people = vec![Choice::new("", "Everybody")];
    people.extend(
        known::named(view, view.setting.access.people())
            .into_iter()
            .map(|one| Choice::new(one.person.to_string(), one.name)),
    );
    let mut subjects = vec![Choice::new("", "Everything")];
    subjects.extend(ABOUT.iter().map(|(key, words)| Choice::new(*key, *words)));
    let mut chosen = Vec::new();
    if let Some(person) = by(params) {
        chosen.push(Chosen {
            words: view.name(Person(person)),
            without: list(params, "person", ""),
        });
    }
    if let Some((_, words)) = about(params) {
        chosen.push(Chosen {
            words: (*words).to_owned(),
            without: list(params, "about", ""),
        });
    }
    for (name, says) in [("from", "From"), ("to", "Up to")] {
        if let Some(day) = day(params, name) {
            chosen.push(Chosen {
                words: format!("{says} {}", date_in_words(day)),
                without: list(params, name, ""),
            });
        }
    }
    let filled = |name: &str| {
        day(params, name)
            .map(DateFilled::from_date)
            .unwrap_or_default()
    };
    let person = by(params).map_or_else(String::new, |person| person.to_string());
    let fields = html! {
        (Field::new("person", "Done by").value(person).select(&people))
        (Field::new("about", "About").value(about(params).map_or("", |(key, _)| *key)).select(&subjects))
        (Field::new("from", "From this day on").date(&filled("from")))
        (Field::new("to", "Up to this day").date(&filled("to")))
    };
    filter::filter("/activity", "/activity", &chosen, fields)
}

/// Lines as a table; `links` when the reader may open each.
pub(super) fn table(view: &View<'_>, lines: &[&Recorded], links: bool) -> Table {
    let columns = [
        Column::words("When"),
        Column::words("What happened"),
        Column::words("Device"),
        Column::numbers("Entry"),
    ];
    let rows = lines.iter().map(|line| {
        let number = if links {
            text::link(&format!("/activity/{}", line.seq), line.seq)
        } else {
            text::text(line.seq)
        };
        vec![
            text::time(&line.at.to_text(), line.at.in_words()),
            text::text(sentence(view, line)),
            text::text(line.by.device.as_deref().unwrap_or("–")),
            number,
        ]
    });
    Table::new("Activity", columns).caption_unseen().rows(rows)
}

/// A line as a sentence: "Maya Lin adopted version 2 of the policy".
fn sentence(view: &View<'_>, line: &Recorded) -> String {
    let who = who(view, &line.by);
    match &line.entry {
        Some(entry) if view.tongue() == Tongue::En => {
            format!("{who} {}", view.words(&entry.in_words()))
        }
        Some(entry) => {
            let did = view.phrase(&view.words(&entry.in_words()));
            format!("{who}: {did}")
        }
        None => format!("{who} did something; the details are no longer kept"),
    }
}

fn who(view: &View<'_>, actor: &Actor) -> String {
    match actor.who {
        Who::Person(person) => capital(&view.name(person)),
        Who::Nobody => "Somebody who had not signed in".to_owned(),
        Who::Kiosk(number) => format!("Somebody at kiosk {number}"),
        Who::Clock => "Stairgate itself".to_owned(),
        Who::Keeper => "Whoever keeps the machine".to_owned(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn show_entry(view: &View<'_>, _: &Params) -> Shown {
    let Some(line) = view.lines.first() else {
        return Shown::NotHere;
    };
    let title = format!("Entry {}", line.seq);
    let mut all = vec![
        Fact::new("Number", line.seq),
        Fact::new("When", line.at.in_words()),
        Fact::new("Who", who(view, &line.by)),
        Fact::new("Device", line.by.device.as_deref().unwrap_or("Not known")),
        Fact::new("Kind", &line.kind),
    ];
    if let Some(why) = line.entry.as_ref().and_then(|entry| why(view, entry)) {
        all.push(Fact::new("Why", why));
    }
    let content = html! {
        (navigation::breadcrumbs(&[("/activity", "Activity")]))
        (text::h1(&title))
        (text::lead(format!("{}.", sentence(view, line))))
        (facts(&all))
    };
    Shown::Page(title, content)
}

/// What somebody gave as the reason, as far as it can still be read.
fn why(view: &View<'_>, entry: &Entry) -> Option<String> {
    match entry {
        Entry::People(people::entries::Entry::Untied(fact)) => view.open(&fact.why),
        Entry::Data(data::entries::Entry::Held(fact)) => view.open(&fact.why),
        Entry::Data(data::entries::Entry::Released(fact)) => view.open(&fact.why),
        Entry::Place(_)
        | Entry::People(_)
        | Entry::Access(_)
        | Entry::Data(_)
        | Entry::Policy(_)
        | Entry::Roles(_)
        | Entry::Agreements(_)
        | Entry::Notices(_)
        | Entry::Concerns(_)
        | Entry::Education(_)
        | Entry::Procedure(_)
        | Entry::Devices(_)
        | Entry::Internet(_)
        | Entry::Filter(_)
        | Entry::Monitor(_) => None,
    }
}
