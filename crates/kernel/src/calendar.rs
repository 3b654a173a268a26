//! The setting's own calendar: nation, terms, closures; working days without weekends and bank holidays.

use crate::moment::Date;
use serde::{Deserialize, Serialize};

/// A nation of the United Kingdom: each has its own bank holidays.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Nation {
    /// England.
    #[default]
    England,
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// A term of the setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What the setting calls it: "Autumn 2026".
    pub name: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// Days on which the setting is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The first closed day.
    pub first: Date,
    /// The last closed day.
    pub last: Date,
    /// Why.
    pub why: String,
}

/// The calendar of a setting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Calendar {
    /// Whose bank holidays count.
    pub nation: Nation,
    /// The terms that are known.
    pub terms: Vec<Term>,
    /// When the setting is closed.
    pub closures: Vec<Closure>,
}

impl Calendar {
    /// Whether it is a working day: Monday to Friday and no bank holiday.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        day.weekday().to_monday_zero_offset() < 5
    }

    /// The `count`th working day after `from`.
    #[must_use]
    pub fn plus_working_days(&self, from: Date, count: u16) -> Date {
        let mut day = from;
        let mut left = count;
        while left > 0 && day < Date::MAX {
            day = day.tomorrow().unwrap_or(Date::MAX);
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// The last day of the term that lies `count` terms after the one of `from`.
    #[must_use]
    pub fn plus_terms(&self, from: Date, count: u16) -> Date {
        from.checked_add(jiff::Span::new().months(i32::from(count).saturating_mul(4)))
            .unwrap_or(Date::MAX)
    }

    /// The term that a day lies in.
    #[must_use]
    pub fn term_of(&self, day: Date) -> Option<&Term> {
        self.terms
            .iter()
            .find(|term| term.first <= day && day <= term.last)
    }
}
