//! Backups that are known to work: written sealed to a directory, and, on schedule, restored into a
//! folder of their own and compared with what is live.

use crate::folder::{Folder, FolderError};
use kernel::moment::Moment;
use ledger::{
    backup::{self, BackupError, Comparison, Contents, Written},
    keys::{Bundle, Destroyed, KeyStore},
    store::Store,
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How many backups are kept in a directory.
const KEPT: usize = 14;

/// The last backup and the last rehearsal, for the settings page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// When the last backup was written, and to where.
    pub backup: Option<(Moment, String)>,
    /// When the last rehearsal was held, and what came of it.
    pub rehearsal: Option<(Moment, Outcome)>,
}

/// What came of a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// All of it came back as it was: so many lines and keys.
    Agrees {
        /// Lines of the ledger.
        lines: u64,
        /// Keys.
        keys: u64,
    },
    /// It did not, and why.
    Failed(String),
}

/// A backup or a rehearsal could not be done.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The backup can't be written, read or restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The folder can't be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// There is no backup to rehearse with.
    #[error("there is no backup in {}", .0.display())]
    None(PathBuf),
    /// A file can't be read or removed.
    #[error("a file could not be used: {0}")]
    File(#[from] std::io::Error),
}

/// Writes a backup into `to` and keeps the newest fourteen there.
///
/// # Errors
/// Something can't be read, or the backup not be written.
pub fn back_up(
    folder: &Folder,
    store: &dyn Store,
    keys: &KeyStore,
    to: &Path,
    at: Moment,
) -> Result<Written, RehearsalError> {
    let key = folder.backup_key()?;
    let mut fill = crate::folder::entropy();
    let contents = Contents {
        store: Some(store),
        keys: Some(keys),
        blobs: &mut std::iter::empty(),
    };
    let written = backup::write(to, at.micros(), contents, &key, &mut *fill)?;
    keys.copy_wrapping(&to.join("wrapping.copy"), &key, &mut *fill)
        .map_err(BackupError::from)?;
    backup::keep_newest(to, KEPT)?;
    remember(folder, |last| {
        last.backup = Some((at, to.display().to_string()))
    });
    Ok(written)
}

/// Restores the newest backup in `from` into a folder of its own, compares it with what is live,
/// and takes the folder away again.
///
/// # Errors
/// There is no backup, or it can't be restored.
pub fn rehearse(
    folder: &Folder,
    store: &dyn Store,
    keys: &KeyStore,
    from: &Path,
    at: Moment,
) -> Result<Comparison, RehearsalError> {
    let tried = try_out(folder, store, keys, from);
    let outcome = match &tried {
        Ok(found) if found.agrees() => Outcome::Agrees {
            lines: found.restored.seq,
            keys: found.keys,
        },
        Ok(found) => Outcome::Failed(format!("what came back is not what is live: {found:?}")),
        Err(error) => Outcome::Failed(error.to_string()),
    };
    remember(folder, |last| last.rehearsal = Some((at, outcome)));
    tried
}

fn try_out(
    folder: &Folder,
    store: &dyn Store,
    keys: &KeyStore,
    from: &Path,
) -> Result<Comparison, RehearsalError> {
    let newest = backup::list(from, false)?
        .pop()
        .ok_or_else(|| RehearsalError::None(from.to_owned()))?;
    let into = folder.root().join("rehearsal");
    clear(&into)?;
    let restored = backup::restore(&newest, &folder.backup_key()?, &into, None, &[]);
    let compared = restored.and_then(|_| backup::compare(&into, store, keys));
    clear(&into)?;
    Ok(compared?)
}

fn clear(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Restores a backup into a new data folder. Whoever was erased stays erased: `gone` and the keys
/// of a newer backup say who.
///
/// # Errors
/// The backup can't be opened or restored, or there is something in the folder.
pub fn restore(
    file: &Path,
    key: &[u8; 32],
    into: &Folder,
    newer: Option<&Bundle>,
    gone: &[Destroyed],
) -> Result<backup::Restored, RehearsalError> {
    let restored = backup::restore(file, key, into.root(), newer, gone)?;
    let keys = into.root().join(backup::KEYS_FILE);
    if keys.exists() {
        std::fs::create_dir_all(into.root().join("keys"))?;
        std::fs::rename(keys, into.key("keys.db"))?;
    }
    if let Some(copy) = file
        .parent()
        .map(|place| place.join("wrapping.copy"))
        .filter(|copy| copy.exists())
    {
        ledger::keys::restore_wrapping(&copy, key, &into.key("wrapping.key"))
            .map_err(BackupError::from)?;
    }
    ledger::durable::write(
        &into.key("backup.key"),
        &[ledger::hex::encode(key).as_bytes(), b"\n"],
    )?;
    Ok(restored)
}

/// What is known of the last backup and rehearsal.
#[must_use]
pub fn last(folder: &Folder) -> Last {
    let text = std::fs::read(folder.root().join("backup-state.json")).ok();
    text.and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default()
}

fn remember(folder: &Folder, change: impl FnOnce(&mut Last)) {
    let mut known = last(folder);
    change(&mut known);
    let written = serde_json::to_vec(&known)
        .map_err(std::io::Error::from)
        .and_then(|bytes| {
            ledger::durable::write(&folder.root().join("backup-state.json"), &[&bytes])
        });
    if let Err(error) = written {
        tracing::warn!(%error, "it could not be noted when the last backup was made");
    }
}
