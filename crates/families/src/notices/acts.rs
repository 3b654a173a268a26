//! What can be asked for about how people are told.

use crate::spine::{act::Case, entry::Entry as AnyEntry, permit::Need};
use kernel::ruling::Mistake;

/// What can be asked for about how people are told.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match *self {}
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match *self {}
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, _case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        match *self {}
    }
}
