//! Holds that stand, and people whose key was destroyed.

use super::entries::Entry;
use crate::spine::{act::Person, setting::At};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Holds and erasures.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    holds: BTreeMap<Person, Hold>,
    erased: BTreeMap<Person, Moment>,
}

/// A hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub why: Private<String>,
    /// The day on which it is looked at again.
    pub review: Date,
    /// The entry that set it.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Option<Person>,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Held(fact) => {
                let hold = Hold {
                    why: fact.why.clone(),
                    review: fact.review,
                    seq: at.seq,
                    at: at.moment,
                    by: at.by.person(),
                };
                self.holds.insert(fact.person, hold);
            }
            Entry::Released(fact) => {
                self.holds.remove(&fact.person);
            }
            Entry::Erased(fact) => {
                self.erased.insert(fact.person, at.moment);
            }
        }
    }

    /// The hold on what is kept about somebody.
    #[must_use]
    pub fn hold(&self, person: Person) -> Option<&Hold> {
        self.holds.get(&person)
    }

    /// Every hold that stands, by person.
    pub fn holds(&self) -> impl Iterator<Item = (Person, &Hold)> {
        self.holds.iter().map(|(person, hold)| (*person, hold))
    }

    /// Whether what was kept about somebody is erased.
    #[must_use]
    pub fn is_erased(&self, person: Person) -> bool {
        self.erased.contains_key(&person)
    }

    /// Everybody who is erased, and since when: whoever keeps the keys makes sure that theirs are
    /// destroyed.
    pub fn erased(&self) -> impl Iterator<Item = (Person, Moment)> {
        self.erased.iter().map(|(person, at)| (*person, *at))
    }
}
