//! Counting concerns: where, when, on which device, in which room, how soon somebody took them on.
//! Whoever is on the cases sees the numbers as they are. For the committee they are made coarse, so
//! that nobody can be recognised: rounded to five, and not given below five.

use super::{note::Report, register::Case};
use crate::spine::view::View;
use kernel::moment::Moment;
use std::collections::BTreeMap;

/// Numbers below this are not given to the committee.
pub const SMALL: u64 = 5;

/// A case with what was reported.
pub struct Told<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its report.
    pub report: Report,
}

/// Words for places, and the group that they belong to.
const PLACES: &[(&str, &[&str])] = &[
    (
        "Outside",
        &[
            "garden",
            "yard",
            "outside",
            "gate",
            "car park",
            "playground",
            "fence",
        ],
    ),
    ("At home", &["home", "house", "flat"]),
    (
        "On the way",
        &["bus", "way", "street", "road", "trip", "outing", "park"],
    ),
    (
        "Online",
        &["online", "internet", "app", "website", "chat", "game"],
    ),
    ("Toilets and changing", &["toilet", "changing", "bathroom"]),
    (
        "Indoors, elsewhere",
        &[
            "hall", "kitchen", "office", "corridor", "entrance", "indoors",
        ],
    ),
];

/// The group of a place: a room of the setting, or one of a few. The words themselves may name somebody.
#[must_use]
pub fn place(view: &View<'_>, report: &Report) -> String {
    let said = report.place.to_lowercase();
    if said.is_empty() {
        return "Not said".to_owned();
    }
    let mut rooms = view.setting.people.rooms();
    if let Some((_, room)) = rooms.find(|(_, room)| said.contains(&room.to_lowercase())) {
        return room.to_owned();
    }
    let has = |words: &&(&str, &[&str])| words.1.iter().any(|word| said.contains(word));
    PLACES
        .iter()
        .find(has)
        .map_or("Somewhere else", |(group, _)| group)
        .to_owned()
}

/// Every group that a place can be of, whether or not anything was reported there.
#[must_use]
pub fn places(view: &View<'_>) -> Vec<String> {
    let rooms = view.setting.people.rooms().map(|(_, room)| room);
    let groups = PLACES.iter().map(|(group, _)| *group);
    let all = rooms.chain(groups).chain(["Somewhere else", "Not said"]);
    let mut places: Vec<String> = Vec::new();
    for place in all.map(str::to_owned) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The rooms of the children whom a report is about.
#[must_use]
pub fn rooms(view: &View<'_>, report: &Report) -> Vec<String> {
    let people = &view.setting.people;
    let mut rooms: Vec<String> = report
        .children
        .iter()
        .flat_map(|child| people.rooms_of(*child))
        .filter_map(|room| people.room_name(*room))
        .map(str::to_owned)
        .collect();
    rooms.sort_unstable();
    rooms.dedup();
    if rooms.is_empty() {
        rooms.push("No child named".to_owned());
    }
    rooms
}

/// The part of the day at which something was reported.
#[must_use]
pub fn part_of_day(at: Moment) -> &'static str {
    let words = at.in_words();
    let time = words.rsplit_once(", ").map_or("", |(_, time)| time);
    let hour = time
        .split(':')
        .next()
        .and_then(|hour| hour.parse::<u8>().ok());
    match hour.unwrap_or(12) {
        0..=8 => "Before nine",
        9..=11 => "Nine to noon",
        12..=14 => "Noon to three",
        15..=17 => "Three to six",
        _ => "After six",
    }
}

/// The parts of the day, in order.
pub const PARTS: [&str; 5] = [
    "Before nine",
    "Nine to noon",
    "Noon to three",
    "Three to six",
    "After six",
];

/// How soon somebody took a case on.
#[must_use]
pub fn answered(case: &Case) -> &'static str {
    let Some((_, at)) = case.taken else {
        return "Not yet";
    };
    if at <= case.at.plus_minutes(30) {
        "Within half an hour"
    } else if at <= case.at.plus_hours(4) {
        "Within four hours"
    } else if at <= case.at.plus_hours(24) {
        "Within a day"
    } else {
        "Later"
    }
}

/// How soon, in order.
pub const ANSWERED: [&str; 5] = [
    "Within half an hour",
    "Within four hours",
    "Within a day",
    "Later",
    "Not yet",
];

/// A quarter of a year: `2026, July to September`.
#[must_use]
pub fn quarter(at: Moment) -> (i16, i8) {
    let day = at.date();
    (day.year(), (day.month() - 1) / 3)
}

/// A quarter, for people.
#[must_use]
pub fn quarter_in_words((year, quarter): (i16, i8)) -> String {
    let months = match quarter {
        0 => "January to March",
        1 => "April to June",
        2 => "July to September",
        _ => "October to December",
    };
    format!("{months} {year}")
}

/// A quarter in a few letters, for a chart.
#[must_use]
pub fn quarter_in_short((year, quarter): (i16, i8)) -> String {
    let months = match quarter {
        0 => "Jan–Mar",
        1 => "Apr–Jun",
        2 => "Jul–Sep",
        _ => "Oct–Dec",
    };
    format!("{months} {year}")
}

/// The quarters up to this moment, oldest first.
#[must_use]
pub fn quarters(now: Moment, many: usize) -> Vec<(i16, i8)> {
    let mut all = Vec::new();
    let (mut year, mut nth) = quarter(now);
    for _ in 0..many {
        all.push((year, nth));
        if nth == 0 {
            year -= 1;
            nth = 3;
        } else {
            nth -= 1;
        }
    }
    all.reverse();
    all
}

/// How many there are of each.
#[must_use]
pub fn count(each: impl IntoIterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for one in each {
        let count: &mut u64 = counts.entry(one).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// A number as the committee sees it: below five, or rounded to five. Nothing is below five, too: told
/// apart, the first case would show.
#[must_use]
pub fn coarse(number: u64) -> String {
    match number {
        0..SMALL => "below 5".to_owned(),
        _ => rounded(number).to_string(),
    }
}

/// A number rounded to five; 0 for a small one.
#[must_use]
pub fn rounded(number: u64) -> u64 {
    if number < SMALL {
        return 0;
    }
    number.saturating_add(2) / 5 * 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::moment::Date;

    #[test]
    fn no_coarse_number_says_how_many_there_were() {
        for number in 0..9_000 {
            let said = coarse(number);
            let same = (0..10_000).filter(|other| coarse(*other) == said).count();
            assert!(same >= 3, "{number} is {said}");
        }
        assert_eq!(
            [coarse(0), coarse(4), coarse(5), coarse(7), coarse(8)],
            ["below 5", "below 5", "5", "5", "10"]
        );
    }

    #[test]
    fn quarters_follow_each_other_over_the_turn_of_the_year() {
        let now = Moment::midday(Date::constant(2026, 2, 3));
        let all = quarters(now, 3);
        assert_eq!(all, [(2025, 2), (2025, 3), (2026, 0)]);
        assert_eq!(quarter_in_words((2025, 3)), "October to December 2025");
        assert_eq!(
            part_of_day(Moment::on(Date::constant(2026, 2, 3), 9, 0)),
            "Nine to noon"
        );
    }
}
