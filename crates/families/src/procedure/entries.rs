//! Facts about procedures at work. Which one it is and what was done is sealed under the key of
//! the case; in the clear stands only that something runs in a case, how much is left, and when
//! its clocks end.

use super::run::{Mark, Plan};
use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::{moment::Moment, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about procedures.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A procedure was begun in a case.
    Started(Started),
    /// Somebody said how a step stands.
    Marked(MarkMade),
    /// A second person agreed that a step is passed over.
    Agreed(Agreed),
    /// Somebody’s access was suspended.
    Suspended(Suspended),
    /// It was given back.
    Restored(Restored),
    /// The register of breaches was looked through.
    LookedThrough(LookedThrough),
    /// A clock is about to end.
    Near(Clock),
    /// A clock has ended.
    Ended(Clock),
}

/// How much is left after an entry, and what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// How many steps are not settled.
    pub steps: u32,
    /// When the next clock ends.
    #[serde(default)]
    pub next: Option<Moment>,
    /// Whether a second person has still to agree to something.
    #[serde(default)]
    pub second: bool,
    /// When each clock ends that runs, the first one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Moment>,
}

/// A clock of a procedure is about to end, or has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The case.
    pub case: u32,
    /// The procedure’s number in the case.
    pub run: u32,
    /// When it ends.
    pub ends: Moment,
}

/// A procedure was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// The case.
    pub case: u32,
    /// Its number in the case.
    pub run: u32,
    /// Which, and from when its clocks run.
    pub plan: Private<Plan>,
    /// What is left.
    pub left: Left,
}

/// Somebody said how a step stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkMade {
    /// The case.
    pub case: u32,
    /// The procedure’s number in the case.
    pub run: u32,
    /// The mark’s number in the procedure.
    pub mark: u32,
    /// Which step, and how it stands.
    pub says: Private<Mark>,
    /// What is left.
    pub left: Left,
}

/// A second person agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The case.
    pub case: u32,
    /// The procedure’s number in the case.
    pub run: u32,
    /// The mark’s number in the procedure.
    pub mark: u32,
    /// What is left.
    pub left: Left,
}

/// Somebody’s access was suspended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// The case.
    pub case: u32,
    /// Whose.
    pub person: Person,
    /// Why.
    pub why: Private,
}

/// It was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The case.
    pub case: u32,
    /// Whose.
    pub person: Person,
    /// Why.
    pub why: Private,
}

/// The register of breaches was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedThrough {
    /// What was found, without anybody’s name.
    pub found: String,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Started(fact) => Written::of("procedure.started", 1, fact),
            Entry::Marked(fact) => Written::of("procedure.marked", 1, fact),
            Entry::Agreed(fact) => Written::of("procedure.agreed", 1, fact),
            Entry::Suspended(fact) => Written::of("procedure.suspended", 1, fact),
            Entry::Restored(fact) => Written::of("procedure.restored", 1, fact),
            Entry::LookedThrough(fact) => Written::of("procedure.looked-through", 1, fact),
            Entry::Near(fact) => Written::of("procedure.clock-near", 1, fact),
            Entry::Ended(fact) => Written::of("procedure.clock-ended", 1, fact),
        }
    }

    /// What happened. Only who is on the case sees the line at all.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Started(fact) => format!("began a procedure in case {}", fact.case),
            Entry::Marked(fact) => {
                format!(
                    "said how a step of a procedure stands in case {}",
                    fact.case
                )
            }
            Entry::Agreed(fact) => {
                format!("agreed that a step is passed over in case {}", fact.case)
            }
            Entry::Suspended(fact) => {
                format!(
                    "suspended the access of {}, case {}",
                    fact.person.mark(),
                    fact.case
                )
            }
            Entry::Restored(fact) => {
                format!(
                    "gave {} access again, case {}",
                    fact.person.mark(),
                    fact.case
                )
            }
            Entry::LookedThrough(_) => "looked through the register of breaches".to_owned(),
            Entry::Near(fact) => format!("said that a clock is about to end, case {}", fact.case),
            Entry::Ended(fact) => format!("said that a clock has ended, case {}", fact.case),
        }
    }

    /// The case that it belongs to, where it belongs to one.
    #[must_use]
    pub fn case(&self) -> Option<u32> {
        match self {
            Entry::Started(fact) => Some(fact.case),
            Entry::Marked(fact) => Some(fact.case),
            Entry::Agreed(fact) => Some(fact.case),
            Entry::Suspended(fact) => Some(fact.case),
            Entry::Restored(fact) => Some(fact.case),
            Entry::Near(fact) | Entry::Ended(fact) => Some(fact.case),
            Entry::LookedThrough(_) => None,
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Procedure)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "procedure.started",
        1,
        |body| of(body, Entry::Started),
        r#"{"case":3,"run":1,"plan":{"of":"case:3","sealed":"AAAA"},"left":{"steps":12,"next":"2026-09-21T13:33:20Z","second":false}}"#,
    ),
    Shape::new(
        "procedure.marked",
        1,
        |body| of(body, Entry::Marked),
        r#"{"case":3,"run":1,"mark":1,"says":{"of":"case:3","sealed":"AAAA"},"left":{"steps":11,"next":null,"second":true}}"#,
    ),
    Shape::new(
        "procedure.agreed",
        1,
        |body| of(body, Entry::Agreed),
        r#"{"case":3,"run":1,"mark":1,"left":{"steps":11,"next":null,"second":false}}"#,
    ),
    Shape::new(
        "procedure.suspended",
        1,
        |body| of(body, Entry::Suspended),
        r#"{"case":3,"person":9,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "procedure.restored",
        1,
        |body| of(body, Entry::Restored),
        r#"{"case":3,"person":9,"why":{"of":"case:3","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "procedure.looked-through",
        1,
        |body| of(body, Entry::LookedThrough),
        r#"{"found":"Each is decided. The list of addresses is checked before it is sent."}"#,
    ),
    Shape::new(
        "procedure.clock-near",
        1,
        |body| of(body, Entry::Near),
        r#"{"case":3,"run":1,"ends":"2026-09-21T13:33:20Z"}"#,
    ),
    Shape::new(
        "procedure.clock-ended",
        1,
        |body| of(body, Entry::Ended),
        r#"{"case":3,"run":1,"ends":"2026-09-21T13:33:20Z"}"#,
    ),
];
