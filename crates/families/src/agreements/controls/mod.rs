//! The controls of this family.

use crate::spine::control::Kind;

/// Its controls, in the order of the catalogue.
pub const CONTROLS: &[Kind] = &[];
