//! What the command line does: the same acts and the same figures as the pages.

pub(crate) mod account;
pub(crate) mod act;
pub(crate) mod backup;
pub(crate) mod filter;
pub(crate) mod ledger;
pub(crate) mod look;
pub(crate) mod read;
pub(crate) mod serve;

use anyhow::Context;
use desk::{desk::Desk, folder::Folder};
use std::io::Write;

/// Writes a line for people or other programs. A reader that has gone away is no error.
pub(crate) fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// Says what went wrong.
pub(crate) fn complain(line: &str) {
    drop(writeln!(std::io::stderr(), "stairgate: {line}"));
}

/// Opens a setting that is there already.
pub(crate) fn open(folder: &Folder) -> anyhow::Result<Desk> {
    anyhow::ensure!(
        folder.has_ledger(),
        "there is no ledger in {}; start `stairgate serve --data {}` first",
        folder.root().display(),
        folder.root().display()
    );
    folder
        .open()
        .with_context(|| format!("{} could not be opened", folder.root().display()))
}
