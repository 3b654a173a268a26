//! Lists as JSON: an array of names or of objects with a name, an object that holds such an array,
//! or one such value a line. Each element counts as a line.

use super::{forms::COLUMNS, tally::Why};
use serde_json::Value;

/// The names of a document, each with why it is not one where it is not.
pub(super) fn names(text: &str) -> Option<Vec<Result<String, Why>>> {
    let values = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(values)) => values,
        Ok(Value::Object(fields)) => match fields.iter().find(|(_, value)| value.is_array()) {
            Some((_, Value::Array(values))) => values.clone(),
            _ => vec![Value::Object(fields)],
        },
        Ok(value) => vec![value],
        Err(_) => return a_line_each(text),
    };
    Some(values.iter().map(name).collect())
}

fn a_line_each(text: &str) -> Option<Vec<Result<String, Why>>> {
    let mut any = false;
    let names = text
        .lines()
        .map(|line| {
            if line.trim().is_empty() {
                return Err(Why::Blank);
            }
            let value = serde_json::from_str::<Value>(line).map_err(|_| Why::NotInForm)?;
            any = true;
            name(&value)
        })
        .collect();
    any.then_some(names)
}

fn name(value: &Value) -> Result<String, Why> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(fields) => COLUMNS
            .iter()
            .find_map(|column| fields.get(*column)?.as_str())
            .ok_or(Why::NotInForm)?,
        _ => return Err(Why::NotInForm),
    };
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.strip_prefix("*.").unwrap_or(text);
    match text.split_once('/') {
        Some((host, "")) => Ok(host.to_owned()),
        Some(_) => Err(Why::Page),
        None => Ok(text.to_owned()),
    }
}
