//! When something happened: a moment in UTC, and the day that it was in the United Kingdom.
//! Nothing here reads a clock; the moment is handed in.

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A day of the calendar, without a time.
pub type Date = jiff::civil::Date;

/// A moment, to the microsecond, in UTC. Written as RFC 3339 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(Timestamp);

impl Moment {
    /// The earliest moment that we speak of: the first of January 1970.
    pub const START: Moment = Moment(Timestamp::UNIX_EPOCH);

    /// From microseconds since 1970 in UTC; numbers out of range are brought to the nearest end.
    #[must_use]
    pub fn from_micros(micros: i64) -> Moment {
        Moment(
            Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
                Timestamp::MIN
            } else {
                Timestamp::MAX
            }),
        )
    }

    /// Microseconds since 1970 in UTC.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// Midday of a day in the United Kingdom: for records that know the day only.
    #[must_use]
    pub fn midday(day: Date) -> Moment {
        Moment::on(day, 12, 0)
    }

    /// A time of day in the United Kingdom. Times that the clock change skips move forward; of times
    /// that it repeats, the first. Days out of range are brought to the nearest end.
    #[must_use]
    pub fn on(day: Date, hour: i8, minute: i8) -> Moment {
        let time = jiff::civil::Time::new(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0)
            .unwrap_or(jiff::civil::Time::midnight());
        match day.to_datetime(time).to_zoned_datetime(uk()) {
            Ok(zoned) => Moment(zoned.timestamp()),
            Err(_) if day.year() < 1970 => Moment(Timestamp::MIN),
            Err(_) => Moment(Timestamp::MAX),
        }
    }

    /// The first moment of a day in the United Kingdom.
    #[must_use]
    pub fn start_of(day: Date) -> Moment {
        Moment::on(day, 0, 0)
    }

    /// The last moment of a day in the United Kingdom: a microsecond later it is the next day.
    #[must_use]
    pub fn end_of(day: Date) -> Moment {
        day.tomorrow().map_or(Moment(Timestamp::MAX), |next| {
            Moment::from_micros(Moment::start_of(next).micros().saturating_sub(1))
        })
    }

    /// The day that it is in the United Kingdom at this moment.
    #[must_use]
    pub fn date(self) -> Date {
        self.0.to_zoned_datetime(uk()).date()
    }

    /// The moment so many hours later by the clock of physics: a 72-hour limit does not shift with summer time.
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Moment {
        Moment::from_micros(
            self.micros()
                .saturating_add(hours.saturating_mul(3_600_000_000)),
        )
    }

    /// The moment so many minutes later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Moment {
        Moment::from_micros(
            self.micros()
                .saturating_add(minutes.saturating_mul(60_000_000)),
        )
    }

    /// As people write it in the United Kingdom: `22 November 2026, 14:05`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.0
            .to_zoned_datetime(uk())
            .strftime("%-d %B %Y, %H:%M")
            .to_string()
    }

    /// As machines write it: RFC 3339 in UTC.
    #[must_use]
    pub fn to_text(self) -> String {
        self.0.to_string()
    }
}

/// The time zone of the United Kingdom, from the time-zone data that the program carries; were they
/// missing, by the rule that holds today.
fn uk() -> TimeZone {
    static UK: LazyLock<TimeZone> = LazyLock::new(|| {
        TimeZone::get("Europe/London")
            .or_else(|_| TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0"))
            .unwrap_or(TimeZone::UTC)
    });
    UK.clone()
}

/// A day as people write it: `22 November 2026`.
#[must_use]
pub fn date_in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// So many days later; the last day of all where there is none so late.
#[must_use]
pub fn plus_days(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(Date::MAX)
}

/// So many days earlier; the first day of all where there is none so early.
#[must_use]
pub fn minus_days(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn late_evening_in_summer_is_already_the_next_day_in_the_united_kingdom() {
        let moment = Moment::on(date(2026, 7, 1), 0, 30);
        assert_eq!(moment.to_text(), "2026-06-30T23:30:00Z");
        assert_eq!(moment.date(), date(2026, 7, 1));
    }

    #[test]
    fn seventy_two_hours_are_seventy_two_hours_over_a_clock_change() {
        let before = Moment::on(date(2026, 3, 28), 12, 0);
        assert_eq!(before.plus_hours(72).in_words(), "31 March 2026, 13:00");
    }

    #[test]
    fn a_day_with_a_clock_change_has_23_or_25_hours() {
        let hours = |day| {
            (Moment::end_of(day).micros() + 1 - Moment::start_of(day).micros()) / 3_600_000_000
        };
        assert_eq!(hours(date(2026, 3, 29)), 23);
        assert_eq!(hours(date(2026, 10, 25)), 25);
        assert_eq!(hours(date(2026, 7, 1)), 24);
        assert_eq!(Moment::end_of(date(2026, 7, 1)).date(), date(2026, 7, 1));
        let skipped = Moment::on(date(2026, 3, 29), 1, 30);
        assert_eq!(skipped.in_words(), "29 March 2026, 02:30");
        let repeated = Moment::on(date(2026, 10, 25), 1, 30);
        assert_eq!(repeated.to_text(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn no_day_is_out_of_range() {
        assert!(Moment::on(Date::MIN, 0, 0) < Moment::START);
        assert!(Moment::end_of(Date::MAX) > Moment::midday(date(9000, 1, 1)));
        assert!(Moment::midday(Date::MAX) > Moment::midday(date(9000, 1, 1)));
        assert!(Moment::end_of(Date::MAX).plus_hours(i64::MAX) >= Moment::end_of(Date::MAX));
    }

    #[test]
    fn a_moment_survives_writing_and_reading() {
        let moment = Moment::from_micros(1_795_536_000_123_456);
        let text = serde_json::to_string(&moment).unwrap();
        assert_eq!(serde_json::from_str::<Moment>(&text).unwrap(), moment);
    }
}
