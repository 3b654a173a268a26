//! Facts about keeping and erasing.

use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::{
    moment::{Date, date_in_words},
    sealed::Private,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about keeping and erasing.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A hold was set.
    Held(Held),
    /// A hold was lifted.
    Released(Released),
    /// What was kept about somebody is erased: the key is destroyed because of this entry.
    Erased(Erased),
}

/// A hold was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// About whom.
    pub person: Person,
    /// Why.
    pub why: Private<String>,
    /// The day on which it is looked at again.
    pub review: Date,
}

/// A hold was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// About whom.
    pub person: Person,
    /// Why.
    pub why: Private<String>,
}

/// Erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// About whom.
    pub person: Person,
    /// On what ground; no personal data.
    pub why: String,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Held(fact) => Written::of("data.held", 1, fact),
            Entry::Released(fact) => Written::of("data.released", 1, fact),
            Entry::Erased(fact) => Written::of("data.erased", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Held(fact) => format!(
                "set a hold on what is kept about {}, until it is looked at on {}",
                fact.person.mark(),
                date_in_words(fact.review)
            ),
            Entry::Released(fact) => format!(
                "lifted the hold on what is kept about {}",
                fact.person.mark()
            ),
            Entry::Erased(fact) => {
                format!(
                    "erased what was kept about person {} ({})",
                    fact.person.0, fact.why
                )
            }
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Data)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "data.held",
        1,
        |body| of(body, Entry::Held),
        r#"{"person":7,"why":{"of":"person:7","sealed":"AAAA"},"review":"2027-01-08"}"#,
    ),
    Shape::new(
        "data.released",
        1,
        |body| of(body, Entry::Released),
        r#"{"person":7,"why":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "data.erased",
        1,
        |body| of(body, Entry::Erased),
        r#"{"person":7,"why":"the time for keeping has ended"}"#,
    ),
];
