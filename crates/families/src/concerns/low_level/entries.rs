//! Facts about low-level concerns.

use crate::{roles::role::Role, spine::act::Person};
use kernel::{moment::Date, sealed::Private};
use serde::{Deserialize, Serialize};

/// A fact about low-level concerns.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody told of one.
    Told(Told),
    /// It was decided what comes of it.
    Decided(Decided),
    /// It was looked at whether it is still kept.
    Reviewed(Reviewed),
}

/// Somebody told of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its number, among those of low-level concerns.
    pub case: u32,
    /// Whom it is about, who never sees it.
    pub about: Person,
    /// What was seen or heard.
    pub words: Private<Words>,
    /// Who sees it.
    pub roles: Vec<Role>,
    /// Only those see it who held their role before it was told: it is about somebody who could
    /// give a friend one.
    #[serde(default)]
    pub guarded: bool,
}

/// What was seen or heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// In the words of who tells it.
    pub what: String,
    /// When it was.
    #[serde(default)]
    pub day: Option<Date>,
    /// Where, and what was going on.
    #[serde(default)]
    pub context: String,
    /// The name of whom it is about, as it was then.
    #[serde(default)]
    pub name: String,
    /// Whether they told it of themselves.
    #[serde(default)]
    pub own: bool,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Nothing more is done.
    #[default]
    NoFurther,
    /// The person is advised, trained or watched over.
    Advice,
    /// It is more than low-level, by itself or with others: it became a case.
    Raised,
}

/// It was decided what comes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Its number.
    pub case: u32,
    /// What comes of it.
    pub outcome: Outcome,
    /// Why, or what was advised.
    pub why: Private,
    /// The case that it became.
    #[serde(default)]
    pub became: Option<u32>,
}

/// It was looked at whether it is still kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Its number.
    pub case: u32,
    /// Until when it is kept on; `None`: it is no longer needed.
    pub keep: Option<Date>,
    /// Why.
    pub why: Private,
}

impl Outcome {
    /// All of them, for forms: key and label.
    pub const KEYS: &'static [(&'static str, &'static str)] = &[
        ("no-further", "No further action"),
        ("advice", "Advice, training or closer supervision"),
        ("raised", "It is more than low-level: open a case"),
    ];

    /// With this key.
    #[must_use]
    pub fn from_key(key: &str) -> Outcome {
        match key {
            "advice" => Outcome::Advice,
            "raised" => Outcome::Raised,
            _ => Outcome::NoFurther,
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Outcome::NoFurther => "No further action",
            Outcome::Advice => "Advice, training or closer supervision",
            Outcome::Raised => "Became a case",
        }
    }
}

impl Entry {
    /// What happened. Only who sees it sees the line at all.
    #[must_use]
    pub fn in_words(&self) -> String {
        let number = self.case() % super::super::matter::EACH;
        match self {
            Entry::Told(_) => format!("told of low-level concern {number}"),
            Entry::Decided(fact) => format!(
                "decided on low-level concern {number}: {}",
                fact.outcome.in_words().to_lowercase()
            ),
            Entry::Reviewed(_) => format!("looked at low-level concern {number} again"),
        }
    }

    /// Its number.
    #[must_use]
    pub fn case(&self) -> u32 {
        match self {
            Entry::Told(fact) => fact.case,
            Entry::Decided(fact) => fact.case,
            Entry::Reviewed(fact) => fact.case,
        }
    }
}
