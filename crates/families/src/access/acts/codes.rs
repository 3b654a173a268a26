//! What can be asked for about codes for choosing a password. A code for somebody who leads, or who
//! watches over those who do, opens what its giver may not see: it waits for a second person, or for
//! three days in which everybody concerned is told and can stop it. So a small setting is not
//! locked out, and nobody signs in as the chair unnoticed.

use crate::{
    access::{
        administrators::{WEIGHTY, is_weighty},
        entries::{
            CodeGiven, Entry as AccessEntry,
            codes::{Asked, Entry, Whose},
        },
        register::codes::Waiting,
    },
    people::group::Group,
    spine::{
        act::{Case, Person, Who, no},
        entry::Entry as AnyEntry,
        permit::Need,
    },
};
use kernel::ruling::Mistake;

/// How long a code waits that nobody agrees to, in hours.
pub const WAIT_HOURS: i64 = 72;

/// What can be asked for about a code that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Agree to it as a second person.
    Agree {
        /// Whose.
        person: Person,
    },
    /// Stop it.
    Stop {
        /// Whose.
        person: Person,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Agree { .. } => "access.agree-code",
            Act::Stop { .. } => "access.stop-code",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Agree { .. } => agreeing(),
            Act::Stop { person } => stopping(*person),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let entry = match self {
            Act::Agree { person } => {
                let waits = waiting(*person, case)?;
                if case.person() == waits.by || case.person() == Some(*person) {
                    return no(
                        "person",
                        "It takes a second person: not the one who asked, and not the one whom the code is for",
                    );
                }
                Entry::Agreed(Whose { person: *person })
            }
            Act::Stop { person } => {
                waiting(*person, case)?;
                Entry::Stopped(Whose { person: *person })
            }
        };
        Ok(vec![AnyEntry::Access(AccessEntry::Code(entry))])
    }
}

/// Who agrees: those who lead and those who watch over them, with a second step.
#[must_use]
pub(in crate::access) fn agreeing() -> Need {
    Need::Proven(Box::new(Need::Holds(WEIGHTY.to_vec())))
}

/// Who stops it: any of them, and whoever it is for.
#[must_use]
pub(in crate::access) fn stopping(person: Person) -> Need {
    let oneself = Need::AllOf(vec![
        Need::Oneself(person),
        Need::AnyOf(vec![Need::Team, Need::Of(vec![Group::Committee])]),
    ]);
    Need::AnyOf(vec![Need::Holds(WEIGHTY.to_vec()), oneself])
}

fn waiting<'a>(person: Person, case: &Case<'a>) -> Result<&'a Waiting, Vec<Mistake>> {
    match case.setting.access.waiting_code(person, case.today) {
        Some(waits) => Ok(waits),
        None => no("person", "No code waits for this person any more"),
    }
}

/// A new code for somebody who has an account, or whose account is opened anew.
pub(super) fn give(person: Person, code: &str, case: &Case<'_>) -> AccessEntry {
    let (code, until) = (code.to_owned(), super::until(case));
    // Whoever keeps the machine reads everything anyway.
    if case.who.who == Who::Keeper || !is_weighty(case.setting, person, case.today) {
        return AccessEntry::CodeGiven(CodeGiven {
            person,
            code,
            until,
        });
    }
    AccessEntry::Code(Entry::Asked(Asked {
        person,
        code,
        from: case.now.plus_hours(WAIT_HOURS),
        until,
    }))
}
