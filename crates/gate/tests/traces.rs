//! Traces: kept through kills and torn writes, found when changed, gone when they are old.
#![expect(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "what a test of its own is made of"
)]

use gate::traces::{
    Answer, Batch, Closed, Door, Event, Grounds, Limits, Query, Recorder, Store, Who, Why,
};
use jiff::civil::{Date, date};
use kernel::moment::Moment;
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
};

const MASTER: [u8; 32] = [7; 32];
const DAY: Date = date(2026, 11, 25);

fn limits() -> Limits {
    Limits {
        bytes: 1 << 30,
        days: 30,
        held: BTreeSet::new(),
    }
}

fn at(day: Date, second: i64) -> Moment {
    Moment::from_micros(Moment::start_of(day).micros() + second * 1_000_000)
}

fn begin(folder: &Path, limits: Limits, now: Moment) -> Store {
    let mut draw = 0_u8;
    let fill = Box::new(move |bytes: &mut [u8]| {
        bytes.fill(draw);
        draw = draw.wrapping_add(1);
    });
    Store::begin(folder, &MASTER, limits, fill, now).unwrap()
}

/// The event that this number stands for.
fn event(number: u32, now: Moment, asked: &str) -> Event<'_> {
    Event {
        at: now.micros() / 1_000,
        who: Who {
            device: number % 7 + 1,
            person: number % 3,
            room: number % 2 + 1,
            session: 0,
            profile: 1,
        },
        grounds: Grounds {
            door: Door::Dns,
            answer: match number % 5 {
                0 => Answer::Closed,
                _ => Answer::Open,
            },
            category: number % 4,
            line: number,
            ..Grounds::default()
        },
        asked,
    }
}

fn add(store: &mut Store, numbers: std::ops::Range<u32>, day: Date) {
    let mut batch = Batch::default();
    for number in numbers {
        let name = format!("name-{}.example", number % 400);
        batch.push(&event(number, at(day, i64::from(number % 80_000)), &name));
    }
    store.add(&batch).unwrap();
}

/// The numbers of the events of a day, as they are kept.
fn kept(store: &Store, day: Date) -> Vec<u32> {
    let mut numbers = Vec::new();
    store
        .reader()
        .each(day, |event| numbers.push(event.grounds.line))
        .unwrap();
    numbers
}

fn file(folder: &Path, day: Date) -> PathBuf {
    folder.join(format!("{day}.traces"))
}

#[test]
fn what_was_handed_to_the_system_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let now = at(DAY, 1);
    let mut store = begin(folder.path(), limits(), now);
    add(&mut store, 0..10_000, DAY);
    store.flush().unwrap();
    add(&mut store, 10_000..10_010, DAY);
    drop(store);
    let mut store = begin(folder.path(), limits(), now);
    assert_eq!(kept(&store, DAY), (0..10_000).collect::<Vec<_>>());
    add(&mut store, 10_000..13_000, DAY);
    store.flush().unwrap();
    drop(store);
    let store = begin(folder.path(), limits(), now);
    assert_eq!(kept(&store, DAY), (0..13_000).collect::<Vec<_>>());
}

#[test]
fn a_day_that_is_over_has_a_digest_and_any_changed_byte_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 1));
    add(&mut store, 0..300, DAY);
    let next = date(2026, 11, 26);
    add(&mut store, 300..301, next);
    let closed = store.closed();
    let [closed] = closed.as_slice() else {
        panic!("{closed:?}")
    };
    assert_eq!((closed.day, closed.events), (DAY, 300));
    store.reader().check(closed).unwrap();
    let path = file(folder.path(), DAY);
    let whole = fs::read(&path).unwrap();
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        fs::write(&path, changed).unwrap();
        assert!(store.reader().each(DAY, |_| ()).is_err(), "byte {place}");
    }
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(store.reader().each(DAY, |_| ()).is_err(), "cut at {length}");
    }
    fs::write(&path, &whole).unwrap();
    let other = Closed {
        digest: [0; 32],
        ..closed.clone()
    };
    assert!(store.reader().check(&other).is_err());
}

#[test]
fn names_are_not_on_the_disk_in_plain() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 1));
    let mut batch = Batch::default();
    for number in 0..5_000 {
        batch.push(&event(number, at(DAY, 1), "a-name-to-look-for.example"));
    }
    store.add(&batch).unwrap();
    store.flush().unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let has = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
        assert!(!has(b"look-for") && !has(b"example"));
    }
}

