//! People, their families and rooms. No controls of its own; read by all. Names, dates of birth and
//! ways to reach people are sealed under the key of the person that they are about.

pub mod acts;
pub mod entries;
pub mod group;
pub mod import;
pub mod pages;
pub mod records;
pub mod register;
pub mod tasks;
#[cfg(test)]
mod tests;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "people",
    controls: &[],
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
