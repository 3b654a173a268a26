//! How a clause stands, with the evidence for it.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// How things stand with one clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nothing is open.
    Met,
    /// Something is open and still in time.
    Due,
    /// Something is late.
    Breached,
    /// The policy has it, but it is not switched on.
    NotInUse,
    /// Only a person can say.
    NeedsWord,
    /// This version of the program can't do it yet. Never counts as met.
    NotInVersion,
}

impl Standing {
    /// All, in the order in which pages list them.
    pub const ALL: [Standing; 6] = [
        Standing::Breached,
        Standing::Due,
        Standing::NeedsWord,
        Standing::Met,
        Standing::NotInUse,
        Standing::NotInVersion,
    ];

    /// As a short key in addresses and JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Standing::Met => "met",
            Standing::Due => "due",
            Standing::Breached => "breached",
            Standing::NotInUse => "not-in-use",
            Standing::NeedsWord => "needs-word",
            Standing::NotInVersion => "not-in-version",
        }
    }

    /// As people read it.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Standing::Met => "Met",
            Standing::Due => "Due",
            Standing::Breached => "Breached",
            Standing::NotInUse => "Not in use",
            Standing::NeedsWord => "Needs a person's word",
            Standing::NotInVersion => "Not in this version",
        }
    }

    /// Of two standings of one clause, the one that the clause has: the worse.
    #[must_use]
    pub fn and(self, other: Standing) -> Standing {
        if other.weight() > self.weight() {
            other
        } else {
            self
        }
    }

    fn weight(self) -> u8 {
        match self {
            Standing::Met => 0,
            Standing::NotInUse => 1,
            Standing::NeedsWord => 2,
            Standing::Due => 3,
            Standing::NotInVersion => 4,
            Standing::Breached => 5,
        }
    }
}

/// What a standing rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Entries of the ledger, by number, oldest first.
    pub entries: Vec<u64>,
    /// When the newest of them was made.
    pub newest: Option<Moment>,
}

impl Evidence {
    /// Adds an entry.
    pub fn add(&mut self, seq: u64, at: Moment) {
        if let Err(place) = self.entries.binary_search(&seq) {
            self.entries.insert(place, seq);
        }
        self.newest = Some(self.newest.map_or(at, |newest| newest.max(at)));
    }

    /// Adds all of another.
    pub fn join(&mut self, other: &Evidence) {
        for seq in &other.entries {
            if let Err(place) = self.entries.binary_search(seq) {
                self.entries.insert(place, *seq);
            }
        }
        self.newest = self.newest.max(other.newest);
    }
}
