//! The controls of this family, in the order of the catalogue.

pub(super) mod resources;

use crate::spine::control::Kind;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[Kind::of::<resources::Resources>("education.resources")];
