//! What can be asked for about people, families and rooms.

use super::{
    entries::{
        Added, Changed, Entry, Left, Membership, Placed, Relation, Returned, RoomClosed, RoomNamed,
        Tied, Untied,
    },
    group::Group,
};
use crate::spine::{
    act::{Case, Person, Room},
    entry::Entry as AnyEntry,
    permit::Need,
    setting::Setting,
};
use jiff::ToSpan;
use kernel::{moment::Date, ruling::Mistake};

/// What can be asked for about people, families and rooms.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Take somebody in.
    Add(NewPerson),
    /// Change what is known about somebody; what is `None` stays.
    Change(Details),
    /// Record that somebody belongs to a group too.
    JoinGroup(Person, Group),
    /// Record that somebody no longer belongs to a group.
    LeaveGroup(Person, Group),
    /// Put somebody in these rooms and in no others.
    Place(Person, Vec<Room>),
    /// Record that somebody is a parent or carer of a child.
    Tie(Tied),
    /// Record that somebody no longer is.
    Untie {
        /// The parent or carer.
        parent: Person,
        /// The child.
        child: Person,
        /// Why.
        why: String,
    },
    /// Record somebody's last day.
    RecordLeaving {
        /// Who.
        person: Person,
        /// The last day.
        last: Date,
    },
    /// Record that somebody who had left is back.
    RecordReturn {
        /// Who.
        person: Person,
        /// The first day.
        since: Date,
    },
    /// Open a room.
    OpenRoom {
        /// Its name.
        name: String,
    },
    /// Give a room another name.
    RenameRoom {
        /// Which.
        room: Room,
        /// Its name.
        name: String,
    },
    /// Close a room that nobody is in.
    CloseRoom {
        /// Which.
        room: Room,
    },
}

/// Somebody new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPerson {
    /// Their name.
    pub name: String,
    /// The groups that they belong to.
    pub groups: Vec<Group>,
    /// Their rooms.
    pub rooms: Vec<Room>,
    /// Their first day; today when `None`.
    pub since: Option<Date>,
    /// A child's date of birth.
    pub born: Option<Date>,
    /// Their email address.
    pub email: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
}

