//! Who is here: people, families, rooms. Names stay sealed; only a view opens them.

use super::{
    entries::{Entry, Imported, Relation, VisitorCame},
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
    /// The parents and carers of each child.
    ties: BTreeMap<Person, Vec<Tie>>,
    /// The children of each parent or carer.
    children: BTreeMap<Person, Vec<Person>>,
    /// The highest number that a person ever had.
    highest: u32,
    imports: BTreeMap<u32, Import>,
    visits: BTreeMap<Person, Visit>,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// When the visitor came.
    pub came: Moment,
    /// On which day.
    pub day: Date,
    /// Where they come from.
    pub from: Option<Private<String>>,
    /// Whom they visit.
    pub visits: Option<Person>,
    /// When they went.
    pub went: Option<Moment>,
}

/// What is known about a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    name: Private<String>,
    groups: BTreeSet<Group>,
    rooms: Vec<Room>,
    since: Date,
    last: Option<Date>,
    /// Whether access ended before the last day did.
    gone: bool,
    born: Option<Private<Date>>,
    email: Option<Private<String>>,
    phone: Option<Private<String>>,
    #[serde(default)]
    tongue: Option<Private<Tongue>>,
    seq: u64,
    at: Moment,
    /// The last entry that changed anything of this.
    touched: u64,
}

/// A table that was taken in, with what there was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Import {
    day: Date,
    /// Its last entry.
    end: u64,
    added: Vec<Person>,
    before: Vec<(Person, Known)>,
    tied: Vec<(Person, Person)>,
    rooms: Vec<Room>,
    undone: bool,
}

