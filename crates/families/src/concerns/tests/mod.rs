//! Scenarios, named as sentences.

mod case;
pub(crate) mod cast;
mod categories;
mod committee;
mod keeping;
mod low_level;
mod mandatory_report;
mod papers;
mod report;
mod telling;
mod transfer;
mod unseen;
