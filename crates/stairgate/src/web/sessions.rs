//! Who is signed in: running matters, kept beside the ledger so that a restart throws nobody out.
//! Only hashes of the secrets in cookies are kept. A session belongs to the device it began on.

use super::passwords::digest;
use families::{
    access::controls::unattended::Limits,
    spine::act::{Person, Proof},
};
use kernel::moment::Moment;
use rusqlite::{Connection, params};
use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

/// Wrong keys to a locked session before it ends.
const WRONG_KEYS_MAX: u32 = 5;
/// Devices on which somebody is signed in at a time; whoever signs in on one more is signed out where
/// they were longest ago.
const AT_ONCE_MAX: usize = 12;
/// How long a device is known on which somebody signed in, in hours.
const DEVICE_HOURS: i64 = 400 * 24;

const TABLES: &str = "CREATE TABLE IF NOT EXISTS signed_in (
    secret TEXT PRIMARY KEY, person INTEGER NOT NULL, epoch INTEGER NOT NULL, made INTEGER NOT NULL,
    seen INTEGER NOT NULL, two INTEGER NOT NULL, locked INTEGER NOT NULL, wrong INTEGER NOT NULL,
    device TEXT NOT NULL, label TEXT NOT NULL, shown INTEGER NOT NULL DEFAULT 0,
    elsewhere INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS known_devices (
    device TEXT NOT NULL, person INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (device, person)
) STRICT;
CREATE TABLE IF NOT EXISTS counted (
    what TEXT PRIMARY KEY, count INTEGER NOT NULL
) STRICT;
DROP TABLE IF EXISTS sessions;";

/// The sessions.
pub(crate) struct Sessions {
    file: Mutex<Connection>,
    known: RwLock<HashMap<String, Session>>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) person: Person,
    /// How often the person had chosen a password when the session began.
    pub(crate) epoch: u32,
    pub(crate) made: Moment,
    pub(crate) seen: Moment,
    pub(crate) proof: Proof,
    /// When the person last showed who they are: by password, code or passkey, not by PIN.
    pub(crate) shown: Moment,
    /// Whether it began with an account somewhere else: it goes on while that is linked.
    pub(crate) elsewhere: bool,
    /// Whether it was locked by hand; idle ones are locked, too.
    pub(crate) locked: bool,
    wrong: u32,
    device: String,
    /// What the device is called in the ledger.
    pub(crate) label: String,
}

/// What a new session begins with.
pub(crate) struct Begin<'a> {
    pub(crate) secret: &'a str,
    pub(crate) person: Person,
    pub(crate) epoch: u32,
    pub(crate) proof: Proof,
    /// Whether it was an account somewhere else that was shown first.
    pub(crate) elsewhere: bool,
    pub(crate) device: &'a str,
    pub(crate) label: &'a str,
}

impl Sessions {
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Sessions> {
        let file = Connection::open(path)?;
        file.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")?;
        file.execute_batch(TABLES)?;
        // A file of an earlier version has no such columns yet.
        for column in ["shown", "elsewhere"] {
            if file
                .prepare(&format!("SELECT {column} FROM signed_in"))
                .is_err()
            {
                let add =
                    format!("ALTER TABLE signed_in ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0");
                file.execute_batch(&add)?;
            }
        }
        let known = {
            let mut all = file.prepare(
                "SELECT secret, person, epoch, made, seen, two, locked, wrong, device, label, shown,
                        elsewhere
                 FROM signed_in",
            )?;
            let rows = all.query_map([], |row| {
                let session = Session {
                    person: Person(row.get(1)?),
                    epoch: row.get(2)?,
                    made: Moment::from_micros(row.get(3)?),
                    seen: Moment::from_micros(row.get(4)?),
                    proof: if row.get(5)? { Proof::Two } else { Proof::One },
                    locked: row.get(6)?,
                    wrong: row.get(7)?,
                    device: row.get(8)?,
                    label: row.get(9)?,
                    shown: Moment::from_micros(row.get(10)?),
                    elsewhere: row.get(11)?,
                };
                Ok((row.get::<_, String>(0)?, session))
            })?;
            rows.collect::<rusqlite::Result<HashMap<_, _>>>()?
        };
        Ok(Sessions {
            file: Mutex::new(file),
            known: RwLock::new(known),
        })
    }