#[test]
fn old_days_go_held_ones_stay_and_the_caller_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let days: Vec<Date> = (1..=9).map(|day| date(2026, 11, day)).collect();
    let mut store = begin(folder.path(), limits(), at(days[0], 1));
    for day in &days {
        add(&mut store, 0..50, *day);
    }
    let short = Limits {
        days: 3,
        held: BTreeSet::from([days[1]]),
        ..limits()
    };
    store.set_limits(short, at(days[8], 5)).unwrap();
    let left = store.reader().days().unwrap();
    assert_eq!(left, [days[1], days[6], days[7], days[8]]);
    let gone = store.gone();
    assert_eq!(gone.len(), 5);
    assert!(gone.iter().all(|gone| gone.why == Why::Old));
}

#[test]
fn the_size_is_never_passed_and_the_oldest_make_room() {
    let folder = tempfile::tempdir().unwrap();
    let most = Limits {
        bytes: 200_000,
        ..limits()
    };
    let mut store = begin(folder.path(), most.clone(), at(DAY, 1));
    let mut day = DAY;
    for _ in 0..6 {
        add(&mut store, 0..12_288, day);
        let bytes: u64 = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().metadata().unwrap().len())
            .sum();
        assert!(bytes <= most.bytes + 50_000, "{bytes}");
        day = kernel::moment::plus_days(day, 1);
    }
    assert!(store.gone().iter().any(|gone| gone.why == Why::Room));
    // One day that is larger than all that may be kept: what is newest is not kept, and counted.
    add(&mut store, 0..200_000, day);
    assert!(store.lost() > 0);
    assert!(store.bytes() <= most.bytes + 50_000);
}

#[test]
fn a_broken_file_is_put_aside_and_told_and_the_day_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 1));
    add(&mut store, 0..9_000, DAY);
    drop(store);
    let path = file(folder.path(), DAY);
    let mut bytes = fs::read(&path).unwrap();
    bytes[200] ^= 1;
    fs::write(&path, bytes).unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 2));
    assert_eq!(store.broken().len(), 1);
    assert!(
        folder
            .path()
            .join(format!("{DAY}.traces.broken-1"))
            .exists()
    );
    add(&mut store, 0..10, DAY);
    assert_eq!(kept(&store, DAY).len(), 10);
}

#[test]
fn questions_are_answered_by_person_device_category_and_word() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 1));
    add(&mut store, 0..5_000, DAY);
    let reader = store.reader();
    // More comes meanwhile: the reader sees what was there when it was made.
    add(&mut store, 5_000..9_000, DAY);
    let all = Query {
        most: 10,
        ..Query::default()
    }
    .ask(&reader, DAY, DAY);
    assert_eq!((all.total.all, all.total.closed), (5_000, 1_000));
    assert_eq!(all.by_day[&DAY], all.total);
    assert_eq!(
        all.by_person.values().map(|count| count.all).sum::<u64>(),
        5_000
    );
    assert_eq!(all.by_hour[1].all, 1_400);
    let newest: Vec<u32> = all.rows.iter().map(|row| row.grounds.line).collect();
    assert_eq!(newest, (4_990..5_000).rev().collect::<Vec<_>>());
    let some = Query {
        person: Some(2),
        open: Some(false),
        has: "name-5.".to_owned(),
        most: 100,
        ..Query::default()
    };
    let some = some.ask(&reader, DAY, DAY);
    let expected =
        (0..5_000_u32).filter(|number| number % 3 == 2 && number % 5 == 0 && number % 400 == 5);
    assert_eq!(some.total.all, expected.count() as u64);
    assert!(some.rows.iter().all(|row| row.asked == "name-5.example"));
}

#[test]
fn an_event_takes_at_most_sixteen_bytes_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 1));
    // A worse day than any: two thousand names, all devices at once, no order.
    let mut batch = Batch::default();
    let mut chance = 1_u32;
    for number in 0..100_000_u32 {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let name = format!("host-{:x}.some-place.example", (chance >> 8) % 2_000);
        let mut one = event(number, at(DAY, i64::from(number / 2)), &name);
        one.who.device = chance >> 24;
        one.grounds.line = (chance >> 8) % 2_000;
        batch.push(&one);
    }
    store.add(&batch).unwrap();
    let each = store.bytes() as f64 / 100_000.0;
    assert!(each <= 16.0, "{each}");
}

fn now() -> Moment {
    at(DAY, 60)
}

#[test]
fn threads_hand_on_what_they_saw_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::begin(begin(folder.path(), limits(), now()), now).unwrap();
    std::thread::scope(|scope| {
        for part in 0..4_u32 {
            let mut sender = recorder.sender();
            scope.spawn(move || {
                for number in part * 1_000..(part + 1) * 1_000 {
                    sender.add(&event(number, now(), "name.example"));
                }
            });
        }
    });
    drop(recorder);
    let store = begin(folder.path(), limits(), now());
    let mut numbers = kept(&store, DAY);
    numbers.sort_unstable();
    assert_eq!(numbers, (0..4_000).collect::<Vec<_>>());
}

