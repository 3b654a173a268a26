//! The care around monitoring: days that are over, checks by hand, talks, the assessment, and the
//! reviews of what is looked at and by whom.

use super::{Answer, LINE_MAX, WORDS_MAX, drawn, one};
use crate::{
    devices::{acts::said, kinds::Owner},
    monitor::{
        HAND_CHECKS, circle,
        controls::hand_checks::{every, named},
        entries::{
            Assessed, CheckPicked, Checked, DayClosed, Entry, MonitorsReviewed, Outcome, Supported,
            Talked, Thing, UseReviewed,
        },
        register::Check,
    },
    spine::{
        act::{Act as AnyAct, Case, Person, no},
        entry::Entry as AnyEntry,
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::{
    moment::{Date, minus_days, plus_days},
    ruling::Mistake,
};

/// Under whose key the words of reviews are.
const MONITORING: &str = "monitoring";
/// The longest until an assessment is looked at again, in days.
const REVIEW_DAYS_MAX: i64 = 800;
/// How far back a talk may be written down, in days.
const TALK_DAYS_MAX: i64 = 366;

pub(super) fn close_day(closed: &DayClosed, case: &Case<'_>) -> Vec<AnyEntry> {
    let known = case.setting.monitor.day(closed.day);
    if known.is_some_and(|day| day.closed.digest == closed.digest) || closed.day > case.today {
        return Vec::new();
    }
    vec![AnyEntry::Monitor(Entry::DayClosed(closed.clone()))]
}

/// Whether it is time that chance picks: nothing was picked yet, its time is over, or what was picked
/// is not here any more.
#[must_use]
pub fn to_pick(setting: &Setting, in_force: &InForce, today: Date) -> Option<AnyAct> {
    in_force.find(HAND_CHECKS)?;
    is_time(setting, today)
        .then_some(())
        .filter(|()| !things(setting, in_force, today).is_empty())
        .map(|()| AnyAct::Monitor(super::Act::PickCheck))
}

fn is_time(setting: &Setting, today: Date) -> bool {
    let last = setting.monitor.checks().next_back();
    last.is_none_or(|check| match &check.done {
        None => false,
        Some((checked, ..)) => checked.outcome == Outcome::NotHere || check.picked.due < today,
    })
}

/// All that chance may pick: devices in use, accounts, and what the policy names.
fn things(setting: &Setting, in_force: &InForce, today: Date) -> Vec<Thing> {
    let devices = setting.devices.kept();
    let devices =
        devices.filter(|device| device.about.owner == Owner::Setting && !device.is_out_of_use());
    let devices = devices.map(|device| Thing::Device(device.number));
    let people = setting.people.here(today);
    let people = people.filter(|person| {
        setting.people.is_team(*person, today) && setting.access.has_account(*person)
    });
    let named = named(in_force).into_iter().map(Thing::Named);
    devices
        .chain(people.map(Thing::Account))
        .chain(named)
        .collect()
}

pub(super) fn pick(case: &Case<'_>) -> Answer {
    let (setting, today) = (case.setting, case.today);
    if !is_time(setting, today) {
        return no("check", "What was picked last is still to be looked at");
    }
    let last = setting.monitor.checks().next_back();
    let mut things = things(setting, case.in_force, today);
    if things.len() > 1 {
        things.retain(|thing| last.is_none_or(|check| check.picked.thing != *thing));
    }
    let count = u64::try_from(things.len()).unwrap_or(1).max(1);
    let place = usize::try_from(drawn(case) % count).unwrap_or(0);
    let Some(thing) = things.into_iter().nth(place) else {
        return no("check", "There is nothing to look at");
    };
    // What takes the place of something that is not here any more is due when that was.
    let due = last.filter(|check| check.picked.due >= today).map_or_else(
        || every(case.in_force).after(today, setting.place.calendar()),
        |check| check.picked.due,
    );
    one(Entry::CheckPicked(CheckPicked {
        check: setting.monitor.next_check(),
        thing,
        due,
    }))
}

/// Whether something is somebody's own, so that somebody else looks at it.
#[must_use]
pub fn is_own(check: &Check, person: Person, setting: &Setting) -> bool {
    match &check.picked.thing {
        Thing::Account(own) => *own == person,
        Thing::Device(device) => {
            let found = setting.devices.find(*device);
            let holder = found.and_then(|device| device.holder());
            holder.is_some_and(|hand| hand.person == person)
        }
        Thing::Named(_) => false,
    }
}

pub(super) fn check(number: u32, outcome: Outcome, note: &str, case: &Case<'_>) -> Answer {
    let Some(check) = case.setting.monitor.check(number) else {
        return no("check", "There is no such check");
    };
    let open = |(checked, ..): &(Checked, _, _, _)| checked.outcome == Outcome::ToPutRight;
    if !check.done.as_ref().is_none_or(open) {
        return no("check", "It was looked at already");
    }
    let person = case.person();
    if person.is_some_and(|person| is_own(check, person, case.setting)) {
        return no("check", "Somebody else looks at what is yours");
    }
    if note.chars().count() > WORDS_MAX {
        return no("note", format!("Write at most {WORDS_MAX} characters here"));
    }
    if matches!(outcome, Outcome::PutRight | Outcome::ToPutRight) && note.trim().is_empty() {
        return no("note", "Write what was not as it should be");
    }
    one(Entry::Checked(Checked {
        check: number,
        outcome,
        note: note.trim().to_owned(),
    }))
}

pub(super) fn talk(place: &str, on: Date, about: &str, case: &Case<'_>) -> Answer {
    if on > case.today {
        return no("on", "Choose a day that is not in the future");
    }
    if on < minus_days(case.today, TALK_DAYS_MAX) {
        return no("on", "Choose a day of the last year");
    }
    one(Entry::Talked(Talked {
        place: said("place", place, LINE_MAX)?,
        on,
        about: said("about", about, WORDS_MAX)?,
    }))
}

pub(super) fn assess(assessed: &Assessed, case: &Case<'_>) -> Answer {
    if assessed.review <= case.today {
        return no("review", "Choose a day in the future");
    }
    if assessed.review > plus_days(case.today, REVIEW_DAYS_MAX) {
        return no("review", "Look at it again within two years");
    }
    one(Entry::Assessed(Assessed {
        purpose: said("purpose", &assessed.purpose, WORDS_MAX)?,
        need: said("need", &assessed.need, WORDS_MAX)?,
        risks: said("risks", &assessed.risks, WORDS_MAX)?,
        measures: said("measures", &assessed.measures, WORDS_MAX)?,
        asked: said("asked", &assessed.asked, WORDS_MAX)?,
        review: assessed.review,
    }))
}

pub(super) fn review_use(found: &str) -> Answer {
    one(Entry::UseReviewed(UseReviewed {
        found: said("found", found, WORDS_MAX)?,
    }))
}

pub(super) fn review_monitors(found: &str, case: &Case<'_>) -> Answer {
    let found = said("found", found, WORDS_MAX)?;
    let own = case.person();
    let looks = case.setting.monitor.looks().filter(|look| {
        look.picked
            && look.reviewed.is_none()
            && look.by != own
            && circle::is_on(case.who, look.number, case.setting, case.today)
    });
    let looks = looks.map(|look| look.number).collect();
    let sealed = case.sealer.seal_words(MONITORING, &found);
    one(Entry::MonitorsReviewed(MonitorsReviewed {
        looks,
        found: sealed.map_err(|erased| vec![Mistake::from(erased)])?,
    }))
}

pub(super) fn support(person: Person, how: &str, case: &Case<'_>) -> Answer {
    let how = said("how", how, WORDS_MAX)?;
    if Some(person) == case.person() {
        return no("person", "Support is given by somebody else");
    }
    let roles = circle::watching(case.setting);
    let watches = |role| case.setting.roles.holds(person, role, case.today);
    if !roles.iter().any(watches) {
        return no("person", "Choose somebody who monitors");
    }
    one(Entry::Supported(Supported {
        person,
        how: case.seal_words(person, &how)?,
    }))
}
