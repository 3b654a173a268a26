//! policy.statement: aims, values and definitions are part of the policy and are shown, with the four
//! kinds of risk under which concerns are filed.

use super::clause_ids;
use crate::{
    policy::risks::Risk,
    spine::control::{Audience, Control, Notice, Standpoint},
};
use serde::Deserialize;

/// Aims, values and definitions.
#[derive(Deserialize)]
pub(super) struct Statement {}

impl Control for Statement {
    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let clauses = from.bound.clauses.iter();
        let aims = Notice {
            to: Audience::Everyone,
            title: "What our policy is for".to_owned(),
            says: clauses.map(|clause| clause.text.clone()).collect(),
            clauses: clause_ids(from),
        };
        let risk = |risk: &Risk| format!("{}: {}", risk.in_words(), risk.means());
        let risks = Notice {
            to: Audience::Everyone,
            title: "The four kinds of risk online".to_owned(),
            says: Risk::ALL.iter().map(risk).collect(),
            clauses: clause_ids(from),
        };
        vec![aims, risks]
    }
}
