//! What the clock owes: acts that have to be done because their minute has come. The program asks
//! every second and performs them; whatever is done already is not asked for again.

use super::{act::Act, in_force::InForce, setting::Setting};
use crate::{concerns, filter, internet, monitor, procedure};
use kernel::moment::Moment;

/// The acts whose minute has come.
#[must_use]
pub fn wakes(setting: &Setting, in_force: &InForce, now: Moment) -> Vec<Act> {
    let unanswered = concerns::controls::report::unanswered(setting, in_force, now);
    let ask = |case| Act::Concerns(concerns::acts::Act::AskNext { case });
    let leavers = concerns::transfer::leavers::wake(setting, in_force, now);
    let kept = concerns::keeping::look::wake(setting, in_force, now);
    let over = internet::acts::over(setting, now);
    let close = |session| Act::Internet(internet::acts::Act::EndByTime { session });
    let close = over.into_iter().map(close);
    unanswered
        .into_iter()
        .map(ask)
        .chain(leavers)
        .chain(kept)
        .chain(procedure::clocks::wakes(setting, now))
        .chain(close)
        .chain(filter::acts::evidence::too_old(setting, now))
        .chain(monitor::acts::to_pick(setting, in_force, now.date()))
        .collect()
}
