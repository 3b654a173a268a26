//! Systems, who may use them since when and why, what is lent, and since when each password of an
//! account here holds.

use crate::{
    access::entries::{
        Entry as AccessEntry,
        systems::{Entry, Kind},
    },
    people::group::Group,
    spine::{
        act::Person,
        setting::{At, Setting},
    },
};
use kernel::{
    moment::{Date, Moment, plus_days},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Systems and who may use them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Systems {
    systems: BTreeMap<u32, System>,
    grants: BTreeMap<u32, Grant>,
    things: BTreeMap<u32, Thing>,
    accounts: BTreeMap<Person, Account>,
}

/// A system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct System {
    /// Its number.
    pub system: u32,
    /// Its kind.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Whether those who use it know one password together.
    pub one_password: bool,
    /// When it came onto the register.
    pub added: Moment,
    /// When its password was last changed, by whom, and the entry.
    pub changed: Option<(Moment, Option<Person>, u64)>,
    /// Whether it is no longer used.
    pub retired: bool,
}

/// Access that somebody has or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its number.
    pub grant: u32,
    /// To what.
    pub system: u32,
    /// Who.
    pub person: Person,
    /// Why.
    pub why: Private<String>,
    /// By whom it was granted.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// When it was closed, and by whom.
    pub closed: Option<(Moment, Option<Person>)>,
}

/// Something that is lent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// Its number.
    pub thing: u32,
    /// To whom.
    pub person: Person,
    /// What.
    pub what: String,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// When it came back.
    pub back: Option<Moment>,
}

/// An account of this program, as the register shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// By whom it was opened.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// When its password was chosen.
    pub chosen: Option<Moment>,
    /// When it was closed.
    pub closed: Option<Moment>,
}

impl System {
    /// Whether it has this name, however it is written.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }

    /// Whether a policy means this system by its words: "networks", "admissions mailbox", "email".
    #[must_use]
    pub fn is_meant(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        let name = self.name.to_lowercase();
        let says = |any: &[&str]| any.iter().any(|part| words.contains(part));
        let short = |words: &str| {
            let plain = words.replace("mailbox", "").replace("address", "");
            plain.trim().trim_start_matches("the ").to_owned()
        };
        let (asked, own) = (short(&words), short(&name));
        if !asked.is_empty() && !own.is_empty() && (own.contains(&asked) || asked.contains(&own)) {
            return true;
        }
        match self.kind {
            Kind::Mailbox => matches!(words.as_str(), "email" | "mail" | "e-mail" | "mailboxes"),
            Kind::Platform => says(&["platform", "journal"]),
            Kind::Website => says(&["website", "social"]),
            Kind::Device => says(&["device", "computer", "laptop", "tablet"]),
            Kind::Folder => says(&["folder", "drive", "file"]),
            Kind::Wifi => says(&["network", "wifi", "wi-fi"]),
            Kind::Account => words == "accounts",
            Kind::Other => words == "systems",
        }
    }
}

