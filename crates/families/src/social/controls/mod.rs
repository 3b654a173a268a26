//! The controls of this family, in the order of the catalogue.

mod press;

use crate::spine::control::Kind;

/// The controls of this family.
pub(super) const CONTROLS: &[Kind] = &[Kind::of::<press::Press>("social.press")];
