//! Facts about the place.

use crate::spine::entry::{Entry as AnyEntry, Shape, Written, now};
use kernel::{
    calendar::Nation,
    moment::{Date, date_in_words},
};
use serde::{Deserialize, Serialize};

/// A fact about the place.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// What the setting is called and how it is reached.
    Described(Described),
    /// When a term begins and ends.
    TermSet(TermSet),
    /// A term was taken out.
    TermRemoved {
        /// Its first day.
        first: Date,
    },
    /// When the setting is closed.
    Closed(Closed),
    /// A closure was taken out.
    ClosureRemoved(ClosureRemoved),
}

/// What the setting is called and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// The nation whose law and bank holidays apply.
    pub nation: Nation,
    /// What kind of setting it is, in its own words.
    #[serde(default)]
    pub kind: String,
    /// Its telephone number.
    #[serde(default)]
    pub phone: String,
    /// Its email address.
    #[serde(default)]
    pub email: String,
    /// Its postal address.
    #[serde(default)]
    pub address: String,
}

/// When a term begins and ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermSet {
    /// "Autumn term 2026".
    pub name: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// When the setting is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why.
    pub why: String,
}

/// A closure was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosureRemoved {
    /// The first day that was closed.
    pub first: Date,
    /// The last day that was closed.
    pub last: Date,
}

#[derive(Serialize, Deserialize)]
struct TermRemoved {
    first: Date,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Described(fact) => Written::of("place.described", 1, fact),
            Entry::TermSet(fact) => Written::of("place.term-set", 1, fact),
            Entry::TermRemoved { first } => {
                Written::of("place.term-removed", 1, &TermRemoved { first: *first })
            }
            Entry::Closed(fact) => Written::of("place.closed", 1, fact),
            Entry::ClosureRemoved(fact) => Written::of("place.closure-removed", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Described(fact) => format!("described the setting as {}", fact.name),
            Entry::TermSet(fact) => format!(
                "set {} to run from {} to {}",
                fact.name,
                date_in_words(fact.first),
                date_in_words(fact.last)
            ),
            Entry::TermRemoved { first } => {
                format!("took out the term that begins on {}", date_in_words(*first))
            }
            Entry::Closed(fact) => format!(
                "recorded that the setting is closed from {} to {} ({})",
                date_in_words(fact.first),
                date_in_words(fact.last),
                fact.why
            ),
            Entry::ClosureRemoved(fact) => format!(
                "took out that the setting is closed from {} to {}",
                date_in_words(fact.first),
                date_in_words(fact.last)
            ),
        }
    }
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "place.described",
        1,
        |body| now(body).map(|fact| AnyEntry::Place(Entry::Described(fact))),
        r#"{"name":"Larkrise Preschool","nation":"england","kind":"preschool","phone":"01632 960 001","email":"office@larkrise.example","address":""}"#,
    ),
    Shape::new(
        "place.term-set",
        1,
        |body| now(body).map(|fact| AnyEntry::Place(Entry::TermSet(fact))),
        r#"{"name":"Autumn term 2026","first":"2026-09-03","last":"2026-12-18"}"#,
    ),
    Shape::new(
        "place.term-removed",
        1,
        |body| {
            now::<TermRemoved>(body)
                .map(|fact| AnyEntry::Place(Entry::TermRemoved { first: fact.first }))
        },
        r#"{"first":"2026-09-03"}"#,
    ),
    Shape::new(
        "place.closed",
        1,
        |body| now(body).map(|fact| AnyEntry::Place(Entry::Closed(fact))),
        r#"{"first":"2026-05-22","last":"2026-05-22","why":"staff training"}"#,
    ),
    Shape::new(
        "place.closure-removed",
        1,
        |body| now(body).map(|fact| AnyEntry::Place(Entry::ClosureRemoved(fact))),
        r#"{"first":"2026-05-22","last":"2026-05-22"}"#,
    ),
];
