//! Facts about how people are told.

use crate::spine::entry::{Shape, Written};

/// A fact about how people are told.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match *self {}
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match *self {}
    }
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[];
