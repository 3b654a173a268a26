//! Accounts, passwords and signing in: who may use the program, and when they did. Password hashes
//! and user names are sealed; sessions themselves are running matters and not in the ledger.

pub mod acts;
pub mod administrators;
pub mod controls;
pub mod entries;
pub mod exceptions;
pub mod looks;
pub mod pages;
pub mod register;
pub mod strength;
pub mod tasks;
#[cfg(test)]
mod tests;

use crate::families::Family;
use administrators::administering;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "access",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
