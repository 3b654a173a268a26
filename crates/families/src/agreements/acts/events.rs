//! Events: planning them, what parents say about pictures, who signs, and what is read out.

use super::{Act, Answer, Hand, signing};
use crate::{
    agreements::{
        entries::{
            AnnouncementRead, Entry, EventCalledOff, EventPlanned, How, PermissionAnswered,
            PhotographySigned,
        },
        events,
        register::Event,
        texts,
    },
    people::{
        acts::{NewPerson, added},
        entries::{Entry as PeopleEntry, Left},
        group::Group,
    },
    spine::{
        act::{Case, Person, Room, no},
        entry::Entry as AnyEntry,
        tongue::Tongue,
    },
};
use kernel::{
    moment::{Date, plus_days},
    ruling::Mistake,
};

/// How far ahead an event is planned, in days.
const AHEAD_DAYS_MAX: i64 = 730;

/// What comes of an act about events.
pub(super) fn entries(act: &Act, case: &Case<'_>) -> Answer {
    match act {
        Act::PlanEvent { name, day, rooms } => plan(name, *day, rooms, case),
        Act::CallOffEvent { event } => call_off(*event, case),
        Act::AnswerPermission { child, allowed } => answer(*child, None, *allowed, case),
        Act::RecordPermission {
            child,
            parent,
            allowed,
        } => answer(*child, Some(*parent), *allowed, case),
        Act::SignPhotography { event, hand } => sign(*event, hand, case),
        Act::SignPhotographyWithCode { event, code, hand } => {
            with_code(*event, code, hand, How::Code, case)
        }
        Act::SignPhotographyAtKiosk { event, code, hand } => match code {
            Some(code) => with_code(*event, code, hand, How::Kiosk, case),
            None => as_guest(*event, hand, case),
        },
        Act::RecordPhotographyPaper { event, person } => on_paper(*event, *person, case),
        Act::ReadAnnouncement { event } => read_out(*event, case),
        Act::LeaveOut { .. }
        | Act::PutIn { .. }
        | Act::Issue { .. }
        | Act::Translate { .. }
        | Act::Sign { .. }
        | Act::GiveCode { .. }
        | Act::SignWithCode { .. }
        | Act::SignAtKiosk { .. }
        | Act::RecordPaper { .. }
        | Act::SignTogether { .. }
        | Act::InductionDone { .. }
        | Act::InductionSeen { .. } => Ok(Vec::new()),
    }
}

fn plan(name: &str, day: Date, rooms: &[Room], case: &Case<'_>) -> Answer {
    if day < case.today || day > plus_days(case.today, AHEAD_DAYS_MAX) {
        return no("day", "Choose a day from today on, at most two years away");
    }
    let people = &case.setting.people;
    if rooms.iter().any(|room| people.room_name(*room).is_none()) {
        return no("rooms", "One of these rooms is no longer used");
    }
    entry(Entry::EventPlanned(EventPlanned {
        event: case.setting.agreements.events().next(),
        name: name.to_owned(),
        day,
        rooms: rooms.to_vec(),
    }))
}

fn call_off(event: u32, case: &Case<'_>) -> Answer {
    let found = planned(event, case)?;
    if found.says.day < case.today {
        return no("event", "This event has taken place already");
    }
    entry(Entry::EventCalledOff(EventCalledOff { event }))
}

/// What a parent or carer with parental responsibility says about pictures of a child.
fn answer(child: Person, parent: Option<Person>, allowed: bool, case: &Case<'_>) -> Answer {
    let Some(parent) = parent.or(case.person()) else {
        return no("parent", "Say which parent or carer said it");
    };
    let people = &case.setting.people;
    let mut ties = people.parents_of(child);
    let Some(tie) = ties.find(|tie| tie.parent == parent) else {
        return no(
            "parent",
            "This person is not a parent or carer of the child",
        );
    };
    if !tie.responsibility {
        return no(
            "parent",
            "Only somebody with parental responsibility can say this for the child",
        );
    }
    let said = case.setting.agreements.events().said(child, parent);
    if said.is_some_and(|said| said.allowed == allowed) {
        return no("allowed", "This is what was said already");
    }
    entry(Entry::PermissionAnswered(PermissionAnswered {
        child,
        parent,
        allowed,
    }))
}

