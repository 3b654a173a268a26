//! Devices and the internet: the register, who has what, one device that was secured, what adults
//! looked at, when the internet was open for children, and changes of the filter by two people.

use super::{
    calendar::Days,
    names,
    stage::{By, Story},
};
use anyhow::Context;
use families::{
    devices::{
        acts::{Act as Devices, custody::Act as Custody},
        entries::custody::{Handing, Note},
        kinds::{About, Kind, Owner, Users},
    },
    filter::{acts::Act as Filter, entries::What},
    internet::acts::{Act as Internet, Opening},
    spine::{
        act::{Act, Room},
        view::View,
    },
};
use kernel::moment::{Moment, plus_days};

const MANAGER: By = By::Person(names::MANAGER);
const LEAD: By = By::Person(names::DEPUTY_MANAGER);
const TECHNICAL: By = By::Person(names::TECHNICAL_LEAD);

/// The devices: name, kind, make, who uses it, room, place, address on the network.
type One = (
    &'static str,
    Kind,
    &'static str,
    Users,
    Option<u32>,
    &'static str,
    &'static str,
);

const DEVICES: [One; 11] = [
    (
        "Bluebell tablet",
        Kind::Tablet,
        "Aspen Slate 10",
        Users::Children,
        Some(1),
        "Charging box by the door",
        "192.168.10.11",
    ),
    (
        "Foxglove tablet",
        Kind::Tablet,
        "Aspen Slate 10",
        Users::Children,
        Some(2),
        "Charging box by the door",
        "192.168.10.12",
    ),
    (
        "Clover tablet",
        Kind::Tablet,
        "Aspen Slate 10",
        Users::Children,
        Some(3),
        "Top shelf",
        "192.168.10.13",
    ),
    (
        "Hawthorn tablet",
        Kind::Tablet,
        "Aspen Slate 8",
        Users::Children,
        Some(4),
        "Top shelf",
        "192.168.10.14",
    ),
    (
        "Office computer",
        Kind::Computer,
        "Birch Desk 3",
        Users::Office,
        None,
        "Office",
        "192.168.10.20",
    ),
    (
        "Planning laptop",
        Kind::Laptop,
        "Birch Note 14",
        Users::Staff,
        None,
        "Cupboard in the office",
        "192.168.10.21",
    ),
    (
        "Journal camera",
        Kind::Camera,
        "Cedar C2",
        Users::Staff,
        Some(1),
        "Locked drawer",
        "",
    ),
    (
        "Outings phone",
        Kind::Phone,
        "Damson 5",
        Users::Staff,
        None,
        "Safe in the office",
        "",
    ),
    (
        "Board in Clover",
        Kind::Board,
        "Elder Board 65",
        Users::Children,
        Some(3),
        "On the wall",
        "192.168.10.30",
    ),
    (
        "Router",
        Kind::Network,
        "Fir R1",
        Users::Office,
        None,
        "Cupboard in the office",
        "192.168.10.1",
    ),
    (
        "Old tablet",
        Kind::Tablet,
        "Aspen Slate 7",
        Users::Children,
        Some(2),
        "Cupboard in the office",
        "",
    ),
];

/// Bundles of sites: name, sites, what they need, what for, from which age.
const BUNDLES: [(&str, &str, &str, &str, u8); 3] = [
    (
        "Pond life",
        "ponds.example",
        "pictures.ponds.example",
        "How frogs and newts grow",
        3,
    ),
    (
        "Weather for children",
        "weather-for-children.example",
        "maps.example",
        "What to wear today",
        2,
    ),
    (
        "Songs in Welsh and Polish",
        "songs.example",
        "sound.songs.example",
        "Singing in the languages of our families",
        2,
    ),
];

/// Everything about devices and the internet.
pub(super) fn tell(story: &mut Story, days: &Days) {
    register(story, days);
    hands(story, days);
    secured(story, days);
    bundles(story, days);
    openings(story, days);
    changes(story, days);
}

fn act(story: &mut Story, at: Moment, by: By, act: Act) {
    story.act(at, by, move |_| Ok(act));
}

