//! Scenarios, named as sentences.

mod resources;
