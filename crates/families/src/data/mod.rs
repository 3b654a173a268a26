//! What is kept about people and how it ends: holds that stop erasure, and erasure itself, by
//! destroying the key under which everything about a person is sealed.

pub mod acts;
pub mod controls;
pub mod entries;
pub mod pages;
pub mod register;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "data",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
