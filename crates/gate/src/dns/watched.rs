//! The plan, the lists and the illegal pages as files, looked at many times a second. What has changed and is whole and
//! passes its trial is put to use; anything else is said once, and what was in use stays.

use super::filter::{Filter, NotFit};
use crate::{
    compiled::{Compiled, FileError},
    news::{Occasion, Tested},
    plan::{Gate, PlanFileError, read_file},
    proxy::{Pages, PagesError},
    trial::{self, Depth, Doors},
};
use jiff::civil::Date;
use kernel::moment::Moment;
use std::{
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(50);

/// When all of it is tried each night.
const NIGHT_HOUR: i8 = 3;

/// The files that a gate is made of.
#[derive(Clone, PartialEq, Eq)]
pub struct Files {
    /// The plan.
    pub plan: PathBuf,
    /// The compiled lists.
    pub lists: PathBuf,
    /// Single pages that are illegal, and the key that their file is sealed under.
    pub pages: Option<(PathBuf, [u8; 32])>,
}

/// Why the files make no gate.
#[derive(Debug, thiserror::Error)]
pub enum NoGate {
    /// The plan can't be used.
    #[error(transparent)]
    Plan(#[from] PlanFileError),
    /// The lists can't be used.
    #[error(transparent)]
    Lists(#[from] FileError),
    /// The illegal pages can't be used.
    #[error(transparent)]
    Pages(#[from] PagesError),
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
        Ok(Gate::new(Arc::new(lists), plan).with_pages(self.read_pages()?))
    }

    fn read_pages(&self) -> Result<Arc<Pages>, PagesError> {
        let pages = self.pages.as_ref();
        let pages = pages
            .map(|(path, key)| Pages::open(path, key))
            .transpose()?;
        Ok(Arc::new(pages.unwrap_or_default()))
    }
}

/// What tells one state of a file from another.
type State = Option<(u64, u64, i64, i64)>;

/// Where the filter can be asked; doors of the web proxy come later.
pub(super) type Asked = Mutex<Doors>;

/// Looks at the files until it is told to stop.
pub(super) fn watch(
    filter: &Filter,
    (files, doors): (&Files, &Asked),
    stop: &AtomicBool,
    changed: &dyn Fn(Result<(), NoGate>),
) {
    let pages_state = || files.pages.as_ref().and_then(|(path, _)| state(path));
    let mut plan = state(&files.plan);
    let mut lists = state(&files.lists);
    let mut pages = pages_state();
    // What changed between the beginning and now is looked at as well.
    let mut first = true;
    let mut tried = night(filter.now());
    while !stop.load(Ordering::Relaxed) {
        let (next_plan, next_lists) = (state(&files.plan), state(&files.lists));
        let next_pages = pages_state();
        if first || next_plan != plan || next_lists != lists || next_pages != pages {
            let same_lists = next_lists == lists && !first;
            (plan, lists, pages) = (next_plan, next_lists, next_pages);
            let done = change(filter, (files, doors), same_lists);
            if !first || done.is_err() {
                changed(done);
            }
            first = false;
        }
        let tonight = night(filter.now());
        if tonight != tried {
            tried = tonight;
            try_at_night(filter, doors);
        }
        std::thread::park_timeout(LOOK);
    }
}

/// The night that was last, by its morning.
fn night(now: Moment) -> Date {
    let today = now.date();
    if now < Moment::on(today, NIGHT_HOUR, 0) {
        return today.yesterday().unwrap_or(today);
    }
    today
}

/// Tries all of it as it is. What is found is told; what answers goes on, as there is nothing else.
fn try_at_night(filter: &Filter, doors: &Asked) {
    let mut tested = match filter.try_again() {
        Ok(tested) => tested,
        Err(NotFit::Wrong { tested }) => *tested,
        Err(error) => {
            tracing::error!(%error, "the filter could not be tried");
            return;
        }
    };
    match filter.ask_from_outside(&now(doors), (Occasion::Night, Depth::All)) {
        Ok(more) => trial::add(&mut tested, more),
        Err(error) => tracing::error!(%error, "the filter could not be asked from outside"),
    }
    filter.note(tested);
}

fn now(doors: &Asked) -> Doors {
    let doors = doors.lock().unwrap_or_else(PoisonError::into_inner);
    doors.clone()
}

fn change(
    filter: &Filter,
    (files, doors): (&Files, &Asked),
    same_lists: bool,
) -> Result<(), NoGate> {
    let plan = read_file(&files.plan)?;
    let lists = if same_lists {
        filter.gate().shared_file()
    } else {
        Arc::new(Compiled::open(&files.lists)?)
    };
    let gate = Gate::new(lists, plan).with_pages(files.read_pages()?);
    let depth = if same_lists { Depth::Few } else { Depth::All };
    match put_to_use(filter, gate, (doors, depth)) {
        Ok(tested) => {
            filter.note(tested);
            Ok(())
        }
        Err(error) => {
            if let NotFit::Wrong { tested } = &error {
                filter.note(Tested::clone(tested));
            }
            Err(error.into())
        }
    }
}

/// Goes over to a gate that passes its trial, asks it from outside, and goes back where it answers
/// otherwise there.
fn put_to_use(
    filter: &Filter,
    gate: Gate,
    (doors, depth): (&Asked, Depth),
) -> Result<Tested, NotFit> {
    let mut tested = filter.change(gate)?;
    let more = filter.ask_from_outside(&now(doors), (Occasion::Change, depth))?;
    trial::add(&mut tested, more);
    if tested.wrong > 0 {
        filter.step_back();
        return Err(NotFit::Wrong {
            tested: Box::new(tested),
        });
    }
    filter.stay();
    Ok(tested)
}

fn state(path: &Path) -> State {
    let about = std::fs::metadata(path).ok()?;
    Some((about.ino(), about.len(), about.mtime(), about.mtime_nsec()))
}