    fn file(&self) -> MutexGuard<'_, Connection> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<String, Session>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<String, Session>> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session for the holder of this secret, on this device.
    pub(crate) fn begin(&self, begin: &Begin<'_>, now: Moment) -> rusqlite::Result<()> {
        let key = digest(begin.secret);
        let session = Session {
            person: begin.person,
            epoch: begin.epoch,
            made: now,
            seen: now,
            proof: begin.proof,
            // An account elsewhere may be open on the screen of somebody who has walked away.
            shown: if begin.elsewhere && begin.proof != Proof::Two {
                Moment::START
            } else {
                now
            },
            elsewhere: begin.elsewhere,
            locked: false,
            wrong: 0,
            device: digest(begin.device),
            label: begin.label.to_owned(),
        };
        let file = self.file();
        keep(&file, &key, &session)?;
        file.execute(
            "INSERT OR REPLACE INTO known_devices (device, person, last) VALUES (?1, ?2, ?3)",
            params![session.device, session.person.0, now.micros()],
        )?;
        file.execute(
            "DELETE FROM known_devices WHERE last < ?1",
            [now.plus_hours(-DEVICE_HOURS).micros()],
        )?;
        drop(file);
        let person = session.person;
        self.write().insert(key, session);
        self.end_oldest(person);
        Ok(())
    }

    fn end_oldest(&self, person: Person) {
        let mut own: Vec<(Moment, String)> = self
            .read()
            .iter()
            .filter(|(_, session)| session.person == person)
            .map(|(key, session)| (session.seen, key.clone()))
            .collect();
        own.sort();
        let over = own.len().saturating_sub(AT_ONCE_MAX);
        own.truncate(over);
        if over > 0 {
            self.end_those(|key, _| own.iter().any(|(_, oldest)| oldest == key));
        }
    }

    /// The session of the holder of this secret on this device, if it is not over; idle ones are
    /// locked.
    pub(crate) fn find(
        &self,
        secret: &str,
        device: &str,
        limits: Limits,
        now: Moment,
    ) -> Option<Session> {
        let key = digest(secret);
        let session = self.read().get(&key)?.clone();
        if session.device != digest(device) {
            return None;
        }
        if now > session.made.plus_hours(limits.longest_hours) {
            self.end(secret);
            return None;
        }
        if session.locked {
            return Some(session);
        }
        if now > session.seen.plus_minutes(limits.idle_minutes) {
            return self.change(&key, |session| session.locked = true);
        }
        if now > session.seen.plus_minutes(1) {
            return self.change(&key, |session| session.seen = now);
        }
        Some(session)
    }

    /// Changes a session, here and on the disk.
    fn change(&self, key: &str, how: impl FnOnce(&mut Session)) -> Option<Session> {
        let mut known = self.write();
        let session = known.get_mut(key)?;
        how(session);
        let session = session.clone();
        drop(known);
        if let Err(error) = keep(&self.file(), key, &session) {
            tracing::warn!(%error, "a session could not be kept on the disk");
        }
        Some(session)
    }

    /// Locks a session.
    pub(crate) fn lock(&self, secret: &str) {
        self.change(&digest(secret), |session| session.locked = true);
    }

    /// Unlocks a session. Whether it was still there.
    pub(crate) fn unlock(&self, secret: &str, now: Moment) -> bool {
        let changed = self.change(&digest(secret), |session| {
            (session.locked, session.wrong, session.seen) = (false, 0, now);
        });
        changed.is_some()
    }

    /// Counts a key to a locked session before it is looked at, so that many at once are not more
    /// tries than one after the other. Whether it may be looked at.
    pub(crate) fn try_key(&self, secret: &str) -> bool {
        let changed = self.change(&digest(secret), |session| {
            session.wrong = session.wrong.saturating_add(1);
        });
        changed.is_some_and(|session| session.wrong <= WRONG_KEYS_MAX)
    }

    /// Ends a locked session whose tries are used up. Whether it is over.
    pub(crate) fn end_if_spent(&self, secret: &str) -> bool {
        let known = self
            .read()
            .get(&digest(secret))
            .map(|session| session.wrong);
        let over = known.is_none_or(|wrong| wrong >= WRONG_KEYS_MAX);
        if over {
            self.end(secret);
        }
        over
    }

    /// Notes that the person has shown once more who they are.
    pub(crate) fn show(&self, secret: &str, now: Moment) {
        self.change(&digest(secret), |session| session.shown = now);
    }

    /// From now on two things were shown in this session.
    pub(crate) fn prove(&self, secret: &str) {
        self.change(&digest(secret), |session| session.proof = Proof::Two);
    }

