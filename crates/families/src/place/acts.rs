//! What can be asked for about the place.

use super::entries::{Closed, ClosureRemoved, Described, Entry, TermSet};
use crate::spine::{
    act::{Case, no},
    entry::Entry as AnyEntry,
    permit::Need,
};
use kernel::{
    calendar::{Calendar, Nation, Term},
    moment::Date,
    ruling::Mistake,
};

/// The longest term, in days.
const TERM_DAYS_MAX: i32 = 200;
/// The longest closure, in days.
const CLOSED_DAYS_MAX: i32 = 400;
/// The most terms that are kept.
const TERMS_MAX: usize = 100;
/// The most closures that are kept.
const CLOSURES_MAX: usize = 500;

/// What can be asked for about the place.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Say what the setting is called and how it is reached.
    Describe(Described),
    /// Say when a term begins and ends.
    SetTerm(TermSet),
    /// Take a term out again.
    RemoveTerm {
        /// The first day of the term.
        first: Date,
    },
    /// Say when the setting is closed apart from weekends and bank holidays.
    Close(Closed),
    /// Take a closure out again.
    RemoveClosure {
        /// The first closed day.
        first: Date,
        /// The last closed day.
        last: Date,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Describe(_) => "place.describe",
            Act::SetTerm(_) => "place.set-term",
            Act::RemoveTerm { .. } => "place.remove-term",
            Act::Close(_) => "place.close",
            Act::RemoveClosure { .. } => "place.remove-closure",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        Need::management()
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let calendar = case.setting.place.calendar();
        let entry = match self {
            Act::Describe(described) => {
                if case.setting.place.described() == Some(described) {
                    return no(
                        "name",
                        "This is what is kept already. There is nothing to change",
                    );
                }
                Entry::Described(described.clone())
            }
            Act::SetTerm(term) => set_term(term, calendar)?,
            Act::RemoveTerm { first } => {
                if !calendar.terms.iter().any(|term| term.first == *first) {
                    return no("first", "There is no term that begins on this day");
                }
                Entry::TermRemoved { first: *first }
            }
            Act::Close(closed) => {
                check_span(closed.first, closed.last, CLOSED_DAYS_MAX)?;
                if calendar
                    .closures
                    .iter()
                    .any(|one| one.first == closed.first && one.last == closed.last)
                {
                    return no("first", "This closure is recorded already");
                }
                if calendar.closures.len() >= CLOSURES_MAX {
                    return no(
                        "first",
                        "There are too many closures. Take out old ones first",
                    );
                }
                Entry::Closed(closed.clone())
            }
            Act::RemoveClosure { first, last } => {
                if !calendar
                    .closures
                    .iter()
                    .any(|one| one.first == *first && one.last == *last)
                {
                    return no(
                        "first",
                        "The setting is not recorded as closed on just these days",
                    );
                }
                Entry::ClosureRemoved(ClosureRemoved {
                    first: *first,
                    last: *last,
                })
            }
        };
        Ok(vec![AnyEntry::Place(entry)])
    }
}

fn set_term(term: &TermSet, calendar: &Calendar) -> Result<Entry, Vec<Mistake>> {
    check_span(term.first, term.last, TERM_DAYS_MAX)?;
    let overlaps = |other: &&Term| {
        other.first != term.first && other.first <= term.last && term.first <= other.last
    };
    if let Some(other) = calendar.terms.iter().find(overlaps) {
        return no(
            "first",
            format!(
                "These days lie in {} too. Choose days that no other term has",
                other.name
            ),
        );
    }
    if calendar.terms.len() >= TERMS_MAX {
        return no("first", "There are too many terms. Take out old ones first");
    }
    Ok(Entry::TermSet(term.clone()))
}

fn check_span(first: Date, last: Date, days_max: i32) -> Result<(), Vec<Mistake>> {
    let days = first.until(last).map_or(0, |span| span.get_days());
    if last < first {
        return Err(vec![Mistake::at(
            "last",
            "The last day is before the first day. Choose a later last day",
        )]);
    }
    if days > days_max {
        return Err(vec![Mistake::at(
            "last",
            format!("This is longer than {days_max} days. Check the dates"),
        )]);
    }
    Ok(())
}

/// The nations to choose from: key and words.
pub const NATIONS: &[(&str, &str)] = &[
    ("england", "England"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("northern-ireland", "Northern Ireland"),
];

/// The key of a nation.
#[must_use]
pub fn nation_key(nation: Nation) -> &'static str {
    match nation {
        Nation::England => "england",
        Nation::Wales => "wales",
        Nation::Scotland => "scotland",
        Nation::NorthernIreland => "northern-ireland",
    }
}

/// Reads a nation by its key.
#[must_use]
pub fn nation(key: &str) -> Option<Nation> {
    match key {
        "england" => Some(Nation::England),
        "wales" => Some(Nation::Wales),
        "scotland" => Some(Nation::Scotland),
        "northern-ireland" => Some(Nation::NorthernIreland),
        _ => None,
    }
}
