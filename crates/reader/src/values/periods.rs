//! Periods in the words of a clause: "at least annually", "every two years", "for six months".
//! They are handed on as the kernel writes them, so that it reads them again.

use crate::meaning::words::Word;
use kernel::every::Every;
use kernel::value::Value;

/// The most words of one period.
const LONGEST: usize = 6;
const BEFORE: [&str; 10] = [
    "every", "each", "once", "twice", "three", "per", "a", "an", "half", "other",
];
const UNITS: [&str; 21] = [
    "day",
    "days",
    "week",
    "weeks",
    "fortnight",
    "month",
    "months",
    "quarter",
    "term",
    "terms",
    "year",
    "years",
    "hour",
    "hours",
    "weekly",
    "monthly",
    "yearly",
    "annual",
    "termly",
    "fortnightly",
    "quarterly",
];
const ALONE: [&str; 14] = [
    "daily",
    "weekly",
    "fortnightly",
    "monthly",
    "quarterly",
    "termly",
    "yearly",
    "annually",
    "annual",
    "hourly",
    "bimonthly",
    "biannually",
    "biennially",
    "nightly",
];

/// The period that a param asks for: how often, or how long.
pub(super) fn period(words: &[Word], param: &str) -> Option<Value> {
    let wants_length = param == "keep";
    let found = (0..words.len()).filter_map(|from| at(words, from));
    let mut best: Option<(bool, Every)> = None;
    for (often, every) in found {
        let fits = often != wants_length;
        if best.is_none() || (fits && best.is_some_and(|(fitted, _)| !fitted)) {
            best = Some((fits, every));
        }
    }
    best.map(|(_, every)| Value::Text(every.to_string()))
}

/// The period that begins here, and whether it says how often rather than how long.
fn at(words: &[Word], from: usize) -> Option<(bool, Every)> {
    let follows = words.get(from..)?;
    let first = follows.first()?.written.as_str();
    if ALONE.contains(&first) {
        let first = if first == "nightly" { "daily" } else { first };
        return Some((true, Every::read(first)?));
    }
    let counted = first.chars().all(|c| c.is_ascii_digit()) || is_number(first);
    if !counted && !BEFORE.contains(&first) {
        return None;
    }
    let unit = follows
        .iter()
        .take(LONGEST)
        .position(|word| UNITS.contains(&word.written.as_str()))?;
    let phrase: Vec<&str> = follows
        .iter()
        .take(unit + 1)
        .map(|word| word.written.as_str())
        .collect();
    let between = phrase.get(1..unit).unwrap_or_default();
    let tight = between.iter().all(|word| {
        BEFORE.contains(word)
            || is_number(word)
            || word.chars().all(|c| c.is_ascii_digit())
            || matches!(
                *word,
                "working" | "times" | "school" | "in" | "calendar" | "academic"
            )
    });
    if !tight || matches!(phrase.as_slice(), ["a" | "an", _]) && !before_is_per(words, from) {
        return None;
    }
    let often = !counted || phrase.contains(&"times");
    Some((often, Every::read(&phrase.join(" "))?))
}

/// "Once a year" is a period; "a year" alone is seldom one.
fn before_is_per(words: &[Word], from: usize) -> bool {
    from.checked_sub(1)
        .and_then(|before| words.get(before))
        .is_some_and(|word| {
            matches!(
                word.written.as_str(),
                "once" | "times" | "twice" | "for" | "least"
            )
        })
}

pub(super) fn is_number(word: &str) -> bool {
    number(word).is_some()
}

/// A number in figures or, up to twenty and some round ones, in words.
pub(super) fn number(word: &str) -> Option<i64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Ok(number) = word.parse::<u16>() {
        return Some(i64::from(number));
    }
    match word {
        "thirty" => return Some(30),
        "sixty" => return Some(60),
        _ => {}
    }
    WORDS
        .iter()
        .position(|known| *known == word)
        .filter(|n| *n > 0)
        .and_then(|n| i64::try_from(n).ok())
}