fn register(story: &mut Story, days: &Days) {
    for (number, one) in (1_u32..).zip(DEVICES) {
        let (name, kind, make, users, room, place, address) = one;
        let about = About {
            name: name.to_owned(),
            kind,
            make: make.to_owned(),
            serial: format!("HL-{:04}", 4_100 + number * 17),
            tag: format!("H{number:02}"),
            owner: Owner::Setting,
            users,
            room: room.map(Room),
            place: place.to_owned(),
            bought: Some(days.ago(900 - i64::from(number) * 20, 12, 0).date()),
            encrypted: Some(kind != Kind::Camera),
            camera: matches!(
                kind,
                Kind::Tablet | Kind::Camera | Kind::Phone | Kind::Laptop
            ),
            sim: kind == Kind::Phone,
            addresses: Some(address)
                .filter(|own| !own.is_empty())
                .map(str::to_owned)
                .into_iter()
                .collect(),
            ..About::default()
        };
        let at = days.after(16, 10, 0).plus_minutes(i64::from(number));
        act(
            story,
            at,
            MANAGER,
            Act::Devices(Devices::Add(Box::new(about))),
        );
    }
    act(
        story,
        days.after(16, 11, 0),
        MANAGER,
        Act::Devices(Devices::Enrol { device: 5 }),
    );
    let gone = Devices::Dispose {
        device: 11,
        how: "recycled".to_owned(),
        evidence: "Reset and wiped by Callum, certificate RC-2207 of the recycler".to_owned(),
    };
    act(story, days.ago(120, 15, 10), MANAGER, Act::Devices(gone));
}

fn hands(story: &mut Story, days: &Days) {
    story.act(days.ago(40, 9, 10), MANAGER, |cast| {
        Ok(Act::Devices(Devices::HandOut {
            device: 6,
            person: cast.of(names::DEPUTY_LEAD)?,
            what_for: "Writing the spring plans".to_owned(),
            until: None,
        }))
    });
    act(
        story,
        days.ago(40, 12, 30),
        By::Person(names::DEPUTY_LEAD),
        Act::Devices(Devices::Acknowledge { device: 6 }),
    );
    let out = Devices::TakeOut {
        device: 9,
        why: "The touch does not work on the left side".to_owned(),
    };
    act(
        story,
        days.ago(6, 16, 40),
        By::Person(names::ROOM_LEADER),
        Act::Devices(out),
    );
}

/// A phone that was left behind, and may matter to somebody else.
fn secured(story: &mut Story, days: &Days) {
    let secure = Custody::Secure {
        device: 8,
        case: None,
        note: Note {
            why: "A message came up on it, after the outing, from a number that nobody knows. It spoke of pictures.".to_owned(),
            place: "Safe in the office".to_owned(),
            seal: "HL-0031".to_owned(),
            found: "On".to_owned(),
            taken_from: "The outings bag".to_owned(),
        },
    };
    let by = By::Person(names::ROOM_LEADER);
    act(
        story,
        days.ago(12, 15, 25),
        by,
        Act::Devices(Devices::Custody(secure)),
    );
    story.look(days.ago(12, 15, 50), by, |view, cast| {
        Ok(vec![Act::Devices(Devices::Custody(Custody::PassOn {
            custody: last_secured(view)?,
            to: Some(cast.of(names::DEPUTY_MANAGER)?),
            note: Handing {
                place: "Safe in the office".to_owned(),
                seal: "HL-0031".to_owned(),
                whole: true,
                ..Handing::default()
            },
        }))])
    });
    story.look(days.ago(12, 16, 5), LEAD, |view, _| {
        let custody = last_secured(view)?;
        Ok(vec![Act::Devices(Devices::Custody(Custody::Receive {
            custody,
        }))])
    });
}

/// The custody record that was begun last.
fn last_secured(view: &View<'_>) -> anyhow::Result<u32> {
    let mut all = view.setting.devices.custodies().all();
    let last = all.next_back().context("nothing was secured yet")?;
    Ok(last.number)
}

