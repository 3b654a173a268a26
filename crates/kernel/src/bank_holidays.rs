//! Bank holidays of the four nations: from data for the years that are known, from rules beyond.
//! A holiday that is granted once, or moved, is a line in `bank_holidays.txt`; no code changes.

use crate::{calendar::Nation, moment::Date};
use jiff::civil::Weekday;
use std::sync::LazyLock;

const DATA: &str = include_str!("bank_holidays.txt");

/// The first year that the data holds in full.
pub const FIRST_YEAR: i16 = 2018;
/// The last year that the data holds in full.
pub const LAST_YEAR: i16 = 2040;

/// The name of the bank holiday that a day is in a nation. Always a Monday to Friday.
#[must_use]
pub fn name(nation: Nation, day: Date) -> Option<&'static str> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&day.year()) {
        return by_data(nation, day);
    }
    by_rule(nation, day)
}

/// One line of the data.
struct Line {
    day: Date,
    nations: &'static str,
    name: &'static str,
}

fn by_data(nation: Nation, day: Date) -> Option<&'static str> {
    static LINES: LazyLock<Vec<Line>> = LazyLock::new(lines);
    let letter = letter(nation);
    let from = LINES.partition_point(|line| line.day < day);
    LINES
        .iter()
        .skip(from)
        .take_while(|line| line.day == day)
        .find(|line| line.nations.contains(letter))
        .map(|line| line.name)
}

/// The lines of the data, by day. A test sees to it that every line can be read.
fn lines() -> Vec<Line> {
    let mut lines: Vec<Line> = DATA.lines().filter_map(line).collect();
    lines.sort_by_key(|line| line.day);
    lines
}

fn line(text: &'static str) -> Option<Line> {
    let (day, rest) = text.split_once(' ')?;
    let (nations, name) = rest.split_once(' ')?;
    Some(Line {
        day: day.parse().ok()?,
        nations,
        name,
    })
}

fn letter(nation: Nation) -> char {
    match nation {
        Nation::England => 'E',
        Nation::Wales => 'W',
        Nation::Scotland => 'S',
        Nation::NorthernIreland => 'N',
    }
}

/// What the rules say, for any year.
fn by_rule(nation: Nation, day: Date) -> Option<&'static str> {
    if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        return None;
    }
    let here = match nation {
        Nation::England | Nation::Wales => None,
        Nation::Scotland => in_scotland(day),
        Nation::NorthernIreland => in_northern_ireland(day),
    };
    here.or_else(|| midwinter(day))
        .or_else(|| around_easter(nation, day))
        .or_else(|| {
            let in_summer = if nation == Nation::Scotland {
                is_first_monday
            } else {
                is_last_monday
            };
            match day.month() {
                5 if is_first_monday(day) => Some("Early May bank holiday"),
                5 if is_last_monday(day) => Some("Spring bank holiday"),
                8 if in_summer(day) => Some("Summer bank holiday"),
                _ => None,
            }
        })
}

/// New Year and Christmas, as all nations keep them, with their substitute days.
fn midwinter(day: Date) -> Option<&'static str> {
    use Weekday::{Monday, Tuesday};
    match (day.month(), day.day(), day.weekday()) {
        (1, 1, _) => Some("New Year’s Day"),
        (1, 2 | 3, Monday) => Some("New Year’s Day (substitute day)"),
        (12, 25, _) => Some("Christmas Day"),
        (12, 26, _) => Some("Boxing Day"),
        (12, 27, Monday | Tuesday) => Some("Christmas Day (substitute day)"),
        (12, 28, Monday | Tuesday) => Some("Boxing Day (substitute day)"),
        _ => None,
    }
}

fn in_scotland(day: Date) -> Option<&'static str> {
    use Weekday::{Monday, Tuesday};
    match (day.month(), day.day(), day.weekday()) {
        (1, 2, _) => Some("2 January"),
        (1, 3, Monday | Tuesday) => Some("New Year’s Day (substitute day)"),
        (1, 4, Monday | Tuesday) => Some("2 January (substitute day)"),
        (11, 30, _) => Some("St Andrew’s Day"),
        (12, 1 | 2, Monday) => Some("St Andrew’s Day (substitute day)"),
        _ => None,
    }
}

