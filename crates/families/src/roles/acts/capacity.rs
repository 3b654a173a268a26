//! Hours and means for those who lead, whether they suffice, and what is missing.

use super::{Answer, done, no, seal, seal_if_any};
use crate::{
    roles::{
        entries::{CapacityAnswered, CapacitySet, Entry, NeedMet, NeedRaised},
        role::Role,
    },
    spine::{
        act::{Case, Person},
        entry::Entry as AnyEntry,
    },
};

/// The most hours a week that can be set aside.
const HOURS_MAX: u16 = 60;

pub(super) fn set(
    role: &Role,
    person: Person,
    hours: u16,
    means: Option<&str>,
    case: &Case<'_>,
) -> Answer {
    if !Role::SUPPORTED.contains(role) {
        return no(
            "role",
            "Choose the lead, a deputy or the online safety lead",
        );
    }
    let mut held = case.setting.roles.holdings_of(role);
    if !held.any(|h| h.person == person && h.is_on_or_ahead(case.today)) {
        return no("person", "This person does not hold this role");
    }
    if hours > HOURS_MAX {
        return no("hours", format!("Enter at most {HOURS_MAX} hours a week"));
    }
    done(Entry::CapacitySet(CapacitySet {
        role: role.clone(),
        person,
        hours,
        means: seal_if_any(case, &person.subject(), "means", means)?,
    }))
}

pub(super) fn answer(
    suffices: bool,
    missing: Option<&str>,
    meeting: Option<u32>,
    case: &Case<'_>,
) -> Answer {
    let missing = missing.filter(|words| !words.trim().is_empty());
    let mut entries = done(Entry::CapacityAnswered(CapacityAnswered {
        suffices,
        meeting,
    }))?;
    match (suffices, missing) {
        (true, _) => {}
        (false, None) => {
            return no(
                "missing",
                "Write what is missing, so that the committee can see to it",
            );
        }
        (false, Some(words)) => {
            let need = u32::try_from(case.setting.roles.needs().len()).unwrap_or(u32::MAX);
            let need = need.saturating_add(1);
            let what = seal(case, &format!("need:{need}"), "missing", words)?;
            entries.push(AnyEntry::Roles(Entry::NeedRaised(NeedRaised {
                need,
                what,
            })));
        }
    }
    Ok(entries)
}

pub(super) fn meet(need: u32, how: &str, case: &Case<'_>) -> Answer {
    let Some(raised) = case.setting.roles.need(need) else {
        return no("need", "There is no need of this number");
    };
    if raised.met.is_some() {
        return no("need", "It is recorded already that this need was met");
    }
    if how.trim().is_empty() {
        return no("how", "Write in a sentence how it was met");
    }
    done(Entry::NeedMet(NeedMet {
        need,
        how: seal(case, &format!("need:{need}"), "how", how)?,
    }))
}
