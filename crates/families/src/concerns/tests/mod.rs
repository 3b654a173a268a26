//! Scenarios, named as sentences.

mod case;
mod report;
mod unseen;