    /// The sessions of somebody that are not over, newest first; each with the name by which it is
    /// ended.
    pub(crate) fn of(&self, person: Person, limits: Limits, now: Moment) -> Vec<(String, Session)> {
        let known = self.read();
        let mut own: Vec<(String, Session)> = known
            .iter()
            .filter(|(_, session)| {
                session.person == person && now <= session.made.plus_hours(limits.longest_hours)
            })
            .map(|(key, session)| (key.chars().take(16).collect(), session.clone()))
            .collect();
        own.sort_by_key(|(_, session)| std::cmp::Reverse(session.seen));
        own
    }

    /// The name by which a session is ended.
    pub(crate) fn name_of(secret: &str) -> String {
        digest(secret).chars().take(16).collect()
    }

    /// Ends a session.
    pub(crate) fn end(&self, secret: &str) {
        self.end_those(|key, _| key == digest(secret));
    }

    /// Ends one session of somebody, by its name. Whether there was one.
    pub(crate) fn end_named(&self, person: Person, name: &str) -> bool {
        self.end_those(|key, session| {
            session.person == person && name.len() == 16 && key.starts_with(name)
        })
    }

    /// Ends all sessions of somebody, but for the holder of `but`.
    pub(crate) fn end_all_of(&self, person: Person, but: Option<&str>) {
        let but = but.map(digest);
        self.end_those(|key, session| session.person == person && but.as_deref() != Some(key));
    }

    fn end_those(&self, which: impl Fn(&str, &Session) -> bool) -> bool {
        let mut known = self.write();
        let gone: Vec<String> = known
            .iter()
            .filter(|(key, session)| which(key, session))
            .map(|(key, _)| key.clone())
            .collect();
        for key in &gone {
            known.remove(key);
        }
        drop(known);
        let file = self.file();
        for key in &gone {
            if let Err(error) = file.execute("DELETE FROM signed_in WHERE secret = ?1", [key]) {
                tracing::warn!(%error, "a session that ended could not be taken off the disk");
            }
        }
        !gone.is_empty()
    }

    /// Whether somebody has signed in on this device before.
    pub(crate) fn knows(&self, device: &str, person: Person) -> bool {
        let found = self.file().query_row(
            "SELECT 1 FROM known_devices WHERE device = ?1 AND person = ?2",
            params![digest(device), person.0],
            |_| Ok(()),
        );
        found.is_ok()
    }

    /// Uses up a number that must be larger than the one before: the time step of a code, the
    /// counter of a passkey. Whether it was.
    pub(crate) fn count_up(&self, what: &str, count: i64) -> rusqlite::Result<bool> {
        let changed = self.file().execute(
            "INSERT INTO counted (what, count) VALUES (?1, ?2)
             ON CONFLICT (what) DO UPDATE SET count = ?2 WHERE count < ?2",
            params![what, count],
        )?;
        Ok(changed > 0)
    }
}

