//! Lines in one SQLite file for one setting. Write-ahead log, `synchronous=FULL`: an append is one
//! transaction and one sync, however many drafts. Overwritten and spent bytes are zeroed
//! (`secure_delete`). Readers have connections of their own and never wait for a writer.

use crate::{
    check::Chain,
    line::{Draft, Head, Line, Row, chain},
    store::{AppendError, Store, StoreError},
};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Marks the file as a ledger (`application_id`): "SgLd".
const OURS: i64 = 0x5367_4c64;

/// Format of the table (`user_version`).
const FORMAT: i64 = 1;

/// How long to wait for another process that writes.
const BUSY: Duration = Duration::from_secs(20);

/// Lines read in one transaction; a longer one would keep the write-ahead log from being emptied.
const BATCH: i64 = 8192;

const TABLE: &str = r#"
CREATE TABLE lines (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, "by" TEXT NOT NULL, kind TEXT NOT NULL,
    version INTEGER NOT NULL, body BLOB, digest BLOB NOT NULL, link BLOB NOT NULL
) STRICT;
"#;
const LAST: &str = "SELECT seq, link FROM lines ORDER BY seq DESC LIMIT 1";
const INSERT: &str = r#"INSERT INTO lines (seq, at, "by", kind, version, body, digest, link)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"#;
const SELECT: &str = r#"SELECT seq, at, "by", kind, version, body, digest, link FROM lines
    WHERE seq >= ?1 ORDER BY seq LIMIT ?2"#;
const SPEND: &str = "UPDATE lines SET body = NULL WHERE seq = ?1 AND body IS NOT NULL";

/// A ledger in a SQLite file.
pub struct Sqlite {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens the ledger at `path`; makes an empty one when there is no file.
    ///
    /// # Errors
    /// The file can't be opened or made, is damaged, newer, or something else.
    pub fn open(path: &Path) -> Result<Sqlite, StoreError> {
        Sqlite::open_with(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )
    }

    /// Opens the ledger at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Sqlite::open`], and there is no file.
    pub fn open_existing(path: &Path) -> Result<Sqlite, StoreError> {
        Sqlite::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Sqlite, StoreError> {
        let said = |doing: &'static str| move |error| trouble(path, doing, &error);
        let mut writer = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(said("opening the ledger"))?;
        writer
            .busy_timeout(BUSY)
            .map_err(said("opening the ledger"))?;
        admit(&mut writer, path)?;
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;";
        writer
            .execute_batch(settings)
            .map_err(said("opening the ledger"))?;
        let store = Sqlite {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
        };
        store.head()?;
        Ok(store)
    }

    fn write(&self, after: &Head, rows: &[Row<'_>], then: Head) -> Result<Head, AppendError> {
        let said = |error| AppendError::Store(trouble(&self.path, "writing to the ledger", &error));
        let mut writer = lock(&self.writer);
        let change = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(said)?;
        let head = last(&change, &self.path)?;
        if head != *after {
            return Err(AppendError::Moved(head));
        }
        let mut insert = change.prepare_cached(INSERT).map_err(said)?;
        for row in rows {
            insert
                .execute(params![
                    signed(row.seq),
                    row.at,
                    row.by,
                    row.kind,
                    row.version,
                    row.body,
                    row.digest,
                    row.link
                ])
                .map_err(said)?;
        }
        drop(insert);
        change.commit().map_err(said)?;
        Ok(then)
    }

    /// Lends a connection for reading, made when none is idle.
    fn reading<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self
                .reader()
                .map_err(|e| trouble(&self.path, "reading the ledger", &e))?,
        };
        let answer = ask(&reader)?;
        lock(&self.readers).push(reader);
        Ok(answer)
    }

    fn reader(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags)?;
        reader.busy_timeout(BUSY)?;
        reader.execute_batch("PRAGMA trusted_schema = OFF;")?;
        Ok(reader)
    }

    /// Shows up to [`BATCH`] lines; the number to go on from, `None` at the end.
    fn read_batch(
        &self,
        reader: &Connection,
        from: i64,
        line: &mut Line,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> Result<Option<i64>, StoreError> {
        let said = |error| trouble(&self.path, "reading the ledger", &error);
        let mut select = reader.prepare_cached(SELECT).map_err(said)?;
        let mut rows = select.query(params![from, BATCH]).map_err(said)?;
        let mut seen = 0;
        while let Some(row) = rows.next().map_err(said)? {
            fill(line, row).map_err(said)?;
            if see(line).is_break() {
                return Ok(None);
            }
            seen += 1;
        }
        Ok((seen == BATCH).then(|| signed(line.seq).saturating_add(1)))
    }
}

impl Store for Sqlite {
    fn head(&self) -> Result<Head, StoreError> {
        self.reading(|reader| last(reader, &self.path))
    }

    fn append(&self, after: &Head, drafts: &[Draft]) -> Result<Head, AppendError> {
        let (rows, then) = chain(after, drafts)?;
        self.write(after, &rows, then)
    }

