//! What a ledger was at a size, signed: a chain that its keeper holds can be rewritten by its
//! keeper, a checkpoint that somebody else keeps can't.

use crate::folder::{Folder, FolderError};
use kernel::moment::Moment;
use ledger::{
    check::{self, CheckError, Checked},
    checkpoint::{Checkpoint, NoteError},
    checkpoints::{self, CheckpointsError},
    signed::SignedError,
    store::Store,
    words,
};
use std::{io, path::Path};

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
    /// A checkpoint can't be made, kept or read; or the ledger is not what was signed before.
    #[error(transparent)]
    Checkpoints(#[from] CheckpointsError),
    /// A checkpoint can't be read.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The folder can't be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The ledger is not what was signed.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A document can't be given its proof.
    #[error(transparent)]
    Signed(#[from] SignedError),
    /// An old checkpoint can't be removed.
    #[error("an old checkpoint could not be removed: {0}")]
    File(#[from] io::Error),
}

/// Checks the whole ledger against every earlier checkpoint, signs what it is now, and keeps that
/// in the folder. When nothing was written since the last one, it is that one.
///
/// # Errors
/// The ledger does not check (then nothing is signed), or the checkpoint can't be kept.
pub fn sign(folder: &Folder, store: &dyn Store, at: Moment) -> Result<Signed, WitnessError> {
    let key = folder.signing()?;
    let verifying = key.verifying();
    let place = folder.checkpoints();
    let more = [format!("at {}", at.to_text())];
    let text = checkpoints::make(store, &place, verifying.name(), &more, &key)?;
    let checkpoint = Checkpoint::read(&text, &verifying)?;
    tidy(&place, &checkpoints::read(&place, &verifying)?)?;
    Ok(signed(&checkpoint, text))
}

/// Checks the whole ledger against itself and against every checkpoint in the folder; how many
/// there are.
///
/// # Errors
/// The first fault, in words.
pub fn check(folder: &Folder, store: &dyn Store) -> Result<(Checked, usize), WitnessError> {
    let kept = checkpoints::read(&folder.checkpoints(), &folder.signing()?.verifying())?;
    let checked = check::check(store, &kept)?;
    Ok((checked, kept.len()))
}

/// The newest checkpoint in the folder.
#[must_use]
pub fn newest(folder: &Folder) -> Option<Signed> {
    let verifying = folder.signing().ok()?.verifying();
    let place = folder.checkpoints();
    let checkpoint = checkpoints::read(&place, &verifying).ok()?.pop()?;
    let text = std::fs::read_to_string(checkpoints::place(&place, checkpoint.size)).ok()?;
    Some(signed(&checkpoint, text))
}

/// A document with the proof of the entries that it rests on: under the newest checkpoint, or, where
/// that does not cover them yet, under one that is signed now.
///
/// # Errors
/// The ledger does not check, an entry is gone, or no checkpoint can be made.
pub fn seal(
    folder: &Folder,
    store: &dyn Store,
    at: Moment,
    document: Vec<u8>,
    rests_on: &[u64],
) -> Result<Vec<u8>, WitnessError> {
    let last = rests_on.iter().max().copied().unwrap_or_default();
    let checkpoint = match newest(folder).filter(|signed| signed.size >= last) {
        Some(signed) => signed,
        None => sign(folder, store, at)?,
    };
    let under = (checkpoint.text.as_str(), checkpoint.size);
    let key = folder.signing()?;
    Ok(ledger::signed::append(
        document, store, rests_on, under, &key,
    )?)
}

fn signed(checkpoint: &Checkpoint, text: String) -> Signed {
    Signed {
        size: checkpoint.size,
        words: words::words(&checkpoint.root),
        text,
    }
}

fn tidy(place: &Path, kept: &[Checkpoint]) -> io::Result<()> {
    let spare = kept.len().saturating_sub(KEPT_MAX);
    kept.iter()
        .skip(1)
        .take(spare)
        .try_for_each(|old| std::fs::remove_file(checkpoints::place(place, old.size)))
}
