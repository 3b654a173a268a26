//! The policy itself: its words, how it came about, who agreed to it, who has read it, how each
//! clause stands, and what happens when it is not kept.

pub mod acts;
pub mod approver;
pub mod asks;
pub mod choices;
pub mod controls;
pub mod difference;
pub mod document;
pub mod draft;
pub mod entries;
pub mod pages;
pub mod register;
pub mod risks;
pub mod templates;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "policy",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
