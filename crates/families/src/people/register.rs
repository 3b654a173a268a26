//! Who is here: people, families, rooms. Names stay sealed; only a view opens them.

use super::{
    entries::{Entry, Relation},
    group::Group,
};
use crate::spine::{
    act::{Person, Room},
    setting::At,
    tongue::Tongue,
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// People, families, rooms.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    people: BTreeMap<Person, Known>,
    rooms: BTreeMap<Room, Option<String>>,
    ties: Vec<Tie>,
}

/// What is known about a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    name: Private<String>,
    groups: BTreeSet<Group>,
    rooms: Vec<Room>,
    since: Date,
    last: Option<Date>,
    born: Option<Private<Date>>,
    email: Option<Private<String>>,
    phone: Option<Private<String>>,
    #[serde(default)]
    tongue: Option<Private<Tongue>>,
    seq: u64,
    at: Moment,
}

/// A parent or carer and a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The parent or carer.
    pub parent: Person,
    /// The child.
    pub child: Person,
    /// What they are to the child.
    pub relation: Relation,
    /// Whether they have parental responsibility.
    pub responsibility: bool,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Added(fact) => {
                let known = Known {
                    name: fact.name.clone(),
                    groups: fact.groups.iter().copied().collect(),
                    rooms: fact.rooms.clone(),
                    since: fact.since,
                    last: None,
                    born: fact.born.clone(),
                    email: fact.email.clone(),
                    phone: fact.phone.clone(),
                    tongue: None,
                    seq: at.seq,
                    at: at.moment,
                };
                self.people.insert(fact.person, known);
            }
            Entry::Changed(fact) => self.change(fact.person, |known| {
                if let Some(name) = &fact.name {
                    known.name = name.clone();
                }
                known.born = fact.born.clone().or(known.born.take());
                known.email = fact.email.clone().or(known.email.take());
                known.phone = fact.phone.clone().or(known.phone.take());
            }),
            Entry::JoinedGroup(fact) => self.change(fact.person, |known| {
                known.groups.insert(fact.group);
            }),
            Entry::LeftGroup(fact) => self.change(fact.person, |known| {
                known.groups.remove(&fact.group);
            }),
            Entry::Placed(fact) => {
                self.change(fact.person, |known| known.rooms.clone_from(&fact.rooms))
            }
            Entry::Speaks(fact) => {
                self.change(fact.person, |known| {
                    known.tongue = Some(fact.tongue.clone());
                });
            }
            Entry::Tied(fact) => self.ties.push(Tie {
                parent: fact.parent,
                child: fact.child,
                relation: fact.relation,
                responsibility: fact.responsibility,
            }),
            Entry::Untied(fact) => {
                self.ties
                    .retain(|tie| tie.parent != fact.parent || tie.child != fact.child);
            }
            Entry::Left(fact) => self.change(fact.person, |known| known.last = Some(fact.last)),
            Entry::Returned(fact) => self.change(fact.person, |known| {
                let last = known.last.take();
                // Without a day between, they were here all along.
                let next = last.and_then(|last| last.tomorrow().ok());
                if next.is_none_or(|next| next < fact.since) {
                    known.since = fact.since;
                }
            }),
            Entry::RoomNamed(fact) => {
                self.rooms.insert(fact.room, Some(fact.name.clone()));
            }
            Entry::RoomClosed(fact) => {
                self.rooms.insert(fact.room, None);
            }
        }
    }

    fn change(&mut self, person: Person, how: impl FnOnce(&mut Known)) {
        if let Some(known) = self.people.get_mut(&person) {
            how(known);
        }
    }

    /// The number that the next person gets. Numbers are never used again.
    #[must_use]
    pub fn next_person(&self) -> Person {
        Person(
            self.people
                .keys()
                .next_back()
                .map_or(1, |last| last.0.saturating_add(1)),
        )
    }

    /// The number that the next room gets.
    #[must_use]
    pub fn next_room(&self) -> Room {
        Room(
            self.rooms
                .keys()
                .next_back()
                .map_or(1, |last| last.0.saturating_add(1)),
        )
    }

    /// The language that a person has chosen.
    #[must_use]
    pub fn speaks(&self, person: Person) -> Option<&Private<Tongue>> {
        self.people.get(&person)?.tongue.as_ref()
    }

    /// Whether this person was ever recorded here.
    #[must_use]
    pub fn is_known(&self, person: Person) -> bool {
        self.people.contains_key(&person)
    }

    /// Whether this person belongs to the setting on this day: came, and did not leave before.
    #[must_use]
    pub fn is_here(&self, person: Person, today: Date) -> bool {
        self.people
            .get(&person)
            .is_some_and(|known| here(known, today))
    }

    /// Whether this person's last day has passed.
    #[must_use]
    pub fn has_left(&self, person: Person, today: Date) -> bool {
        self.last_day(person).is_some_and(|last| last < today)
    }

    /// Whether this person belongs to a group on this day.
    #[must_use]
    pub fn is_of(&self, person: Person, group: Group, today: Date) -> bool {
        self.people
            .get(&person)
            .is_some_and(|known| here(known, today) && known.groups.contains(&group))
    }

    /// Whether this person works with the children here on this day.
    #[must_use]
    pub fn is_team(&self, person: Person, today: Date) -> bool {
        Group::TEAM
            .iter()
            .any(|group| self.is_of(person, *group, today))
    }

    /// Everybody who is here on this day, by number.
    pub fn here(&self, today: Date) -> impl Iterator<Item = Person> {
        self.people
            .iter()
            .filter(move |(_, known)| here(known, today))
            .map(|(person, _)| *person)
    }

    /// Everybody of a group who is here on this day, by number.
    pub fn of(&self, group: Group, today: Date) -> impl Iterator<Item = Person> {
        let fits = move |known: &Known| here(known, today) && known.groups.contains(&group);
        self.people
            .iter()
            .filter(move |(_, known)| fits(known))
            .map(|(person, _)| *person)
    }

    /// Everybody who was ever recorded, by number.
    pub fn all(&self) -> impl Iterator<Item = Person> {
        self.people.keys().copied()
    }

    /// The groups of a person.
    #[must_use]
    pub fn groups(&self, person: Person) -> BTreeSet<Group> {
        self.people
            .get(&person)
            .map(|known| known.groups.clone())
            .unwrap_or_default()
    }

    /// What a person is, without a name: "a child".
    #[must_use]
    pub fn what_is(&self, person: Person) -> &'static str {
        let first = self
            .people
            .get(&person)
            .and_then(|known| known.groups.first());
        first.map_or("somebody", |group| group.one())
    }

    /// A person's sealed name.
    #[must_use]
    pub fn name(&self, person: Person) -> Option<&Private<String>> {
        self.people.get(&person).map(|known| &known.name)
    }

    /// A child's sealed date of birth.
    #[must_use]
    pub fn born(&self, person: Person) -> Option<&Private<Date>> {
        self.people.get(&person)?.born.as_ref()
    }

    /// A person's sealed email address.
    #[must_use]
    pub fn email(&self, person: Person) -> Option<&Private<String>> {
        self.people.get(&person)?.email.as_ref()
    }

    /// A person's sealed telephone number.
    #[must_use]
    pub fn phone(&self, person: Person) -> Option<&Private<String>> {
        self.people.get(&person)?.phone.as_ref()
    }

    /// A person's first day.
    #[must_use]
    pub fn since(&self, person: Person) -> Option<Date> {
        self.people.get(&person).map(|known| known.since)
    }

    /// A person's last day, when it is known.
    #[must_use]
    pub fn last_day(&self, person: Person) -> Option<Date> {
        self.people.get(&person)?.last
    }

    /// The entry that recorded the person first.
    #[must_use]
    pub fn recorded(&self, person: Person) -> Option<(u64, Moment)> {
        self.people.get(&person).map(|known| (known.seq, known.at))
    }

    /// A person's rooms.
    #[must_use]
    pub fn rooms_of(&self, person: Person) -> &[Room] {
        self.people
            .get(&person)
            .map(|known| known.rooms.as_slice())
            .unwrap_or_default()
    }

    /// The rooms of a child, or of the children of a parent.
    #[must_use]
    pub fn rooms_of_family(&self, person: Person) -> Vec<Room> {
        let mut rooms = self.rooms_of(person).to_vec();
        rooms.extend(
            self.children_of(person)
                .flat_map(|child| self.rooms_of(child)),
        );
        rooms
    }

    /// Whether somebody is recorded as a parent or carer of a child.
    #[must_use]
    pub fn is_parent_of(&self, parent: Person, child: Person) -> bool {
        self.ties
            .iter()
            .any(|tie| tie.parent == parent && tie.child == child)
    }

    /// The children of a parent or carer.
    pub fn children_of(&self, parent: Person) -> impl Iterator<Item = Person> {
        self.ties
            .iter()
            .filter(move |tie| tie.parent == parent)
            .map(|tie| tie.child)
    }

    /// The parents and carers of a child, with what they are to the child.
    pub fn parents_of(&self, child: Person) -> impl Iterator<Item = &Tie> {
        self.ties.iter().filter(move |tie| tie.child == child)
    }

    /// The rooms in use, by number.
    pub fn rooms(&self) -> impl Iterator<Item = (Room, &str)> {
        self.rooms
            .iter()
            .filter_map(|(room, name)| Some((*room, name.as_deref()?)))
    }

    /// The name of a room in use.
    #[must_use]
    pub fn room_name(&self, room: Room) -> Option<&str> {
        self.rooms.get(&room)?.as_deref()
    }

    /// Everybody who is in a room on this day.
    pub fn in_room(&self, room: Room, today: Date) -> impl Iterator<Item = Person> {
        let inside = move |known: &Known| here(known, today) && known.rooms.contains(&room);
        self.people
            .iter()
            .filter(move |(_, known)| inside(known))
            .map(|(person, _)| *person)
    }
}

fn here(known: &Known, today: Date) -> bool {
    known.since <= today && known.last.is_none_or(|last| today <= last)
}
