//! filter.email-and-spam: junk mail is closed and reported. What the domain of the setting’s mail
//! says about who may send for it is looked at; junk that people report is kept, and to whom it went.

use crate::{
    filter::{
        mail,
        words::{self, SPAM},
    },
    people::group::Group,
    spine::control::{Audience, Cell, Control, Notice, Register, Row, Standpoint},
};
use serde::Deserialize;

/// Junk mail is closed and reported.
#[derive(Deserialize)]
pub(super) struct EmailAndSpam {
    /// To whom junk mail is reported.
    #[serde(default)]
    report_to: Option<String>,
}

impl Control for EmailAndSpam {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let known = from.setting.filter.evidence();
        let spam = known.spam().map(|spam| Row {
            cells: vec![
                Cell::Text(words::of(SPAM, &spam.reported.what)),
                Cell::Said(spam.reported.to.clone()),
                spam.by.map_or(Cell::Empty, Cell::Person),
                Cell::Moment(spam.at),
            ],
            seq: spam.seq,
            at: spam.at,
        });
        let looked = known.looked().map(|looked| Row {
            cells: vec![
                Cell::Said(looked.found.domain.clone()),
                Cell::Text(mail::in_short(&looked.found)),
                Cell::Empty,
                Cell::Moment(looked.at),
            ],
            seq: looked.seq,
            at: looked.at,
        });
        let mut rows: Vec<Row> = spam.chain(looked).collect();
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Junk mail, and what our domain says about mail".to_owned(),
            columns: vec!["What", "To whom, or what was found", "By", "When"],
            rows,
        })
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let to = self.report_to.as_deref().unwrap_or("the mail provider");
        let to = to.trim_start_matches("the ");
        let clauses = from.bound.clauses.iter().map(|clause| clause.id.clone());
        vec![Notice {
            to: Audience::Group(Group::Staff),
            title: "Junk mail".to_owned(),
            says: vec![
                format!("Report junk mail to the {to}, and say here that you did. Do not answer it, and do not press anything in it."),
                "If you pressed something or gave a password, say so at once. Nobody is blamed for it.".to_owned(),
            ],
            clauses: clauses.collect(),
        }]
    }
}
