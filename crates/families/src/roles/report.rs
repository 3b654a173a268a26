//! The oversight report: what is frozen when it is made, and the document that it becomes. Page,
//! paper and spreadsheet come from the same value. No child's name is in it.

pub mod document;
mod events;
pub mod facts;
