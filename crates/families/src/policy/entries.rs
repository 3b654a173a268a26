//! Facts about the policy.

use super::document::Document;
use crate::spine::entry::{Entry as AnyEntry, Shape, Written};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about the policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A version was adopted.
    Adopted(Box<Adopted>),
}

/// A version was adopted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// The version, from 1.
    pub number: u32,
    /// Its words.
    pub document: Document,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Adopted(fact) => Written::of("policy.adopted", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Adopted(fact) => format!("adopted version {} of the policy", fact.number),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Policy)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[Shape::new(
    "policy.adopted",
    1,
    |body| of(body, |fact| Entry::Adopted(Box::new(fact))),
    r#"{"number":1,"document":{"policy":{"title":"Online safety policy"},"clause":[{"id":"a","section":"Who leads","text":"The manager leads.","controls":["roles.leads"],"values":{"roles":["manager"]}}]}}"#,
)];
