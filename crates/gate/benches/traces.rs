//! How many bytes an event takes on the disk, how quickly events are taken in, and how long it
//! takes to find what one person did on one day, beside reading the bytes of that day's file.
//!
//! `cargo bench -p gate --bench traces` makes 5,000,000 events of a month up; `-- 100000000` as many
//! of a year.

use gate::traces::{Answer, Batch, Event, Grounds, Limits, Query, Store, Who};
use jiff::civil::{Date, date};
use kernel::moment::{Moment, plus_days};
use std::{
    collections::BTreeSet,
    error::Error,
    fs,
    io::Write,
    time::{Duration, Instant},
};

const FIRST: Date = date(2026, 1, 1);
const PEOPLE: u32 = 40;
const NAMES: u32 = 3_000;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args()
        .skip(1)
        .find_map(|word| word.parse::<u32>().ok())
        .unwrap_or(5_000_000);
    let days = if count > 20_000_000 { 365 } else { 30 };
    let folder = tempfile::tempdir()?;
    let limits = Limits {
        bytes: 1 << 40,
        days: 400,
        held: BTreeSet::new(),
    };
    let mut drawn = 0_u8;
    let fill = Box::new(move |bytes: &mut [u8]| {
        drawn = drawn.wrapping_add(1);
        bytes.fill(drawn);
    });
    let mut store = Store::begin(
        folder.path(),
        &[1; 32],
        limits,
        fill,
        Moment::start_of(FIRST),
    )?;
    let names: Vec<String> = (0..NAMES)
        .map(|number| {
            let site = number.wrapping_mul(2_654_435_761) % 9_973;
            format!("part-{}.site-{site:x}.example", number % 7)
        })
        .collect();
    let mut taken = Duration::ZERO;
    let mut chance = 1_u32;
    let mut batch = Batch::default();
    for day in 0..days {
        let date = plus_days(FIRST, day);
        let start = Moment::start_of(date).micros() / 1_000;
        let of_day = i64::from(count) / days;
        for number in 0..of_day {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            batch.push(&made(start + number * 36_000_000 / of_day, chance, &names));
            if batch.len() == 512 {
                let begun = Instant::now();
                store.add(&batch)?;
                taken += begun.elapsed();
                batch.clear();
            }
        }
        store.add(&batch)?;
        batch.clear();
    }
    store.tick(Moment::start_of(plus_days(FIRST, days)))?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "kept: {count} events of {days} days, {:.2} bytes each on the disk, {:.2} µs each to take in",
        store.bytes() as f64 / f64::from(count),
        taken.as_secs_f64() * 1e6 / f64::from(count),
    )?;
    let reader = store.reader();
    let mut finds = Vec::new();
    let mut reads = Vec::new();
    for round in 0..9_u32 {
        let day = plus_days(FIRST, i64::from(round * 3 + 1));
        let begun = Instant::now();
        let bytes = fs::read(folder.path().join(format!("{day}.traces")))?;
        reads.push(begun.elapsed());
        let query = Query {
            person: Some(round % PEOPLE + 1),
            most: 1_000,
            ..Query::default()
        };
        let begun = Instant::now();
        let report = query.ask(&reader, day, day);
        finds.push(begun.elapsed());
        if report.total.all == 0 || bytes.is_empty() {
            return Err("nothing found".into());
        }
    }
    let (find, read) = (middle(&mut finds), middle(&mut reads));
    writeln!(
        out,
        "a person’s day: {:.1} ms; reading the bytes of that day alone {:.1} ms: {:.0} ×",
        find.as_secs_f64() * 1e3,
        read.as_secs_f64() * 1e3,
        find.as_secs_f64() / read.as_secs_f64(),
    )?;
    Ok(())
}

fn middle(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// An event as a setting’s days have them: some names are asked for all the time, most rarely.
fn made(at: i64, chance: u32, names: &[String]) -> Event<'_> {
    let wide = (chance >> 8) % NAMES;
    let number = if chance.is_multiple_of(4) {
        wide
    } else {
        wide % 60
    };
    let device = (chance >> 20) % 60 + 1;
    Event {
        at,
        who: Who {
            device,
            person: device % PEOPLE + 1,
            room: device % 4 + 1,
            session: 0,
            profile: device % 3 + 1,
        },
        grounds: Grounds {
            answer: match number % 23 {
                0 => Answer::Closed,
                _ => Answer::Open,
            },
            because: 3,
            category: number % 23,
            list: number % 5,
            line: number,
            plan: 17,
            lists: 4,
            ..Grounds::default()
        },
        asked: names.get(number as usize).map_or("", String::as_str),
    }
}
