//! Concerns: from the first word to the end of the case. Anybody can report a worry; it reaches
//! whoever is meant to know and nobody else; the case keeps what is seen, said, decided and done.
//! A case is sealed under a key of its own, and is not there at all for who is not on it.

pub mod acts;
pub mod circle;
pub mod controls;
pub mod entries;
pub mod handed;
pub mod index;
pub mod keeping;
pub mod kinds;
pub mod low_level;
pub mod matter;
pub mod note;
pub mod once;
pub mod own_duty;
pub mod pages;
pub mod papers;
pub mod register;
pub mod retention;
pub mod tally;
#[cfg(test)]
pub(crate) mod tests;
pub mod transfer;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "concerns",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};

/// The ids of the clauses that brought a control into force.
fn clause_ids(from: &crate::spine::control::Standpoint<'_>) -> Vec<String> {
    let clauses = from.bound.clauses.iter();
    clauses.map(|clause| clause.id.clone()).collect()
}
