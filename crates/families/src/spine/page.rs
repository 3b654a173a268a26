//! Pages and forms as values. A family lists what it shows and which acts can be asked for; from
//! the same list come the page, the API, its description and the flags of the command line.

use super::{act::Act, answers::Answers, entry::Recorded, permit::Need, view::View};
use kernel::{moment::Date, ruling::Mistake};
use kit::document::Document;
use maud::Markup;
use std::collections::BTreeMap;

/// A page.
pub struct Page {
    /// Its address: `/people/{person}`.
    pub path: &'static str,
    /// Its title, also in the menu.
    pub title: &'static str,
    /// Its place in the menu; 0: not in the menu.
    pub menu: u8,
    /// What the page is for and how it is used, a paragraph for each line.
    pub help: &'static str,
    /// Who may see it.
    pub need: fn(&Params, &super::setting::Setting) -> Need,
    /// Which lines of the ledger it shows.
    pub lines: Option<fn(&Params) -> Lines>,
    /// Draws it.
    pub show: fn(&View<'_>, &Params) -> Shown,
}

/// What a page came to.
pub enum Shown {
    /// A page with this title (what the page is about now) and content.
    Page(String, Markup),
    /// A document: shown as a page, and as PDF when `?as=pdf` is asked for, or CSV with `?as=csv`.
    Document(Box<Document>),
    /// A file to keep.
    File {
        /// Its name.
        name: String,
        /// Its kind: `application/toml`.
        mime: &'static str,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// A file of the vault, that the view opened: sent to keep, never to be shown by a browser.
    Kept(Box<kernel::kept::Loose>),
    /// There is nothing at this address for this reader.
    NotHere,
}

/// Which lines of the ledger a page shows, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Only lines before this number; 0: from the end.
    pub before: u64,
    /// At most so many.
    pub most: usize,
    /// Only these, when there are any.
    pub only: Vec<u64>,
    /// Only kinds that begin so.
    pub kind: String,
    /// Only by this person.
    pub by: Option<u32>,
    /// Only by whoever reads.
    pub mine: bool,
    /// Only from this day on.
    pub from: Option<Date>,
    /// Only up to this day.
    pub to: Option<Date>,
}

impl Lines {
    /// As this reader wants them: "mine" becomes the reader; nobody has no lines of their own.
    #[must_use]
    pub fn for_reader(self, reader: Option<super::act::Person>) -> Option<Lines> {
        if !self.mine {
            return Some(self);
        }
        let by = Some(reader?.0);
        Some(Lines { by, ..self })
    }

    /// Whether a day is among those that are wanted.
    #[must_use]
    pub fn is_within(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether a line is among them, but for how many there may be.
    #[must_use]
    pub fn fits(&self, line: &Recorded) -> bool {
        (self.before == 0 || line.seq < self.before)
            && (self.only.is_empty() || self.only.contains(&line.seq))
            && line.kind.starts_with(&self.kind)
            && self.is_within(line.at.date())
            && self
                .by
                .is_none_or(|by| line.by.person().is_some_and(|person| person.0 == by))
    }
}

/// What an address says: parts of the path, and the query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(pub BTreeMap<String, String>);

impl Params {
    /// A word of the address; empty when there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A number in the address.
    #[must_use]
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).parse().ok()
    }

    /// A person in the address.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<super::act::Person> {
        self.number(name).map(super::act::Person)
    }

    /// A room in the address.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<super::act::Room> {
        self.number(name).map(super::act::Room)
    }
}

/// An address with words after the question mark; empty words are left out.
#[must_use]
pub fn address(path: &str, words: &[(&str, &str)]) -> String {
    let said: Vec<String> = words
        .iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| format!("{name}={}", encoded(word)))
        .collect();
    if said.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", said.join("&"))
}

