//! What a person filled in: names and words, from a page, the API or the command line. Checked
//! against the fields of a form before an act is read from it; bounded, and never trusted.

use super::{
    act::{Person, Room},
    page::{Field, FieldKind, Params},
};
use kernel::{kept::Loose, moment::Date, naming, ruling::Mistake};
use std::collections::BTreeMap;

/// The most characters of an answer whose field sets no smaller bound.
const ANSWER_CHARS_MAX: usize = 20_000;
/// The fewest characters of a password that is chosen.
pub const PASSWORD_CHARS_MIN: usize = 10;
/// The most answers to one field.
const ANSWERS_MAX: usize = 500;

/// What a person filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    words: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, Upload>,
    kept: BTreeMap<String, Loose>,
}

/// A file that a person handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The name that it had.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Answers {
    /// Adds an answer. Private-use characters are dropped, so that nobody can forge a mark that
    /// stands for a person; line ends are made one kind.
    pub fn add(&mut self, name: &str, words: &str) {
        let words = naming::strip(words).replace("\r\n", "\n");
        self.words.entry(name.to_owned()).or_default().push(words);
    }

    /// With one more answer.
    #[must_use]
    pub fn with(mut self, name: &str, words: impl AsRef<str>) -> Answers {
        self.add(name, words.as_ref());
        self
    }

    /// Adds a file.
    pub fn add_file(&mut self, name: &str, upload: Upload) {
        self.files.insert(name.to_owned(), upload);
    }

    /// Answers from an address.
    #[must_use]
    pub fn from_params(params: &Params) -> Answers {
        let mut answers = Answers::default();
        params
            .0
            .iter()
            .for_each(|(name, words)| answers.add(name, words));
        answers
    }

    /// Takes all answers to a field out.
    pub fn remove(&mut self, name: &str) {
        self.words.remove(name);
    }

    /// Every answer, for filling in a form again.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.words
            .iter()
            .map(|(name, words)| (name.as_str(), words.as_slice()))
    }

    /// The words of a field; `None` when it was left empty.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let words = self.words.get(name)?.first()?.trim();
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// The words of a field as they were typed (a password keeps its spaces).
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.words
            .get(name)?
            .first()
            .map(String::as_str)
            .filter(|words| !words.is_empty())
    }

    /// All that was ticked.
    #[must_use]
    pub fn several(&self, name: &str) -> Vec<String> {
        let all = self.words.get(name).map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .map(|words| words.trim().to_owned())
            .filter(|words| !words.is_empty())
            .collect()
    }

    /// A number.
    #[must_use]
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.parse().ok()
    }

    /// A day: one ISO date, or the three fields `-day`, `-month`, `-year`.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Date> {
        if let Some(text) = self.text(name) {
            return text.parse().ok();
        }
        let part = |part: &str| self.text(&format!("{name}-{part}"));
        let year: i16 = part("year")?.parse().ok()?;
        let month: i8 = month(&part("month")?)?;
        Date::new(year, month, part("day")?.parse().ok()?).ok()
    }

    /// Whether any part of a day was filled in.
    fn has_date(&self, name: &str) -> bool {
        self.text(name).is_some()
            || ["day", "month", "year"]
                .iter()
                .any(|part| self.text(&format!("{name}-{part}")).is_some())
    }

    /// Yes or no.
    #[must_use]
    pub fn yes(&self, name: &str) -> Option<bool> {
        match self.text(name)?.as_str() {
            "yes" | "true" | "on" => Some(true),
            "no" | "false" => Some(false),
            _ => None,
        }
    }

    /// A person.
    #[must_use]
    pub fn person(&self, name: &str) -> Option<Person> {
        self.number(name).map(Person)
    }

    /// People.
    #[must_use]
    pub fn people(&self, name: &str) -> Vec<Person> {
        self.several(name)
            .iter()
            .filter_map(|words| words.parse().ok().map(Person))
            .collect()
    }

    /// A room.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<Room> {
        self.number(name).map(Room)
    }

    /// A file.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files.get(name)
    }

    /// Takes the file of a field out, to keep it.
    pub fn take_file(&mut self, name: &str) -> Option<Upload> {
        self.files.remove(name)
    }

    /// Puts a file that lies in the vault among the answers. Only the rim does so: nothing that a
    /// caller sends becomes a reference.
    pub fn add_kept(&mut self, name: &str, file: Loose) {
        self.kept.insert(name.to_owned(), file);
    }

    /// The file of a field that is kept.
    #[must_use]
    pub fn kept(&self, name: &str) -> Option<&Loose> {
        self.kept.get(name)
    }

    /// What does not fit the fields, by field.
    #[must_use]
    pub fn check(&self, fields: &[Field]) -> Vec<Mistake> {
        let faults = fields.iter().filter_map(|field| self.fault(field));
        let mut wrong: Vec<Mistake> = faults.map(|(f, says)| Mistake::at(f, says)).collect();
        if wrong.is_empty() {
            wrong.extend(self.passwords_differ(fields));
        }
        wrong
    }

    /// A password that is chosen is typed the same in each field that asks for it.
    fn passwords_differ(&self, fields: &[Field]) -> Option<Mistake> {
        let mut asked = fields
            .iter()
            .filter(|field| matches!(field.kind, FieldKind::NewPassword));
        let first = self.raw(asked.next()?.name);
        let other = asked.find(|field| self.raw(field.name) != first)?;
        Some(Mistake::at(
            other.name,
            "The two passwords are not the same. Type the same password twice",
        ))
    }

    fn fault<'f>(&self, field: &'f Field) -> Option<(&'f str, String)> {
        let says = match self.has(field) {
            false if field.optional => return None,
            false => empty(field),
            true => self.misfit(field)?,
        };
        Some((field.name, says))
    }

    fn has(&self, field: &Field) -> bool {
        match field.kind {
            FieldKind::Date => self.has_date(field.name),
            FieldKind::File(_) => self.has_file(field.name),
            FieldKind::Keep(_) => self.kept.contains_key(field.name) || self.has_file(field.name),
            FieldKind::Several(_) | FieldKind::SeveralOf(_) => !self.several(field.name).is_empty(),
            FieldKind::NewPassword | FieldKind::Password | FieldKind::Secret(_) => {
                self.raw(field.name).is_some()
            }
            _ => self.text(field.name).is_some(),
        }
    }

    fn has_file(&self, name: &str) -> bool {
        let file = self.files.get(name);
        file.is_some_and(|file| !file.bytes.is_empty())
    }

    fn misfit(&self, field: &Field) -> Option<String> {
        let text = self.text(field.name).unwrap_or_default();
        let label = field.label;
        let says = match field.kind {
            FieldKind::Line(most) | FieldKind::Text(most) | FieldKind::Drawn(most) => {
                too_long(label, &text, most)?
            }
            FieldKind::NewPassword => {
                let password = self.raw(field.name).unwrap_or_default();
                too_short(password).or_else(|| too_long(label, password, 256))?
            }
            FieldKind::Secret(most) => {
                too_long(label, self.raw(field.name).unwrap_or_default(), most)?
            }
            FieldKind::Password => too_long(label, self.raw(field.name).unwrap_or_default(), 256)?,
            FieldKind::Email if !is_email(&text) => {
                "Enter an email address in the form name@example.org".to_owned()
            }
            FieldKind::Phone if !is_phone(&text) => {
                "Enter a telephone number, such as 01632 960 001".to_owned()
            }
            FieldKind::Number(from, to) => match text.parse::<i64>() {
                Ok(number) if (from..=to).contains(&number) => return None,
                _ => format!("“{label}” must be a whole number from {from} to {to}"),
            },
            FieldKind::Date => match self.date(field.name) {
                Some(day) if (1900..=2200).contains(&day.year()) => return None,
                _ => format!("“{label}” must be a real date, such as 27 3 2026"),
            },
            FieldKind::YesNo if self.yes(field.name).is_none() => {
                format!("Choose yes or no for “{label}”")
            }
            FieldKind::Confirm if self.yes(field.name) != Some(true) => {
                format!("Tick the box: {label}")
            }
            FieldKind::Choice(options) if !options.iter().any(|(key, _)| *key == text) => {
                format!("Choose one of the answers for “{label}”")
            }
            FieldKind::Several(options) => {
                let all = self.several(field.name);
                let fits = all
                    .iter()
                    .all(|word| options.iter().any(|(key, _)| key == word));
                if fits && all.len() <= ANSWERS_MAX {
                    return None;
                }
                format!("Choose from the answers for “{label}”")
            }
            FieldKind::SeveralOf(_) if self.several(field.name).len() > ANSWERS_MAX => {
                format!("Choose at most {ANSWERS_MAX} for “{label}”")
            }
            FieldKind::File(most) | FieldKind::Keep(most) => {
                let size = self.file(field.name).map_or(0, |file| file.bytes.len());
                if size <= most {
                    return None;
                }
                format!("The file must be smaller than {} MB", most >> 20)
            }
            FieldKind::Email
            | FieldKind::Phone
            | FieldKind::YesNo
            | FieldKind::Confirm
            | FieldKind::Choice(_)
            | FieldKind::ChoiceOf(_)
            | FieldKind::SeveralOf(_)
            | FieldKind::Hidden => too_long(label, &text, ANSWER_CHARS_MAX)?,
        };
        Some(says)
    }
}

