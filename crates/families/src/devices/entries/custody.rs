//! Facts about the custody of a device that may hold evidence. Where it hangs on a case, all that is
//! said is sealed under the key of the case, and the line is there for who is on the case only.

use super::of;
use crate::spine::{
    act::Person,
    entry::{Shape, Written},
    permit::Need,
};
use kernel::sealed::Private;
use serde::{Deserialize, Serialize};

/// A fact about custody.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A device was secured.
    Begun(Begun),
    /// It was given on.
    Passed(Passed),
    /// Whoever it was given to has it.
    Received(Of),
    /// The police said what may be done with it.
    Advised(Advised),
    /// Somebody asks for its release.
    ReleaseAsked(ReleaseAsked),
    /// A second person released it.
    Ended(Of),
}

/// A device was secured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The number of the custody record.
    pub custody: u32,
    /// The device.
    pub device: u32,
    /// The case that it hangs on.
    #[serde(default)]
    pub case: Option<u32>,
    /// What was written down.
    pub note: Private<Note>,
}

/// What was written down when a device was secured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Why it was secured.
    pub why: String,
    /// Where it is locked away.
    pub place: String,
    /// The number on the seal.
    pub seal: String,
    /// How it was found: on, off, not known.
    #[serde(default)]
    pub found: String,
    /// From whom or where it was taken.
    #[serde(default)]
    pub taken_from: String,
}

/// It was given on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// The custody record.
    pub custody: u32,
    /// The case.
    #[serde(default)]
    pub case: Option<u32>,
    /// To whom here; nobody: to somebody from outside, whose signature is in the words.
    #[serde(default)]
    pub to: Option<Person>,
    /// What was written down.
    pub note: Private<Handing>,
}

/// What was written down when it was given on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handing {
    /// Where it is from now on.
    pub place: String,
    /// The number on the seal.
    pub seal: String,
    /// Whether the seal was whole.
    #[serde(default)]
    pub whole: bool,
    /// The name of whoever took it, from outside.
    #[serde(default)]
    pub name: String,
    /// Their force or body, and their number there.
    #[serde(default)]
    pub body: String,
    /// The number of the receipt that they gave.
    #[serde(default)]
    pub receipt: String,
    /// Their name as they signed it.
    #[serde(default)]
    pub signed: String,
}

/// Of this custody record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// The custody record.
    pub custody: u32,
    /// The case.
    #[serde(default)]
    pub case: Option<u32>,
}

/// The police said what may be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advised {
    /// The custody record.
    pub custody: u32,
    /// The case.
    #[serde(default)]
    pub case: Option<u32>,
    /// Whether it may be released.
    pub allows: bool,
    /// What they said.
    pub note: Private<Advice>,
}

/// What the police said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// What they said, as they said it.
    pub words: String,
    /// Who said it: name, number, force.
    pub who: String,
    /// Their reference.
    #[serde(default)]
    pub reference: String,
}

/// Somebody asks for its release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseAsked {
    /// The custody record.
    pub custody: u32,
    /// The case.
    #[serde(default)]
    pub case: Option<u32>,
    /// Why, and what happens to the device.
    pub why: Private<String>,
}

impl Entry {
    /// The custody record and the case.
    #[must_use]
    pub fn of(&self) -> (u32, Option<u32>) {
        match self {
            Entry::Begun(fact) => (fact.custody, fact.case),
            Entry::Passed(fact) => (fact.custody, fact.case),
            Entry::Received(fact) | Entry::Ended(fact) => (fact.custody, fact.case),
            Entry::Advised(fact) => (fact.custody, fact.case),
            Entry::ReleaseAsked(fact) => (fact.custody, fact.case),
        }
    }

    /// Who may see the line: who is on the case; without a case, who may see the record, and whoever
    /// did it.
    #[must_use]
    pub fn need(&self, by: Option<Person>) -> Need {
        let mut needs = match self.of() {
            (_, Some(case)) => return Need::OnCase(case),
            (custody, None) => vec![Need::Secured(custody)],
        };
        needs.extend(by.map(Need::Oneself));
        Need::AnyOf(needs)
    }

    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Begun(fact) => Written::of("devices.custody-begun", 1, fact),
            Entry::Passed(fact) => Written::of("devices.custody-passed", 1, fact),
            Entry::Received(fact) => Written::of("devices.custody-received", 1, fact),
            Entry::Advised(fact) => Written::of("devices.custody-advised", 1, fact),
            Entry::ReleaseAsked(fact) => Written::of("devices.custody-release-asked", 1, fact),
            Entry::Ended(fact) => Written::of("devices.custody-ended", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        let (custody, _) = self.of();
        match self {
            Entry::Begun(fact) => {
                format!("secured device {}, custody record {custody}", fact.device)
            }
            Entry::Passed(fact) => match fact.to {
                Some(person) => {
                    format!(
                        "gave on what is in custody record {custody} to {}",
                        person.mark()
                    )
                }
                None => {
                    format!("gave what is in custody record {custody} to somebody from outside")
                }
            },
            Entry::Received(_) => format!("took over what is in custody record {custody}"),
            Entry::Advised(_) => {
                format!("wrote down what the police said on custody record {custody}")
            }
            Entry::ReleaseAsked(_) => {
                format!("asked to release what is in custody record {custody}")
            }
            Entry::Ended(_) => format!("released what is in custody record {custody}"),
        }
    }
}

fn custody(make: Entry) -> super::Entry {
    super::Entry::Custody(make)
}

pub(super) const BEGUN: Shape = Shape::new(
    "devices.custody-begun",
    1,
    |body| of(body, |fact| custody(Entry::Begun(fact))),
    r#"{"custody":1,"device":2,"case":3,"note":{"of":"case:3","sealed":"AAAA"}}"#,
);
pub(super) const PASSED: Shape = Shape::new(
    "devices.custody-passed",
    1,
    |body| of(body, |fact| custody(Entry::Passed(fact))),
    r#"{"custody":1,"case":3,"to":7,"note":{"of":"case:3","sealed":"AAAA"}}"#,
);
pub(super) const RECEIVED: Shape = Shape::new(
    "devices.custody-received",
    1,
    |body| of(body, |fact| custody(Entry::Received(fact))),
    r#"{"custody":1,"case":3}"#,
);
pub(super) const ADVISED: Shape = Shape::new(
    "devices.custody-advised",
    1,
    |body| of(body, |fact| custody(Entry::Advised(fact))),
    r#"{"custody":1,"case":null,"allows":true,"note":{"of":"custody:1","sealed":"AAAA"}}"#,
);
pub(super) const RELEASE_ASKED: Shape = Shape::new(
    "devices.custody-release-asked",
    1,
    |body| of(body, |fact| custody(Entry::ReleaseAsked(fact))),
    r#"{"custody":1,"case":3,"why":{"of":"case:3","sealed":"AAAA"}}"#,
);
pub(super) const ENDED: Shape = Shape::new(
    "devices.custody-ended",
    1,
    |body| of(body, |fact| custody(Entry::Ended(fact))),
    r#"{"custody":1,"case":3}"#,
);
