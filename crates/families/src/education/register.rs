//! The help directory as it stands: what comes with the program, as the setting has put it right,
//! and what the setting has added.

use super::{
    entries::Entry,
    help::{Help, NATIONAL},
};
use crate::spine::{act::Person, setting::At};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The help directory.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    kept: BTreeMap<String, Help>,
    removed: BTreeSet<String>,
    looked: BTreeMap<String, Looked>,
    links: BTreeMap<String, (bool, Moment)>,
    added: u32,
}

/// When somebody last looked whether an entry is still right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The day.
    pub day: Date,
    /// By whom.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let looked = Looked {
            day: at.day,
            by: at.by.person(),
            seq: at.seq,
        };
        match entry {
            Entry::HelpKept(fact) => {
                let id = fact.help.id.clone();
                if id.starts_with("local-") && !self.kept.contains_key(&id) {
                    self.added += 1;
                }
                self.removed.remove(&id);
                self.links.remove(&id);
                self.looked.insert(id.clone(), looked);
                self.kept.insert(id, fact.help.clone());
            }
            Entry::HelpRemoved(fact) => {
                self.removed.insert(fact.id.clone());
            }
            Entry::HelpConfirmed(fact) => {
                self.looked
                    .extend(fact.ids.iter().map(|id| (id.clone(), looked)));
            }
            Entry::LinkLooked(fact) => {
                self.links
                    .insert(fact.id.clone(), (fact.answers, at.moment));
            }
        }
    }

    /// Everybody who helps, national ones first.
    pub fn all(&self) -> impl Iterator<Item = &Help> {
        let national = NATIONAL
            .iter()
            .map(|help| self.kept.get(&help.id).unwrap_or(help));
        let local = self
            .kept
            .values()
            .filter(|help| help.id.starts_with("local-"));
        national
            .chain(local)
            .filter(|help| !self.removed.contains(&help.id))
    }

    /// Somebody who helps, by the name in the directory.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Help> {
        self.all().find(|help| help.id == id)
    }

    /// How many the setting has added.
    #[must_use]
    pub fn local(&self) -> usize {
        self.all()
            .filter(|help| help.id.starts_with("local-"))
            .count()
    }

    /// The name for the next that is added; numbers are never used again.
    #[must_use]
    pub fn next_id(&self) -> String {
        format!("local-{}", self.added + 1)
    }

    /// When somebody last looked whether it is still right.
    #[must_use]
    pub fn looked(&self, id: &str) -> Option<Looked> {
        self.looked.get(id).copied()
    }

    /// Whether its address answered when the program last looked.
    #[must_use]
    pub fn answers(&self, id: &str) -> Option<bool> {
        self.links.get(id).map(|(answers, _)| *answers)
    }

    /// Since when its address has not answered.
    #[must_use]
    pub fn silent_since(&self, id: &str) -> Option<Moment> {
        self.links
            .get(id)
            .filter(|(answers, _)| !answers)
            .map(|(_, at)| *at)
    }
}
