//! How quick it is to ask whether somebody may, with 2,000 people: for each kind of need, beside a
//! look-up in a sorted map of as many.
//!
//! Run: `cargo bench -p families --features scenario --bench permit`. It prints figures; it never
//! fails on time.

use families::{
    people::{
        acts::{Act, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    spine::{
        act::{Act as AnyAct, Actor, Person, Room},
        permit::{Need, need_to_know, permit},
        scenario::{MANAGER, Scenario},
    },
};
use std::{
    collections::BTreeMap,
    hint::black_box,
    io::Write,
    time::{Duration, Instant},
};

const PEOPLE: u32 = 2_000;
const ROOMS: u32 = 20;
const ROUNDS: usize = 15;
const ASKED: u32 = 20_000;

fn main() {
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let (scenario, staff, parent, child) = setting();
    let (setting, today) = (&scenario.setting, scenario.today());
    let map: BTreeMap<u32, u64> = (0..PEOPLE)
        .map(|number| (number, u64::from(number)))
        .collect();
    let reference = each(|number| map.contains_key(&(number % PEOPLE)));
    say("a look-up in a map", reference, reference);
    let room = setting
        .people
        .rooms_of(child)
        .first()
        .copied()
        .unwrap_or(Room(1));
    let needs = [
        ("signed in", staff, Need::SignedIn),
        ("works here", staff, Need::Team),
        ("management", MANAGER, Need::management()),
        ("leadership, refused", staff, Need::leadership()),
        ("works in a room", staff, Need::StaffOf(room)),
        ("parent of", parent, Need::ParentOf(child)),
        (
            "may know a child",
            staff,
            need_to_know(child, setting, today),
        ),
        (
            "may know a child, refused",
            parent,
            need_to_know(Person(2), setting, today),
        ),
    ];
    for (what, person, need) in needs {
        let who = Actor::person_only(person);
        let took = each(|_| permit(&who, black_box(&need), setting, today).is_ok());
        say(what, took, reference);
    }
}

fn say(what: &str, took: Duration, reference: Duration) {
    let each = took.as_secs_f64() * 1e9 / f64::from(ASKED);
    let ratio = took.as_secs_f64() / reference.as_secs_f64();
    let line = format!("{what:28} {each:8.1} ns  {ratio:6.1} × a look-up  target 1,000 ns");
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// The middle one of some rounds.
fn each(what: impl Fn(u32) -> bool) -> Duration {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            for number in 0..ASKED {
                black_box(what(number));
            }
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    took.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn setting() -> (Scenario, Person, Person, Person) {
    let mut scenario = Scenario::new();
    for number in 1..=ROOMS {
        let name = format!("Room {number}");
        scenario.done(MANAGER, AnyAct::People(Act::OpenRoom { name }));
    }
    let (mut staff, mut parent, mut child) = (MANAGER, MANAGER, MANAGER);
    for number in 0..PEOPLE {
        let person = scenario.setting.people.next_person();
        let (group, name) = match number % 10 {
            0 => (Group::Staff, "Staff"),
            1..=4 => (Group::Parent, "Parent"),
            _ => (Group::Child, "Child"),
        };
        let new = NewPerson {
            name: format!("{name} {number}"),
            groups: vec![group],
            rooms: match group {
                Group::Parent => Vec::new(),
                _ => vec![Room(1 + number / 10 % ROOMS)],
            },
            ..NewPerson::default()
        };
        scenario.done(MANAGER, AnyAct::People(Act::Add(new)));
        match group {
            Group::Staff => staff = person,
            Group::Parent => parent = person,
            _ => {
                child = person;
                let tied = Tied {
                    parent,
                    child,
                    relation: Relation::Parent,
                    responsibility: true,
                };
                scenario.done(MANAGER, AnyAct::People(Act::Tie(tied)));
            }
        }
    }
    (scenario, staff, parent, child)
}
