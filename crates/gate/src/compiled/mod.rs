//! The compiled file: every name of every list, with its categories and the lines that put it
//! there, made once and never changed. docs/decisions/compiled-list.md has the form of its bytes.

mod build;
mod code;
mod layout;
mod mapped;
mod model;
mod open;
mod served;

pub use build::{Builder, Ready, Survey};
pub use open::{Compiled, Found, Hit, Origin};
pub use served::Served;

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The most categories of one file.
pub const CATEGORIES_MAX: usize = 64;

/// The most lists of one file.
pub const LISTS_MAX: usize = 4096;

/// What is illegal for everybody is the first category of every file, whether or not it has names.
pub const ILLEGAL: &str = "illegal";

/// The category `illegal`, as a set.
pub const ILLEGAL_ONLY: Categories = Categories(1);

/// A set of categories: one bit each, in the order of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Categories(pub u64);

impl Categories {
    /// None of them.
    pub const NONE: Categories = Categories(0);

    /// One category by its number.
    #[must_use]
    pub fn one(number: usize) -> Categories {
        let bit = u32::try_from(number)
            .ok()
            .and_then(|at| 1_u64.checked_shl(at));
        Categories(bit.unwrap_or(0))
    }

    /// Those of either.
    #[must_use]
    pub fn and(self, others: Categories) -> Categories {
        Categories(self.0 | others.0)
    }

    /// Those of both.
    #[must_use]
    pub fn within(self, others: Categories) -> Categories {
        Categories(self.0 & others.0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Their numbers, in order.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        (0..CATEGORIES_MAX).filter(move |at| !self.within(Categories::one(*at)).is_empty())
    }
}

/// A list whose names are in the file: where it is from, on what terms, and how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// What people call it.
    pub name: String,
    /// What its names are.
    pub category: String,
    /// On what terms it may be used, as the list or whoever added it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Who is to be named for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// How many names it has, each counted once.
    #[serde(default)]
    pub names: u64,
}

/// What the file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Names of the categories, in the order of their bits.
    pub categories: Vec<String>,
    /// Its lists, in the order of their numbers.
    pub lists: Vec<List>,
    /// Some names of each list as they were added, in the same order: what the trial asks for. They
    /// do not go the way of the others, so a mistake in that is noticed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Vec<String>>,
}

/// Why a file of lists can't be made or used. The one before stays in use.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file system said no.
    #[error("{doing} {}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// It is not one, or not whole.
    #[error("{} can't be used: {why}", path.display())]
    Broken {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        why: &'static str,
    },
    /// More than a file can hold.
    #[error("too much for one file: {0}")]
    TooMuch(&'static str),
}

impl FileError {
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> FileError {
        let path = path.to_path_buf();
        move |source| FileError::Io {
            doing,
            path,
            source,
        }
    }
}

/// A part of the file that is not as it was written. Whoever asks treats the name as closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file of lists is damaged")]
pub struct Damaged;
