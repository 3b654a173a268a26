//! What can be asked for about the place.

use super::entries::{Closed, Described, Entry, TermSet};
use crate::spine::{act::Case, entry::Entry as AnyEntry, permit::Need};
use kernel::{calendar::Nation, moment::Date, ruling::Mistake};

/// The longest term, in days.
const TERM_DAYS_MAX: i32 = 200;

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
        let entry = match self {
            Act::Describe(described) => Entry::Described(described.clone()),
            Act::SetTerm(term) => {
                check_span(term.first, term.last, TERM_DAYS_MAX)?;
                let overlaps = |other: &&kernel::calendar::Term| {
                    other.first != term.first
                        && other.first <= term.last
                        && term.first <= other.last
                };
                if let Some(other) = case.setting.place.calendar().terms.iter().find(overlaps) {
                    let says = format!(
                        "These days lie in {} too. Choose days that no other term has",
                        other.name
                    );
                    return Err(vec![Mistake::at("first", says)]);
                }
                Entry::TermSet(term.clone())
            }
            Act::RemoveTerm { first } => {
                let there = case
                    .setting
                    .place
                    .calendar()
                    .terms
                    .iter()
                    .any(|term| term.first == *first);
                if !there {
                    return Err(vec![Mistake::at(
                        "first",
                        "There is no term that begins on this day",
                    )]);
                }
                Entry::TermRemoved { first: *first }
            }
            Act::Close(closed) => {
                check_span(closed.first, closed.last, 400)?;
                Entry::Closed(closed.clone())
            }
        };
        Ok(vec![AnyEntry::Place(entry)])
    }
}

fn check_span(first: Date, last: Date, days_max: i32) -> Result<(), Vec<Mistake>> {
    let days = first.until(last).map_or(0, |span| span.get_days());
    if last < first {
        return Err(vec![Mistake::at(
            "last",
            "The last day must not be before the first day",
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
