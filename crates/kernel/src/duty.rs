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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Something to do.
    #[default]
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
    /// The clauses that it concerns, by id. Empty: all clauses bound to the control that says it.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// The entries that made it open, by number.
    pub from: Vec<u64>,
    /// The case that it belongs to: only who is on it may learn of it, and no standing shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<u32>,
}

impl Duty {
    /// Something to do by a day; open from the start and done on the Today page until the calls
    /// that follow say otherwise: `Duty::new("Review the policy", owner, due).opens(day).at("/policy/review")`.
    #[must_use]
    pub fn new(what: impl Into<String>, owner: Owner, due: Date) -> Duty {
        Duty {
            what: what.into(),
            owner,
            due,
            opens: Date::MIN,
            work: Work::Do,
            at: "/today".to_owned(),
            about: String::new(),
            clauses: Vec::new(),
            from: Vec::new(),
            case: None,
        }
    }

    /// From this day it is shown; a day after `due` counts as `due`, so that nothing is late unseen.
    #[must_use]
    pub fn opens(self, day: Date) -> Duty {
        Duty {
            opens: day.min(self.due),
            ..self
        }
    }

    /// Only a person can say whether it is so.
    #[must_use]
    pub fn give_word(self) -> Duty {
        Duty {
            work: Work::GiveWord,
            ..self
        }
    }

    /// Where it is done.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Duty {
        Duty {
            at: path.into(),
            ..self
        }
    }

    /// What it is about, the same every day while it is the same duty.
    #[must_use]
    pub fn about(self, about: impl Into<String>) -> Duty {
        Duty {
            about: about.into(),
            ..self
        }
    }

    /// Only these clauses of those that its control is bound to.
    #[must_use]
    pub fn clauses(self, clauses: impl IntoIterator<Item = impl Into<String>>) -> Duty {
        Duty {
            clauses: clauses.into_iter().map(Into::into).collect(),
            ..self
        }
    }

    /// The entries that made it open.
    #[must_use]
    pub fn from(self, entries: impl IntoIterator<Item = u64>) -> Duty {
        Duty {
            from: entries.into_iter().collect(),
            ..self
        }
    }

    /// Only who is on this case may learn of it.
    #[must_use]
    pub fn in_case(self, case: u32) -> Duty {
        Duty {
            case: Some(case),
            ..self
        }
    }

    /// Whether it concerns a clause that its control is bound to.
    #[must_use]
    pub fn concerns(&self, clause: &str) -> bool {
        self.clauses.is_empty() || self.clauses.iter().any(|own| own == clause)
    }

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

impl Owner {
    /// The holder of a role, by the role's key.
    #[must_use]
    pub fn role(key: impl Into<String>) -> Owner {
        Owner::Role(key.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn review() -> Duty {
        Duty::new(
            "Review the policy",
            Owner::role("manager"),
            date(2026, 9, 1),
        )
        .opens(date(2026, 8, 1))
        .at("/policy/review")
        .about("review:2026-09-01")
        .from([3, 7])
    }

    #[test]
    fn a_duty_is_in_time_on_its_day_and_late_on_the_next() {
        assert!(!review().is_late(date(2026, 9, 1)));
        assert!(review().is_late(date(2026, 9, 2)));
    }

    #[test]
    fn a_duty_is_open_from_its_day_and_never_opens_after_it_is_due() {
        assert!(!review().is_open(date(2026, 7, 31)));
        assert!(review().is_open(date(2026, 8, 1)));
        assert!(review().opens(date(2026, 12, 1)).is_open(date(2026, 9, 1)));
    }

    #[test]
    fn a_duty_without_clauses_concerns_all_of_its_control() {
        assert!(review().concerns("c12"));
        let narrowed = review().clauses(["c4"]);
        assert!(narrowed.concerns("c4") && !narrowed.concerns("c12"));
    }

    #[test]
    fn what_a_duty_says_survives_writing_and_reading() {
        let duty = review().clauses(["c4"]).give_word();
        let text = serde_json::to_string(&duty).unwrap();
        assert_eq!(serde_json::from_str::<Duty>(&text).unwrap(), duty);
    }
}
