//! Reading a policy document from the shell.

use super::say;
use anyhow::Context;
use reader::{learned::Learned, limits::Limits};
use std::{path::Path, process::ExitCode};

/// Reads a document and says what each clause asks for.
pub(crate) fn run(file: &Path, json: bool, toml: bool) -> anyhow::Result<ExitCode> {
    let limits = Limits::default();
    let size = std::fs::metadata(file)
        .with_context(|| format!("{} can’t be read", file.display()))?
        .len();
    anyhow::ensure!(
        usize::try_from(size).is_ok_and(|size| size <= limits.bytes_max),
        "{} is too large: {} MB are read at most",
        file.display(),
        limits.bytes_max >> 20
    );
    let bytes = std::fs::read(file).with_context(|| format!("{} can’t be read", file.display()))?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let reading = match reader::read(&name, &bytes, &Learned::default(), &limits) {
        Ok(reading) => reading,
        Err(why) => {
            super::complain(&format!("{}: {why}", file.display()));
            return Ok(ExitCode::FAILURE);
        }
    };
    if json {
        say(&serde_json::to_string(&reading)?);
        return Ok(ExitCode::SUCCESS);
    }
    if toml {
        say(&crate::reading::as_policy(name, reading).to_toml());
        return Ok(ExitCode::SUCCESS);
    }
    let mut section = "";
    for clause in &reading.clauses {
        if clause.section != section {
            section = &clause.section;
            say(&format!("\n{section}"));
        }
        let bound = clause
            .controls
            .iter()
            .filter(|one| one.bound)
            .map(|one| one.id.as_str());
        let bound = bound.collect::<Vec<_>>().join(", ");
        say(&format!(
            "  {}\n      {}",
            clause.text,
            if bound.is_empty() { "—" } else { &bound }
        ));
    }
    Ok(ExitCode::SUCCESS)
}
