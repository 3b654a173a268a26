//! Taking a table of people in, all in one act, and undoing it.

use super::{Answer, who::unused_number};
use crate::{
    data::entries::{Entry as OfData, Erased},
    people::{
        entries::{
            Added, Changed, Entry, ImportUndone, Imported, Membership, Placed, RoomNamed, Tied,
        },
        group::Group,
        import::{
            self, Handed,
            plan::{self, Opens, Plan, Planned, Question},
        },
        records,
    },
    spine::{
        act::{Case, Person, Room, no},
        entry::Entry as AnyEntry,
        setting::Setting,
    },
};
use jiff::ToSpan;
use kernel::{
    moment::{Date, date_in_words},
    naming,
    ruling::Mistake,
};
use std::collections::BTreeMap;

/// How long a table can be undone, in days.
pub const UNDO_DAYS: i64 = 28;

pub(super) fn import(handed: &Handed, case: &Case<'_>) -> Answer {
    let plan = planned(handed, case)?;
    if let Some(question) = plan.questions.first() {
        return match question {
            Question::Days => no(
                "days",
                "The days in this table can be read in two ways. Say whether the day or the month stands first",
            ),
            Question::Responsibility => no(
                "responsibility",
                "The table does not say who has parental responsibility. Say whether these parents and carers have it",
            ),
            Question::Everybody => no(
                "everybody",
                "The table does not say who these people are here. Say which group they belong to",
            ),
        };
    }
    if plan.is_empty() {
        return no(
            "",
            "Everybody in this table is here already, and nothing changes",
        );
    }
    Bringing::new(&plan, case).entries()
}

fn planned(handed: &Handed, case: &Case<'_>) -> Result<Plan, Vec<Mistake>> {
    let people = &case.setting.people;
    let rooms: Vec<String> = people.rooms().map(|(_, name)| name.to_owned()).collect();
    let read = import::read(handed, &rooms, case.today.year());
    let read = read.map_err(|unread| vec![Mistake::at("text", unread.0)])?;
    let opens = Opens {
        words: &|sealed| case.sealer.open(sealed),
        day: &|sealed| case.sealer.open(sealed),
    };
    Ok(plan::plan(&read, handed, case.setting, &opens, case.today))
}

/// A plan on its way to entries.
struct Bringing<'a> {
    plan: &'a Plan,
    case: &'a Case<'a>,
    /// The number of each of the plan’s people.
    numbers: Vec<Person>,
    rooms: BTreeMap<String, Room>,
}

