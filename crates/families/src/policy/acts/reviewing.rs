//! Reviews: what brings one about, and what comes of it.

use super::{Came, consulting::number, in_force, no};
use crate::{
    policy::{
        asks,
        entries::{Entry, Outcome, ReviewCompleted, TriggerRecorded},
    },
    spine::{
        act::{Case, Person},
        entry::Entry as AnyEntry,
    },
};
use kernel::sealed::Private;

/// The most people who take part in a review.
const TOOK_PART_MAX: usize = 100;

/// What another family puts beside its own entries when something happens after which the policy in
/// force wants to be reviewed: nothing when it does not. `kind` as the policy says it.
#[must_use]
pub fn triggered(kind: &str, case: &Case<'_>) -> Option<AnyEntry> {
    let kind = asks::trigger(case.in_force, kind)?;
    Some(AnyEntry::Policy(happened(kind, None, case)))
}

pub(super) fn record(kind: &str, what: &str, case: &Case<'_>) -> Came {
    in_force(case)?;
    let Some(kind) = asks::trigger(case.in_force, kind) else {
        return no(
            "kind",
            "The policy in force does not name this event. Choose one that it names, or complete a review now",
        );
    };
    let what = match case.person() {
        Some(person) => Some(case.seal_words(person, what)?),
        None => None,
    };
    Ok(happened(kind, what, case))
}

fn happened(kind: String, what: Option<Private<String>>, case: &Case<'_>) -> Entry {
    let triggers = case.setting.policy.triggers();
    Entry::TriggerRecorded(TriggerRecorded {
        trigger: number(triggers.last().map(|trigger| trigger.number)),
        kind,
        what,
    })
}

pub(super) fn complete(
    outcome: Outcome,
    notes: &str,
    took_part: &[Person],
    case: &Case<'_>,
) -> Came {
    let policy = &case.setting.policy;
    let version = in_force(case)?.number;
    if took_part.is_empty() || took_part.len() > TOOK_PART_MAX {
        return no("took_part", "Choose who took part");
    }
    if !took_part
        .iter()
        .all(|person| case.setting.people.is_known(*person))
    {
        return no("took_part", "Somebody whom you chose is not known here");
    }
    Ok(Entry::ReviewCompleted(ReviewCompleted {
        review: number(policy.reviews().last().map(|review| review.number)),
        version,
        outcome,
        notes: notes.to_owned(),
        took_part: took_part.to_vec(),
        answers: policy
            .open_triggers()
            .map(|trigger| trigger.number)
            .collect(),
    }))
}
