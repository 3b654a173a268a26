//! Scenarios, named as sentences.

mod checked_first;
mod screen_time;
mod search;
mod supervised;

use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{About, Kind, Users},
    },
    internet::acts::{Act, Opening},
    people::{acts::Act as People, group::Group},
    spine::{
        act::{Act as AnyAct, Person, Room},
        scenario::{MANAGER, Scenario},
    },
};

pub(crate) fn internet(act: Act) -> AnyAct {
    AnyAct::Internet(act)
}

/// Opens bundle 1 on device 1 for fifteen minutes.
pub(crate) fn opening() -> Opening {
    Opening {
        device: Some(1),
        purpose: "How frogs grow".to_owned(),
        bundles: vec![1],
        minutes: 15,
        ..Opening::default()
    }
}

pub(crate) fn open(opening: Opening) -> AnyAct {
    internet(Act::Open(Box::new(opening)))
}

pub(crate) fn look(name: &str, sites: &[&str]) -> AnyAct {
    internet(Act::LookAt {
        bundle: None,
        name: name.to_owned(),
        sites: sites.iter().map(|site| (*site).to_owned()).collect(),
        needs: vec!["pictures.example".to_owned()],
        what_for: "Frogs in spring".to_owned(),
        age_from: 3,
    })
}

/// A room with two children's tablets, a bundle, and two who work here.
pub(crate) fn cast(clauses: &str) -> (Scenario, Person, Person) {
    let mut scenario = Scenario::with_clauses(clauses);
    let name = "Robins".to_owned();
    scenario.done(MANAGER, AnyAct::People(People::OpenRoom { name }));
    for (tablet, address) in [("Tablet 1", "10.0.0.11"), ("Tablet 2", "10.0.0.12")] {
        let about = About {
            name: tablet.to_owned(),
            kind: Kind::Tablet,
            serial: tablet.to_owned(),
            users: Users::Children,
            room: Some(Room(1)),
            addresses: vec![address.to_owned()],
            ..About::default()
        };
        scenario.done(MANAGER, AnyAct::Devices(Devices::Add(Box::new(about))));
    }
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.done(
        tomos,
        look("Pond life", &["https://www.ponds.example/frogs"]),
    );
    (scenario, tomos, rosa)
}
