//! procedure.hate: hate online: keep what was written, the police where it may be a crime, support.

use crate::spine::control::{Control, Procedure};
use serde::Deserialize;

/// Hate online is answered step by step.
#[derive(Deserialize)]
pub(super) struct Hate {}

impl Control for Hate {
    fn procedure(&self) -> Option<Procedure> {
        super::told("hate")
    }
}
