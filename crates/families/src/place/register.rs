//! How the place stands: what it is called, how it is reached, its calendar.

use super::entries::{Described, Entry};
use crate::spine::setting::At;
use kernel::calendar::{Calendar, Closure, Term};
use serde::{Deserialize, Serialize};

/// The place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    described: Option<Described>,
    calendar: Calendar,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, _at: At<'_>) {
        match entry {
            Entry::Described(fact) => {
                self.calendar.nation = fact.nation;
                self.described = Some(fact.clone());
            }
            Entry::TermSet(fact) => {
                self.calendar.terms.retain(|term| term.first != fact.first);
                self.calendar.terms.push(Term {
                    name: fact.name.clone(),
                    first: fact.first,
                    last: fact.last,
                });
                self.calendar.terms.sort_by_key(|term| term.first);
            }
            Entry::TermRemoved { first } => self.calendar.terms.retain(|term| term.first != *first),
            Entry::Closed(fact) => self.calendar.closures.push(Closure {
                first: fact.first,
                last: fact.last,
                why: fact.why.clone(),
            }),
            Entry::ClosureRemoved(fact) => self
                .calendar
                .closures
                .retain(|one| one.first != fact.first || one.last != fact.last),
        }
    }

    /// What the setting is called.
    #[must_use]
    pub fn name(&self) -> &str {
        self.described
            .as_ref()
            .map_or("This setting", |described| described.name.as_str())
    }

    /// What the setting said of itself.
    #[must_use]
    pub fn described(&self) -> Option<&Described> {
        self.described.as_ref()
    }

    /// Its calendar.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }
}