fn in_northern_ireland(day: Date) -> Option<&'static str> {
    match (day.month(), day.day(), day.weekday()) {
        (3, 17, _) => Some("St Patrick’s Day"),
        (3, 18 | 19, Weekday::Monday) => Some("St Patrick’s Day (substitute day)"),
        (7, 12, _) => Some("Battle of the Boyne"),
        (7, 13 | 14, Weekday::Monday) => Some("Battle of the Boyne (substitute day)"),
        _ => None,
    }
}

fn around_easter(nation: Nation, day: Date) -> Option<&'static str> {
    if !matches!(day.month(), 3 | 4) {
        return None;
    }
    match day.weekday() {
        Weekday::Friday if shifted(day, 2) == easter(day.year()) => Some("Good Friday"),
        Weekday::Monday if nation != Nation::Scotland && shifted(day, -1) == easter(day.year()) => {
            Some("Easter Monday")
        }
        _ => None,
    }
}

fn shifted(day: Date, days: i32) -> Option<Date> {
    day.checked_add(jiff::Span::new().days(days)).ok()
}

fn is_first_monday(day: Date) -> bool {
    day.weekday() == Weekday::Monday && day.day() <= 7
}

fn is_last_monday(day: Date) -> bool {
    day.weekday() == Weekday::Monday && day.day() > day.days_in_month() - 7
}

