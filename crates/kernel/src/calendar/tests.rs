//! Tests of the calendar.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn term(name: &str, first: Date, last: Date) -> Term {
    Term {
        name: name.to_owned(),
        first,
        last,
    }
}

fn calendar(nation: Nation, terms: Vec<Term>) -> Calendar {
    Calendar {
        nation,
        terms,
        closures: Vec::new(),
    }
}

fn day() -> impl Strategy<Value = Date> {
    (2020_i16..2060, 0_i64..366).prop_map(|(year, days)| {
        date(year, 1, 1)
            .checked_add(jiff::Span::new().days(days))
            .unwrap()
    })
}

fn nation() -> impl Strategy<Value = Nation> {
    proptest::sample::select(&Nation::ALL[..])
}

#[test]
fn bank_holidays_are_those_of_the_nation() {
    let is_holiday = |nation, day| calendar(nation, Vec::new()).bank_holiday(day).is_some();
    assert!(is_holiday(Nation::Scotland, date(2026, 1, 2)));
    assert!(!is_holiday(Nation::England, date(2026, 1, 2)));
    assert!(is_holiday(Nation::NorthernIreland, date(2026, 7, 13)));
    assert!(is_holiday(Nation::Wales, date(2026, 4, 6)));
    assert!(!is_holiday(Nation::Scotland, date(2026, 4, 6)));
    assert!(is_holiday(Nation::Scotland, date(2026, 8, 3)));
    assert!(is_holiday(Nation::England, date(2026, 8, 31)));
}

#[test]
fn five_working_days_over_christmas_skip_weekends_and_holidays() {
    let england = calendar(Nation::England, Vec::new());
    assert_eq!(
        england.plus_working_days(date(2026, 12, 23), 5),
        date(2027, 1, 4)
    );
    let scotland = calendar(Nation::Scotland, Vec::new());
    assert_eq!(
        scotland.plus_working_days(date(2026, 12, 23), 5),
        date(2027, 1, 5)
    );
    assert_eq!(
        england.next_working_day(date(2026, 12, 24)),
        date(2026, 12, 29)
    );
    assert_eq!(
        england.plus_working_days(date(2026, 12, 25), 0),
        date(2026, 12, 25)
    );
}

#[test]
fn a_closed_setting_is_not_open_but_the_law_counts_on() {
    let why = "Training".to_owned();
    let closures = vec![Closure {
        first: date(2026, 11, 2),
        last: date(2026, 11, 3),
        why,
    }];
    let calendar = Calendar {
        closures,
        ..Calendar::default()
    };
    assert!(!calendar.is_open(date(2026, 11, 3)));
    assert!(calendar.is_working_day(date(2026, 11, 3)));
    assert!(calendar.is_open(date(2026, 11, 4)));
    assert!(!calendar.is_open(date(2026, 11, 7)));
    assert!(!calendar.is_open(date(2026, 12, 25)));
}

#[test]
fn a_term_later_is_the_last_day_of_the_next_term() {
    let terms = vec![
        term("Spring", date(2027, 1, 5), date(2027, 3, 25)),
        term("Autumn", date(2026, 9, 7), date(2026, 12, 17)),
        term("Summer", date(2027, 4, 12), date(2027, 7, 16)),
    ];
    let calendar = calendar(Nation::England, terms);
    assert_eq!(calendar.term_of(date(2026, 9, 7)).unwrap().name, "Autumn");
    assert_eq!(calendar.term_of(date(2026, 12, 18)), None);
    assert_eq!(
        calendar.plus_terms(date(2026, 10, 1), 0),
        date(2026, 12, 17)
    );
    assert_eq!(calendar.plus_terms(date(2026, 10, 1), 1), date(2027, 3, 25));
    // Between two terms: the following one, and one more.
    assert_eq!(
        calendar.plus_terms(date(2026, 12, 18), 1),
        date(2027, 7, 16)
    );
    // Beyond what is known: the usual autumn, not the rest of the usual summer.
    assert_eq!(calendar.plus_terms(date(2027, 5, 1), 1), date(2027, 12, 20));
    assert_eq!(
        calendar.plus_terms(date(2027, 7, 18), 0),
        date(2027, 12, 20)
    );
}

