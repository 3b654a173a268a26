//! What can be asked for about roles.

use super::{
    entries::{Ended, Entry, Given},
    role::Role,
};
use crate::spine::{
    act::{Case, Person},
    entry::Entry as AnyEntry,
    permit::Need,
    setting::Setting,
};
use kernel::{moment::Date, ruling::Mistake};

/// What can be asked for about roles.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Give a role to somebody.
    Give {
        /// Which role.
        role: Role,
        /// To whom.
        person: Person,
        /// From which day; today when `None`.
        from: Option<Date>,
    },
    /// End somebody's role.
    End {
        /// Which role.
        role: Role,
        /// Whose.
        person: Person,
        /// The last day; today when `None`.
        last: Option<Date>,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Give { .. } => "roles.give",
            Act::End { .. } => "roles.end",
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
        let entry = match self {
            Act::Give { role, person, from } => Entry::Given(Given {
                role: role.clone(),
                person: *person,
                from: from.unwrap_or(case.today),
            }),
            Act::End { role, person, last } => Entry::Ended(Ended {
                role: role.clone(),
                person: *person,
                last: last.unwrap_or(case.today),
            }),
        };
        Ok(vec![AnyEntry::Roles(entry)])
    }
}