fn empty(field: &Field) -> String {
    let label = field.label;
    match field.kind {
        FieldKind::Choice(_) | FieldKind::ChoiceOf(_) | FieldKind::YesNo => {
            format!("Choose an answer for “{label}”")
        }
        FieldKind::Several(_) | FieldKind::SeveralOf(_) => {
            format!("Choose at least one answer for “{label}”")
        }
        FieldKind::Confirm => format!("Tick the box: {label}"),
        FieldKind::File(_) | FieldKind::Keep(_) => "Choose a file".to_owned(),
        FieldKind::Hidden => format!(
            "“{}” is missing. Go back to the page before and begin again",
            field.name
        ),
        _ => format!("Fill in “{label}”"),
    }
}

fn too_short(password: &str) -> Option<String> {
    let mut letters: Vec<char> = password.chars().collect();
    if letters.len() < PASSWORD_CHARS_MIN {
        return Some(format!(
            "A password needs at least {PASSWORD_CHARS_MIN} characters. Three words in a row are easy to remember"
        ));
    }
    letters.sort_unstable();
    letters.dedup();
    (letters.len() < 4).then(|| {
        "This password repeats itself too much. Three words in a row are easy to remember"
            .to_owned()
    })
}

fn too_long(label: &str, text: &str, most: usize) -> Option<String> {
    let length = text.chars().count();
    (length > most)
        .then(|| format!("“{label}” must be {most} characters or fewer; it is {length} now"))
}

