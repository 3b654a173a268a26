//! Encrypted backups, one sealed file each, taken while the ledger is in use: the ledger as an
//! export, the wrapped keys, and any named files. Restored into a folder, with the list of the
//! destroyed applied, and compared with what is live. Memory stays bounded however large they are.
//!
//! A backup holds keys as they lie in the key store, wrapped; the wrapping key is never in it.
//! So a key that was destroyed later does not open from an old backup. To restore the ledger of an
//! old backup after a destruction, take the keys from a newer one ([`keys_in`]).

mod parts;

use crate::{
    Fill,
    check::{CheckError, Fault, check},
    durable,
    export::{self, ExportError},
    keys::{self, Bundle, Destroyed, KeyError, KeyStore},
    line::Head,
    sqlite::Sqlite,
    store::{Store, StoreError, line_at},
};
use parts::{Part, Reading, Writing};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

/// Name of the ledger in a restored folder.
pub const LEDGER_FILE: &str = "ledger.db";

/// Name of the key store in a restored folder.
pub const KEYS_FILE: &str = "keys.db";

/// What stands before the name of a folder while it is restored. Ours: it is removed when found.
const RESTORING: &str = ".stairgate-restoring-";

/// Name of the folder of a rehearsal. Ours: it is removed when found.
const REHEARSAL: &str = ".stairgate-rehearsal";

/// Name of the folder of named files in a restored folder.
pub const BLOBS_FOLDER: &str = "blobs";

/// A named file on its way into a backup.
pub type Blob = (String, Box<dyn Read>);

/// What goes into a backup.
pub struct Contents<'a> {
    /// The ledger; `None` for a backup of the keys alone.
    pub store: Option<&'a dyn Store>,
    /// The keys; `None` for a backup without them.
    pub keys: Option<&'a KeyStore>,
    /// Named files: letters, digits, `.`, `_` and `-`, in folders with `/`. Opened one by one.
    pub blobs: &'a mut dyn Iterator<Item = io::Result<Blob>>,
}

/// A backup that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
    /// Where the ledger in it ends; `None` when there is none in it.
    pub head: Option<Head>,
    /// How many keys.
    pub keys: u64,
    /// How many named files.
    pub blobs: u64,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the ledger ends; `None` when there was none.
    pub head: Option<Head>,
    /// Keys that were restored.
    pub keys: u64,
    /// Keys that were not restored because they were destroyed since.
    pub keys_held_back: u64,
    /// How many named files.
    pub blobs: u64,
}

/// How a restored backup compares with what is live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Where the restored ledger ends, so how many lines it has.
    pub restored: Head,
    /// Where the live one ends.
    pub live: Head,
    /// What is wrong with the restored ledger's chain.
    pub fault: Option<Fault>,
    /// Whether the live ledger goes on from the restored one.
    pub is_beginning: bool,
    /// How many keys were restored.
    pub keys: u64,
    /// Whose keys are live but were not restored; made since, when the live ledger is longer.
    pub keys_missing: Vec<String>,
    /// Whose keys came back though they were destroyed.
    pub keys_returned: Vec<String>,
    /// Whose keys are others than the live ones.
    pub keys_differing: Vec<String>,
    /// Whether the restored keys open with the wrapping key of today.
    pub keys_open: bool,
}

/// What a rehearsal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// Which backup.
    pub file: PathBuf,
    /// What came out of it.
    pub restored: Restored,
    /// How that compares with what is live.
    pub comparison: Comparison,
}

