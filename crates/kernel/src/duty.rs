//! Something owed: what, who, by when. Computed from the setting and the day; never stored.

use crate::moment::Date;
use serde::{Deserialize, Serialize};

/// Who owes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Whoever holds this role, by the role's key (`manager`).
    Role(String),
    /// One person, by number.
    Person(u32),
}

/// What kind of work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Something to do.
    Do,
    /// Only a person can say whether it is so.
    GiveWord,
}

/// Something owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// What to do, as an instruction: "Review the policy".
    pub what: String,
    /// Who owes it.
    pub owner: Owner,
    /// The last day on which it is in time.
    pub due: Date,
    /// From which day it is shown and makes the clause "due"; before it the clause is still met.
    pub opens: Date,
    /// What kind of work.
    pub work: Work,
    /// Where it is done: a path of the program, such as `/policy/review`.
    pub at: String,
    /// What it is about, so that the same duty has the same name every day: `review:2026-09-01`.
    pub about: String,
    /// The entries that made it open, by number.
    pub from: Vec<u64>,
}

impl Duty {
    /// Whether it should be worked on.
    #[must_use]
    pub fn is_open(&self, today: Date) -> bool {
        self.opens <= today
    }

    /// Whether its day has passed.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.due < today
    }
}
