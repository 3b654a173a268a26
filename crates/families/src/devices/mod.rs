//! Devices: each one known by name, number and address; whose it is, who has it, whether it is in
//! use, and what it may reach. A device that may hold evidence is secured: out of use and off the
//! network at once, with a custody record that those see who are meant to.

pub mod acts;
pub mod controls;
pub mod entries;
pub mod kinds;
pub mod pages;
pub mod register;
#[cfg(test)]
mod tests;

use crate::{families::Family, roles::role::Role, spine::permit::Need};

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "devices",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};

/// Who looks after the devices: the management, and whoever looks after technology.
#[must_use]
pub fn tending() -> Need {
    Need::Holds(vec![
        Role::Manager,
        Role::DeputyManager,
        Role::TechnicalLead,
    ])
}

/// Who sees which devices there are: whoever works here, and whoever looks after them.
#[must_use]
pub fn seeing() -> Need {
    Need::AnyOf(vec![Need::Team, tending(), Need::leadership()])
}
