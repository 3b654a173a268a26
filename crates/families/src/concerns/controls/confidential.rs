//! concerns.confidential: only those on a case open it. Whoever was let into a case can't let in
//! others: that is for those whom it goes to.

use crate::{
    concerns::acts::Act as Concern,
    roles::role::Role,
    spine::{
        act::{Act, Case as Asked},
        control::{Audience, Control, Notice, Standpoint},
        permit::{self, Need},
    },
};
use kernel::ruling::{AllowedBy, Ruling};
use serde::Deserialize;

/// Only those on a case open it.
#[derive(Deserialize)]
pub(super) struct Confidential {}

impl Control for Confidential {
    fn judge(&self, act: &Act, case: &Asked<'_>) -> Ruling {
        let number = match act {
            Act::Concerns(Concern::Unshare { person, .. }) if case.person() == Some(*person) => {
                return Ruling::Silent;
            }
            Act::Concerns(
                Concern::Share { case, .. }
                | Concern::Unshare { case, .. }
                | Concern::Close { case, .. }
                | Concern::Reopen { case, .. }
                | Concern::Link { case, .. },
            ) => *case,
            Act::Concerns(Concern::Keeping(act)) => match act.of_who_decides() {
                Some(case) => case,
                None => return Ruling::Silent,
            },
            _ => return Ruling::Silent,
        };
        let Some(found) = case.setting.concerns.case(number) else {
            return Ruling::Silent;
        };
        let need = Need::Holds(found.roles.clone());
        if permit::permit(case.who, &need, case.setting, case.today).is_ok() {
            return Ruling::Silent;
        }
        Ruling::refuse(
            "This case was shared with you. Whom else it is shared with, when it ends, and how long it is kept is decided by others.",
            AllowedBy::Roles(found.roles.iter().map(Role::in_words).collect()),
            "Tell them what you think, and why.",
        )
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        vec![Notice {
            to: Audience::Everyone,
            title: "Concerns are kept apart".to_owned(),
            says: vec![
                "What you report is seen by those who have to act on it, and by nobody else. Every look is recorded.".to_owned(),
            ],
            clauses: super::super::clause_ids(from),
        }]
    }
}
