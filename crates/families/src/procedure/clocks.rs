//! What the clock tells of procedures at work: that a step’s time is about to end, and, at the minute
//! at which it does, that it has ended. Whoever is on the case gets a message that says neither of
//! which step nor of which case.

use super::{acts::Act, entries::Clock, register::Run};
use crate::spine::{act::Act as AnyAct, setting::Setting};
use kernel::moment::Moment;

const MINUTE: i64 = 60 * 1_000_000;
/// It is told at the earliest so many minutes before the end.
const BEFORE_MAX: i64 = 24 * 60 * MINUTE;
/// Nothing is told beforehand of a time that is shorter than this.
const SHORT: i64 = 20 * MINUTE;

/// The acts whose minute has come.
pub(crate) fn wakes(setting: &Setting, now: Moment) -> Vec<AnyAct> {
    let cases = setting.procedure.cases();
    let open = cases.filter(|case| {
        let found = setting.concerns.case(*case);
        found.is_some_and(|found| !found.is_closed())
    });
    let acts = open.flat_map(|case| {
        let runs = setting.procedure.of(case).iter();
        runs.flat_map(move |run| of_run(case, run, now))
    });
    acts.map(AnyAct::Procedure).collect()
}

fn of_run(case: u32, run: &Run, now: Moment) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut clocks = run.left.clocks.clone();
    clocks.dedup();
    for ends in clocks {
        // What was over when it was last worked on is seen there.
        if ends <= run.last() {
            continue;
        }
        let clock = Clock {
            case,
            run: run.number,
            ends,
        };
        if now >= ends {
            if !run.told.contains(&(ends, true)) {
                acts.push(Act::ClockEnded(clock));
            }
        } else if is_near(run.at, ends, now) && !run.told.contains(&(ends, false)) {
            acts.push(Act::ClockNear(clock));
        }
    }
    acts
}

/// In the last quarter of its time, and not more than a day before the end.
fn is_near(begun: Moment, ends: Moment, now: Moment) -> bool {
    let long = ends.micros().saturating_sub(begun.micros());
    let before = (long / 4).min(BEFORE_MAX);
    let left = ends.micros().saturating_sub(now.micros());
    long >= SHORT && left <= before
}
