//! concerns.escalation: whom to tell outside the setting, for each kind of concern; the case keeps
//! whom, when, under which reference, and the answer.

use crate::spine::control::{Control, Procedure, Register, Standpoint};
use kernel::value::Words;
use serde::Deserialize;

/// Whom to tell outside the setting.
#[derive(Deserialize)]
pub(crate) struct Escalation {
    /// The agencies that the policy names.
    #[serde(default)]
    agencies: Words,
}

impl Control for Escalation {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Agencies told, with reference and answer"))
    }

    fn procedure(&self) -> Option<Procedure> {
        let mut steps = vec![
            "Somebody in danger, or a crime going on: the police, 999, at once.".to_owned(),
            "A child is being harmed or is likely to be: children’s social care, on the same day. You do not need anybody’s leave to ring.".to_owned(),
            "Somebody has approached a child online: CEOP, and the police.".to_owned(),
            "A sexual image of a child on the web: the address, and nothing else, to the Internet Watch Foundation.".to_owned(),
            "An adult who works with children may have harmed a child: the local authority designated officer within one working day, or sooner where your area says so.".to_owned(),
            "Serious harm or an allegation: the regulator as soon as it can be done, and in 14 days at most.".to_owned(),
            "Somebody is being drawn into terrorism: the police’s Prevent team.".to_owned(),
        ];
        let named: Vec<&str> = self.agencies.iter().collect();
        if !named.is_empty() {
            steps.push(format!("Our policy names: {}.", named.join(", ")));
        }
        steps.push("Write down in the case whom you told, when, their name and the reference, and what they answered. Numbers stand in the help directory.".to_owned());
        Some(Procedure {
            title: "Whom to tell outside the setting".to_owned(),
            steps,
            never: vec![
                "Do not wait for somebody’s agreement where a child is in danger.".to_owned(),
                "Do not send anybody a picture or a file as proof.".to_owned(),
            ],
        })
    }
}
