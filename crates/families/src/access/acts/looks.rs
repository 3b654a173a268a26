//! Recording that somebody looked at what is protected, took it along, or was refused. The program
//! asks for it when a page was shown; nobody can ask for it by a form.

use crate::{
    access::entries::{
        Entry as AccessEntry,
        looks::{Entry, How, Look, Record},
    },
    spine::{act::Case, entry::Entry as AnyEntry, permit::Need},
};
use kernel::ruling::Mistake;

/// Record a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// At what.
    pub record: Record,
    /// As what it was shown.
    pub how: How,
    /// Whether it was refused, or nothing was there.
    pub refused: bool,
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        "access.record-look"
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        Need::SignedIn
    }

    /// What comes of it; nothing when the same look was recorded just before.
    ///
    /// # Errors
    /// Nobody has signed in.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let person = super::myself(case)?;
        let entry = self.entry();
        if case
            .setting
            .access
            .looks()
            .is_known(person, &entry, case.now)
        {
            return Ok(Vec::new());
        }
        Ok(vec![AnyEntry::Access(AccessEntry::Look(entry))])
    }

    /// The fact that it would be.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let look = Look {
            record: self.record.clone(),
            how: self.how,
        };
        match (self.refused, self.how) {
            (true, _) => Entry::Refused(look),
            (false, How::Page) => Entry::Looked(look),
            (false, How::Pdf | How::Csv | How::File) => Entry::Downloaded(look),
        }
    }
}
