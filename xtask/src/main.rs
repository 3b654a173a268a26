//! What people run to check and test Stairgate: `cargo xtask test` and `cargo xtask tidy`.

mod licences;
mod machine;
mod parts;
mod postgres;
mod run;
mod say;
mod tally;
mod tidy;

use anyhow::{Context, Result, bail};
use say::say;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const HELP: &str = "\
cargo xtask test            install what tests need, then check and test everything
      --only PART[,PART]    run these parts only: machine, fmt, clippy, tidy, unit, doc, deny, build, browser
      --package NAME        clippy and tests of this crate only
      --no-install          install nothing; say what is missing
cargo xtask tidy            check how the repository is laid out and written
      --names FILE          also look for the words in FILE (one a line, kept outside the repository)
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match obey(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked for; `false` where something was found wanting.
fn obey(words: &[&str]) -> Result<bool> {
    match words {
        ["test", options @ ..] => parts::test(&root()?, options),
        ["tidy"] => tidy::report(&root()?, None),
        ["tidy", "--names", names] => tidy::report(&root()?, Some(Path::new(names))),
        [] | ["help" | "--help" | "-h", ..] => {
            say(HELP);
            Ok(true)
        }
        _ => bail!("'{}' is not known here\n{HELP}", words.join(" ")),
    }
}

/// The repository's own folder.
fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .map(Path::to_path_buf)
        .context("xtask is not inside a workspace")
}
