//! Tests of reading and counting periods; `tests/deadlines.rs` counts against a slow reckoning.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn periods_are_read_as_policies_write_them() {
    for (words, every) in [
        ("year", Every::Years(1)),
        ("at least annually", Every::Years(1)),
        ("every two years", Every::Years(2)),
        ("termly", Every::Terms(1)),
        ("every term", Every::Terms(1)),
        ("once a term", Every::Terms(1)),
        ("6 months", Every::Months(6)),
        ("six-monthly", Every::Months(6)),
        ("24 hours", Every::Hours(24)),
        ("within 72 hours", Every::Hours(72)),
        ("5 working days", Every::WorkingDays(5)),
        ("5 full working days", Every::WorkingDays(5)),
        ("the next working day", Every::WorkingDays(1)),
        ("two business days", Every::WorkingDays(2)),
        ("on the same day", Every::Days(0)),
        ("every other week", Every::Weeks(2)),
        ("every second term", Every::Terms(2)),
        ("fortnightly", Every::Weeks(2)),
        ("quarterly", Every::Months(3)),
        ("half yearly", Every::Months(6)),
        ("half-termly", Every::Weeks(6)),
        ("every half term", Every::Weeks(6)),
        ("twice a year", Every::Months(6)),
        ("at least three times a year", Every::Months(4)),
        ("three times each term", Every::Weeks(4)),
        ("once a year", Every::Years(1)),
        ("once every half term", Every::Weeks(6)),
        ("3 per year", Every::Months(4)),
        ("twice a day", Every::Hours(12)),
        ("52 times a year", Every::Weeks(1)),
        ("by 1 September each year", Every::Years(1)),
        ("in May 2027 and then every three years", Every::Years(3)),
        ("28 calendar days", Every::Days(28)),
        ("biennially", Every::Years(2)),
    ] {
        assert_eq!(Every::read(words), Some(every), "{words}");
    }
}

#[test]
fn words_without_a_figure_are_not_guessed_at() {
    for words in [
        "regularly",
        "often",
        "",
        "when needed",
        "one and a half years",
        "30 seconds",
    ] {
        assert_eq!(Every::read(words), None, "{words}");
    }
    assert!(Every::is_vague("Regularly"));
    assert!(!Every::is_vague("year"));
    assert!(!Every::is_vague("regularly, at least once a year"));
    assert!(!Every::is_vague("blue"));
}

#[test]
fn periods_are_read_from_values_of_a_clause() {
    for (json, every) in [
        ("\"year\"", Every::Years(1)),
        ("[\"6 months\"]", Every::Months(6)),
        ("[\"2\", \"terms\"]", Every::Terms(2)),
    ] {
        assert_eq!(serde_json::from_str::<Every>(json).unwrap(), every);
    }
    let error = serde_json::from_str::<Every>("\"regularly\"")
        .unwrap_err()
        .to_string();
    assert!(error.contains("\"regularly\" gives no period"), "{error}");
    assert!(serde_json::from_str::<Every>("12").is_err());
}

#[test]
fn a_year_after_the_leap_day_is_the_last_of_february() {
    let calendar = Calendar::default();
    assert_eq!(
        Every::Years(1).after(date(2028, 2, 29), &calendar),
        date(2029, 2, 28)
    );
    assert_eq!(
        Every::Years(4).after(date(2028, 2, 29), &calendar),
        date(2032, 2, 29)
    );
    assert_eq!(
        Every::Months(2).after(date(2026, 12, 31), &calendar),
        date(2027, 2, 28)
    );
    assert_eq!(
        Every::Months(3).after(date(2026, 12, 31), &calendar),
        date(2027, 3, 31)
    );
}

#[test]
fn hours_are_physical_and_days_end_at_midnight_in_the_united_kingdom() {
    let calendar = Calendar::default();
    let before = Moment::on(date(2026, 10, 24), 12, 0);
    assert_eq!(
        Every::Hours(72).after_moment(before, &calendar).in_words(),
        "27 October 2026, 11:00"
    );
    let due = Every::Days(3).after_moment(before, &calendar);
    assert_eq!(due, Moment::end_of(date(2026, 10, 27)));
    assert_eq!(due.in_words(), "27 October 2026, 23:59");
    // Half past eleven in the evening in UTC is the next day in summer.
    let evening = Moment::on(date(2026, 7, 2), 0, 30);
    assert_eq!(
        Every::Days(1).after_moment(evening, &calendar),
        Moment::end_of(date(2026, 7, 3))
    );
}

fn any_every() -> impl Strategy<Value = Every> {
    const KINDS: [fn(u16) -> Every; 7] = [
        Every::Hours,
        Every::Days,
        Every::WorkingDays,
        Every::Weeks,
        Every::Months,
        Every::Terms,
        Every::Years,
    ];
    (proptest::sample::select(&KINDS[..]), 0..=COUNT_MAX).prop_map(|(kind, count)| kind(count))
}

proptest! {
    #[test]
    fn what_is_written_reads_back(every in any_every()) {
        prop_assert_eq!(Every::read(&every.to_string()), Some(every));
        let json = serde_json::to_string(&every).unwrap();
        prop_assert_eq!(serde_json::from_str::<Every>(&json).unwrap(), every);
    }

    #[test]
    fn any_text_gets_an_answer(text in "[a-z0-9 \u{e9}-]{0,80}|.{0,80}") {
        let _ = (Every::read(&text), Every::is_vague(&text));
    }

    #[test]
    fn no_period_is_too_long(every in any_every(), year in -9999_i16..=9999) {
        let from = date(year, 2, 28);
        let calendar = Calendar::default();
        prop_assert!(every.after(from, &calendar) >= from);
        let moment = Moment::midday(from);
        prop_assert!(every.after_moment(moment, &calendar) >= moment);
    }
}
