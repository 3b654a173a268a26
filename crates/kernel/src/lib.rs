//! Words that name no family: times, dates and calendars, sealed words, what a control may answer,
//! refusals, duties and standings. Everything here is pure: no files, no network, no clock.
//!
//! Reading order: `moment`, `every`, `calendar` and `bank_holidays`, `value`, `chance`, `sealed`, `chunks`, `kept`,
//! `naming`, `ruling`, `duty`, `standing`.

pub mod bank_holidays;
pub mod calendar;
pub mod chance;
pub mod chunks;
pub mod duty;
pub mod every;
pub mod kept;
pub mod moment;
pub mod naming;
pub mod ruling;
pub mod sealed;
pub mod standing;
pub mod value;