/// A backup or restore that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file can't be written or read, or isn't a whole backup.
    #[error("{doing} failed: {why}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// What is wrong.
        why: io::Error,
    },
    /// A backup of this moment, or something in the folder to restore to, is there already.
    #[error("{} is there already", .0.display())]
    There(PathBuf),
    /// A file has a name that can't be kept.
    #[error("a file can't be kept under the name \"{0}\"")]
    Name(String),
    /// The ledger can't be exported or imported.
    #[error(transparent)]
    Ledger(#[from] ExportError),
    /// The keys can't be read or restored.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// A ledger can't be opened or read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a backup into `folder`, named by the time `at` (microseconds since 1970), sealed under
/// `key`. It is on disk when this returns, or not there at all.
///
/// # Errors
/// Something can't be read or the file not be written.
pub fn write(
    folder: &Path,
    at: i64,
    contents: Contents<'_>,
    key: &[u8; 32],
    fill: &mut Fill<'_>,
) -> Result<Written, BackupError> {
    let said = |why| BackupError::File {
        doing: "writing the backup",
        why,
    };
    let kind = if contents.store.is_some() { DATA } else { KEYS };
    let path = folder.join(format!("{kind}{at:020}{ENDING}"));
    if path.exists() {
        return Err(BackupError::There(path));
    }
    std::fs::create_dir_all(folder).map_err(said)?;
    let beside = durable::beside(&path).map_err(said)?;
    let file = BufWriter::new(durable::create_private(&beside).map_err(said)?);
    let written = Writing::new(file, key, fill)
        .map_err(said)
        .and_then(|writing| write_parts(writing, contents))
        .and_then(|written| {
            std::fs::rename(&beside, &path).map_err(said)?;
            durable::sync_folder(&path).map_err(said)?;
            let bytes = std::fs::metadata(&path).map_err(said)?.len();
            Ok(Written {
                path,
                bytes,
                ..written
            })
        });
    if written.is_err() {
        // What is half written is of no use; the error that is told is the first one.
        let _ = std::fs::remove_file(&beside);
    }
    written
}

fn write_parts(
    mut writing: Writing<BufWriter<File>>,
    contents: Contents<'_>,
) -> Result<Written, BackupError> {
    let said = |why| BackupError::File {
        doing: "writing the backup",
        why,
    };
    let mut written = Written {
        path: PathBuf::new(),
        bytes: 0,
        head: None,
        keys: 0,
        blobs: 0,
    };
    if let Some(store) = contents.store {
        // Lines are never changed, so a copy is consistent whatever is appended meanwhile.
        let mut part = writing.part(Part::Ledger, "").map_err(said)?;
        written.head = Some(export::write(store, &mut part)?);
        part.end().map_err(said)?;
    }
    // After the ledger: a key is always kept before the first line that needs it.
    if let Some(keys) = contents.keys {
        let bundle = keys.bundle()?;
        written.keys = u64::try_from(bundle.wrapped.len()).unwrap_or(u64::MAX);
        let mut part = writing.part(Part::Keys, "").map_err(said)?;
        part.write_all(parts::bundle_to_text(&bundle).as_bytes())
            .map_err(said)?;
        part.end().map_err(said)?;
    }
    for blob in contents.blobs {
        let (name, mut bytes) = blob.map_err(said)?;
        if !is_safe(&name) {
            return Err(BackupError::Name(name));
        }
        let mut part = writing.part(Part::Blob, &name).map_err(said)?;
        io::copy(&mut bytes, &mut part).map_err(said)?;
        part.end().map_err(said)?;
        written.blobs += 1;
    }
    let file = writing
        .finish()
        .and_then(|file| file.into_inner().map_err(io::Error::from));
    file.and_then(|file| file.sync_all()).map_err(said)?;
    Ok(written)
}

/// The keys in a backup, wrapped as they were.
///
/// # Errors
/// The file can't be read, isn't a whole backup, or is sealed under another key.
pub fn keys_in(file: &Path, key: &[u8; 32]) -> Result<Option<Bundle>, BackupError> {
    let said = |why| BackupError::File {
        doing: "reading the backup",
        why,
    };
    let mut reading = Reading::new(open(file).map_err(said)?, key).map_err(said)?;
    let mut found = None;
    while let Some((part, _, mut bytes)) = reading.next().map_err(said)? {
        match part {
            Part::Keys => found = Some(parts::bundle_from(&mut bytes).map_err(said)?),
            Part::Ledger | Part::Blob => bytes.skip().map_err(said)?,
        }
    }
    Ok(found)
}

/// Restores a backup into `into`, which must not be there or be empty. Keys come from `newer`
/// when it is given, from the backup otherwise; whoever is in `gone` or on the list of either
/// gets no key. All of it is there afterwards, or nothing.
///
/// # Errors
/// The file can't be read, isn't a whole backup, is sealed under another key, or its ledger was
/// changed.
pub fn restore(
    file: &Path,
    key: &[u8; 32],
    into: &Path,
    newer: Option<&Bundle>,
    gone: &[Destroyed],
) -> Result<Restored, BackupError> {
    let said = |why| BackupError::File {
        doing: "restoring the backup",
        why,
    };
    if std::fs::read_dir(into).is_ok_and(|mut there| there.next().is_some()) {
        return Err(BackupError::There(into.to_owned()));
    }
    let mut name = std::ffi::OsString::from(RESTORING);
    name.push(into.file_name().ok_or_else(|| {
        let why = "the path names no folder";
        said(io::Error::new(io::ErrorKind::InvalidInput, why))
    })?);
    let beside = into.with_file_name(name);
    remove(&beside).map_err(said)?;
    std::fs::create_dir_all(&beside).map_err(said)?;
    let restored = restore_parts(file, key, &beside, newer, gone).and_then(|restored| {
        durable::sync_folder(&beside.join(LEDGER_FILE)).map_err(said)?;
        std::fs::rename(&beside, into).map_err(said)?;
        durable::sync_folder(into).map_err(said)?;
        Ok(restored)
    });
    if restored.is_err() {
        // The error that is told is the first one.
        let _ = std::fs::remove_dir_all(&beside);
    }
    restored
}

fn restore_parts(
    file: &Path,
    key: &[u8; 32],
    into: &Path,
    newer: Option<&Bundle>,
    gone: &[Destroyed],
) -> Result<Restored, BackupError> {
    let said = |why| BackupError::File {
        doing: "restoring the backup",
        why,
    };
    let mut reading = Reading::new(open(file).map_err(said)?, key).map_err(said)?;
    let mut restored = Restored {
        head: None,
        keys: 0,
        keys_held_back: 0,
        blobs: 0,
    };
    let mut bundle = newer.cloned();
    let mut gone = gone.to_vec();
    while let Some((part, name, mut bytes)) = reading.next().map_err(said)? {
        match part {
            Part::Ledger => {
                let store = Sqlite::open(&into.join(LEDGER_FILE))?;
                restored.head = Some(export::read(&mut BufReader::new(&mut bytes), &store)?);
            }
            Part::Keys => {
                let own = parts::bundle_from(&mut bytes).map_err(said)?;
                gone.extend(own.destroyed.iter().cloned());
                bundle.get_or_insert(own);
            }
            Part::Blob => {
                write_blob(&into.join(BLOBS_FOLDER), &name, &mut bytes)?;
                restored.blobs += 1;
            }
        }
        bytes.skip().map_err(said)?;
    }
    if let Some(bundle) = bundle {
        keys::restore(&into.join(KEYS_FILE), &bundle, &gone)?;
        let whose: BTreeSet<&str> = gone
            .iter()
            .chain(&bundle.destroyed)
            .map(|gone| gone.subject.as_str())
            .collect();
        for key in &bundle.wrapped {
            match whose.contains(key.subject.as_str()) {
                true => restored.keys_held_back += 1,
                false => restored.keys += 1,
            }
        }
    }
    Ok(restored)
}

fn write_blob(folder: &Path, name: &str, bytes: &mut dyn Read) -> Result<(), BackupError> {
    let said = |why| BackupError::File {
        doing: "restoring a file",
        why,
    };
    if !is_safe(name) {
        return Err(BackupError::Name(name.to_owned()));
    }
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(said)?;
    }
    let mut file = durable::create_private(&path).map_err(said)?;
    io::copy(bytes, &mut file).map_err(said)?;
    file.sync_all().map_err(said)
}

