//! Giving and ending roles, how their holders are reached, and what they have read.

use super::{Answer, LINE_MAX, done, no, seal_if_any};
use crate::{
    roles::{
        entries::{Acknowledged, Ended, Entry, Given, ReachSet},
        holding::Holding,
        lists,
        role::Role,
    },
    spine::act::{Case, Person},
};
use jiff::ToSpan;
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

/// The longest name of a role, in characters.
const ROLE_CHARS_MAX: usize = 80;

pub(super) fn give(role: &Role, person: Person, from: Option<Date>, case: &Case<'_>) -> Answer {
    let from = from.unwrap_or(case.today);
    check_name(role)?;
    check_day(person, from, case)?;
    if !role.suits(&case.setting.people.groups(person)) {
        return no(
            "person",
            format!(
                "The {} has to be {}. Choose somebody else",
                role.in_words(),
                role.suits_in_words()
            ),
        );
    }
    let held = case.setting.roles.holdings_of(role);
    let mut held = held.filter(|h| h.person == person && h.is_on_or_ahead(from));
    if let Some(held) = held.next() {
        let says = if held.is_on(case.today) {
            "This person holds this role already".to_owned()
        } else {
            format!(
                "This person holds this role from {} already",
                date_in_words(held.from)
            )
        };
        return no("person", &says);
    }
    check_not_own_deputy(role, person, from, case)?;
    done(Entry::Given(Given {
        role: role.clone(),
        person,
        from,
    }))
}

fn check_name(role: &Role) -> Result<(), Vec<Mistake>> {
    let name = role.key().trim();
    if name.is_empty() || name.chars().count() > ROLE_CHARS_MAX {
        return no("role", "Choose one of the roles in the list");
    }
    Ok(())
}

/// The person is here on the day, and the day is not far away.
fn check_day(person: Person, from: Date, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let people = &case.setting.people;
    let Some(since) = people.since(person) else {
        return no("person", "There is no such person here");
    };
    if from < since {
        return no(
            "from",
            format!(
                "This person came on {}. Choose that day or a later one",
                date_in_words(since)
            ),
        );
    }
    if people
        .last_day(person)
        .is_some_and(|last| last < from.max(case.today))
    {
        return no("person", "This person has left, or will have left by then");
    }
    let far = case.today.checked_add(1.year()).unwrap_or(Date::MAX);
    if from > far {
        return no(
            "from",
            "The first day is more than a year away. Check the year",
        );
    }
    Ok(())
}

/// Nobody is the deputy of themselves.
fn check_not_own_deputy(
    role: &Role,
    person: Person,
    from: Date,
    case: &Case<'_>,
) -> Result<(), Vec<Mistake>> {
    let other = match role {
        Role::Manager => Role::DeputyManager,
        Role::DeputyManager => Role::Manager,
        Role::Lead => Role::DeputyLead,
        Role::DeputyLead => Role::Lead,
        Role::OnlineSafetyLead
        | Role::Chair
        | Role::NamedMember
        | Role::TechnicalLead
        | Role::RoomLeader
        | Role::Other(_) => return Ok(()),
    };
    let mut held = case.setting.roles.holdings_of(&other);
    if held.any(|h| h.person == person && h.is_on_or_ahead(from)) {
        return no(
            "person",
            format!(
                "This person is the {}, and nobody is their own deputy. End that role first, or choose somebody else",
                other.in_words()
            ),
        );
    }
    Ok(())
}

pub(super) fn end(role: &Role, person: Person, last: Option<Date>, case: &Case<'_>) -> Answer {
    let Some(held) = current_or_next(role, person, case) else {
        return no("person", "This person does not hold this role");
    };
    let last = match last {
        // Taken back before it begins.
        None if held.from > case.today => held.from.checked_sub(1.day()).unwrap_or(held.from),
        Some(last) if last < held.from && held.from > case.today => {
            held.from.checked_sub(1.day()).unwrap_or(held.from)
        }
        last => last.unwrap_or(case.today),
    };
    if last < held.from && held.from <= case.today {
        return no(
            "last",
            format!(
                "This person holds the role since {}. Choose that day or a later one",
                date_in_words(held.from)
            ),
        );
    }
    let far = case.today.checked_add(2.years()).unwrap_or(Date::MAX);
    if last > far {
        return no(
            "last",
            "The last day is more than two years away. Check the year",
        );
    }
    if held.last_day().is_some_and(|known| known <= last) {
        return no("last", "This role ends on that day or before it already");
    }
    let gap = case
        .setting
        .roles
        .first_day_without_manager_if_ended(held, last, case.today);
    if let Some(day) = gap {
        return no(
            "person",
            format!(
                "From {} there would be no manager. Give the role of manager to somebody else first, so that the setting is never without one",
                date_in_words(day)
            ),
        );
    }
    done(Entry::Ended(Ended {
        role: role.clone(),
        person,
        from: held.from,
        last,
    }))
}

/// The holding that is on today, else the next one.
fn current_or_next<'a>(role: &Role, person: Person, case: &'a Case<'_>) -> Option<&'a Holding> {
    case.setting
        .roles
        .holdings()
        .iter()
        .filter(|h| h.role == *role && h.person == person && h.is_on_or_ahead(case.today))
        .min_by_key(|h| h.from)
}

pub(super) fn set_reach(person: Person, reach: Option<&str>, case: &Case<'_>) -> Answer {
    let ahead = |held: &Holding| held.person == person && held.is_on_or_ahead(case.today);
    if !case.setting.roles.holdings().iter().any(ahead) {
        return no("person", "This person holds no role. Give them one first");
    }
    if reach.is_some_and(|reach| reach.chars().count() > LINE_MAX) {
        return no("reach", format!("Write at most {LINE_MAX} characters here"));
    }
    done(Entry::ReachSet(ReachSet {
        person,
        reach: seal_if_any(case, &person.subject(), "reach", reach)?,
    }))
}

pub(super) fn acknowledge(role: &Role, digest: &str, case: &Case<'_>) -> Answer {
    let Some(person) = case.person() else {
        return Err(vec![Mistake::new("Sign in first")]);
    };
    if current_or_next(role, person, case).is_none() {
        return no("role", "You do not hold this role");
    }
    let Some(list) = lists::of_role(case.in_force, role) else {
        return no(
            "role",
            "The policy in force gives this role no list of responsibilities",
        );
    };
    if list.digest() != digest {
        return no(
            "digest",
            "The list has changed since you opened it. Read it again, then say so",
        );
    }
    if case.setting.roles.has_read(person, role, digest) {
        return no("role", "You have said already that you have read this list");
    }
    done(Entry::Acknowledged(Acknowledged {
        role: role.clone(),
        person,
        digest: digest.to_owned(),
    }))
}