impl<'a> Bringing<'a> {
    fn new(plan: &'a Plan, case: &'a Case<'a>) -> Bringing<'a> {
        let people = &case.setting.people;
        let mut next = unused_number(case);
        let mut numbers = Vec::with_capacity(plan.people.len());
        for one in &plan.people {
            numbers.push(one.person.unwrap_or_else(|| {
                let number = next;
                next = Person(next.0.saturating_add(1));
                while case.sealer.is_erased(&next.subject()) {
                    next = Person(next.0.saturating_add(1));
                }
                number
            }));
        }
        let named = people.rooms().map(|(room, name)| (name.to_owned(), room));
        let mut rooms: BTreeMap<String, Room> = named.collect();
        let mut room = people.next_room();
        for name in &plan.rooms {
            rooms.insert(name.clone(), room);
            room = Room(room.0.saturating_add(1));
        }
        Bringing {
            plan,
            case,
            numbers,
            rooms,
        }
    }

    fn number(&self, place: usize) -> Person {
        self.numbers.get(place).copied().unwrap_or_default()
    }

    fn rooms(&self, one: &Planned) -> Vec<Room> {
        let mut rooms: Vec<Room> = one
            .rooms
            .iter()
            .filter_map(|name| self.rooms.get(name).copied())
            .collect();
        rooms.sort_unstable();
        rooms.dedup();
        rooms
    }

    fn entries(&self) -> Answer {
        let mut entries = Vec::new();
        let opened: Vec<Room> = self.opened();
        for (name, room) in self.plan.rooms.iter().zip(&opened) {
            entries.push(Entry::RoomNamed(RoomNamed {
                room: *room,
                name: name.clone(),
            }));
        }
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for place in &self.plan.named {
            let Some(one) = self.plan.people.get(*place) else {
                continue;
            };
            let person = self.number(*place);
            if one.person.is_none() {
                added.push(person);
                entries.push(Entry::Added(self.added(person, one)?));
            } else if !one.changes.is_empty() {
                changed.push(person);
                self.change(person, one, &mut entries)?;
            }
        }
        let mut tied = Vec::new();
        for tie in &self.plan.ties {
            let (parent, child) = (self.number(tie.parent), self.number(tie.child));
            tied.push((parent, child));
            entries.push(Entry::Tied(Tied {
                parent,
                child,
                relation: tie.relation,
                responsibility: tie.responsibility,
            }));
            // A tie is a change of those who were here: it goes back with the rest.
            for person in [parent, child] {
                let new = added.contains(&person) || changed.contains(&person);
                if !new {
                    changed.push(person);
                }
            }
        }
        let head = Entry::Imported(Imported {
            import: self.case.setting.people.next_import(),
            added,
            changed,
            tied,
            rooms: opened,
            entries: u64::try_from(entries.len()).unwrap_or(u64::MAX),
        });
        let all = std::iter::once(head).chain(entries);
        Ok(all.map(AnyEntry::People).collect())
    }

    fn opened(&self) -> Vec<Room> {
        let rooms = self.plan.rooms.iter();
        rooms
            .filter_map(|name| self.rooms.get(name).copied())
            .collect()
    }

    fn added(&self, person: Person, one: &Planned) -> Result<Added, Vec<Mistake>> {
        let case = self.case;
        let words = |text: &Option<String>| {
            let sealed = text.as_ref().map(|text| case.seal(person, text));
            sealed.transpose()
        };
        let is_child = one.groups.contains(&Group::Child);
        let born = one.born.filter(|_| is_child);
        Ok(Added {
            person,
            name: case.seal(person, &one.name)?,
            groups: one.groups.iter().copied().collect(),
            rooms: self.rooms(one),
            since: one.since.unwrap_or(case.today),
            born: born.map(|born| case.seal(person, &born)).transpose()?,
            email: words(&one.email)?,
            phone: words(&one.phone)?,
        })
    }

    fn change(
        &self,
        person: Person,
        one: &Planned,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Vec<Mistake>> {
        let case = self.case;
        let is = |what: &str| one.changes.contains(what);
        let words = |text: &Option<String>, what: &str| {
            let text = text.as_ref().filter(|_| is(what));
            text.map(|text| case.seal(person, text)).transpose()
        };
        let born = one.born.filter(|_| is("born"));
        let fact = Changed {
            person,
            name: None,
            born: born.map(|born| case.seal(person, &born)).transpose()?,
            email: words(&one.email, "email")?,
            phone: words(&one.phone, "phone")?,
        };
        if fact.born.is_some() || fact.email.is_some() || fact.phone.is_some() {
            entries.push(Entry::Changed(fact));
        }
        if is("rooms") {
            let rooms = self.rooms(one);
            entries.push(Entry::Placed(Placed { person, rooms }));
        }
        if is("group") {
            let had = case.setting.people.groups(person);
            let new = one.groups.iter().filter(|group| !had.contains(group));
            entries.extend(new.map(|group| {
                Entry::JoinedGroup(Membership {
                    person,
                    group: *group,
                })
            }));
        }
        Ok(())
    }
}

pub(super) fn undo(number: u32, case: &Case<'_>) -> Answer {
    let reasons = why_not_undone(case.setting, number, case.today);
    if !reasons.is_empty() {
        let mistakes = reasons.into_iter().map(Mistake::new);
        return Err(mistakes.collect());
    }
    let people = &case.setting.people;
    let taken = people.imports().find(|taken| taken.import == number);
    let added = taken.map(|taken| taken.added).unwrap_or_default();
    let mut entries = vec![AnyEntry::People(Entry::ImportUndone(ImportUndone {
        import: number,
    }))];
    // Their keys are destroyed because of these entries, so that nothing of them can be read again.
    entries.extend(added.iter().map(|person| {
        AnyEntry::Data(OfData::Erased(Erased {
            person: *person,
            why: "taken in with a table by mistake".to_owned(),
        }))
    }));
    Ok(entries)
}

/// Why a table can't be undone any more, in words; people are marks.
#[must_use]
pub fn why_not_undone(setting: &Setting, number: u32, today: Date) -> Vec<String> {
    let people = &setting.people;
    let Some(taken) = people.imports().find(|taken| taken.import == number) else {
        return vec!["There is no such table".to_owned()];
    };
    if taken.undone {
        return vec!["This was undone already".to_owned()];
    }
    let until = taken.day.checked_add(UNDO_DAYS.days()).unwrap_or(Date::MAX);
    if today > until {
        return vec![format!(
            "This could be undone until {}. Change or erase people one by one now",
            date_in_words(until)
        )];
    }
    let mut reasons = Vec::new();
    for person in taken.added {
        let mark = naming::person(person.0);
        let kept = records::kept(setting, *person);
        reasons.extend(kept.map(|has| format!("{mark} {has}")));
        if setting.data.is_erased(*person) {
            reasons.push("Somebody of this table was erased already".to_owned());
        }
    }
    let touched = people.touched_since_import(number);
    let since = |person: &Person| {
        let mark = naming::person(person.0);
        format!("What is kept about {mark} was changed by hand since")
    };
    reasons.extend(touched.iter().map(since));
    if let Some(room) = people.room_in_use_since_import(number) {
        let mark = naming::room(room.0);
        reasons.push(format!(
            "Somebody else is in {mark} now, a room that came with this table"
        ));
    }
    reasons
}
