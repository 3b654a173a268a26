//! Deadlines over ten years, never late and never early: what `Every` says against a slow reckoning
//! that steps minute by minute or day by day, with its own calendar, its own clock changes and its
//! own holidays, and shares no code with the crate.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail by stopping"
)]

use kernel::{
    calendar::{Calendar, Nation, Term},
    every::Every,
    moment::{Date, Moment},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::LazyLock};

/// A day of the slow reckoning: year, month, day.
type Day = (i32, u32, u32);

fn days_in(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn next((year, month, day): Day) -> Day {
    if day < days_in(year, month) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

fn plus_days(mut day: Day, count: u32) -> Day {
    for _ in 0..count {
        day = next(day);
    }
    day
}

/// Days since 1 January 2000, a Saturday.
fn number(day: Day) -> u32 {
    let mut count = 0;
    let mut year = 2000;
    while year < day.0 {
        count += (1..=12).map(|month| days_in(year, month)).sum::<u32>();
        year += 1;
    }
    count + (1..day.1).map(|month| days_in(year, month)).sum::<u32>() + day.2 - 1
}

/// Monday is 0.
fn weekday(day: Day) -> u32 {
    (number(day) + 5) % 7
}

/// Easter Sundays, written down.
const EASTERS: [Day; 14] = [
    (2024, 3, 31),
    (2025, 4, 20),
    (2026, 4, 5),
    (2027, 3, 28),
    (2028, 4, 16),
    (2029, 4, 1),
    (2030, 4, 21),
    (2031, 4, 13),
    (2032, 3, 28),
    (2033, 4, 17),
    (2034, 4, 9),
    (2035, 3, 25),
    (2036, 4, 13),
    (2037, 4, 5),
];

fn holidays(nation: Nation, year: i32) -> Vec<Day> {
    let scotland = nation == Nation::Scotland;
    let mut named = vec![(year, 1, 1), (year, 12, 25), (year, 12, 26)];
    if scotland {
        named.extend([(year, 1, 2), (year, 11, 30)]);
    }
    if nation == Nation::NorthernIreland {
        named.extend([(year, 3, 17), (year, 7, 12)]);
    }
    if scotland && year == 2026 {
        named.push((2026, 6, 15));
    }
    for month in [5, 8] {
        let mondays: Vec<Day> = (1..=31)
            .map(|day| (year, month, day))
            .filter(|day| weekday(*day) == 0)
            .collect();
        if month == 5 || scotland {
            named.push(mondays[0]);
        }
        if month == 5 || !scotland {
            named.push(*mondays.last().unwrap());
        }
    }
    let easter = EASTERS.iter().find(|easter| easter.0 == year).unwrap();
    let mut day = (year, 3, 1);
    while day != *easter {
        if plus_days(day, 2) == *easter {
            named.push(day);
        }
        day = next(day);
    }
    if !scotland {
        named.push(next(*easter));
    }
    let (weekend, mut kept): (Vec<Day>, Vec<Day>) =
        named.into_iter().partition(|day| weekday(*day) > 4);
    let mut weekend = weekend;
    weekend.sort_unstable();
    for mut day in weekend {
        while weekday(day) > 4 || kept.contains(&day) {
            day = next(day);
        }
        kept.push(day);
    }
    kept
}

fn is_working(nation: Nation, day: Day) -> bool {
    static ALL: LazyLock<BTreeMap<(Nation, i32), Vec<Day>>> = LazyLock::new(|| {
        let years = EASTERS.iter().map(|easter| easter.0);
        let pairs = years.flat_map(|year| Nation::ALL.map(|nation| (nation, year)));
        pairs
            .map(|(nation, year)| ((nation, year), holidays(nation, year)))
            .collect()
    });
    weekday(day) < 5 && !ALL[&(nation, day.0)].contains(&day)
}

/// Minutes since the start of 2000 in UTC at which a local time of the United Kingdom begins: summer
/// time runs from the last Sunday of March to that of October, 01:00 UTC.
fn midnight_utc(day: Day) -> u32 {
    let last_sunday = |month: u32| {
        (1..=31)
            .map(|d| (day.0, month, d))
            .rfind(|d| weekday(*d) == 6)
            .unwrap()
    };
    // On the Sunday itself midnight still belongs to the time before.
    let summer = last_sunday(3) < day && day <= last_sunday(10);
    number(day) * 24 * 60 - if summer { 60 } else { 0 }
}

fn slow((year, month, day): Day) -> Date {
    Date::new(
        i16::try_from(year).unwrap(),
        i8::try_from(month).unwrap(),
        i8::try_from(day).unwrap(),
    )
    .unwrap()
}

/// 1 January 2000 in microseconds since 1970.
const START_MICROS: i64 = 946_684_800_000_000;

fn moment(minutes: u32) -> Moment {
    Moment::from_micros(START_MICROS + i64::from(minutes) * 60_000_000)
}

/// The slow answer: the last day that is in time.
fn due(every: Every, from: Day, nation: Nation, ends: &[Day]) -> Day {
    match every {
        Every::Hours(count) => plus_days(from, u32::from(count).div_ceil(24)),
        Every::Days(count) => plus_days(from, u32::from(count)),
        Every::Weeks(count) => plus_days(from, u32::from(count) * 7),
        Every::WorkingDays(count) => {
            let (mut day, mut left) = (from, count);
            while left > 0 {
                day = next(day);
                if is_working(nation, day) {
                    left -= 1;
                }
            }
            day
        }
        Every::Months(count) => months_later(from, u32::from(count)),
        Every::Years(count) => months_later(from, u32::from(count) * 12),
        Every::Terms(count) => {
            let mut left = count;
            let mut day = from;
            loop {
                if ends.contains(&day) {
                    if left == 0 {
                        return day;
                    }
                    left -= 1;
                }
                day = next(day);
            }
        }
    }
}

fn months_later((mut year, mut month, day): Day, count: u32) -> Day {
    for _ in 0..count {
        month += 1;
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    (year, month, day.min(days_in(year, month)))
}

/// Three terms a year that move about, from 2025 to 2037.
fn terms(shift: u32) -> Vec<(Day, Day)> {
    (2025..=2037)
        .flat_map(|year| {
            let move_by = |day: Day, by: u32| plus_days(day, (by + shift + number(day)) % 9);
            [
                (move_by((year, 1, 2), 1), move_by((year, 3, 24), 5)),
                (move_by((year, 4, 12), 2), move_by((year, 7, 12), 6)),
                (move_by((year, 8, 28), 3), move_by((year, 12, 12), 7)),
            ]
        })
        .collect()
}

fn day() -> impl Strategy<Value = Day> {
    prop_oneof![
        6 => (0_u32..3_652).prop_map(|count| plus_days((2025, 6, 1), count)),
        // Days at which reckoning goes wrong: year's ends, leap days, clock changes, month's ends.
        2 => (2026_i32..2035, proptest::sample::select(&[
            (1, 1), (1, 31), (2, 28), (3, 25), (3, 31), (5, 31), (8, 31), (10, 25), (11, 30),
            (12, 24), (12, 25), (12, 31),
        ][..])).prop_map(|(year, (month, day))| (year, month, day)),
        1 => proptest::sample::select(&[(2028, 2, 29), (2032, 2, 29)][..]),
    ]
}

fn every() -> impl Strategy<Value = Every> {
    prop_oneof![
        (0_u16..200).prop_map(Every::Hours),
        (0_u16..400).prop_map(Every::Days),
        (0_u16..60).prop_map(Every::WorkingDays),
        (0_u16..60).prop_map(Every::Weeks),
        (0_u16..20).prop_map(Every::Months),
        (0_u16..4).prop_map(Every::Terms),
        (0_u16..2).prop_map(Every::Years),
    ]
}

fn calendar(nation: Nation, shift: u32) -> (Calendar, Vec<Day>) {
    let terms = terms(shift);
    let ends = terms.iter().map(|(_, last)| *last).collect();
    let terms = terms
        .into_iter()
        .map(|(first, last)| Term {
            name: "Term".to_owned(),
            first: slow(first),
            last: slow(last),
        })
        .collect();
    (
        Calendar {
            nation,
            terms,
            ..Calendar::default()
        },
        ends,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn a_deadline_is_never_late_and_never_early(
        from in day(), every in every(), nation in proptest::sample::select(&Nation::ALL[..]),
        shift in 0_u32..9,
    ) {
        let (calendar, ends) = calendar(nation, shift);
        let due = due(every, from, nation, &ends);
        prop_assert_eq!(every.after(slow(from), &calendar), slow(due));
    }

    #[test]
    fn a_clock_runs_out_to_the_minute(
        from in day(), minute in 0_u32..1_440, every in every(),
        nation in proptest::sample::select(&Nation::ALL[..]), shift in 0_u32..9,
    ) {
        let (calendar, ends) = calendar(nation, shift);
        // A clock change makes the day an hour shorter: stay inside it.
        let start = midnight_utc(from);
        let begun = start + minute.min(midnight_utc(next(from)) - start - 1);
        let runs_out = match every {
            // Hours: the last moment in time is that many hours later, to the microsecond.
            Every::Hours(count) => moment(begun + u32::from(count) * 60),
            // All else: one microsecond before the following midnight.
            _ => {
                let midnight = moment(midnight_utc(next(due(every, from, nation, &ends))));
                Moment::from_micros(midnight.micros() - 1)
            }
        };
        prop_assert_eq!(moment(begun).date(), slow(from));
        prop_assert_eq!(every.after_moment(moment(begun), &calendar), runs_out);
    }
}

#[test]
fn every_day_of_ten_years_is_a_working_day_in_both_reckonings_or_in_none() {
    for nation in Nation::ALL {
        let calendar = Calendar {
            nation,
            ..Calendar::default()
        };
        let mut day = (2025, 6, 1);
        while day < (2036, 1, 1) {
            assert_eq!(
                calendar.is_working_day(slow(day)),
                is_working(nation, day),
                "{nation:?} {day:?}"
            );
            assert_eq!(
                Moment::start_of(slow(day)),
                moment(midnight_utc(day)),
                "{day:?}"
            );
            day = next(day);
        }
    }
}
