//! Facts about roles.

use super::role::Role;
use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::moment::Date;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about roles.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody holds a role.
    Given(Given),
    /// Somebody no longer holds a role.
    Ended(Ended),
}

/// Somebody holds a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// From which day.
    pub from: Date,
}

/// Somebody no longer holds a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which role.
    pub role: Role,
    /// Who.
    pub person: Person,
    /// The last day.
    pub last: Date,
}

/// The fact that somebody holds a role, for families that set one up.
#[must_use]
pub fn given(role: Role, person: Person, from: Date) -> AnyEntry {
    AnyEntry::Roles(Entry::Given(Given { role, person, from }))
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Given(fact) => Written::of("roles.given", 1, fact),
            Entry::Ended(fact) => Written::of("roles.ended", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Given(fact) => format!(
                "gave {} the role of {}",
                fact.person.mark(),
                fact.role.in_words()
            ),
            Entry::Ended(fact) => format!(
                "ended the role of {} for {}",
                fact.role.in_words(),
                fact.person.mark()
            ),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Roles)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "roles.given",
        1,
        |body| of(body, Entry::Given),
        r#"{"role":"lead","person":7,"from":"2026-09-01"}"#,
    ),
    Shape::new(
        "roles.ended",
        1,
        |body| of(body, Entry::Ended),
        r#"{"role":"lead","person":7,"last":"2026-12-18"}"#,
    ),
];