impl Systems {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Added(fact) => {
                let system = System {
                    system: fact.system,
                    kind: fact.kind,
                    name: fact.name.clone(),
                    one_password: fact.one_password,
                    added: at.moment,
                    changed: None,
                    retired: false,
                };
                self.systems.insert(fact.system, system);
            }
            Entry::Retired(fact) => {
                if let Some(system) = self.systems.get_mut(&fact.system) {
                    system.retired = true;
                }
            }
            Entry::Granted(fact) => {
                let grant = Grant {
                    grant: fact.grant,
                    system: fact.system,
                    person: fact.person,
                    why: fact.why.clone(),
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                    closed: None,
                };
                self.grants.insert(fact.grant, grant);
            }
            Entry::Withdrawn(fact) => {
                if let Some(grant) = self.grants.get_mut(&fact.grant) {
                    grant.closed = Some((at.moment, at.by.person()));
                }
            }
            Entry::PasswordChanged(fact) => {
                if let Some(system) = self.systems.get_mut(&fact.system) {
                    system.changed = Some((at.moment, at.by.person(), at.seq));
                }
            }
            Entry::Lent(fact) => {
                let thing = Thing {
                    thing: fact.thing,
                    person: fact.person,
                    what: fact.what.clone(),
                    at: at.moment,
                    seq: at.seq,
                    back: None,
                };
                self.things.insert(fact.thing, thing);
            }
            Entry::HandedBack(fact) => {
                if let Some(thing) = self.things.get_mut(&fact.thing) {
                    thing.back = Some(at.moment);
                }
            }
        }
    }

    /// Accounts of this program stand on the register by themselves.
    pub(super) fn hear(&mut self, entry: &AccessEntry, at: At<'_>) {
        match entry {
            AccessEntry::AccountOpened(fact) => {
                let account = Account {
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                    chosen: fact.hash.as_ref().map(|_| at.moment),
                    closed: None,
                };
                self.accounts.insert(fact.person, account);
            }
            AccessEntry::PasswordChosen(fact) => {
                if let Some(account) = self.accounts.get_mut(&fact.person) {
                    account.chosen = Some(at.moment);
                }
            }
            AccessEntry::AccountClosed(fact) => {
                if let Some(account) = self.accounts.get_mut(&fact.person) {
                    account.closed = Some(at.moment);
                }
            }
            _ => {}
        }
    }

    /// The systems in use, by number.
    pub fn in_use(&self) -> impl Iterator<Item = &System> {
        self.systems.values().filter(|system| !system.retired)
    }

    /// One that is in use.
    #[must_use]
    pub fn find(&self, system: u32) -> Option<&System> {
        self.systems.get(&system).filter(|system| !system.retired)
    }

    /// What a system is called, in use or not.
    #[must_use]
    pub fn name(&self, system: u32) -> &str {
        self.systems
            .get(&system)
            .map_or("A system", |system| system.name.as_str())
    }

    /// What kind of system it is, in words.
    #[must_use]
    pub fn kind(&self, system: u32) -> &'static str {
        let found = self.systems.get(&system);
        found.map_or("", |system| system.kind.in_words())
    }

    /// All grants, oldest first.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.grants.values()
    }

    /// The grants that are not closed.
    pub fn open_grants(&self) -> impl Iterator<Item = &Grant> {
        self.grants.values().filter(|grant| grant.closed.is_none())
    }

    /// One that is not closed.
    #[must_use]
    pub fn open_grant(&self, grant: u32) -> Option<&Grant> {
        self.grants
            .get(&grant)
            .filter(|grant| grant.closed.is_none())
    }

    /// Who has access to a system now.
    pub fn users(&self, system: u32) -> impl Iterator<Item = Person> {
        let of = move |grant: &&Grant| grant.system == system;
        self.open_grants().filter(of).map(|grant| grant.person)
    }

    /// Everything that was ever lent, oldest first.
    pub fn things(&self) -> impl Iterator<Item = &Thing> {
        self.things.values()
    }

    /// What is lent and not back.
    pub fn lent(&self) -> impl Iterator<Item = &Thing> {
        self.things.values().filter(|thing| thing.back.is_none())
    }

    /// Accounts of this program, those that were closed too.
    pub fn accounts(&self) -> impl Iterator<Item = (Person, &Account)> {
        self.accounts.iter().map(|(person, one)| (*person, one))
    }

    /// Since when somebody has the password of now.
    #[must_use]
    pub fn chosen(&self, person: Person) -> Option<Moment> {
        let account = self.accounts.get(&person)?;
        account.chosen.filter(|_| account.closed.is_none())
    }

    /// The number that the next system gets.
    #[must_use]
    pub fn next_system(&self) -> u32 {
        next(&self.systems)
    }

    /// The number that the next grant gets.
    #[must_use]
    pub fn next_grant(&self) -> u32 {
        next(&self.grants)
    }

    /// The number that the next thing gets.
    #[must_use]
    pub fn next_thing(&self) -> u32 {
        next(&self.things)
    }
}

fn next<T>(all: &BTreeMap<u32, T>) -> u32 {
    let last = all.last_key_value().map(|(number, _)| *number);
    last.map_or(1, |last| last.saturating_add(1))
}

/// The first day on which somebody is no longer here, as far as it is known: after the last day, or
/// for parents and carers after that of the last of their children.
#[must_use]
pub fn gone_on(setting: &Setting, person: Person, today: Date) -> Option<Date> {
    let people = &setting.people;
    let own = people.last_day(person).map(|last| {
        if people.has_gone(person, today) {
            plus_days(last, 1).min(today)
        } else {
            plus_days(last, 1)
        }
    });
    let groups = people.groups(person);
    if own.is_some() || groups.len() != 1 || !groups.contains(&Group::Parent) {
        return own;
    }
    let mut latest = None;
    for child in people.children_of(person) {
        latest = latest.max(Some(people.last_day(child)?));
    }
    latest.map(|last| plus_days(last, 1))
}
