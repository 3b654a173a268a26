//! Who is signed in: running matters, kept beside the ledger so that a restart throws nobody out.
//! Only hashes of the secrets in cookies are kept.

use super::passwords::digest;
use families::spine::act::Person;
use kernel::moment::Moment;
use rusqlite::{Connection, OptionalExtension, params};
use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, PoisonError, RwLock},
};

/// A session ends after this long, in hours.
const LONGEST_HOURS: i64 = 12;
/// A session ends when nothing was asked for this long, in minutes.
const IDLE_MINUTES: i64 = 120;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS sessions (
    secret TEXT PRIMARY KEY, person INTEGER NOT NULL, epoch INTEGER NOT NULL, made INTEGER NOT NULL
) STRICT;";

/// The sessions.
pub(crate) struct Sessions {
    file: Mutex<Connection>,
    known: RwLock<HashMap<String, Session>>,
}

/// Somebody who is signed in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Session {
    pub(crate) person: Person,
    /// How often the person had chosen a password when the session began.
    pub(crate) epoch: u32,
    pub(crate) made: Moment,
    seen: Moment,
}

impl Sessions {
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Sessions> {
        let file = Connection::open(path)?;
        file.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")?;
        file.execute_batch(TABLE)?;
        let known = {
            let mut all = file.prepare("SELECT secret, person, epoch, made FROM sessions")?;
            let rows = all.query_map([], |row| {
                let made = Moment::from_micros(row.get(3)?);
                let session = Session {
                    person: Person(row.get(1)?),
                    epoch: row.get(2)?,
                    made,
                    seen: made,
                };
                Ok((row.get::<_, String>(0)?, session))
            })?;
            rows.collect::<rusqlite::Result<HashMap<_, _>>>()?
        };
        // What was seen last is not on disk; after a restart the idle time begins anew.
        Ok(Sessions {
            file: Mutex::new(file),
            known: RwLock::new(known),
        })
    }

    /// Begins a session for the holder of this secret.
    pub(crate) fn begin(
        &self,
        secret: &str,
        person: Person,
        epoch: u32,
        now: Moment,
    ) -> rusqlite::Result<()> {
        let key = digest(secret);
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.execute(
            "INSERT INTO sessions (secret, person, epoch, made) VALUES (?1, ?2, ?3, ?4)",
            params![key, person.0, epoch, now.micros()],
        )?;
        file.execute(
            "DELETE FROM sessions WHERE made < ?1",
            [now.plus_hours(-LONGEST_HOURS).micros()],
        )?;
        let session = Session {
            person,
            epoch,
            made: now,
            seen: now,
        };
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, session);
        Ok(())
    }

    /// The session of the holder of this secret, if it is not over.
    pub(crate) fn find(&self, secret: &str, now: Moment) -> Option<Session> {
        let key = digest(secret);
        let session = *self
            .known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)?;
        let seen = session.seen.max(session.made);
        let over =
            now > session.made.plus_hours(LONGEST_HOURS) || now > seen.plus_minutes(IDLE_MINUTES);
        if over && now > session.made.plus_minutes(IDLE_MINUTES) {
            self.end(secret);
            return None;
        }
        if now > session.seen.plus_minutes(1) {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(session) = known.get_mut(&key) {
                session.seen = now;
            }
        }
        Some(session)
    }

    /// Ends a session.
    pub(crate) fn end(&self, secret: &str) {
        let key = digest(secret);
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&key);
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = file
            .execute("DELETE FROM sessions WHERE secret = ?1", [key])
            .optional();
        if let Err(error) = gone {
            tracing::warn!(%error, "a session that ended could not be taken off the disk");
        }
    }

    /// Ends all sessions of somebody, but for the holder of `but`.
    pub(crate) fn end_all_of(&self, person: Person, but: Option<&str>) {
        let but = but.map(digest);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.retain(|key, session| session.person != person || Some(key) == but.as_ref());
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = file.execute(
            "DELETE FROM sessions WHERE person = ?1 AND secret IS NOT ?2",
            params![person.0, but],
        );
        if let Err(error) = gone {
            tracing::warn!(%error, "sessions that ended could not be taken off the disk");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_survives_a_restart_and_ends_when_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("running.db");
        let now = Moment::on(kernel::moment::Date::constant(2026, 11, 25), 9, 0);
        let sessions = Sessions::open(&path).unwrap();
        sessions.begin("secret", Person(3), 1, now).unwrap();
        drop(sessions);
        let sessions = Sessions::open(&path).unwrap();
        assert_eq!(
            sessions.find("secret", now.plus_minutes(5)).unwrap().person,
            Person(3)
        );
        assert!(sessions.find("other", now).is_none());
        assert!(sessions.find("secret", now.plus_hours(3)).is_none());
        sessions.begin("next", Person(3), 1, now).unwrap();
        sessions.begin("third", Person(3), 1, now).unwrap();
        sessions.end_all_of(Person(3), Some("third"));
        assert!(sessions.find("next", now).is_none());
        assert!(sessions.find("third", now).is_some());
    }
}