/// A word as an address writes it: letters, digits and a few signs stay, all else is escaped.
#[must_use]
pub fn encoded(word: &str) -> String {
    let mut encoded = String::with_capacity(word.len());
    for byte in word.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A form: the one way in which people ask for an act.
pub struct Form {
    /// The act: `people.add`. The API takes it at `/api/v1/acts/people.add`.
    pub act: &'static str,
    /// The page that it is on: `/people/add`.
    pub path: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The words on its button.
    pub button: &'static str,
    /// What it is for, a paragraph for each line.
    pub help: &'static str,
    /// Who may see the form; the act itself is judged again when it is asked for.
    pub need: fn(&Params, &super::setting::Setting) -> Need,
    /// Its fields, in order.
    pub fields: &'static [Field],
    /// What to fill in to begin with, and what to show above the fields.
    pub start: fn(&View<'_>, &Params) -> Start,
    /// Reads the act from answers that fit the fields. `None`: they can't be read.
    pub read: fn(&Answers) -> Option<Act>,
    /// Where to go when it is done.
    pub then: fn(&Answers) -> String,
}

/// How a form begins.
#[derive(Default)]
pub struct Start {
    /// What is filled in.
    pub answers: Answers,
    /// What stands above the fields.
    pub above: Option<Markup>,
    /// There is nothing at this address for this reader.
    pub not_here: bool,
}

/// A form that begins empty; its fields may be filled from the address.
#[must_use]
pub fn from_address(_view: &View<'_>, params: &Params) -> Start {
    Start {
        answers: Answers::from_params(params),
        above: None,
        not_here: false,
    }
}

/// One field of a form.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name, also in the API and as a flag of the command line.
    pub name: &'static str,
    /// What is asked.
    pub label: &'static str,
    /// A hint; may be empty.
    pub hint: &'static str,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// Whether it may be left empty.
    pub optional: bool,
    /// Whether it is asked behind a line, of who has more to say.
    pub more: bool,
    /// Whether it is asked only of somebody who has not signed in.
    pub stranger: bool,
    /// How its choices look.
    pub look: Look,
}

/// How the choices of a field look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As a list.
    #[default]
    List,
    /// Each with a picture.
    Pictures,
    /// As places on a body.
    Body,
}

/// What kind of answer a field takes.
#[derive(Clone, Copy)]
pub enum FieldKind {
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines of at most so many characters.
    Text(usize),
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
    /// A password that is being chosen: shown as dots, never kept or filled in again.
    NewPassword,
    /// The password that a person has.
    Password,
    /// A password of something else, such as a mail server: shown as dots, never filled in again.
    Secret(usize),
    /// A whole number, from and to.
    Number(i64, i64),
    /// A day.
    Date,
    /// Yes or no: two radio buttons.
    YesNo,
    /// One tick box that confirms the label.
    Confirm,
    /// One of these: key and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// Any of these: key and label.
    Several(&'static [(&'static str, &'static str)]),
    /// One of those that the function gives for this reader: key and label.
    ChoiceOf(fn(&View<'_>) -> Vec<(String, String)>),
    /// Any of those that the function gives for this reader: key and label.
    SeveralOf(fn(&View<'_>) -> Vec<(String, String)>),
    /// Carried along, not shown.
    Hidden,
    /// Strokes of a signature, drawn; at most so many characters.
    Drawn(usize),
    /// A file of at most so many bytes.
    File(usize),
    /// A file of at most so many bytes that is kept: it goes into the vault before the act is read,
    /// which finds a reference to it with [`Answers::kept`].
    Keep(usize),
}

impl Field {
    /// A field that must be answered.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str, kind: FieldKind) -> Field {
        Field {
            name,
            label,
            hint: "",
            kind,
            optional: false,
            more: false,
            stranger: false,
            look: Look::List,
        }
    }

    /// Asked only of somebody who has not signed in; may be left empty.
    #[must_use]
    pub const fn of_strangers(self) -> Field {
        Field {
            optional: true,
            stranger: true,
            ..self
        }
    }

    /// With another look.
    #[must_use]
    pub const fn look(self, look: Look) -> Field {
        Field { look, ..self }
    }

    /// With a hint.
    #[must_use]
    pub const fn hint(self, hint: &'static str) -> Field {
        Field { hint, ..self }
    }

    /// Asked behind a line, of who has more to say; may be left empty.
    #[must_use]
    pub const fn more(self) -> Field {
        Field {
            optional: true,
            more: true,
            ..self
        }
    }

    /// May be left empty.
    #[must_use]
    pub const fn optional(self) -> Field {
        Field {
            optional: true,
            ..self
        }
    }
}

impl Form {
    /// Reads the act from answers, after checking them against the fields.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn act(&self, answers: &Answers) -> Result<Act, Vec<Mistake>> {
        let wrong = answers.check(self.fields);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        (self.read)(answers).ok_or_else(|| {
            vec![Mistake::new(
                "Some of the answers could not be read. Check each of them and send the form again",
            )]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_an_address_is_read_back_as_it_was() {
        assert_eq!(address("/people", &[("name", ""), ("room", "")]), "/people");
        let full = address("/people", &[("name", "Zoë & Co=?"), ("room", "2")]);
        assert_eq!(full, "/people?name=Zo%C3%AB%20%26%20Co%3D%3F&room=2");
    }

    #[test]
    fn somebody_who_has_not_signed_in_has_no_lines_of_their_own() {
        let mine = Lines {
            mine: true,
            most: 5,
            ..Lines::default()
        };
        assert_eq!(mine.clone().for_reader(None), None);
        let of_three = mine.for_reader(Some(super::super::act::Person(3)));
        assert_eq!(of_three.and_then(|lines| lines.by), Some(3));
    }
}
