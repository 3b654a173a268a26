//! How the end of keeping stands for each case, and what was let go.

use super::entries::{Entry, Ground, LetGo, Why};
use crate::{
    concerns::{index::Index, register::Case},
    spine::{act::Person, setting::At},
};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};

/// How the end of keeping stands for a case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Keeping {
    /// Since when it has been kept long enough, and by which entry.
    pub over: Option<(Date, u64)>,
    /// Until when it is kept on, where somebody decided so.
    pub until: Option<Until>,
    /// That somebody asks to let it go.
    pub asked: Option<Asking>,
    /// The hold on it.
    pub hold: Option<Hold>,
}

/// It is kept on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Until {
    /// Until when.
    pub day: Date,
    /// Why.
    pub why: Private<Why>,
    /// Who decided it.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// Somebody asks to let something go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// On what ground.
    pub ground: Ground,
    /// Why.
    pub why: Private,
    /// Who.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// A hold on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Why.
    pub why: Private,
    /// The day on which it is looked at again.
    pub review: Date,
    /// Who set it.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
    /// The entry.
    pub seq: u64,
}

/// A case that was let go: nothing of what stood in it, and who was on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Gone {
    /// The case, emptied.
    pub case: Case,
    /// On what ground.
    pub ground: Ground,
    /// Who asked for it.
    pub asked_by: Option<Person>,
    /// Who agreed.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
}

impl Keeping {
    /// Takes in a fact about a case that is there.
    pub(in crate::concerns) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        let by = at.by.person();
        match entry {
            Entry::Over(_) => self.over = Some((at.day, at.seq)),
            Entry::KeptOn(fact) => {
                self.asked = None;
                self.until = Some(Until {
                    day: fact.until,
                    why: fact.why.clone(),
                    by,
                    at: at.moment,
                    seq: at.seq,
                });
            }
            Entry::Asked(fact) => {
                self.asked = Some(Asking {
                    ground: fact.ground,
                    why: fact.why.clone(),
                    by,
                    at: at.moment,
                    seq: at.seq,
                });
            }
            Entry::Held(fact) => {
                self.hold = Some(Hold {
                    why: fact.why.clone(),
                    review: fact.review,
                    by,
                    at: at.moment,
                    seq: at.seq,
                });
            }
            Entry::Lifted(_) => self.hold = None,
            Entry::LookedThrough(_) | Entry::LetGo(_) => {}
        }
    }

    /// The case was opened again: its time begins anew when it is closed.
    pub(in crate::concerns) fn begin_anew(&mut self) {
        self.over = None;
        self.asked = None;
    }

    /// Since when it has to be looked at whether it is still kept; `None`: not now.
    #[must_use]
    pub fn is_due(&self, today: Date) -> Option<(Date, u64)> {
        let (since, seq) = self.over?;
        match &self.until {
            Some(until) if until.day > today => None,
            Some(until) if until.day > since => Some((until.day, until.seq)),
            _ => Some((since, seq)),
        }
    }
}

impl Gone {
    /// What stays of a case that is let go.
    pub(in crate::concerns) fn of(case: Case, fact: &LetGo, at: At<'_>) -> Gone {
        let case = Case {
            notes: Vec::new(),
            tasks: Vec::new(),
            links: Vec::new(),
            papers: Vec::new(),
            keeping: Keeping::default(),
            index: Index::default(),
            ..case
        };
        Gone {
            case,
            ground: fact.ground,
            asked_by: fact.asked_by,
            by: at.by.person(),
            at: at.moment,
        }
    }
}
