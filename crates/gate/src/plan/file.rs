//! A plan as a file. It is read only when it is whole: TOML ends with a line `# end`, and JSON with
//! its brace, so that a file that was cut off is not taken for a plan with fewer rules.

use super::{Plan, PlanError};
use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
};

const BYTES_MAX: u64 = 8 << 20;

/// The last line of a plan in TOML.
const END: &str = "# end";

/// Why a file is not used as a plan. The plan before stays in use.
#[derive(Debug, thiserror::Error)]
pub enum PlanFileError {
    /// The file system said no.
    #[error("{doing} {}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// It is not whole.
    #[error("{} is not whole: a plan ends with the line '# end'", path.display())]
    CutOff {
        /// Which file.
        path: PathBuf,
    },
    /// It is larger than a plan may be, or not text.
    #[error("{} is not a text of at most 8 MB", path.display())]
    NoText {
        /// Which file.
        path: PathBuf,
    },
    /// What it says can't be used.
    #[error("{}: {source}", path.display())]
    Plan {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: PlanError,
    },
}

/// Reads a plan from a file that is whole.
///
/// # Errors
///
/// Says why it can't be used.
pub fn read_file(path: &Path) -> Result<Plan, PlanFileError> {
    let own = || path.to_path_buf();
    let file = File::open(path).map_err(io("opening", path))?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(io("reading", path))?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= BYTES_MAX);
    let text = String::from_utf8(bytes).ok().filter(|_| fits);
    let text = text.ok_or_else(|| PlanFileError::NoText { path: own() })?;
    let is_json = text.trim_start().starts_with('{');
    let last = text.trim_end().lines().next_back().unwrap_or_default();
    if !is_json && last.trim() != END {
        return Err(PlanFileError::CutOff { path: own() });
    }
    Plan::read(&text).map_err(|source| PlanFileError::Plan {
        path: own(),
        source,
    })
}

/// Writes a plan so that whoever reads the file finds the one before or this one, and nothing else.
///
/// # Errors
///
/// Where the file system says no; the file of before is as it was.
pub fn write_file(plan: &Plan, path: &Path) -> Result<(), PlanFileError> {
    let folder = path.parent().filter(|own| !own.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut bytes = serde_json::to_vec_pretty(plan).map_err(|error| PlanFileError::Plan {
        path: path.to_path_buf(),
        source: PlanError::Form(error.to_string()),
    })?;
    bytes.push(b'\n');
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io("making", path))?;
    file.write_all(&bytes).map_err(io("writing", path))?;
    file.as_file().sync_all().map_err(io("syncing", path))?;
    file.persist(path)
        .map_err(|error| io("replacing", path)(error.error))?;
    let folder = File::open(folder).map_err(io("opening the folder of", path))?;
    folder.sync_all().map_err(io("syncing the folder of", path))
}

fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> PlanFileError {
    let path = path.to_path_buf();
    move |source| PlanFileError::Io {
        doing,
        path,
        source,
    }
}
