//! After a start from a snapshot the older part of the ledger was not looked at. It is checked in
//! the background: the chain from the first line on, and that the lines do fold into the state that
//! the snapshot held. What was changed is told, and no more acts are taken.

use crate::{
    desk::BUILD,
    shared::{Shared, lock},
    state::State,
};
use ledger::{
    check::{self, CheckError},
    line::{Head, digest},
    snapshot,
    store::Store,
};
use std::{
    ops::ControlFlow,
    path::Path,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::JoinHandle,
};

const OTHER_STATE: &str = "What was kept for a quick start is not what the ledger says, so no changes are \
    taken. Start Stairgate again: it reads the whole ledger then";

/// Why it was not done where a short command ended before it: nothing to worry about.
const CLOSED: &str = "the desk was closed";

/// What the check after the start has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// There was no snapshot: everything was checked before the desk opened.
    AtStart,
    /// It goes on.
    Running,
    /// The ledger and the snapshot are in order: so many lines were checked.
    InOrder(u64),
    /// Something was changed, in words.
    Changed(String),
    /// It could not be done, in words; or the desk was closed meanwhile.
    NotDone(String),
}

/// The check in the background.
pub(crate) struct Checking {
    found: Arc<(Mutex<Found>, Condvar)>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What the snapshot said.
pub(crate) struct ToCheck {
    head: Head,
    digest: [u8; 32],
}

/// The state of the snapshot, when there is one of this build and of this ledger.
pub(crate) fn load(path: &Path, store: &dyn Store) -> Option<(State, ToCheck)> {
    let (head, bytes) = snapshot::load(path, BUILD, store)?;
    let state = State::from_bytes(head, &bytes).ok()?;
    let digest = digest(&bytes);
    Some((state, ToCheck { head, digest }))
}

impl Checking {
    pub(crate) fn start(shared: &Arc<Shared>, to_check: Option<ToCheck>) -> Checking {
        let first = if to_check.is_some() {
            Found::Running
        } else {
            Found::AtStart
        };
        let found = Arc::new((Mutex::new(first), Condvar::new()));
        let thread = to_check.and_then(|to_check| {
            let (told, of) = (Arc::clone(&found), Arc::clone(shared));
            let work = move || tell(&told, find(&of, &to_check));
            let named = std::thread::Builder::new().name("checking".to_owned());
            let started = named.spawn(work);
            started
                .map_err(|error| tell(&found, Found::NotDone(error.to_string())))
                .ok()
        });
        Checking {
            found,
            shared: Arc::clone(shared),
            thread,
        }
    }

    pub(crate) fn found(&self) -> Found {
        lock(&self.found.0).clone()
    }

    pub(crate) fn wait(&self) -> Found {
        let (found, changed) = &*self.found;
        let is_running = |found: &mut Found| *found == Found::Running;
        changed
            .wait_while(lock(found), is_running)
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Checking {
    fn drop(&mut self) {
        self.shared.end_soon();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn tell((found, changed): &(Mutex<Found>, Condvar), now: Found) {
    match &now {
        Found::NotDone(why) if why == CLOSED => tracing::debug!("closed before the check's end"),
        Found::NotDone(why) => tracing::warn!(why, "the older part of the ledger is not checked"),
        Found::InOrder(lines) => tracing::info!(lines, "the older part of the ledger is in order"),
        Found::AtStart | Found::Running | Found::Changed(_) => {}
    }
    *lock(found) = now;
    changed.notify_all();
}

/// Folds the ledger from its start to where the snapshot stood.
fn find(shared: &Shared, to_check: &ToCheck) -> Found {
    let mut state = State::default();
    let mut strange = None;
    let end = to_check.head.seq;
    let read = check::read_checked(&*shared.store, Head::EMPTY, &mut |line| {
        if line.seq > end || shared.is_closing() {
            return ControlFlow::Break(());
        }
        strange = state.take_in(line).err();
        if strange.is_some() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    let changed = match (read, strange) {
        _ if shared.is_closing() => return Found::NotDone(CLOSED.to_owned()),
        (Err(CheckError::Store(error)), _) => return Found::NotDone(error.to_string()),
        (Err(CheckError::Fault(fault)), _) => fault.to_string(),
        (Ok(_), Some(strange)) => strange.to_string(),
        (Ok(_), None) if state.head != to_check.head || !says(&state, &to_check.digest) => {
            OTHER_STATE.to_owned()
        }
        (Ok(_), None) => return Found::InOrder(end),
    };
    if let Some(path) = &shared.snapshot {
        // The next start reads the whole ledger, and says what is wrong with it.
        let _gone = std::fs::remove_file(path);
    }
    shared.close(&changed);
    Found::Changed(changed)
}

/// Whether a state is, byte for byte, the one with this digest.
fn says(state: &State, wanted: &[u8; 32]) -> bool {
    state
        .to_bytes()
        .is_ok_and(|bytes| digest(&bytes) == *wanted)
}
