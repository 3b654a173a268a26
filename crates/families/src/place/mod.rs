//! The place: what the setting is called, where in the United Kingdom it is, how it is reached,
//! and its calendar of terms and closures. No controls of its own; read by all.

pub mod acts;
pub mod entries;
pub mod pages;
pub mod register;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "place",
    controls: &[],
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
