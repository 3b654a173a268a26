//! Reads policies: documents become clauses, and each clause gets the controls that it seems to speak of.
//!
//! Reading order: `reading` (what comes out), `document` (files in), `layout` (lines to blocks),
//! `clauses` (blocks to clauses), `meaning` (clauses to controls), `values` (what a clause chooses).

mod clauses;
mod document;
mod layout;
pub mod learned;
pub mod limits;
pub mod meaning;
pub mod reading;
pub mod unreadable;
mod values;

use learned::Learned;
use limits::Limits;
use meaning::Knowledge;
use reading::Reading;
use unreadable::Unreadable;

/// Reads a document: its name as the person gave it, its bytes, what was learned in this setting, and the bounds.
///
/// # Errors
/// When it can't be read; the error says why and what to do.
pub fn read(
    name: &str,
    bytes: &[u8],
    learned: &Learned,
    limits: &Limits,
) -> Result<Reading, Unreadable> {
    read_with(Knowledge::shipped(), name, bytes, learned, limits)
}

/// As [`read`], with knowledge of one's own: to measure on policies that the shipped one has seen.
///
/// # Errors
/// When it can't be read; the error says why and what to do.
pub fn read_with(
    knowledge: &Knowledge,
    name: &str,
    bytes: &[u8],
    learned: &Learned,
    limits: &Limits,
) -> Result<Reading, Unreadable> {
    let document = document::open(name, bytes, limits)?;
    Ok(clauses::of(knowledge, document, learned, limits))
}
