//! policy.consultation: staff, parents and children help to shape the policy; what they say and what
//! became of it is kept.

use super::clause_ids;
use crate::{
    policy::{asks, entries::groups_in_words},
    spine::control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
};
use kernel::{moment::date_in_words, value::Words};
use serde::Deserialize;

/// Staff, parents and children help to shape the policy.
#[derive(Deserialize)]
pub(super) struct Consultation {
    #[serde(default)]
    who: Words,
}

impl Control for Consultation {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let policy = &from.setting.policy;
        let mut rows: Vec<Row> = policy
            .consultations()
            .iter()
            .map(|consulted| Row {
                cells: vec![
                    Cell::Day(consulted.at.date()),
                    Cell::Text(format!(
                        "Draft {} put to {} until {}",
                        consulted.draft,
                        groups_in_words(&consulted.groups),
                        date_in_words(consulted.until)
                    )),
                    Cell::Empty,
                    Cell::Empty,
                ],
                seq: consulted.seq,
                at: consulted.at,
            })
            .collect();
        rows.extend(policy.comments().iter().map(|comment| Row {
            cells: vec![
                Cell::Day(comment.at.date()),
                Cell::Text(match &comment.clause {
                    Some(clause) => format!("Comment {} on clause {clause}", comment.number),
                    None => format!("Comment {} on the whole", comment.number),
                }),
                Cell::Text(
                    match &comment.answer {
                        Some(answer) if answer.taken_up => "taken up",
                        Some(_) => "not taken up",
                        None => "not answered yet",
                    }
                    .to_owned(),
                ),
                comment.by.map_or(Cell::Empty, Cell::Person),
            ],
            seq: comment.seq,
            at: comment.at,
        }));
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Who was asked about the policy, and what became of what they said".to_owned(),
            columns: vec!["Day", "What", "What became of it", "By"],
            rows,
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let draft = from.setting.policy.draft();
        let open = draft
            .filter(|draft| draft.is_open_for_comment(from.today))
            .and_then(|draft| draft.consultation.as_ref());
        let (groups, says) = match open {
            Some(open) => {
                let mut says = vec![format!(
                    "There is a draft of our new policy. You can read it and say what you think until {}.",
                    date_in_words(open.until)
                )];
                says.extend(Some(open.says.clone()).filter(|says| !says.is_empty()));
                (open.groups.clone(), says)
            }
            None => (
                asks::groups(self.who.iter()),
                vec![
                    "We ask you before we change this policy. When there is a draft, you will find it here, and we tell you what became of what you said."
                        .to_owned(),
                ],
            ),
        };
        let notice = |group| Notice {
            to: Audience::Group(group),
            title: "Help to shape our policy".to_owned(),
            says: says.clone(),
            clauses: clause_ids(from),
        };
        groups.into_iter().map(notice).collect()
    }
}
