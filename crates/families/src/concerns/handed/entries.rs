//! Facts about reports for the committee.

use crate::spine::entry::Written;
use kernel::sealed::Private;
use serde::{Deserialize, Serialize};

/// A report was handed to the committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// Its number.
    pub number: u32,
    /// What it says, as it was read through.
    pub words: Private,
}

impl Handed {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        Written::of("concerns.handed-to-committee", 1, self)
    }

    /// In a few words.
    #[must_use]
    pub fn in_words(&self) -> String {
        "handed a report about concerns to the committee".to_owned()
    }
}
