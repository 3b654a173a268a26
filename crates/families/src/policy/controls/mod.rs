//! The controls of this family that this build has.

use crate::spine::control::Kind;

/// The list.
pub const CONTROLS: &[Kind] = &[];
