//! What the tests share: an invented setting, acts, and a look at what came of them.

use desk::{
    desk::{Answer, Desk, Done},
    folder::Folder,
};
use families::{
    access,
    people::{self, acts::NewPerson, group::Group},
    place::{self, entries::Described},
    policy,
    spine::act::{Act, Actor, Person},
};
use kernel::{
    calendar::Nation,
    moment::{Date, Moment},
};
use ledger::{line::Line, store::Store};
use std::{ops::ControlFlow, path::Path};

/// The manager of the invented setting.
pub(crate) const MANAGER: Person = Person(1);

pub(crate) fn manager() -> Actor {
    Actor {
        fresh: true,
        ..Actor::person_only(MANAGER)
    }
}

/// Nine in the morning, so many days after the first of September 2026, a Tuesday.
pub(crate) fn day(days: i64) -> Moment {
    Moment::on(Date::constant(2026, 9, 1), 9, 0).plus_hours(24 * days)
}

/// A new setting in this folder.
pub(crate) fn set_up(folder: &Folder) -> Desk {
    let desk = folder.open().unwrap();
    set_up_desk(&desk);
    desk
}

pub(crate) fn set_up_desk(desk: &Desk) {
    let set_up = access::acts::SetUp {
        place: described("Larkrise Preschool"),
        manager: "Maya Lin".to_owned(),
        is_lead: true,
        user: "maya".to_owned(),
        password: "$argon2id$invented".into(),
    };
    let act = Act::Access(access::acts::Act::SetUp(Box::new(set_up)));
    desk.perform(&Actor::nobody(), act, &[], day(0)).unwrap();
}

pub(crate) fn at(path: &Path) -> Folder {
    Folder::at(path, None)
}

fn described(name: &str) -> Described {
    Described {
        name: name.to_owned(),
        nation: Nation::England,
        kind: "preschool".to_owned(),
        phone: "01632 960 001".to_owned(),
        email: "office@larkrise.example".to_owned(),
        address: String::new(),
    }
}

pub(crate) fn describe(name: &str) -> Act {
    Act::Place(place::acts::Act::Describe(described(name)))
}

pub(crate) fn add(name: &str, group: Group) -> Act {
    Act::People(people::acts::Act::Add(NewPerson {
        name: name.to_owned(),
        groups: vec![group],
        phone: Some(format!("01632 960 999 {name}")),
        ..NewPerson::default()
    }))
}

pub(crate) fn adopt() -> Act {
    let template = policy::templates::find("preschool").unwrap();
    let document = policy::document::Document::from_toml(template.text).unwrap();
    Act::Policy(policy::acts::Act::adopt_at_once(document))
}

pub(crate) fn ask(desk: &Desk, act: Act, at: Moment) -> Answer {
    desk.perform(&manager(), act, &[], at)
}

pub(crate) fn done(desk: &Desk, act: Act, at: Moment) -> Done {
    ask(desk, act, at).unwrap()
}

/// The number of somebody new.
pub(crate) fn added(desk: &Desk, name: &str, group: Group, at: Moment) -> Person {
    done(desk, add(name, group), at);
    let found = names(desk).into_iter().find(|(_, known)| known == name);
    found.unwrap().0
}

/// Every person and the name that the manager sees.
pub(crate) fn names(desk: &Desk) -> Vec<(Person, String)> {
    let see = |view: &families::spine::view::View<'_>| {
        let all = view.setting.people.all();
        all.map(|person| (person, view.name(person))).collect()
    };
    desk.view(&manager(), day(400), "", None, see).unwrap()
}

/// The state as bytes: equal when everything in it is.
pub(crate) fn bytes(desk: &Desk) -> String {
    String::from_utf8(desk.state().to_bytes().unwrap()).unwrap()
}

pub(crate) fn lines(store: &dyn Store) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut see = |line: &Line| {
        lines.push(line.clone());
        ControlFlow::Continue(())
    };
    store.read(1, &mut see).unwrap();
    lines
}

/// A setting of the environment; the tests' own, never the product's.
#[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whole numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}
