//! Who has a device: handing out, confirming, handing back, and what is allowed beyond work.

use super::{Act, Answer, WORDS_MAX, find, record::sealed, said};
use crate::{
    devices::entries::{Entry, HandedOut, Of, PersonalUseAllowed, UseAllowed},
    people::group::Group,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
    },
};
use kernel::{moment::Date, ruling::Mistake};

pub(super) fn entries(act: &Act, case: &Case<'_>) -> Answer {
    let entry = match act {
        Act::HandOut {
            device,
            person,
            what_for,
            until,
        } => hand_out(*device, *person, what_for, *until, case)?,
        Act::Acknowledge { device } => {
            let hand = find(*device, case)?.holder();
            if hand.is_none_or(|hand| hand.acknowledged.is_some()) {
                return no("device", "You have said so already");
            }
            Entry::Acknowledged(Of { device: *device })
        }
        Act::HandBack { device } => {
            if find(*device, case)?.holder().is_none() {
                return no("device", "It is with nobody");
            }
            Entry::HandedBack(Of { device: *device })
        }
        Act::AllowUse {
            device,
            what_for,
            until,
        } => {
            let found = find(*device, case)?;
            if found.about.is_ours() {
                return no("device", "It is the setting’s. It needs no leave");
            }
            is_to_come(*until, case)?;
            let what_for = said("what-for", what_for, WORDS_MAX)?;
            Entry::UseAllowed(UseAllowed {
                device: *device,
                what_for: sealed(found, &what_for, case)?,
                until: *until,
            })
        }
        Act::AllowPersonalUse { device, why, until } => {
            let Some(hand) = find(*device, case)?.holder() else {
                return no("device", "It is with nobody. Hand it out first");
            };
            is_to_come(*until, case)?;
            let why = said("why", why, WORDS_MAX)?;
            Entry::PersonalUseAllowed(PersonalUseAllowed {
                device: *device,
                person: hand.person,
                why: case.seal(hand.person, &why)?,
                until: *until,
            })
        }
        Act::EndPersonalUse { device } => {
            if find(*device, case)?.personal.is_none() {
                return no("device", "Nobody may use it for themselves");
            }
            Entry::PersonalUseEnded(Of { device: *device })
        }
        _ => return no("device", "This is not about who has a device"),
    };
    Ok(vec![AnyEntry::Devices(entry)])
}

fn hand_out(
    device: u32,
    person: Person,
    what_for: &str,
    until: Option<Date>,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    let found = find(device, case)?;
    let people = &case.setting.people;
    if found.is_out_of_use() {
        return no("device", "It is out of use");
    }
    if !people.is_here(person, case.today) || people.groups(person).contains(&Group::Child) {
        return no("person", "There is no such grown-up here");
    }
    if found.holder().is_some_and(|hand| hand.person == person) {
        return no("person", "This person has it already");
    }
    if let Some(until) = until {
        is_to_come(until, case)?;
    }
    let what_for = said("what-for", what_for, WORDS_MAX)?;
    Ok(Entry::HandedOut(HandedOut {
        device,
        person,
        until,
        what_for: sealed(found, &what_for, case)?,
    }))
}

fn is_to_come(day: Date, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if day < case.today {
        return no("until", "Choose a day that is not in the past");
    }
    Ok(())
}
