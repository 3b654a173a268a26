//! Sentences that the program makes in English wherever they arise, such as what is wrong in a form,
//! said in another language: each is known by its English in `words/en`, in `phrases.ftl`, `said.ftl`
//! and `help.ftl`. A place named `count` stands for digits only, one named `day` for a day only.

use super::{Tongue, Value, bundles};
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use kernel::moment::Date;
use std::{collections::HashMap, sync::LazyLock};

/// Longer sentences are not looked for.
const BYTES_MAX: usize = 2_000;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    Words(String),
    Place(String),
}

/// All sentences by their English.
struct Known {
    whole: HashMap<String, String>,
    with_places: Vec<(String, Vec<Part>)>,
}

fn known() -> &'static Known {
    static KNOWN: LazyLock<Known> = LazyLock::new(read);
    &KNOWN
}

fn read() -> Known {
    let mut known = Known {
        whole: HashMap::new(),
        with_places: Vec::new(),
    };
    for source in bundles::PHRASES {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        keep(&resource, &mut known);
    }
    known
}

fn keep(resource: &FluentResource, known: &mut Known) {
    for entry in resource.entries() {
        let Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name.to_owned();
        match message.value.as_ref().and_then(parts) {
            Some(parts) => match parts.as_slice() {
                [Part::Words(words)] => drop(known.whole.insert(words.clone(), id)),
                _ => known.with_places.push((id, parts)),
            },
            None => continue,
        }
    }
}

/// Words and named places in turn; `None` for anything else.
fn parts(pattern: &Pattern<&str>) -> Option<Vec<Part>> {
    let part = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => Some(Part::Words((*value).to_owned())),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::VariableReference { id }),
        } => Some(Part::Place(id.name.to_owned())),
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(part).collect()
}

/// What stands at the places of a sentence that fits the parts.
fn fit<'a, 'p>(parts: &'p [Part], sentence: &'a str) -> Option<Vec<(&'p str, &'a str)>> {
    let mut found = Vec::new();
    let mut rest = sentence;
    let mut open: Option<&str> = None;
    for (nth, part) in parts.iter().enumerate() {
        match part {
            Part::Place(name) => open = Some(name),
            Part::Words(words) => {
                let at = match open {
                    // The last words stand at the end, so that a place may hold the same words.
                    Some(_) if nth + 1 == parts.len() => {
                        rest.ends_with(words).then(|| rest.len() - words.len())?
                    }
                    Some(_) => rest.find(words)?,
                    None => rest.starts_with(words).then_some(0)?,
                };
                let (before, after) = rest.split_at_checked(at)?;
                if let Some(name) = open.take() {
                    found.push((name, before));
                }
                rest = after.strip_prefix(words.as_str())?;
            }
        }
    }
    match open {
        Some(name) => found.push((name, rest)),
        None if rest.is_empty() => {}
        None => return None,
    }
    found
        .iter()
        .all(|(name, words)| holds(name, words))
        .then_some(found)
}

/// Whether these words can stand at a place of this name.
fn holds(name: &str, words: &str) -> bool {
    match name {
        "count" => !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()),
        "day" => english_day(words).is_some(),
        _ => !words.is_empty(),
    }
}

/// A day as English writes it, `22 November 2026`, perhaps with a time after it.
fn english_day(english: &str) -> Option<(Date, Option<&str>)> {
    if english.len() > 30 || !english.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (day, time) = match english.split_once(", ") {
        Some((day, time)) => (day, Some(time)),
        None => (english, None),
    };
    Some((Date::strptime("%d %B %Y", day).ok()?, time))
}

impl Tongue {
    /// A sentence that the program made in English, in this language when it is known; else as it
    /// is. `inner` says what stands at a place of it, such as the label of a field.
    #[must_use]
    pub fn turned(self, english: &str, inner: impl Fn(&str) -> String) -> String {
        if self == Tongue::En || english.len() > BYTES_MAX {
            return english.to_owned();
        }
        let known = known();
        if let Some(id) = known.whole.get(english) {
            return self.say_or(id, english);
        }
        for (id, parts) in &known.with_places {
            let Some(found) = fit(parts, english) else {
                continue;
            };
            let found: Vec<(&str, String)> = found
                .into_iter()
                .map(|(name, words)| (name, inner(words)))
                .collect();
            let value = |name: &str, words: &'_ String| match words.parse() {
                Ok(number) if name == "count" => Some(Value::Number(number)),
                _ => None,
            };
            let values: Vec<(&str, Value<'_>)> = found
                .iter()
                .map(|(name, words)| (*name, value(name, words).unwrap_or(Value::from(words))))
                .collect();
            if let Some(said) = bundles::say(self, id, &values) {
                return said;
            }
        }
        english.to_owned()
    }

