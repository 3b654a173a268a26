//! Rates of the ledger, each against a reference that is measured in the same run.
//!
//! `cargo bench -p ledger` reads 1,000,000 lines and verifies 1,000,000;
//! `cargo bench -p ledger -- 10000000` verifies so many (some 4 GB in the temporary folder).

use ledger::{
    check,
    checkpoint::{Checkpoint, Signing},
    export,
    line::{Draft, Head, Line, digest},
    sqlite::Sqlite,
    store::{AppendError, Store, StoreError},
    tree,
};
use rusqlite::{Connection, params};
use std::{
    error::Error,
    fs::File,
    io::{BufReader, BufWriter, Write},
    ops::ControlFlow,
    path::Path,
    time::{Duration, Instant},
};

/// Lines of the ledger that is read.
const READ_LINES: u64 = 1_000_000;

/// Appends of each kind, taken in turns so that the disk's moods fall on all alike.
const APPENDS: usize = 400;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let verified = std::env::args().filter_map(|word| word.parse().ok()).next();
    let folder = tempfile::tempdir()?;
    appends(folder.path())?;
    reads(folder.path())?;
    verifies(folder.path(), verified.unwrap_or(1_000_000))
}

fn say(words: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{words}")?)
}

fn draft(number: u64) -> Draft {
    let day = number % 365;
    Draft {
        at: 1_700_000_000_000_000 + i64::try_from(number).unwrap_or(0) * 1_000_000,
        by: format!("person:{}", number % 97),
        kind: "people.child-signed-in".to_owned(),
        version: 1,
        body: format!(
            r#"{{"child":{},"room":{},"by":1007,"day":{day},"device":"door"}}"#,
            number % 401,
            number % 7
        )
        .into_bytes(),
    }
}

/// An answered append against a raw durable insert of the same bytes.
fn appends(folder: &Path) -> Outcome<()> {
    let raw = Connection::open(folder.join("raw.db"))?;
    raw.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
        CREATE TABLE raw (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL);",
    )?;
    let store = Sqlite::open(&folder.join("appended.db"))?;
    let (mut raws, mut ones, mut many) = (Vec::new(), Vec::new(), Vec::new());
    let mut head = store.head()?;
    for turn in 0..3 * APPENDS {
        let number = u64::try_from(turn)?;
        // In turns, and each after each of the others, so that none has the disk to itself.
        match (turn % 3 + turn / 3) % 3 {
            0 => {
                let Draft {
                    at,
                    by,
                    kind,
                    mut body,
                    ..
                } = draft(number);
                body.extend(format!("{at}{by}{kind}").as_bytes());
                body.extend([0; 64]);
                let start = Instant::now();
                raw.prepare_cached("INSERT INTO raw (bytes) VALUES (?1)")?
                    .execute(params![body])?;
                raws.push(start.elapsed());
            }
            1 => {
                let one = [draft(number)];
                let start = Instant::now();
                head = store.append(&head, &one)?;
                ones.push(start.elapsed());
            }
            _ => {
                let batch: Vec<Draft> = (0..64).map(|other| draft(number * 64 + other)).collect();
                let start = Instant::now();
                head = store.append(&head, &batch)?;
                many.push(start.elapsed());
            }
        }
    }
    let (raw, one, many) = (median(&mut raws), median(&mut ones), median(&mut many));
    let ratio = one.as_secs_f64() / raw.as_secs_f64();
    let gain = 64.0 * one.as_secs_f64() / many.as_secs_f64();
    say(&format!("raw durable insert            p50 {raw:?}"))?;
    say(&format!(
        "append of 1                   p50 {one:?}: {ratio:.2} x the raw insert (at most 2)"
    ))?;
    say(&format!(
        "append of 64 at once          p50 {many:?}: {gain:.1} x the lines a second (at least 10)"
    ))
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Reading with the chain checked against reading without.
fn reads(folder: &Path) -> Outcome<()> {
    let store = Sqlite::open(&folder.join("read.db"))?;
    let mut head = Head::EMPTY;
    for batch in 0..READ_LINES / 4096 + 1 {
        let numbers = batch * 4096..((batch + 1) * 4096).min(READ_LINES);
        head = store.append(&head, &numbers.map(draft).collect::<Vec<_>>())?;
    }
    let start = Instant::now();
    let mut bytes = 0;
    store.read(1, &mut |line| {
        bytes += line.body.as_ref().map_or(0, Vec::len);
        ControlFlow::Continue(())
    })?;
    let plain = rate(READ_LINES, start);
    let start = Instant::now();
    let seen = check::read_checked(&store, Head::EMPTY, &mut |_| ControlFlow::Continue(()))?;
    let checked = rate(seen.seq, start);
    let start = Instant::now();
    let whole = check::check(&store, &[])?;
    let tree = rate(whole.head.seq, start);
    say(&format!(
        "read {READ_LINES} lines, unchecked   {plain:.0} a second ({bytes} bytes of bodies)"
    ))?;
    say(&format!(
        "read, chain checked           {checked:.0} a second: {:.2} x unchecked (at least 300000)",
        checked / plain
    ))?;
    say(&format!(
        "check, with the tree          {tree:.0} a second: {:.2} x unchecked",
        tree / plain
    ))
}

