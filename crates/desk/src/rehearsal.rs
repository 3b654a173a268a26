//! Backups that are known to work: written sealed to a directory, and, on schedule, restored into a
//! folder of their own and compared with what is live.

use crate::{
    files::{self, FilesError},
    folder::{FILES, Folder, FolderError, entropy},
};
use kernel::moment::Moment;
use ledger::{
    backup::{self, BackupError, Blob, Comparison, Contents, Written},
    checkpoints::{self, CheckpointsError},
    durable,
    keys::{self, Bundle, Destroyed, KeyStore},
    store::Store,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs::File,
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use vault::Vault;

/// How many backups are kept in a directory.
const KEPT: usize = 14;
/// The wrapping key beside the backups, sealed under the backup key; written anew each time.
const WRAPPING_COPY: &str = "wrapping.copy";
/// The key that signs checkpoints, among the named files of a backup.
const SIGNING: &str = "signing.key";
/// The folder of checkpoints among the named files of a backup.
const CHECKPOINTS: &str = "checkpoints";

/// How long a backup directory keeps a file that no line refers to any more: longer than backups last.
const FILE_LASTS: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What is known of backups, rehearsals and checkpoints, for the settings page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// When the last backup was written, and to where.
    pub backup: Option<(Moment, String)>,
    /// How many people's keys had been destroyed by then.
    #[serde(default)]
    pub destroyed: u64,
    /// When the last rehearsal was held, and what came of it.
    pub rehearsal: Option<(Moment, Outcome)>,
    /// When the last checkpoint was signed, and of how many lines.
    #[serde(default)]
    pub checkpoint: Option<(Moment, u64)>,
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
    /// The checkpoints can't be read.
    #[error(transparent)]
    Checkpoints(#[from] CheckpointsError),
    /// There is no backup to rehearse with.
    #[error("there is no backup in {}", .0.display())]
    None(PathBuf),
    /// The files of the vault can't be copied.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The backups can't be opened on another machine.
    #[error(
        "the copy of the wrapping key beside the backups is not the one that is in use: back up again"
    )]
    OtherWrapping,
    /// A file can't be read or removed.
    #[error("a file could not be used: {0}")]
    File(#[from] io::Error),
}

/// Writes a backup into `to` and keeps the newest fourteen there. In it are the ledger, the keys,
/// the checkpoints and the key that signs them; beside it lie the wrapping key of today, sealed,
/// and the files of the vault: encrypted already, so each is copied once, as it is.
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
    let mut fill = entropy();
    let destroyed = keys.destroyed().map_err(BackupError::from)?.len();
    let signed = signed(folder, store)?;
    // Before, so that no backup lies there long without its files; and after, for the newest lines.
    copy_files(folder, store, keys, to, at)?;
    let contents = Contents {
        store: Some(store),
        keys: Some(keys),
        blobs: &mut signed.into_iter().map(open),
    };
    let written = backup::write(to, at.micros(), contents, &key, &mut *fill)?;
    copy_files(folder, store, keys, to, at)?;
    keys.copy_wrapping(&to.join(WRAPPING_COPY), &key, &mut *fill)
        .map_err(BackupError::from)?;
    backup::keep_newest(to, KEPT)?;
    remember(folder, |last| {
        last.backup = Some((at, to.display().to_string()));
        last.destroyed = u64::try_from(destroyed).unwrap_or(u64::MAX);
    });
    Ok(written)
}

/// Copies the files that are not beside the backups yet, and takes away those of people who were
/// erased, and those that no line refers to since long.
fn copy_files(
    folder: &Folder,
    store: &dyn Store,
    keys: &KeyStore,
    to: &Path,
    at: Moment,
) -> Result<(), RehearsalError> {
    let there = Vault::in_folder(&to.join(FILES));
    let referred = files::referred(store, keys)?;
    let copied = folder.vault().copy_to(&there, &referred.live);
    copied.map_err(FilesError::from)?;
    let erased = there.remove(&referred.erased);
    erased.map_err(FilesError::from)?;
    let long_ago = time(at).checked_sub(FILE_LASTS);
    let swept = there.sweep(&referred.live, long_ago.unwrap_or(SystemTime::UNIX_EPOCH));
    swept.map_err(FilesError::from)?;
    Ok(())
}

/// What is wrong with the files beside the backups, if anything: each that was in the vault when the
/// newest was written has to be there and be what its name says.
fn what_files_lack(
    folder: &Folder,
    store: &dyn Store,
    keys: &KeyStore,
    from: &Path,
) -> Result<Option<String>, RehearsalError> {
    let Some((backed_up, _)) = last(folder).backup else {
        return Ok(None);
    };
    let live = files::referred(store, keys)?.live;
    let older = folder.vault().older_than(time(backed_up));
    let older = older.map_err(FilesError::from)?;
    let expected: BTreeSet<String> = live.intersection(&older).cloned().collect();
    let checked = Vault::in_folder(&from.join(FILES)).check(&expected);
    let checked = checked.map_err(FilesError::from)?;
    let lacks = checked.missing.len() + checked.damaged.len();
    Ok((lacks > 0).then(|| {
        let (missing, damaged) = (checked.missing.len(), checked.damaged.len());
        format!("of the files beside the backups {missing} are missing and {damaged} are damaged")
    }))
}

/// A moment as files are dated.
pub(crate) fn time(at: Moment) -> SystemTime {
    let since = u64::try_from(at.micros()).map(Duration::from_micros);
    SystemTime::UNIX_EPOCH + since.unwrap_or_default()
}

