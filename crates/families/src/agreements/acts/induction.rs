//! Induction: an item is done, and the whole is seen.

use super::Answer;
use crate::{
    agreements::{
        entries::{Entry, InductionDone, InductionSeen},
        induction::{self, Item},
    },
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::ruling::Mistake;

pub(super) fn done(person: Person, item: &str, case: &Case<'_>) -> Answer {
    let items = of(person, case)?;
    let Some(found) = items
        .iter()
        .find(|own| own.words.eq_ignore_ascii_case(item))
    else {
        return no("item", "This is not an item of the induction");
    };
    if found.done.is_some() {
        return no("item", "This item is done already");
    }
    Ok(vec![AnyEntry::Agreements(Entry::InductionDone(
        InductionDone {
            person,
            item: found.words.clone(),
        },
    ))])
}

pub(super) fn seen(person: Person, case: &Case<'_>) -> Answer {
    let items = of(person, case)?;
    if case.person() == Some(person) {
        return no("person", "Somebody else looks at your own induction");
    }
    if let Some(open) = items.iter().find(|item| item.done.is_none()) {
        return no("person", format!("This is not done yet: {}", open.words));
    }
    if case.setting.agreements.started().seen(person).is_some() {
        return no("person", "This was seen already");
    }
    Ok(vec![AnyEntry::Agreements(Entry::InductionSeen(
        InductionSeen { person },
    ))])
}

fn of(person: Person, case: &Case<'_>) -> Result<Vec<Item>, Vec<Mistake>> {
    let Some(items) = induction::in_force(case.in_force) else {
        return no("person", "The policy in force does not ask for induction");
    };
    let starters = induction::starters(case.setting, case.today);
    if !starters.iter().any(|(starter, _)| *starter == person) {
        return no("person", "This person has no induction");
    }
    Ok(induction::of(case.setting, &items, person, case.today))
}
