//! What a heading says: about whom, and what. Headings are read word by word, so that "Mother’s
//! mobile no." and "mum_phone" come to the same.

use super::{meaning::What, table::Row};
use crate::people::entries::Relation;

/// What a heading says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether it speaks of a child (`true`) or an adult (`false`).
    pub child: Option<bool>,
    /// Which adult it speaks of, in its own words: "mother", "contact 2".
    pub label: Option<String>,
    /// The number in it.
    pub number: Option<u8>,
    /// What the adult is to the child.
    pub relation: Option<Relation>,
    /// What it says.
    pub what: Option<What>,
    /// It is known, and nothing of it is kept here.
    pub left_out: bool,
    /// It speaks of people who work here.
    pub is_team: bool,
}

/// Headings of things that are not kept here, or not from a table. A star stands for any end.
const LEFT_OUT: &[&str] = &[
    "key person",
    "keyperson",
    "key worker",
    "keyworker",
    "doctor*",
    "gp",
    "allerg*",
    "medical*",
    "diet*",
    "postcode",
    "post code",
    "street",
    "town",
    "city",
    "county",
    "gender",
    "sex",
    "ethnic*",
    "language*",
    "religion",
    "note*",
    "comment*",
    "fund*",
    "session*",
    "hour*",
    "age",
    "upn",
    "id",
    "ref",
    "reference",
    "ni",
    "dbs",
    "qualif*",
    "salary",
    "pay*",
    "title",
    "nation*",
    "middle",
    "photo*",
    "consent*",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "sen*",
    "health",
    "nhs",
    "sibling*",
    "invoice*",
    "balance",
    "deposit",
    "attend*",
    "day",
    "days",
    "line",
    "row",
    "nr",
    "vaccin*",
    "immun*",
    "collect*",
    "first aid",
    "training",
    "contract*",
    "line manager",
    "password",
    "initials",
    "status",
];

/// Where the headings stand, among the first rows.
#[must_use]
pub fn find(rows: &[Row]) -> Option<usize> {
    let weigh = |row: &Row| {
        let filled: Vec<&String> = row.cells.iter().filter(|cell| !cell.is_empty()).collect();
        let value = |cell: &&&String| cell.contains('@') || starts_as_value(cell);
        if filled.iter().any(|cell| value(&cell)) {
            return 0;
        }
        let known = filled.iter().filter(|cell| is_known(cell)).count();
        if known * 2 >= filled.len() {
            return known;
        }
        // Words above columns of days and addresses are headings, even unknown ones.
        known.min(1) * above_values(rows, row)
    };
    let alone = rows.iter().all(|row| row.cells.len() == 1);
    let mut best = None;
    for (place, row) in rows.iter().take(12).enumerate() {
        let weight = weigh(row);
        let enough = weight >= 2 || (weight == 1 && (alone || place == 0));
        if enough && best.is_none_or(|(_, other)| weight > other) {
            best = Some((place, weight));
        }
    }
    best.map(|(place, _)| place)
}

/// In how many columns a row of words stands above days, numbers or addresses.
fn above_values(rows: &[Row], head: &Row) -> usize {
    let is_value = |cell: &str| cell.contains('@') || starts_as_value(cell);
    let below = |place: usize| {
        let cells = rows.iter().filter(|row| row.number > head.number);
        let cells: Vec<&String> = cells
            .filter_map(|row| row.cells.get(place))
            .filter(|cell| !cell.is_empty())
            .take(20)
            .collect();
        let values = cells.iter().filter(|cell| is_value(cell)).count();
        values > 0 && values * 2 >= cells.len()
    };
    let words = head.cells.iter().enumerate();
    let words = words.filter(|(_, cell)| !cell.is_empty() && !is_value(cell));
    words.filter(|(place, _)| below(*place)).count()
}

fn starts_as_value(cell: &str) -> bool {
    cell.starts_with(|letter: char| letter.is_ascii_digit() || letter == '+')
}

fn is_known(heading: &str) -> bool {
    let said = read(heading);
    (said.what.is_some() || said.left_out) && words(heading).len() <= 6
}

/// The words of a heading, in small letters: "parentEmail" are two.
#[must_use]
pub fn words(heading: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut before = ' ';
    for letter in heading.chars() {
        if letter == '\'' || letter == '’' {
            continue;
        }
        let digit = letter.is_ascii_digit() && before.is_alphabetic();
        if (letter.is_uppercase() && before.is_lowercase()) || digit {
            plain.push(' ');
        }
        plain.push(if letter.is_alphanumeric() {
            letter
        } else {
            ' '
        });
        before = letter;
    }
    plain
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Whether some words hold a phrase; a star at the end of it stands for any end of the word.
fn holds(words: &[String], phrase: &str) -> bool {
    let parts: Vec<&str> = phrase.split(' ').collect();
    words.windows(parts.len()).any(|some| {
        some.iter()
            .zip(&parts)
            .all(|(word, part)| match part.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == part,
            })
    })
}

fn any(words: &[String], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| holds(words, phrase))
}

