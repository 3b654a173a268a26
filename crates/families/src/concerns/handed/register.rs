//! The reports that were handed over, as they stand.

use super::entries::Handed;
use crate::spine::{act::Person, setting::At};
use kernel::{moment::Moment, sealed::Private};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The reports that were handed over.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register(BTreeMap<u32, Report>);

/// A report that was handed over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Its number.
    pub number: u32,
    /// What it says.
    pub words: Private,
    /// Who handed it over.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

impl Register {
    pub(in crate::concerns) fn fold(&mut self, fact: &Handed, at: At<'_>) {
        let report = Report {
            number: fact.number,
            words: fact.words.clone(),
            by: at.by.person(),
            at: at.moment,
            seq: at.seq,
        };
        self.0.insert(fact.number, report);
    }

    /// All of them, the first one first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Report> {
        self.0.values()
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&Report> {
        self.0.get(&number)
    }

    /// The number of the next.
    #[must_use]
    pub fn next(&self) -> u32 {
        let last = self.0.keys().next_back();
        last.map_or(1, |last| last.saturating_add(1))
    }
}
