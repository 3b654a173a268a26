//! Reading a length of time from a policy's words. A count belongs to a unit only when it stands
//! right before it, but for words such as "full": "by 1 September each year" is a year.

use super::{COUNT_MAX, Every};

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

/// Words that may stand between a count and its unit.
const BETWEEN: [&str; 11] = [
    "full",
    "whole",
    "clear",
    "consecutive",
    "calendar",
    "school",
    "further",
    "more",
    "or",
    "and",
    "academic",
];

/// How much of a text is looked at, in bytes.
const TEXT_MAX: usize = 2_000;

pub(super) fn read(text: &str) -> Option<Every> {
    let text = bounded(text).to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut heard = Heard::default();
    for (place, word) in words.iter().enumerate() {
        let next = words.get(place + 1).copied().unwrap_or_default();
        if let Some(every) = heard.hear(word, next) {
            return Some(every);
        }
    }
    None
}

pub(super) fn is_vague(text: &str) -> bool {
    let text = bounded(text).to_lowercase();
    read(&text).is_none() && VAGUE.iter().any(|vague| text.contains(vague))
}

fn bounded(text: &str) -> &str {
    text.split_at_checked(text.floor_char_boundary(TEXT_MAX))
        .map_or(text, |(start, _)| start)
}

/// What was heard so far.
#[derive(Default)]
struct Heard {
    /// "six" in "six months".
    count: Option<u16>,
    /// "three" in "three times a year".
    times: Option<u16>,
    working: bool,
    half: bool,
    /// "one and …": a half after it is not the whole period.
    mixed: bool,
}

impl Heard {
    /// Takes one more word; the answer once there is one.
    fn hear(&mut self, word: &str, next: &str) -> Option<Every> {
        if let Some(unit) = unit(word) {
            return self.answer(unit);
        }
        match word {
            "times" | "time" => self.times = self.count.take(),
            "once" => self.times = Some(1),
            "twice" => self.times = Some(2),
            "thrice" => self.times = Some(3),
            "same" => self.count = Some(0),
            // "every other week", "every second term"
            "other" | "second" if unit(next).is_some() => self.count = Some(2),
            "working" | "business" => self.working = true,
            "half" => self.half = true,
            // "two a year"
            "a" | "an" | "each" | "every" | "per" => self.times = self.count.take().or(self.times),
            // "one and a half years"
            "and" => self.mixed = self.count.is_some(),
            _ if BETWEEN.contains(&word) => {}
            _ => {
                self.count = number(word);
                self.working = false;
                self.half = false;
                self.mixed = false;
            }
        }
        None
    }

    fn answer(&self, unit: Every) -> Option<Every> {
        if self.half {
            // "half yearly", "once a half term"; "one and a half years" has no figure for us.
            let clear = self.count.is_none() && !self.mixed;
            let times = self.times.unwrap_or(1).saturating_mul(2);
            return if clear { share(unit, times) } else { None };
        }
        if let Some(times) = self.times {
            return share(unit, times);
        }
        let count = self.count.unwrap_or(1);
        Some(match unit {
            Every::Days(_) if self.working => Every::WorkingDays(count),
            Every::Hours(n) => Every::Hours(n.saturating_mul(count)),
            Every::Days(n) | Every::WorkingDays(n) => Every::Days(n.saturating_mul(count)),
            Every::Weeks(n) => Every::Weeks(n.saturating_mul(count)),
            Every::Months(n) => Every::Months(n.saturating_mul(count)),
            Every::Terms(n) => Every::Terms(n.saturating_mul(count)),
            Every::Years(n) => Every::Years(n.saturating_mul(count)),
        })
    }
}

/// So many times in one unit: "three times a year" is every four months. Rounded down to whole
/// smaller units, so that it is never too seldom. A term is taken as twelve weeks.
fn share(unit: Every, times: u16) -> Option<Every> {
    let part = |whole: u16| whole.checked_div(times).filter(|part| *part > 0);
    if times == 1 {
        return Some(unit);
    }
    match unit {
        Every::Hours(_) | Every::WorkingDays(_) => None,
        Every::Days(n) => part(n.saturating_mul(24)).map(Every::Hours),
        Every::Weeks(n) => part(n.saturating_mul(7)).map(Every::Days),
        Every::Months(n) => part(n.saturating_mul(4)).map(Every::Weeks),
        Every::Terms(n) => part(n.saturating_mul(12)).map(Every::Weeks),
        Every::Years(n) => part(n.saturating_mul(12))
            .map(Every::Months)
            .or_else(|| part(n.saturating_mul(52)).map(Every::Weeks))
            .or_else(|| part(n.saturating_mul(365)).map(Every::Days)),
    }
}

/// One of what a word names.
fn unit(word: &str) -> Option<Every> {
    Some(match word {
        "hour" | "hours" | "hourly" | "hrs" => Every::Hours(1),
        "day" | "days" | "daily" => Every::Days(1),
        "week" | "weeks" | "weekly" => Every::Weeks(1),
        "fortnight" | "fortnights" | "fortnightly" => Every::Weeks(2),
        "month" | "months" | "monthly" => Every::Months(1),
        "quarter" | "quarters" | "quarterly" => Every::Months(3),
        "term" | "terms" | "termly" => Every::Terms(1),
        "biannual" | "biannually" => Every::Months(6),
        "year" | "years" | "yearly" | "annual" | "annually" | "annum" => Every::Years(1),
        "biennial" | "biennially" => Every::Years(2),
        _ => return None,
    })
}

fn number(word: &str) -> Option<u16> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let number = match word.parse::<u16>() {
        Ok(number) => number,
        Err(_) => u16::try_from(WORDS.iter().position(|known| *known == word)?).ok()?,
    };
    (1..=COUNT_MAX).contains(&number).then_some(number)
}
