//! Lists in words, by patterns of two, as CLDR has them: for two, between, and before the last.

use super::{Tongue, Value};

/// Names as one list.
pub(super) fn joined(tongue: Tongue, names: &[String], two: &str, last: &str) -> String {
    let pair = |id: &str, before: &str, next: &str| {
        tongue.say_with(
            id,
            &[
                ("before", Value::Words(before)),
                ("next", Value::Words(next)),
            ],
        )
    };
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => pair(two, one, other),
        [first, between @ .., end] => {
            let most = between.iter().fold(first.clone(), |before, next| {
                pair("list-between", &before, next)
            });
            pair(last, &most, end)
        }
    }
}
