//! A folder of checkpoints, a file for each, named by the number of lines: any of them can be
//! handed to a witness or to `verify` as it is. None is signed before the whole ledger was checked
//! against all earlier ones, so this key never signs two histories.

use crate::{
    check::{CheckError, check},
    checkpoint::{Checkpoint, NoteError, Signing, Verifying},
    durable,
    store::Store,
};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

const ENDING: &str = ".checkpoint";

/// The longest file that is read, in bytes.
const BYTES_MAX: u64 = 64 << 10;

/// A checkpoint that was not made, kept or read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointsError {
    /// The folder or a file in it can't be read or written.
    #[error("the checkpoints in {} can't be read or written: {why}", .place.display())]
    File {
        /// Folder or file.
        place: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// A checkpoint isn't one, or isn't signed.
    #[error("{}: {why}", .place.display())]
    Note {
        /// The file.
        place: PathBuf,
        /// What is wrong with it.
        why: NoteError,
    },
    /// A checkpoint is of another ledger, or says something else than the one that is kept.
    #[error("{} says something else than the checkpoint that is kept", .0.display())]
    Other(PathBuf),
    /// The ledger does not check, or not against the earlier checkpoints: nothing was signed.
    #[error("nothing was signed: {0}")]
    Ledger(#[from] CheckError),
}

/// Every checkpoint in `folder`, the earliest first; `key` must have signed each. A folder that is
/// not there has none.
///
/// # Errors
/// The folder can't be read; a file in it isn't a checkpoint or isn't signed with `key`.
pub fn read(folder: &Path, key: &Verifying) -> Result<Vec<Checkpoint>, CheckpointsError> {
    let mut found = Vec::new();
    for path in list(folder)? {
        let text = text_of(&path)?;
        let signed = Checkpoint::read(&text, key).map_err(|why| note(&path, why))?;
        if path != place(folder, signed.size) {
            return Err(CheckpointsError::Other(path));
        }
        found.push(signed);
    }
    Ok(found)
}

/// Checks the whole ledger against every earlier checkpoint in `folder`, signs one of all its
/// lines, and keeps it; when there is one of so many lines already, that one. Its text.
///
/// # Errors
/// The ledger does not check (then nothing is signed); the folder can't be read or written.
pub fn make(
    store: &dyn Store,
    folder: &Path,
    origin: &str,
    more: &[String],
    key: &Signing,
) -> Result<String, CheckpointsError> {
    let earlier = read(folder, &key.verifying())?;
    let tree = check(store, &earlier)?.tree;
    let path = place(folder, tree.size());
    if earlier.iter().any(|signed| signed.size == tree.size()) {
        return text_of(&path);
    }
    let signed = Checkpoint::of(origin, &tree, more).map_err(|why| note(&path, why))?;
    if earlier.iter().any(|other| other.origin != signed.origin) {
        return Err(CheckpointsError::Other(path));
    }
    let text = signed.sign(&[key]);
    std::fs::create_dir_all(folder).map_err(|why| file(folder, why))?;
    let _held = durable::hold_folder(&path).map_err(|why| file(folder, why))?;
    if path.exists() {
        // Another process made one meanwhile.
        return text_of(&path);
    }
    durable::write(&path, &[text.as_bytes()]).map_err(|why| file(&path, why))?;
    Ok(text)
}

/// Keeps the text of a checkpoint that a witness has signed too, in the place of the same one
/// without. `key` is the setting's own.
///
/// # Errors
/// It isn't one that is kept here, or `key` did not sign it; the file can't be written.
pub fn keep_cosigned(folder: &Path, text: &str, key: &Verifying) -> Result<(), CheckpointsError> {
    let signed = Checkpoint::read(text, key).map_err(|why| note(folder, why))?;
    let path = place(folder, signed.size);
    let _held = durable::hold_folder(&path).map_err(|why| file(folder, why))?;
    let kept = text_of(&path)?;
    if Checkpoint::read(&kept, key).map_err(|why| note(&path, why))? != signed {
        return Err(CheckpointsError::Other(path));
    }
    durable::write(&path, &[text.as_bytes()]).map_err(|why| file(&path, why))
}

/// The file of the checkpoint of so many lines.
#[must_use]
pub fn place(folder: &Path, size: u64) -> PathBuf {
    folder.join(format!("{size:020}{ENDING}"))
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, CheckpointsError> {
    let mut paths = Vec::new();
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(paths),
        entries => entries.map_err(|why| file(folder, why))?,
    };
    for entry in entries {
        let path = entry.map_err(|why| file(folder, why))?.path();
        if path.to_str().is_some_and(|name| name.ends_with(ENDING)) {
            paths.push(path);
        }
    }
    paths.sort_unstable();
    Ok(paths)
}

fn text_of(path: &Path) -> Result<String, CheckpointsError> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(BYTES_MAX).read_to_string(&mut text))
        .map_err(|why| file(path, why))?;
    Ok(text)
}

