//! The keys of the people that words are about, apart from the ledger: one 32-byte key for each
//! subject, wrapped (XChaCha20-Poly1305) by the setting's wrapping key, which lies in a file of
//! its own. Destroying a subject's key erases what is sealed under it, everywhere, also in files
//! that nobody can reach any more: the wrapping key is changed and all other keys are wrapped
//! anew, so no old copy of the key table opens again. See `docs/decisions/keys-and-erasure.md`.

mod rows;
mod wrapping;

use crate::{Fill, server::Server, store::StoreError};
use rows::{Change, Rows, Table};
pub use rows::{Destroyed, Wrapped};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use wrapping::WrappingFile;
use zeroize::Zeroizing;

/// A subject's key: 32 bytes that are wiped when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// The longest name of a subject and the longest reason, in bytes.
pub const WORDS_BYTES_MAX: usize = 500;

/// The key store of one setting.
pub struct KeyStore {
    rows: Mutex<Box<dyn Rows>>,
    wrapping: WrappingFile,
}

/// What shows that a key was destroyed; it says nothing about the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Whose key.
    pub subject: String,
    /// When, in microseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Why, in the words of whoever asked.
    pub reason: String,
    /// SHA-256 over the destroyed key (with a tag of its own); `None` when there was no key.
    pub fingerprint: Option<[u8; 32]>,
    /// The wrapping key that the remaining keys are wrapped by since.
    pub generation: u64,
}

/// All keys as they lie in the store, for a backup: of no use without the wrapping key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Which wrapping key they are wrapped by.
    pub generation: u64,
    /// The wrapped keys.
    pub wrapped: Vec<Wrapped>,
    /// Whose keys were destroyed.
    pub destroyed: Vec<Destroyed>,
}

/// The key store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The subject's key was destroyed and can't come back.
    #[error("the key of {0} was destroyed and can't come back")]
    Destroyed(String),
    /// There is another key for this subject already.
    #[error("{0} already has another key")]
    Taken(String),
    /// A subject or reason is empty or too long.
    #[error("a subject and a reason must be 1 to {WORDS_BYTES_MAX} bytes")]
    Words,
    /// The file with the wrapping key is not there.
    #[error("the wrapping key is missing: {} is not there, and without it no key can be opened", .0.display())]
    Missing(PathBuf),
    /// There is a wrapping key, and nothing that was wrapped by it.
    #[error(
        "the keys are missing: {} is there, but the keys that it opens are not; \
         restore them from a backup", .0.display()
    )]
    Lost(PathBuf),
    /// The file has another wrapping key than the one that these keys are wrapped by.
    #[error(
        "the keys are wrapped by wrapping key {needed}, which is not at hand: \
         it was replaced when somebody's key was destroyed, so take the keys of a newer backup"
    )]
    Replaced {
        /// The generation that is needed.
        needed: u64,
    },
    /// A key does not open.
    #[error("the key of {0} is damaged")]
    Damaged(String),
    /// The file with the wrapping key can't be read or written.
    #[error("{doing} failed: {why}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        why: String,
    },
    /// The table of keys is in trouble.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What happens when a key is destroyed, in this order; a crash may come before and after each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Both wrapping keys, the old and the new, are in the file.
    BothInFile,
    /// The table is wrapped by the new one and the subject is on the list of the destroyed.
    TableRewrapped,
    /// Only the new one is in the file.
    OldForgotten,
}

impl KeyStore {
    /// Opens the keys in the SQLite file `path`, wrapped by the key in the file `wrapping`. Makes
    /// both when there is neither.
    ///
    /// # Errors
    /// A file can't be opened or is damaged; the wrapping key is missing or another.
    pub fn open(path: &Path, wrapping: &Path, fill: &mut Fill<'_>) -> Result<KeyStore, KeyError> {
        KeyStore::over(Box::new(rows::File::open(path)?), wrapping, fill)
    }

    /// Opens the keys of `setting` on a PostgreSQL server (another than the ledger's, if it can
    /// be). Every machine that uses them needs the same file `wrapping`.
    ///
    /// # Errors
    /// As [`KeyStore::open`].
    pub fn open_server(
        server: &Server,
        setting: &str,
        wrapping: &Path,
        fill: &mut Fill<'_>,
    ) -> Result<KeyStore, KeyError> {
        KeyStore::over(
            Box::new(rows::OnServer::open(server, setting)?),
            wrapping,
            fill,
        )
    }

    fn over(
        rows: Box<dyn Rows>,
        wrapping: &Path,
        fill: &mut Fill<'_>,
    ) -> Result<KeyStore, KeyError> {
        let store = KeyStore {
            rows: Mutex::new(rows),
            wrapping: WrappingFile::at(wrapping),
        };
        store.settle(fill)?;
        Ok(store)
    }