fn bundles(story: &mut Story, days: &Days) {
    for (place, (name, site, needs, what_for, age_from)) in (0_i64..).zip(BUNDLES) {
        let look = Internet::LookAt {
            bundle: None,
            name: name.to_owned(),
            sites: vec![site.to_owned()],
            needs: vec![needs.to_owned()],
            what_for: what_for.to_owned(),
            age_from,
        };
        let at = days.ago(110, 13, 0).plus_minutes(place * 20);
        act(story, at, By::Person("Ruth Abernethy"), Act::Internet(look));
    }
}

/// On the last open days, once in each of two rooms.
fn openings(story: &mut Story, days: &Days) {
    let open = days.open_days();
    let last = open.iter().rev().take(8).rev();
    let purposes = [
        "How frogs grow",
        "What the weather does",
        "A song for the morning",
    ];
    let mut session = 0;
    for (place, day) in last.enumerate() {
        for (who, device, hour) in [("Ruth Abernethy", 3, 10), (names::PRACTITIONER, 1, 11)] {
            // Not every room goes online on every day.
            if (place + device) % 3 == 0 {
                continue;
            }
            session += 1;
            let bundle = place % 3;
            let opening = Opening {
                device: u32::try_from(device).ok(),
                purpose: purposes.get(bundle).copied().unwrap_or_default().to_owned(),
                bundles: u32::try_from(bundle + 1).into_iter().collect(),
                minutes: 15,
                ..Opening::default()
            };
            let at = Moment::on(*day, hour, 5);
            act(
                story,
                at,
                By::Person(who),
                Act::Internet(Internet::Open(Box::new(opening))),
            );
            let minutes = 6 + i64::try_from(place % 4).unwrap_or(0) * 2;
            let end = Internet::End { session };
            act(
                story,
                at.plus_minutes(minutes),
                By::Person(who),
                Act::Internet(end),
            );
        }
    }
}

fn changes(story: &mut Story, days: &Days) {
    let until = plus_days(days.today, 90);
    let propose = Filter::Propose {
        what: What::OpenSite {
            site: "planning-ideas.example".to_owned(),
            needs: vec!["files.planning-ideas.example".to_owned()],
        },
        users: vec![Users::Staff, Users::Office],
        until: Some(until),
        reason: "It stands on a list of games, and is a library of plans for early years."
            .to_owned(),
        risk: "Read by Callum and Ruth: no advertising, no chat, links lead to publishers."
            .to_owned(),
    };
    act(story, days.ago(34, 10, 0), TECHNICAL, Act::Filter(propose));
    let approve = Filter::Decide {
        change: 1,
        approve: true,
        why: String::new(),
    };
    act(story, days.ago(34, 13, 20), MANAGER, Act::Filter(approve));
    let ask = |site: &str, why: &str| Filter::Request {
        site: site.to_owned(),
        users: Users::Staff,
        why: why.to_owned(),
    };
    let museum = ask(
        "museum-of-toys.example",
        "We plan an outing and need the opening times.",
    );
    act(
        story,
        days.ago(9, 12, 15),
        By::Person(names::PRACTITIONER),
        Act::Filter(museum),
    );
    let answer = Filter::Answer {
        request: 1,
        open_until: Some(plus_days(days.today, 30)),
        needs: Vec::new(),
        why: "It was on a list of shops by mistake.".to_owned(),
    };
    act(story, days.ago(9, 14, 0), MANAGER, Act::Filter(answer));
    let cards = ask(
        "greeting-cards.example",
        "For a card to a family that moves away.",
    );
    act(
        story,
        days.ago(1, 16, 30),
        By::Person("Grace Mensah"),
        Act::Filter(cards),
    );
    let list = Filter::RecordList {
        name: "IWF".to_owned(),
        supplier: "Our provider of broadband closes it; contract HL-22".to_owned(),
        until: plus_days(days.today, 200),
    };
    act(story, days.after(17, 9, 0), MANAGER, Act::Filter(list));
}
