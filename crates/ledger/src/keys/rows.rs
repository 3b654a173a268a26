//! The table of wrapped keys, in SQLite and in PostgreSQL. It is small (a row for each person), so
//! it is read whole, and changed in one transaction that no other process can come between.

use super::KeyError;
use crate::{
    server::{Server, said},
    sqlite::{admit, make_once, trouble},
    store::StoreError,
};
use postgres::Client;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// Marks the file as one of keys (`application_id`): "SgKy".
const OURS: i64 = 0x5367_4b79;

/// Format of the tables.
const FORMAT: i64 = 1;

/// A wrapped key: nonce and sealed key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Whose key.
    pub subject: String,
    /// 24 bytes of nonce, then the sealed key.
    pub wrapped: Vec<u8>,
}

/// An entry of the list of the destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destroyed {
    /// Whose key.
    pub subject: String,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Why.
    pub reason: String,
    /// SHA-256 over the key; `None` when there was none.
    pub fingerprint: Option<[u8; 32]>,
    /// The wrapping key since.
    pub generation: u64,
}

/// All that the store holds. Generation 0: nothing yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) generation: u64,
    pub(super) wrapped: Vec<Wrapped>,
    pub(super) destroyed: Vec<Destroyed>,
}

/// What is to change in it. Who is destroyed has no key afterwards.
#[derive(Default)]
pub(super) struct Change {
    pub(super) put: Vec<Wrapped>,
    pub(super) destroyed: Option<Destroyed>,
    pub(super) generation: Option<u64>,
}

/// Decides on a change from what is there; may be asked again after a conflict.
pub(super) type Decide<'a> = dyn FnMut(&Table) -> Result<Change, KeyError> + 'a;