/// A month as a number or by its English name.
fn month(text: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let start: String = text.to_lowercase().chars().take(3).collect();
    NAMES
        .iter()
        .position(|name| *name == start)
        .and_then(|place| i8::try_from(place + 1).ok())
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"\\()".contains(c))
    };
    (3..=254).contains(&text.len())
        && !name.is_empty()
        && plain(name)
        && plain(host)
        && !name.contains('@')
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..")
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " +()-".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field::new("name", "Name", FieldKind::Line(10)),
        Field::new("mail", "Email", FieldKind::Email).optional(),
        Field::new("on", "Day", FieldKind::Date),
        Field::new("kind", "Kind", FieldKind::Choice(&[("a", "A"), ("b", "B")])),
        Field::new("hours", "Hours", FieldKind::Number(0, 40)).optional(),
    ];

    fn good() -> Answers {
        Answers::default()
            .with("name", " Wren ")
            .with("on-day", "29")
            .with("on-month", "Feb")
            .with("on-year", "2028")
            .with("kind", "b")
    }

    #[test]
    fn answers_that_fit_are_read() {
        let answers = good();
        assert_eq!(answers.check(FIELDS), []);
        assert_eq!(answers.text("name").as_deref(), Some("Wren"));
        assert_eq!(answers.date("on"), Some(jiff::civil::date(2028, 2, 29)));
    }

    #[test]
    fn what_does_not_fit_is_said_by_field() {
        let wrong = Answers::default()
            .with("name", "much too long a name")
            .with("mail", "a@b\nc.org")
            .with("on", "2027-02-29")
            .with("kind", "c")
            .with("hours", "1e3");
        let fields: Vec<_> = wrong
            .check(FIELDS)
            .into_iter()
            .filter_map(|m| m.field)
            .collect();
        assert_eq!(fields, ["name", "mail", "on", "kind", "hours"]);
        let empty: Vec<_> = Answers::default()
            .check(FIELDS)
            .into_iter()
            .filter_map(|m| m.field)
            .collect();
        assert_eq!(empty, ["name", "on", "kind"]);
    }

    #[test]
    fn a_password_that_is_chosen_is_long_enough_and_typed_the_same_twice() {
        const FIELDS: &[Field] = &[
            Field::new("password", "New password", FieldKind::NewPassword),
            Field::new("again", "The same again", FieldKind::NewPassword),
        ];
        let said = |first: &str, second: &str| {
            let answers = Answers::default()
                .with("password", first)
                .with("again", second);
            let wrong = answers.check(FIELDS);
            wrong.first().map(|mistake| mistake.says.clone())
        };
        assert_eq!(said("plum tree hat", "plum tree hat"), None);
        let starts = |says: Option<String>, start: &str| says.unwrap().starts_with(start);
        assert!(starts(said("plum", "plum"), "A password needs at least 10"));
        assert!(starts(
            said("abababababab", "abababababab"),
            "This password repeats"
        ));
        assert!(starts(
            said("plum tree hat", "plum tree hut"),
            "The two passwords"
        ));
        assert!(starts(said("plum tree hat", ""), "Fill in"));
    }

    #[test]
    fn nothing_that_is_typed_becomes_a_file_that_is_kept() {
        const FIELDS: &[Field] = &[Field::new("scan", "Scan", FieldKind::Keep(10))];
        let digest = "0f".repeat(32);
        let typed = Answers::default()
            .with("scan", &digest)
            .with("kept", &digest);
        assert!(typed.kept("scan").is_none());
        let said = |answers: &Answers| answers.check(FIELDS).first().map(|m| m.says.clone());
        assert_eq!(said(&typed).as_deref(), Some("Choose a file"));
        let upload = |bytes: usize| Upload {
            name: "scan.pdf".to_owned(),
            bytes: vec![7; bytes],
        };
        let mut sent = Answers::default();
        sent.add_file("scan", upload(11));
        assert!(said(&sent).is_some_and(|says| says.starts_with("The file must be")));
        sent.add_file("scan", upload(10));
        assert_eq!(said(&sent), None);
        assert_eq!(
            sent.take_file("scan").map(|file| file.bytes.len()),
            Some(10)
        );
        assert!(said(&sent).is_some());
    }

    #[test]
    fn a_mark_that_stands_for_a_person_cannot_be_typed() {
        let mark = naming::person(3);
        let answers = Answers::default().with("name", format!("I am {mark}"));
        assert!(!answers.text("name").unwrap().contains(&mark));
    }
}
