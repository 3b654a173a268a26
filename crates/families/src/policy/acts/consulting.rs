//! Putting the draft to people, and what becomes of what they say.

use super::{Came, draft, no, no_now};
use crate::{
    people::group::Group,
    policy::entries::{CommentAnswered, CommentMade, ConsultationOpened, Entry},
    spine::act::Case,
};
use jiff::ToSpan;
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

/// The most comments on one draft.
const COMMENTS_MAX: usize = 5_000;

pub(super) fn consult(groups: &[Group], until: Date, says: &str, case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    if groups.is_empty() {
        return no("groups", "Choose whom to ask");
    }
    if groups.contains(&Group::Child) && groups.len() == 1 {
        return no(
            "groups",
            "Children have no accounts, so somebody has to ask them and write down what they say. Choose staff as well",
        );
    }
    if until < case.today {
        return no(
            "until",
            "The last day for comments is in the past. Choose a later day",
        );
    }
    let far = case.today.checked_add(1.years()).unwrap_or(Date::MAX);
    if until > far {
        return no(
            "until",
            "The last day for comments is more than a year away. Check the year",
        );
    }
    Ok(Entry::ConsultationOpened(ConsultationOpened {
        draft: draft.number,
        groups: groups.to_vec(),
        until,
        says: says.to_owned(),
    }))
}

pub(super) fn comment(clause: Option<&str>, words: &str, case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    let person = case
        .person()
        .ok_or_else(|| vec![Mistake::new("Sign in first")])?;
    let Some(consultation) = &draft.consultation else {
        return no_now("The draft has not been put to anybody for comment yet");
    };
    if !draft.is_open_for_comment(case.today) {
        return no_now(format!(
            "Comments could be made until {}. Tell the manager what you have to say",
            date_in_words(consultation.until)
        ));
    }
    if let Some(clause) = clause
        && draft.document.clause(clause).is_none()
    {
        return no(
            "clause",
            "The draft has no such clause any more. Comment on the whole draft instead",
        );
    }
    let policy = &case.setting.policy;
    if policy.comments_on(draft.number).count() >= COMMENTS_MAX {
        return no_now(format!("There are {COMMENTS_MAX} comments already"));
    }
    Ok(Entry::CommentMade(CommentMade {
        comment: number(policy.comments().last().map(|comment| comment.number)),
        draft: draft.number,
        clause: clause.map(str::to_owned),
        words: case.seal_words(person, words)?,
    }))
}

pub(super) fn answer(comment: u32, taken_up: bool, says: &str, case: &Case<'_>) -> Came {
    let draft = draft(case)?;
    let found = case.setting.policy.comment(comment);
    let Some(found) = found.filter(|found| found.draft == draft.number) else {
        return no("comment", "There is no such comment on this draft");
    };
    if found.answer.is_some() {
        return no("comment", "This comment has been answered already");
    }
    let Some(by) = found.by else {
        return no("comment", "Nobody made this comment");
    };
    if case.setting.data.is_erased(by) {
        return no(
            "comment",
            "What this person said has been erased, so there is nothing to answer. The draft can be adopted without",
        );
    }
    Ok(Entry::CommentAnswered(CommentAnswered {
        comment,
        taken_up,
        says: case.seal_words(by, says)?,
    }))
}

/// The number after the last one.
pub(super) fn number(last: Option<u32>) -> u32 {
    last.map_or(1, |last| last.saturating_add(1))
}
