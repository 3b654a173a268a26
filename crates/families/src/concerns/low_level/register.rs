//! The low-level concerns as they stand; what they say stays sealed.

use super::entries::{Entry, Outcome, Words};
use crate::{
    concerns::{
        keeping::{entries::Entry as Keeping, register::Asking},
        matter,
    },
    roles::role::Role,
    spine::{act::Person, setting::At},
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The low-level concerns.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    all: BTreeMap<u32, LowLevel>,
}

/// One of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LowLevel {
    /// Its number, among those of low-level concerns.
    pub number: u32,
    /// Whom it is about.
    pub about: Person,
    /// What was seen or heard.
    pub words: Private<Words>,
    /// Who sees it.
    pub roles: Vec<Role>,
    /// Only those see it who held their role before.
    pub guarded: bool,
    /// Who told it.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
    /// What came of it.
    pub decided: Option<Decision>,
    /// Until when it is kept, where that was looked at.
    pub keep: Option<Date>,
    /// That somebody asks to let it go.
    pub asked: Option<Asking>,
    /// It was let go, and since when; it is no longer shown.
    pub gone: Option<Moment>,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub outcome: Outcome,
    /// Why.
    pub why: Private,
    /// The case that it became.
    pub became: Option<u32>,
    /// By whom.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Told(fact) => {
                let one = LowLevel {
                    number: fact.case,
                    about: fact.about,
                    words: fact.words.clone(),
                    roles: fact.roles.clone(),
                    guarded: fact.guarded,
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                    decided: None,
                    keep: None,
                    asked: None,
                    gone: None,
                };
                self.all.insert(fact.case, one);
            }
            Entry::Decided(fact) => {
                if let Some(one) = self.all.get_mut(&fact.case) {
                    one.decided = Some(Decision {
                        outcome: fact.outcome,
                        why: fact.why.clone(),
                        became: fact.became,
                        by: at.by.person(),
                        at: at.moment,
                    });
                }
            }
            Entry::Reviewed(fact) => {
                if let Some(one) = self.all.get_mut(&fact.case) {
                    one.keep = fact.keep;
                    one.asked = None;
                    // Earlier releases let one go by one person.
                    one.gone = fact.keep.is_none().then_some(at.moment);
                }
            }
        }
    }

    /// Takes in that one is to be let go, or was.
    pub(in crate::concerns) fn keep(&mut self, entry: &Keeping, at: At<'_>) {
        let Some(one) = self.all.get_mut(&entry.case()) else {
            return;
        };
        match entry {
            Keeping::Asked(fact) => {
                one.asked = Some(Asking {
                    ground: fact.ground,
                    why: fact.why.clone(),
                    by: at.by.person(),
                    at: at.moment,
                    seq: at.seq,
                });
            }
            Keeping::LetGo(_) => one.gone = Some(at.moment),
            Keeping::LookedThrough(_)
            | Keeping::Over(_)
            | Keeping::KeptOn(_)
            | Keeping::Held(_)
            | Keeping::Lifted(_) => {}
        }
    }

    /// Those that were let go, and since when.
    pub fn gone(&self) -> impl Iterator<Item = (u32, Moment)> {
        let all = self.all.values();
        all.filter_map(|one| one.gone.map(|at| (one.number, at)))
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&LowLevel> {
        self.all.get(&number)
    }

    /// All that are kept, in the order in which they were told.
    pub fn kept(&self) -> impl DoubleEndedIterator<Item = &LowLevel> {
        self.all.values().filter(|one| one.gone.is_none())
    }

    /// The number of the next.
    #[must_use]
    pub fn next(&self) -> u32 {
        let last = self.all.keys().next_back().copied();
        last.unwrap_or(matter::LOW_LEVEL).saturating_add(1)
    }
}
