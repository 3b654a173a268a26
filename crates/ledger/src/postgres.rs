//! Lines in PostgreSQL, many settings in one table. An append is one statement, so one
//! transaction: it finds the head that it follows or inserts nothing, and the key (setting, seq)
//! lets only one of two through. Any server that speaks the protocol will do.

use crate::{
    check::Chain,
    line::{Draft, Head, Line, Row, chain, fits},
    server::{Server, said},
    store::{AppendError, Store, StoreError},
};
use postgres::{Client, error::SqlState, fallible_iterator::FallibleIterator, types::ToSql};
use std::{
    ops::ControlFlow,
    sync::{Mutex, PoisonError},
};

/// Format of the tables.
const FORMAT: i64 = 1;

/// Lines fetched at once, at most.
const BATCH: i64 = 4096;

const READING: &str = "reading the ledger";

/// Any number that nobody else locks: two processes that start at once make the tables in turn.
const MAKING: i64 = 0x5367_4c64;

const TABLES: &str = r#"
CREATE TABLE IF NOT EXISTS stairgate_lines (
    setting TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, "by" TEXT NOT NULL,
    kind TEXT NOT NULL, version INTEGER NOT NULL, body BYTEA, digest BYTEA NOT NULL,
    link BYTEA NOT NULL, PRIMARY KEY (setting, seq)
);
CREATE TABLE IF NOT EXISTS stairgate_lines_format (format BIGINT PRIMARY KEY);
"#;
const LAST: &str =
    "SELECT seq, link FROM stairgate_lines WHERE setting = $1 ORDER BY seq DESC LIMIT 1";
const INSERT: &str = r#"
INSERT INTO stairgate_lines (setting, seq, at, "by", kind, version, body, digest, link)
SELECT $1, row.* FROM unnest($4::BIGINT[], $5::BIGINT[], $6::TEXT[], $7::TEXT[], $8::INTEGER[],
    $9::BYTEA[], $10::BYTEA[], $11::BYTEA[]) AS row
WHERE CASE WHEN $2::BIGINT = 0
    THEN NOT EXISTS (SELECT 1 FROM stairgate_lines WHERE setting = $1)
    ELSE EXISTS (SELECT 1 FROM stairgate_lines WHERE setting = $1 AND seq = $2 AND link = $3)
    END"#;
const SELECT: &str = r#"SELECT seq, at, "by", kind, version, body, digest, link
    FROM stairgate_lines WHERE setting = $1 AND seq >= $2 ORDER BY seq LIMIT $3"#;
const SPEND: &str = "UPDATE stairgate_lines SET body = NULL
    WHERE setting = $1 AND seq = ANY($2) AND body IS NOT NULL";

/// The ledger of one setting on a PostgreSQL server.
pub struct Postgres {
    server: Server,
    setting: String,
    idle: Mutex<Vec<Client>>,
}