#[test]
fn without_terms_the_usual_ones_of_the_nation_are_assumed() {
    let last = |nation| calendar(nation, Vec::new()).plus_terms(date(2026, 2, 1), 1);
    assert_eq!(last(Nation::England), date(2026, 7, 22));
    assert_eq!(last(Nation::Scotland), date(2026, 6, 28));
    assert_eq!(last(Nation::NorthernIreland), date(2026, 6, 30));
}

#[test]
fn a_late_easter_does_not_swallow_the_term_after_it() {
    let spring = vec![term("Spring", date(2030, 1, 7), date(2030, 4, 18))];
    assert_eq!(
        calendar(Nation::England, spring).plus_terms(date(2030, 4, 17), 1),
        date(2030, 7, 22)
    );
}

#[test]
fn a_setting_with_half_terms_is_counted_in_its_own() {
    let terms = vec![
        term("Autumn 1", date(2026, 9, 7), date(2026, 10, 23)),
        term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ];
    let calendar = calendar(Nation::Wales, terms);
    assert_eq!(
        calendar.plus_terms(date(2026, 9, 10), 1),
        date(2026, 12, 18)
    );
    assert_eq!(calendar.plus_terms(date(2026, 9, 10), 2), date(2027, 3, 31));
}

#[test]
fn odd_terms_and_far_days_still_get_an_answer() {
    let terms = vec![
        term("Backwards", date(2026, 5, 1), date(2026, 4, 1)),
        term("One day", date(2026, 5, 1), date(2026, 5, 1)),
        term("The same", date(2026, 5, 1), date(2026, 5, 1)),
        term("For ever", date(2026, 5, 1), Date::MAX),
    ];
    for calendar in [calendar(Nation::Scotland, terms), Calendar::default()] {
        for from in [Date::MIN, date(2026, 4, 30), date(9999, 12, 24), Date::MAX] {
            for count in [0, 1, 10_000, u16::MAX] {
                assert!(calendar.plus_terms(from, count) >= from);
                assert!(calendar.plus_working_days(from, count) >= from);
            }
            assert!(calendar.next_working_day(from) >= from);
        }
        assert_eq!(
            calendar.working_days_between(Date::MIN, Date::MAX),
            u16::MAX
        );
        assert_eq!(calendar.working_days_between(Date::MAX, Date::MIN), 0);
        assert!(calendar.working_days_between(date(9999, 12, 1), Date::MAX) < 23);
    }
}

#[test]
fn a_calendar_survives_writing_and_reading() {
    let calendar = calendar(
        Nation::NorthernIreland,
        vec![term("A", date(2026, 9, 1), date(2026, 12, 18))],
    );
    let text = serde_json::to_string(&calendar).unwrap();
    assert!(text.contains("northern_ireland"));
    assert_eq!(serde_json::from_str::<Calendar>(&text).unwrap(), calendar);
    assert_eq!(
        serde_json::from_str::<Calendar>("{}").unwrap(),
        Calendar::default()
    );
}

proptest! {
    #[test]
    fn adding_working_days_and_counting_them_agree(
        from in day(), count in 0_u16..600, nation in nation(),
    ) {
        let calendar = calendar(nation, Vec::new());
        let to = calendar.plus_working_days(from, count);
        prop_assert_eq!(calendar.working_days_between(from, to), count);
        prop_assert!(count == 0 || calendar.is_working_day(to));
    }

    #[test]
    fn a_later_start_never_ends_earlier(
        one in day(), two in day(), count in 0_u16..30, nation in nation(),
        spans in proptest::collection::vec((day(), 0_i32..120), 0..12),
    ) {
        let terms = spans
            .into_iter()
            .map(|(first, days)| {
                term("T", first, first.checked_add(jiff::Span::new().days(days)).unwrap())
            })
            .collect();
        let calendar = calendar(nation, terms);
        let (one, two) = (one.min(two), one.max(two));
        prop_assert!(calendar.plus_terms(one, count) <= calendar.plus_terms(two, count));
        prop_assert!(calendar.plus_terms(one, count) < calendar.plus_terms(one, count + 1));
        prop_assert!(calendar.plus_working_days(one, count) <= calendar.plus_working_days(two, count));
    }
}
