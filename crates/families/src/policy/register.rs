//! How the policy stands: its versions and what was decided about them.

use super::{document::Document, entries::Entry};
use crate::spine::setting::At;
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    versions: Vec<Version>,
    changed: u64,
}

/// An adopted version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// Its words.
    pub document: Document,
    /// The entry that adopted it.
    pub seq: u64,
    /// When that was made.
    pub at: Moment,
}

/// A person's word that a clause which no control answers is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The entry.
    pub seq: u64,
    /// When it was given.
    pub at: Moment,
    /// Until when it holds.
    pub until: Date,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Adopted(fact) => {
                self.versions.push(Version {
                    number: fact.number,
                    document: fact.document.clone(),
                    seq: at.seq,
                    at: at.moment,
                });
                self.changed = at.seq;
            }
        }
    }

    /// The version in force.
    #[must_use]
    pub fn adopted(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// Changes whenever the policy in force has to be built anew.
    #[must_use]
    pub fn changed(&self) -> u64 {
        self.changed
    }

    /// The controls that were switched off, with the reason.
    #[must_use]
    pub fn switched_off(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// A person's word on a clause that no control answers.
    #[must_use]
    pub fn word_on(&self, _clause: &str) -> Option<Word> {
        None
    }
}
