//! What procedures at work make people owe. The words say which case and by when, and nothing of
//! what it is about; only who is on the case sees them.

use super::register::Run;
use crate::{
    concerns::{circle, register::Case},
    roles::role::Role,
    spine::control::Standpoint,
};
use kernel::{
    duty::{Duty, Owner},
    moment::Moment,
};
use std::collections::BTreeMap;

/// What is owed in a case that is open.
pub(crate) fn owed(case: &Case, from: &Standpoint<'_>) -> Vec<Duty> {
    let mut duties = Vec::new();
    let on = circle::on_case(case, from.setting, from.today);
    for run in from.setting.procedure.of(case.number) {
        let at = format!("/procedure/cases/{}/{}", case.number, run.number);
        duties.extend(clocks(case, run, &at, from));
        if !run.left.second {
            continue;
        }
        let Some(last) = run.marks.last() else {
            continue;
        };
        for person in on.iter().filter(|person| Some(**person) != last.by) {
            let duty = Duty::new(
                format!(
                    "Say whether a step may be passed over in case {}",
                    case.reference
                ),
                Owner::Person(person.0),
                from.calendar().next_working_day(last.at.date()),
            );
            let about = format!("second:{}:{}:{person}", case.number, run.number);
            duties.push(
                duty.opens(last.at.date())
                    .at(&at)
                    .about(about)
                    .from([last.seq]),
            );
        }
    }
    duties
}

/// One for each clock that runs; steps whose time ends at the same moment are one.
fn clocks(case: &Case, run: &Run, at: &str, from: &Standpoint<'_>) -> Vec<Duty> {
    let left = &run.left;
    if left.steps == 0 {
        return Vec::new();
    }
    let mut ends: BTreeMap<Moment, usize> = BTreeMap::new();
    // Lines of earlier releases say only when the first one ends.
    let first = left.next.filter(|_| left.clocks.is_empty());
    for clock in left.clocks.iter().copied().chain(first) {
        *ends.entry(clock).or_default() += 1;
    }
    let each = ends.into_iter().map(|(ends, count)| {
        let steps = match count {
            1 => "a step".to_owned(),
            count => format!("{count} steps"),
        };
        let duty = Duty::new(
            format!(
                "Do {steps} of what has to be done in case {}, in time until {}",
                case.reference,
                ends.in_words()
            ),
            owner(case, from),
            ends.date(),
        );
        let about = format!("run:{}:{}:{}", case.number, run.number, ends.micros());
        duty.opens(run.at.date())
            .at(at)
            .about(about)
            .from([run.seq])
    });
    each.collect()
}

/// Whoever took the case on, while they are on it; else the lead or whom it goes to.
fn owner(case: &Case, from: &Standpoint<'_>) -> Owner {
    let on = circle::on_case(case, from.setting, from.today);
    if let Some((person, _)) = case.taken.filter(|(person, _)| on.contains(person)) {
        return Owner::Person(person.0);
    }
    let lead = from.setting.roles.first_held(&[Role::Lead], from.today);
    let role = lead
        .filter(|role| case.roles.contains(role))
        .or(case.roles.first());
    match (role, on.first()) {
        (Some(role), _) => Owner::role(role.key()),
        (None, Some(person)) => Owner::Person(person.0),
        (None, None) => Owner::role(Role::Lead.key()),
    }
}
