//! Somebody looks at what was asked for: by a person, on a device, or by words; for a reason, which
//! is written down before anything is shown.

use super::{Answer, LINE_MAX, LOOK_DAYS_MAX, NewLook, WORDS_MAX, by_chance, one};
use crate::{
    concerns::{circle as of_concerns, matter, register::subject},
    devices::acts::said,
    monitor::{
        circle,
        entries::{Entry, Looked, Said},
        keep_days,
    },
    spine::act::{Case, Person, no},
};
use kernel::{
    moment::{Date, minus_days, plus_days},
    ruling::Mistake,
};

/// For how many hours it is open to whoever looked.
const OPEN_HOURS: i64 = 24;
/// One of so many looks is looked through by somebody else.
const PICKED_ONE_OF: u64 = 3;
/// The most looks that are kept.
const MOST: u32 = 9_000_000;

pub(super) fn look(new: &NewLook, case: &Case<'_>) -> Answer {
    let setting = case.setting;
    let number = setting.monitor.next_look();
    if number >= matter::LOOK + MOST {
        return no("why", "No more looks can be kept");
    }
    let why = said("why", &new.why, WORDS_MAX)?;
    let has = new.has.trim().to_lowercase();
    if has.chars().count() > LINE_MAX {
        return no("has", format!("Write at most {LINE_MAX} characters here"));
    }
    if new.person.is_none() && new.device.is_none() && has.is_empty() {
        return no(
            "person",
            "Choose a person or a device, or write what you look for",
        );
    }
    if new
        .person
        .is_some_and(|person| !setting.people.is_known(person))
    {
        return no("person", "There is no such person");
    }
    if new
        .device
        .is_some_and(|device| setting.devices.find(device).is_none())
    {
        return no("device", "There is no such device on the register");
    }
    days(new, case)?;
    let people = people(new, case);
    whose(new, &people, case)?;
    let said = Said { why, has };
    let sealed = case.sealer.seal(&subject(number), &said);
    one(Entry::Looked(Looked {
        case: number,
        person: new.person,
        device: new.device,
        people,
        first: new.first,
        last: new.last,
        said: sealed.map_err(|erased| vec![Mistake::from(erased)])?,
        until: case.now.plus_hours(OPEN_HOURS),
        concern: new.concern,
        picked: new.concern.is_none() && by_chance(case, PICKED_ONE_OF),
    }))
}

/// The days: as far back as traces are kept, or those that were kept for a concern.
fn days(new: &NewLook, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if new.last < new.first {
        return no("last", "Choose a last day that is not before the first");
    }
    if new.last > case.today {
        return no("last", "Choose a day that is not in the future");
    }
    if plus_days(new.first, LOOK_DAYS_MAX) <= new.last {
        return no("last", format!("Look at {LOOK_DAYS_MAX} days at most"));
    }
    if let Some(concern) = new.concern {
        let setting = case.setting;
        let on = of_concerns::is_on(case.who, concern, setting, case.today);
        let holds = |day: Date| {
            let mut kept = setting.filter.kept().filter(|kept| kept.case == concern);
            kept.any(|kept| {
                let own = new.device.is_none_or(|one| kept.devices.contains(&one));
                own && kept.from.date() <= day && day <= kept.to.date()
            })
        };
        if on && new.device.is_some() && holds(new.first) && holds(new.last) {
            return Ok(());
        }
        return no(
            "concern",
            "No trace of these days and this device is kept for it",
        );
    }
    let keep = keep_days(case.setting, case.in_force, case.today);
    if new.first < minus_days(case.today, keep.saturating_sub(1)) {
        return no("first", format!("Traces are kept for {keep} days"));
    }
    Ok(())
}

/// Whom it is about, as far as it is known: the person, or whoever had the device in those days.
fn people(new: &NewLook, case: &Case<'_>) -> Vec<Person> {
    let mut people: Vec<Person> = new.person.into_iter().collect();
    let device = new.device.filter(|_| new.person.is_none());
    if let Some(device) = device.and_then(|one| case.setting.devices.find(one)) {
        let then = device.hands.iter().filter(|hand| {
            let back = hand.back.map(kernel::moment::Moment::date);
            hand.from.date() <= new.last && back.is_none_or(|back| new.first <= back)
        });
        people.extend(then.map(|hand| hand.person));
    }
    people.sort_unstable();
    people.dedup();
    people
}

/// Nobody looks at their own, and whoever leads is looked at by somebody else.
fn whose(new: &NewLook, people: &[Person], case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let may =
        |about: Option<Person>| circle::may_look_at(case.who, about, case.setting, case.today);
    let allowed = match people {
        [] => may(None),
        all => all.iter().any(|person| may(Some(*person))),
    };
    if allowed {
        return Ok(());
    }
    let field = if new.person.is_some() {
        "person"
    } else {
        "device"
    };
    let who = circle::may_in_words(people.first().copied(), case.setting, case.today);
    no(
        field,
        format!(
            "You may not look at this yourself. Ask {}",
            crate::spine::permit::or(who)
        ),
    )
}