fn keep(file: &Connection, key: &str, session: &Session) -> rusqlite::Result<()> {
    file.execute(
        "INSERT OR REPLACE INTO signed_in
         (secret, person, epoch, made, seen, two, locked, wrong, device, label, shown, elsewhere)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            key,
            session.person.0,
            session.epoch,
            session.made.micros(),
            session.seen.micros(),
            session.proof == Proof::Two,
            session.locked,
            session.wrong,
            session.device,
            session.label,
            session.shown.micros(),
            session.elsewhere
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        idle_minutes: 15,
        longest_hours: 12,
    };

    fn begin(sessions: &Sessions, secret: &str, now: Moment) {
        let begin = Begin {
            secret,
            person: Person(3),
            epoch: 1,
            proof: Proof::One,
            elsewhere: false,
            device: "tablet",
            label: "ipad-1",
        };
        sessions.begin(&begin, now).unwrap();
    }

    fn start() -> Moment {
        Moment::on(kernel::moment::Date::constant(2026, 11, 25), 9, 0)
    }

    #[test]
    fn a_session_that_was_used_survives_a_restart_however_long_ago_it_began() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("running.db");
        let sessions = Sessions::open(&path).unwrap();
        begin(&sessions, "secret", start());
        for quarters in 1..30 {
            let now = start().plus_minutes(quarters * 10);
            assert!(
                !sessions
                    .find("secret", "tablet", LIMITS, now)
                    .unwrap()
                    .locked
            );
        }
        drop(sessions);
        let sessions = Sessions::open(&path).unwrap();
        let now = start().plus_minutes(295);
        let session = sessions.find("secret", "tablet", LIMITS, now).unwrap();
        assert!(!session.locked && session.person == Person(3));
        let over = start().plus_hours(13);
        assert!(sessions.find("secret", "tablet", LIMITS, over).is_none());
    }

    #[test]
    fn a_session_is_worth_nothing_on_another_device() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = Sessions::open(&folder.path().join("running.db")).unwrap();
        begin(&sessions, "secret", start());
        assert!(
            sessions
                .find("secret", "elsewhere", LIMITS, start())
                .is_none()
        );
        assert!(sessions.find("other", "tablet", LIMITS, start()).is_none());
        assert!(sessions.knows("tablet", Person(3)) && !sessions.knows("tablet", Person(4)));
    }

    #[test]
    fn an_idle_session_locks_and_five_wrong_keys_end_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("running.db");
        let sessions = Sessions::open(&path).unwrap();
        begin(&sessions, "secret", start());
        let later = start().plus_minutes(20);
        assert!(
            sessions
                .find("secret", "tablet", LIMITS, later)
                .unwrap()
                .locked
        );
        drop(sessions);
        let sessions = Sessions::open(&path).unwrap();
        assert!(
            sessions
                .find("secret", "tablet", LIMITS, later)
                .unwrap()
                .locked
        );
        assert!(sessions.unlock("secret", later));
        assert!(
            !sessions
                .find("secret", "tablet", LIMITS, later)
                .unwrap()
                .locked
        );
        sessions.lock("secret");
        let wrong = || sessions.try_key("secret") && !sessions.end_if_spent("secret");
        assert!((0..4).all(|_| wrong()));
        // Many at once: only so many are looked at, whatever comes of them.
        assert!(sessions.try_key("secret") && !sessions.try_key("secret"));
        assert!(sessions.end_if_spent("secret"));
        assert!(!sessions.unlock("secret", later));
        assert!(sessions.find("secret", "tablet", LIMITS, later).is_none());
    }

    #[test]
    fn one_session_is_ended_or_all_but_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = Sessions::open(&folder.path().join("running.db")).unwrap();
        for secret in ["one", "two", "three"] {
            begin(&sessions, secret, start());
        }
        assert_eq!(sessions.of(Person(3), LIMITS, start()).len(), 3);
        assert!(!sessions.end_named(Person(4), &Sessions::name_of("one")));
        assert!(sessions.end_named(Person(3), &Sessions::name_of("one")));
        sessions.end_all_of(Person(3), Some("three"));
        assert!(sessions.find("two", "tablet", LIMITS, start()).is_none());
        assert!(sessions.find("three", "tablet", LIMITS, start()).is_some());
    }

    #[test]
    fn one_device_too_many_signs_out_where_somebody_was_longest_ago_and_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = Sessions::open(&folder.path().join("running.db")).unwrap();
        let other = Begin {
            secret: "other",
            person: Person(4),
            epoch: 1,
            proof: Proof::One,
            elsewhere: false,
            device: "tablet",
            label: "ipad-1",
        };
        sessions.begin(&other, start()).unwrap();
        let at = |number: i64| start().plus_minutes(number);
        for number in 0..12 {
            begin(&sessions, &format!("secret-{number}"), at(number));
        }
        // The first is used once more, so the second was used longest ago.
        let here = |secret: &str| sessions.find(secret, "tablet", LIMITS, at(13)).is_some();
        assert!(here("secret-0") && here("secret-1"));
        for used in ["secret-0", "secret-2"] {
            assert!(sessions.unlock(used, at(14)));
        }
        sessions.change(&digest("secret-1"), |session| session.seen = at(1));
        begin(&sessions, "one more", at(15));
        assert!(!here("secret-1") && here("secret-0") && here("one more"));
        assert!(here("other"));
        assert_eq!(sessions.of(Person(3), LIMITS, at(15)).len(), 12);
    }

    #[test]
    fn a_number_is_used_once_and_only_grows() {
        let folder = tempfile::tempdir().unwrap();
        let sessions = Sessions::open(&folder.path().join("running.db")).unwrap();
        assert!(sessions.count_up("app:3", 100).unwrap());
        assert!(!sessions.count_up("app:3", 100).unwrap());
        assert!(!sessions.count_up("app:3", 99).unwrap());
        assert!(sessions.count_up("app:3", 101).unwrap());
    }
}
