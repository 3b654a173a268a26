//! concerns.complaints: three doors kept apart: a complaint, speaking up about how the setting
//! works, and a complaint about personal data. Each works without going through the manager.
//! Periods: complaints in writing, 28 days (early-years framework 2025); data protection
//! complaints, acknowledged in 30 days (Data (Use and Access) Act 2025, from 19 June 2026).

use crate::spine::control::{Audience, Control, Notice, Procedure, Standpoint};
use serde::Deserialize;

/// Three doors kept apart.
#[derive(Deserialize)]
pub(super) struct Complaints {}

impl Control for Complaints {
    fn procedure(&self) -> Option<Procedure> {
        Some(Procedure {
            title: "Complaints, speaking up, and personal data".to_owned(),
            steps: vec![
                "A complaint about the setting: in writing or in person, to the manager or, when it is about the manager, to the chair. It is looked into, and you are told what came of it within 28 days. You can go to the regulator at any time.".to_owned(),
                "Speaking up about how the setting works (whistleblowing), for staff, volunteers and students: to the lead, the chair, or somebody outside: the regulator, or an advice line of the help directory. You need not have told anybody here first.".to_owned(),
                "A complaint about personal data: to the manager. You are told within 30 days that it has arrived, and it is answered without delay. You can go to the Information Commissioner at any time.".to_owned(),
            ],
            never: vec!["Nobody may be treated worse because they spoke up.".to_owned()],
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        vec![Notice {
            to: Audience::Everyone,
            title: "If you want to complain or speak up".to_owned(),
            says: vec![
                "There are three ways, and each works without the manager: a complaint, speaking up about how we work, and a complaint about personal data. They stand beside “Report a concern”.".to_owned(),
            ],
            clauses: super::super::clause_ids(from),
        }]
    }
}
