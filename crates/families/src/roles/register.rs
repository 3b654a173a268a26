//! Who holds which role, when.

use super::{entries::Entry, role::Role};
use crate::spine::{act::Person, setting::At};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// Who holds which role.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    holdings: Vec<Holding>,
}

/// A role that somebody holds or held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// The first day.
    pub from: Date,
    /// The last day, when it has ended or its end is known.
    pub last: Option<Date>,
    /// The entry that gave it.
    pub seq: u64,
    /// When that was made.
    pub at: Moment,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Given(fact) => self.holdings.push(Holding {
                role: fact.role.clone(),
                person: fact.person,
                from: fact.from,
                last: None,
                seq: at.seq,
                at: at.moment,
            }),
            Entry::Ended(fact) => {
                let open = |h: &&mut Holding| {
                    h.role == fact.role && h.person == fact.person && h.last.is_none()
                };
                if let Some(holding) = self.holdings.iter_mut().find(open) {
                    holding.last = Some(fact.last);
                }
            }
        }
    }

    /// Whether somebody holds a role on this day.
    #[must_use]
    pub fn holds(&self, person: Person, role: &Role, today: Date) -> bool {
        self.holdings
            .iter()
            .any(|h| h.person == person && h.role == *role && on(h, today))
    }

    /// Who holds a role on this day.
    #[must_use]
    pub fn holders(&self, role: &Role, today: Date) -> Vec<Person> {
        self.holdings
            .iter()
            .filter(|h| h.role == *role && on(h, today))
            .map(|h| h.person)
            .collect()
    }

    /// The manager, when there is just one.
    #[must_use]
    pub fn sole_manager(&self, today: Date) -> Option<Person> {
        match self.holders(&Role::Manager, today).as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// All that were ever given, oldest first.
    #[must_use]
    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }
}

fn on(holding: &Holding, today: Date) -> bool {
    holding.from <= today && holding.last.is_none_or(|last| today <= last)
}
