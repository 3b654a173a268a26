//! The people of the invented setting come and go: the team, the committee, children with their
//! families, and the rooms that they are in.

use super::{
    calendar::{Days, minus, plus, school_year, year},
    names::{self, Adult, Came, Child, Family},
    stage::{By, Story},
};
use families::{
    data::acts::Act as DataAct,
    people::{
        acts::{Act, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    place::acts::Act as PlaceAct,
    spine::act::{Act as AnyAct, Room},
};
use jiff::civil::date;
use kernel::moment::{Date, Moment};

const MANAGER: By = By::Person(names::MANAGER);

/// Rooms, the team, the committee and the families.
pub(super) fn tell(story: &mut Story, days: &Days, families: &[Family]) {
    rooms_and_terms(story, days);
    team(story, days);
    committee(story, days);
    for (place, family) in families.iter().enumerate() {
        of_family(story, days, family, place);
    }
    now_and_then(story, days);
}

fn rooms_and_terms(story: &mut Story, days: &Days) {
    for (minute, name) in (5..).zip(names::ROOMS) {
        let name = name.to_owned();
        story.act(days.after(0, 9, minute), MANAGER, move |_| {
            Ok(AnyAct::People(Act::OpenRoom { name }))
        });
    }
    for start in days.years() {
        // Next year's terms are entered in June.
        let usual = date(start, 6, 20);
        let on = usual.max(days.start);
        let year = year(start);
        let at = Moment::on(on, 15, 10);
        for term in year.terms {
            story.act(at, MANAGER, |_| Ok(AnyAct::Place(PlaceAct::SetTerm(term))));
        }
        for closed in year.closures {
            story.act(at, MANAGER, |_| Ok(AnyAct::Place(PlaceAct::Close(closed))));
        }
    }
}

/// When each of the team came, and the last day of those who left.
pub(super) fn time_here(days: &Days, name: &str) -> (Date, Option<Date>) {
    match name {
        names::LEAVER => (days.start, Some(days.day_ago(252))),
        names::SUCCESSOR => (days.day_ago(230), None),
        names::NEW_PRACTITIONER => (days.day_ago(12), None),
        names::STUDENT => (days.day_ago(70), None),
        _ => (days.start, None),
    }
}

fn team(story: &mut Story, days: &Days) {
    for (place, (name, _, rooms, _)) in (0_i8..).zip(names::TEAM) {
        let (since, last) = time_here(days, name);
        let group = match *name {
            names::MANAGER => {
                place_in(story, days.after(0, 9, 10), name, rooms);
                continue;
            }
            names::VOLUNTEER | "Beryl Hathersage" => Group::Volunteer,
            names::STUDENT => Group::Student,
            _ => Group::Staff,
        };
        let at = Moment::on(since, 9, 15_i8.saturating_add(place));
        story.add(at, name, grown_up(group, rooms, since, place));
        if let Some(last) = last {
            leave(story, Moment::on(minus(last, 25), 14, 0), name, last);
        }
    }
}

fn place_in(story: &mut Story, at: Moment, name: &'static str, rooms: &'static [u32]) {
    story.act(at, MANAGER, move |cast| {
        let rooms = rooms.iter().copied().map(Room).collect();
        Ok(AnyAct::People(Act::Place(cast.of(name)?, rooms)))
    });
}

fn grown_up(group: Group, rooms: &[u32], since: Date, place: i8) -> NewPerson {
    NewPerson {
        groups: vec![group],
        rooms: rooms.iter().copied().map(Room).collect(),
        since: Some(since),
        phone: Some(format!("01632 960{:03}", 200 + i16::from(place))),
        ..NewPerson::default()
    }
}

fn committee(story: &mut Story, days: &Days) {
    let members = [names::CHAIR, names::NAMED_MEMBER, names::MEMBER];
    for (place, name) in (0_i8..).zip(members) {
        let new = grown_up(Group::Committee, &[], days.start, 80 + place);
        story.add(days.after(0, 10, place), name, new);
    }
    for name in names::PARENTS_ON_COMMITTEE {
        story.act(days.ago(400, 19, 0), MANAGER, |cast| {
            let person = cast.of(name)?;
            Ok(AnyAct::People(Act::JoinGroup(person, Group::Committee)))
        });
    }
}

/// The first day of a child, and the last; `None` when the child was here before the story.
fn stay(days: &Days, child: &Child) -> Option<(Date, Option<Date>)> {
    let starts = days.starts();
    let with = |place: usize| starts.get(place).copied();
    match child.came {
        Came::With(place) => Some((with(place.checked_sub(1)?)?, None)),
        Came::Earlier => {
            let two = minus(born(days, child), -731);
            Some((with(3)?.max(two), None))
        }
        Came::Left(place) => {
            let last = days.leavings().get(place.checked_sub(1)?).copied()?;
            let first = year(school_year(last).saturating_sub(1)).terms;
            Some((first.first()?.first, Some(last)))
        }
    }
}

fn born(days: &Days, child: &Child) -> Date {
    let shift = i64::try_from(child.name.len() % 28).unwrap_or(0);
    minus(
        days.september(),
        child.months * 30 + child.months / 2 + shift,
    )
}

fn of_family(story: &mut Story, days: &Days, family: &Family, place: usize) {
    let stays: Vec<(&Child, Date, Option<Date>)> = family
        .children
        .iter()
        .filter_map(|child| stay(days, child).map(|(first, last)| (child, first, last)))
        .collect();
    let Some(first) = stays.iter().map(|(_, first, _)| *first).min() else {
        return;
    };
    let minute = i8::try_from(place % 60).unwrap_or(0);
    for adult in &family.adults {
        let number = 300 + place * 2 + usize::from(family.adults.first() != Some(adult));
        let new = NewPerson {
            groups: vec![Group::Parent],
            since: Some(first),
            email: Some(format!(
                "{}@families.example",
                super::accounts::user_name(adult.name)
            )),
            phone: Some(format!("01632 960{number:03}")),
            ..NewPerson::default()
        };
        story.add(recorded(days, first, minute), adult.name, new);
    }
    for (child, first, last) in &stays {
        let at = recorded(days, *first, minute).plus_minutes(1);
        let new = NewPerson {
            groups: vec![Group::Child],
            rooms: vec![room(days, child, *first, place)],
            since: Some(*first),
            born: Some(born(days, child)),
            ..NewPerson::default()
        };
        story.add(at, child.name, new);
        for adult in &family.adults {
            tie(story, at.plus_minutes(1), adult, child.name);
        }
        move_up(story, days, child, *first, place);
        if let Some(last) = last {
            leave(
                story,
                Moment::on(minus(*last, 2), 13, minute),
                child.name,
                *last,
            );
        }
    }
    let last = stays.iter().map(|(_, _, last)| *last).max().flatten();
    if let Some(last) = last.filter(|_| stays.iter().all(|(_, _, last)| last.is_some())) {
        for adult in &family.adults {
            leave(
                story,
                Moment::on(minus(last, 2), 14, minute),
                adult.name,
                last,
            );
        }
    }
}

/// The first day of the first child of a family within or before the story.
pub(super) fn first_day(days: &Days, family: &Family) -> Option<Date> {
    let first = |child: &Child| stay(days, child).map(|(first, _)| first);
    family.children.iter().filter_map(first).min()
}

/// Whether no child of the family is here any more.
pub(super) fn has_left(family: &Family) -> bool {
    let left = |child: &Child| matches!(child.came, Came::Left(_));
    family.children.iter().all(left)
}

/// Families are written down on their first day, or when the program is set up.
fn recorded(days: &Days, first: Date, minute: i8) -> Moment {
    if first <= days.start {
        return Moment::on(days.start, 11, minute);
    }
    Moment::on(first, 9, minute)
}

/// Two rooms for the younger, two for the older.
fn room(days: &Days, child: &Child, on: Date, place: usize) -> Room {
    let months = (on - born(days, child)).get_days() / 30;
    let older = months >= 38;
    Room(match (older, place.is_multiple_of(2)) {
        (false, true) => 1,
        (false, false) => 2,
        (true, true) => 3,
        (true, false) => 4,
    })
}

/// In September the older ones move up.
fn move_up(story: &mut Story, days: &Days, child: &Child, first: Date, place: usize) {
    let starts = days.starts();
    let september = starts.iter().find(|day| day.month() == 9);
    let Some(september) = september.filter(|day| **day > days.start && **day > first) else {
        return;
    };
    let (before, after) = (
        room(days, child, first, place),
        room(days, child, *september, place),
    );
    if before == after || matches!(child.came, Came::Left(_)) {
        return;
    }
    let name = child.name;
    story.act(Moment::on(*september, 8, 30), MANAGER, move |cast| {
        Ok(AnyAct::People(Act::Place(cast.of(name)?, vec![after])))
    });
}

fn tie(story: &mut Story, at: Moment, adult: &Adult, child: &'static str) {
    let name = adult.name;
    let (relation, responsibility) = match adult.is {
        "foster" => (Relation::FosterCarer, false),
        "grandparent" => (Relation::Grandparent, false),
        "untied" => (Relation::Other, false),
        _ => (Relation::Parent, true),
    };
    story.act(at, MANAGER, move |cast| {
        Ok(AnyAct::People(Act::Tie(Tied {
            parent: cast.of(name)?,
            child: cast.of(child)?,
            relation,
            responsibility,
        })))
    });
}

fn leave(story: &mut Story, at: Moment, name: &'static str, last: Date) {
    story.act(at, MANAGER, move |cast| {
        Ok(AnyAct::People(Act::RecordLeaving {
            person: cast.of(name)?,
            last,
        }))
    });
}

/// A carer untied, a number changed, what was kept erased, and a hold.
fn now_and_then(story: &mut Story, days: &Days) {
    let untied = days.ago(5, 10, 20);
    story.act(untied, MANAGER, |cast| {
        Ok(AnyAct::People(Act::Untie {
            parent: cast.of(names::UNTIED)?,
            child: cast.of("Teddy Ravensdale")?,
            why: "He no longer lives with the family and asked us to take him off".to_owned(),
        }))
    });
    leave(story, days.ago(5, 10, 25), names::UNTIED, untied.date());
    story.act(days.ago(47, 8, 50), By::Person(names::PARENT), |cast| {
        let contact = families::people::acts::Contact {
            person: cast.of(names::PARENT)?,
            email: None,
            phone: Some("01632 960777".to_owned()),
        };
        Ok(AnyAct::People(Act::ChangeContact(contact)))
    });
    let Some(left) = days.leavings().first().copied() else {
        return;
    };
    let soon = Moment::on(plus(left, 3), 10, 0);
    let hold = plus(days.today, 90);
    story.act(soon, By::Person(names::DEPUTY_MANAGER), move |cast| {
        Ok(AnyAct::Data(DataAct::Hold {
            person: cast.of(names::HELD)?,
            why: "The family and the council are still in touch about a complaint".to_owned(),
            review: hold,
        }))
    });
    story.act(soon.plus_minutes(30), MANAGER, |cast| {
        Ok(AnyAct::Data(DataAct::Erase {
            person: cast.of(names::ERASED)?,
            why: "asked for by the person after the family had left".to_owned(),
        }))
    });
}