/// Compares a folder that [`restore`] made with what is live: for the rehearsal of a restore.
///
/// # Errors
/// Either can't be read.
pub fn compare(
    restored: &Path,
    live: &dyn Store,
    live_keys: &KeyStore,
) -> Result<Comparison, BackupError> {
    let ledger = Sqlite::open_existing(&restored.join(LEDGER_FILE))?;
    let fault = match check(&ledger, &[]) {
        Ok(_) => None,
        Err(CheckError::Fault(fault)) => Some(fault),
        Err(CheckError::Store(error)) => return Err(error.into()),
    };
    let head = ledger.head()?;
    let is_beginning = match head.seq {
        0 => true,
        seq => line_at(live, seq)?.is_some_and(|line| line.head() == head),
    };
    let keys_file = restored.join(KEYS_FILE);
    let there = match keys_file.try_exists() {
        Ok(false) => Bundle::default(),
        _ => keys::bundle_of(&keys_file)?,
    };
    let here = live_keys.bundle()?;
    let by_subject = |bundle: &Bundle| -> BTreeMap<String, Vec<u8>> {
        bundle
            .wrapped
            .iter()
            .map(|key| (key.subject.clone(), key.wrapped.clone()))
            .collect()
    };
    let (there_keys, here_keys) = (by_subject(&there), by_subject(&here));
    let missing = here_keys
        .keys()
        .filter(|subject| !there_keys.contains_key(*subject));
    let returned = here
        .destroyed
        .iter()
        .filter(|gone| there_keys.contains_key(&gone.subject));
    // Under another wrapping key every one looks different, and nothing can be said.
    let differing = there_keys.iter().filter(|(subject, wrapped)| {
        there.generation == here.generation
            && here_keys
                .get(*subject)
                .is_some_and(|other| other != *wrapped)
    });
    Ok(Comparison {
        restored: head,
        live: live.head()?,
        fault,
        is_beginning,
        keys: u64::try_from(there_keys.len()).unwrap_or(u64::MAX),
        keys_missing: missing.cloned().collect(),
        keys_returned: returned.map(|gone| gone.subject.clone()).collect(),
        keys_differing: differing.map(|(subject, _)| subject.clone()).collect(),
        keys_open: there.generation == here.generation,
    })
}