    /// Every key. Whose keys are gone is told by [`KeyStore::destroyed`].
    ///
    /// # Errors
    /// The store can't be read, a key is damaged, or the wrapping key is another.
    pub fn load(&self) -> Result<Vec<(String, Key)>, KeyError> {
        let mut again = 0;
        loop {
            let table = self.rows().read()?;
            match self.wrapping.ring()?.open_all(&table) {
                // Another process destroyed a key between the two readings.
                Err(KeyError::Replaced { .. }) if again < 3 => again += 1,
                keys => return keys,
            }
        }
    }

    /// Keeps new keys; they are on disk when this returns. A key that is there already stays.
    ///
    /// # Errors
    /// A subject's key was destroyed or is another one (then none is kept); the store can't be
    /// written.
    pub fn save(&self, keys: &[(String, Key)], fill: &mut Fill<'_>) -> Result<(), KeyError> {
        if keys.is_empty() {
            return Ok(());
        }
        self.rows().change(&mut |table| {
            let ring = self.wrapping.ring()?;
            let mut change = Change::default();
            for (subject, key) in keys {
                check_words(subject)?;
                if table.destroyed.iter().any(|gone| gone.subject == *subject) {
                    return Err(KeyError::Destroyed(subject.clone()));
                }
                match table.wrapped.iter().find(|there| there.subject == *subject) {
                    Some(there) if ring.open(table.generation, there)? == *key => {}
                    Some(_) => return Err(KeyError::Taken(subject.clone())),
                    None => change
                        .put
                        .push(ring.wrap(table.generation, subject, key, fill)?),
                }
            }
            Ok(change)
        })
    }

    /// Destroys a subject's key for good and changes the wrapping key. Asking again for the same
    /// subject gives the receipt of the first time. The caller has checked that no hold stands
    /// against it, and writes a backup of the keys afterwards.
    ///
    /// # Errors
    /// The store can't be written; the key is still there then, or gone: asking again finishes.
    pub fn destroy(
        &self,
        subject: &str,
        at: i64,
        reason: &str,
        fill: &mut Fill<'_>,
    ) -> Result<Receipt, KeyError> {
        self.destroy_by_steps(subject, at, reason, fill, &mut |_| Ok(()))
    }

    /// Whose keys were destroyed, with when and why.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn destroyed(&self) -> Result<Vec<Destroyed>, KeyError> {
        Ok(self.rows().read()?.destroyed)
    }

    /// Puts subjects on the list of the destroyed, as after a restore; whose key is there, loses it.
    ///
    /// # Errors
    /// As [`KeyStore::destroy`].
    pub fn apply_destroyed(&self, gone: &[Destroyed], fill: &mut Fill<'_>) -> Result<(), KeyError> {
        for gone in gone {
            self.destroy(&gone.subject, gone.at, &gone.reason, fill)?;
        }
        Ok(())
    }

    /// All keys as they lie here, wrapped, for a backup.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn bundle(&self) -> Result<Bundle, KeyError> {
        let Table {
            generation,
            wrapped,
            destroyed,
        } = self.rows().read()?;
        Ok(Bundle {
            generation,
            wrapped,
            destroyed,
        })
    }

    /// Writes a copy of the wrapping key, sealed under `backup_key`, over an older copy at `path`:
    /// to be kept apart from the backups, and written anew after each destruction.
    ///
    /// # Errors
    /// A file can't be read or written.
    pub fn copy_wrapping(
        &self,
        path: &Path,
        backup_key: &[u8; 32],
        fill: &mut Fill<'_>,
    ) -> Result<(), KeyError> {
        self.wrapping.copy_to(path, backup_key, fill)
    }

    fn rows(&self) -> MutexGuard<'_, Box<dyn Rows>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the first wrapping key; finishes or takes back a destruction that a crash cut short.
    fn settle(&self, fill: &mut Fill<'_>) -> Result<(), KeyError> {
        let held = self.wrapping.hold()?;
        self.settle_held(fill)?;
        drop(held);
        Ok(())
    }

    fn settle_held(&self, fill: &mut Fill<'_>) -> Result<(), KeyError> {
        self.wrapping.remove_leftover()?;
        let generation = self.rows().read()?.generation;
        if generation == 0 {
            if self.wrapping.is_there() {
                return Err(KeyError::Lost(self.wrapping.path().to_owned()));
            }
            let first = self.wrapping.propose(fill)?.newest();
            self.rows().change(&mut |table| {
                let generation = (table.generation == 0).then_some(first);
                Ok(Change {
                    generation,
                    ..Change::default()
                })
            })?;
        }
        // The first wrapping key counts once the table names it.
        self.wrapping.accept_proposed(generation.max(1))?;
        let ring = self.wrapping.ring()?;
        let generation = self.rows().read()?.generation;
        if !ring.has(generation) {
            return Err(KeyError::Replaced { needed: generation });
        }
        if ring.only(generation) != ring {
            self.wrapping.write(&ring.only(generation))?;
        }
        Ok(())
    }

    fn destroy_by_steps(
        &self,
        subject: &str,
        at: i64,
        reason: &str,
        fill: &mut Fill<'_>,
        done: &mut dyn FnMut(Step) -> Result<(), KeyError>,
    ) -> Result<Receipt, KeyError> {
        check_words(subject)?;
        check_words(reason)?;
        let _held = self.wrapping.hold()?;
        self.settle_held(fill)?;
        let before = self.rows().read()?;
        if let Some(gone) = before.destroyed.iter().find(|gone| gone.subject == subject) {
            return Ok(gone.receipt());
        }
        let both = self.wrapping.ring()?.with_next(fill)?;
        let next = both.newest();
        self.wrapping.write(&both)?;
        done(Step::BothInFile)?;
        let mut receipt = None;
        self.rows().change(&mut |table| {
            if table.generation != before.generation {
                return Err(KeyError::Replaced {
                    needed: table.generation,
                });
            }
            let key = table.wrapped.iter().find(|there| there.subject == subject);
            let key = key
                .map(|there| both.open(table.generation, there))
                .transpose()?;
            let gone = Destroyed {
                subject: subject.to_owned(),
                at,
                reason: reason.to_owned(),
                fingerprint: key.map(|key| wrapping::fingerprint(&key)),
                generation: next,
            };
            receipt = Some(gone.receipt());
            let mut put = Vec::with_capacity(table.wrapped.len());
            for other in table
                .wrapped
                .iter()
                .filter(|other| other.subject != subject)
            {
                let key = both.open(table.generation, other)?;
                put.push(both.wrap(next, &other.subject, &key, fill)?);
            }
            Ok(Change {
                put,
                destroyed: Some(gone),
                generation: Some(next),
            })
        })?;
        done(Step::TableRewrapped)?;
        self.wrapping.write(&both.only(next))?;
        done(Step::OldForgotten)?;
        receipt.ok_or_else(|| KeyError::Damaged(subject.to_owned()))
    }
}