/// A table that was taken in, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken<'a> {
    /// Its number.
    pub import: u32,
    /// When.
    pub day: Date,
    /// Who was new.
    pub added: &'a [Person],
    /// About how many something changed.
    pub changed: usize,
    /// Whether it was undone.
    pub undone: bool,
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
        self.take(entry, at);
        for person in touched(entry) {
            self.change(person, |known| known.touched = at.seq);
        }
    }

    fn take(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Added(fact) => {
                self.highest = self.highest.max(fact.person.0);
                let groups = fact.groups.iter().copied().collect();
                let known = Known {
                    rooms: fact.rooms.clone(),
                    born: fact.born.clone(),
                    email: fact.email.clone(),
                    phone: fact.phone.clone(),
                    ..Known::new(fact.name.clone(), groups, fact.since, at)
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
            Entry::Tied(fact) => self.tie(Tie {
                parent: fact.parent,
                child: fact.child,
                relation: fact.relation,
                responsibility: fact.responsibility,
            }),
            Entry::Untied(fact) => self.untie(fact.parent, fact.child),
            Entry::Left(fact) => self.change(fact.person, |known| {
                known.last = Some(fact.last);
                known.gone = fact.at_once.unwrap_or(false);
            }),
            Entry::Returned(fact) => self.change(fact.person, |known| {
                let last = known.last.take();
                known.gone = false;
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
            Entry::Imported(fact) => self.import(fact, at),
            Entry::ImportUndone(fact) => self.undo(fact.import),
            Entry::VisitorCame(fact) => self.visitor(fact, at),
            Entry::VisitorWent(fact) => {
                if let Some(visit) = self.visits.get_mut(&fact.person) {
                    visit.went.get_or_insert(at.moment);
                }
            }
        }
    }

    /// A visitor is here for one day, under a number of their own.
    fn visitor(&mut self, fact: &VisitorCame, at: At<'_>) {
        self.highest = self.highest.max(fact.person.0);
        let mut known = Known::new(fact.name.clone(), [Group::Visitor].into(), at.day, at);
        known.last = Some(at.day);
        self.people.insert(fact.person, known);
        let visit = Visit {
            came: at.moment,
            day: at.day,
            from: fact.from.clone(),
            visits: fact.visits,
            went: None,
        };
        self.visits.insert(fact.person, visit);
    }

    /// The visit of a visitor.
    #[must_use]
    pub fn visit(&self, person: Person) -> Option<&Visit> {
        self.visits.get(&person)
    }

    /// All visits, the newest first.
    pub fn visits(&self) -> impl Iterator<Item = (Person, &Visit)> {
        let all = self.visits.iter().rev();
        all.map(|(person, visit)| (*person, visit))
    }

    /// Whether somebody was ever put in a group and not taken out, here or not.
    #[must_use]
    pub fn is_in_group(&self, person: Person, group: Group) -> bool {
        self.people
            .get(&person)
            .is_some_and(|known| known.groups.contains(&group))
    }

    fn tie(&mut self, tie: Tie) {
        self.children.entry(tie.parent).or_default().push(tie.child);
        self.ties.entry(tie.child).or_default().push(tie);
    }

    fn untie(&mut self, parent: Person, child: Person) {
        if let Some(ties) = self.ties.get_mut(&child) {
            ties.retain(|tie| tie.parent != parent);
        }
        if let Some(children) = self.children.get_mut(&parent) {
            children.retain(|other| *other != child);
        }
        self.ties.retain(|_, ties| !ties.is_empty());
        self.children.retain(|_, children| !children.is_empty());
    }

    /// Remembers how those stand about whom something is going to change.
    fn import(&mut self, fact: &Imported, at: At<'_>) {
        let known = |person: &Person| Some((*person, self.people.get(person)?.clone()));
        let import = Import {
            day: at.day,
            end: at.seq.saturating_add(fact.entries),
            added: fact.added.clone(),
            before: fact.changed.iter().filter_map(known).collect(),
            tied: fact.tied.clone(),
            rooms: fact.rooms.clone(),
            undone: false,
        };
        self.imports.insert(fact.import, import);
    }

    fn undo(&mut self, number: u32) {
        let Some(import) = self.imports.get_mut(&number) else {
            return;
        };
        import.undone = true;
        let before = std::mem::take(&mut import.before);
        let (added, tied, rooms) = (
            import.added.clone(),
            import.tied.clone(),
            import.rooms.clone(),
        );
        for (parent, child) in tied {
            self.untie(parent, child);
        }
        for person in added {
            self.people.remove(&person);
        }
        self.people.extend(before);
        for room in rooms {
            self.rooms.insert(room, None);
        }
    }

    /// The tables that were taken in, the newest first.
    pub fn imports(&self) -> impl Iterator<Item = Taken<'_>> {
        self.imports.iter().rev().map(|(number, import)| Taken {
            import: *number,
            day: import.day,
            added: &import.added,
            changed: import.before.len(),
            undone: import.undone,
        })
    }

    /// The number that the next table gets.
    #[must_use]
    pub fn next_import(&self) -> u32 {
        self.imports
            .keys()
            .next_back()
            .map_or(1, |last| last.saturating_add(1))
    }

    /// Of the people of a table: about whom something was written here since.
    #[must_use]
    pub fn touched_since_import(&self, number: u32) -> Vec<Person> {
        let Some(import) = self.imports.get(&number) else {
            return Vec::new();
        };
        let before = import.before.iter().map(|(person, _)| person);
        let since = |person: &&Person| {
            self.people
                .get(person)
                .is_some_and(|known| known.touched > import.end)
        };
        let all = import.added.iter().chain(before);
        all.filter(since).copied().collect()
    }

    /// A room that a table opened and that somebody is in who does not come from that table.
    #[must_use]
    pub fn room_in_use_since_import(&self, number: u32) -> Option<Room> {
        let import = self.imports.get(&number)?;
        let own = |person: &Person| {
            import.added.contains(person) || import.before.iter().any(|(other, _)| other == person)
        };
        let used = |room: &Room| {
            self.people
                .iter()
                .any(|(person, known)| known.rooms.contains(room) && !own(person))
        };
        import.rooms.iter().copied().find(used)
    }

    fn change(&mut self, person: Person, how: impl FnOnce(&mut Known)) {
        if let Some(known) = self.people.get_mut(&person) {
            how(known);
        }
    }

    /// The number that the next person gets. Numbers are never used again.
    #[must_use]
    pub fn next_person(&self) -> Person {
        Person(self.highest.saturating_add(1))
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
            .is_some_and(|known| self.here_as(person, known, today))
    }

    /// Whether this person's access has ended: with the last day, or before it when that was said.
    #[must_use]
    pub fn has_gone(&self, person: Person, today: Date) -> bool {
        self.people
            .get(&person)
            .is_some_and(|known| gone(known, today))
    }

    /// Whether somebody belongs here as a parent: a child of theirs has not left, or none was ever
    /// recorded as theirs.
    #[must_use]
    pub fn is_parent_here(&self, person: Person, today: Date) -> bool {
        let Some(children) = self.children.get(&person) else {
            return true;
        };
        children.iter().any(|child| !self.has_gone(*child, today))
    }

    /// Whether somebody is here: parents and carers as long as a child of theirs is.
    fn here_as(&self, person: Person, known: &Known, today: Date) -> bool {
        let only_parent = known.groups.len() == 1 && known.groups.contains(&Group::Parent);
        here(known, today) && (!only_parent || self.is_parent_here(person, today))
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
            .is_some_and(|known| self.fits(person, known, group, today))
    }

    fn fits(&self, person: Person, known: &Known, group: Group, today: Date) -> bool {
        here(known, today)
            && known.groups.contains(&group)
            && (group != Group::Parent || self.is_parent_here(person, today))
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
            .filter(move |(person, known)| self.here_as(**person, known, today))
            .map(|(person, _)| *person)
    }

    /// Everybody of a group who is here on this day, by number.
    pub fn of(&self, group: Group, today: Date) -> impl Iterator<Item = Person> {
        self.people
            .iter()
            .filter(move |(person, known)| self.fits(**person, known, group, today))
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
        self.children
            .get(&parent)
            .is_some_and(|children| children.contains(&child))
    }

    /// The children of a parent or carer.
    pub fn children_of(&self, parent: Person) -> impl Iterator<Item = Person> {
        self.children.get(&parent).into_iter().flatten().copied()
    }

    /// The parents and carers of a child, with what they are to the child.
    pub fn parents_of(&self, child: Person) -> impl Iterator<Item = &Tie> {
        self.ties.get(&child).into_iter().flatten()
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

impl Known {
    fn new(name: Private<String>, groups: BTreeSet<Group>, since: Date, at: At<'_>) -> Known {
        Known {
            name,
            groups,
            rooms: Vec::new(),
            since,
            last: None,
            gone: false,
            born: None,
            email: None,
            phone: None,
            tongue: None,
            seq: at.seq,
            at: at.moment,
            touched: at.seq,
        }
    }
}

fn here(known: &Known, today: Date) -> bool {
    known.since <= today && !gone(known, today)
}

fn gone(known: &Known, today: Date) -> bool {
    known.gone || known.last.is_some_and(|last| last < today)
}

/// Whom an entry says something about.
fn touched(entry: &Entry) -> Vec<Person> {
    match entry {
        Entry::Added(fact) => vec![fact.person],
        Entry::Changed(fact) => vec![fact.person],
        Entry::JoinedGroup(fact) | Entry::LeftGroup(fact) => vec![fact.person],
        Entry::Placed(fact) => vec![fact.person],
        Entry::Tied(fact) => vec![fact.parent, fact.child],
        Entry::Untied(fact) => vec![fact.parent, fact.child],
        Entry::Left(fact) => vec![fact.person],
        Entry::Returned(fact) => vec![fact.person],
        Entry::Speaks(fact) => vec![fact.person],
        Entry::VisitorCame(fact) => vec![fact.person],
        Entry::VisitorWent(fact) => vec![fact.person],
        Entry::RoomNamed(_)
        | Entry::RoomClosed(_)
        | Entry::Imported(_)
        | Entry::ImportUndone(_) => Vec::new(),
    }
}
