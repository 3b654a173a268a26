//! What can be asked for about people, families and rooms.

use super::{
    entries::{
        Added, Changed, Entry, Left, Membership, Placed, Relation, Returned, RoomClosed, RoomNamed,
        Tied, Untied,
    },
    group::Group,
};
use crate::spine::{
    act::{Case, Person, Room, no},
    entry::Entry as AnyEntry,
    permit::Need,
    setting::Setting,
};
use jiff::ToSpan;
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

/// What can be asked for about people, families and rooms.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Take somebody in.
    Add(NewPerson),
    /// Change somebody's name or a child's date of birth; what is `None` stays.
    Change(Details),
    /// Change how somebody is reached; what is `None` stays, empty words take it away.
    ChangeContact(Contact),
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

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Who.
    pub person: Person,
    /// The name.
    pub name: Option<String>,
    /// A child's date of birth.
    pub born: Option<Date>,
}

/// How somebody is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub person: Person,
    /// The email address.
    pub email: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
}

/// The most rooms that a setting has.
const ROOMS_MAX: usize = 100;

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Add(_) => "people.add",
            Act::Change(_) => "people.change",
            Act::ChangeContact(_) => "people.change-contact",
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
            Act::ChangeContact(contact) => {
                Need::AnyOf(vec![Need::Oneself(contact.person), Need::management()])
            }
            Act::Add(_)
            | Act::Change(_)
            | Act::JoinGroup(..)
            | Act::LeaveGroup(..)
            | Act::Place(..)
            | Act::Tie(_)
            | Act::Untie { .. }
            | Act::RecordLeaving { .. }
            | Act::RecordReturn { .. }
            | Act::OpenRoom { .. }
            | Act::RenameRoom { .. }
            | Act::CloseRoom { .. } => Need::management(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        let people = &case.setting.people;
        let entry = match self {
            Act::Add(new) => {
                let person = unused_number(case);
                Entry::Added(added(new, person, case)?)
            }
            Act::Change(details) => change(details, case)?,
            Act::ChangeContact(contact) => change_contact(contact, case)?,
            Act::JoinGroup(person, group) => join(*person, *group, case)?,
            Act::LeaveGroup(person, group) => leave_group(*person, *group, case)?,
            Act::Place(person, rooms) => {
                known(case, "person", *person)?;
                rooms_exist(case, rooms)?;
                if same(people.rooms_of(*person), rooms) {
                    return no("rooms", "This person is in these rooms already");
                }
                Entry::Placed(Placed {
                    person: *person,
                    rooms: rooms.clone(),
                })
            }
            Act::Tie(tied) => return tie(tied, case),
            Act::Untie { parent, child, why } => untie(*parent, *child, why, case)?,
            Act::RecordLeaving { person, last } => leave(*person, *last, case)?,
            Act::RecordReturn { person, since } => come_back(*person, *since, case)?,
            Act::OpenRoom { name } => {
                room_name_is_free(case, name, None)?;
                if people.rooms().count() >= ROOMS_MAX {
                    return no("name", "There are too many rooms. Close one first");
                }
                Entry::RoomNamed(RoomNamed {
                    room: people.next_room(),
                    name: name.clone(),
                })
            }
            Act::RenameRoom { room, name } => {
                room_exists(case, *room)?;
                room_name_is_free(case, name, Some(*room))?;
                if people.room_name(*room) == Some(name) {
                    return no("name", "The room has this name already");
                }
                Entry::RoomNamed(RoomNamed {
                    room: *room,
                    name: name.clone(),
                })
            }
            Act::CloseRoom { room } => close_room(*room, case)?,
        };
        Ok(vec![AnyEntry::People(entry)])
    }
}

fn join(person: Person, group: Group, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let groups = case.setting.people.groups(person);
    if groups.contains(&group) {
        return no("group", "This person belongs to this group already");
    }
    if group == Group::Child || groups.contains(&Group::Child) {
        return no(
            "group",
            "A child can’t belong to another group at the same time",
        );
    }
    Ok(Entry::JoinedGroup(Membership { person, group }))
}

