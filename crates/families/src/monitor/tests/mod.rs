//! Scenarios, named as sentences.

mod alerts;
mod hand_checks;
mod kept;
mod monitors;
mod notice;
mod privacy;
mod use_;

use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{About, Kind as DeviceKind, Users},
    },
    monitor::{
        acts::{Act, NewLook, Raise},
        kinds::Severity,
        traces::{Answer, Asked, Count, Grounds, Kept, Report, Trace, Traces},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person, Room, Who},
        scenario::{MANAGER, Scenario},
    },
};
use kernel::moment::{Date, Moment};

pub(crate) fn monitor(act: Act) -> AnyAct {
    AnyAct::Monitor(act)
}

/// Somebody asked for something; the filter tells.
pub(crate) fn raise(series: &str, person: Option<Person>, at: Moment) -> Raise {
    Raise {
        series: series.to_owned(),
        theme: "self-harm".to_owned(),
        severity: Severity::Medium,
        device: Some(1),
        person,
        room: None,
        session: None,
        what: "quillon.example".to_owned(),
        words: false,
        open: false,
        first: at,
        last: at,
        count: 1,
    }
}

pub(crate) fn raised(s: &mut Scenario, raise: Raise) -> u32 {
    s.done(Who::Clock, monitor(Act::Raise(Box::new(raise))));
    let last = s.setting.monitor.alerts().next_back();
    last.map_or(0, |alert| alert.number)
}

pub(crate) fn look_at(person: Option<Person>, device: Option<u32>, day: Date) -> NewLook {
    NewLook {
        person,
        device,
        has: String::new(),
        first: day,
        last: day,
        why: "The tablet was out of the room for an hour".to_owned(),
        concern: None,
    }
}

pub(crate) fn look(new: NewLook) -> AnyAct {
    monitor(Act::Look(Box::new(new)))
}

/// Who is here: the manager, the lead, her deputy, who works here, and the chair.
#[derive(Clone, Copy)]
pub(crate) struct Cast {
    pub(crate) lead: Person,
    pub(crate) deputy: Person,
    pub(crate) tomos: Person,
    pub(crate) rosa: Person,
    pub(crate) chair: Person,
}

/// A setting with these clauses, a laptop of staff that Tomos has, and a tablet of children.
pub(crate) fn cast(clauses: &str) -> (Scenario, Cast) {
    let mut s = Scenario::with_clauses(clauses);
    let lead = s.holder("Ines Marsh", Group::Staff, Role::Lead);
    let deputy = s.holder("Owen Beck", Group::Staff, Role::DeputyLead);
    let end = crate::roles::acts::Act::End {
        role: Role::Lead,
        person: MANAGER,
        last: None,
    };
    s.done(MANAGER, AnyAct::Roles(end));
    // A role ends with its last day.
    s.on(2026, 9, 2);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let rosa = s.person("Rosa Field", &[Group::Staff]);
    let chair = s.holder("Ivy Stone", Group::Committee, Role::Chair);
    for (name, users) in [("Laptop 1", Users::Staff), ("Tablet 1", Users::Children)] {
        let about = About {
            name: name.to_owned(),
            kind: DeviceKind::Laptop,
            serial: name.to_owned(),
            users,
            ..About::default()
        };
        s.done(MANAGER, AnyAct::Devices(Devices::Add(Box::new(about))));
    }
    let hand = Devices::HandOut {
        device: 1,
        person: tomos,
        what_for: "Planning".to_owned(),
        until: None,
    };
    s.done(MANAGER, AnyAct::Devices(hand));
    let cast = Cast {
        lead,
        deputy,
        tomos,
        rosa,
        chair,
    };
    (s, cast)
}

/// Traces in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) all: Vec<Trace>,
}

/// A trace of a name that was closed because of its kind.
pub(crate) fn trace(at: Moment, person: Option<Person>, asked: &str) -> Trace {
    Trace {
        at,
        device: Some(1),
        person,
        room: Some(Room(1)),
        session: None,
        door: "Name".to_owned(),
        asked: asked.to_owned(),
        answer: Answer::Closed,
        kind: "games".to_owned(),
        because: 14,
        list: 3,
        line: 7,
        plan: 5,
        lists: 2,
    }
}

impl Traces for Memory {
    fn kept(&self) -> Option<Kept> {
        Some(Kept {
            first: self.all.first().map(|trace| trace.at.date()),
            days: 1,
            bytes: 4_000,
            bytes_max: 1 << 30,
            trouble: None,
        })
    }

    fn ask(&self, asked: &Asked) -> Report {
        let mut report = Report::default();
        let fits = |trace: &&Trace| {
            let day = trace.at.date();
            (asked.first..=asked.last).contains(&day)
                && asked.person.is_none_or(|one| trace.person == Some(one))
                && asked.device.is_none_or(|one| trace.device == Some(one))
                && asked.kind.as_ref().is_none_or(|one| trace.kind == *one)
                && trace.asked.contains(&asked.has)
        };
        for trace in self.all.iter().filter(fits) {
            let add = |count: &mut Count| {
                count.all += 1;
                count.closed += u64::from(!trace.answer.is_open());
            };
            add(&mut report.total);
            add(report.by_day.entry(trace.at.date()).or_default());
            add(&mut report.by_hour[9]);
            add(report.by_kind.entry(trace.kind.clone()).or_default());
            add(report
                .by_device
                .entry(trace.device.unwrap_or(0))
                .or_default());
            add(report
                .by_person
                .entry(trace.person.unwrap_or_default())
                .or_default());
            report
                .by_name
                .push((trace.asked.clone(), Count { all: 1, closed: 1 }));
            if report.rows.len() < asked.rows {
                report.rows.insert(0, trace.clone());
            }
        }
        report
    }

    fn explain(&self, trace: &Trace) -> Option<Grounds> {
        Some(Grounds {
            because: "It is of a kind that is closed for this profile".to_owned(),
            profile: "staff".to_owned(),
            clause: Some("Games are closed.".to_owned()),
            plan_of: Some(trace.at),
            list: Some("games-list".to_owned()),
            line: Some(trace.line),
            lists_of: Some(trace.at),
        })
    }

    fn is_whole(&self, _day: Date, digest: &str) -> Option<bool> {
        Some(digest == "00ff")
    }
}
