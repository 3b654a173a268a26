//! Looks of late: so that the same look within minutes is one entry, and for the registers of who
//! looked at what and who was refused. The ledger keeps all of them.

use crate::{
    access::entries::looks::{Entry, How, Record},
    spine::{act::Person, setting::At},
};
use kernel::moment::Moment;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The same look by the same person within this time is one entry, in minutes.
pub const SAME_MINUTES: i64 = 10;
/// The most looks that are kept at hand.
const KEPT_MAX: usize = 1_000;
/// The most refused looks of one person within that time that are recorded: by then it is known.
const REFUSED_MAX: usize = 50;

/// Looks of late, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Looks {
    looked: VecDeque<Seen>,
    refused: VecDeque<Seen>,
}

/// A look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whose.
    pub by: Person,
    /// At what.
    pub record: Record,
    /// As what.
    pub how: How,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

impl Looks {
    pub(super) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let Some(by) = at.by.person() else {
            return;
        };
        let look = entry.look();
        let seen = Seen {
            by,
            record: look.record.clone(),
            how: look.how,
            at: at.moment,
            seq: at.seq,
        };
        let kept = match entry {
            Entry::Looked(_) | Entry::Downloaded(_) => &mut self.looked,
            Entry::Refused(_) => &mut self.refused,
        };
        if kept.len() >= KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back(seen);
    }

    /// Whether this look needs no entry: the same was recorded within minutes, or so many refused
    /// ones of the same person that one more says nothing new.
    #[must_use]
    pub fn is_known(&self, person: Person, entry: &Entry, now: Moment) -> bool {
        let look = entry.look();
        let refused = matches!(entry, Entry::Refused(_));
        let kept = if refused { &self.refused } else { &self.looked };
        let since = now.plus_minutes(-SAME_MINUTES);
        let late = kept.iter().rev().take_while(|seen| seen.at > since);
        let mut own = 0_usize;
        for seen in late.filter(|seen| seen.by == person) {
            own = own.saturating_add(1);
            if seen.record == look.record && seen.how == look.how {
                return true;
            }
        }
        refused && own >= REFUSED_MAX
    }

    /// What was looked at of late, oldest first.
    pub fn looked(&self) -> impl Iterator<Item = &Seen> {
        self.looked.iter()
    }

    /// Who was refused of late, oldest first.
    pub fn refused(&self) -> impl Iterator<Item = &Seen> {
        self.refused.iter()
    }
}
