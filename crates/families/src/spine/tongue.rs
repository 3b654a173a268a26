//! The languages in which families, visitors and children read. What they read is in message files,
//! `words/<language>/*.ftl`; what stands in the code in English is found there by the name of its
//! page, form and field. Staff's pages are in English where they stand.

mod anew;
mod bundles;
#[cfg(test)]
mod cast;
mod lists;
pub mod named;
mod phrases;
#[cfg(test)]
mod reach;
#[cfg(test)]
mod tests;
mod words;

pub use words::words;

use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// A language.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Tongue {
    /// English.
    #[default]
    En,
    /// Polish.
    Pl,
    /// Urdu.
    Ur,
    /// Arabic.
    Ar,
    /// Romanian.
    Ro,
    /// Ukrainian.
    Uk,
}

/// What goes into a message at a place that it names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Words.
    Words(&'a str),
    /// A number, which may choose the form of the words around it.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(words: &'a str) -> Value<'a> {
        Value::Words(words)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(words: &'a String) -> Value<'a> {
        Value::Words(words)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Tongue {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Tongue; 6] = [
        Tongue::En,
        Tongue::Pl,
        Tongue::Ur,
        Tongue::Ar,
        Tongue::Ro,
        Tongue::Uk,
    ];

    /// As pages and addresses name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Tongue::En => "en",
            Tongue::Pl => "pl",
            Tongue::Ur => "ur",
            Tongue::Ar => "ar",
            Tongue::Ro => "ro",
            Tongue::Uk => "uk",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Tongue::En => "English",
            Tongue::Pl => "Polski",
            Tongue::Ur => "اردو",
            Tongue::Ar => "العربية",
            Tongue::Ro => "Română",
            Tongue::Uk => "Українська",
        }
    }

    /// Its name in English, for staff.
    #[must_use]
    pub const fn english_name(self) -> &'static str {
        match self {
            Tongue::En => "English",
            Tongue::Pl => "Polish",
            Tongue::Ur => "Urdu",
            Tongue::Ar => "Arabic",
            Tongue::Ro => "Romanian",
            Tongue::Uk => "Ukrainian",
        }
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Tongue::Ur | Tongue::Ar)
    }

    /// Which way it runs: `ltr` or `rtl`.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if self.is_right_to_left() {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Tongue> {
        Tongue::ALL.into_iter().find(|tongue| tongue.code() == code)
    }

    /// The first language of what a browser prefers (`Accept-Language`) that we have.
    #[must_use]
    pub fn preferred(accepted: &str) -> Option<Tongue> {
        let mut wishes: Vec<(u16, Tongue)> = accepted
            .split(',')
            .take(20)
            .filter_map(|wish| {
                let mut parts = wish.split(';');
                let code = parts.next()?.trim().split('-').next()?.to_ascii_lowercase();
                let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
                Some((thousandths(weight), Tongue::from_code(&code)?))
            })
            .filter(|(weight, _)| *weight > 0)
            .collect();
        // The order of what is wished equally stays.
        wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wishes.first().map(|(_, tongue)| *tongue)
    }

    /// A message: `say("sign-in")`, or a part of one: `say("sign-in.hint")`. In English when this
    /// language does not have it.
    #[must_use]
    pub fn say(self, id: &str) -> String {
        self.say_with(id, &[])
    }

    /// A message with what goes into it.
    #[must_use]
    pub fn say_with(self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        bundles::say(self, id, values)
            .or_else(|| bundles::say(Tongue::En, id, values))
            .unwrap_or_else(|| id.to_owned())
    }

    /// Words that stand in the code in English, in this language when it has them.
    #[must_use]
    pub fn say_or(self, id: &str, english: &str) -> String {
        if self == Tongue::En {
            return english.to_owned();
        }
        bundles::say(self, id, &[]).unwrap_or_else(|| english.to_owned())
    }

    /// Whether this language has a message.
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        bundles::has(self, id)
    }

    /// A day, as people write it: `22 November 2026`.
    #[must_use]
    pub fn date(self, day: Date) -> String {
        if self == Tongue::En {
            return kernel::moment::date_in_words(day);
        }
        let month = self.say(&format!("month-{}", day.month()));
        let (day, year) = (day.day().to_string(), day.year().to_string());
        let values = [
            ("day", Value::from(&day)),
            ("month", Value::from(&month)),
            ("year", Value::from(&year)),
        ];
        unmarked(&self.say_with("date", &values))
    }

    /// A moment, as people write it: `22 November 2026, 14:05`.
    #[must_use]
    pub fn moment(self, moment: Moment) -> String {
        let english = moment.in_words();
        if self == Tongue::En {
            return english;
        }
        let time = english.rsplit_once(", ").map_or("", |(_, time)| time);
        let day = self.date(moment.date());
        unmarked(&self.say_with("moment", &[("date", (&day).into()), ("time", time.into())]))
    }

    /// A list of which any one is meant: "a, b or c".
    #[must_use]
    pub fn any_of(self, names: &[String]) -> String {
        lists::joined(self, names, "list-or-two", "list-or-last")
    }

    /// A list of which all are meant: "a, b and c".
    #[must_use]
    pub fn all_of(self, names: &[String]) -> String {
        lists::joined(self, names, "list-and-two", "list-and-last")
    }
}

/// A day without the marks around its parts: they would hide from the words around it which way the
/// day itself runs, and it would be read with its year first.
fn unmarked(day: &str) -> String {
    day.replace(['\u{2068}', '\u{2069}'], "")
}

/// How much a language is wished: `0.8` as 800, all of it when nothing is said.
fn thousandths(weight: Option<&str>) -> u16 {
    let Some(weight) = weight else { return 1000 };
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    if whole.trim() == "1" {
        return 1000;
    }
    let digits: String = part
        .chars()
        .take_while(char::is_ascii_digit)
        .chain("000".chars())
        .take(3)
        .collect();
    digits.parse().unwrap_or(0)
}
