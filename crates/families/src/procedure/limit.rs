//! How long there is for a step: at once, so many minutes or hours by the clock, so many days or
//! working days of the setting's nation. Never late, never early.

use kernel::{calendar::Calendar, every::Every, moment::Moment};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The largest number of minutes that is read.
const MINUTES_MAX: u16 = 1_440;

/// How long there is for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Before anything else.
    AtOnce,
    /// So many minutes by the clock.
    Minutes(u16),
    /// So many hours by the clock, or days that end at midnight in the United Kingdom.
    In(Every),
}

impl Limit {
    /// Reads "at once", "immediately", "30 minutes", "24 hours", "1 working day", "14 days".
    #[must_use]
    pub fn read(words: &str) -> Option<Limit> {
        let words = words.trim().to_lowercase();
        if ["at once", "immediately", "straight away", "right away"].contains(&words.as_str()) {
            return Some(Limit::AtOnce);
        }
        let minutes = words
            .strip_suffix(" minutes")
            .or_else(|| words.strip_suffix(" minute"));
        if let Some(count) = minutes {
            let count = count.parse().ok().filter(|count| *count <= MINUTES_MAX)?;
            return Some(Limit::Minutes(count));
        }
        Every::read(&words).map(Limit::In)
    }

    /// The last moment that is in time, counted from when the clock began.
    #[must_use]
    pub fn ends(self, from: Moment, calendar: &Calendar) -> Moment {
        match self {
            Limit::AtOnce => from,
            Limit::Minutes(count) => from.plus_minutes(i64::from(count)),
            Limit::In(every) => every.after_moment(from, calendar),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::AtOnce => f.write_str("at once"),
            Limit::Minutes(1) => f.write_str("within 1 minute"),
            Limit::Minutes(count) => write!(f, "within {count} minutes"),
            Limit::In(every) => {
                let words = every.to_string();
                let counted = words.starts_with(|c: char| c.is_ascii_digit());
                write!(f, "within {}{words}", if counted { "" } else { "1 " })
            }
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Limit, D::Error> {
        let words = String::deserialize(deserializer)?;
        Limit::read(&words)
            .ok_or_else(|| serde::de::Error::custom(format!("“{words}” is no length of time")))
    }
}
