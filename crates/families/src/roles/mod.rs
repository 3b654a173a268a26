//! Who leads, what each role answers for, how the committee is kept informed, and whether the
//! leads have the time and means.

pub mod acts;
pub mod bearer;
pub mod contacts;
pub mod controls;
pub mod entries;
pub mod holding;
pub mod lists;
pub mod pages;
pub mod reading;
pub mod register;
pub mod report;
pub mod role;
pub mod since;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "roles",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
