//! procedure.offensive-material: where each kind of material is reported, by its address and never by sending it.

use crate::spine::control::{Control, Procedure};
use serde::Deserialize;

/// Material is reported where it belongs.
#[derive(Deserialize)]
pub(super) struct OffensiveMaterial {}

impl Control for OffensiveMaterial {
    fn procedure(&self) -> Option<Procedure> {
        super::told("offensive-material")
    }
}
