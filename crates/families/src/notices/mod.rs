//! Notices: how people are told that something waits for them, by mail, on their devices and in
//! their calendars. A notice never says what it is about: that is read after signing in.

pub mod acts;
pub mod address;
pub mod calendar;
pub mod chase;
pub mod entries;
pub mod notice;
pub mod pages;
pub mod register;
pub mod tells;
#[cfg(test)]
mod tests;
pub mod words;

use crate::families::Family;

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "notices",
    controls: &[],
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};
