//! What a ledger was at a size, signed: a chain that its keeper holds can be rewritten by its
//! keeper, a checkpoint that somebody else keeps can't.

use crate::folder::{Folder, FolderError};
use kernel::moment::Moment;
use ledger::{
    check::{self, CheckError, Checked},
    checkpoint::{Checkpoint, NoteError},
    durable,
    store::{Store, StoreError},
    tree, words,
};
use std::{io, path::PathBuf};

/// The most checkpoints that are kept in the folder: the oldest go, but for the first.
const KEPT_MAX: usize = 2_000;

/// A signed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// How many lines it covers.
    pub size: u64,
    /// The signed note.
    pub text: String,
    /// The root as twelve words, for paper.
    pub words: String,
}

/// No checkpoint could be made or checked.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The ledger can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A checkpoint can't be written or read.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The folder can't be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The ledger is not what was signed.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A file can't be written or read.
    #[error("the checkpoint could not be kept: {0}")]
    File(#[from] io::Error),
}

/// Signs what the ledger is now and keeps it in the folder.
///
/// # Errors
/// The ledger can't be read, or the checkpoint not be written.
pub fn sign(folder: &Folder, store: &dyn Store, at: Moment) -> Result<Signed, WitnessError> {
    let signing = folder.signing()?;
    let size = store.head()?.seq;
    let tree = tree::of(store, size)?;
    let checkpoint = Checkpoint::of(
        signing.verifying().name(),
        &tree,
        &[format!("at {}", at.to_text())],
    )?;
    let text = checkpoint.sign(&[&signing]);
    let place = folder.checkpoints();
    std::fs::create_dir_all(&place)?;
    durable::write(&place.join(format!("{size:012}.txt")), &[text.as_bytes()])?;
    tidy(&place)?;
    Ok(Signed {
        size,
        text,
        words: words::words(&checkpoint.root),
    })
}

/// Checks the whole ledger against itself and against every checkpoint in the folder.
///
/// # Errors
/// The first fault, in words.
pub fn check(folder: &Folder, store: &dyn Store) -> Result<(Checked, usize), WitnessError> {
    let verifying = folder.signing()?.verifying();
    let mut checkpoints = Vec::new();
    for path in files(&folder.checkpoints())? {
        checkpoints.push(Checkpoint::read(
            &std::fs::read_to_string(path)?,
            &verifying,
        )?);
    }
    let checked = check::check(store, &checkpoints)?;
    Ok((checked, checkpoints.len()))
}

/// The newest checkpoint in the folder.
#[must_use]
pub fn newest(folder: &Folder) -> Option<Signed> {
    let path = files(&folder.checkpoints()).ok()?.pop()?;
    let text = std::fs::read_to_string(path).ok()?;
    let checkpoint = Checkpoint::read(&text, &folder.signing().ok()?.verifying()).ok()?;
    Some(Signed {
        size: checkpoint.size,
        words: words::words(&checkpoint.root),
        text,
    })
}

/// The files of checkpoints, the smallest first.
fn files(place: &std::path::Path) -> io::Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(place) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn tidy(place: &std::path::Path) -> io::Result<()> {
    let files = files(place)?;
    let spare = files.len().saturating_sub(KEPT_MAX);
    files
        .iter()
        .skip(1)
        .take(spare)
        .try_for_each(std::fs::remove_file)
}
