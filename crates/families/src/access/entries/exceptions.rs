//! Facts about exceptional access: asked for, agreed to by a second person, over, and looked at.

use crate::{
    roles::role::Role,
    spine::entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::sealed::Private;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about exceptional access.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Whoever made the entry asked for it.
    Asked(Asked),
    /// Whoever made the entry agreed: it begins.
    Agreed(Agreed),
    /// It was ended.
    Ended(Ended),
    /// Whoever made the entry looked at it afterwards.
    Seen(Seen),
}

/// Somebody asked for exceptional access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Its number.
    pub number: u32,
    /// In whose place.
    pub role: Role,
    /// Why.
    pub why: Private<String>,
    /// For how many minutes.
    pub minutes: u16,
}

/// A second person agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Its number.
    pub number: u32,
    /// For how many minutes from now.
    pub minutes: u16,
}

/// It was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Its number.
    pub number: u32,
}

/// Somebody looked at it afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its number.
    pub number: u32,
    /// In which roles.
    pub roles: Vec<Role>,
    /// What they found.
    pub says: Private<String>,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Asked(fact) => Written::of("access.exception-asked", 1, fact),
            Entry::Agreed(fact) => Written::of("access.exception-agreed", 1, fact),
            Entry::Ended(fact) => Written::of("access.exception-ended", 1, fact),
            Entry::Seen(fact) => Written::of("access.exception-seen", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Asked(fact) => format!(
                "asked for exceptional access number {} in the place of the {}, for {} minutes",
                fact.number,
                fact.role.in_words(),
                fact.minutes
            ),
            Entry::Agreed(fact) => format!(
                "agreed to exceptional access number {} for {} minutes",
                fact.number, fact.minutes
            ),
            Entry::Ended(fact) => format!("ended exceptional access number {}", fact.number),
            Entry::Seen(fact) => {
                format!(
                    "looked at what exceptional access number {} was used for",
                    fact.number
                )
            }
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::Exception(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 4] = [
    Shape::new(
        "access.exception-asked",
        1,
        |body| of(body, Entry::Asked),
        r#"{"number":1,"role":"lead","why":{"of":"person:7","sealed":"AAAA"},"minutes":60}"#,
    ),
    Shape::new(
        "access.exception-agreed",
        1,
        |body| of(body, Entry::Agreed),
        r#"{"number":1,"minutes":60}"#,
    ),
    Shape::new(
        "access.exception-ended",
        1,
        |body| of(body, Entry::Ended),
        r#"{"number":1}"#,
    ),
    Shape::new(
        "access.exception-seen",
        1,
        |body| of(body, Entry::Seen),
        r#"{"number":1,"roles":["lead"],"says":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
];
