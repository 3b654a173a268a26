//! The ledger from the shell: check it, export it, sign a checkpoint.

use super::{open, say};
use crate::{Place, clock};
use clap::Subcommand;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};

/// What is asked of the ledger.
#[derive(Subcommand)]
pub(crate) enum Asked {
    /// Check the whole chain, and every checkpoint that was signed for it.
    Check {
        #[command(flatten)]
        place: Place,
    },
    /// Write all lines to a file that the separate program `verify` checks.
    Export {
        #[command(flatten)]
        place: Place,
        /// The file; standard output when none is named.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Sign what the ledger is now, for somebody else to keep.
    Checkpoint {
        #[command(flatten)]
        place: Place,
        /// Say the public key too, with which others check the signature.
        #[arg(long)]
        key: bool,
    },
}

/// Does it.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<ExitCode> {
    match asked {
        Asked::Check { place } => check(place),
        Asked::Export { place, to } => export(place, to.as_ref()),
        Asked::Checkpoint { place, key } => checkpoint(place, *key),
    }
}

fn check(place: &Place) -> anyhow::Result<ExitCode> {
    let folder = place.folder();
    let desk = open(&folder)?;
    match desk::witness::check(&folder, desk.store()) {
        Ok((checked, checkpoints)) => {
            let files = desk.check_files(&folder)?;
            say(&format!(
                "The ledger is whole: {} lines, each follows from the one before; {} bodies spent; {checkpoints} checkpoints agree.",
                checked.head.seq, checked.spent
            ));
            Ok(say_files(&files))
        }
        Err(fault) => {
            super::complain(&format!("The ledger does not check: {fault}."));
            Ok(ExitCode::FAILURE)
        }
    }
}

/// What was found of the files that the ledger refers to.
fn say_files(found: &vault::vault::Checked) -> ExitCode {
    say(&format!(
        "{} files are in the vault as they were kept.",
        found.whole
    ));
    for digest in &found.missing {
        super::complain(&format!("Missing: {digest}."));
    }
    for digest in &found.damaged {
        super::complain(&format!("Damaged: {digest}."));
    }
    if found.missing.is_empty() && found.damaged.is_empty() {
        return ExitCode::SUCCESS;
    }
    super::complain(
        "These files are to be brought back: copy them from the folder “files” beside a backup.",
    );
    ExitCode::FAILURE
}

fn export(place: &Place, to: Option<&PathBuf>) -> anyhow::Result<ExitCode> {
    let desk = open(&place.folder())?;
    let mut out: Box<dyn Write> = match to {
        Some(path) => Box::new(BufWriter::new(File::create_new(path)?)),
        None => Box::new(BufWriter::new(std::io::stdout())),
    };
    let head = ledger::export::write(desk.store(), &mut out)?;
    out.flush()?;
    if let Some(path) = to {
        say(&format!("{} lines are in {}.", head.seq, path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

fn checkpoint(place: &Place, key: bool) -> anyhow::Result<ExitCode> {
    let folder = place.folder();
    let desk = open(&folder)?;
    let signed = desk::witness::sign(&folder, desk.store(), clock::now())?;
    say(signed.text.trim_end());
    if key {
        say(&format!(
            "\nkey: {}",
            folder.signing()?.verifying().to_text()
        ));
    }
    super::complain(&format!("for paper: {}", signed.words));
    Ok(ExitCode::SUCCESS)
}
