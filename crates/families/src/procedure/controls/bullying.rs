//! procedure.bullying: bullying online: keep what was written, talk with parents, find help, ask again.

use crate::spine::control::{Control, Procedure};
use serde::Deserialize;

/// Bullying online is answered step by step.
#[derive(Deserialize)]
pub(super) struct Bullying {}

impl Control for Bullying {
    fn procedure(&self) -> Option<Procedure> {
        super::told("bullying")
    }
}
