//! Education: where everybody finds help. The rest of this family comes with what it needs:
//! teaching about online safety, parents' evenings, children's activities.

pub mod acts;
pub mod controls;
pub mod entries;
pub mod help;
pub mod pages;
pub mod register;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "education",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