fn sign(event: u32, hand: &Hand, case: &Case<'_>) -> Answer {
    let Some(person) = case.person() else {
        return Err(vec![Mistake::new("Sign in first")]);
    };
    signed(event, person, hand, How::Own, case)
}

fn with_code(event: u32, code: &str, hand: &Hand, how: How, case: &Case<'_>) -> Answer {
    let person = signing::whose(code, case)?;
    signed(event, person, hand, how, case)
}

/// A guest whom nobody knows: taken in for this day only.
fn as_guest(event: u32, hand: &Hand, case: &Case<'_>) -> Answer {
    planned(event, case)?;
    let Some(name) = &hand.name else {
        return no("name", "Type your name, so that we know who you are");
    };
    let person = signing::unused_number(case);
    let new = NewPerson {
        name: name.clone(),
        groups: vec![Group::Visitor],
        ..NewPerson::default()
    };
    let came = added(&new, person, case)?;
    let fact = written(event, person, hand, How::Kiosk, case)?;
    let left = Left {
        person,
        last: case.today,
        at_once: None,
    };
    Ok(vec![
        AnyEntry::People(PeopleEntry::Added(came)),
        AnyEntry::People(PeopleEntry::Left(left)),
        AnyEntry::Agreements(Entry::PhotographySigned(fact)),
    ])
}

fn on_paper(event: u32, person: Person, case: &Case<'_>) -> Answer {
    if !case.setting.people.is_here(person, case.today) {
        return no("person", "There is no such person here");
    }
    not_yet(event, person, case)?;
    entry(Entry::PhotographySigned(PhotographySigned {
        event,
        person,
        how: How::Paper,
        name: None,
        drawn: None,
        language: "en".to_owned(),
        says: rules(case, Tongue::En.code()),
    }))
}

fn read_out(event: u32, case: &Case<'_>) -> Answer {
    let found = planned(event, case)?;
    if found.says.day > case.today {
        return no("event", "The event has not begun. Record it on the day");
    }
    if found.announced.is_some() {
        return no("event", "It was recorded already that it was read out");
    }
    let says = texts::announcement(Tongue::En, &found.says.name, &of_policy(case));
    entry(Entry::AnnouncementRead(AnnouncementRead { event, says }))
}

fn signed(event: u32, person: Person, hand: &Hand, how: How, case: &Case<'_>) -> Answer {
    not_yet(event, person, case)?;
    let fact = written(event, person, hand, how, case)?;
    entry(Entry::PhotographySigned(fact))
}

fn written(
    event: u32,
    person: Person,
    hand: &Hand,
    how: How,
    case: &Case<'_>,
) -> Result<PhotographySigned, Vec<Mistake>> {
    let (name, drawn) = signing::sealed(person, hand, case)?;
    Ok(PhotographySigned {
        event,
        person,
        how,
        name,
        drawn,
        language: hand.language.clone(),
        says: rules(case, &hand.language),
    })
}

fn rules(case: &Case<'_>, language: &str) -> Vec<String> {
    let tongue = Tongue::from_code(language).unwrap_or_default();
    let mut says: Vec<String> = events::RULES.iter().map(|id| tongue.say(id)).collect();
    says.extend(of_policy(case));
    says
}

fn of_policy(case: &Case<'_>) -> Vec<String> {
    events::in_force(case.in_force)
        .map(events::of_policy)
        .unwrap_or_default()
}

fn not_yet(event: u32, person: Person, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let found = planned(event, case)?;
    let mut signed = found.photographers.iter();
    if signed.any(|one| one.person == person) {
        return Err(vec![Mistake::new(
            "This was signed for this event already. There is nothing more to do",
        )]);
    }
    Ok(())
}

/// An event that takes place and is not long over.
fn planned<'a>(event: u32, case: &'a Case<'_>) -> Result<&'a Event, Vec<Mistake>> {
    match case.setting.agreements.events().event(event) {
        None => no("event", "There is no such event"),
        Some(event) if event.called_off => no("event", "This event was called off"),
        Some(event) => Ok(event),
    }
}

fn entry(entry: Entry) -> Answer {
    Ok(vec![AnyEntry::Agreements(entry)])
}
