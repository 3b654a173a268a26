//! Procedures: what to do, and what not to do, when something has happened. Sheets are data with
//! the day from which they bind and the nations they hold for (`spec/procedures`); a policy's own
//! steps are laid over them; a case works through them step by step, with clocks.
//!
//! Reading order: `sheet`, `limit`, `own`, `run`, `acts`, `entries`, `register`.

pub mod acts;
pub(crate) mod clocks;
pub mod controls;
pub mod entries;
pub mod limit;
mod owed;
pub mod own;
pub mod pages;
pub mod register;
pub mod run;
pub mod sheet;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "procedure",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};

pub(crate) use owed::owed;