/// Easter Sunday in the Gregorian calendar, by the reckoning published in "Nature" in 1876.
fn easter(year: i16) -> Option<Date> {
    let years = i32::from(year);
    let moon_year = years.rem_euclid(19);
    let (century, of_century) = (years.div_euclid(100), years.rem_euclid(100));
    let leap_shift = century.div_euclid(4);
    let moon_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * moon_year + century - leap_shift - moon_shift + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4)
            .rem_euclid(7);
    let late = (moon_year + 11 * epact + 22 * to_sunday).div_euclid(451);
    let from_march = epact + to_sunday - 7 * late + 114;
    let month = i8::try_from(from_march / 31).ok()?;
    let day = i8::try_from(from_march % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    /// Days that no rule gives: granted once, or moved in one year.
    const ONCE: [(Date, &str); 6] = [
        (date(2020, 5, 8), "EWSN"),
        (date(2022, 6, 2), "EWSN"),
        (date(2022, 6, 3), "EWSN"),
        (date(2022, 9, 19), "EWSN"),
        (date(2023, 5, 8), "EWSN"),
        (date(2026, 6, 15), "S"),
    ];
    /// Days that a rule gives and that were moved away.
    const MOVED: [Date; 2] = [date(2020, 5, 4), date(2022, 5, 30)];

    /// The paschal full moons of 1900 to 2199 by golden number, as the prayer book's table has them.
    const FULL_MOONS: [(i8, i8); 19] = [
        (4, 14),
        (4, 3),
        (3, 23),
        (4, 11),
        (3, 31),
        (4, 18),
        (4, 8),
        (3, 28),
        (4, 16),
        (4, 5),
        (3, 25),
        (4, 13),
        (4, 2),
        (3, 22),
        (4, 10),
        (3, 30),
        (4, 17),
        (4, 7),
        (3, 27),
    ];

    fn easter_by_table(year: i16) -> Date {
        let (month, day) = FULL_MOONS[usize::try_from(year % 19).unwrap()];
        let mut sunday = date(year, month, day).tomorrow().unwrap();
        while sunday.weekday() != Weekday::Sunday {
            sunday = sunday.tomorrow().unwrap();
        }
        sunday
    }

    /// Steps day by day: first the holidays as the law names them, then those on a weekend each
    /// move to the next day that is neither weekend nor holiday.
    fn reckoned(nation: Nation, year: i16) -> BTreeSet<Date> {
        let mut named = vec![date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)];
        match nation {
            Nation::England | Nation::Wales => {}
            Nation::Scotland => named.extend([date(year, 1, 2), date(year, 11, 30)]),
            Nation::NorthernIreland => named.extend([date(year, 3, 17), date(year, 7, 12)]),
        }
        let easter = easter_by_table(year);
        named.push(easter.yesterday().unwrap().yesterday().unwrap());
        if nation != Nation::Scotland {
            named.push(easter.tomorrow().unwrap());
        }
        let mondays = |month: i8| -> Vec<Date> {
            let first = date(year, month, 1);
            first
                .series(jiff::Span::new().days(1))
                .take_while(|day| day.month() == month)
                .filter(|day| day.weekday() == Weekday::Monday)
                .collect()
        };
        named.extend([mondays(5)[0], *mondays(5).last().unwrap()]);
        let summer = mondays(8);
        named.push(if nation == Nation::Scotland {
            summer[0]
        } else {
            *summer.last().unwrap()
        });
        let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let (moved, mut kept): (BTreeSet<Date>, BTreeSet<Date>) =
            named.into_iter().partition(|day| weekend(*day));
        for mut day in moved {
            while weekend(day) || kept.contains(&day) {
                day = day.tomorrow().unwrap();
            }
            kept.insert(day);
        }
        kept
    }

    fn found(
        nation: Nation,
        year: i16,
        ask: fn(Nation, Date) -> Option<&'static str>,
    ) -> BTreeSet<Date> {
        date(year, 1, 1)
            .series(jiff::Span::new().days(1))
            .take_while(|day| day.year() == year)
            .filter(|day| ask(nation, *day).is_some())
            .collect()
    }

    #[test]
    fn every_line_of_the_data_can_be_read() {
        let written = DATA.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines().len(), written);
        for line in lines() {
            assert!((FIRST_YEAR..=LAST_YEAR).contains(&line.day.year()));
            assert!(!line.nations.is_empty());
            assert!(
                line.nations.chars().all(|letter| "EWSN".contains(letter)),
                "{}",
                line.name
            );
        }
    }

    #[test]
    fn the_data_are_what_the_law_says_and_what_was_granted_once() {
        for nation in Nation::ALL {
            for year in FIRST_YEAR..=LAST_YEAR {
                let mut expected = reckoned(nation, year);
                expected.retain(|day| !MOVED.contains(day));
                let once = ONCE.iter().filter(|(day, nations)| {
                    day.year() == year && nations.contains(letter(nation))
                });
                expected.extend(once.map(|(day, _)| *day));
                assert_eq!(found(nation, year, name), expected, "{nation:?} {year}");
            }
        }
    }

    #[test]
    fn the_rules_agree_with_a_day_by_day_reckoning_for_two_centuries() {
        for nation in Nation::ALL {
            for year in 1980..2180 {
                let expected = reckoned(nation, year);
                assert_eq!(found(nation, year, by_rule), expected, "{nation:?} {year}");
            }
        }
    }

    #[test]
    fn data_and_rules_give_the_same_names() {
        for line in lines() {
            if ONCE.iter().any(|(day, _)| *day == line.day) {
                continue;
            }
            for nation in Nation::ALL
                .into_iter()
                .filter(|n| line.nations.contains(letter(*n)))
            {
                assert_eq!(by_rule(nation, line.day), Some(line.name), "{}", line.day);
            }
        }
    }

    #[test]
    fn no_year_is_too_far_away() {
        for year in (-9999..=9999).step_by(7) {
            let _ = easter(year).map(|day| assert_eq!(day.weekday(), Weekday::Sunday));
            assert!(found_any(year));
        }
        assert_eq!(name(Nation::England, Date::MAX), None);
        assert_eq!(
            name(Nation::England, Date::MIN),
            by_rule(Nation::England, Date::MIN)
        );
    }

    fn found_any(year: i16) -> bool {
        name(Nation::England, date(year, 12, 25)).is_some()
            || name(Nation::England, date(year, 12, 27)).is_some()
    }
}
