//! What stands in a case: the report, and what is written down after it.

use super::kinds::Kind;
use crate::spine::act::Person;
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A report, as it was given. All of it is sealed under the key of the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What happened, in the reporter's words.
    pub what: String,
    /// What it is about.
    #[serde(default)]
    pub kind: Kind,
    /// Whether somebody is in danger now.
    #[serde(default)]
    pub danger: bool,
    /// The children whom it is about.
    #[serde(default)]
    pub children: Vec<Person>,
    /// Whom it is about, in words.
    #[serde(default)]
    pub about: String,
    /// The adult whose behaviour it is about.
    #[serde(default)]
    pub adult: Option<Person>,
    /// Their names when it was reported: a case tells whom it is about for as long as it is kept,
    /// also when a list that they came with was undone or their own record was erased.
    #[serde(default)]
    pub names: BTreeMap<u32, String>,
    /// When it happened, as far as it is known.
    #[serde(default)]
    pub day: Option<Date>,
    /// How sure that is: `exact`, `about`, `told`.
    #[serde(default)]
    pub sure: String,
    /// Where.
    #[serde(default)]
    pub place: String,
    /// What the child said, in the child's own words.
    #[serde(default)]
    pub said: String,
    /// What the reporter thinks about it, apart from what happened.
    #[serde(default)]
    pub opinion: String,
    /// Where on the body marks were seen.
    #[serde(default)]
    pub marks: Vec<String>,
    /// The device.
    #[serde(default)]
    pub device: String,
    /// The address on the web; never what is found there.
    #[serde(default)]
    pub address: String,
    /// At what time, as far as it is known, in the reporter's words.
    #[serde(default)]
    pub time: String,
    /// The name of somebody who has not signed in, if they give it.
    #[serde(default)]
    pub reporter: String,
    /// How that person can be reached, if they say it.
    #[serde(default)]
    pub reach: String,
    /// When it was written, where it had to wait on a device until there was a way to send it.
    #[serde(default)]
    pub written: Option<Moment>,
    /// Whether a child told it with pictures.
    #[serde(default)]
    pub pictures: bool,
}

/// What sort of thing is written down in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Something seen or known.
    Fact,
    /// What somebody thinks.
    Opinion,
    /// What somebody said, word for word.
    Said,
    /// A decision with its reason, also not to act.
    Decision,
    /// An agency was told.
    Agency,
    /// Advice was sought.
    Advice,
    /// Parents were told, or why not.
    Parents,
    /// The child's wishes and feelings, how they weighed, what the child was told.
    Voice,
    /// The case was talked over after its end.
    Debrief,
}

/// What is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The words.
    pub words: String,
    /// More about it, by name: `reason`, `agency`, `reference`.
    #[serde(default)]
    pub more: BTreeMap<String, String>,
}

impl Sort {
    /// As a heading in the chronology.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Sort::Fact => "Seen or known",
            Sort::Opinion => "Opinion",
            Sort::Said => "Said, word for word",
            Sort::Decision => "Decision",
            Sort::Agency => "Agency told",
            Sort::Advice => "Advice",
            Sort::Parents => "Parents and carers",
            Sort::Voice => "The child’s voice",
            Sort::Debrief => "Talked over",
        }
    }
}

/// The names of what a note has more, and their labels.
pub const MORE: &[(&str, &str)] = &[
    ("reason", "Reason"),
    ("refer", "Referred"),
    ("agency", "Agency"),
    ("who", "Spoken to"),
    ("reference", "Reference"),
    ("answer", "Answer"),
    ("threshold", "Threshold applied"),
    ("told", "Told"),
    ("decided-by", "Decided by"),
    ("weighed", "How it weighed"),
    ("told-back", "What the child was told"),
    (
        "first-written",
        "Moved here from another case; first written by",
    ),
    ("elsewhere", "From another setting"),
    ("elsewhere-by", "Written there by"),
    ("elsewhere-at", "Written there"),
];

impl Note {
    /// A note with these words.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Note {
        Note {
            words: words.into(),
            more: BTreeMap::new(),
        }
    }

    /// The same with one thing more; nothing when it is empty.
    #[must_use]
    pub fn with(mut self, name: &str, words: impl Into<String>) -> Note {
        let words = words.into();
        if !words.is_empty() {
            self.more.insert(name.to_owned(), words);
        }
        self
    }
}
