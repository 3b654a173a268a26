//! The queue's file: what waits, how often it was tried, when it is tried next, and up to which line
//! of the ledger messages were made. No address is in it. All of it may go: it is made again.

use rusqlite::{Connection, OptionalExtension, Row, params};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

const TABLES: &str = "CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY, body TEXT NOT NULL, made INTEGER NOT NULL, tries INTEGER NOT NULL,
    next INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS outbox_read (one INTEGER PRIMARY KEY CHECK (one = 1), upto INTEGER NOT NULL) STRICT;";

/// How long another process may hold the file.
const BUSY: Duration = Duration::from_secs(5);
/// The most messages that wait; more are left out, and made again when there is room.
const WAITING_MAX: u32 = 20_000;

/// The queue.
pub struct Queue {
    file: Mutex<Connection>,
}

/// Something that waits. Times are in microseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its own name.
    pub id: String,
    /// What it is, as whoever put it in wrote it.
    pub body: String,
    /// When it was made.
    pub made: i64,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next: i64,
}

/// The file can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the queue of messages can’t be used: {0}")]
pub struct QueueError(#[from] rusqlite::Error);

impl Queue {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// It can't be used.
    pub fn open(path: &Path) -> Result<Queue, QueueError> {
        let file = Connection::open(path)?;
        file.busy_timeout(BUSY)?;
        file.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")?;
        file.execute_batch(TABLES)?;
        Ok(Queue {
            file: Mutex::new(file),
        })
    }

    fn file(&self) -> MutexGuard<'_, Connection> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last line of the ledger of which messages were made; `None`: none yet.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn upto(&self) -> Result<Option<u64>, QueueError> {
        let sql = "SELECT upto FROM outbox_read";
        let upto: Option<i64> = self
            .file()
            .query_row(sql, [], |row| row.get(0))
            .optional()?;
        Ok(upto.and_then(|upto| u64::try_from(upto).ok()))
    }

    /// Takes in what lines of the ledger made, and takes out what they say has ended, all or
    /// nothing. What waits already stays as it is.
    ///
    /// # Errors
    /// The file can't be written; nothing has changed then.
    pub fn take_in(
        &self,
        upto: Option<u64>,
        new: &[Waiting],
        ended: &[String],
    ) -> Result<(), QueueError> {
        let mut file = self.file();
        let all = file.transaction()?;
        for one in new {
            all.execute(
                "INSERT INTO outbox (id, body, made, tries, next)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM outbox) < ?6
                 ON CONFLICT (id) DO NOTHING",
                params![one.id, one.body, one.made, one.tries, one.next, WAITING_MAX],
            )?;
        }
        for id in ended {
            all.execute("DELETE FROM outbox WHERE id = ?1", [id])?;
        }
        if let Some(upto) = upto {
            all.execute(
                "INSERT INTO outbox_read (one, upto) VALUES (1, ?1)
                 ON CONFLICT (one) DO UPDATE SET upto = ?1",
                [i64::try_from(upto).unwrap_or(i64::MAX)],
            )?;
        }
        all.commit()?;
        Ok(())
    }

    /// Everything that waits, what is tried next first.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn waiting(&self) -> Result<Vec<Waiting>, QueueError> {
        let file = self.file();
        let mut all = file
            .prepare_cached("SELECT id, body, made, tries, next FROM outbox ORDER BY next, id")?;
        let rows = all.query_map([], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What is to be tried now, at most so many.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn due(&self, now: i64, most: u32) -> Result<Vec<Waiting>, QueueError> {
        let file = self.file();
        let mut due = file.prepare_cached(
            "SELECT id, body, made, tries, next FROM outbox WHERE next <= ?1 ORDER BY next, id LIMIT ?2",
        )?;
        let rows = due.query_map(params![now, most], read)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Everything that waits is tried now: what stood in its way may be gone.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn hurry(&self, now: i64) -> Result<(), QueueError> {
        let sql = "UPDATE outbox SET next = ?1 WHERE next > ?1";
        self.file().execute(sql, [now])?;
        Ok(())
    }

    /// It was tried once more and is tried again then.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn again(&self, id: &str, next: i64) -> Result<(), QueueError> {
        let sql = "UPDATE outbox SET tries = tries + 1, next = ?2 WHERE id = ?1";
        self.file().execute(sql, params![id, next])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    Ok(Waiting {
        id: row.get(0)?,
        body: row.get(1)?,
        made: row.get(2)?,
        tries: row.get(3)?,
        next: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str, next: i64) -> Waiting {
        Waiting {
            id: id.to_owned(),
            body: "{}".to_owned(),
            made: 1,
            tries: 0,
            next,
        }
    }

    #[test]
    fn what_waits_survives_and_is_never_there_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("running.db");
        let queue = Queue::open(&path).unwrap();
        assert_eq!(queue.upto().unwrap(), None);
        queue
            .take_in(Some(7), &[one("a", 5), one("b", 9)], &[])
            .unwrap();
        queue.again("a", 6).unwrap();
        drop(queue);
        let queue = Queue::open(&path).unwrap();
        queue.take_in(Some(9), &[one("a", 1)], &[]).unwrap();
        assert_eq!(queue.upto().unwrap(), Some(9));
        let due = queue.due(6, 10).unwrap();
        assert_eq!(
            due,
            [Waiting {
                tries: 1,
                ..one("a", 6)
            }]
        );
        queue.take_in(None, &[], &["a".to_owned()]).unwrap();
        assert_eq!(queue.waiting().unwrap(), [one("b", 9)]);
        assert_eq!(queue.upto().unwrap(), Some(9));
        queue.hurry(4).unwrap();
        assert_eq!(queue.waiting().unwrap(), [one("b", 4)]);
    }
}
