//! Scenarios, named as sentences.

mod authorised_user;
mod quarantine;
mod register;
mod setting_owned;
mod unseen;
mod wireless;

use crate::{
    devices::{
        acts::Act,
        kinds::{About, Kind, Owner, Users},
    },
    people::acts::Act as People,
    spine::{
        act::{Act as AnyAct, Person, Room},
        scenario::{MANAGER, Scenario},
    },
};
use kernel::moment::Date;

fn tablet(name: &str) -> About {
    About {
        name: name.to_owned(),
        kind: Kind::Tablet,
        serial: format!("SN-{name}"),
        owner: Owner::Setting,
        users: Users::Children,
        camera: true,
        ..About::default()
    }
}

fn add(about: About) -> AnyAct {
    AnyAct::Devices(Act::Add(Box::new(about)))
}

fn change(device: u32, about: About) -> AnyAct {
    AnyAct::Devices(Act::Change {
        device,
        about: Box::new(about),
    })
}

fn hand_out(device: u32, person: Person) -> AnyAct {
    AnyAct::Devices(Act::HandOut {
        device,
        person,
        what_for: "Writing observations".to_owned(),
        until: Some(Date::constant(2026, 12, 18)),
    })
}

fn take_out(device: u32, why: &str) -> AnyAct {
    AnyAct::Devices(Act::TakeOut {
        device,
        why: why.to_owned(),
    })
}

fn bring_back(device: u32) -> AnyAct {
    AnyAct::Devices(Act::BringBack { device })
}

/// A room, and a tablet of the setting in it.
fn with_tablet(scenario: &mut Scenario) {
    let name = "Robins".to_owned();
    scenario.done(MANAGER, AnyAct::People(People::OpenRoom { name }));
    let about = About {
        room: Some(Room(1)),
        addresses: vec!["AA-BB-CC-00-11-22".to_owned()],
        ..tablet("Robins tablet 1")
    };
    scenario.done(MANAGER, add(about));
}
