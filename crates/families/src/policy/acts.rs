//! What can be asked for about the policy.

use super::{
    document::Document,
    entries::{Adopted, Entry},
};
use crate::spine::{act::Case, entry::Entry as AnyEntry, permit::Need, setting::Setting};
use kernel::ruling::Mistake;

/// What can be asked for about the policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Adopt a document as the policy.
    Adopt(Box<Document>),
}

impl Act {
    /// Adopts a document as it is: the first policy of a setting that has agreed on it already.
    #[must_use]
    pub fn adopt_at_once(document: Document) -> Act {
        Act::Adopt(Box::new(document))
    }

    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Adopt(_) => "policy.adopt",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, _setting: &Setting) -> Need {
        Need::management()
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let Act::Adopt(document) = self;
        let wrong = document.faults();
        if !wrong.is_empty() {
            return Err(wrong.into_iter().map(|says| Mistake::new(says)).collect());
        }
        let number = case
            .setting
            .policy
            .adopted()
            .map_or(1, |last| last.number.saturating_add(1));
        Ok(vec![AnyEntry::Policy(Entry::Adopted(Box::new(Adopted {
            number,
            document: (**document).clone(),
        })))])
    }
}
