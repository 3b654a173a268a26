//! What can be asked for about people, families and rooms.

pub mod import;
mod rooms;
mod stay;
mod ties;
mod visits;
mod who;

pub use who::added;

use super::{
    entries::{Entry, Tied},
    group::Group,
    import::Handed,
};
use crate::spine::{
    act::{Case, Person, Room, no},
    entry::Entry as AnyEntry,
    permit::Need,
    setting::Setting,
    tongue::Tongue,
};
use jiff::ToSpan;
use kernel::{moment::Date, ruling::Mistake};

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
    /// Choose the language in which somebody reads.
    ChooseLanguage(Person, Tongue),
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
    /// Record somebody's last day, and end their access at this moment.
    RecordLeavingAtOnce {
        /// Who.
        person: Person,
        /// The last day.
        last: Date,
    },
    /// Take in a table of people.
    Import(Box<Handed>),
    /// Undo the taking in of a table.
    UndoImport {
        /// Its number.
        import: u32,
    },
    /// Sign a visitor in.
    SignVisitorIn(NewVisitor),
    /// Sign a visitor out.
    SignVisitorOut {
        /// Who.
        person: Person,
    },
    /// Sign oneself out at the door, by the name that was typed when one came.
    SignSelfOut {
        /// The name.
        name: String,
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

/// A visitor at the door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewVisitor {
    /// Their name.
    pub name: String,
    /// Where they come from.
    pub from: Option<String>,
    /// Whom they visit.
    pub visits: Option<Person>,
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
            Act::ChooseLanguage(..) => "people.choose-language",
            Act::Place(..) => "people.place",
            Act::Tie(_) => "people.tie",
            Act::Untie { .. } => "people.untie",
            Act::RecordLeaving { .. } | Act::RecordLeavingAtOnce { .. } => "people.record-leaving",
            Act::Import(_) => "people.import",
            Act::UndoImport { .. } => "people.undo-import",
            Act::SignVisitorIn(_) => "people.sign-visitor-in",
            Act::SignVisitorOut { .. } => "people.sign-visitor-out",
            Act::SignSelfOut { .. } => "people.sign-self-out",
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
            Act::ChooseLanguage(person, _) => for_language(*person),
            Act::SignVisitorIn(_) => super::pages::visitors::may_sign(),
            Act::SignVisitorOut { .. } => super::pages::visitors::need(),
            Act::SignSelfOut { .. } => Need::Kiosk,
            Act::Add(_)
            | Act::Change(_)
            | Act::JoinGroup(..)
            | Act::LeaveGroup(..)
            | Act::Place(..)
            | Act::Tie(_)
            | Act::Untie { .. }
            | Act::RecordLeaving { .. }
            | Act::RecordLeavingAtOnce { .. }
            | Act::Import(_)
            | Act::UndoImport { .. }
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
        let entry = match self {
            Act::Add(new) => Entry::Added(added(new, who::unused_number(case), case)?),
            Act::Change(details) => who::change(details, case)?,
            Act::ChangeContact(contact) => who::change_contact(contact, case)?,
            Act::JoinGroup(person, group) => who::join(*person, *group, case)?,
            Act::LeaveGroup(person, group) => who::leave_group(*person, *group, case)?,
            Act::ChooseLanguage(person, tongue) => who::choose_language(*person, *tongue, case)?,
            Act::Place(person, places) => rooms::place(*person, places, case)?,
            Act::Tie(tied) => return ties::tie(tied, case),
            Act::Untie { parent, child, why } => ties::untie(*parent, *child, why, case)?,
            Act::RecordLeaving { person, last } => stay::leave(*person, *last, false, case)?,
            Act::RecordLeavingAtOnce { person, last } => stay::leave(*person, *last, true, case)?,
            Act::Import(handed) => return import::import(handed, case),
            Act::UndoImport { import } => return import::undo(*import, case),
            Act::SignVisitorIn(new) => visits::come(new, case)?,
            Act::SignVisitorOut { person } => visits::go(*person, case)?,
            Act::SignSelfOut { name } => visits::go_by_name(name, case)?,
            Act::RecordReturn { person, since } => stay::come_back(*person, *since, case)?,
            Act::OpenRoom { name } => rooms::open(name, case)?,
            Act::RenameRoom { room, name } => rooms::rename(*room, name, case)?,
            Act::CloseRoom { room } => rooms::close(*room, case)?,
        };
        Ok(vec![AnyEntry::People(entry)])
    }
}

/// Who may choose the language in which somebody reads: the person, and those who work with the
/// family, who may know it.
#[must_use]
pub fn for_language(person: Person) -> Need {
    Need::AnyOf(vec![
        Need::Oneself(person),
        Need::RoomsOf(person),
        Need::management(),
    ])
}

/// The person is known here, and what is kept about them was not erased.
fn known(case: &Case<'_>, field: &'static str, person: Person) -> Result<(), Vec<Mistake>> {
    if case.setting.people.is_known(person) && !case.setting.data.is_erased(person) {
        Ok(())
    } else {
        no(field, "There is no such person here")
    }
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
