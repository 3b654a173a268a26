//! Who has done which items of the induction, and whose was seen to be complete.

use crate::{
    agreements::entries::Entry,
    spine::{act::Person, setting::At},
};
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Induction.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Started {
    done: BTreeMap<Person, BTreeMap<String, (u64, Moment)>>,
    seen: BTreeMap<Person, Seen>,
}

/// Somebody's induction was seen to be complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: Option<Person>,
}

impl Started {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        if let Entry::InductionDone(fact) = entry {
            let of_person = self.done.entry(fact.person).or_default();
            of_person.insert(fact.item.to_lowercase(), (at.seq, at.moment));
        }
        if let Entry::InductionSeen(fact) = entry {
            let seen = Seen {
                seq: at.seq,
                at: at.moment,
                by: at.by.person(),
            };
            self.seen.insert(fact.person, seen);
        }
    }

    /// The entry that recorded an item as done, and when.
    #[must_use]
    pub fn done(&self, person: Person, item: &str) -> Option<(u64, Moment)> {
        self.done.get(&person)?.get(&item.to_lowercase()).copied()
    }

    /// Every item that was recorded as done.
    pub fn all_done(&self) -> impl Iterator<Item = (Person, &str, u64, Moment)> {
        self.done.iter().flat_map(|(person, items)| {
            items
                .iter()
                .map(|(item, (seq, at))| (*person, item.as_str(), *seq, *at))
        })
    }

    /// That somebody's induction was seen to be complete.
    #[must_use]
    pub fn seen(&self, person: Person) -> Option<Seen> {
        self.seen.get(&person).copied()
    }

    /// Whose induction was seen to be complete.
    pub fn all_seen(&self) -> impl Iterator<Item = (Person, Seen)> {
        self.seen.iter().map(|(person, seen)| (*person, *seen))
    }
}
