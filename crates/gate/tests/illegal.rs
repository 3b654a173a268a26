//! Whatever people do with a plan, in whatever order, what is illegal stays closed for everybody. A long
//! run: `STAIRGATE_SEQUENCES=1000000 cargo test -p gate --release --test illegal`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a test of its own is made of"
)]

use gate::{
    compiled::{Builder, Compiled, List, Survey},
    plan::{
        Asker, Because, Closed, Device, Exception, Floor, Gate, Person, Plan, Profile, Session,
    },
};
use jiff::civil::date;
use kernel::moment::Moment;
use std::{net::IpAddr, sync::Arc};

/// A setting of the environment; the tests' own, never the product's.
#[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
fn sequences() -> usize {
    let count = std::env::var("STAIRGATE_SEQUENCES").ok();
    count.map_or(20_000, |count| count.parse().unwrap())
}

/// The most things that people do in one sequence.
const STEPS: usize = 8;

const ILLEGAL: [&str; 4] = [
    "bad.example",
    "a.b.bad.example",
    "worse.co.uk",
    "childline.worse.co.uk",
];

const OTHERS: [&str; 6] = [
    "adult.example",
    "bad.example.org",
    "songs.example",
    "bad.example",
    "a.b.bad.example",
    "worse.co.uk",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn is(&mut self) -> bool {
        self.below(2) == 1
    }

    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

fn file() -> Arc<Compiled> {
    let list = |category: &str| List {
        name: format!("{category}.txt"),
        category: category.to_owned(),
        ..List::default()
    };
    let lists = vec![list("adult"), list("illegal"), list("ways-round")];
    let mut builder = Builder::begin(lists, &Survey::new()).unwrap();
    builder.add(0, 1, "adult.example");
    builder.add(1, 1, "bad.example");
    builder.add(1, 2, "worse.co.uk");
    builder.add(2, 1, "bad.example");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names");
    builder.sorted().finish(&path).unwrap();
    Arc::new(Compiled::open(&path).unwrap())
}

fn now() -> Moment {
    Moment::on(date(2026, 11, 23), 10, 10)
}

fn begin() -> Plan {
    let profile = |name: &str, children: bool| Profile {
        name: name.to_owned(),
        children,
        ..Profile::default()
    };
    Plan {
        profiles: vec![profile("children", true), profile("staff", false)],
        strangers: Some("staff".to_owned()),
        ..Plan::default()
    }
}

/// One thing that somebody does who may do everything.
fn act(plan: &mut Plan, dice: &mut Dice) {
    let names = ["children", "staff"];
    let at = dice.below(plan.profiles.len());
    match dice.below(12) {
        0 => plan.profiles[at].closed = Vec::new(),
        1 => plan.profiles[at].closed = vec![dice.one(&["all", "adult", "illegal"]).to_owned()],
        2 => plan.profiles[at].children = dice.is(),
        3 => {
            plan.profiles[at].limited = dice.is();
            let site = dice.one(&OTHERS).to_owned();
            plan.profiles[at].approved.push(site);
        }
        4 => plan.exceptions.push(Exception {
            name: dice.one(&OTHERS).to_owned(),
            open: dice.below(4) > 0,
            profiles: Vec::new(),
            until: Some(now().plus_hours(1)),
            reason: "Somebody asked".to_owned(),
            clause: None,
        }),
        5 => {
            let number = plan.devices.len();
            let person = plan.people.first().map(|person| person.name.clone());
            let host = u8::try_from(number + 1).unwrap();
            plan.devices.push(Device {
                name: format!("device-{number}"),
                addresses: vec![format!("192.0.2.{host}").try_into().unwrap()],
                profile: dice.one(&names).to_owned(),
                person: person.filter(|_| dice.is()),
                sessions_only: dice.is(),
                cut_off: dice.is(),
                ..Device::default()
            });
        }
        6 => {
            let devices = plan.devices.iter().map(|device| device.name.clone());
            plan.sessions.push(Session {
                name: format!("session-{}", plan.sessions.len()),
                devices: devices.collect(),
                from: now(),
                until: now().plus_minutes(20),
                profile: dice.is().then(|| dice.one(&names).to_owned()),
                names: vec![dice.one(&OTHERS).to_owned()],
                limited: dice.is(),
                clause: None,
            });
        }
        7 => plan.people.push(Person {
            name: format!("{}", plan.people.len()),
            profile: dice.one(&names).to_owned(),
            key: None,
        }),
        8 => plan.strangers = dice.is().then(|| dice.one(&names).to_owned()),
        9 => {
            plan.closing.answer = Closed::Page;
            plan.closing.page4 = Some([192, 0, 2, 80].into());
        }
        10 => plan.floors.push(Floor {
            by: "the council".to_owned(),
            closed: vec![dice.one(&["adult", "all"]).to_owned()],
            ..Floor::default()
        }),
        _ => plan.at_home.push(dice.one(&OTHERS).to_owned()),
    }
}

#[test]
fn no_sequence_of_acts_opens_what_is_illegal() {
    let file = file();
    let mut dice = Dice(11);
    let (mut taken, mut opened) = (0_usize, 0_usize);
    for turn in 0..sequences() {
        let mut plan = begin();
        for _ in 0..=dice.below(STEPS) {
            act(&mut plan, &mut dice);
        }
        // What the filter would not take opens nothing: the plan of before stays.
        let Ok(plan) = plan.checked() else {
            continue;
        };
        taken += 1;
        let gate = Gate::new(Arc::clone(&file), plan);
        let hosts = 1..=u8::try_from(gate.plan().devices.len() + 1).unwrap();
        for host in hosts {
            let asker = Asker::At(IpAddr::from([192, 0, 2, host]));
            let seat = gate.seat(asker, now());
            for name in ILLEGAL {
                let decision = gate.decide_for(seat, name, now());
                assert!(!decision.open, "turn {turn}: {name}: {:?}", gate.plan());
                assert_eq!(decision.because, Because::Illegal, "turn {turn}");
                for from in [Because::Session(0), Because::Exception(0), Because::Help] {
                    let led = gate.may_lead(seat, from, name, now());
                    assert!(!led.open, "turn {turn}: {name}: {:?}", gate.plan());
                }
            }
            opened += usize::from(gate.decide_for(seat, "bad.example.org", now()).open);
        }
    }
    // The acts do something: other names are opened by them, again and again.
    assert!(taken * 2 > sequences(), "{taken} plans were taken");
    assert!(opened > taken / 4, "{opened}");
    eprintln!(
        "{taken} of {} sequences made a plan that the filter takes",
        sequences()
    );
}
