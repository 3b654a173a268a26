//! Lines in one SQLite file for one setting. Write-ahead log, `synchronous=FULL`: an append is one
//! transaction and one sync, however many drafts. Overwritten and spent bytes are zeroed
//! (`secure_delete`). Readers have connections of their own and never wait for a writer. A file
//! is made whole or not at all, so an empty one is a damaged one.

use crate::{
    check::Chain,
    durable,
    line::{Draft, Head, Line, Row, chain, fits},
    store::{AppendError, Store, StoreError},
};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Marks the file as a ledger (`application_id`): "SgLd".
const OURS: i64 = 0x5367_4c64;

/// Format of the table (`user_version`).
const FORMAT: i64 = 1;

/// The smallest page that a SQLite file has; what is shorter would be taken for a new file.
const PAGE_BYTES_MIN: u64 = 512;

/// How long to wait for another process that writes.
const BUSY: Duration = Duration::from_secs(20);

/// How long spending waits for those who read the write-ahead log.
const EMPTYING: Duration = Duration::from_secs(2);

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
    /// INVARIANT: dropped before the writer, which as the last one empties the write-ahead log.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
    /// Spent bodies still lie in the write-ahead log, as somebody was reading it.
    log_is_owed: AtomicBool,
}

impl Sqlite {
    /// Opens the ledger at `path`; makes an empty one when there is no file.
    ///
    /// # Errors
    /// The file can't be opened or made, is damaged, newer, or something else.
    pub fn open(path: &Path) -> Result<Sqlite, StoreError> {
        let marks = format!("PRAGMA application_id = {OURS}; PRAGMA user_version = {FORMAT};");
        make_once(path, &format!("{TABLE}{marks}"), "WAL")?;
        Sqlite::open_existing(path)
    }

    /// Opens the ledger at `path`, which must be there.
    ///
    /// # Errors
    /// As [`Sqlite::open`], and there is no file.
    pub fn open_existing(path: &Path) -> Result<Sqlite, StoreError> {
        let said = |error| trouble(path, "opening the ledger", &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let writer = Connection::open_with_flags(path, flags).map_err(said)?;
        writer.busy_timeout(BUSY).map_err(said)?;
        admit(&writer, path, OURS, FORMAT, "a ledger")?;
        let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
            PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;";
        writer.execute_batch(settings).map_err(said)?;
        let store = Sqlite {
            path: path.to_owned(),
            readers: Mutex::default(),
            writer: Mutex::new(writer),
            // A crash may have left spent bodies there.
            log_is_owed: AtomicBool::new(true),
        };
        store.empty_log(&lock(&store.writer), Duration::ZERO);
        store.head()?;
        Ok(store)
    }

    /// Empties the write-ahead log, in which spent bodies may still lie. When somebody who reads
    /// keeps it busy, the next append tries again.
    fn empty_log(&self, writer: &Connection, wait: Duration) {
        let emptied = writer.busy_timeout(wait).and_then(|()| {
            let empty = "PRAGMA wal_checkpoint(TRUNCATE)";
            writer.query_row(empty, [], |row| Ok(row.get::<_, i64>(0)? == 0))
        });
        // What was spent is spent on disk already; to empty the log is tried until it works.
        let waits_again = writer.busy_timeout(BUSY).is_ok();
        let is_owed = !matches!(emptied, Ok(true)) || !waits_again;
        self.log_is_owed.store(is_owed, Ordering::Relaxed);
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
        if self.log_is_owed.load(Ordering::Relaxed) {
            self.empty_log(&writer, Duration::ZERO);
        }
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
        // The write-ahead log still holds the pages as they were.
        self.empty_log(&writer, EMPTYING);
        Ok(spent)
    }
}

/// Makes a file of ours by `statements`, unless there is one: whole or not at all, readable by its
/// owner only, and once, however many processes start at the same moment. The kind of journal is
/// set now, as two that set it at once are in each other's way.
pub(crate) fn make_once(path: &Path, statements: &str, journal: &str) -> Result<(), StoreError> {
    let doing = || format!("making {}", path.display());
    let said = |error: std::io::Error| StoreError::Outside {
        doing: doing(),
        why: error.to_string(),
    };
    if path.try_exists().map_err(said)? {
        return Ok(());
    }
    let _held = durable::hold_folder(path).map_err(said)?;
    if path.try_exists().map_err(said)? {
        return Ok(());
    }
    let beside = durable::beside(path).map_err(said)?;
    durable::create_private(&beside).map_err(said)?;
    let made = Connection::open(&beside).and_then(|connection| {
        let settings = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL;";
        connection.execute_batch(&format!("{settings} BEGIN; {statements} COMMIT;"))?;
        connection.execute_batch(&format!("PRAGMA journal_mode = {journal};"))
    });
    made.map_err(|error| trouble(path, &doing(), &error))?;
    std::fs::rename(&beside, path).map_err(said)?;
    durable::sync_folder(path).map_err(said)
}

/// Refuses a file that isn't `what`, or that is of a format that this build does not know.
pub(crate) fn admit(
    connection: &Connection,
    path: &Path,
    ours: i64,
    known: i64,
    what: &'static str,
) -> Result<(), StoreError> {
    let place = path.display().to_string();
    let number = |pragma: &str| {
        connection
            .query_row(pragma, [], |row| row.get::<_, i64>(0))
            .map_err(|error| trouble(path, "opening", &error))
    };
    let damaged = |why: String| StoreError::Damaged {
        place: place.clone(),
        why,
    };
    if std::fs::metadata(path).is_ok_and(|file| file.len() < PAGE_BYTES_MIN) {
        return Err(damaged("it is empty or cut off".to_owned()));
    }
    if number("PRAGMA application_id")? != ours {
        return Err(StoreError::NotOurs { place, what });
    }
    match number("PRAGMA user_version")? {
        found if found == known => Ok(()),
        found if found > known => Err(StoreError::Newer {
            place,
            found,
            known,
        }),
        found => Err(damaged(format!("its format is {found}"))),
    }
}

fn last(connection: &Connection, path: &Path) -> Result<Head, StoreError> {
    connection
        .prepare_cached(LAST)
        .and_then(|mut last| {
            last.query_row([], |row| {
                Ok(Head {
                    seq: number(row)?,
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
    line.seq = number(row)?;
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

fn number(row: &rusqlite::Row<'_>) -> rusqlite::Result<u64> {
    let number: i64 = row.get(0)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, number))
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
    let is_closed = matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    );
    let hint = match is_closed {
        true => " (the file must be there, and it and its folder must be writable)",
        false => "",
    };
    StoreError::Outside {
        doing: format!("{doing} ({place})"),
        why: format!("{error}{hint}"),
    }
}

#[cfg(test)]
mod tests;