/// What is known about somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Who.
    pub person: Person,
    /// The name.
    pub name: Option<String>,
    /// A child's date of birth.
    pub born: Option<Date>,
    /// The email address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Add(_) => "people.add",
            Act::Change(_) => "people.change",
            Act::JoinGroup(..) => "people.join-group",
            Act::LeaveGroup(..) => "people.leave-group",
            Act::Place(..) => "people.place",
            Act::Tie(_) => "people.tie",
            Act::Untie { .. } => "people.untie",
            Act::RecordLeaving { .. } => "people.record-leaving",
            Act::RecordReturn { .. } => "people.record-return",
            Act::OpenRoom { .. } => "people.open-room",
            Act::RenameRoom { .. } => "people.rename-room",
            Act::CloseRoom { .. } => "people.close-room",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, _setting: &Setting) -> Need {
        match self {
            // People keep their own address and number up to date; names and dates of birth are the manager's.
            Act::Change(details) if details.name.is_none() && details.born.is_none() => {
                Need::AnyOf(vec![Need::Oneself(details.person), Need::management()])
            }
            _ => Need::management(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        let people = &case.setting.people;
        let entry = match self {
            Act::Add(new) => return add(new, case),
            Act::Change(details) => change(details, case)?,
            Act::JoinGroup(person, group) => {
                known(case, "person", *person)?;
                if people.groups(*person).contains(group) {
                    return no("group", "This person belongs to this group already");
                }
                if *group == Group::Child || people.groups(*person).contains(&Group::Child) {
                    return no(
                        "group",
                        "A child can’t belong to another group at the same time",
                    );
                }
                Entry::JoinedGroup(Membership {
                    person: *person,
                    group: *group,
                })
            }
            Act::LeaveGroup(person, group) => {
                known(case, "person", *person)?;
                let groups = people.groups(*person);
                if !groups.contains(group) {
                    return no("group", "This person does not belong to this group");
                }
                if groups.len() == 1 {
                    return no(
                        "group",
                        "This is the only group of this person. If they are leaving, record their last day instead",
                    );
                }
                Entry::LeftGroup(Membership {
                    person: *person,
                    group: *group,
                })
            }
            Act::Place(person, rooms) => {
                known(case, "person", *person)?;
                rooms_exist(case, rooms)?;
                Entry::Placed(Placed {
                    person: *person,
                    rooms: rooms.clone(),
                })
            }
            Act::Tie(tied) => tie(tied, case)?,
            Act::Untie { parent, child, why } => {
                if !people.is_parent_of(*parent, *child) {
                    return no(
                        "parent",
                        "This person is not recorded as a parent or carer of this child",
                    );
                }
                let why = seal(case, *parent, why)?;
                Entry::Untied(Untied {
                    parent: *parent,
                    child: *child,
                    why,
                })
            }
            Act::RecordLeaving { person, last } => leave(*person, *last, case)?,
            Act::RecordReturn { person, since } => {
                known(case, "person", *person)?;
                if people.last_day(*person).is_none() {
                    return no("person", "This person has not left");
                }
                Entry::Returned(Returned {
                    person: *person,
                    since: *since,
                })
            }
            Act::OpenRoom { name } => {
                room_name_is_free(case, name, None)?;
                Entry::RoomNamed(RoomNamed {
                    room: people.next_room(),
                    name: name.clone(),
                })
            }
            Act::RenameRoom { room, name } => {
                rooms_exist(case, &[*room])?;
                room_name_is_free(case, name, Some(*room))?;
                Entry::RoomNamed(RoomNamed {
                    room: *room,
                    name: name.clone(),
                })
            }
            Act::CloseRoom { room } => {
                rooms_exist(case, &[*room])?;
                let inside = people.in_room(*room, case.today).count();
                if inside > 0 {
                    return no(
                        "room",
                        &format!(
                            "{inside} people are still in this room. Put them in another room first"
                        ),
                    );
                }
                Entry::RoomClosed(RoomClosed { room: *room })
            }
        };
        Ok(vec![AnyEntry::People(entry)])
    }
}

fn no<T>(field: &'static str, says: &str) -> Result<T, Vec<Mistake>> {
    Err(vec![Mistake::at(field, says)])
}

/// The person is known here, and what is kept about them was not erased.
fn known(case: &Case<'_>, field: &'static str, person: Person) -> Result<(), Vec<Mistake>> {
    if case.setting.people.is_known(person) {
        Ok(())
    } else {
        no(field, "There is no such person here")
    }
}

fn rooms_exist(case: &Case<'_>, rooms: &[Room]) -> Result<(), Vec<Mistake>> {
    let open = |room: &Room| case.setting.people.room_name(*room).is_some();
    if rooms.iter().all(open) {
        Ok(())
    } else {
        no(
            "rooms",
            "There is no such room. Choose one of the rooms in the list",
        )
    }
}

fn room_name_is_free(case: &Case<'_>, name: &str, but: Option<Room>) -> Result<(), Vec<Mistake>> {
    let same = |(room, other): (Room, &str)| {
        Some(room) != but && other.to_lowercase() == name.to_lowercase()
    };
    if case.setting.people.rooms().any(same) {
        return no("name", "Another room has this name. Choose a different one");
    }
    Ok(())
}

fn seal<T: serde::Serialize>(
    case: &Case<'_>,
    person: Person,
    words: &T,
) -> Result<kernel::sealed::Private<T>, Vec<Mistake>> {
    case.sealer
        .seal(&person.subject(), words)
        .map_err(|erased| vec![Mistake::new(erased.to_string())])
}

fn add(new: &NewPerson, case: &Case<'_>) -> Answer {
    let person = case.setting.people.next_person();
    let entry = added(new, person, case)?;
    Ok(vec![AnyEntry::People(Entry::Added(entry))])
}

/// The fact that somebody came, under this number. Setting up the program uses it too.
///
/// # Errors
/// Why it makes no sense.
pub fn added(new: &NewPerson, person: Person, case: &Case<'_>) -> Result<Added, Vec<Mistake>> {
    if new.groups.is_empty() {
        return no("groups", "Choose at least one group");
    }
    let is_child = new.groups.contains(&Group::Child);
    if is_child && new.groups.len() > 1 {
        return no(
            "groups",
            "A child can’t belong to another group at the same time",
        );
    }
    if !is_child && new.born.is_some() {
        return no(
            "born",
            "The date of birth is kept for children only. Leave it empty",
        );
    }
    if new.born.is_some_and(|born| born > case.today) {
        return no("born", "The date of birth is in the future. Check the year");
    }
    rooms_exist(case, &new.rooms)?;
    let words = |text: &Option<String>| {
        text.as_ref()
            .map(|text| seal(case, person, text))
            .transpose()
    };
    Ok(Added {
        person,
        name: seal(case, person, &new.name)?,
        groups: new.groups.clone(),
        rooms: new.rooms.clone(),
        since: new.since.unwrap_or(case.today),
        born: new.born.map(|born| seal(case, person, &born)).transpose()?,
        email: words(&new.email)?,
        phone: words(&new.phone)?,
    })
}

fn change(details: &Details, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = details.person;
    known(case, "person", person)?;
    if details.born.is_some_and(|born| born > case.today) {
        return no("born", "The date of birth is in the future. Check the year");
    }
    let words = |text: &Option<String>| {
        text.as_ref()
            .map(|text| seal(case, person, text))
            .transpose()
    };
    let changed = Changed {
        person,
        name: words(&details.name)?,
        born: details
            .born
            .map(|born| seal(case, person, &born))
            .transpose()?,
        email: words(&details.email)?,
        phone: words(&details.phone)?,
    };
    if changed.name.is_none()
        && changed.born.is_none()
        && changed.email.is_none()
        && changed.phone.is_none()
    {
        return no(
            "name",
            "Nothing was filled in, so there is nothing to change",
        );
    }
    Ok(Entry::Changed(changed))
}

fn tie(tied: &Tied, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "parent", tied.parent)?;
    known(case, "child", tied.child)?;
    let people = &case.setting.people;
    if !people.groups(tied.child).contains(&Group::Child) {
        return no("child", "Choose a child");
    }
    if people.groups(tied.parent).contains(&Group::Child) {
        return no(
            "parent",
            "A child can’t be a parent or carer. Choose an adult",
        );
    }
    if people.is_parent_of(tied.parent, tied.child) {
        return no(
            "parent",
            "This person is already recorded as a parent or carer of this child",
        );
    }
    Ok(Entry::Tied(tied.clone()))
}

fn leave(person: Person, last: Date, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let people = &case.setting.people;
    if people.last_day(person).is_some_and(|day| day == last) {
        return no("last", "This last day is recorded already");
    }
    if people.since(person).is_some_and(|since| last < since) {
        return no(
            "last",
            "The last day is before the first day of this person",
        );
    }
    let far = case.today.checked_add(2.years()).unwrap_or(Date::MAX);
    if last > far {
        return no(
            "last",
            "The last day is more than two years away. Check the year",
        );
    }
    let sole = case.setting.roles.sole_manager(case.today) == Some(person);
    if sole && last <= case.today {
        return no(
            "person",
            "This is the only manager. Give the role of manager to somebody else first, so that the setting is never without one",
        );
    }
    Ok(Entry::Left(Left { person, last }))
}

impl Relation {
    /// What somebody is to a child, read from a form.
    #[must_use]
    pub fn read(key: &str) -> Relation {
        Relation::from_key(key).unwrap_or(Relation::Other)
    }
}
