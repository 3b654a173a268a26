//! Scenarios, named as sentences.

mod abuse;