fn rate(lines: u64, start: Instant) -> f64 {
    let lines = u32::try_from(lines).map_or(f64::MAX, f64::from);
    lines / start.elapsed().as_secs_f64()
}

/// Verifying an export against reading its bytes.
fn verifies(folder: &Path, lines: u64) -> Outcome<()> {
    let made = Made(lines);
    let path = folder.join("ledger.jsonl");
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
    export::write(&made, &mut file)?;
    file.flush()?;
    let key = Signing::from_seed("bench", &[1; 32])?;
    let text = Checkpoint::of("bench.example/ledger", &tree::of(&made, lines)?, &[])?.sign(&[&key]);
    let signed = verify::Checkpoint::read(&text, &[&key.verifying().to_text()])?;
    let start = Instant::now();
    let bytes = std::io::copy(&mut File::open(&path)?, &mut std::io::sink())?;
    let read = rate(lines, start);
    let start = Instant::now();
    let mut export = BufReader::with_capacity(1 << 20, File::open(&path)?);
    let report = verify::verify(&mut export, &[signed]).map_err(|error| format!("{error:?}"))?;
    let verified = rate(report.lines, start);
    let ten_million = 10_000_000.0 / verified;
    say(&format!(
        "export of {lines} lines        {bytes} bytes, read at {read:.0} lines a second"
    ))?;
    say(&format!(
        "verify, with a checkpoint     {verified:.0} a second: 10 million in {ten_million:.1} s (at most 60)"
    ))
}

/// A ledger that is made while it is read, so that the disk is left out of it.
struct Made(u64);

impl Store for Made {
    fn head(&self) -> Result<Head, StoreError> {
        Ok(Head {
            seq: self.0,
            link: [0; 32],
        })
    }

    fn append(&self, after: &Head, _: &[Draft]) -> Result<Head, AppendError> {
        Err(AppendError::Moved(*after))
    }

    fn append_lines(&self, after: &Head, _: &[Line]) -> Result<Head, AppendError> {
        Err(AppendError::Moved(*after))
    }

    fn read(
        &self,
        _: u64,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut link = [0; 32];
        for seq in 1..=self.0 {
            let Draft {
                at,
                by,
                kind,
                version,
                body,
            } = draft(seq);
            let digest = digest(&body);
            let mut line = Line {
                seq,
                at,
                by,
                kind,
                version,
                body: Some(body),
                digest,
                link,
            };
            line.link = line.link_after(&link);
            link = line.link;
            if see(&line).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn spend(&self, _: &[u64]) -> Result<u64, StoreError> {
        Ok(0)
    }
}
