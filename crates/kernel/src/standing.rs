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
            Standing::NeedsWord => "Needs a person’s word",
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

/// How many entry numbers an `Evidence` keeps.
pub const EVIDENCE_MAX: usize = 50;

/// What a standing rests on. A clause may rest on very many entries, so the newest
/// [`EVIDENCE_MAX`] are kept by number and all are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The newest entries of the ledger, by number, oldest first, at most [`EVIDENCE_MAX`].
    pub entries: Vec<u64>,
    /// How many entries there are in all. One that is added twice counts once while its number is
    /// kept; beyond that it may count twice, so for joined evidence this is "at most so many".
    pub count: u64,
    /// When the newest of them was made.
    pub newest: Option<Moment>,
}

impl Evidence {
    /// Adds an entry.
    pub fn add(&mut self, seq: u64, at: Moment) {
        self.newest = self.newest.max(Some(at));
        if let Err(place) = self.entries.binary_search(&seq) {
            self.count = self.count.saturating_add(1);
            self.entries.insert(place, seq);
            self.trim();
        }
    }

    /// Adds all of another.
    pub fn join(&mut self, other: &Evidence) {
        self.newest = self.newest.max(other.newest);
        self.count = self.count.saturating_add(other.count);
        for seq in &other.entries {
            match self.entries.binary_search(seq) {
                Ok(_) => self.count = self.count.saturating_sub(1),
                Err(place) => self.entries.insert(place, *seq),
            }
        }
        self.trim();
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn trim(&mut self) {
        let over = self.entries.len().saturating_sub(EVIDENCE_MAX);
        self.entries.drain(..over);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(entries: impl IntoIterator<Item = u64>) -> Evidence {
        let mut evidence = Evidence::default();
        for seq in entries {
            evidence.add(seq, Moment::from_micros(i64::try_from(seq).unwrap()));
        }
        evidence
    }

    #[test]
    fn all_entries_are_counted_and_the_newest_fifty_kept() {
        let evidence = evidence(1..=1_000);
        assert_eq!(evidence.count, 1_000);
        assert_eq!(evidence.entries, (951..=1_000).collect::<Vec<u64>>());
        assert_eq!(evidence.newest, Some(Moment::from_micros(1_000)));
    }

    #[test]
    fn the_order_of_adding_does_not_matter() {
        assert_eq!(evidence([3, 1, 2, 2]), evidence([1, 2, 3]));
        assert_eq!(evidence((1..=200).rev()), evidence(1..=200));
    }

    #[test]
    fn shared_entries_count_once_when_joined() {
        let mut joined = evidence([1, 2, 3]);
        joined.join(&evidence([2, 3, 4]));
        assert_eq!(joined, evidence([1, 2, 3, 4]));
        let mut empty = Evidence::default();
        empty.join(&joined);
        assert_eq!(empty, joined);
        assert!(Evidence::default().is_empty() && !empty.is_empty());
    }

    #[test]
    fn the_worse_of_two_standings_is_the_one_that_counts() {
        for one in Standing::ALL {
            for two in Standing::ALL {
                assert_eq!(one.and(two), two.and(one));
            }
            assert_eq!(one.and(Standing::Met), one);
            assert_eq!(one.and(Standing::Breached), Standing::Breached);
        }
        assert_eq!(
            Standing::NotInVersion.and(Standing::Met),
            Standing::NotInVersion
        );
    }

    #[test]
    fn keys_are_the_words_that_json_has() {
        for standing in Standing::ALL {
            let text = serde_json::to_string(&standing).unwrap();
            assert_eq!(text, format!("\"{}\"", standing.key()));
        }
    }
}