/// Puts keys from a backup into a new SQLite file at `path`, but for those that were destroyed,
/// then or since. They open with the wrapping key that they were wrapped by.
///
/// # Errors
/// The file can't be made, or has keys already.
pub fn restore(path: &Path, bundle: &Bundle, gone_since: &[Destroyed]) -> Result<(), KeyError> {
    let mut rows = rows::File::open(path)?;
    let mut gone = bundle.destroyed.clone();
    for other in gone_since {
        if !gone.iter().any(|there| there.subject == other.subject) {
            gone.push(other.clone());
        }
    }
    let is_gone = |subject: &str| gone.iter().any(|gone| gone.subject == subject);
    let kept: Vec<Wrapped> = bundle
        .wrapped
        .iter()
        .filter(|there| !is_gone(&there.subject))
        .cloned()
        .collect();
    let generation = Some(bundle.generation);
    rows.change(&mut |table| match table.generation {
        0 => Ok(Change {
            put: kept.clone(),
            destroyed: None,
            generation,
        }),
        _ => Err(KeyError::Taken("the file of the keys".to_owned())),
    })?;
    gone.iter().try_for_each(|gone| {
        rows.change(&mut |_| {
            Ok(Change {
                destroyed: Some(gone.clone()),
                ..Change::default()
            })
        })
    })
}

/// The keys in a SQLite file as they lie there, without their wrapping key.
///
/// # Errors
/// The file can't be read.
pub fn bundle_of(path: &Path) -> Result<Bundle, KeyError> {
    let Table {
        generation,
        wrapped,
        destroyed,
    } = rows::File::open_existing(path)?.read()?;
    Ok(Bundle {
        generation,
        wrapped,
        destroyed,
    })
}

/// Opens a copy that [`KeyStore::copy_wrapping`] made and writes it as the wrapping file `to`,
/// unless there is one.
///
/// # Errors
/// The copy is damaged or under another backup key; there is a wrapping file.
pub fn restore_wrapping(copy: &Path, backup_key: &[u8; 32], to: &Path) -> Result<(), KeyError> {
    WrappingFile::at(to).restore_from(copy, backup_key)
}

impl Destroyed {
    /// The receipt of this destruction.
    #[must_use]
    pub fn receipt(&self) -> Receipt {
        Receipt {
            subject: self.subject.clone(),
            at: self.at,
            reason: self.reason.clone(),
            fingerprint: self.fingerprint,
            generation: self.generation,
        }
    }
}

fn check_words(words: &str) -> Result<(), KeyError> {
    match words.len() {
        1..=WORDS_BYTES_MAX if !words.contains('\0') => Ok(()),
        _ => Err(KeyError::Words),
    }
}

#[cfg(test)]
mod tests;
