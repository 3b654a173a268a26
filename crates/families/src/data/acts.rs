//! What can be asked for about keeping and erasing.

use super::entries::{Entry, Erased, Held, Released};
use crate::spine::{
    act::{Case, Person, no},
    entry::Entry as AnyEntry,
    permit::Need,
};
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

/// What can be asked for about keeping and erasing.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Stop the erasure of what is kept about somebody.
    Hold {
        /// About whom.
        person: Person,
        /// Why.
        why: String,
        /// The day on which it is looked at again.
        review: Date,
    },
    /// Lift a hold.
    Release {
        /// About whom.
        person: Person,
        /// Why.
        why: String,
    },
    /// Erase what is kept about somebody who has left, for good.
    Erase {
        /// About whom.
        person: Person,
        /// On what ground: asked for, or the end of the time for keeping.
        why: String,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Hold { .. } => "data.hold",
            Act::Release { .. } => "data.release",
            Act::Erase { .. } => "data.erase",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Hold { .. } | Act::Release { .. } => Need::leadership(),
            Act::Erase { .. } => Need::management(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let data = &case.setting.data;
        let (Act::Hold { person, .. } | Act::Release { person, .. } | Act::Erase { person, .. }) =
            self;
        if !case.setting.people.is_known(*person) {
            return no("person", "There is no such person here");
        }
        if data.is_erased(*person) {
            return no("person", "What was kept about this person has been erased");
        }
        let entry = match self {
            Act::Hold { why, review, .. } => {
                if *review <= case.today {
                    return no(
                        "review",
                        "Choose a day in the future on which the hold is looked at again",
                    );
                }
                Entry::Held(Held {
                    person: *person,
                    why: case.seal_words(*person, why)?,
                    review: *review,
                })
            }
            Act::Release { why, .. } => {
                if data.hold(*person).is_none() {
                    return no("person", "There is no hold on this person");
                }
                Entry::Released(Released {
                    person: *person,
                    why: case.seal_words(*person, why)?,
                })
            }
            Act::Erase { why, .. } => {
                if let Some(hold) = data.hold(*person) {
                    return no(
                        "person",
                        format!(
                            "A hold stops erasure. It is looked at again on {}. Whoever leads on safeguarding can lift it",
                            date_in_words(hold.review)
                        ),
                    );
                }
                if case
                    .setting
                    .people
                    .last_day(*person)
                    .is_none_or(|last| case.today <= last)
                {
                    return no(
                        "person",
                        "This person has not left yet. Record the last day first",
                    );
                }
                Entry::Erased(Erased {
                    person: *person,
                    why: why.clone(),
                })
            }
        };
        Ok(vec![AnyEntry::Data(entry)])
    }
}
