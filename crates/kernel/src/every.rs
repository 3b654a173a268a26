//! How often: "every year", "termly", "72 hours". Read from a policy's words, counted on the setting's calendar.

use crate::{calendar::Calendar, moment::Date};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A length of time as a policy says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
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

/// Words that name no figure; the setting has to choose one.
const VAGUE: [&str; 7] = [
    "regularly",
    "regular",
    "often",
    "periodically",
    "as needed",
    "when needed",
    "frequently",
];

impl Every {
    /// Reads "year", "every 6 months", "termly", "two years", "at least annually", "5 working days".
    /// `None`: no figure can be found in it.
    #[must_use]
    pub fn read(words: &str) -> Option<Every> {
        let words = words.to_lowercase();
        let words = words.replace(['-', '_'], " ");
        let single = match words.trim() {
            "daily" | "day" => Some(Every::Days(1)),
            "weekly" => Some(Every::Weeks(1)),
            "fortnightly" | "fortnight" => Some(Every::Weeks(2)),
            "monthly" => Some(Every::Months(1)),
            "quarterly" | "quarter" => Some(Every::Months(3)),
            "termly" | "half yearly" if words.trim() == "termly" => Some(Every::Terms(1)),
            "half yearly" | "twice a year" => Some(Every::Months(6)),
            "yearly" | "annually" | "annual" => Some(Every::Years(1)),
            _ => None,
        };
        single.or_else(|| read_parts(&words))
    }

    /// Whether the words speak of a period but give no figure ("regularly").
    #[must_use]
    pub fn is_vague(words: &str) -> bool {
        let words = words.to_lowercase();
        Every::read(&words).is_none() && VAGUE.iter().any(|vague| words.contains(vague))
    }

    /// The day that lies this much after `from`: months and years keep the day of the month where it exists,
    /// else take the last one; terms are counted on the setting's calendar.
    #[must_use]
    pub fn after(self, from: Date, calendar: &Calendar) -> Date {
        let moved = match self {
            Every::Days(days) => from.checked_add(i64::from(days).days()).ok(),
            Every::WorkingDays(days) => Some(calendar.plus_working_days(from, days)),
            Every::Weeks(weeks) => from.checked_add(i64::from(weeks).weeks()).ok(),
            Every::Months(months) => from.checked_add(i64::from(months).months()).ok(),
            Every::Terms(terms) => Some(calendar.plus_terms(from, terms)),
            Every::Years(years) => from.checked_add(i64::from(years).years()).ok(),
        };
        moved.unwrap_or(Date::MAX)
    }

    /// About how many days it is: to tell which of two is stricter.
    #[must_use]
    pub fn about_days(self) -> u32 {
        match self {
            Every::Days(n) => u32::from(n),
            Every::WorkingDays(n) => u32::from(n) * 7 / 5,
            Every::Weeks(n) => u32::from(n) * 7,
            Every::Months(n) => u32::from(n) * 30,
            Every::Terms(n) => u32::from(n) * 121,
            Every::Years(n) => u32::from(n) * 365,
        }
    }
}

fn read_parts(words: &str) -> Option<Every> {
    let parts: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    let mut count: u16 = 1;
    let mut working = false;
    for part in parts {
        if let Some(number) = number(part) {
            count = number;
            continue;
        }
        match part {
            "other" | "second" => count = 2,
            "working" => working = true,
            "hour" | "hours" => return Some(Every::Days(count.div_ceil(24).max(1))),
            "day" | "days" if working => return Some(Every::WorkingDays(count)),
            "day" | "days" | "daily" => return Some(Every::Days(count)),
            "week" | "weeks" | "weekly" => return Some(Every::Weeks(count)),
            "fortnight" | "fortnightly" => return Some(Every::Weeks(count.saturating_mul(2))),
            "month" | "months" | "monthly" => return Some(Every::Months(count)),
            "quarter" | "quarters" | "quarterly" => {
                return Some(Every::Months(count.saturating_mul(3)));
            }
            "term" | "terms" | "termly" => return Some(Every::Terms(count)),
            "year" | "years" | "yearly" | "annual" | "annually" => {
                return Some(Every::Years(count));
            }
            _ => {}
        }
    }
    None
}

fn number(word: &str) -> Option<u16> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if let Ok(number) = word.parse::<u16>() {
        return (1..=10_000).contains(&number).then_some(number);
    }
    WORDS
        .iter()
        .position(|w| *w == word)
        .filter(|n| *n > 0)
        .and_then(|n| u16::try_from(n).ok())
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Every::Days(n) => (n, "day"),
            Every::WorkingDays(n) => (n, "working day"),
            Every::Weeks(n) => (n, "week"),
            Every::Months(n) => (n, "month"),
            Every::Terms(n) => (n, "term"),
            Every::Years(n) => (n, "year"),
        };
        if *count == 1 {
            write!(f, "{unit}")
        } else {
            write!(f, "{count} {unit}s")
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
        let words = crate::value::Words::deserialize(deserializer)?;
        let text = words.0.join(" ");
        Every::read(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "\"{text}\" gives no period such as \"year\" or \"6 months\""
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_are_read_as_policies_write_them() {
        for (words, every) in [
            ("year", Every::Years(1)),
            ("at least annually", Every::Years(1)),
            ("every two years", Every::Years(2)),
            ("termly", Every::Terms(1)),
            ("every term", Every::Terms(1)),
            ("6 months", Every::Months(6)),
            ("24 hours", Every::Days(1)),
            ("within 72 hours", Every::Days(3)),
            ("5 working days", Every::WorkingDays(5)),
            ("every other week", Every::Weeks(2)),
            ("half yearly", Every::Months(6)),
        ] {
            assert_eq!(Every::read(words), Some(every), "{words}");
        }
        assert_eq!(Every::read("regularly"), None);
        assert!(Every::is_vague("regularly"));
        assert!(!Every::is_vague("year"));
    }

    #[test]
    fn what_is_written_reads_back() {
        for every in [
            Every::Days(1),
            Every::WorkingDays(5),
            Every::Terms(2),
            Every::Years(25),
        ] {
            assert_eq!(Every::read(&every.to_string()), Some(every));
        }
    }

    #[test]
    fn a_year_after_the_leap_day_is_the_last_of_february() {
        let calendar = Calendar::default();
        assert_eq!(
            Every::Years(1).after(date(2028, 2, 29), &calendar),
            date(2029, 2, 28)
        );
    }
}