fn leave_group(person: Person, group: Group, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let groups = case.setting.people.groups(person);
    if !groups.contains(&group) {
        return no("group", "This person does not belong to this group");
    }
    if groups.len() == 1 {
        return no(
            "group",
            "This is the only group of this person. If they are leaving, record their last day instead",
        );
    }
    Ok(Entry::LeftGroup(Membership { person, group }))
}

fn same(rooms: &[Room], others: &[Room]) -> bool {
    rooms.len() == others.len() && rooms.iter().all(|room| others.contains(room))
}

fn close_room(room: Room, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    room_exists(case, room)?;
    let people = &case.setting.people;
    let still = |person: &Person| {
        people.rooms_of(*person).contains(&room) && !people.has_left(*person, case.today)
    };
    match people.all().filter(still).count() {
        0 => Ok(Entry::RoomClosed(RoomClosed { room })),
        1 => no(
            "room",
            "One person still has this room. Put them in another room first",
        ),
        more => no(
            "room",
            format!("{more} people still have this room. Put them in another room first"),
        ),
    }
}

/// The next number that nobody has and nobody had: after a restore of an older ledger there may be
/// numbers of people who were erased since.
fn unused_number(case: &Case<'_>) -> Person {
    let mut person = case.setting.people.next_person();
    while case.sealer.is_erased(&person.subject()) {
        person = Person(person.0.saturating_add(1));
    }
    person
}

/// The person is known here, and what is kept about them was not erased.
fn known(case: &Case<'_>, field: &'static str, person: Person) -> Result<(), Vec<Mistake>> {
    if case.setting.people.is_known(person) && !case.setting.data.is_erased(person) {
        Ok(())
    } else {
        no(field, "There is no such person here")
    }
}

