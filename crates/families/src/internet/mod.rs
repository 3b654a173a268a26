//! The internet with children: only while an adult has opened it, for a device or a room, with what
//! adults have looked at before; it closes by itself. And how many minutes a room spends with it.

pub mod acts;
pub mod controls;
pub mod engines;
pub mod entries;
pub mod names;
pub mod pages;
pub mod register;
#[cfg(test)]
pub(crate) mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "internet",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