/// A place for the table.
pub(super) trait Rows: Send {
    fn read(&mut self) -> Result<Table, KeyError>;
    /// Reads, decides and changes as one, durably.
    fn change(&mut self, decide: &mut Decide<'_>) -> Result<(), KeyError>;
}

/// The table in a SQLite file of its own.
pub(super) struct File {
    path: PathBuf,
    connection: Connection,
}

const FILE_TABLES: &str = "
CREATE TABLE keys (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
CREATE TABLE destroyed (
    subject TEXT PRIMARY KEY, at INTEGER NOT NULL, reason TEXT NOT NULL, fingerprint BLOB,
    generation INTEGER NOT NULL
) STRICT;
CREATE TABLE wrapping (one INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL) STRICT;";

impl File {
    /// Opens the file; makes an empty one when there is none.
    pub(super) fn open(path: &Path) -> Result<File, KeyError> {
        let marks = format!("PRAGMA application_id = {OURS}; PRAGMA user_version = {FORMAT};");
        make_once(path, &format!("{FILE_TABLES}{marks}"), "DELETE")?;
        File::open_existing(path)
    }

    /// Opens the file, which must be there.
    pub(super) fn open_existing(path: &Path) -> Result<File, KeyError> {
        let said = |error| trouble(path, "opening the keys", &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(said)?;
        connection
            .busy_timeout(Duration::from_secs(20))
            .map_err(said)?;
        admit(&connection, path, OURS, FORMAT, "a file of keys")?;
        // No write-ahead log: what is deleted should not lie on in a second file.
        let settings = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;
            PRAGMA fullfsync = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;";
        connection.execute_batch(settings).map_err(said)?;
        Ok(File {
            path: path.to_owned(),
            connection,
        })
    }
}

impl Rows for File {
    fn read(&mut self) -> Result<Table, KeyError> {
        let path = self.path.clone();
        let said = |error| trouble(&path, "reading the keys", &error);
        let read = self.connection.transaction().map_err(said)?;
        Ok(read_file(&read).map_err(said)?)
    }

    fn change(&mut self, decide: &mut Decide<'_>) -> Result<(), KeyError> {
        let path = self.path.clone();
        let said = |error| trouble(&path, "writing the keys", &error);
        let behavior = TransactionBehavior::Immediate;
        let writing = self
            .connection
            .transaction_with_behavior(behavior)
            .map_err(said)?;
        let table = read_file(&writing).map_err(said)?;
        let change = decide(&table)?;
        change_file(&writing, &change).map_err(said)?;
        writing.commit().map_err(said)?;
        Ok(())
    }
}

fn read_file(connection: &Connection) -> rusqlite::Result<Table> {
    let mut table = Table::default();
    let mut select = connection.prepare("SELECT generation FROM wrapping")?;
    let mut rows = select.query([])?;
    if let Some(row) = rows.next()? {
        table.generation = row.get::<_, i64>(0)?.cast_unsigned();
    }
    let mut select = connection.prepare("SELECT subject, wrapped FROM keys ORDER BY subject")?;
    let keys = select.query_map([], |row| {
        Ok(Wrapped {
            subject: row.get(0)?,
            wrapped: row.get(1)?,
        })
    })?;
    table.wrapped = keys.collect::<Result<_, _>>()?;
    let mut select = connection.prepare(
        "SELECT subject, at, reason, fingerprint, generation FROM destroyed ORDER BY subject",
    )?;
    let gone = select.query_map([], |row| {
        Ok(Destroyed {
            subject: row.get(0)?,
            at: row.get(1)?,
            reason: row.get(2)?,
            fingerprint: row.get(3)?,
            generation: row.get::<_, i64>(4)?.cast_unsigned(),
        })
    })?;
    table.destroyed = gone.collect::<Result<_, _>>()?;
    Ok(table)
}

fn change_file(connection: &Connection, change: &Change) -> rusqlite::Result<()> {
    for key in &change.put {
        connection.execute(
            "INSERT INTO keys (subject, wrapped) VALUES (?1, ?2)
            ON CONFLICT (subject) DO UPDATE SET wrapped = excluded.wrapped",
            params![key.subject, key.wrapped],
        )?;
    }
    if let Some(gone) = &change.destroyed {
        connection.execute("DELETE FROM keys WHERE subject = ?1", [&gone.subject])?;
        connection.execute(
            "INSERT INTO destroyed (subject, at, reason, fingerprint, generation)
            VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                gone.subject,
                gone.at,
                gone.reason,
                gone.fingerprint,
                gone.generation.cast_signed()
            ],
        )?;
    }
    if let Some(generation) = change.generation {
        connection.execute(
            "INSERT INTO wrapping (one, generation) VALUES (1, ?1)
            ON CONFLICT (one) DO UPDATE SET generation = excluded.generation",
            [generation.cast_signed()],
        )?;
    }
    Ok(())
}

/// The table of one setting on a PostgreSQL server.
pub(super) struct OnServer {
    server: Server,
    setting: String,
    client: Client,
}

const SERVER_TABLES: &str = "
CREATE TABLE IF NOT EXISTS stairgate_keys (setting TEXT NOT NULL, subject TEXT NOT NULL,
    wrapped BYTEA NOT NULL, PRIMARY KEY (setting, subject));
CREATE TABLE IF NOT EXISTS stairgate_keys_destroyed (
    setting TEXT NOT NULL, subject TEXT NOT NULL, at BIGINT NOT NULL, reason TEXT NOT NULL,
    fingerprint BYTEA, generation BIGINT NOT NULL, PRIMARY KEY (setting, subject));
CREATE TABLE IF NOT EXISTS stairgate_keys_wrapping (setting TEXT PRIMARY KEY,
    generation BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS stairgate_keys_format (format BIGINT PRIMARY KEY);";

impl OnServer {
    pub(super) fn open(server: &Server, setting: &str) -> Result<OnServer, KeyError> {
        let mut client = server.connect()?;
        let said = |error: postgres::Error| said("making the tables of the keys", &error);
        let mut making = client.transaction().map_err(said)?;
        making
            .execute("SELECT pg_advisory_xact_lock($1)", &[&OURS])
            .map_err(said)?;
        making.batch_execute(SERVER_TABLES).map_err(said)?;
        let format = "INSERT INTO stairgate_keys_format
            SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM stairgate_keys_format)";
        making.execute(format, &[&FORMAT]).map_err(said)?;
        let newest = "SELECT max(format) FROM stairgate_keys_format";
        let found = making
            .query_one(newest, &[])
            .and_then(|row| row.try_get(0))
            .map_err(said)?;
        // A row to lock from the start: readers and writers of one setting take turns by it.
        let row = "INSERT INTO stairgate_keys_wrapping VALUES ($1, 0) ON CONFLICT DO NOTHING";
        making.execute(row, &[&setting]).map_err(said)?;
        making.commit().map_err(said)?;
        if found > FORMAT {
            let place = "the table of the keys on the server".to_owned();
            return Err(StoreError::Newer {
                place,
                found,
                known: FORMAT,
            }
            .into());
        }
        Ok(OnServer {
            server: server.clone(),
            setting: setting.to_owned(),
            client,
        })
    }

    fn reconnect(&mut self) -> Result<(), StoreError> {
        if self.client.is_closed() {
            self.client = self.server.connect()?;
        }
        Ok(())
    }
}

impl Rows for OnServer {
    fn read(&mut self) -> Result<Table, KeyError> {
        self.reconnect()?;
        let said = |error: postgres::Error| said("reading the keys", &error);
        let mut read = self.client.transaction().map_err(said)?;
        read_server(&mut read, &self.setting).map_err(|error| said(error).into())
    }

    fn change(&mut self, decide: &mut Decide<'_>) -> Result<(), KeyError> {
        self.reconnect()?;
        let said = |error: postgres::Error| said("writing the keys", &error);
        let mut writing = self.client.transaction().map_err(said)?;
        let table = read_server(&mut writing, &self.setting).map_err(said)?;
        let change = decide(&table)?;
        change_server(&mut writing, &self.setting, &change).map_err(said)?;
        writing.commit().map_err(said)?;
        Ok(())
    }
}

fn read_server(
    from: &mut postgres::Transaction<'_>,
    setting: &str,
) -> Result<Table, postgres::Error> {
    let lock = "SELECT generation FROM stairgate_keys_wrapping WHERE setting = $1 FOR UPDATE";
    let generation: i64 = from.query_one(lock, &[&setting])?.try_get(0)?;
    let mut table = Table {
        generation: generation.cast_unsigned(),
        ..Table::default()
    };
    let select = "SELECT subject, wrapped FROM stairgate_keys WHERE setting = $1 ORDER BY subject";
    for row in from.query(select, &[&setting])? {
        table.wrapped.push(Wrapped {
            subject: row.try_get(0)?,
            wrapped: row.try_get(1)?,
        });
    }
    let select = "SELECT subject, at, reason, fingerprint, generation
        FROM stairgate_keys_destroyed WHERE setting = $1 ORDER BY subject";
    for row in from.query(select, &[&setting])? {
        let fingerprint: Option<Vec<u8>> = row.try_get(3)?;
        table.destroyed.push(Destroyed {
            subject: row.try_get(0)?,
            at: row.try_get(1)?,
            reason: row.try_get(2)?,
            fingerprint: fingerprint.and_then(|bytes| bytes.try_into().ok()),
            generation: row.try_get::<_, i64>(4)?.cast_unsigned(),
        });
    }
    Ok(table)
}

fn change_server(
    to: &mut postgres::Transaction<'_>,
    setting: &str,
    change: &Change,
) -> Result<(), postgres::Error> {
    for key in &change.put {
        to.execute(
            "INSERT INTO stairgate_keys (setting, subject, wrapped) VALUES ($1, $2, $3)
            ON CONFLICT (setting, subject) DO UPDATE SET wrapped = excluded.wrapped",
            &[&setting, &key.subject, &key.wrapped],
        )?;
    }
    if let Some(gone) = &change.destroyed {
        let delete = "DELETE FROM stairgate_keys WHERE setting = $1 AND subject = $2";
        to.execute(delete, &[&setting, &gone.subject])?;
        to.execute(
            "INSERT INTO stairgate_keys_destroyed
            (setting, subject, at, reason, fingerprint, generation)
            VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                &setting,
                &gone.subject,
                &gone.at,
                &gone.reason,
                &gone.fingerprint.as_ref().map(<[u8; 32]>::as_slice),
                &gone.generation.cast_signed(),
            ],
        )?;
    }
    if let Some(generation) = change.generation {
        let update = "UPDATE stairgate_keys_wrapping SET generation = $2 WHERE setting = $1";
        to.execute(update, &[&setting, &generation.cast_signed()])?;
    }
    Ok(())
}
