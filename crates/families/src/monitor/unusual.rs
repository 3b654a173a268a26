//! Unusual activity: a device asks on one day for far more that is closed than on other days. Found in
//! counts alone, where the policy names it as a theme; once a day for each device.

use super::{
    acts::Raise,
    kinds::{self, watched},
    traces::Asked,
};
use crate::spine::view::View;
use kernel::moment::minus_days;

/// The theme.
pub const THEME: &str = "unusual";
/// So much has to be closed for a device on one day at least.
const CLOSED_MIN: u64 = 60;
/// So many times what is usual.
const TIMES_USUAL: u64 = 5;
/// So many days are looked back at, to know what is usual.
const DAYS_BACK: i64 = 14;
/// On so many of them something has to have been asked for; with fewer, nothing is usual yet.
const DAYS_MIN: u64 = 3;

/// What is unusual at this moment; nothing where the policy does not ask for it.
#[must_use]
pub fn found(view: &View<'_>) -> Vec<Raise> {
    let watches = watched(view.in_force);
    let (true, Some(theme)) = (
        watches.iter().any(|theme| theme.key == THEME),
        kinds::find(THEME),
    ) else {
        return Vec::new();
    };
    let first = minus_days(view.today, DAYS_BACK);
    let before = view
        .traces
        .ask(&Asked::days(first, minus_days(view.today, 1)));
    let days = before.by_day.values().filter(|count| count.all > 0).count();
    let days = u64::try_from(days).unwrap_or(0);
    if days < DAYS_MIN {
        return Vec::new();
    }
    let today = view.traces.ask(&Asked::days(view.today, view.today));
    let usual = |device: &u32| before.by_device.get(device).map_or(0, |count| count.closed) / days;
    let known = today.by_device.iter().filter(|(device, _)| **device > 0);
    let odd = known.filter(|(device, count)| {
        let most = usual(device).saturating_mul(TIMES_USUAL);
        count.closed >= CLOSED_MIN && count.closed > most
    });
    odd.map(|(device, count)| {
        let found = view.setting.devices.find(*device);
        let holder = found.and_then(|device| device.holder());
        Raise {
            series: format!("{THEME}-{device}-{}", view.today),
            theme: THEME.to_owned(),
            severity: theme.severity,
            device: Some(*device),
            person: holder.map(|hand| hand.person),
            room: found.and_then(|device| device.about.room),
            session: None,
            what: format!(
                "much more that is closed than on other days: {} times so far today, where {} is usual",
                count.closed,
                usual(device)
            ),
            words: false,
            open: false,
            first: view.now,
            last: view.now,
            count: 1,
        }
    })
    .collect()
}
