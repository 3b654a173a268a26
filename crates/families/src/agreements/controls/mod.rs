//! The controls of this family.

mod acceptable_use;

use crate::spine::control::Kind;

/// Its controls, in the order of the catalogue.
pub const CONTROLS: &[Kind] = &[Kind::of::<acceptable_use::AcceptableUse>(
    "agreements.acceptable-use",
)];
