//! policy.sanctions: what follows from misuse is said beforehand; what was decided is chosen from it
//! and kept with who decided.

use super::clause_ids;
use crate::spine::control::{Audience, Cell, Control, Notice, Register, Row, Standpoint};
use kernel::value::Words;
use serde::Deserialize;

/// Misuse has stated consequences.
#[derive(Deserialize)]
pub(super) struct Sanctions {
    #[serde(default)]
    sanctions: Words,
}

impl Control for Sanctions {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let outcomes = from.setting.policy.outcomes().iter();
        let rows = outcomes.map(|outcome| Row {
            cells: vec![
                Cell::Day(outcome.on),
                Cell::Person(outcome.person),
                Cell::Text(match &outcome.sanction {
                    Some(sanction) => sanction.clone(),
                    None => "no sanction".to_owned(),
                }),
                Cell::Person(outcome.decided_by),
            ],
            seq: outcome.seq,
            at: outcome.at,
        });
        Some(Register {
            title: "What was decided after misuse".to_owned(),
            columns: vec!["Day", "Whom it concerns", "What was decided", "Decided by"],
            rows: rows.collect(),
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let mut says = vec!["Breaking the rules of this policy has consequences.".to_owned()];
        if !self.sanctions.is_empty() {
            says.push(format!(
                "What can follow: {}.",
                self.sanctions.iter().collect::<Vec<_>>().join(", ")
            ));
        }
        vec![Notice {
            to: Audience::Everyone,
            title: "If somebody breaks the rules".to_owned(),
            says,
            clauses: clause_ids(from),
        }]
    }
}
