//! Deadlines of procedures over ten years in four nations: never late, never early, against a slow
//! reckoner that shares nothing with the product: its own calendar, holidays and clock changes, and
//! the times as the files write them. A long run: `STAIRGATE_DEADLINES=1000000 cargo test -p
//! families --release --test deadlines`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

use families::{
    procedure::{run::Plan, sheet},
    spine::in_force::InForce,
};
use kernel::{
    calendar::{Calendar, Nation},
    moment::Moment,
};
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 86_400;
/// The first day of the ten years, in days since 1970: 1 January 2026.
const FIRST_DAY: i64 = 20_454;
const YEARS: i64 = 10;

/// Days since 1970, counted day by day from the first of January 1970.
struct Slow {
    /// Year, month and day of each day since 1970.
    days: Vec<(i64, i64, i64)>,
    number: BTreeMap<(i64, i64, i64), i64>,
    holidays: [BTreeSet<i64>; 4],
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// 0 is Monday. The first of January 1970 was a Thursday.
fn weekday(day: i64) -> i64 {
    (day + 3) % 7
}

/// Easter Sunday by Butcher's rule.
fn easter(year: i64) -> (i64, i64) {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    (n / 31, n % 31 + 1)
}

impl Slow {
    fn new() -> Slow {
        let mut days = Vec::new();
        for year in 1970..2045 {
            for month in 1..=12 {
                let length = match month {
                    2 if is_leap(year) => 29,
                    2 => 28,
                    4 | 6 | 9 | 11 => 30,
                    _ => 31,
                };
                days.extend((1..=length).map(|day| (year, month, day)));
            }
        }
        let number = (0..)
            .zip(&days)
            .map(|(number, day)| (*day, number))
            .collect();
        let mut slow = Slow {
            days,
            number,
            holidays: Default::default(),
        };
        for (place, nation) in Nation::ALL.into_iter().enumerate() {
            let all: BTreeSet<i64> = (2025..2042)
                .flat_map(|year| slow.of_year(nation, year))
                .collect();
            slow.holidays[place] = all;
        }
        slow
    }

    fn day(&self, year: i64, month: i64, day: i64) -> i64 {
        self.number[&(year, month, day)]
    }

    fn first_monday(&self, year: i64, month: i64) -> i64 {
        (1..=7)
            .map(|day| self.day(year, month, day))
            .find(|day| weekday(*day) == 0)
            .unwrap()
    }

    fn last_monday(&self, year: i64, month: i64) -> i64 {
        (25..=31)
            .map(|day| self.day(year, month, day))
            .find(|day| weekday(*day) == 0)
            .unwrap()
    }

    /// What the Acts and proclamations say; a holiday on a weekend is taken on the next free weekday.
    fn of_year(&self, nation: Nation, year: i64) -> Vec<i64> {
        let (scotland, north) = (
            nation == Nation::Scotland,
            nation == Nation::NorthernIreland,
        );
        let (month, sunday) = easter(year);
        let easter = self.day(year, month, sunday);
        let mut fixed = vec![self.day(year, 1, 1)];
        if scotland {
            fixed.push(self.day(year, 1, 2));
        }
        if north {
            fixed.extend([self.day(year, 3, 17), self.day(year, 7, 12)]);
        }
        if scotland {
            fixed.push(self.day(year, 11, 30));
        }
        fixed.extend([self.day(year, 12, 25), self.day(year, 12, 26)]);
        let mut all = vec![
            easter - 2,
            self.first_monday(year, 5),
            self.last_monday(year, 5),
            if scotland {
                self.first_monday(year, 8)
            } else {
                self.last_monday(year, 8)
            },
        ];
        if !scotland {
            all.push(easter + 1);
        }
        if scotland && year == 2026 {
            all.push(self.day(2026, 6, 15));
        }
        for day in &fixed {
            let mut taken = *day;
            while weekday(taken) > 4
                || (taken != *day && (fixed.contains(&taken) || all.contains(&taken)))
            {
                taken += 1;
            }
            all.push(taken);
        }
        all
    }

    /// Whether clocks show summer time at a second since 1970.
    fn is_summer(&self, second: i64) -> bool {
        let year = self.days[usize::try_from(second.div_euclid(DAY)).unwrap()].0;
        let last_sunday = |month| {
            let last = (25..=31).rev().map(|day| self.day(year, month, day));
            let last = last.into_iter().find(|day| weekday(*day) == 6).unwrap();
            last * DAY + 3_600
        };
        last_sunday(3) <= second && second < last_sunday(10)
    }

    /// The day that clocks in the United Kingdom show.
    fn local_day(&self, second: i64) -> i64 {
        (second + if self.is_summer(second) { 3_600 } else { 0 }).div_euclid(DAY)
    }