fn file(place: &Path, why: io::Error) -> CheckpointsError {
    let place = place.to_owned();
    CheckpointsError::File { place, why }
}

fn note(place: &Path, why: NoteError) -> CheckpointsError {
    let place = place.to_owned();
    CheckpointsError::Note { place, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::Fault, line::Draft, line::Head, sqlite::Sqlite};

    fn draft(body: &str) -> Draft {
        Draft {
            at: 1,
            by: "person:1".to_owned(),
            kind: "a".to_owned(),
            version: 1,
            body: body.as_bytes().to_vec(),
        }
    }

    #[test]
    fn checkpoints_are_kept_found_again_and_made_once_for_each_length() {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
        let kept = folder.path().join("checkpoints");
        let key = Signing::from_seed("larch-lane", &[3; 32]).unwrap();
        let make = || make(&store, &kept, "example/larch-lane", &[], &key);
        assert!(read(&kept, &key.verifying()).unwrap().is_empty());
        let head = store.append(&Head::EMPTY, &[draft("{}")]).unwrap();
        let first = make().unwrap();
        assert_eq!(make().unwrap(), first);
        store.append(&head, &[draft("[]")]).unwrap();
        make().unwrap();
        let all = read(&kept, &key.verifying()).unwrap();
        let sizes: Vec<u64> = all.iter().map(|signed| signed.size).collect();
        assert_eq!(sizes, [1, 2]);
        let witness = Signing::from_seed("chair", &[4; 32]).unwrap();
        let both = witness.cosign(&first).unwrap();
        keep_cosigned(&kept, &both, &key.verifying()).unwrap();
        assert_eq!(std::fs::read_to_string(place(&kept, 1)).unwrap(), both);
        assert!(read(&kept, &witness.verifying()).is_err());
    }

    #[test]
    fn a_ledger_that_was_written_anew_is_never_signed() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("checkpoints");
        let key = Signing::from_seed("larch-lane", &[3; 32]).unwrap();
        let ledger = |name: &str, body: &str| {
            let store = Sqlite::open(&folder.path().join(name)).unwrap();
            let drafts = [draft("{}"), draft(body), draft("{}")];
            store.append(&Head::EMPTY, &drafts).unwrap();
            store
        };
        let (one, other) = (ledger("one.db", "{}"), ledger("other.db", "[]"));
        make(&one, &kept, "example/larch-lane", &[], &key).unwrap();
        let head = other.head().unwrap();
        other.append(&head, &[draft("{}")]).unwrap();
        let refused = make(&other, &kept, "example/larch-lane", &[], &key);
        let root = CheckError::Fault(Fault::Root { size: 3 });
        assert!(matches!(refused, Err(CheckpointsError::Ledger(fault)) if fault == root));
        assert_eq!(read(&kept, &key.verifying()).unwrap().len(), 1);
        let text = std::fs::read(place(&kept, 3)).unwrap();
        std::fs::write(place(&kept, 2), &text).unwrap();
        assert!(read(&kept, &key.verifying()).is_err(), "under another name");
    }
}
