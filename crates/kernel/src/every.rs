//! How often, or how long: "every year", "termly", "72 hours", "5 working days". Read from a
//! policy's words, counted on the setting's calendar. Never late, never early: the day that `after`
//! gives is the last one that is in time, all of it; from the next day on it is late.

use crate::{
    calendar::Calendar,
    moment::{Date, Moment},
    value::Words,
};
use jiff::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A length of time as a policy says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
    /// So many hours by the clock of physics.
    Hours(u16),
    /// So many days.
    Days(u16),
    /// So many working days: weekends and bank holidays don't count.
    WorkingDays(u16),
    /// So many weeks.
    Weeks(u16),
    /// So many months.
    Months(u16),
    /// So many terms of the setting.
    Terms(u16),
    /// So many years.
    Years(u16),
}

/// The largest count that is read from words.
pub const COUNT_MAX: u16 = 10_000;

impl Every {
    /// Reads "year", "every 6 months", "termly", "two years", "at least annually", "5 working days",
    /// "three times a year", "72 hours". `None`: no figure can be found in it.
    #[must_use]
    pub fn read(words: &str) -> Option<Every> {
        words::read(words)
    }

    /// Whether the words speak of a period but give no figure ("regularly").
    #[must_use]
    pub fn is_vague(words: &str) -> bool {
        words::is_vague(words)
    }

    /// The last day that is in time, counted from something that happened on `from`.
    ///
    /// - The day of `from` itself does not count: five days after the 1st is the 6th.
    /// - Working days: the so-many-th working day after `from`, whether `from` is one or not.
    /// - Months and years keep the day of the month; where it does not exist, the last day of that
    ///   month (a year after 29 February is 28 February). They are counted from `from` in one step:
    ///   two months after 31 December is the last of February, then three is 31 March.
    /// - Terms: the last day of the term that lies so many after the one of `from`
    ///   ([`Calendar::plus_terms`]).
    /// - Hours: a day has no time, so each 24 hours that are begun are a day. Where the time is
    ///   known, ask [`Every::after_moment`].
    ///
    /// What would lie after the year 9999 is its last day.
    #[must_use]
    pub fn after(self, from: Date, calendar: &Calendar) -> Date {
        let span = match self {
            Every::WorkingDays(count) => return calendar.plus_working_days(from, count),
            Every::Terms(count) => return calendar.plus_terms(from, count),
            Every::Hours(count) => Span::new().days(count.div_ceil(24)),
            Every::Days(count) => Span::new().days(count),
            Every::Weeks(count) => Span::new().weeks(count),
            Every::Months(count) => Span::new().months(count),
            Every::Years(count) => match Span::new().try_years(count) {
                Ok(span) => span,
                Err(_) => return Date::MAX,
            },
        };
        from.checked_add(span).unwrap_or(Date::MAX)
    }

    /// The last moment that is in time, counted from a moment. Hours are physical: 72 hours are 72
    /// hours over a clock change, too. All else ends with the day that [`Every::after`] gives, at
    /// midnight in the United Kingdom.
    #[must_use]
    pub fn after_moment(self, from: Moment, calendar: &Calendar) -> Moment {
        match self {
            Every::Hours(count) => from.plus_hours(i64::from(count)),
            Every::Days(_)
            | Every::WorkingDays(_)
            | Every::Weeks(_)
            | Every::Months(_)
            | Every::Terms(_)
            | Every::Years(_) => Moment::end_of(self.after(from.date(), calendar)),
        }
    }

    /// About how many days it is: to tell which of two is stricter.
    #[must_use]
    pub fn about_days(self) -> u32 {
        match self {
            Every::Hours(n) => u32::from(n.div_ceil(24)),
            Every::Days(n) => u32::from(n),
            Every::WorkingDays(n) => u32::from(n) * 7 / 5,
            Every::Weeks(n) => u32::from(n) * 7,
            Every::Months(n) => u32::from(n) * 30,
            Every::Terms(n) => u32::from(n) * 121,
            Every::Years(n) => u32::from(n) * 365,
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Every::Hours(n) => (n, "hour"),
            Every::Days(n) => (n, "day"),
            Every::WorkingDays(n) => (n, "working day"),
            Every::Weeks(n) => (n, "week"),
            Every::Months(n) => (n, "month"),
            Every::Terms(n) => (n, "term"),
            Every::Years(n) => (n, "year"),
        };
        match count {
            0 => write!(f, "same {unit}"),
            1 => write!(f, "{unit}"),
            _ => write!(f, "{count} {unit}s"),
        }
    }
}

impl Serialize for Every {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Every {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Every, D::Error> {
        let text = Words::deserialize(deserializer)?.0.join(" ");
        Every::read(&text).ok_or_else(|| {
            let shown: String = text.chars().take(60).collect();
            serde::de::Error::custom(format!(
                "\"{shown}\" gives no period such as \"year\" or \"6 months\""
            ))
        })
    }
}

mod words;

#[cfg(test)]
mod tests;
