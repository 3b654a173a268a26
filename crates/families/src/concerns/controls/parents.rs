//! concerns.parents: telling parents is a step of its own, and so is the decision not to.

use crate::spine::control::{Control, Procedure, Register, Standpoint};
use serde::Deserialize;

/// Telling parents is a step of its own.
#[derive(Deserialize)]
pub(super) struct Parents {}

impl Control for Parents {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("What parents were told, or why not"))
    }

    fn procedure(&self) -> Option<Procedure> {
        Some(Procedure {
            title: "Telling parents and carers".to_owned(),
            steps: vec![
                "Ask first: would telling them put the child at more risk, or get in the way of the police or social care? If you are not sure, ask social care before you tell.".to_owned(),
                "If it is safe, tell them early, in person where you can, what was seen and said and what you will do.".to_owned(),
                "Write down in the case what was said, by whom, and how they answered; or why they were not told, and who decided it.".to_owned(),
            ],
            never: vec![
                "Do not name the person who reported it.".to_owned(),
                "Do not tell a parent whom the concern is about before you have advice.".to_owned(),
            ],
        })
    }
}
