//! What stands in a cell: a name, a day, a telephone number, what somebody is to a child. Each is
//! read as people write it, or not at all.

use crate::{
    people::{entries::Relation, group::Group},
    spine::{
        answers::Answers,
        page::{Field, FieldKind},
    },
};
use jiff::ToSpan;
use kernel::moment::Date;

/// Whether the day or the month stands first in `3/4/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

impl DayOrder {
    /// As forms write it, with the words for people.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("day", "The day first: 3/4/2026 is 3 April"),
        ("month", "The month first: 3/4/2026 is 4 March"),
    ];

    /// The order with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<DayOrder> {
        match key {
            "day" => Some(DayOrder::DayFirst),
            "month" => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }
}

/// A day as it stands in a cell, before it is known which of two numbers is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// There is no doubt.
    Sure(Date),
    /// Two numbers and a year.
    Slashed(i16, i16, i16),
}

/// Reads a day. Years of two digits are taken to be past, or at most two years ahead.
#[must_use]
pub fn day(cell: &str, this_year: i16) -> Option<Day> {
    let cell = cell.replace([',', '\u{a0}'], " ");
    let cell = cell
        .split(['T', 't'])
        .next()
        .filter(|start| start.len() == 10 && start.contains('-'))
        .unwrap_or(&cell);
    let all: Vec<&str> = cell
        .split(|letter: char| letter.is_whitespace() || "/.-".contains(letter))
        .filter(|part| !part.is_empty() && !part.contains(':'))
        .collect();
    let parts: Vec<&str> = all.into_iter().filter(|part| !is_weekday(part)).collect();
    match parts.as_slice() {
        [one] => serial(one),
        [first, second, third, ..] => {
            if let Some(month) = month(second) {
                return sure(year(third, this_year)?, month, number(first)?);
            }
            if let Some(month) = month(first) {
                return sure(year(third, this_year)?, month, number(second)?);
            }
            if first.len() == 4 {
                return sure(number(first)?, number(second)?, number(third)?);
            }
            Some(Day::Slashed(
                number(first)?,
                number(second)?,
                year(third, this_year)?,
            ))
        }
        _ => None,
    }
}

impl Day {
    /// The date, with the order that the table has.
    #[must_use]
    pub fn date(self, order: DayOrder) -> Option<Date> {
        match (self, order) {
            (Day::Sure(date), _) => Some(date),
            (Day::Slashed(day, month, year), DayOrder::DayFirst)
            | (Day::Slashed(month, day, year), DayOrder::MonthFirst) => {
                Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
            }
        }
    }
}

fn sure(year: i16, month: i16, day: i16) -> Option<Day> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date.ok()
        .filter(|date| (1900..=2200).contains(&date.year()))
        .map(Day::Sure)
}

/// The number that a spreadsheet keeps for a day: days since the end of 1899.
fn serial(cell: &str) -> Option<Day> {
    let days: i64 = cell.parse().ok()?;
    if !(20_000..=60_000).contains(&days) {
        return None;
    }
    Date::constant(1899, 12, 30)
        .checked_add(days.days())
        .ok()
        .map(Day::Sure)
}

fn number(part: &str) -> Option<i16> {
    let digits = part.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let end = part.strip_prefix(digits)?.to_lowercase();
    if !["", "st", "nd", "rd", "th"].contains(&end.as_str()) {
        return None;
    }
    digits
        .parse()
        .ok()
        .filter(|number| (1..=9999).contains(number))
}

fn year(part: &str, this_year: i16) -> Option<i16> {
    let year = number_or_zero(part)?;
    match part.len() {
        4 => (1900..=2200).contains(&year).then_some(year),
        2 if 2000 + year <= this_year + 2 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn number_or_zero(part: &str) -> Option<i16> {
    part.parse().ok().filter(|number| *number >= 0)
}

fn month(part: &str) -> Option<i16> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let part = part.trim_end_matches('.').to_lowercase();
    if part.len() < 3 {
        return None;
    }
    let place = NAMES
        .iter()
        .position(|name| name.starts_with(&part) || part == "sept" && *name == "september")?;
    i16::try_from(place + 1).ok()
}

fn is_weekday(part: &str) -> bool {
    const NAMES: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let part = part.trim_end_matches('.').to_lowercase();
    part.len() >= 3 && NAMES.iter().any(|name| name.starts_with(&part))
}

/// A name without titles and double spaces. "Finch, Wren" becomes "Wren Finch".
#[must_use]
pub fn name(cell: &str) -> String {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "prof"];
    let turned = match cell.split_once(',') {
        Some((last, first)) if !first.contains(',') && !first.trim().is_empty() => {
            format!("{first} {last}")
        }
        _ => cell.to_owned(),
    };
    let words: Vec<&str> = turned.split_whitespace().collect();
    let rest = match words.as_slice() {
        [title, rest @ ..]
            if !rest.is_empty()
                && TITLES.contains(&title.trim_end_matches('.').to_lowercase().as_str()) =>
        {
            rest
        }
        all => all,
    };
    rest.join(" ")
}

