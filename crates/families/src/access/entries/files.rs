//! Facts about files that people keep for themselves: kept, given to others, changed, removed, and
//! that a manager asked for them with a reason.

use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
    permit::Need,
};
use kernel::{kept::Kept, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{fmt, str::FromStr};

/// A file of somebody: its owner, and its number among the owner's own. So a number never tells how
/// many files others have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct File {
    /// Whose.
    pub owner: Person,
    /// Which of theirs.
    pub number: u32,
}

/// A fact about files.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody kept a file.
    Kept(Box<FileKept>),
    /// Its owner gave it to somebody.
    Shared(FileShared),
    /// Its owner took that back.
    Unshared(FileUnshared),
    /// Whoever made the entry put another file in its place.
    Replaced(Box<FileReplaced>),
    /// Its owner removed it.
    Removed(FileRemoved),
    /// Whoever made the entry asked for somebody's files.
    Asked(FilesAsked),
}

/// Somebody kept a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileKept {
    /// Which it is.
    #[serde(flatten)]
    pub file: File,
    /// The file itself.
    pub kept: Kept,
    /// What its owner notes about it.
    #[serde(default)]
    pub note: Option<Private<String>>,
}

/// A file was given to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShared {
    /// Which.
    #[serde(flatten)]
    pub file: File,
    /// To whom.
    pub person: Person,
    /// Whether they may change it.
    pub change: bool,
}

/// A file is no longer given to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileUnshared {
    /// Which.
    #[serde(flatten)]
    pub file: File,
    /// To whom it was given.
    pub person: Person,
}

/// Another file took its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReplaced {
    /// Which.
    #[serde(flatten)]
    pub file: File,
    /// The file that it is now.
    pub kept: Kept,
}

/// A file was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRemoved {
    /// Which.
    #[serde(flatten)]
    pub file: File,
}

/// A manager asked for somebody's files, for the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilesAsked {
    /// Whose.
    pub owner: Person,
    /// Why.
    pub why: Private<String>,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.owner, self.number)
    }
}

/// This is not how a file is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFile;

impl FromStr for File {
    type Err = NoFile;

    fn from_str(words: &str) -> Result<File, NoFile> {
        let (owner, number) = words.split_once('-').ok_or(NoFile)?;
        let file = File {
            owner: Person(owner.parse().map_err(|_| NoFile)?),
            number: number.parse().map_err(|_| NoFile)?,
        };
        // One name for each file only.
        if file.to_string() == words {
            Ok(file)
        } else {
            Err(NoFile)
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Kept(fact) => Written::of("access.file-kept", 1, fact),
            Entry::Shared(fact) => Written::of("access.file-shared", 1, fact),
            Entry::Unshared(fact) => Written::of("access.file-unshared", 1, fact),
            Entry::Replaced(fact) => Written::of("access.file-replaced", 1, fact),
            Entry::Removed(fact) => Written::of("access.file-removed", 1, fact),
            Entry::Asked(fact) => Written::of("access.files-asked", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Kept(fact) => format!("kept file {}", fact.file),
            Entry::Shared(fact) => format!("gave file {} to {}", fact.file, fact.person.mark()),
            Entry::Unshared(fact) => {
                format!("took file {} back from {}", fact.file, fact.person.mark())
            }
            Entry::Replaced(fact) => format!("changed file {}", fact.file),
            Entry::Removed(fact) => format!("removed file {}", fact.file),
            Entry::Asked(fact) => {
                format!("asked to see the files of {}", fact.owner.mark())
            }
        }
    }

    /// Who may see the line, beside whoever made it: that somebody keeps a file is theirs to tell.
    /// That a manager asked for files is there for all who look through the ledger.
    #[must_use]
    pub fn need(&self, by: Option<Person>) -> Need {
        let (file, other) = match self {
            Entry::Kept(fact) => (fact.file, None),
            Entry::Shared(fact) => (fact.file, Some(fact.person)),
            Entry::Unshared(fact) => (fact.file, Some(fact.person)),
            Entry::Replaced(fact) => (fact.file, None),
            Entry::Removed(fact) => (fact.file, None),
            Entry::Asked(_) => return Need::Anyone,
        };
        let people = [Some(file.owner), by, other].into_iter().flatten();
        Need::AnyOf(people.map(Need::Oneself).collect())
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::File(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 6] = [
    Shape::new(
        "access.file-kept",
        1,
        |body| of(body, |fact| Entry::Kept(Box::new(fact))),
        r#"{"owner":7,"number":1,"kept":{"digest":"00ff","size":3,"sealed":{"of":"person:7","sealed":"AAAA"}},"note":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.file-shared",
        1,
        |body| of(body, Entry::Shared),
        r#"{"owner":7,"number":1,"person":8,"change":true}"#,
    ),
    Shape::new(
        "access.file-unshared",
        1,
        |body| of(body, Entry::Unshared),
        r#"{"owner":7,"number":1,"person":8}"#,
    ),
    Shape::new(
        "access.file-replaced",
        1,
        |body| of(body, |fact| Entry::Replaced(Box::new(fact))),
        r#"{"owner":7,"number":1,"kept":{"digest":"00ff","size":3,"sealed":{"of":"person:7","sealed":"AAAA"}}}"#,
    ),
    Shape::new(
        "access.file-removed",
        1,
        |body| of(body, Entry::Removed),
        r#"{"owner":7,"number":1}"#,
    ),
    Shape::new(
        "access.files-asked",
        1,
        |body| of(body, Entry::Asked),
        r#"{"owner":7,"why":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
];
