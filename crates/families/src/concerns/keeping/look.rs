//! Which cases have been kept long enough. How long that is stands sealed with the case, so the clock
//! looks once in each month: what it finds is kept with the case, and that it looked is kept, too.

use super::entries::{Entry, LookedThrough, Over};
use crate::{
    concerns::{acts, entries::Entry as Any, register::Case, retention},
    spine::{
        act::{Act as AnyAct, Case as Asked},
        in_force::InForce,
        setting::Setting,
    },
};
use kernel::moment::{Date, Moment};

/// Whether it is to be looked now: a month has begun, and something may have been kept long enough.
#[must_use]
pub fn wake(setting: &Setting, in_force: &InForce, now: Moment) -> Option<AnyAct> {
    in_force.find("concerns.case")?;
    let concerns = &setting.concerns;
    let month = now.date().first_of_month();
    if concerns.keeping_looked().is_some_and(|last| last >= month) {
        return None;
    }
    let mut waiting = concerns.cases().filter(|case| waits(case, month));
    waiting.next()?;
    Some(AnyAct::Concerns(acts::Act::Keeping(
        super::acts::Act::LookThrough,
    )))
}

/// Closed before this month, and not known yet to have been kept long enough.
fn waits(case: &Case, month: Date) -> bool {
    let ended = case.outcome.as_ref().map(|ended| ended.at.date());
    ended.is_some_and(|ended| ended < month) && case.keeping.over.is_none()
}

/// What was found.
pub(super) fn look(asked: &Asked<'_>) -> Vec<Any> {
    let month = asked.today.first_of_month();
    let looked = Entry::LookedThrough(LookedThrough { month });
    let all = asked.setting.concerns.cases();
    let over = all.filter(|case| waits(case, month) && retention::is_over(asked, case));
    let over = over.map(|case| Entry::Over(Over { case: case.number }));
    std::iter::once(looked)
        .chain(over)
        .map(Any::Keeping)
        .collect()
}
