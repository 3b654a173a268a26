//! Figures in the words of a clause: hours, minutes, days, ages, lengths.

use super::periods::number;
use crate::meaning::words::Word;
use kernel::value::Value;

/// The figure that a param asks for, in the unit of the catalogue.
pub(super) fn figure(words: &[Word], param: &str, unit: &str) -> Option<Value> {
    match unit {
        "hours" => counted(words, &[("hour", 1), ("day", 24)]),
        "minutes" => counted(words, &[("minut", 1), ("hour", 60)]),
        "days" => counted(words, &[("dai", 1), ("day", 1), ("week", 7)]),
        "characters" => counted(words, &[("charact", 1), ("letter", 1), ("digit", 1)]),
        "a week" => counted(words, &[("hour", 1)]),
        "number" if param == "attempts" => counted(
            words,
            &[("attempt", 1), ("tim", 1), ("tri", 1), ("fail", 1)],
        ),
        "number" => counted(words, &[("minut", 1)]),
        "years" => age(words),
        _ => None,
    }
}

/// "Two deputies"; one deputy is one.
pub(super) fn deputies(words: &[Word]) -> Option<Value> {
    let place = words
        .iter()
        .position(|word| matches!(word.written.as_str(), "deputy" | "deputies"))?;
    let before = place.checked_sub(1).and_then(|before| words.get(before));
    Some(Value::Number(
        before
            .and_then(|word| number(&word.written))
            .filter(|n| *n < 20)
            .unwrap_or(1),
    ))
}

/// A number whose unit follows within two words.
fn counted(words: &[Word], units: &[(&str, i64)]) -> Option<Value> {
    words.iter().enumerate().find_map(|(place, word)| {
        let count = number(&word.written)?;
        let near = words.get(place + 1..)?.iter().take(2);
        let times = near
            .filter_map(|near| units.iter().find(|(stem, _)| near.stem.starts_with(stem)))
            .next()?
            .1;
        Some(Value::Number(count.checked_mul(times)?))
    })
}

/// A number beside words of age.
fn age(words: &[Word]) -> Option<Value> {
    words.iter().enumerate().find_map(|(place, word)| {
        let years = number(&word.written).filter(|years| (2..=21).contains(years))?;
        let from = place.saturating_sub(3);
        let near = words.get(from..)?.iter().take(6);
        let speaks = near.map(|word| word.written.as_str()).any(|word| {
            matches!(
                word,
                "age"
                    | "aged"
                    | "ages"
                    | "years"
                    | "year"
                    | "under"
                    | "over"
                    | "old"
                    | "minimum"
                    | "least"
            )
        });
        speaks.then_some(Value::Number(years))
    })
}
