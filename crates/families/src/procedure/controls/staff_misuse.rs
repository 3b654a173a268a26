//! procedure.staff-misuse: an allegation is told outside at once, and the person hears of it only
//! as the designated officer advises.

use crate::{
    procedure::sheet::Waits,
    spine::{
        act::{Act, Case as Asked},
        control::{Control, Procedure},
    },
};
use kernel::{every::Every, ruling::Ruling};
use serde::Deserialize;

/// An allegation is told outside at once.
#[derive(Deserialize)]
pub(super) struct StaffMisuse {
    /// The shorter time that the area gives for telling the designated officer; also read when a
    /// procedure is shown and begun.
    #[serde(default)]
    officer_within: Option<Every>,
}

impl Control for StaffMisuse {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        super::before_the_answer(act, case, "staff-misuse", Waits::Officer)
    }

    fn procedure(&self) -> Option<Procedure> {
        let mut told = super::told("staff-misuse")?;
        if let Some(within) = self.officer_within {
            told.steps.push(format!(
                "Our area asks that the designated officer is told within this time: {within}. The shorter one counts."
            ));
        }
        Some(told)
    }
}
