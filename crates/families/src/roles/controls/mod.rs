//! The controls of this family, in the order of the catalogue.

mod capacity;
mod leads;
mod oversight;
mod responsibilities;

use crate::spine::control::Kind;

/// The controls of this family.
pub const CONTROLS: &[Kind] = &[
    Kind::of::<leads::Leads>("roles.leads"),
    Kind::of::<responsibilities::Responsibilities>("roles.responsibilities"),
    Kind::of::<oversight::Oversight>("roles.oversight"),
    Kind::of::<capacity::Capacity>("roles.capacity"),
];
