//! Agreeing to a draft and adopting it.

use super::{Came, draft, no, no_now};
use crate::{
    policy::{
        approver::Approver,
        document::Document,
        entries::{Adopted, ApprovalAsked, Approved, DraftApproved, Entry},
        register::{Comment, Register},
    },
    spine::act::Case,
};
use kernel::{moment::date_in_words, ruling::Mistake};

pub(super) fn ask(case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    if draft.document.clauses.is_empty() {
        return no_now("The draft has no clauses yet. Add some first");
    }
    if draft.asked.is_some_and(|(seq, _)| seq > draft.revision) {
        return no_now("The approvers have been asked to approve the draft as it is now");
    }
    Ok(Entry::ApprovalAsked(ApprovalAsked {
        draft: draft.number,
    }))
}

pub(super) fn approve(approver: &str, revision: u64, case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    let person = case
        .person()
        .ok_or_else(|| vec![Mistake::new("Sign in first")])?;
    let small = approver.trim().to_lowercase();
    let named = Approver::all(case.in_force);
    let Some(named) = named.iter().find(|one| one.words.to_lowercase() == small) else {
        return no(
            "approver",
            "The policy does not name this approver. Choose one of the list",
        );
    };
    if revision != draft.revision {
        return no_now(
            "The draft has changed since you opened it. Read it again before you approve it",
        );
    }
    if draft.is_approved_by(&named.words) {
        return no_now("The draft as it is now has been approved already");
    }
    Ok(Entry::DraftApproved(DraftApproved {
        draft: draft.number,
        revision,
        approver: named.words.clone(),
        person,
    }))
}

pub(super) fn adopt(case: &Case<'_>) -> Came {
    let policy = &case.setting.policy;
    let draft = draft(case)?;
    let wrong = faults(&draft.document);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if let Some(current) = policy.adopted()
        && current.document == draft.document
    {
        return no_now(format!(
            "The draft is the same as version {}. Change it, or give it up",
            current.number
        ));
    }
    if let Some(consultation) = &draft.consultation
        && draft.is_open_for_comment(case.today)
    {
        return no_now(format!(
            "Comments can be made until {}. Adopt the draft after that day, or set an earlier one",
            date_in_words(consultation.until)
        ));
    }
    // Whoever was erased can't be answered: their words are gone, and an answer to them would be too.
    let erased = |comment: &Comment| comment.by.is_some_and(|by| case.setting.data.is_erased(by));
    let open = policy
        .comments_on(draft.number)
        .filter(|comment| comment.answer.is_none() && !erased(comment))
        .count();
    if open > 0 {
        let how_many = match open {
            1 => "One comment has".to_owned(),
            several => format!("{several} comments have"),
        };
        return no_now(format!(
            "{how_many} no answer yet. Say what became of each of them first"
        ));
    }
    let current = draft
        .approvals
        .iter()
        .filter(|a| a.revision == draft.revision);
    Ok(Entry::Adopted(Box::new(Adopted {
        number: next(policy),
        document: draft.document.clone(),
        draft: Some(draft.number),
        took_part: policy.commenters(draft.number),
        approved: current
            .map(|approval| Approved {
                approver: approval.approver.clone(),
                person: approval.person,
            })
            .collect(),
    })))
}

pub(super) fn at_once(document: &Document, case: &Case<'_>) -> Came {
    let wrong = faults(document);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Entry::Adopted(Box::new(Adopted {
        number: next(&case.setting.policy),
        document: document.clone(),
        draft: None,
        took_part: Vec::new(),
        approved: Vec::new(),
    })))
}

fn next(policy: &Register) -> u32 {
    super::consulting::number(policy.adopted().map(|last| last.number))
}

fn faults(document: &Document) -> Vec<Mistake> {
    let mut wrong = document.faults();
    if document.clauses.is_empty() {
        wrong.push("The draft has no clauses yet".to_owned());
    }
    wrong.truncate(20);
    wrong.into_iter().map(Mistake::new).collect()
}
