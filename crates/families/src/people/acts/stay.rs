//! When somebody leaves, and comes back.

use super::{check_near, known};
use crate::{
    people::entries::{Entry, Left, Returned},
    spine::act::{Case, Person, no},
};
use kernel::{
    moment::{Date, date_in_words},
    ruling::Mistake,
};

pub(super) fn leave(
    person: Person,
    last: Date,
    at_once: bool,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let people = &case.setting.people;
    let ends_now = at_once && !people.has_gone(person, case.today);
    if people.last_day(person) == Some(last) && !ends_now {
        return no("last", "This last day is recorded already");
    }
    if people.since(person).is_some_and(|since| last < since) {
        return no(
            "last",
            "The last day is before the first day of this person",
        );
    }
    check_near("last", Some(last), case)?;
    let last_at_work = if at_once {
        last.min(case.today.yesterday().unwrap_or(Date::MIN))
    } else {
        last
    };
    if is_last_manager(person, last_at_work, case) {
        return no(
            "person",
            "After that there would be a day without a manager. Give the role of manager to somebody else first, so that the setting is never without one",
        );
    }
    let at_once = at_once.then_some(true);
    Ok(Entry::Left(Left {
        person,
        last,
        at_once,
    }))
}

pub(super) fn come_back(
    person: Person,
    since: Date,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    known(case, "person", person)?;
    let Some(last) = case.setting.people.last_day(person) else {
        return no("person", "This person has not left");
    };
    if since <= last {
        return no(
            "since",
            format!(
                "The first day back must be after the last day, {}",
                date_in_words(last)
            ),
        );
    }
    let stays = last.tomorrow().is_ok_and(|next| next == since);
    if case.today <= last && !stays {
        return no(
            "since",
            format!(
                "This person is still here until {}. Record their return after that day, or choose the day after it if they stay",
                date_in_words(last)
            ),
        );
    }
    check_near("since", Some(since), case)?;
    Ok(Entry::Returned(Returned { person, since }))
}

/// Whether a manager's leaving would leave the setting without one, on the day after or later.
fn is_last_manager(person: Person, last: Date, case: &Case<'_>) -> bool {
    let roles = &case.setting.roles;
    roles
        .first_day_without_manager_if_left(person, last, case.today)
        .is_some()
}
