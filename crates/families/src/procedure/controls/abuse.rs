//! procedure.abuse: online abuse, exploitation and grooming of a child, step by step.

use crate::spine::control::{Control, Procedure};
use serde::Deserialize;

/// Abuse online is answered step by step.
#[derive(Deserialize)]
pub(super) struct Abuse {}

impl Control for Abuse {
    fn procedure(&self) -> Option<Procedure> {
        super::told("abuse")
    }
}
