//! When a plan changes by itself: hours, ends of exceptions, sessions. Whoever keeps a decision asks
//! until when it holds.

use super::{Day, Gate, Hours, Profile, Time};
use jiff::civil::{Date, Weekday};
use kernel::moment::Moment;

/// The longest time for which a decision is kept.
const HOLDS_MINUTES_MAX: i64 = 1;

impl Gate {
    /// The first moment after this one at which a decision may be another; at most a minute on.
    #[must_use]
    pub fn holds_until(&self, at: Moment) -> Moment {
        let plan = self.plan();
        let today = at.date();
        let tomorrow = today.tomorrow().unwrap_or(today);
        let hours = plan.profiles.iter().flat_map(|profile| &profile.hours);
        let hours = hours.flat_map(|hours| {
            [
                on(today, hours.from),
                on(today, hours.until),
                on(tomorrow, hours.from),
            ]
        });
        let ends = plan.exceptions.iter().filter_map(|one| one.until);
        let sessions = plan.sessions.iter().flat_map(|one| [one.from, one.until]);
        let midnight = Moment::start_of(tomorrow);
        let all = hours.chain(ends).chain(sessions).chain([midnight]);
        let next = all.filter(|moment| *moment > at).min();
        let most = at.plus_minutes(HOLDS_MINUTES_MAX);
        next.map_or(most, |next| next.min(most))
    }
}

/// Whether a moment is one of a profile's hours.
pub(crate) fn is_open_at(profile: &Profile, at: Moment) -> bool {
    let today = at.date();
    let day = match today.weekday() {
        Weekday::Monday => Day::Mon,
        Weekday::Tuesday => Day::Tue,
        Weekday::Wednesday => Day::Wed,
        Weekday::Thursday => Day::Thu,
        Weekday::Friday => Day::Fri,
        Weekday::Saturday => Day::Sat,
        Weekday::Sunday => Day::Sun,
    };
    let is_in = |hours: &Hours| {
        hours.days.contains(&day) && on(today, hours.from) <= at && at < on(today, hours.until)
    };
    profile.hours.iter().any(is_in)
}

fn on(day: Date, time: Time) -> Moment {
    Moment::on(day, time.hour, time.minute)
}
