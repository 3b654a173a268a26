//! What can be asked for about systems, who may use them, and what is lent.

use crate::{
    access::{
        administering,
        entries::{
            Entry as AccessEntry,
            systems::{
                Entry, Granted, HandedBack, Kind, Lent, PasswordChanged, SystemAdded,
                SystemRetired, Withdrawn,
            },
        },
    },
    people::group::Group,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::ruling::Mistake;

/// The most systems that are in use at a time.
const SYSTEMS_MAX: usize = 500;
/// The most grants and things that are open at a time.
const OPEN_MAX: usize = 5_000;
/// The longest name, in characters.
pub const NAME_MAX: usize = 60;
/// The longest reason, in characters.
pub const WHY_MAX: usize = 500;

/// What can be asked for about systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Put a system on the register.
    Add {
        /// Its kind.
        kind: Kind,
        /// What it is called.
        name: String,
        /// Whether those who use it know one password together.
        one_password: bool,
    },
    /// Take a system off the register.
    Retire {
        /// Which.
        system: u32,
    },
    /// Grant somebody access.
    Grant {
        /// To what.
        system: u32,
        /// To whom.
        person: Person,
        /// Why.
        why: String,
    },
    /// Say that somebody's access is closed.
    Withdraw {
        /// The number of the grant.
        grant: u32,
    },
    /// Say that the password of a system was changed.
    RecordPasswordChanged {
        /// Of which.
        system: u32,
    },
    /// Write down that something is lent.
    Lend {
        /// To whom.
        person: Person,
        /// What.
        what: String,
    },
    /// Say that something is back.
    TakeBack {
        /// Its number.
        thing: u32,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Add { .. } => "access.add-system",
            Act::Retire { .. } => "access.retire-system",
            Act::Grant { .. } => "access.grant",
            Act::Withdraw { .. } => "access.withdraw",
            Act::RecordPasswordChanged { .. } => "access.record-password-changed",
            Act::Lend { .. } => "access.lend",
            Act::TakeBack { .. } => "access.take-back",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Add { .. }
            | Act::Retire { .. }
            | Act::Grant { .. }
            | Act::Withdraw { .. }
            | Act::Lend { .. }
            | Act::TakeBack { .. } => administering(setting),
            // Whoever knows the password may have changed it.
            Act::RecordPasswordChanged { system } => {
                let users = setting.access.systems().users(*system);
                let mut needs = vec![administering(setting)];
                needs.extend(users.map(Need::Oneself));
                Need::AnyOf(needs)
            }
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let systems = case.setting.access.systems();
        let entry = match self {
            Act::Add {
                kind,
                name,
                one_password,
            } => {
                let name = line("name", name, NAME_MAX)?;
                if systems.in_use().count() >= SYSTEMS_MAX {
                    return no("name", "There are too many systems. Take one off first");
                }
                if systems.in_use().any(|one| one.is_called(&name)) {
                    return no(
                        "name",
                        "A system of this name is on the register. Choose another name",
                    );
                }
                Entry::Added(SystemAdded {
                    system: systems.next_system(),
                    kind: *kind,
                    name,
                    one_password: *one_password,
                })
            }
            Act::Retire { system } => {
                is_in_use(*system, case)?;
                if systems.users(*system).next().is_some() {
                    return no(
                        "system",
                        "Somebody still has access to it. Close their access first",
                    );
                }
                Entry::Retired(SystemRetired { system: *system })
            }
            Act::Grant {
                system,
                person,
                why,
            } => grant(*system, *person, why, case)?,
            Act::Withdraw { grant } => {
                if systems.open_grant(*grant).is_none() {
                    return no("grant", "This access is closed already");
                }
                Entry::Withdrawn(Withdrawn { grant: *grant })
            }
            Act::RecordPasswordChanged { system } => {
                is_in_use(*system, case)?;
                Entry::PasswordChanged(PasswordChanged { system: *system })
            }
            Act::Lend { person, what } => {
                let what = line("what", what, NAME_MAX)?;
                is_grown_up(*person, case)?;
                if systems.lent().count() >= OPEN_MAX {
                    return no("what", "Too much is lent. Take something back first");
                }
                Entry::Lent(Lent {
                    thing: systems.next_thing(),
                    person: *person,
                    what,
                })
            }
            Act::TakeBack { thing } => {
                if !systems.lent().any(|lent| lent.thing == *thing) {
                    return no("thing", "This is back already");
                }
                Entry::HandedBack(HandedBack { thing: *thing })
            }
        };
        Ok(vec![AnyEntry::Access(AccessEntry::System(entry))])
    }
}

fn grant(system: u32, person: Person, why: &str, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let systems = case.setting.access.systems();
    is_in_use(system, case)?;
    if !case.setting.people.is_here(person, case.today) {
        return no("person", "There is no such person here");
    }
    if systems.users(system).any(|user| user == person) {
        return no("person", "This person has access to it already");
    }
    if systems.open_grants().count() >= OPEN_MAX {
        return no("system", "There are too many grants. Close some first");
    }
    let why = line("why", why, WHY_MAX)?;
    Ok(Entry::Granted(Granted {
        grant: systems.next_grant(),
        system,
        person,
        why: case.seal_words(person, &why)?,
    }))
}

fn is_in_use(system: u32, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    match case.setting.access.systems().find(system) {
        Some(_) => Ok(()),
        None => no("system", "There is no such system on the register"),
    }
}

fn is_grown_up(person: Person, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let people = &case.setting.people;
    if !people.is_here(person, case.today) || people.groups(person).contains(&Group::Child) {
        return no("person", "There is no such grown-up here");
    }
    Ok(())
}

/// Words in one line, of a length.
pub(super) fn line(field: &'static str, words: &str, most: usize) -> Result<String, Vec<Mistake>> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    match words.chars().count() {
        0 => no(field, "Write something here"),
        count if count > most => no(field, format!("Write at most {most} characters here")),
        _ => Ok(words),
    }
}