/// The names in one cell: "Ada & Ben Finch" are two.
#[must_use]
pub fn names(cell: &str) -> Vec<String> {
    let cell = cell
        .replace(" & ", "\n")
        .replace(" and ", "\n")
        .replace(" + ", "\n");
    let parts = cell.split(['\n', ';', '/']).map(name);
    let mut all: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    let last = all
        .last()
        .and_then(|name| name.rsplit_once(' '))
        .map(|(_, last)| last.to_owned());
    if let Some(last) = last {
        for name in all.iter_mut().filter(|name| !name.contains(' ')) {
            *name = format!("{name} {last}");
        }
    }
    all
}

/// Whether words can be the name of somebody.
#[must_use]
pub fn is_name(words: &str) -> bool {
    let letters = words
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count();
    letters >= 2
        && words.chars().count() <= 120
        && !words.chars().any(|letter| {
            letter.is_ascii_digit() || letter.is_control() || "=@<>{}[]|\\:\"".contains(letter)
        })
        && words.starts_with(char::is_alphabetic)
}

/// Words by which two spellings of the same name are one.
#[must_use]
pub fn same(words: &str) -> String {
    let plain = words
        .to_lowercase()
        .replace(['’', '‘', '`'], "'")
        .replace(['-', '.'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An email address.
#[must_use]
pub fn email(cell: &str) -> Option<String> {
    let first = cell
        .split([';', ',', ' ', '\n'])
        .find(|part| !part.is_empty())?;
    let first = first.trim_start_matches("mailto:").trim_matches(['<', '>']);
    let field = [Field::new("email", "Email", FieldKind::Email)];
    let fits = Answers::default()
        .with("email", first)
        .check(&field)
        .is_empty();
    fits.then(|| first.to_owned())
}

/// A telephone number; one whose first 0 a spreadsheet took away gets it back.
#[must_use]
pub fn phone(cell: &str) -> Option<String> {
    let first = cell
        .split(['/', ';', ',', '\n'])
        .next()?
        .split(" or ")
        .next()?;
    let kept: String = first
        .trim_end_matches(|letter: char| letter.is_alphabetic() || letter.is_whitespace())
        .trim_start_matches(|letter: char| letter.is_alphabetic() || ": .'".contains(letter))
        .replace(['.', '\u{a0}'], " ");
    let kept = kept.trim();
    let digits: String = kept.chars().filter(char::is_ascii_digit).collect();
    let plain = kept
        .chars()
        .all(|letter| letter.is_ascii_digit() || " +()-".contains(letter));
    if !plain || !(6..=15).contains(&digits.len()) {
        return None;
    }
    if kept == digits && digits.len() == 10 && digits.starts_with(['1', '2', '7']) {
        return Some(format!("0{digits}"));
    }
    Some(kept.to_owned())
}

/// The digits of a telephone number, the same however it is written.
#[must_use]
pub fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("44") {
        Some(rest) if digits.len() >= 12 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    }
}

/// What somebody is to a child.
#[must_use]
pub fn relation(cell: &str) -> Option<Relation> {
    let words = cell.to_lowercase();
    let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if has(&["step"]) {
        return Some(Relation::StepParent);
    }
    if has(&["foster"]) {
        return Some(Relation::FosterCarer);
    }
    if has(&["grand", "nana", "nanny", "gran"]) || words == "nan" {
        return Some(Relation::Grandparent);
    }
    if has(&["guardian"]) {
        return Some(Relation::Guardian);
    }
    if has(&["mother", "father", "mum", "dad", "mam", "mom", "parent"]) {
        return Some(Relation::Parent);
    }
    has(&[
        "aunt",
        "uncle",
        "carer",
        "friend",
        "neighbour",
        "sister",
        "brother",
        "childminder",
        "other",
        "cousin",
    ])
    .then_some(Relation::Other)
}

/// Who an adult is here, by the words of a list of people: also by what they are employed as.
#[must_use]
pub fn group(cell: &str) -> Option<Group> {
    let words = cell.to_lowercase();
    let has = |any: &[&str]| any.iter().any(|part| words.contains(part));
    if has(&["volunteer", "helper"]) {
        return Some(Group::Volunteer);
    }
    if has(&[
        "committee",
        "trustee",
        "governor",
        "chair",
        "treasurer",
        "secretary",
        "board",
    ]) {
        return Some(Group::Committee);
    }
    if has(&["student", "trainee", "placement", "apprentice"]) {
        return Some(Group::Student);
    }
    if has(&["contractor", "cleaning company", "agency"]) {
        return Some(Group::Contractor);
    }
    if has(&["parent", "carer", "mother", "father"]) {
        return Some(Group::Parent);
    }
    let jobs = [
        "staff",
        "employee",
        "manager",
        "deputy",
        "practitioner",
        "leader",
        "lead",
        "assistant",
        "teacher",
        "cook",
        "cleaner",
        "admin",
        "senco",
        "educator",
        "nursery nurse",
        "owner",
        "supervisor",
        "caretaker",
        "bank",
        "head",
        "worker",
        "officer",
        "chef",
        "key person",
    ];
    has(&jobs).then_some(Group::Staff)
}

/// Yes or no.
#[must_use]
pub fn yes(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" | "✓" | "✔" | "1" | "pr" => Some(true),
        "no" | "n" | "false" | "0" | "none" | "✗" => Some(false),
        _ => None,
    }
}

/// The name of a room: "Robins Room" and "robins" are one.
#[must_use]
pub fn room(words: &str) -> String {
    let plain = same(words);
    let short = plain.trim_end_matches(" room").trim_start_matches("the ");
    short.to_owned()
}