impl Postgres {
    /// Opens the ledger of `setting`; makes the tables when there are none.
    ///
    /// # Errors
    /// The server can't be reached, or its tables are newer.
    pub fn open(server: &Server, setting: &str) -> Result<Postgres, StoreError> {
        let store = Postgres {
            server: server.clone(),
            setting: setting.to_owned(),
            idle: Mutex::default(),
        };
        store.with(&mut |client| {
            let mut change = client.transaction()?;
            change.execute("SELECT pg_advisory_xact_lock($1)", &[&MAKING])?;
            change.batch_execute(TABLES)?;
            change.execute(
                "INSERT INTO stairgate_lines_format
                    SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM stairgate_lines_format)",
                &[&FORMAT],
            )?;
            change.commit()
        })?;
        let found = store.with(&mut |client| {
            client
                .query_one("SELECT max(format) FROM stairgate_lines_format", &[])?
                .try_get(0)
        })?;
        if found > FORMAT {
            let place = "the ledger's table on the server".to_owned();
            return Err(StoreError::Newer {
                place,
                found,
                known: FORMAT,
            });
        }
        Ok(store)
    }

    /// Lends a connection; a broken one is made anew, once, before the question is asked.
    fn lend(&self) -> Result<Client, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(client) if !client.is_closed() => Ok(client),
            _ => self.server.connect(),
        }
    }

    fn give_back(&self, client: Client) {
        if !client.is_closed() {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(client);
        }
    }

    /// When one connection broke, those that lie idle broke with it, and may not know it yet.
    fn forget_idle(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn with<T>(
        &self,
        ask: &mut dyn FnMut(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, StoreError> {
        let mut client = self.lend()?;
        let mut answer = ask(&mut client);
        if answer.as_ref().is_err_and(|error| is_lost(&client, error)) {
            // The server was restarted while the connection lay idle. What is asked here changes
            // nothing when asked twice.
            self.forget_idle();
            client = self.server.connect()?;
            answer = ask(&mut client);
        }
        self.give_back(client);
        answer.map_err(|error| said("asking the database", &error))
    }

    fn write(&self, after: &Head, rows: &[Row<'_>], then: Head) -> Result<Head, AppendError> {
        if rows.is_empty() {
            let head = self.head()?;
            return if head == *after {
                Ok(head)
            } else {
                Err(AppendError::Moved(head))
            };
        }
        let mut client = self.lend()?;
        let inserted = insert(&mut client, &self.setting, after, rows);
        let lost = inserted
            .as_ref()
            .is_err_and(|error| is_lost(&client, error));
        if lost {
            self.forget_idle();
        } else {
            self.give_back(client);
        }
        match inserted {
            Ok(count) if count > 0 => Ok(then),
            Ok(_) => Err(AppendError::Moved(self.head()?)),
            // The answer got lost on the way: is it written? A link belongs to one line only.
            Err(error) if lost => match self.link_at(then.seq) {
                Ok(Some(link)) if link == then.link => Ok(then),
                _ => Err(said("writing to the ledger", &error).into()),
            },
            Err(error) => match error.code() {
                Some(code)
                    if *code == SqlState::UNIQUE_VIOLATION
                        || *code == SqlState::T_R_SERIALIZATION_FAILURE
                        || *code == SqlState::T_R_DEADLOCK_DETECTED =>
                {
                    Err(AppendError::Moved(self.head()?))
                }
                _ => Err(said("writing to the ledger", &error).into()),
            },
        }
    }

    /// Shows up to `batch` lines, one by one as they come, so that large bodies do not add up.
    /// The number after the last one that was shown, and whether there may be more.
    fn read_batch(
        &self,
        from: i64,
        batch: i64,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> (i64, Result<bool, Lost>) {
        let mut next = from;
        let mut client = match self.lend() {
            Ok(client) => client,
            Err(error) => return (next, Err(Lost::Line(error))),
        };
        let asked: [&(dyn ToSql + Sync); 3] = [&self.setting, &from, &batch];
        let shown = show_batch(&mut client, asked, &mut next, see);
        let read = match shown {
            Err(Stopped::Asking(error)) if is_lost(&client, &error) => {
                self.forget_idle();
                return (next, Err(Lost::Connection(said(READING, &error))));
            }
            Err(Stopped::Asking(error)) => Err(Lost::Line(said(READING, &error))),
            Err(Stopped::Line(error)) => Err(Lost::Line(error)),
            Ok(count) => Ok(count == batch),
        };
        self.give_back(client);
        (next, read)
    }

    fn link_at(&self, seq: u64) -> Result<Option<[u8; 32]>, StoreError> {
        let found = crate::store::line_at(self, seq)?;
        Ok(found.map(|line| line.link))
    }
}

impl Store for Postgres {
    fn head(&self) -> Result<Head, StoreError> {
        let found = self.with(&mut |client| {
            let row = client.query_opt(LAST, &[&self.setting])?;
            row.map(|row| Ok((row.try_get::<_, i64>(0)?, row.try_get::<_, Vec<u8>>(1)?)))
                .transpose()
        })?;
        let Some((seq, link)) = found else {
            return Ok(Head::EMPTY);
        };
        Ok(Head {
            seq: seq.cast_unsigned(),
            link: hash(&link)?,
        })
    }

    fn append(&self, after: &Head, drafts: &[Draft]) -> Result<Head, AppendError> {
        let (rows, then) = chain(after, drafts)?;
        self.write(after, &rows, then)
    }

    fn append_lines(&self, after: &Head, lines: &[Line]) -> Result<Head, AppendError> {
        let mut chain = Chain::after(*after);
        for line in lines {
            fits(
                &line.by,
                &line.kind,
                line.body.as_deref().unwrap_or_default(),
            )?;
            chain.follow(line)?;
        }
        let rows: Vec<Row<'_>> = lines.iter().map(Row::of).collect();
        self.write(after, &rows, chain.head)
    }

    fn read(
        &self,
        from: u64,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut reading = Some(signed(from));
        let mut broke_at = None;
        // Often only the first line is wanted.
        let mut batch = 1;
        while let Some(from) = reading {
            let (next, read) = self.read_batch(from, batch, see);
            batch = BATCH.min(batch.saturating_mul(64));
            reading = match read {
                Ok(is_more) => is_more.then_some(next),
                // The connection broke: go on from here with another, but not twice.
                Err(Lost::Connection(_)) if broke_at != Some(next) => {
                    broke_at = Some(next);
                    Some(next)
                }
                Err(Lost::Connection(error) | Lost::Line(error)) => return Err(error),
            };
        }
        Ok(())
    }

    fn spend(&self, seqs: &[u64]) -> Result<u64, StoreError> {
        let seqs: Vec<i64> = seqs.iter().copied().map(signed).collect();
        self.with(&mut |client| client.execute(SPEND, &[&self.setting, &seqs]))
    }
}

/// Whether the connection is gone, so that another may do. The server's last words on one that it
/// ends arrive before the end itself.
fn is_lost(client: &Client, error: &postgres::Error) -> bool {
    let is_ending = error
        .code()
        .is_some_and(|code| [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN].contains(code));
    is_ending || error.is_closed() || client.is_closed()
}

/// Why a batch of lines stopped.
enum Stopped {
    /// The server said no, or nothing any more.
    Asking(postgres::Error),
    /// A line isn't one.
    Line(StoreError),
}

/// Why a reading stopped.
enum Lost {
    /// The connection broke; another may do.
    Connection(StoreError),
    /// The server can't be reached, or a line isn't one.
    Line(StoreError),
}

/// Shows the lines that were asked for; `next` follows each of them. How many, or 0 when `see`
/// broke off.
fn show_batch(
    client: &mut Client,
    asked: [&(dyn ToSql + Sync); 3],
    next: &mut i64,
    see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
) -> Result<i64, Stopped> {
    let mut rows = client.query_raw(SELECT, asked).map_err(Stopped::Asking)?;
    let (mut line, mut seen) = (Line::default(), 0);
    while let Some(row) = rows.next().map_err(Stopped::Asking)? {
        fill(&mut line, &row).map_err(Stopped::Line)?;
        seen += 1;
        *next = signed(line.seq).saturating_add(1);
        if see(&line).is_break() {
            return Ok(0);
        }
    }
    Ok(seen)
}

fn insert(
    client: &mut Client,
    setting: &str,
    after: &Head,
    rows: &[Row<'_>],
) -> Result<u64, postgres::Error> {
    let seqs: Vec<i64> = rows.iter().map(|row| signed(row.seq)).collect();
    let ats: Vec<i64> = rows.iter().map(|row| row.at).collect();
    let bys: Vec<&str> = rows.iter().map(|row| row.by).collect();
    let kinds: Vec<&str> = rows.iter().map(|row| row.kind).collect();
    let versions: Vec<i32> = rows.iter().map(|row| i32::from(row.version)).collect();
    let bodies: Vec<Option<&[u8]>> = rows.iter().map(|row| row.body).collect();
    let digests: Vec<&[u8]> = rows.iter().map(|row| row.digest.as_slice()).collect();
    let links: Vec<&[u8]> = rows.iter().map(|row| row.link.as_slice()).collect();
    client.execute(
        INSERT,
        &[
            &setting,
            &signed(after.seq),
            &after.link.as_slice(),
            &seqs,
            &ats,
            &bys,
            &kinds,
            &versions,
            &bodies,
            &digests,
            &links,
        ],
    )
}

fn fill(line: &mut Line, row: &postgres::Row) -> Result<(), StoreError> {
    let seq: i64 = get(row, 0)?;
    line.seq = u64::try_from(seq).map_err(|_| damaged(&"a number is out of range"))?;
    line.at = get(row, 1)?;
    line.by.clear();
    line.by.push_str(get(row, 2)?);
    line.kind.clear();
    line.kind.push_str(get(row, 3)?);
    let version: i32 = get(row, 4)?;
    line.version = u16::try_from(version).map_err(|_| damaged(&"a version is out of range"))?;
    match get::<Option<&[u8]>>(row, 5)? {
        Some(bytes) => {
            let body = line.body.get_or_insert_default();
            body.clear();
            body.extend_from_slice(bytes);
        }
        None => line.body = None,
    }
    line.digest = hash(get(row, 6)?)?;
    line.link = hash(get(row, 7)?)?;
    Ok(())
}

fn get<'a, T: postgres::types::FromSql<'a>>(
    row: &'a postgres::Row,
    column: usize,
) -> Result<T, StoreError> {
    row.try_get(column).map_err(|error| damaged(&error))
}

fn hash(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| damaged(&"a hash has not 32 bytes"))
}

fn damaged(why: &dyn std::fmt::Display) -> StoreError {
    let place = "the ledger's table on the server".to_owned();
    StoreError::Damaged {
        place,
        why: why.to_string(),
    }
}

/// Numbers of lines fit: [`chain`] gives out none beyond `i64::MAX`.
fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