    /// The microsecond before a day is over.
    fn end_of(&self, day: i64) -> i64 {
        let midnight = (day + 1) * DAY;
        let midnight = midnight
            - if self.is_summer(midnight - 3_600) {
                3_600
            } else {
                0
            };
        midnight * 1_000_000 - 1
    }

    fn is_working(&self, nation: usize, day: i64) -> bool {
        weekday(day) < 5 && !self.holidays[nation].contains(&day)
    }

    /// The last microsecond that is in time, by the words of the file.
    fn ends(&self, words: &str, from: i64, nation: usize) -> i64 {
        if words == "at once" {
            return from;
        }
        let (count, unit) = words.split_once(' ').unwrap();
        let count: i64 = count.parse().unwrap();
        let today = self.local_day(from.div_euclid(1_000_000));
        match unit {
            "hours" => from + count * 3_600_000_000,
            "days" => self.end_of(today + count),
            "working day" | "working days" => {
                let (mut day, mut left) = (today, count);
                while left > 0 {
                    day += 1;
                    left -= i64::from(self.is_working(nation, day));
                }
                self.end_of(day)
            }
            other => panic!("{other} is not known to the slow reckoner"),
        }
    }
}

/// The words of each step's time, as the file writes them: sheet and step to words.
fn words() -> BTreeMap<(String, String), String> {
    let mut all = BTreeMap::new();
    for text in sheet::files() {
        let file: toml::Value = toml::from_str(text).unwrap();
        let id = file["id"].as_str().unwrap();
        for version in file["version"].as_array().unwrap() {
            for step in version["step"].as_array().unwrap() {
                if let Some(within) = step.get("within") {
                    let key = (id.to_owned(), step["id"].as_str().unwrap().to_owned());
                    all.insert(key, within.as_str().unwrap().to_owned());
                }
            }
        }
    }
    all
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// A moment in the ten years: any second, and often one close to midnight, a clock change, or a
/// run of holidays.
fn moment(dice: &mut Dice, slow: &Slow) -> i64 {
    let day = FIRST_DAY + dice.below(YEARS * 365);
    let year = slow.days[usize::try_from(day).unwrap()].0;
    let second = match dice.below(6) {
        0 => day * DAY + dice.below(7_200) - 3_600,
        1 => {
            let month = if dice.below(2) == 0 { 3 } else { 10 };
            slow.day(year, month, 24) * DAY + dice.below(8 * DAY)
        }
        2 => slow.day(year, 12, 20) * DAY + dice.below(11 * DAY),
        3 => {
            let (month, sunday) = easter(year);
            (slow.day(year, month, sunday) - 5) * DAY + dice.below(9 * DAY)
        }
        _ => day * DAY + dice.below(DAY),
    };
    second * 1_000_000 + dice.below(1_000_000)
}

#[test]
fn no_deadline_is_late_or_early_in_any_nation() {
    let wanted = setting("STAIRGATE_DEADLINES").map_or(10_000, |count| count.parse().unwrap());
    let (slow, words, nothing) = (Slow::new(), words(), InForce::default());
    let mut dice = Dice(2026);
    let (mut count, mut waiting, mut nations) = (0_u64, 0_u64, [0_u64; 4]);
    while count < wanted {
        let from = moment(&mut dice, &slow);
        let nation = usize::try_from(dice.below(4)).unwrap();
        let which = usize::try_from(dice.below(9)).unwrap();
        let sheet = &sheet::all()[which];
        let way = match sheet.ways.len() {
            0 => String::new(),
            _ => sheet.ways[usize::try_from(dice.below(3)).unwrap()]
                .id
                .clone(),
        };
        let heard = Moment::from_micros(from);
        let plan = Plan {
            sheet: sheet.id.clone(),
            way,
            nation: Nation::ALL[nation],
            version: Some(heard.date()),
            kinds: Vec::new(),
            heard,
        };
        for item in plan.course(&[], &nothing, &Calendar::default()).items {
            let Some(due) = item.due else {
                waiting += 1;
                continue;
            };
            let says = &words[&(sheet.id.clone(), item.key.clone())];
            let expected = slow.ends(says, from, nation);
            assert_eq!(
                due.micros(),
                expected,
                "{} {}: {says} from {} in {:?}",
                sheet.id,
                item.key,
                heard.to_text(),
                Nation::ALL[nation]
            );
            count += 1;
            nations[nation] += 1;
        }
    }
    assert!(nations.iter().all(|each| *each > wanted / 8), "{nations:?}");
    println!(
        "{count} deadlines, 0 late, 0 early; by nation {nations:?}; {waiting} steps without a clock yet"
    );
}

/// A setting of the environment; the tests' own, never the product's.
#[expect(clippy::disallowed_methods, reason = "tests are set from outside")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
