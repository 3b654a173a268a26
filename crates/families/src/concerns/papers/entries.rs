//! Facts about the files of cases, and about what was written in the wrong one.

use crate::spine::entry::Written;
use kernel::{kept::Kept, sealed::Private};
use serde::{Deserialize, Serialize};

/// A fact about the files of a case, or about what stood in the wrong one.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A file was added.
    Added(Added),
    /// A note belongs to another case, and is sealed here.
    MovedAway(MovedAway),
}

/// A file was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// The case.
    pub case: u32,
    /// Its number in the case.
    pub paper: u32,
    /// What it is, and where it comes from.
    pub what: Private,
    /// The file.
    pub file: Kept,
}

/// A note belongs to another case; which one is not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedAway {
    /// The case in which it stood.
    pub case: u32,
    /// Its number there.
    pub note: u32,
    /// Why.
    pub why: Private,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Added(fact) => Written::of("concerns.file-added", 1, fact),
            Entry::MovedAway(fact) => Written::of("concerns.note-moved", 1, fact),
        }
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> u32 {
        match self {
            Entry::Added(fact) => fact.case,
            Entry::MovedAway(fact) => fact.case,
        }
    }

    /// In a few words.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Added(fact) => format!("added a file to case {}", fact.case),
            Entry::MovedAway(fact) => format!(
                "sealed a note of case {} that belongs to another",
                fact.case
            ),
        }
    }
}
