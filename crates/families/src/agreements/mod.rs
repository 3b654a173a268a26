//! Agreements: what each group of people has to read and sign before they use anything; what a
//! new starter is shown; and what families agree to at events.

pub mod acts;
pub mod asks;
pub mod bound;
pub mod controls;
pub mod entries;
pub mod events;
pub mod induction;
pub mod pages;
pub mod pictures;
pub mod register;
#[cfg(test)]
mod tests;
pub mod texts;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "agreements",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
