//! Two files, the plan and the lists, looked at many times a second. What has changed and is whole and
//! passes its trial is put to use; anything else is said once, and what was in use stays.

use super::filter::{Filter, NotFit};
use crate::{
    compiled::{Compiled, FileError},
    plan::{Gate, PlanFileError, read_file},
};
use std::{
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(50);

/// The two files that a gate is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The plan.
    pub plan: PathBuf,
    /// The compiled lists.
    pub lists: PathBuf,
}

/// Why the two files make no gate.
#[derive(Debug, thiserror::Error)]
pub enum NoGate {
    /// The plan can't be used.
    #[error(transparent)]
    Plan(#[from] PlanFileError),
    /// The lists can't be used.
    #[error(transparent)]
    Lists(#[from] FileError),
    /// Together they did not pass the trial.
    #[error(transparent)]
    NotFit(#[from] NotFit),
}

impl Files {
    /// Makes a gate of the files as they are now.
    ///
    /// # Errors
    ///
    /// Says which of them can't be used, and why.
    pub fn gate(&self) -> Result<Gate, NoGate> {
        let plan = read_file(&self.plan)?;
        let lists = Compiled::open(&self.lists)?;
        Ok(Gate::new(Arc::new(lists), plan))
    }
}

/// What tells one state of a file from another.
type State = Option<(u64, u64, i64, i64)>;

/// Looks at the files until it is told to stop.
pub(super) fn watch(
    filter: &Filter,
    files: &Files,
    stop: &AtomicBool,
    changed: &dyn Fn(Result<(), NoGate>),
) {
    let mut plan = state(&files.plan);
    let mut lists = state(&files.lists);
    // What changed between the beginning and now is looked at as well.
    let mut first = true;
    while !stop.load(Ordering::Relaxed) {
        let (next_plan, next_lists) = (state(&files.plan), state(&files.lists));
        if first || next_plan != plan || next_lists != lists {
            let same_lists = next_lists == lists && !first;
            (plan, lists) = (next_plan, next_lists);
            let done = change(filter, files, same_lists);
            if !first || done.is_err() {
                changed(done);
            }
            first = false;
        }
        std::thread::park_timeout(LOOK);
    }
}

fn change(filter: &Filter, files: &Files, same_lists: bool) -> Result<(), NoGate> {
    let plan = read_file(&files.plan)?;
    let lists = if same_lists {
        filter.gate().shared_file()
    } else {
        Arc::new(Compiled::open(&files.lists)?)
    };
    Ok(filter.change(Gate::new(lists, plan))?)
}

fn state(path: &Path) -> State {
    let about = std::fs::metadata(path).ok()?;
    Some((about.ino(), about.len(), about.mtime(), about.mtime_nsec()))
}
