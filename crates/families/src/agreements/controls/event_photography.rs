//! agreements.event-photography: parents say once whether their child may be in pictures of events;
//! whoever takes pictures signs that they are for the family; before each event somebody is reminded
//! of the announcement, and it is kept that it was read out.

use crate::{
    agreements::{events, register::Event},
    people::group::Group,
    roles::role::Role,
    spine::{
        act::Person,
        control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
        tongue::Tongue,
    },
};
use kernel::{
    duty::{Duty, Owner},
    moment::{Date, Moment, minus_days, plus_days},
    value::Value,
};
use serde::Deserialize;

/// How long parents have to say whether their child may be in pictures, in days.
const ANSWER_WITHIN_DAYS: i64 = 28;
/// How long before an event people are reminded, in days.
const REMIND_DAYS: i64 = 7;

/// Parents agree how pictures taken at events may be used.
#[derive(Deserialize)]
pub(super) struct EventPhotography {
    /// General or none.
    #[serde(default)]
    permission: Option<Value>,
    /// Whether something is read out.
    #[serde(default)]
    announcement: Option<bool>,
}

impl Control for EventPhotography {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let events = from.setting.agreements.events();
        let mut rows: Vec<Row> = events
            .permissions()
            .map(|(child, parent, said)| {
                let what = if said.allowed {
                    "allows"
                } else {
                    "does not allow"
                };
                let what = format!("{what} pictures of {} at events", child.mark());
                row(Some(parent), what, said.seq, said.at)
            })
            .collect();
        for event in events.all() {
            rows.extend(of_event(event));
        }
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Pictures at events: permissions, signatures, announcements".to_owned(),
            columns: vec!["Day", "Who", "What"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let mut duties = Vec::new();
        if events::wants_permission(self.permission.as_ref()) {
            duties.extend(answers(from));
        }
        let all = from.setting.agreements.events().all();
        let open = all.filter(|event| !event.called_off && event.announced.is_none());
        duties.extend(open.filter_map(|event| self.remind(event, from.today)));
        duties
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let mut says: Vec<String> = events::RULES.iter().map(|id| Tongue::En.say(id)).collect();
        says.extend(events::of_policy(from.bound));
        if events::wants_permission(self.permission.as_ref()) {
            says.push("You can say whether your child may be in pictures that families take at events, and change it at any time.".to_owned());
        }
        let clauses = from.bound.clauses.iter();
        vec![Notice {
            to: Audience::Group(Group::Parent),
            title: "Pictures at our events".to_owned(),
            says,
            clauses: clauses.map(|clause| clause.id.clone()).collect(),
        }]
    }
}

impl EventPhotography {
    fn remind(&self, event: &Event, today: Date) -> Option<Duty> {
        let day = event.says.day;
        let read_out = self.announcement.unwrap_or(true);
        if !read_out && day < today {
            return None;
        }
        let what = if read_out {
            format!("Read out the announcement at {}", event.says.name)
        } else {
            format!("See who may be in pictures at {}", event.says.name)
        };
        let duty = Duty::new(what, manager(), day)
            .opens(minus_days(day, REMIND_DAYS))
            .at(format!("/events/{}", event.says.event))
            .about(format!("event:{}", event.says.event))
            .from([event.seq]);
        Some(duty)
    }
}

/// The answers that are still to come: from parents who can give them here, and one duty to ask the
/// others.
fn answers(from: &Standpoint<'_>) -> Vec<Duty> {
    let (setting, today) = (from.setting, from.today);
    let people = &setting.people;
    let asked = crate::agreements::asks::asked_for_since(setting, events::CONTROL);
    let asked = asked.unwrap_or(today);
    let open: Vec<(Person, Date)> = people
        .of(Group::Child, today)
        .filter(|child| events::may_be_in_pictures(setting, *child).is_none())
        .map(|child| (child, people.since(child).unwrap_or(asked).max(asked)))
        .collect();
    let mut duties = Vec::new();
    let mut others: Option<Date> = None;
    for (child, since) in open {
        let ties = people.parents_of(child);
        let able = ties.filter(|tie| tie.responsibility && setting.access.has_account(tie.parent));
        let able: Vec<Person> = able.map(|tie| tie.parent).collect();
        if able.is_empty() {
            others = Some(others.map_or(since, |first| first.min(since)));
        }
        duties.extend(able.into_iter().map(|parent| {
            Duty::new(
                format!("Say whether {} may be in pictures of events", child.mark()),
                Owner::Person(parent.0),
                plus_days(since, ANSWER_WITHIN_DAYS),
            )
            .opens(since)
            .at("/events")
            .about(format!("permission:{child}:{parent}"))
        }));
    }
    duties.extend(others.map(|since| {
        Duty::new(
            "Ask parents who have no account whether their child may be in pictures of events",
            manager(),
            plus_days(since, ANSWER_WITHIN_DAYS),
        )
        .opens(since)
        .at("/events")
        .about("permission:others")
    }));
    duties
}

fn of_event(event: &Event) -> Vec<Row> {
    let name = &event.says.name;
    let mut rows = vec![row(
        None,
        format!("{name} was planned"),
        event.seq,
        event.at,
    )];
    rows.extend(event.photographers.iter().map(|one| {
        let how = one.how.in_words();
        let what = format!("signed for pictures at {name}, {how}");
        row(Some(one.person), what, one.seq, one.at)
    }));
    if let Some((seq, at, by)) = event.announced {
        rows.push(row(
            by,
            format!("read out the announcement at {name}"),
            seq,
            at,
        ));
    }
    rows
}

fn row(who: Option<Person>, what: String, seq: u64, at: Moment) -> Row {
    Row {
        cells: vec![
            Cell::Day(at.date()),
            who.map_or(Cell::Empty, Cell::Person),
            Cell::Text(what),
        ],
        seq,
        at,
    }
}

fn manager() -> Owner {
    Owner::role(Role::Manager.key())
}
