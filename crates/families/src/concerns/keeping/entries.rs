//! Facts about the end of keeping. That a case has been kept long enough stands in the clear only from
//! the day on which it has: before that, the day would say of what kind it is.

use crate::spine::{act::Person, entry::Written};
use kernel::{
    moment::{Date, date_in_words},
    sealed::Private,
};
use serde::{Deserialize, Serialize};

/// A fact about the end of keeping.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// The clock looked which cases have been kept long enough.
    LookedThrough(LookedThrough),
    /// A case has been kept long enough, and is to be looked at.
    Over(Over),
    /// It is kept on.
    KeptOn(KeptOn),
    /// Somebody asks to let something go.
    Asked(Asked),
    /// A second person agreed: its key is destroyed because of this entry.
    LetGo(LetGo),
    /// A hold was set on a case.
    Held(Held),
    /// It was lifted.
    Lifted(Lifted),
}

/// The clock looked which cases have been kept long enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedThrough {
    /// The first day of the month for which it looked.
    pub month: Date,
}

/// A case has been kept long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// The case.
    pub case: u32,
}

/// It is kept on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptOn {
    /// The case.
    pub case: u32,
    /// Until when; then it is looked at again.
    pub until: Date,
    /// On what ground, and why.
    pub why: Private<Why>,
}

/// On what ground something is kept on, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// What it rests on, as it was chosen.
    pub basis: String,
    /// Why, in words.
    pub words: String,
}

/// On what ground something is let go. It stays in the clear, so nobody types it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// It has been kept long enough, and nobody needs it any more.
    #[default]
    LongEnough,
    /// Who has the child now keeps the file, and has confirmed that they have it.
    KeptElsewhere,
}

/// Somebody asks to let something go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The case, or the low-level concern.
    pub case: u32,
    /// On what ground.
    pub ground: Ground,
    /// Why; it goes with the rest.
    pub why: Private,
}

/// A second person agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetGo {
    /// The case, or the low-level concern.
    pub case: u32,
    /// On what ground.
    pub ground: Ground,
    /// Who asked for it.
    #[serde(default)]
    pub asked_by: Option<Person>,
}

/// A hold was set on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The case.
    pub case: u32,
    /// Why.
    pub why: Private,
    /// The day on which it is looked at again.
    pub review: Date,
}

/// A hold was lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifted {
    /// The case.
    pub case: u32,
    /// Why.
    pub why: Private,
}

impl Ground {
    /// All of them, for forms: key and label.
    pub const KEYS: &'static [(&'static str, &'static str)] = &[
        (
            "long-enough",
            "It has been kept long enough, and nobody needs it any more",
        ),
        (
            "kept-elsewhere",
            "The setting or school where the child is now keeps the file, and has confirmed it",
        ),
    ];

    /// With this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Ground> {
        match key {
            "long-enough" => Some(Ground::LongEnough),
            "kept-elsewhere" => Some(Ground::KeptElsewhere),
            _ => None,
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Ground::LongEnough => "It was kept long enough, and nobody needed it any more",
            Ground::KeptElsewhere => "The setting or school where the child went keeps the file",
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::LookedThrough(fact) => Written::of("concerns.keeping-looked-through", 1, fact),
            Entry::Over(fact) => Written::of("concerns.keeping-over", 1, fact),
            Entry::KeptOn(fact) => Written::of("concerns.kept-on", 1, fact),
            Entry::Asked(fact) => Written::of("concerns.letting-go-asked", 1, fact),
            Entry::LetGo(fact) => Written::of("concerns.let-go", 1, fact),
            Entry::Held(fact) => Written::of("concerns.held", 1, fact),
            Entry::Lifted(fact) => Written::of("concerns.hold-lifted", 1, fact),
        }
    }

    /// The case, or the low-level concern; 0: none.
    #[must_use]
    pub fn case(&self) -> u32 {
        match self {
            Entry::LookedThrough(_) => 0,
            Entry::Over(fact) => fact.case,
            Entry::KeptOn(fact) => fact.case,
            Entry::Asked(fact) => fact.case,
            Entry::LetGo(fact) => fact.case,
            Entry::Held(fact) => fact.case,
            Entry::Lifted(fact) => fact.case,
        }
    }

    /// In a few words. Only who is on the case sees the line at all.
    #[must_use]
    pub fn in_words(&self) -> String {
        let number = self.case();
        let what = match super::super::matter::is_case(number) {
            true => format!("case {number}"),
            false => format!("low-level concern {}", number % super::super::matter::EACH),
        };
        match self {
            Entry::LookedThrough(_) => "looked which cases have been kept long enough".to_owned(),
            Entry::Over(_) => format!("found that {what} has been kept long enough"),
            Entry::KeptOn(fact) => format!("keeps {what} until {}", date_in_words(fact.until)),
            Entry::Asked(_) => format!("asked to let {what} go"),
            Entry::LetGo(_) => format!("let {what} go: nobody can read it any more"),
            Entry::Held(fact) => format!(
                "set a hold on {what}, until it is looked at on {}",
                date_in_words(fact.review)
            ),
            Entry::Lifted(_) => format!("lifted the hold on {what}"),
        }
    }
}
