//! procedure.indecent-images: nobody looks, copies, prints, sends, keeps or deletes. What a
//! policy’s own order would delete waits for the police’s answer.

use crate::{
    concerns::{acts::Act as Concern, kinds::Kind, papers::acts::Act as Papers},
    procedure::sheet::Waits,
    spine::{
        act::{Act, Case as Asked},
        control::{Control, Procedure},
    },
};
use kernel::ruling::{AllowedBy, Ruling};
use serde::Deserialize;

/// The sheet.
const SHEET: &str = "indecent-images";

/// Nobody looks, and nothing is destroyed.
#[derive(Deserialize)]
pub(super) struct IndecentImages {}

impl Control for IndecentImages {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        if let Act::Concerns(Concern::Paper(Papers::Add { case: number, .. })) = act
            && is_about_images(*number, case)
        {
            return Ruling::refuse(
                "No files are taken in a case about an indecent image: nobody looks at it, copies it or hands it in.",
                AllowedBy::Nobody,
                "Leave it where it is, put the device out of use, and do what the police say.",
            )
            .at("file");
        }
        super::before_the_answer(act, case, SHEET, Waits::Police)
    }

    fn procedure(&self) -> Option<Procedure> {
        super::told(SHEET)
    }
}

/// Whether a case is about such images, by its kind or by a procedure at work in it.
fn is_about_images(number: u32, asked: &Asked<'_>) -> bool {
    let Some(found) = asked.setting.concerns.case(number) else {
        return false;
    };
    let report = asked.sealer.open(&found.report);
    let plans = asked.setting.procedure.of(number).iter();
    let mut plans = plans.filter_map(|run| asked.sealer.open(&run.plan));
    report.is_some_and(|report| report.kind == Kind::IndecentImage)
        || plans.any(|plan| plan.sheet == SHEET)
}
