//! Backups from the shell.

use super::{open, say};
use crate::clock;
use anyhow::Context;
use desk::{folder::Folder, rehearsal};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What to restore, and where.
#[derive(clap::Args)]
pub(crate) struct Restore {
    /// The backup.
    file: PathBuf,
    /// The new data folder; it must not be there yet, or be empty.
    #[arg(long)]
    into: PathBuf,
    /// A file with the key that seals the backups (64 hex digits): keys/backup.key of the data folder.
    #[arg(long)]
    key: PathBuf,
    /// A newer backup whose keys are taken instead: whoever was erased since stays erased.
    #[arg(long)]
    keys_from: Option<PathBuf>,
}

/// Writes a backup.
pub(crate) fn run(folder: &Folder, to: &Path, rehearse: bool) -> anyhow::Result<ExitCode> {
    let desk = open(folder)?;
    let written = rehearsal::back_up(folder, desk.store(), desk.keys(), to, clock::now())?;
    say(&format!(
        "{} holds {} lines and {} keys ({} bytes).",
        written.path.display(),
        written.head.map_or(0, |head| head.seq),
        written.keys,
        written.bytes
    ));
    if !rehearse {
        return Ok(ExitCode::SUCCESS);
    }
    let found = rehearsal::rehearse(folder, desk.store(), desk.keys(), to, clock::now())?;
    let outcome = rehearsal::last(folder).rehearsal;
    if let Some((_, rehearsal::Outcome::Failed(why))) = &outcome {
        super::complain(&format!("What came back is not what is live: {why}."));
        return Ok(ExitCode::FAILURE);
    }
    if found.agrees() {
        say(&format!(
            "Restored and compared: all {} lines and {} keys came back as they were.",
            found.restored.seq, found.keys
        ));
        return Ok(ExitCode::SUCCESS);
    }
    super::complain(&format!("What came back is not what is live: {found:?}."));
    Ok(ExitCode::FAILURE)
}

/// Restores a backup.
pub(crate) fn restore(asked: &Restore) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(&asked.key)
        .with_context(|| format!("{} can’t be read", asked.key.display()))?;
    let key: [u8; 32] =
        ledger::hex::decode(text.trim()).context("the key must be 64 hex digits")?;
    let newer = match &asked.keys_from {
        Some(file) => ledger::backup::keys_in(file, &key)?,
        None => None,
    };
    let into = Folder::at(&asked.into, None);
    let restored = rehearsal::restore(&asked.file, &key, &into, newer.as_ref(), &[])?;
    say(&format!(
        "{} lines and {} keys are in {}. Start it with: stairgate serve --data {}",
        restored.head.map_or(0, |head| head.seq),
        restored.keys,
        asked.into.display(),
        asked.into.display()
    ));
    Ok(ExitCode::SUCCESS)
}
