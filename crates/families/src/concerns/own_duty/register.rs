//! Who has a duty of their own, and what they did. What it is about stays sealed.

use super::entries::Entry;
use crate::spine::{act::Person, setting::At};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everybody’s own duties.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    all: BTreeMap<u32, OwnDuty>,
}

/// Somebody’s own duty.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnDuty {
    /// The number of the matter.
    pub number: u32,
    /// Whose.
    pub person: Person,
    /// Which rules.
    pub rules: Private<Vec<String>>,
    /// The day by which it is wanted.
    pub due: Date,
    /// The last day of all.
    pub last: Date,
    /// The entry.
    pub seq: u64,
    /// When it was asked.
    pub at: Moment,
    /// What they wrote down, in order; the last one counts.
    pub answers: Vec<(Private<BTreeMap<String, String>>, Moment)>,
    /// Whether it is done, and not only put off.
    pub done: bool,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Asked(fact) => {
                let one = OwnDuty {
                    number: fact.case,
                    person: fact.person,
                    rules: fact.rules.clone(),
                    due: fact.due,
                    last: fact.last,
                    seq: at.seq,
                    at: at.moment,
                    answers: Vec::new(),
                    done: false,
                };
                self.all.insert(fact.case, one);
            }
            Entry::Answered(fact) => {
                if let Some(one) = self.all.get_mut(&fact.case) {
                    one.answers.push((fact.words.clone(), at.moment));
                    one.done = fact.waits.is_none();
                    one.due = fact.waits.unwrap_or(one.due);
                }
            }
        }
    }

    /// The case that it came from was let go: nobody reads any more what was done.
    pub(in crate::concerns) fn let_go(&mut self, case: u32) {
        let of = |number: &u32| number % crate::concerns::matter::EACH;
        self.all.retain(|number, _| of(number) != case);
    }

    /// One of them.
    #[must_use]
    pub fn find(&self, number: u32) -> Option<&OwnDuty> {
        self.all.get(&number)
    }

    /// All of them.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &OwnDuty> {
        self.all.values()
    }
}
