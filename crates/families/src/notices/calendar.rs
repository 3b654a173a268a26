//! A calendar feed: what one person owes, a day each, as RFC 5545 text. Its titles are the titles of
//! controls, so that nothing about a person is in it.

use super::{address::host_of, chase::short};
use crate::spine::{catalogue, standing::Owed, view::View};
use kernel::moment::{Date, minus_days, plus_days};
use std::fmt::Write;

/// The most days that are in a feed.
const DAYS_MAX: usize = 500;
/// How far back and ahead a feed looks, in days.
const BACK_DAYS: i64 = 400;
const AHEAD_DAYS: i64 = 800;
/// The longest line, in bytes, without its end.
const LINE_BYTES: usize = 75;

/// The feed of whoever reads.
#[must_use]
pub fn feed(view: &View<'_>) -> String {
    let mut text = String::new();
    let name = escaped(view.setting.place.name());
    line(&mut text, "BEGIN:VCALENDAR");
    line(&mut text, "VERSION:2.0");
    line(&mut text, "PRODID:-//Stairgate//Duties//EN");
    line(&mut text, "CALSCALE:GREGORIAN");
    line(&mut text, &format!("X-WR-CALNAME:Stairgate\\, {name}"));
    line(&mut text, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
    line(&mut text, "X-PUBLISHED-TTL:PT6H");
    let (from, until) = (
        minus_days(view.today, BACK_DAYS),
        plus_days(view.today, AHEAD_DAYS),
    );
    let mine = view.standings.duties.iter().filter(|owed| {
        from <= owed.duty.due && owed.duty.due <= until && view.is_mine(&owed.duty.owner)
    });
    for owed in mine.take(DAYS_MAX) {
        event(&mut text, owed, view);
    }
    line(&mut text, "END:VCALENDAR");
    text
}

fn event(text: &mut String, owed: &Owed, view: &View<'_>) {
    let duty = &owed.duty;
    let address = view
        .setting
        .notices
        .mail()
        .map(|mail| mail.address.as_str());
    let host = address.map_or("stairgate.invalid", host_of);
    let person = view.person().unwrap_or_default();
    let named = format!(
        "{person}\n{}\n{}\n{:?}\n{}",
        owed.control, duty.about, owed.clauses, duty.due
    );
    line(text, "BEGIN:VEVENT");
    line(text, &format!("UID:{}@{host}", short(&named)));
    // When it came to be known: the same at each asking, so that nothing seems to change.
    let known = if duty.opens == Date::MIN {
        view.in_force.adopted.map_or(duty.due, |(_, at)| at.date())
    } else {
        duty.opens
    };
    line(text, &format!("DTSTAMP:{}T000000Z", plain(known)));
    line(text, &format!("DTSTART;VALUE=DATE:{}", plain(duty.due)));
    line(
        text,
        &format!("DTEND;VALUE=DATE:{}", plain(plus_days(duty.due, 1))),
    );
    line(text, &format!("SUMMARY:{}", escaped(title(owed))));
    if let Some(address) = address {
        line(text, &format!("URL:{address}/"));
    }
    line(text, "TRANSP:TRANSPARENT");
    line(text, "END:VEVENT");
}

/// What it is, without whom it is about.
fn title(owed: &Owed) -> &str {
    match catalogue::find(&owed.control) {
        Some(control) => &control.title,
        None => "Say whether a clause of our policy is kept",
    }
}

fn plain(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Words as a value: signs that mean something are escaped, line ends too, others are left out.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// One line, folded where it is too long: never within a letter.
fn line(text: &mut String, words: &str) {
    let mut used = 0_usize;
    for letter in words.chars() {
        if used.saturating_add(letter.len_utf8()) > LINE_BYTES {
            text.push_str("\r\n ");
            used = 1;
        }
        // Writing to a string can't fail.
        let _ = text.write_char(letter);
        used = used.saturating_add(letter.len_utf8());
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_letters_and_reads_the_same_again() {
        let words = format!("SUMMARY:{}", "Überprüfung 🦉 ".repeat(20));
        let mut text = String::new();
        line(&mut text, &words);
        for one in text.split_terminator("\r\n") {
            assert!(one.len() <= LINE_BYTES, "{one}");
        }
        assert_eq!(text.replace("\r\n ", ""), format!("{words}\r\n"));
    }

    #[test]
    fn signs_that_mean_something_are_escaped_and_no_line_can_be_smuggled_in() {
        let words = "a;b,c\\d\nEND:VCALENDAR\r\u{7}";
        assert_eq!(escaped(words), "a\\;b\\,c\\\\d\\nEND:VCALENDAR");
    }
}
