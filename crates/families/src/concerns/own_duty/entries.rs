//! Facts about a person’s own duty to report.

use crate::spine::act::Person;
use kernel::{moment::Date, sealed::Private};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fact about somebody’s own duty to report.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// The law may ask something of who reported.
    Asked(Asked),
    /// They said what they did.
    Answered(Answered),
}

/// The law may ask something of who reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The number of the matter.
    pub case: u32,
    /// Of whom.
    pub person: Person,
    /// Which rules, by name: that would say what the report is about.
    pub rules: Private<Vec<String>>,
    /// The first day by which one of them wants it.
    pub due: Date,
    /// The last day, where telling at once would put the child in danger.
    pub last: Date,
}

/// They said what they did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The number of the matter.
    pub case: u32,
    /// What: `to`, `on`, `reference`, `reason`, `words`.
    pub words: Private<BTreeMap<String, String>>,
    /// The day until which they wait, because telling now would put the child in danger.
    #[serde(default)]
    pub waits: Option<Date>,
}

impl Entry {
    /// What happened. Only who is asked, and who is on the case, sees the line at all.
    #[must_use]
    pub fn in_words(&self) -> String {
        let number = self.case() % super::super::matter::EACH;
        match self {
            Entry::Asked(_) => {
                format!("was asked about their own duty to report, case {number}")
            }
            Entry::Answered(fact) if fact.waits.is_some() => {
                format!("waits with their own report, case {number}")
            }
            Entry::Answered(_) => {
                format!("wrote down what they did about their own duty to report, case {number}")
            }
        }
    }

    /// The number of the matter.
    #[must_use]
    pub fn case(&self) -> u32 {
        match self {
            Entry::Asked(fact) => fact.case,
            Entry::Answered(fact) => fact.case,
        }
    }
}
