//! Facts about where help is found.

use super::help::Help;
use crate::spine::entry::{Entry as AnyEntry, Shape, Written};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about where help is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody who helps is in the directory, as said here.
    HelpKept(Box<Kept>),
    /// It is given out no longer.
    HelpRemoved(Removed),
    /// Somebody has looked: number and address are still right.
    HelpConfirmed(Confirmed),
    /// The program has looked whether an address answers, and it is not as before.
    LinkLooked(LinkLooked),
}

/// Somebody who helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Who, what for, how to reach them.
    pub help: Help,
}

/// Given out no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Its name in the directory.
    pub id: String,
}

/// Still right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Their names in the directory.
    pub ids: Vec<String>,
}

/// Whether an address answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkLooked {
    /// The name in the directory.
    pub id: String,
    /// Whether it answered.
    pub answers: bool,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::HelpKept(fact) => Written::of("education.help-kept", 1, fact),
            Entry::HelpRemoved(fact) => Written::of("education.help-removed", 1, fact),
            Entry::HelpConfirmed(fact) => Written::of("education.help-confirmed", 1, fact),
            Entry::LinkLooked(fact) => Written::of("education.link-looked", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::HelpKept(fact) => {
                format!("put {} into the help directory", fact.help.name)
            }
            Entry::HelpRemoved(fact) => format!("took {} out of the help directory", fact.id),
            Entry::HelpConfirmed(fact) => {
                format!(
                    "looked at {} of the help directory: still right",
                    fact.ids.len()
                )
            }
            Entry::LinkLooked(fact) if fact.answers => {
                format!("found that the address of {} answers again", fact.id)
            }
            Entry::LinkLooked(fact) => {
                format!("found that the address of {} does not answer", fact.id)
            }
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Education)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "education.help-kept",
        1,
        |body| of(body, |fact| Entry::HelpKept(Box::new(fact))),
        r#"{"help":{"id":"local-1","name":"Advice line of our area","aka":[],"is_for":"Worries about a child.","topics":["abuse"],"who":["parents","staff"],"phone":"01632 960 200","hours":"Weekdays","site":"","nations":[]}}"#,
    ),
    Shape::new(
        "education.help-removed",
        1,
        |body| of(body, Entry::HelpRemoved),
        r#"{"id":"local-1"}"#,
    ),
    Shape::new(
        "education.help-confirmed",
        1,
        |body| of(body, Entry::HelpConfirmed),
        r#"{"ids":["childline"]}"#,
    ),
    Shape::new(
        "education.link-looked",
        1,
        |body| of(body, Entry::LinkLooked),
        r#"{"id":"childline","answers":false}"#,
    ),
];
