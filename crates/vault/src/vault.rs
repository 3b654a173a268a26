//! The vault: takes files in, opens them, copies them for backups, removes what nobody refers to.

use crate::{
    shelf::{Folder, Found, Shelf, digest_of, is_digest},
    stream::{self, Opening},
};
use kernel::{
    kept::{Kind, Loose, plain_name},
    sealed::Key,
};
use std::{
    collections::BTreeSet,
    io::{self, ErrorKind, Read},
    path::Path,
    time::{Duration, SystemTime},
};

/// How long a file that no entry refers to stays: an act that carries it may still be on its way.
pub const LOOSE_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// The files of one setting.
pub struct Vault {
    shelf: Box<dyn Shelf>,
}

/// What a check of the files found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many are there as they were kept.
    pub whole: u64,
    /// Which are not there.
    pub missing: Vec<String>,
    /// Which are not what was kept.
    pub damaged: Vec<String>,
}

/// A file can't be kept or opened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// It is not there.
    #[error("a file is not in the vault any more")]
    Missing,
    /// The disk is full.
    #[error("there is no room on the disk")]
    Full,
    /// It can't be read or written, or is damaged.
    #[error("a file of the vault can't be used: {0}")]
    File(io::Error),
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> VaultError {
        match error.kind() {
            ErrorKind::NotFound => VaultError::Missing,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                VaultError::Full
            }
            _ => VaultError::File(error),
        }
    }
}

impl Vault {
    /// The vault in a folder; the folder is made when the first file is kept.
    #[must_use]
    pub fn in_folder(root: &Path) -> Vault {
        Vault::over(Box::new(Folder::at(root)))
    }

    /// The vault over any place for files.
    #[must_use]
    pub fn over(shelf: Box<dyn Shelf>) -> Vault {
        Vault { shelf }
    }

    /// Keeps a file under `key`, which must be random and for this file only. It is on disk when
    /// this returns; memory stays bounded however long it is.
    ///
    /// # Errors
    /// It can't be read or written; nothing is left of it then.
    pub fn keep(
        &self,
        from: &mut dyn Read,
        name: &str,
        kind: Kind,
        key: Key,
    ) -> Result<Loose, VaultError> {
        let mut size = 0;
        let digest = self.shelf.keep(&mut |to| {
            size = stream::seal(&key, from, to)?;
            Ok(())
        })?;
        Ok(Loose {
            digest,
            size,
            key,
            name: plain_name(name),
            kind,
        })
    }

    /// Opens a file. Every byte that is read was checked; damage ends it with an error.
    ///
    /// # Errors
    /// It is not there, or begins with something else.
    pub fn open(&self, file: &Loose) -> Result<Opening<Box<dyn Read + Send>>, VaultError> {
        Ok(stream::open(self.shelf.open(&file.digest)?, &file.key)?)
    }

    /// Whether each of these is there and is what its name says.
    ///
    /// # Errors
    /// The place can't be read.
    pub fn check<'a>(
        &self,
        digests: impl IntoIterator<Item = &'a String>,
    ) -> Result<Checked, VaultError> {
        let mut checked = Checked::default();
        for digest in digests {
            match self.digest_there(digest) {
                Ok(found) if found == *digest => checked.whole += 1,
                Ok(_) => checked.damaged.push(digest.clone()),
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    checked.missing.push(digest.clone());
                }
                Err(error) => {
                    // A bad sector is damage to that file, and no reason to stop looking.
                    if error.kind() == ErrorKind::PermissionDenied {
                        return Err(error.into());
                    }
                    checked.damaged.push(digest.clone());
                }
            }
        }
        Ok(checked)
    }

    fn digest_there(&self, digest: &str) -> io::Result<String> {
        digest_of(&mut self.shelf.open(digest)?)
    }

    /// Copies those files that are not at `to` yet, as they lie here. How many were copied. One that
    /// is missing or damaged here is not copied; a check tells it.
    ///
    /// # Errors
    /// Something can't be read or written.
    pub fn copy_to<'a>(
        &self,
        to: &Vault,
        digests: impl IntoIterator<Item = &'a String>,
    ) -> Result<u64, VaultError> {
        let there = to.digests()?;
        let mut copied = 0;
        for digest in digests {
            if there.contains(digest) {
                continue;
            }
            let mut from = match self.shelf.open(digest) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                from => from?,
            };
            let kept = to
                .shelf
                .keep(&mut |into| io::copy(&mut from, into).map(|_| ()))?;
            if kept == *digest {
                copied += 1;
            } else {
                to.shelf.remove(&kept)?;
            }
        }
        Ok(copied)
    }

    /// The names of all files that are here.
    ///
    /// # Errors
    /// The place can't be read.
    pub fn digests(&self) -> Result<BTreeSet<String>, VaultError> {
        let mut all = BTreeSet::new();
        self.shelf.list(&mut |found| {
            if !found.half {
                all.insert(found.digest);
            }
        })?;
        Ok(all)
    }

    /// The names of the files that were here before a moment.
    ///
    /// # Errors
    /// The place can't be read.
    pub fn older_than(&self, moment: SystemTime) -> Result<BTreeSet<String>, VaultError> {
        let mut all = BTreeSet::new();
        self.shelf.list(&mut |found| {
            if !found.half && found.since < moment {
                all.insert(found.digest);
            }
        })?;
        Ok(all)
    }

    /// How many files are here, and how many bytes they take.
    ///
    /// # Errors
    /// The place can't be read.
    pub fn fill(&self) -> Result<(u64, u64), VaultError> {
        let mut sum = (0, 0_u64);
        self.shelf.list(&mut |found| {
            sum = (sum.0 + 1, sum.1.saturating_add(found.bytes));
        })?;
        Ok(sum)
    }

    /// Removes files that nobody refers to, once they are a day old: an act that was refused, a file
    /// that was deleted, a person who was erased. What is in `kept` is never removed. A file from the
    /// future (the clock was put back) stays.
    ///
    /// # Errors
    /// The place can't be read, or a file not be removed.
    pub fn sweep(&self, kept: &BTreeSet<String>, now: SystemTime) -> Result<u64, VaultError> {
        let is_old = |found: &Found| {
            let age = now.duration_since(found.since);
            age.is_ok_and(|age| age >= LOOSE_LASTS)
        };
        let mut old = Vec::new();
        self.shelf.list(&mut |found| {
            if is_old(&found) && !kept.contains(&found.digest) {
                old.push(found.digest);
            }
        })?;
        for digest in &old {
            self.shelf.remove(digest)?;
        }
        Ok(u64::try_from(old.len()).unwrap_or(u64::MAX))
    }

    /// Removes what is named, whatever its age: from backups, what was deleted or erased since.
    ///
    /// # Errors
    /// A file can't be removed.
    pub fn remove<'a>(
        &self,
        digests: impl IntoIterator<Item = &'a String>,
    ) -> Result<(), VaultError> {
        for digest in digests.into_iter().filter(|digest| is_digest(digest)) {
            self.shelf.remove(digest)?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}
