//! filter.breach: what happens when something unsuitable is reached. One press closes it, cuts the
//! device off, keeps the trace and opens a concern; then come the steps of this policy. The device
//! comes back when whoever is told has taken the concern on.

use crate::{
    devices::acts::Act as Devices,
    policy::approver::Approver,
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Control, Procedure, Register, Standpoint},
        permit::{self, Need},
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// What happens when something unsuitable is reached.
#[derive(Deserialize)]
pub(super) struct Breach {
    /// Screen off, or power out.
    #[serde(default)]
    first_step: Words,
    /// Who is told.
    #[serde(default)]
    tell: Words,
    /// Whether parents are told.
    #[serde(default)]
    parents: Option<bool>,
}

impl Control for Breach {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Devices(Devices::BringBack { device }) = act else {
            return Ruling::Silent;
        };
        let setting = case.setting;
        let found = setting.filter.case_of(*device);
        // Whoever neither saw it nor is on the case learns nothing of it: the act itself says no,
        // without a reason.
        let saw = setting.filter.saw(*device, case.person());
        let is_on = |number| permit::permit(case.who, &Need::OnCase(number), setting, case.today);
        let knows = saw || found.is_some_and(|number| is_on(number).is_ok());
        if !setting.is_unread(found) || !knows {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "Something was seen on this device, and nobody has read yet what was reported.",
            AllowedBy::Roles(self.told()),
            "Leave it switched as it is until they have taken the concern on.",
        )
    }

    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart(
            "Times that something unsuitable was reached",
        ))
    }

    fn procedure(&self) -> Option<Procedure> {
        let first: Vec<&str> = self.first_step.iter().collect();
        let first = match first.as_slice() {
            [] => "Turn the screen off, or turn the device over.".to_owned(),
            all => format!("First: {}.", all.join("; on a mobile device: ")),
        };
        let told = permit::or(self.told());
        let mut steps = vec![
            first,
            "Stay calm, thank the child for telling you, and take the children away from it.".to_owned(),
            "Press “We saw something” on the page “Internet with children”: it closes at once, the device is cut off, and what it asked for in the last minutes is kept.".to_owned(),
            format!("It is told to {told} by itself, with the device and the time. Write down the address if you know it; do not go back to look."),
            "The lead records what happened, and takes it further where it has to be.".to_owned(),
        ];
        if self.parents != Some(false) {
            steps.push(
                "The parents of the children who saw it are told, by whom the lead chooses."
                    .to_owned(),
            );
        }
        steps.push("If it may be illegal: at once to the police, and the address to the Internet Watch Foundation.".to_owned());
        Some(Procedure {
            title: "When something unsuitable comes up".to_owned(),
            steps,
            never: vec![
                "Do not go back to look at it again, and do not show it to a colleague.".to_owned(),
                "Do not copy, print or send it.".to_owned(),
                "Do not blame the child.".to_owned(),
            ],
        })
    }
}

impl Breach {
    fn told(&self) -> Vec<String> {
        if self.tell.is_empty() {
            return vec![format!("the {}", Role::Lead.in_words())];
        }
        self.tell
            .iter()
            .map(|words| Approver::read(words).in_words())
            .collect()
    }
}
