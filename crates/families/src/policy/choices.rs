//! Values of a clause as lines that a person can read and write: `every = year`, and
//! `roles = manager; deputy manager`. Read back without loss.

use kernel::value::{Value, Values};

/// The most lines.
const LINES_MAX: usize = 200;

/// Values as lines.
#[must_use]
pub fn to_lines(values: &Values) -> String {
    let line = |(key, value): (&String, &Value)| format!("{key} = {}", to_words(value));
    values.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads lines.
///
/// # Errors
/// The first line that can't be read, as a sentence.
pub fn from_lines(text: &str) -> Result<Values, String> {
    let mut values = Values::new();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for (place, line) in lines.enumerate() {
        if place >= LINES_MAX {
            return Err(format!("A clause has at most {LINES_MAX} values"));
        }
        let shown: String = line.chars().take(60).collect();
        let Some((key, words)) = line.split_once('=') else {
            return Err(format!(
                "“{shown}” has no = sign. Write each value on a line of its own, such as every = year"
            ));
        };
        let key = key.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if key.is_empty() || key.len() > 60 || !key.chars().all(plain) {
            return Err(format!(
                "“{shown}” does not begin with the name of a value, such as every"
            ));
        }
        if values.insert(key.to_owned(), from_words(words)).is_some() {
            return Err(format!(
                "“{key}” stands on two lines. Put them together with ;"
            ));
        }
    }
    Ok(values)
}

/// One value as a person writes it.
#[must_use]
pub fn to_words(value: &Value) -> String {
    let simple = match value {
        Value::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Text(text) => text.clone(),
        Value::List(parts) if parts.len() > 1 => {
            parts.iter().map(to_words).collect::<Vec<_>>().join("; ")
        }
        Value::Number(_) | Value::Fraction(_) | Value::List(_) | Value::Table(_) => exact(value),
    };
    if !simple.contains(char::is_control) && from_words(&simple) == *value {
        simple
    } else {
        exact(value)
    }
}

/// Reads one value: a list where it has a semicolon, yes or no, a number, else words as they stand.
#[must_use]
pub fn from_words(words: &str) -> Value {
    let words = words.trim();
    match words {
        "yes" => return Value::Yes(true),
        "no" => return Value::Yes(false),
        _ => {}
    }
    if let Some(value) = exactly(words) {
        return value;
    }
    if words.contains(';') {
        let parts = words
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        return Value::List(parts.map(|part| Value::Text(part.to_owned())).collect());
    }
    Value::Text(words.to_owned())
}

/// The value as the file form writes it, on one line.
fn exact(value: &Value) -> String {
    match value {
        Value::Yes(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Fraction(number) => format!("{number:?}"),
        Value::Text(text) => quoted(text),
        Value::List(parts) => {
            let parts: Vec<String> = parts.iter().map(exact).collect();
            format!("[{}]", parts.join(", "))
        }
        Value::Table(parts) => {
            let part =
                |(key, value): (&String, &Value)| format!("{} = {}", quoted(key), exact(value));
            let parts: Vec<String> = parts.iter().map(part).collect();
            format!("{{ {} }}", parts.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn exactly(words: &str) -> Option<Value> {
    #[derive(serde::Deserialize)]
    struct Line {
        v: Value,
    }
    if !words.starts_with(|c: char| c.is_ascii_digit() || "\"'[{+-".contains(c))
        && !matches!(words, "true" | "false" | "inf" | "nan")
    {
        return None;
    }
    let value = toml::from_str::<Line>(&format!("v = {words}")).ok()?.v;
    match value {
        // A date is words.
        Value::Table(ref parts) if parts.keys().any(|key| key.starts_with("$__toml")) => None,
        value => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_read_as_a_person_writes_them() {
        let values =
            from_lines("every = year\nroles = manager; deputy manager\nlocked = yes\nage=5")
                .unwrap();
        assert_eq!(values["every"], Value::Text("year".to_owned()));
        assert_eq!(values["roles"].words(), ["manager", "deputy manager"]);
        assert_eq!(values["locked"], Value::Yes(true));
        assert_eq!(values["age"], Value::Number(5));
        assert!(from_lines("just words").unwrap_err().contains("no = sign"));
        assert!(
            from_lines("a = 1\na = 2")
                .unwrap_err()
                .contains("two lines")
        );
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::Yes),
            any::<i64>().prop_map(Value::Number),
            (-1e6..1e6_f64).prop_map(Value::Fraction),
            ".{0,30}".prop_map(Value::Text),
            "[a-z0-9;=\"' -]{0,20}".prop_map(Value::Text),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::btree_map("[a-z]{1,6}", inner, 0..4).prop_map(Value::Table),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_survives_being_written_as_a_line(values in prop::collection::btree_map("[a-z_]{1,10}", value(), 0..6)) {
            let lines = to_lines(&values);
            prop_assert_eq!(from_lines(&lines).unwrap(), values, "{}", lines);
        }

        #[test]
        fn no_words_make_it_stumble(text in ".{0,200}") {
            let _ = from_lines(&text);
        }
    }
}
