//! How fast acts are answered, each on disk before its answer: one at a time against a raw durable
//! insert of the same bytes, and from 64 callers at once against one at a time.
//!
//! `cargo bench -p desk --bench acts`

mod said;

use desk::{desk::Desk, folder::Folder};
use families::{
    access,
    place::{self, entries::Described},
    policy,
    spine::act::{Act, Actor, Person},
};
use kernel::{
    calendar::Nation,
    moment::{Date, Moment},
};
use ledger::{line::Line, store::line_at};
use rusqlite::{Connection, params};
use said::{Outcome, say};
use std::time::{Duration, Instant};

/// Acts one at a time, in turns with raw inserts, so that the disk's moods fall on both alike.
const ALONE: usize = 600;
/// Callers at once, and what each asks for.
const CALLERS: usize = 64;
const EACH: usize = 60;

fn main() -> Outcome<()> {
    let place = tempfile::tempdir()?;
    let desk = Folder::at(place.path(), None).open()?;
    set_up(&desk)?;
    let raw = Connection::open(place.path().join("raw.db"))?;
    raw.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE raw (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL);",
    )?;
    let manager = Actor::person_only(Person(1));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut acts_alone = Duration::ZERO;
    for number in 0..ALONE {
        let start = Instant::now();
        let done = perform(&desk, &manager, number)?;
        let took = start.elapsed();
        ours.push(took);
        acts_alone += took;
        let bytes = bytes_of(&line_at(desk.store(), done)?.ok_or("the line is not there")?);
        let start = Instant::now();
        raw.prepare_cached("INSERT INTO raw (bytes) VALUES (?1)")?
            .execute(params![bytes])?;
        theirs.push(start.elapsed());
    }
    let (ours, theirs) = (median(&mut ours), median(&mut theirs));
    say(
        "an act, answered when on disk: p50",
        &format!("{} us", ours.as_micros()),
        &format!("{} us raw", theirs.as_micros()),
        &format!("{:.2}", ours.as_secs_f64() / theirs.as_secs_f64()),
        "<= 2",
    )?;
    let alone = rate(ALONE, acts_alone);
    let together = at_once(&desk)?;
    say(
        "64 callers at once",
        &format!("{together:.0} acts/s"),
        &format!("{alone:.0} acts/s"),
        &format!("{:.1}", together / alone),
        ">= 10",
    )
}

fn set_up(desk: &Desk) -> Outcome<()> {
    let set_up = access::acts::SetUp {
        place: described("Larkrise Preschool"),
        manager: "Maya Lin".to_owned(),
        is_lead: true,
        user: "maya".to_owned(),
        password: "$argon2id$invented".into(),
    };
    let act = Act::Access(access::acts::Act::SetUp(Box::new(set_up)));
    let at = Moment::on(Date::constant(2026, 9, 1), 9, 0);
    let no = |why| format!("{why:?}");
    desk.perform(&Actor::nobody(), act, &[], at).map_err(no)?;
    let template = policy::templates::find("preschool").ok_or("no template")?;
    let document = policy::document::Document::from_toml(template.text)
        .map_err(|_| "the template is no policy")?;
    let act = Act::Policy(policy::acts::Act::adopt_at_once(document));
    let manager = Actor::person_only(Person(1));
    desk.perform(&manager, act, &[], at).map_err(no)?;
    Ok(())
}

fn described(name: &str) -> Described {
    Described {
        name: name.to_owned(),
        nation: Nation::England,
        kind: "preschool".to_owned(),
        phone: "01632 960 001".to_owned(),
        email: "office@larkrise.example".to_owned(),
        address: String::new(),
    }
}

/// Describes the place anew: judged by every control of the largest template; the line's number.
fn perform(desk: &Desk, who: &Actor, number: usize) -> Outcome<u64> {
    let name = format!("Larkrise Preschool {number}");
    let act = Act::Place(place::acts::Act::Describe(described(&name)));
    let at = Moment::on(Date::constant(2026, 9, 2), 9, 0);
    let done = desk
        .perform(who, act, &[], at)
        .map_err(|why| format!("{why:?}"))?;
    Ok(done.seqs.last().copied().ok_or("nothing was written")?)
}

fn at_once(desk: &Desk) -> Outcome<f64> {
    let start = Instant::now();
    std::thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                scope.spawn(move || {
                    let manager = Actor::person_only(Person(1));
                    (0..EACH).all(|number| {
                        perform(desk, &manager, ALONE + caller * EACH + number).is_ok()
                    })
                })
            })
            .collect();
        callers
            .into_iter()
            .all(|caller| caller.join().is_ok_and(|done| done))
    })
    .then_some(())
    .ok_or("an act was not done")?;
    Ok(rate(CALLERS * EACH, start.elapsed()))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a rate for people"
)]
fn rate(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Everything that a line keeps, as one row of bytes.
fn bytes_of(line: &Line) -> Vec<u8> {
    let mut bytes = line.body.clone().unwrap_or_default();
    bytes.extend(line.at.to_be_bytes());
    bytes.extend(line.by.as_bytes());
    bytes.extend(line.kind.as_bytes());
    bytes.extend(line.version.to_be_bytes());
    bytes.extend(line.digest);
    bytes.extend(line.link);
    bytes
}
