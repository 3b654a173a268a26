//! The filter: who may reach what, why, and by which clause. Changes are proposed by one person and
//! approved by another; whoever finds something closed asks for it; whoever sees something that
//! should not be there says so with one press. What the network has to know of it is in `plan`.

pub mod acts;
pub mod checklist;
pub mod controls;
pub mod covered;
pub mod entries;
pub mod kinds;
pub mod mail;
mod named;
pub mod network;
pub mod pages;
pub mod plan;
pub mod profiles;
pub mod register;
pub mod steps;
pub mod subscriptions;
#[cfg(test)]
pub(crate) mod tests;
pub mod themes;
pub mod words;

use crate::{devices::tending, families::Family, spine::permit::Need};

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "filter",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};

/// Who looks after the filter: who looks after devices, and who leads.
#[must_use]
pub fn keeping() -> Need {
    Need::AnyOf(vec![tending(), Need::leadership()])
}
