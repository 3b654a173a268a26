//! access.own-files: nobody opens or changes another person's files. That is so here whatever the
//! policy says; this names the clause, asks of a manager a reason that the owner can understand, and
//! tells everybody.

use super::clause_ids;
use crate::{
    access::acts::{Act as Access, files::Act as File},
    people::group::Group,
    spine::{
        act::{Act, Case},
        control::{Audience, Control, Notice, Standpoint},
    },
};
use kernel::ruling::{AllowedBy, Ruling};
use serde::Deserialize;

/// The fewest words of a reason.
const REASON_WORDS_MIN: usize = 3;

/// Nobody opens or changes another person's files.
#[derive(Deserialize)]
pub(super) struct OwnFiles {}

impl Control for OwnFiles {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Act::Access(Access::File(act)) = act else {
            return Ruling::Silent;
        };
        // Whose file it is stands in its name, so the answer is the same whether there is one.
        let me = case.person();
        let (mine, what) = match act {
            File::Keep { .. } => return Ruling::Silent,
            File::Ask { reason, .. } => return is_reason(reason),
            File::Share { file, .. } | File::Unshare { file, .. } => {
                (me == Some(file.owner), "gives away")
            }
            File::Remove { file } => (me == Some(file.owner), "removes"),
            File::Replace { file, .. } => {
                let files = case.setting.access.files();
                let let_in = me.is_some_and(|me| files.may_change(*file, me));
                (me == Some(file.owner) || let_in, "changes")
            }
        };
        if mine {
            return Ruling::Silent;
        }
        Ruling::refuse(
            format!("Nobody {what} another person’s files without that person’s leave."),
            owner(),
            "Ask the person whose file it is.",
        )
    }

    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let says = vec![
            "The files that you keep here are yours. Nobody opens, copies, changes or removes them unless you gave them the file.".to_owned(),
            "Do the same with the files of others, here and elsewhere: ask first, and pass on nothing that was given to you alone.".to_owned(),
            "A manager can open your files with a reason, for a day. You are told at once, with who it was and why.".to_owned(),
        ];
        let clauses = clause_ids(from);
        Group::TEAM
            .into_iter()
            .map(|group| Notice {
                to: Audience::Group(group),
                title: "Your files are yours".to_owned(),
                says: says.clone(),
                clauses: clauses.clone(),
            })
            .collect()
    }
}

/// The owner is told the reason, so it has to say something.
fn is_reason(reason: &str) -> Ruling {
    if reason.split_whitespace().count() >= REASON_WORDS_MIN {
        return Ruling::Silent;
    }
    Ruling::refuse(
        "A manager opens another person’s files only with a reason, which that person is shown.",
        owner(),
        "Write the reason as a sentence, or ask the person to give you the file.",
    )
    .at("reason")
}

fn owner() -> AllowedBy {
    AllowedBy::Roles(vec!["the person whose file it is".to_owned()])
}