fn room_exists(case: &Case<'_>, room: Room) -> Result<(), Vec<Mistake>> {
    match case.setting.people.room_name(room) {
        Some(_) => Ok(()),
        None => no("room", "There is no such room"),
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
    check_born(new.born, case)?;
    check_near("since", new.since, case)?;
    rooms_exist(case, &new.rooms)?;
    let words = |text: &Option<String>| {
        text.as_ref()
            .map(|text| case.seal(person, text))
            .transpose()
    };
    Ok(Added {
        person,
        name: case.seal(person, &new.name)?,
        groups: new.groups.clone(),
        rooms: new.rooms.clone(),
        since: new.since.unwrap_or(case.today),
        born: new.born.map(|born| case.seal(person, &born)).transpose()?,
        email: words(&new.email)?,
        phone: words(&new.phone)?,
    })
}

fn check_born(born: Option<Date>, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if born.is_some_and(|born| born > case.today) {
        return no("born", "The date of birth is in the future. Check the year");
    }
    Ok(())
}

/// A day that is planned lies at most two years ahead.
fn check_near(field: &'static str, day: Option<Date>, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let far = case.today.checked_add(2.years()).unwrap_or(Date::MAX);
    if day.is_some_and(|day| day > far) {
        return no(
            field,
            "This day is more than two years away. Check the year",
        );
    }
    Ok(())
}

fn change(details: &Details, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = details.person;
    known(case, "person", person)?;
    check_born(details.born, case)?;
    let people = &case.setting.people;
    if details.born.is_some() && !people.groups(person).contains(&Group::Child) {
        return no(
            "born",
            "The date of birth is kept for children only. Leave it empty",
        );
    }
    let open_date = |sealed| case.sealer.open(sealed);
    let new_name = |name: &&String| {
        people
            .name(person)
            .and_then(|kept| case.sealer.open(kept))
            .as_ref()
            != Some(*name)
    };
    let new_born = |born: &Date| people.born(person).and_then(open_date) != Some(*born);
    let name = details.name.as_ref().filter(new_name);
    let born = details.born.filter(new_born);
    if name.is_none() && born.is_none() {
        return no(
            "name",
            "This is what is kept already. There is nothing to change",
        );
    }
    Ok(Entry::Changed(Changed {
        person,
        name: name.map(|name| case.seal(person, name)).transpose()?,
        born: born.map(|born| case.seal(person, &born)).transpose()?,
        email: None,
        phone: None,
    }))
}

fn change_contact(contact: &Contact, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let person = contact.person;
    known(case, "person", person)?;
    let people = &case.setting.people;
    let kept = |sealed: Option<&kernel::sealed::Private<String>>| {
        sealed
            .and_then(|sealed| case.sealer.open(sealed))
            .unwrap_or_default()
    };
    let email = contact
        .email
        .as_ref()
        .filter(|new| **new != kept(people.email(person)));
    let phone = contact
        .phone
        .as_ref()
        .filter(|new| **new != kept(people.phone(person)));
    if email.is_none() && phone.is_none() {
        return no(
            "email",
            "This is what is kept already. There is nothing to change",
        );
    }
    Ok(Entry::Changed(Changed {
        person,
        name: None,
        born: None,
        email: email.map(|email| case.seal(person, email)).transpose()?,
        phone: phone.map(|phone| case.seal(person, phone)).transpose()?,
    }))
}

fn tie(tied: &Tied, case: &Case<'_>) -> Answer {
    known(case, "parent", tied.parent)?;
    known(case, "child", tied.child)?;
    let people = &case.setting.people;
    if !people.groups(tied.child).contains(&Group::Child) {
        return no("child", "Choose a child");
    }
    let groups = people.groups(tied.parent);
    if groups.contains(&Group::Child) {
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
    let mut entries = vec![AnyEntry::People(Entry::Tied(tied.clone()))];
    if !groups.contains(&Group::Parent) {
        entries.push(AnyEntry::People(Entry::JoinedGroup(Membership {
            person: tied.parent,
            group: Group::Parent,
        })));
    }
    Ok(entries)
}

fn untie(
    parent: Person,
    child: Person,
    why: &String,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    if !case.setting.people.is_parent_of(parent, child) {
        return no(
            "parent",
            "This person is not recorded as a parent or carer of this child",
        );
    }
    let why = case.seal(parent, why)?;
    Ok(Entry::Untied(Untied { parent, child, why }))
}

fn leave(person: Person, last: Date, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let people = &case.setting.people;
    if people.last_day(person) == Some(last) {
        return no("last", "This last day is recorded already");
    }
    if people.since(person).is_some_and(|since| last < since) {
        return no(
            "last",
            "The last day is before the first day of this person",
        );
    }
    check_near("last", Some(last), case)?;
    if is_last_manager(person, last, case) {
        return no(
            "person",
            "After that there would be a day without a manager. Give the role of manager to somebody else first, so that the setting is never without one",
        );
    }
    Ok(Entry::Left(Left { person, last }))
}

/// Whether a manager's leaving would leave the setting without one, on the day after or later.
fn is_last_manager(person: Person, last: Date, case: &Case<'_>) -> bool {
    let roles = &case.setting.roles;
    roles
        .first_day_without_manager_if_left(person, last, case.today)
        .is_some()
}

fn come_back(person: Person, since: Date, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let Some(last) = case.setting.people.last_day(person) else {
        return no("person", "This person has not left");
    };
    if since <= last {
        return no(
            "since",
            format!(
                "The first day back must be after the last day, {}",
                date_in_words(last)
            ),
        );
    }
    let stays = last.tomorrow().is_ok_and(|next| next == since);
    if case.today <= last && !stays {
        return no(
            "since",
            format!(
                "This person is still here until {}. Record their return after that day, or choose the day after it if they stay",
                date_in_words(last)
            ),
        );
    }
    check_near("since", Some(since), case)?;
    Ok(Entry::Returned(Returned { person, since }))
}

impl Relation {
    /// What somebody is to a child, read from a form.
    #[must_use]
    pub fn read(key: &str) -> Relation {
        Relation::from_key(key).unwrap_or(Relation::Other)
    }
}
