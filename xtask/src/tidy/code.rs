//! Rust source without what is said in it: the content of strings and comments is taken out,
//! lines stay where they are.

use std::{iter::Peekable, str::Chars};

/// The source with strings emptied and comments gone.
pub(super) fn code_only(source: &str) -> String {
    let mut left = source.chars().peekable();
    let mut code = String::with_capacity(source.len());
    let mut before = ' ';
    while let Some(letter) = left.next() {
        match letter {
            '/' if left.peek() == Some(&'/') => line_comment(&mut left),
            '/' if left.peek() == Some(&'*') => block_comment(&mut left, &mut code),
            '"' => string(&mut left, &mut code),
            'r' if !is_word(before) || matches!(before, 'b' | 'c') => {
                raw_string(&mut left, &mut code);
            }
            '\'' => character(&mut left, &mut code),
            other => code.push(other),
        }
        before = letter;
    }
    code
}

/// The words of one line of code, with its number from 1.
pub(super) fn lines(code: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(code.lines())
}

/// Whether the line has the words, and neither end of them inside a longer word.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, found)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let end = at.saturating_add(found.len());
        let after = line.get(end..).and_then(|text| text.chars().next());
        let starts_as_word = word.chars().next().is_some_and(is_word);
        let ends_as_word = word.chars().next_back().is_some_and(is_word);
        let longer = (starts_as_word && before.is_some_and(is_word))
            || (ends_as_word && after.is_some_and(is_word));
        !longer
    })
}

/// Whether a letter can be part of a Rust name.
pub(super) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn line_comment(left: &mut Peekable<Chars<'_>>) {
    while left.next_if(|letter| *letter != '\n').is_some() {}
}

fn block_comment(left: &mut Peekable<Chars<'_>>, code: &mut String) {
    let mut depth = 1_u32;
    left.next();
    while depth > 0 {
        match left.next() {
            None => return,
            Some('\n') => code.push('\n'),
            Some('/') if left.next_if_eq(&'*').is_some() => depth = depth.saturating_add(1),
            Some('*') if left.next_if_eq(&'/').is_some() => depth = depth.saturating_sub(1),
            Some(_) => {}
        }
    }
}

fn string(left: &mut Peekable<Chars<'_>>, code: &mut String) {
    code.push('"');
    while let Some(letter) = left.next() {
        match letter {
            '"' => break,
            '\n' => code.push('\n'),
            '\\' if left.next() == Some('\n') => code.push('\n'),
            _ => {}
        }
    }
    code.push('"');
}

/// A raw string, or only the letter r.
fn raw_string(left: &mut Peekable<Chars<'_>>, code: &mut String) {
    let mut ahead = left.clone();
    let mut marks = 0_usize;
    while ahead.next_if_eq(&'#').is_some() {
        marks = marks.saturating_add(1);
    }
    if ahead.next() != Some('"') {
        code.push('r');
        return;
    }
    *left = ahead;
    code.push('"');
    while let Some(letter) = left.next() {
        if letter == '\n' {
            code.push('\n');
        }
        let mut end = left.clone();
        if letter == '"' && (0..marks).all(|_| end.next() == Some('#')) {
            *left = end;
            break;
        }
    }
    code.push('"');
}

/// A character in quotes, or a lifetime.
fn character(left: &mut Peekable<Chars<'_>>, code: &mut String) {
    let mut ahead = left.clone();
    let first = ahead.next();
    if first != Some('\\') && ahead.next() != Some('\'') {
        code.push('\'');
        return;
    }
    left.next();
    if first == Some('\\') {
        left.next();
    }
    while left.next().is_some_and(|letter| letter != '\'') {}
    code.push_str("' '");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_gone() {
        assert_eq!(code_only("a // b\nc /* d /* e */ \n f */ g"), "a \nc \n g");
    }

    #[test]
    fn strings_are_empty() {
        assert_eq!(code_only(r#"say("a \" // b"); c"#), r#"say(""); c"#);
        assert_eq!(code_only("x(r#\"a \" b\"#, br\"c\") d"), "x(\"\", b\"\") d");
        assert_eq!(code_only("error(r)"), "error(r)");
    }

    #[test]
    fn characters_are_not_lifetimes() {
        assert_eq!(
            code_only(r"a('\'') b<'c>('d', '\u{1}')"),
            "a(' ') b<'c>(' ', ' ')"
        );
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "\"a\nb\\\nc\"\nr\"d\ne\"\nlast";
        let last = lines(&code_only(source))
            .find(|(_, line)| *line == "last")
            .map(|(at, _)| at);
        assert_eq!(last, Some(6));
    }

    #[test]
    fn a_word_is_not_found_inside_a_longer_one() {
        assert!(has_word("use tokio::net;", "tokio"));
        assert!(!has_word("use my_tokio;", "tokio"));
        assert!(!has_word("my_todo!()", concat!("to", "do!")));
    }
}