    /// A word or sentence of the program, in this language when it is known.
    #[must_use]
    pub fn phrase(self, english: &str) -> String {
        let said = self.turned(english, |words| self.phrase_within(words));
        if said != english || self == Tongue::En {
            return said;
        }
        if let Some(day) = self.day(english) {
            return day;
        }
        // What goes on after the words of a button, for those who listen.
        if let Some(rest) = english.strip_prefix(": ") {
            return format!(": {}", self.phrase(rest));
        }
        // At the beginning of a line a word has a capital.
        let mut letters = english.chars();
        let small: String = match letters.next() {
            Some(first) if first.is_uppercase() => first.to_lowercase().chain(letters).collect(),
            _ => return self.list(english).unwrap_or(said),
        };
        let said = self.phrase_within(&small);
        if said == small {
            return self.list(english).unwrap_or_else(|| english.to_owned());
        }
        let mut letters = said.chars();
        letters.next().map_or(said.clone(), |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }

    /// A list, "2 new, 1 taken out", each part of which is known.
    fn list(self, english: &str) -> Option<String> {
        let parts: Vec<&str> = english.split(", ").collect();
        if parts.len() < 2 {
            return None;
        }
        let said = |part: &&str| {
            let said = self.turned(part, |words| self.phrase_within(words));
            (said != **part).then_some(said)
        };
        let mut all = parts.iter().map(said);
        let first = all.next()??;
        all.try_fold(first, |before, next| {
            let next = next?;
            let values = [("before", Value::from(&before)), ("next", (&next).into())];
            Some(self.say_with("list-between", &values))
        })
    }

    /// What stands at a place: known by itself, a day, or a name.
    fn phrase_within(self, english: &str) -> String {
        let day = |words: &str| self.day(words).unwrap_or_else(|| words.to_owned());
        let said = self.turned(english, day);
        if said == english { day(english) } else { said }
    }

    /// A day as English writes it, `22 November 2026`, perhaps with a time after it, as this
    /// language does.
    fn day(self, english: &str) -> Option<String> {
        let (day, time) = english_day(english)?;
        let day = self.date(day);
        let Some(time) = time else { return Some(day) };
        let (hour, minute) = time.split_once(':')?;
        let is_time = [hour, minute]
            .iter()
            .all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
        let values = [("date", Value::from(&day)), ("time", Value::from(time))];
        is_time.then(|| self.say_with("moment", &values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_as_the_language_does_and_nothing_else_is_taken_for_one() {
        assert_eq!(Tongue::Pl.phrase("1 September 2026"), "1 września 2026");
        let at = Tongue::Ro.phrase("22 November 2026, 14:05");
        assert_eq!(at, "22 noiembrie 2026, ora 14:05");
        for other in [
            "31 September 2026",
            "1 September 2026, Robins",
            "12",
            "1 x 2026",
        ] {
            assert_eq!(Tongue::Pl.phrase(other), other);
        }
    }

    #[test]
    fn what_does_not_fit_in_a_form_is_said_with_its_label() {
        let said = Tongue::Pl.turned("Fill in “User name”", |label| {
            assert_eq!(label, "User name");
            "Nazwa".to_owned()
        });
        assert_eq!(said, "Wypełnij pole „Nazwa”");
        assert_eq!(
            Tongue::Uk.phrase("Designated safeguarding lead"),
            "Відповідальний за захист дітей"
        );
    }

    #[test]
    fn numbers_days_and_lists_stand_only_where_they_belong() {
        let pl = |english: &str| Tongue::Pl.phrase(english);
        assert_eq!(pl("3 people"), "Liczba osób: 3");
        assert_eq!(pl("Some people"), "Some people");
        assert_eq!(pl("From 1 May 2027"), "Od 1 maja 2027");
        let between = pl("From version 1 to version 2");
        assert_eq!(between, "Od: wersja 1, do: wersja 2");
        assert_eq!(pl("2 new, 1 taken out"), "nowe: 2, usunięte: 1");
        assert_eq!(pl("2 new, 1 Wren"), "2 new, 1 Wren");
    }

    #[test]
    fn what_stands_at_the_places_of_a_sentence_is_found() {
        let words = |words: &str| Part::Words(words.to_owned());
        let place = |name: &str| Part::Place(name.to_owned());
        let parts = [words("“"), place("label"), words("” is "), place("most")];
        let found = fit(&parts, "“A ” is b” is 40");
        assert_eq!(found, Some(vec![("label", "A "), ("most", "b” is 40")]));
        assert_eq!(fit(&parts, "“A” was 40"), None);
        assert_eq!(fit(&parts, "“” is 40"), None);
        let ends = [place("name"), words(" is here.")];
        assert_eq!(fit(&ends, "Wren is here."), Some(vec![("name", "Wren")]));
        assert_eq!(fit(&ends, "Wren is here. Not so"), None);
    }
}
