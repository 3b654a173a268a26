//! A child who has left, about whom there is a case, has a file that has to move. Which case is about
//! which child is sealed, so the clock looks once when children have left: what it finds is kept with
//! the case, and that it looked is kept whether it found something or not.

use super::entries::{Entry, LookedRound, Owed};
use crate::{
    concerns::{controls::transfer, entries::Entry as Any, note::Report},
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Case as Asked, Person},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::moment::{Date, Moment};
use std::collections::BTreeMap;

/// Whether it is to be looked now: the policy in force asks for it, and a child has left since.
#[must_use]
pub fn wake(setting: &Setting, in_force: &InForce, now: Moment) -> Option<AnyAct> {
    in_force.find(transfer::CONTROL)?;
    let found = left(setting, now.date()).next();
    found.map(|_| {
        let act = super::acts::Act::LookRound;
        AnyAct::Concerns(crate::concerns::acts::Act::Transfer(act))
    })
}

/// Children who have left and were not looked for yet.
fn left(setting: &Setting, today: Date) -> impl Iterator<Item = (Person, Date)> {
    let (people, transfers) = (&setting.people, setting.concerns.transfers());
    people.all().filter_map(move |person| {
        let last = people.last_day(person).filter(|last| *last < today)?;
        let is_new = !transfers.has_looked(person, last);
        (is_new && people.groups(person).contains(&Group::Child)).then_some((person, last))
    })
}

/// A report about a child who has left already: its file has to move, too, and follows the first.
#[must_use]
pub fn owed_by(report: &Report, case: u32, asked: &Asked<'_>) -> Option<Any> {
    asked.in_force.find(transfer::CONTROL)?;
    let people = &asked.setting.people;
    let last = |child: &Person| people.last_day(*child);
    let left = |last: &Date| *last < asked.today;
    report.children.iter().filter_map(last).find(left)?;
    let within = transfer::within(asked.in_force);
    let due = within.after(asked.today, asked.setting.place.calendar());
    Some(Any::Transfer(Entry::Owed(Owed { case, due })))
}

/// What was found.
pub(super) fn look(asked: &Asked<'_>) -> Vec<Any> {
    let gone: BTreeMap<Person, Date> = left(asked.setting, asked.today).collect();
    let within = transfer::within(asked.in_force);
    let concerns = &asked.setting.concerns;
    let left = gone.iter().map(|(person, last)| (*person, *last));
    let left = left.collect();
    let mut found = vec![Entry::LookedRound(LookedRound { left })];
    for case in concerns.cases() {
        let transfers = concerns.transfers();
        if transfers.owes(case.number).is_some() || transfers.is_sent(case.number) {
            continue;
        }
        let report: Option<Report> = asked.sealer.open(&case.report);
        let children = report.map(|report| report.children).unwrap_or_default();
        let last = children.iter().filter_map(|child| gone.get(child)).min();
        if let Some(last) = last {
            let due = within.after(*last, asked.setting.place.calendar());
            found.push(Entry::Owed(Owed {
                case: case.number,
                due,
            }));
        }
    }
    found.into_iter().map(Any::Transfer).collect()
}