/// The files that prove the past: checkpoints of lines that are there already, and their key.
fn signed(folder: &Folder, store: &dyn Store) -> Result<Vec<(String, PathBuf)>, RehearsalError> {
    let head = store.head().map_err(BackupError::from)?;
    let key = folder.signing()?.verifying();
    let place = folder.checkpoints();
    let mut files = vec![(SIGNING.to_owned(), folder.key(SIGNING))];
    for checkpoint in checkpoints::read(&place, &key)? {
        let path = checkpoints::place(&place, checkpoint.size);
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some(name) = name.filter(|_| checkpoint.size <= head.seq) {
            files.push((format!("{CHECKPOINTS}/{name}"), path));
        }
    }
    Ok(files)
}

fn open((name, path): (String, PathBuf)) -> io::Result<Blob> {
    Ok((name, Box::new(File::open(path)?)))
}

/// Restores the newest backup in `from` into a folder of its own, compares it with what is live,
/// and takes the folder away again. What came of it is noted in the folder too.
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
        Ok(found) if found.agrees() => match what_files_lack(folder, store, keys, from)? {
            None => Outcome::Agrees {
                lines: found.restored.seq,
                keys: found.keys,
            },
            Some(why) => Outcome::Failed(why),
        },
        Ok(found) => Outcome::Failed(what_differs(found)),
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
    let key = folder.backup_key()?;
    let rehearsal = backup::rehearse(from, &key, folder.root(), store, keys)?
        .ok_or_else(|| RehearsalError::None(from.to_owned()))?;
    let tried = folder.key("wrapping.rehearsal");
    clear_file(&tried)?;
    let same = keys::restore_wrapping(&from.join(WRAPPING_COPY), &key, &tried)
        .map_err(|error| RehearsalError::from(BackupError::from(error)))
        .and_then(|()| Ok(std::fs::read(&tried)? == std::fs::read(folder.key("wrapping.key"))?));
    clear_file(&tried)?;
    clear_file(&folder.key("wrapping.rehearsal.lock"))?;
    if same? {
        Ok(rehearsal.comparison)
    } else {
        Err(RehearsalError::OtherWrapping)
    }
}

fn what_differs(found: &Comparison) -> String {
    if let Some(fault) = &found.fault {
        return fault.to_string();
    }
    let says = if !found.is_beginning {
        "the ledger that came back is not the beginning of the one in use"
    } else if !found.keys_returned.is_empty() {
        "keys came back that were destroyed"
    } else if !found.keys_open {
        "somebody’s key was destroyed since the backup was written: back up again"
    } else {
        "the keys that came back are not those in use"
    };
    says.to_owned()
}

fn clear(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn clear_file(file: &Path) -> io::Result<()> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Restores a backup into a new data folder; all of it is there afterwards, or nothing. Whoever
/// was erased stays erased: `gone` and the keys of a newer backup say who.
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
    let root = into.root();
    if std::fs::read_dir(root).is_ok_and(|mut there| there.next().is_some()) {
        return Err(BackupError::There(root.to_owned()).into());
    }
    let mut beside = root.as_os_str().to_owned();
    beside.push(".restoring");
    let beside = Folder::at(Path::new(&beside), None);
    clear(beside.root())?;
    let restored = backup::restore(file, key, beside.root(), newer, gone)?;
    arrange(file, key, &beside)?;
    bring_files(file, &beside)?;
    std::fs::rename(beside.root(), root)?;
    if let Some(parent) = root.parent().filter(|parent| parent.is_dir()) {
        File::open(parent)?.sync_all()?;
    }
    Ok(restored)
}

/// Brings back the files beside a backup. One that is damaged stays away; a check tells which.
fn bring_files(file: &Path, folder: &Folder) -> Result<(), RehearsalError> {
    let from = Vault::in_folder(&file.with_file_name(FILES));
    let all = from.digests().map_err(FilesError::from)?;
    let brought = from.copy_to(&folder.vault(), &all);
    brought.map_err(FilesError::from)?;
    Ok(())
}

/// Puts the restored files where a data folder has them.
fn arrange(file: &Path, key: &[u8; 32], folder: &Folder) -> Result<(), RehearsalError> {
    folder.make()?;
    let root = folder.root();
    let keys_file = root.join(backup::KEYS_FILE);
    if keys_file.exists() {
        std::fs::rename(keys_file, folder.key("keys.db"))?;
    }
    let blobs = root.join(backup::BLOBS_FOLDER);
    for (from, to) in [
        (SIGNING, folder.key(SIGNING)),
        (CHECKPOINTS, folder.checkpoints()),
    ] {
        if blobs.join(from).exists() {
            std::fs::rename(blobs.join(from), to)?;
        }
    }
    let copy = file.with_file_name(WRAPPING_COPY);
    if copy.exists() {
        keys::restore_wrapping(&copy, key, &folder.key("wrapping.key"))
            .map_err(BackupError::from)?;
    }
    durable::write(
        &folder.key("backup.key"),
        &[ledger::hex::encode(key).as_bytes(), b"\n"],
    )?;
    Ok(())
}

/// What is known of the last backup, rehearsal and checkpoint.
#[must_use]
pub fn last(folder: &Folder) -> Last {
    let text = std::fs::read(folder.root().join("backup-state.json")).ok();
    text.and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default()
}

pub(crate) fn remember(folder: &Folder, change: impl FnOnce(&mut Last)) {
    let mut known = last(folder);
    change(&mut known);
    let written = serde_json::to_vec(&known)
        .map_err(io::Error::from)
        .and_then(|bytes| durable::write(&folder.root().join("backup-state.json"), &[&bytes]));
    if let Err(error) = written {
        tracing::warn!(%error, "it could not be noted when the last backup was made");
    }
}
