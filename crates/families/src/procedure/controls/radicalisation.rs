//! procedure.radicalisation: somebody is being drawn into extremism: told at once, help asked for.

use crate::spine::control::{Control, Procedure};
use serde::Deserialize;

/// Radicalisation is answered step by step.
#[derive(Deserialize)]
pub(super) struct Radicalisation {}

impl Control for Radicalisation {
    fn procedure(&self) -> Option<Procedure> {
        super::told("radicalisation")
    }
}
