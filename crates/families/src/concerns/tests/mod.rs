//! Scenarios, named as sentences.

mod case;
mod categories;
mod committee;
mod low_level;
mod mandatory_report;
mod papers;
mod report;
mod telling;
mod transfer;
mod unseen;
