//! Scenarios, named as sentences.