/// Reads a heading.
#[must_use]
pub fn read(heading: &str) -> Said {
    let words = words(heading);
    let mut said = Said {
        what: what(&words),
        ..Said::default()
    };
    whom(&words, &mut said);
    let team = [
        "staff*",
        "employee*",
        "job",
        "payroll",
        "colleague*",
        "dbs",
        "contract*",
        "ni",
    ];
    said.is_team = any(&words, &team);
    let address = holds(&words, "address*") && said.what != Some(What::Email);
    let out = any(&words, LEFT_OUT) && !any(&words, &["job title", "first day", "last day"]);
    let kept = matches!(
        said.what,
        Some(What::Email | What::Phone | What::Born | What::Since | What::Relation)
    );
    let never = any(
        &words,
        &[
            "key person",
            "key worker",
            "keyworker",
            "keyperson",
            "doctor*",
            "gp",
            "dbs",
            "middle",
        ],
    );
    said.left_out = address || never || (out && !kept);
    if said.left_out {
        said.what = None;
    } else if said.what.is_none() && (said.child.is_some() || said.is_team) {
        said.what = Some(What::Name);
    }
    said
}

fn what(words: &[String]) -> Option<What> {
    let all: &[(What, &[&str])] = &[
        (What::Responsibility, &["responsibility", "pr"]),
        (What::Relation, &["relation*"]),
        (What::Email, &["email*", "e mail", "mail"]),
        (
            What::Phone,
            &[
                "phone*",
                "tel",
                "telephone*",
                "mobile*",
                "cell",
                "landline",
                "contact number",
                "contact no",
            ],
        ),
        (What::Born, &["dob", "birth*", "born", "d o b"]),
        (
            What::Left,
            &[
                "last day",
                "end date",
                "leaving*",
                "leave*",
                "left",
                "until",
                "finish*",
                "last date",
                "end",
            ],
        ),
        (
            What::Since,
            &[
                "start*",
                "joined",
                "joining",
                "admission*",
                "admitted",
                "since",
                "commenced",
                "first day",
                "date from",
                "first date",
            ],
        ),
        (
            What::Group,
            &[
                "role", "job*", "position", "type", "category", "post", "capacity",
            ],
        ),
        (What::Room, &["room*", "class*", "base"]),
        (
            What::Last,
            &[
                "surname*",
                "last",
                "family",
                "lname",
                "second name",
                "sname",
            ],
        ),
        (
            What::First,
            &[
                "first*",
                "forename*",
                "given",
                "christian",
                "fname",
                "preferred",
                "known as",
            ],
        ),
        (What::Name, &["name*", "full"]),
        (What::Room, &["group"]),
    ];
    let found = all.iter().find(|(_, phrases)| any(words, phrases));
    found.map(|(what, _)| *what)
}

fn whom(words: &[String], said: &mut Said) {
    let adults: &[(&str, Relation, &[&str])] = &[
        ("grand", Relation::Grandparent, &["grand*", "nan", "gran"]),
        ("step", Relation::StepParent, &["step*"]),
        ("foster", Relation::FosterCarer, &["foster*"]),
        ("guardian", Relation::Guardian, &["guardian*"]),
        (
            "mother",
            Relation::Parent,
            &["mother*", "mum*", "mam", "mom*"],
        ),
        ("father", Relation::Parent, &["father*", "dad*"]),
        ("parent", Relation::Parent, &["parent*"]),
        ("carer", Relation::Other, &["carer*"]),
        ("emergency", Relation::Other, &["emergency"]),
        ("contact", Relation::Other, &["contact", "contacts"]),
        ("adult", Relation::Other, &["adult*"]),
    ];
    if any(words, &["child*", "pupil*", "kid*", "son", "daughter"]) {
        said.child = Some(true);
    }
    let number_like = any(
        words,
        &[
            "contact number",
            "contact no",
            "contact email",
            "contact phone",
            "contact details",
        ],
    );
    for (label, relation, phrases) in adults {
        let own = *label != "contact" || !number_like;
        if any(words, phrases)
            && own
            && said.what != Some(What::Responsibility)
            && said.child.is_none()
        {
            said.child = Some(false);
            said.label = Some((*label).to_owned());
            said.relation = Some(*relation);
            break;
        }
    }
    if any(
        words,
        &[
            "staff*",
            "employee*",
            "colleague*",
            "volunteer*",
            "trustee*",
        ],
    ) && said.child.is_none()
    {
        said.child = Some(false);
        said.label = Some("staff".to_owned());
    }
    let numbers: &[(u8, &[&str])] = &[
        (1, &["1", "one", "primary", "main", "p1", "c1"]),
        (2, &["2", "two", "second", "secondary", "other", "p2", "c2"]),
        (3, &["3", "three", "third", "p3", "c3"]),
        (4, &["4", "four", "fourth"]),
    ];
    let found = numbers.iter().find(|(_, phrases)| any(words, phrases));
    said.number = found.map(|(number, _)| *number);
    if any(words, &["p1", "p2", "p3"]) && said.child.is_none() {
        said.child = Some(false);
        said.label = Some("parent".to_owned());
        said.relation = Some(Relation::Parent);
    }
}
