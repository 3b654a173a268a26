//! Words that the program makes may mention a person or a room without knowing the name: a mark
//! stands for it and is filled in only for a reader who may see it. Marks are made of private-use
//! characters, which nobody can type: `strip` takes them out of what comes from outside.

use std::fmt::Write;

/// Stands around the number of a person.
const PERSON: char = '\u{E000}';
/// Stands around the number of a room.
const ROOM: char = '\u{E001}';

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A person, by number.
    Person(u32),
    /// A room, by number.
    Room(u32),
}

/// The mark of a person.
#[must_use]
pub fn person(number: u32) -> String {
    format!("{PERSON}{number}{PERSON}")
}

/// The mark of a room.
#[must_use]
pub fn room(number: u32) -> String {
    format!("{ROOM}{number}{ROOM}")
}

/// The text with each mark replaced by what `name` says. What looks like half a mark is left out.
/// What `name` says is not searched for marks again.
#[must_use]
pub fn fill(text: &str, name: impl Fn(Mark) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, kind, after)) = split_at_mark(rest) {
        filled.push_str(before);
        let Some((mark, after)) = read_mark(kind, after) else {
            rest = after;
            continue;
        };
        // Writing to a string can't fail.
        let _ = filled.write_str(&name(mark));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// What a person typed, without private-use characters, so that nobody can write a mark.
#[must_use]
pub fn strip(text: &str) -> String {
    text.chars()
        .filter(|letter| !is_private_use(*letter))
        .collect()
}

/// The text before the first mark's character, that character, and the text after it.
fn split_at_mark(text: &str) -> Option<(&str, char, &str)> {
    let (before, from) = text.split_at_checked(text.find([PERSON, ROOM])?)?;
    let mut letters = from.chars();
    let kind = letters.next()?;
    Some((before, kind, letters.as_str()))
}

/// The mark whose first character was just read, and what follows it.
fn read_mark(kind: char, after: &str) -> Option<(Mark, &str)> {
    let (number, rest) = after.split_once(kind)?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = number.parse().ok()?;
    let mark = if kind == PERSON {
        Mark::Person(number)
    } else {
        Mark::Room(number)
    };
    Some((mark, rest))
}

fn is_private_use(letter: char) -> bool {
    matches!(
        letter,
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(mark: Mark) -> String {
        match mark {
            Mark::Person(number) => format!("<person {number}>"),
            Mark::Room(number) => format!("<room {number}>"),
        }
    }

    #[test]
    fn marks_become_names() {
        let text = format!("{} moved to {}.", person(17), room(3));
        assert!(!text.contains("person"));
        assert_eq!(fill(&text, name), "<person 17> moved to <room 3>.");
        assert_eq!(fill("no marks", name), "no marks");
        assert_eq!(fill("", name), "");
        assert_eq!(fill(&person(u32::MAX), name), "<person 4294967295>");
    }

    #[test]
    fn half_a_mark_is_left_out_and_harms_nothing_after_it() {
        assert_eq!(fill("a\u{E000}b", name), "ab");
        assert_eq!(fill("a\u{E000}\u{E000}b", name), "ab");
        assert_eq!(fill("a\u{E000}+7\u{E000}b", name), "a+7b");
        assert_eq!(fill("a\u{E000}5\u{E001}b", name), "a5b");
        assert_eq!(fill("\u{E000}99999999999\u{E000}", name), "99999999999");
        let text = format!("\u{E000}x {}", person(2));
        assert_eq!(fill(&text, name), "x <person 2>");
    }

    #[test]
    fn a_name_that_looks_like_a_mark_stays_a_name() {
        assert_eq!(fill(&person(1), |_| room(2)), room(2));
    }

    proptest! {
        #[test]
        fn nobody_can_type_a_mark(text in "[\u{E000}-\u{F900}a-z0-9 \u{F0000}\u{10FFFD}]{0,60}") {
            let stripped = strip(&text);
            prop_assert_eq!(fill(&stripped, |_| "caught".to_owned()), stripped);
        }

        #[test]
        fn all_private_use_characters_go_and_all_others_stay(text in any::<String>()) {
            let stripped = strip(&text);
            prop_assert!(!stripped.contains(is_private_use));
            if !text.contains(is_private_use) {
                prop_assert_eq!(stripped, text);
            }
        }

        #[test]
        fn marks_never_survive_filling(text in "[\u{E000}\u{E001}0-9a-c]{0,60}") {
            prop_assert!(!fill(&text, |_| String::new()).contains([PERSON, ROOM]));
        }

        #[test]
        fn every_number_comes_back(number in any::<u32>()) {
            prop_assert_eq!(fill(&person(number), name), format!("<person {number}>"));
            prop_assert_eq!(fill(&room(number), name), format!("<room {number}>"));
        }
    }
}
