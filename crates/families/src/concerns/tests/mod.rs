//! Scenarios, named as sentences.

mod case;
mod categories;
mod report;
mod unseen;
