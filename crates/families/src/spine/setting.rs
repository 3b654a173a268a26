//! How things stand: the state of one setting, folded from its entries, a field for each family.

use super::{
    act::{Actor, Person},
    entry::Entry,
};
use crate::{
    access, agreements, concerns, data, devices, education, filter, internet, monitor, notices,
    people, place, policy, procedure, roles,
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// The state of one setting. Only `fold` changes it; everybody else asks its families questions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Setting {
    /// The place: its name, nation, calendar.
    pub place: place::register::Register,
    /// People, families, rooms.
    pub people: people::register::Register,
    /// Accounts and signing in.
    pub access: access::register::Register,
    /// Holds and erasure.
    pub data: data::register::Register,
    /// The policy itself.
    pub policy: policy::register::Register,
    /// Who holds which role.
    pub roles: roles::register::Register,
    /// Agreements, induction and events.
    pub agreements: agreements::register::Register,
    /// How people are told.
    pub notices: notices::register::Register,
    /// Concerns and cases.
    pub concerns: concerns::register::Register,
    /// Where help is found.
    pub education: education::register::Register,
    /// Procedures at work.
    #[serde(default)]
    pub procedure: procedure::register::Register,
    /// Devices.
    #[serde(default)]
    pub devices: devices::register::Register,
    /// The internet with children.
    #[serde(default)]
    pub internet: internet::register::Register,
    /// The filter.
    #[serde(default)]
    pub filter: filter::register::Register,
    /// Monitoring.
    #[serde(default)]
    pub monitor: monitor::register::Register,
}

/// Where an entry stands in the ledger, and who made it.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Its number.
    pub seq: u64,
    /// When.
    pub moment: Moment,
    /// The day that it was in the United Kingdom.
    pub day: Date,
    /// By whom.
    pub by: &'a Actor,
}

impl Setting {
    /// Whether somebody may sign in and go on: they are here, and their access is not suspended.
    #[must_use]
    pub fn lets_in(&self, person: Person, day: Date) -> bool {
        self.people.is_here(person, day) && !self.procedure.is_suspended(person)
    }

    /// Whether there is such a case and nobody has taken it on yet.
    #[must_use]
    pub fn is_unread(&self, case: Option<u32>) -> bool {
        let found = case.and_then(|case| self.concerns.case(case));
        found.is_some_and(|case| case.taken.is_none() && !case.is_closed())
    }

    /// Under which keys stands what the ledger says is erased or let go, and since when: whoever keeps
    /// the keys makes sure that these are destroyed.
    pub fn erased(&self) -> impl Iterator<Item = (String, Moment)> {
        let people = self.data.erased();
        let people = people.map(|(person, at)| (person.subject(), at));
        people.chain(self.concerns.let_go())
    }

    /// Takes in one entry. Each family writes its own part only.
    pub fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Place(entry) => self.place.fold(entry, at),
            Entry::People(entry) => {
                self.people.fold(entry, at);
                // A role ends when its holder leaves.
                self.roles.hear(entry, at);
                // An agreement is asked of somebody since they joined its group.
                self.agreements.hear(entry, at);
            }
            Entry::Access(entry) => self.access.fold(entry, at),
            Entry::Data(entry) => self.data.fold(entry, at),
            Entry::Policy(entry) => self.policy.fold(entry, at),
            Entry::Roles(entry) => self.roles.fold(entry, at),
            Entry::Agreements(entry) => self.agreements.fold(entry, at),
            Entry::Notices(entry) => self.notices.fold(entry, at),
            Entry::Concerns(entry) => self.concerns.fold(entry, at),
            Entry::Education(entry) => self.education.fold(entry, at),
            Entry::Procedure(entry) => self.procedure.fold(entry, at),
            Entry::Devices(entry) => self.devices.fold(entry, at),
            Entry::Internet(entry) => self.internet.fold(entry, at),
            Entry::Filter(entry) => self.filter.fold(entry, at),
            Entry::Monitor(entry) => self.monitor.fold(entry, at),
        }
    }
}
