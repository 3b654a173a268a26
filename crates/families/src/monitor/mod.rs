//! What was asked for on the internet, seen by few and for a reason: reports, alerts that end as a
//! concern or are dismissed, hand checks picked by chance, and who looked at what and why. What the
//! filter saw itself is kept apart from the ledger; `traces` says how it is asked.

pub mod acts;
pub mod circle;
pub mod controls;
pub mod entries;
pub mod kinds;
pub mod pages;
pub mod plan;
pub mod register;
#[cfg(test)]
pub(crate) mod tests;
pub mod traces;
pub mod unusual;

use crate::{
    families::Family,
    spine::{in_force::InForce, setting::Setting},
};
use kernel::{every::Every, moment::Date, value::Value};

/// This family, for the one list.
pub const FAMILY: Family = Family {
    name: "monitor",
    controls: controls::CONTROLS,
    shapes: entries::SHAPES,
    pages: pages::PAGES,
    forms: pages::FORMS,
};

/// The control of what is kept and looked through.
pub const USE: &str = "monitor.use";
/// The control of alerts.
pub const ALERTS: &str = "monitor.alerts";
/// The control of what people are told.
pub const NOTICE: &str = "monitor.notice";
/// The control of checks by hand.
pub const HAND_CHECKS: &str = "monitor.hand-checks";
/// The control of privacy.
pub const PRIVACY: &str = "monitor.privacy";
/// The control of those who monitor.
pub const MONITORS: &str = "monitor.monitors";

/// How many days traces are kept, where the policy names no time.
pub const KEEP_DAYS: i64 = 90;
/// The most days that they are kept, whatever a policy says.
const KEEP_DAYS_MAX: i64 = 2_000;

/// How many days traces are kept, today among them.
#[must_use]
pub fn keep_days(setting: &Setting, in_force: &InForce, today: Date) -> i64 {
    let running = in_force.find(USE);
    let said = running.and_then(|running| running.bound.values.get("keep"));
    let every = said
        .map(Value::in_words)
        .and_then(|words| Every::read(&words));
    let Some(every) = every else {
        return KEEP_DAYS;
    };
    let until = every.after(today, setting.place.calendar());
    let days = until.since(today).map(|span| i64::from(span.get_days()));
    days.unwrap_or(KEEP_DAYS).clamp(1, KEEP_DAYS_MAX)
}
