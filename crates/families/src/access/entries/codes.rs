//! Facts about new codes for accounts that open much: such a code waits for a second person, or
//! for its time.

use crate::{
    roles::role::Role,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about a code that waits.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody asked for a new code for somebody who leads or watches over those who do.
    Asked(Asked),
    /// A second person agreed: the code is good.
    Agreed(Whose),
    /// Somebody stopped it: the code is worth nothing.
    Stopped(Whose),
}

/// A code that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// For whom.
    pub person: Person,
    /// SHA-256 of the code, in hex.
    pub code: String,
    /// From when it is good without a second person.
    pub from: Moment,
    /// The last day on which it is good.
    pub until: Date,
}

/// Whose code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// Whose.
    pub person: Person,
}

/// Who is told besides whoever it is for.
const WATCHING: [Role; 6] = [
    Role::Manager,
    Role::DeputyManager,
    Role::Lead,
    Role::DeputyLead,
    Role::Chair,
    Role::NamedMember,
];

impl Entry {
    /// Whose account it is about.
    #[must_use]
    pub fn person(&self) -> Person {
        match self {
            Entry::Asked(fact) => fact.person,
            Entry::Agreed(fact) | Entry::Stopped(fact) => fact.person,
        }
    }

    /// Which others are told at once.
    #[must_use]
    pub fn told_to(&self) -> &'static [Role] {
        match self {
            Entry::Asked(_) | Entry::Agreed(_) => &WATCHING,
            Entry::Stopped(_) => &[],
        }
    }

    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Asked(fact) => Written::of("access.code-asked", 1, fact),
            Entry::Agreed(fact) => Written::of("access.code-agreed", 1, fact),
            Entry::Stopped(fact) => Written::of("access.code-stopped", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        let whose = self.person().mark();
        match self {
            Entry::Asked(_) => {
                format!("asked for a new code for {whose}, which waits for a second person")
            }
            Entry::Agreed(_) => format!("agreed to the new code for {whose}"),
            Entry::Stopped(_) => format!("stopped the new code for {whose}"),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::Code(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 3] = [
    Shape::new(
        "access.code-asked",
        1,
        |body| of(body, Entry::Asked),
        r#"{"person":7,"code":"00ff","from":"2026-09-04T09:00:00Z","until":"2026-09-15"}"#,
    ),
    Shape::new(
        "access.code-agreed",
        1,
        |body| of(body, Entry::Agreed),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.code-stopped",
        1,
        |body| of(body, Entry::Stopped),
        r#"{"person":7}"#,
    ),
];
