//! concerns.childs-voice: the case keeps the child's own words, wishes and feelings, how they
//! weighed in each decision, and what the child was told back.

use crate::spine::control::{Control, Register, Standpoint};
use serde::Deserialize;

/// The child is heard.
#[derive(Deserialize)]
pub(super) struct ChildsVoice {}

impl Control for ChildsVoice {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart(
            "What children said, and what they were told",
        ))
    }
}
