//! procedure.indecent-images: nobody looks, copies, prints, sends, keeps or deletes. What a
//! policy’s own order would delete waits for the police’s answer.

use crate::{
    procedure::sheet::Waits,
    spine::{
        act::{Act, Case as Asked},
        control::{Control, Procedure},
    },
};
use kernel::ruling::Ruling;
use serde::Deserialize;

/// Nobody looks, and nothing is destroyed.
#[derive(Deserialize)]
pub(super) struct IndecentImages {}

impl Control for IndecentImages {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        super::before_the_answer(act, case, "indecent-images", Waits::Police)
    }

    fn procedure(&self) -> Option<Procedure> {
        super::told("indecent-images")
    }
}
