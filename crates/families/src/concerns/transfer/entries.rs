//! Facts about files that move. Words are sealed under the key of the case that they belong to, or
//! under a key of the transfer’s own while it is no case yet.

use super::content::{From, Parents, To};
use crate::{roles::role::Role, spine::act::Person};
use kernel::{kept::Kept, moment::Date, sealed::Private};
use serde::{Deserialize, Serialize};

/// A fact about files that move.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// It was looked whether files have to move, because children have left.
    LookedRound(LookedRound),
    /// A file has to move.
    Owed(Owed),
    /// No file moves.
    NotNeeded(NotNeeded),
    /// A file was sent.
    Sent(Box<Sent>),
    /// A wrong code was tried at its link.
    Tried(Tried),
    /// It was fetched.
    Fetched(Fetched),
    /// It was confirmed that it has arrived.
    Confirmed(Confirmed),
    /// It was called back.
    Withdrawn(Withdrawn),
    /// A file came in.
    Arrived(Box<Arrived>),
    /// It became a case.
    TakenIn(TakenIn),
    /// It was turned away.
    TurnedAway(Withdrawn),
    /// A case came from elsewhere.
    CameFrom(CameFrom),
}

/// It was looked whether files have to move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedRound {
    /// The children who were looked for, and their last days.
    pub left: Vec<(Person, Date)>,
}

/// A file has to move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// The case.
    pub case: u32,
    /// The last day.
    pub due: Date,
}

/// No file moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotNeeded {
    /// The case.
    pub case: u32,
    /// Why.
    pub why: Private,
}

/// A file was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Its number, among those of files that move.
    pub case: u32,
    /// The cases that are in it.
    pub cases: Vec<u32>,
    /// The child, to whom, and what was decided about it.
    pub says: Private<Says>,
    /// The file as it is fetched: closed to the receiver.
    pub file: Kept,
    /// The digest of what is in it: which file it is.
    pub name: String,
    /// SHA-256 of the code that opens the link.
    pub gate: String,
    /// SHA-256 of the secret in the link.
    pub link: String,
    /// What is kept of the words of the receipt.
    pub receipt: String,
    /// The key that has to sign the receipt, where the receiver has one.
    #[serde(default)]
    pub signs: Option<String>,
    /// The last day of the link.
    pub until: Date,
    /// The day by which it has to be confirmed.
    pub due: Date,
}

/// The child, to whom, and what was decided about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    /// The child.
    pub child: Person,
    /// The name of the child.
    pub name: String,
    /// To whom.
    pub to: To,
    /// Whether parents know.
    pub parents: Parents,
    /// What the receiver was told before the file.
    pub at_once: String,
    /// The secret in the link.
    pub link: String,
}

/// A wrong code was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Its number.
    pub case: u32,
}

/// It was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// Its number.
    pub case: u32,
}

/// It was confirmed that it has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Its number.
    pub case: u32,
    /// Who confirmed it, in their words.
    pub by: Private,
    /// The name of the key that signed the receipt.
    #[serde(default)]
    pub signed: Option<String>,
}

/// It was called back, or turned away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Its number.
    pub case: u32,
    /// Why.
    pub why: Private,
}

/// A file came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Its number.
    pub case: u32,
    /// The digest of what is in it.
    pub name: String,
    /// The key that signed it.
    pub key: String,
    /// What it is.
    pub about: Private<About>,
    /// What it says.
    pub content: Kept,
    /// What else is in it.
    pub files: Vec<Inside>,
    /// Who sees it.
    pub roles: Vec<Role>,
}

/// What a file is that came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The setting that it says that it is from.
    pub from: From,
    /// Who sent it.
    pub sent_by: String,
    /// The child.
    pub child: String,
    /// The child’s date of birth.
    #[serde(default)]
    pub born: Option<Date>,
    /// What is to be known at once.
    pub at_once: String,
    /// Whether parents know.
    pub parents: Parents,
    /// How many cases, notes and files.
    pub counts: [usize; 3],
    /// The words of the receipt.
    pub receipt: String,
}

/// A file in one that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// What it is.
    pub title: Private,
    /// The number of the case there.
    pub of: u32,
    /// The file.
    pub file: Kept,
}

/// It became a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Its number.
    pub case: u32,
    /// The cases.
    pub into: Vec<u32>,
}

/// A case came from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameFrom {
    /// The case here.
    pub case: u32,
    /// What it was there.
    pub origin: Private<Origin>,
    /// The lines of the ledger there that are taken in.
    pub taken: Vec<u64>,
}

/// What a case was elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The key of that setting.
    pub key: String,
    /// The setting.
    pub setting: String,
    /// Its number there.
    pub number: u32,
    /// Its reference there.
    pub reference: String,
    /// When it was reported there.
    pub reported: String,
    /// By whom.
    #[serde(default)]
    pub by: Option<String>,
    /// Its line in the ledger there.
    pub entry: u64,
}

impl Entry {
    /// What happened. Only who is on it sees the line, but for looking round, which says nothing.
    #[must_use]
    pub fn in_words(&self) -> String {
        let number = self.case() % super::super::matter::EACH;
        match self {
            Entry::LookedRound(_) => {
                "looked whether files of children who have left have to move on".to_owned()
            }
            Entry::Owed(_) => format!("found that the file of case {number} has to move on"),
            Entry::NotNeeded(_) => format!("wrote down why no file of case {number} moves on"),
            Entry::Sent(_) => format!("sent file {number} to the next setting"),
            Entry::Tried(_) => format!("tried a wrong code at the link of file {number}"),
            Entry::Fetched(_) => format!("fetched file {number}"),
            Entry::Confirmed(_) => format!("confirmed that file {number} has arrived"),
            Entry::Withdrawn(_) => format!("called file {number} back"),
            Entry::Arrived(_) => format!("took in file {number} to look at it"),
            Entry::TakenIn(_) => format!("made a case of file {number}"),
            Entry::TurnedAway(_) => format!("turned file {number} away"),
            Entry::CameFrom(_) => format!("wrote down where case {number} came from"),
        }
    }

    /// The number of the case or file; 0: of none.
    #[must_use]
    pub fn case(&self) -> u32 {
        match self {
            Entry::LookedRound(_) => 0,
            Entry::Owed(fact) => fact.case,
            Entry::NotNeeded(fact) => fact.case,
            Entry::Sent(fact) => fact.case,
            Entry::Tried(fact) => fact.case,
            Entry::Fetched(fact) => fact.case,
            Entry::Confirmed(fact) => fact.case,
            Entry::Withdrawn(fact) | Entry::TurnedAway(fact) => fact.case,
            Entry::Arrived(fact) => fact.case,
            Entry::TakenIn(fact) => fact.case,
            Entry::CameFrom(fact) => fact.case,
        }
    }
}
