//! monitor.hand-checks: managers look at devices and talk to staff. Chance picks what is looked at, so
//! that nobody can prepare for it; the result is kept. Where the policy names them, online safety is
//! an item of staff meetings and supervision.

use super::owner;
use crate::{
    monitor::{HAND_CHECKS, acts::is_own, circle, entries::Outcome, register::Check},
    roles::{role::Role, since::adopted},
    spine::{
        control::{Cell, Control, Register, Row, Standpoint},
        in_force::InForce,
    },
};
use kernel::{
    duty::{Duty, Owner},
    every::Every,
    moment::minus_days,
    value::{Value, Words},
};
use serde::Deserialize;

/// How often, where the policy gives no figure.
const USUAL: Every = Every::Months(1);
/// How often it is talked over, where the policy gives no figure.
const USUAL_TALK: Every = Every::Terms(1);
/// How long before its day a talk is shown as work, in days.
const OPENS_BEFORE_DAYS: i64 = 28;

/// Managers look at devices and talk to staff.
#[derive(Deserialize)]
pub(in crate::monitor) struct HandChecks {
    /// How often something is looked at.
    #[serde(default)]
    every: Option<Every>,
    /// Who looks; read where it is asked who may.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "`circle::checking` reads it, of the policy that is adopted"
    )]
    by: Words,
    /// What is looked at beside devices and accounts; read where chance picks.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "`named` reads it, for the act by which chance picks"
    )]
    checked: Words,
    /// Where online safety is talked over.
    #[serde(default)]
    talk_in: Words,
}

fn value<'a>(in_force: &'a InForce, param: &str) -> Option<&'a Value> {
    in_force.find(HAND_CHECKS)?.bound.values.get(param)
}

/// How often something is looked at, by the policy in force.
#[must_use]
pub(in crate::monitor) fn every(in_force: &InForce) -> Every {
    let said = value(in_force, "every").map(Value::in_words);
    said.and_then(|words| Every::read(&words)).unwrap_or(USUAL)
}

/// What is looked at beside devices and accounts: what the policy names, or else shared folders.
#[must_use]
pub(in crate::monitor) fn named(in_force: &InForce) -> Vec<String> {
    let said = value(in_force, "checked").map(Value::words);
    let said = said.unwrap_or_default();
    if said.is_empty() {
        return vec!["The shared folders".to_owned()];
    }
    said
}

/// Where online safety is talked over, by the policy in force.
#[must_use]
pub(in crate::monitor) fn talked_in(in_force: &InForce) -> Vec<String> {
    value(in_force, "talk_in")
        .map(Value::words)
        .unwrap_or_default()
}

impl Control for HandChecks {
    fn register(&self, from: &Standpoint<'_>) -> Option<Register> {
        let monitor = &from.setting.monitor;
        let checks = monitor.checks().filter_map(|check| {
            let (checked, by, at, seq) = check.done.as_ref()?;
            Some(Row {
                cells: vec![
                    Cell::Day(at.date()),
                    Cell::Text(check.picked.thing.in_words(from.setting)),
                    Cell::Text(checked.outcome.in_words().to_owned()),
                    by.map_or(Cell::Empty, Cell::Person),
                ],
                seq: *seq,
                at: *at,
            })
        });
        let talks = monitor.talks().iter().map(|talk| Row {
            cells: vec![
                Cell::Day(talk.talked.on),
                Cell::Said(talk.talked.place.clone()),
                Cell::Said(talk.talked.about.clone()),
                Cell::Empty,
            ],
            seq: talk.seq,
            at: talk.at,
        });
        let mut rows: Vec<Row> = checks.chain(talks).collect();
        rows.sort_by_key(|row| row.seq);
        Some(Register {
            title: "Checks by hand and talks".to_owned(),
            columns: vec!["Day", "What", "How it went, or about what", "By"],
            rows,
        })
    }

    fn duties(&self, from: &Standpoint<'_>) -> Vec<Duty> {
        let checks = from.setting.monitor.checks();
        let checks = checks.filter_map(|check| to_check(check, from));
        let talks = self.talk_in.iter().map(|place| self.to_talk(place, from));
        checks.chain(talks).collect()
    }
}

/// A check that is to be done, or of which something is still to be put right.
fn to_check(check: &Check, from: &Standpoint<'_>) -> Option<Duty> {
    let what = check.picked.thing.in_words(from.setting);
    let (says, opens, seq) = match &check.done {
        None => (
            format!("Look at this by hand, picked by chance: {what}"),
            check.at.date(),
            check.seq,
        ),
        Some((checked, _, at, seq)) if checked.outcome == Outcome::ToPutRight => (
            format!("Put right what was found by hand: {what}"),
            at.date(),
            *seq,
        ),
        Some(_) => return None,
    };
    Some(
        Duty::new(says, who(check, from), check.picked.due)
            .opens(opens)
            .at(format!("/monitor/checks/done?check={}", check.picked.check))
            .about(format!("check:{}", check.picked.check))
            .from([seq]),
    )
}

/// Who looks: whom the policy names, unless it is theirs; then the next who leads.
fn who(check: &Check, from: &Standpoint<'_>) -> Owner {
    let mut roles = vec![circle::checker(from.setting)];
    roles.extend(Role::LEADING);
    let free = roles.into_iter().find(|role| {
        let holders = from.setting.roles.holders(role, from.today);
        holders.iter().any(|one| !is_own(check, *one, from.setting))
    });
    Owner::role(free.unwrap_or(Role::Manager).key())
}

impl HandChecks {
    fn to_talk(&self, place: &str, from: &Standpoint<'_>) -> Duty {
        let talks = from.setting.monitor.talks().iter();
        let last = talks
            .filter(|talk| talk.talked.place.eq_ignore_ascii_case(place))
            .max_by_key(|talk| talk.talked.on);
        let since = last.map_or_else(|| adopted(from), |last| last.talked.on);
        let every = self.every.unwrap_or(USUAL_TALK);
        let due = every.after(since, from.calendar());
        let roles = [circle::checker(from.setting), Role::Manager];
        Duty::new(
            format!("Talk over online safety: {place}"),
            owner(&roles, from),
            due,
        )
        .opens(minus_days(due, OPENS_BEFORE_DAYS).max(since))
        .at(crate::spine::page::address(
            "/monitor/talked",
            &[("place", place)],
        ))
        .about(format!("talk:{place}:{since}"))
        .from(last.map(|last| last.seq))
    }
}