#[derive(Clone, Debug)]
enum Step {
    Add(u32),
    Flush,
    Kill,
    /// Bytes are cut from the end of the day's file, or of the tail.
    Tear(bool, u64),
    NextDay,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (1_u32..6_000).prop_map(Step::Add),
        3 => Just(Step::Flush),
        2 => Just(Step::Kill),
        2 => (any::<bool>(), 1_u64..3_000).prop_map(|(tail, bytes)| Step::Tear(tail, bytes)),
        1 => Just(Step::NextDay),
    ];
    proptest::collection::vec(step, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    /// After any kills nothing that was flushed is missing, and after torn writes nothing is there
    /// twice, out of order or invented.
    #[test]
    fn kills_and_torn_writes_lose_only_the_end(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let mut day = DAY;
        let mut store = begin(folder.path(), limits(), at(day, 1));
        let mut next = 0;
        let mut safe = Vec::new();
        let mut since = 0;
        let mut torn = false;
        for step in steps {
            match step {
                Step::Add(count) => {
                    add(&mut store, next..next + count, day);
                    next += count;
                }
                Step::Flush => {
                    store.flush().unwrap();
                    safe.extend(since..next);
                    since = next;
                }
                Step::Kill => {
                    drop(store);
                    since = next;
                    store = begin(folder.path(), limits(), at(day, 1));
                }
                Step::Tear(tail, bytes) => {
                    drop(store);
                    since = next;
                    let name = if tail { "tail" } else { "traces" };
                    let path = folder.path().join(format!("{day}.{name}"));
                    if let Ok(file) = OpenOptions::new().write(true).open(&path) {
                        let length = file.metadata().unwrap().len();
                        // The head was there from the beginning of the day.
                        file.set_len(length.saturating_sub(bytes).max(length.min(69))).unwrap();
                        torn = true;
                    }
                    store = begin(folder.path(), limits(), at(day, 1));
                }
                Step::NextDay => {
                    day = kernel::moment::plus_days(day, 1);
                    store.tick(at(day, 1)).unwrap();
                    (next, since, torn) = (0, 0, false);
                    safe.clear();
                }
            }
            prop_assert!(store.broken().is_empty());
        }
        let kept = match file(folder.path(), day).exists() {
            true => kept(&store, day),
            false => Vec::new(),
        };
        prop_assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(kept.iter().all(|number| *number < next));
        if !torn {
            let missing = safe.iter().find(|number| kept.binary_search(number).is_err());
            prop_assert_eq!(missing, None);
        }
    }
}

#[test]
fn somebody_who_is_erased_is_in_no_trace_and_the_day_is_closed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let next = date(2026, 11, 26);
    let mut store = begin(folder.path(), limits(), at(DAY, 0));
    add(&mut store, 0..9_000, DAY);
    store.tick(at(next, 1)).unwrap();
    let before = store.closed();
    assert_eq!(before.len(), 1);
    store.forget(&BTreeSet::from([2])).unwrap();
    let after = store.closed();
    assert_eq!((after.len(), after[0].events), (1, 6_000));
    assert_ne!(after[0].digest, before[0].digest);
    assert!(kept(&store, DAY).iter().all(|number| number % 3 != 2));
    store.reader().check(&after[0]).unwrap();
    assert!(store.reader().check(&before[0]).is_err());
    assert_eq!(store.bytes(), after[0].bytes);
    // Whoever is in no day changes none.
    store.forget(&BTreeSet::from([2, 99])).unwrap();
    assert!(store.closed().is_empty());
    let again = begin(folder.path(), limits(), at(next, 2));
    assert_eq!(kept(&again, DAY).len(), 6_000);
}

#[test]
fn another_program_reads_what_was_just_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = begin(folder.path(), limits(), at(DAY, 0));
    let elsewhere = gate::traces::Reader::of_folder(folder.path(), &MASTER);
    for (numbers, count) in [(0..10, 10), (10..5_000, 5_000), (5_000..5_003, 5_003)] {
        add(&mut store, numbers, DAY);
        store.flush().unwrap();
        let mut seen = 0;
        elsewhere.each(DAY, |_| seen += 1).unwrap();
        assert_eq!(seen, count);
    }
    assert!(elsewhere.closed(DAY).is_err(), "the day is not over");
}
