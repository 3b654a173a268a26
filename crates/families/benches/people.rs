//! How quick the list of people is with 2,000 of them, as a manager and as somebody who works in a
//! room see it, beside the time that opening their sealed names alone takes.
//!
//! Run: `cargo bench -p families --features scenario --bench people`. It prints figures; it never
//! fails on time.

use families::{
    families as all,
    people::{
        acts::{Act, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    spine::{
        act::{Act as AnyAct, Person, Room},
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use std::{
    io::Write,
    time::{Duration, Instant},
};

const PEOPLE: u32 = 2_000;
const ROOMS: u32 = 20;
const ROUNDS: u32 = 20;

fn main() {
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let scenario = setting();
    let practitioner = scenario.setting.people.all().nth(1).unwrap_or(MANAGER);
    let names = scenario.view(MANAGER, |view| {
        each(|| {
            let people = &view.setting.people;
            let names = people
                .all()
                .filter_map(|person| view.open(people.name(person)?));
            names.map(|name: String| name.len()).sum()
        })
    });
    say("opening 2,000 names", names, names);
    let filters: [(&str, &[(&str, &str)]); 4] = [
        ("all", &[]),
        ("by name", &[("name", "name 17")]),
        ("by group", &[("group", "child")]),
        ("by room", &[("room", "3")]),
    ];
    for (who, reader) in [("manager", MANAGER), ("practitioner", practitioner)] {
        for (what, params) in filters {
            let took = page(&scenario, reader, params);
            say(&format!("/people, {who}, {what}"), took, names);
        }
    }
}

fn say(what: &str, took: Duration, reference: Duration) {
    let ratio = took.as_secs_f64() / reference.as_secs_f64();
    let millis = took.as_secs_f64() * 1000.0;
    let line = format!("{what:32} {millis:7.2} ms  {ratio:5.2} × opening the names  target 50 ms");
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// The quicker half of some rounds takes at most so long.
fn each(mut what: impl FnMut() -> usize) -> Duration {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            std::hint::black_box(what());
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    took.get(took.len() / 2).copied().unwrap_or_default()
}

fn page(scenario: &Scenario, reader: Person, params: &[(&str, &str)]) -> Duration {
    let words = params
        .iter()
        .map(|(name, word)| ((*name).to_owned(), (*word).to_owned()));
    let params = Params(words.collect());
    let page = all::pages().find(|page| page.path == "/people");
    scenario.view(reader, |view| {
        each(|| {
            page.map_or(0, |page| match (page.show)(view, &params) {
                families::spine::page::Shown::Page(_, content) => content.into_string().len(),
                _ => 0,
            })
        })
    })
}

/// A fifth works here, two fifths are children with a parent each.
fn setting() -> Scenario {
    let mut scenario = Scenario::new();
    for number in 0..ROOMS {
        let name = format!("Room {number}");
        scenario.done(MANAGER, AnyAct::People(Act::OpenRoom { name }));
    }
    let mut children = Vec::new();
    for number in 0..PEOPLE {
        let group = match number % 5 {
            0 => Group::Staff,
            1 | 2 => Group::Child,
            _ => Group::Parent,
        };
        let person = scenario.setting.people.next_person();
        let new = NewPerson {
            name: format!("Invented Name {number}"),
            groups: vec![group],
            rooms: vec![Room(number % ROOMS + 1)],
            ..NewPerson::default()
        };
        scenario.done(MANAGER, AnyAct::People(Act::Add(new)));
        if group == Group::Child {
            children.push(person);
        }
        if group == Group::Parent
            && let Some(child) = children.pop()
        {
            let tied = Tied {
                parent: person,
                child,
                relation: Relation::Parent,
                responsibility: true,
            };
            scenario.done(MANAGER, AnyAct::People(Act::Tie(tied)));
        }
    }
    scenario
}
