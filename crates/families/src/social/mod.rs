//! Social media and publicity: what staff do when somebody outside takes an interest. The rest of
//! this family comes with what it needs: official pages, declared ties, conduct.

mod controls;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "social",
    controls: controls::CONTROLS,
    shapes: &[],
    pages: &[],
    forms: &[],
};
