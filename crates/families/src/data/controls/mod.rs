//! The controls of this family, in the order of the catalogue.

mod hold;

use crate::spine::control::Kind;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[Kind::of::<hold::HoldKept>("data.hold")];
