//! filter.ways-round: ways round the filter are closed or raised. For children no single way is
//! opened; for others two people open one, and it ends. What a trial found open is owed at once.

use crate::{
    devices::kinds::Users,
    filter::{kinds::WAYS_ROUND, named},
    roles::role::Role,
    spine::{
        act::{Act, Case},
        control::{Control, Standpoint},
    },
};
use kernel::{
    duty::{Duty, Owner},
    ruling::{AllowedBy, Ruling},
};
use serde::Deserialize;

/// Who sees to it, where somebody holds the role; else the manager.
const SEEING: [Role; 3] = [Role::TechnicalLead, Role::OnlineSafetyLead, Role::Lead];

/// Ways round the filter are closed or raised.
#[derive(Deserialize)]
pub(super) struct WaysRound {}

impl Control for WaysRound {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Some((kinds, users)) = named::opens(act, case) else {
            return Ruling::Silent;
        };
        let is_way = kinds.iter().any(|kind| kind == WAYS_ROUND);
        if !is_way || !users.contains(&Users::Children) {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "This leads round the filter, so it is not opened for children.",
            AllowedBy::Nobody,
            "If somebody who works here needs it, propose it for them alone, with a last day.",
        )
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let known = from.setting.filter.evidence();
        let Some(trial) = known.parts() else {
            return Vec::new();
        };
        let open: u64 = trial
            .parts
            .iter()
            .filter(|part| part.what == WAYS_ROUND)
            .map(|part| part.wrong)
            .sum();
        if open == 0 {
            return Vec::new();
        }
        let role = from.setting.roles.first_held(&SEEING, from.today);
        let day = trial.at.date();
        let what = if open == 1 {
            "Close the way round that the filter found open".to_owned()
        } else {
            format!("Close the {open} ways round that the filter found open")
        };
        vec![
            Duty::new(what, Owner::role(role.unwrap_or(&Role::Manager).key()), day)
                .at("/filter/ways-round")
                .about(format!("ways:{day}")),
        ]
    }
}