/// The scheduled rehearsal: restores the newest backup in `folder` with the newest keys into a
/// folder of its own `within` another, compares what came out with what is live, and removes it,
/// whatever happened. `None` when there is no backup yet.
///
/// # Errors
/// A backup can't be read or restored.
pub fn rehearse(
    folder: &Path,
    key: &[u8; 32],
    within: &Path,
    live: &dyn Store,
    live_keys: &KeyStore,
) -> Result<Option<Rehearsal>, BackupError> {
    let said = |why| BackupError::File {
        doing: "rehearsing a restore",
        why,
    };
    let Some(file) = list(folder, false).map_err(said)?.into_iter().next() else {
        return Ok(None);
    };
    let newest_keys = list(folder, true).map_err(said)?.into_iter().next();
    let newer = match newest_keys.filter(|keys| written_at(keys) > written_at(&file)) {
        Some(keys) => keys_in(&keys, key)?,
        None => None,
    };
    let scratch = within.join(REHEARSAL);
    remove(&scratch).map_err(said)?;
    let gone = live_keys.destroyed()?;
    let compared = restore(&file, key, &scratch, newer.as_ref(), &gone)
        .and_then(|restored| Ok((restored, compare(&scratch, live, live_keys)?)));
    let removed = remove(&scratch).map_err(said);
    let (restored, comparison) = compared?;
    removed?;
    Ok(Some(Rehearsal {
        file,
        restored,
        comparison,
    }))
}

/// Removes a folder of ours, which need not be there.
fn remove(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The time in a backup's name.
fn written_at(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?;
    name.rsplit_once('-').map(|(_, at)| at)
}

impl Comparison {
    /// Whether the backup would serve: the chain checks, the live ledger goes on from it, no
    /// destroyed key came back, no key is missing that it should have, and the keys open.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.fault.is_none()
            && self.is_beginning
            && self.keys_open
            && self.keys_returned.is_empty()
            && self.keys_differing.is_empty()
            && (self.keys_missing.is_empty() || self.live != self.restored)
    }
}

const DATA: &str = "backup-";
const KEYS: &str = "keys-";
const ENDING: &str = ".sealed";

/// Backups in `folder`, the newest first; those of keys alone when `keys_alone`. A folder that is
/// not there has none.
///
/// # Errors
/// The folder can't be read.
pub fn list(folder: &Path, keys_alone: bool) -> io::Result<Vec<PathBuf>> {
    let start = if keys_alone { KEYS } else { DATA };
    let mut found = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with(start) && name.ends_with(ENDING) {
            found.push(path);
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found)
}

/// Removes all but the newest `count` backups of either kind (at least one stays). What was removed.
///
/// # Errors
/// The folder can't be read or a file not be removed.
pub fn keep_newest(folder: &Path, count: usize) -> io::Result<Vec<PathBuf>> {
    let mut removed = Vec::new();
    for keys_alone in [false, true] {
        for path in list(folder, keys_alone)?.into_iter().skip(count.max(1)) {
            std::fs::remove_file(&path)?;
            removed.push(path);
        }
    }
    Ok(removed)
}

fn open(path: &Path) -> io::Result<BufReader<File>> {
    Ok(BufReader::with_capacity(64 << 10, File::open(path)?))
}

/// Whether a name stays inside the folder of named files, on every system.
fn is_safe(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    name.len() <= 200
        && name
            .split('/')
            .all(|step| !step.is_empty() && !step.starts_with('.') && step.chars().all(is_plain))
}

#[cfg(test)]
mod tests;