    fn append_lines(&self, after: &Head, lines: &[Line]) -> Result<Head, AppendError> {
        let mut chain = Chain::after(*after);
        lines.iter().try_for_each(|line| chain.follow(line))?;
        let rows: Vec<Row<'_>> = lines.iter().map(Row::of).collect();
        self.write(after, &rows, chain.head)
    }

    fn read(
        &self,
        from: u64,
        see: &mut dyn FnMut(&Line) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.reading(|reader| {
            let mut line = Line::default();
            let mut next = Some(signed(from));
            while let Some(from) = next {
                next = self.read_batch(reader, from, &mut line, see)?;
            }
            Ok(())
        })
    }

    fn spend(&self, seqs: &[u64]) -> Result<u64, StoreError> {
        let said = |error| trouble(&self.path, "removing spent bodies", &error);
        let mut writer = lock(&self.writer);
        let change = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(said)?;
        let mut spent = 0_u64;
        for seq in seqs {
            let changed = change
                .prepare_cached(SPEND)
                .and_then(|mut spend| spend.execute([signed(*seq)]))
                .map_err(said)?;
            spent = spent.saturating_add(u64::from(changed > 0));
        }
        change.commit().map_err(said)?;
        // The write-ahead log still holds the pages as they were: empty it. When a reader keeps
        // it busy, the next append or start does it.
        writer
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .map_err(said)?;
        Ok(spent)
    }
}

/// Makes the table in an empty file; refuses a file that isn't a ledger that this build knows.
fn admit(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let said = |error| trouble(path, "opening the ledger", &error);
    let place = || path.display().to_string();
    let number = |connection: &Connection, pragma: &str| {
        connection
            .query_row(pragma, [], |row| row.get::<_, i64>(0))
            .map_err(said)
    };
    if number(connection, "PRAGMA application_id")? == 0 {
        let change = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(said)?;
        // Another process may have made the table since.
        if number(&change, "PRAGMA application_id")? == 0 {
            if number(&change, "SELECT count(*) FROM sqlite_schema")? != 0 {
                return Err(StoreError::NotOurs {
                    place: place(),
                    what: "a ledger",
                });
            }
            let marks = format!("PRAGMA application_id = {OURS}; PRAGMA user_version = {FORMAT};");
            change.execute_batch(TABLE).map_err(said)?;
            change.execute_batch(&marks).map_err(said)?;
            change.commit().map_err(said)?;
        }
    }
    if number(connection, "PRAGMA application_id")? != OURS {
        return Err(StoreError::NotOurs {
            place: place(),
            what: "a ledger",
        });
    }
    match number(connection, "PRAGMA user_version")? {
        FORMAT => Ok(()),
        found if found > FORMAT => Err(StoreError::Newer {
            place: place(),
            found,
            known: FORMAT,
        }),
        found => Err(StoreError::Damaged {
            place: place(),
            why: format!("its format is {found}"),
        }),
    }
}

fn last(connection: &Connection, path: &Path) -> Result<Head, StoreError> {
    connection
        .prepare_cached(LAST)
        .and_then(|mut last| {
            last.query_row([], |row| {
                Ok(Head {
                    seq: row.get::<_, i64>(0)?.cast_unsigned(),
                    link: row.get(1)?,
                })
            })
            .optional()
        })
        .map(|head| head.unwrap_or(Head::EMPTY))
        .map_err(|error| trouble(path, "reading the ledger", &error))
}

/// Reads a row into `line`, whose buffers are used again.
fn fill(line: &mut Line, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
    line.seq = row.get::<_, i64>(0)?.cast_unsigned();
    line.at = row.get(1)?;
    line.by.clear();
    line.by.push_str(row.get_ref(2)?.as_str()?);
    line.kind.clear();
    line.kind.push_str(row.get_ref(3)?.as_str()?);
    line.version = row.get(4)?;
    match row.get_ref(5)?.as_blob_or_null()? {
        Some(bytes) => {
            let body = line.body.get_or_insert_default();
            body.clear();
            body.extend_from_slice(bytes);
        }
        None => line.body = None,
    }
    line.digest = row.get(6)?;
    line.link = row.get(7)?;
    Ok(())
}

/// Numbers of lines fit: [`chain`] gives out none beyond `i64::MAX`.
fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// A thread that panicked left no half transaction: it was rolled back when dropped.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says whether it is the file or the world outside.
pub(crate) fn trouble(path: &Path, doing: &str, error: &rusqlite::Error) -> StoreError {
    let place = path.display().to_string();
    let damaged = match error {
        rusqlite::Error::SqliteFailure(code, _) => {
            matches!(
                code.code,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase
            )
        }
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::Utf8Error(..) => true,
        _ => false,
    };
    if damaged {
        return StoreError::Damaged {
            place,
            why: error.to_string(),
        };
    }
    StoreError::Outside {
        doing: format!("{doing} ({place})"),
        why: error.to_string(),
    }
}
