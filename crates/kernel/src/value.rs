//! What a clause chooses for its controls: words, lists of words, numbers, yes or no.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One chosen value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Yes(bool),
    /// A whole number.
    Number(i64),
    /// A number with a fraction.
    Fraction(f64),
    /// Words.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// Values with names.
    Table(BTreeMap<String, Value>),
}

/// The values of a clause, by key.
pub type Values = BTreeMap<String, Value>;

impl Value {
    /// The value as words, one for each part.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        match self {
            Value::List(parts) => parts.iter().flat_map(Value::words).collect(),
            Value::Table(parts) => parts
                .iter()
                .map(|(name, value)| format!("{name}: {}", value.in_words()))
                .collect(),
            Value::Yes(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
            Value::Number(number) => vec![number.to_string()],
            Value::Fraction(number) => vec![number.to_string()],
            Value::Text(text) => vec![text.clone()],
        }
    }

    /// The value in one line for people.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.words().join(", ")
    }
}

/// A list that a policy may also write as one word: `by = "manager"` and `by = ["manager"]` are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words(pub Vec<String>);

impl Words {
    /// Whether nothing was chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each word.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
        Ok(Words(Value::deserialize(deserializer)?.words()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_and_a_list_of_one_word_are_the_same() {
        let read = |json| serde_json::from_str::<Words>(json).unwrap();
        assert_eq!(read("\"manager\""), read("[\"manager\"]"));
        assert_eq!(
            read("[\"a\", [2, true]]").iter().collect::<Vec<&str>>(),
            ["a", "2", "yes"]
        );
        assert!(read("[]").is_empty());
    }

    #[test]
    fn a_value_reads_as_one_line() {
        let value: Value = serde_json::from_str("[\"year\", 3, 0.5, false]").unwrap();
        assert_eq!(value.in_words(), "year, 3, 0.5, no");
    }
}
