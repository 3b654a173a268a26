//! Today: the home page of each role. Everything that is owed to the policy, in order of urgency,
//! with owner, due date, the clause that it comes from, and the button that does it. It keeps
//! nothing of its own; no controls.

mod pages;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "today",
    controls: &[],
    shapes: &[],
    pages: pages::PAGES,
    forms: &[],
};
