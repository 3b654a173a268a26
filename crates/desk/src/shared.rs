//! What the writer, the readers and the background share: the stores, what readers see now, and
//! the standings reckoned from it.

use crate::{
    desk::OpenError,
    state::{State, Strange},
};
use families::spine::standing::{self, Standings};
use kernel::{moment::Date, sealed::Keys};
use ledger::{
    Fill, check,
    keys::{KeyError, KeyStore},
    store::Store,
};
use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
};

/// Why a key was destroyed when the reason is not at hand: a crash came in between.
const FINISHED_LATER: &str = "erased, as an entry of the ledger says";

/// What the writer and the readers share.
pub(crate) struct Shared {
    pub(crate) store: Box<dyn Store>,
    pub(crate) keys: KeyStore,
    pub(crate) snapshot: Option<PathBuf>,
    /// Set when the desk is dropped: work in the background ends soon.
    closing: AtomicBool,
    shown: RwLock<Shown>,
    reckoned: Mutex<Option<Reckoned>>,
}

/// What readers see: a state and the keys that open its words.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) state: Arc<State>,
    pub(crate) keys: Keys,
    /// Why no act can be done, in words; `None` when all is well.
    pub(crate) closed: Option<Arc<str>>,
}

struct Reckoned {
    seq: u64,
    day: Date,
    standings: Arc<Standings>,
}

impl Shared {
    pub(crate) fn new(
        store: Box<dyn Store>,
        keys: KeyStore,
        snapshot: Option<PathBuf>,
        shown: Shown,
    ) -> Shared {
        Shared {
            store,
            keys,
            snapshot,
            closing: AtomicBool::new(false),
            shown: RwLock::new(shown),
            reckoned: Mutex::new(None),
        }
    }

    /// What readers see now.
    pub(crate) fn shown(&self) -> Shown {
        self.shown
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// To show something else: held for a moment only.
    pub(crate) fn show(&self) -> RwLockWriteGuard<'_, Shown> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// No act is done from here on, and this is why. The first reason stays.
    pub(crate) fn close(&self, why: &str) {
        tracing::error!(why, "no more acts are taken");
        self.show().closed.get_or_insert_with(|| Arc::from(why));
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    pub(crate) fn end_soon(&self) {
        self.closing.store(true, Ordering::Relaxed);
    }

    /// How every clause stands: reckoned once for the newest line and day. Who asks with an older
    /// state gets what follows from that one, and leaves the newer in place.
    pub(crate) fn standings(&self, state: &State, today: Date) -> Arc<Standings> {
        let mut kept = lock(&self.reckoned);
        let wanted = (state.head.seq, today);
        if let Some(known) = &*kept
            && (known.seq, known.day) == wanted
        {
            return Arc::clone(&known.standings);
        }
        let standings = Arc::new(standing::reckon(&state.setting, &state.in_force, today));
        if kept.as_ref().is_none_or(|known| known.seq <= wanted.0) {
            *kept = Some(Reckoned {
                seq: wanted.0,
                day: wanted.1,
                standings: Arc::clone(&standings),
            });
        }
        standings
    }
}

/// A thread that panicked left nothing half done behind these locks.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes in the lines after the state's head, with the chain checked. A line of a later release
/// ends it and is handed back; a damaged one is an error. The state is then of the line before.
pub(crate) fn catch_up(store: &dyn Store, state: &mut State) -> Result<Option<Strange>, OpenError> {
    let mut strange = None;
    check::read_checked(store, state.head, &mut |line| match state.take_in(line) {
        Ok(()) => ControlFlow::Continue(()),
        Err(found) => {
            strange = Some(found);
            ControlFlow::Break(())
        }
    })?;
    match strange {
        Some(damaged @ Strange::Damaged { .. }) => Err(damaged.into()),
        newer => Ok(newer),
    }
}

/// All keys, and whose were destroyed.
pub(crate) fn load_keys(keys: &KeyStore) -> Result<Keys, KeyError> {
    let kept = keys.load()?;
    // Read after the keys: whoever is destroyed in between is on the list.
    let gone = keys.destroyed()?;
    let gone = gone.into_iter().map(|gone| gone.subject).collect();
    Ok(Keys::new(kept, gone))
}

/// Destroys the keys of what the ledger says is erased or let go and whose key is still there,
/// because a crash came between the entry and the destruction, here or in another process.
pub(crate) fn finish_erasures(
    store: &KeyStore,
    state: &State,
    keys: &mut Keys,
    fill: &mut Fill<'_>,
) -> Result<(), KeyError> {
    let mut first_error = None;
    for (subject, at) in state.setting.erased() {
        if keys.is_erased(&subject) {
            continue;
        }
        // Nobody reads on here, even if the store does not answer now.
        keys.destroy(&subject);
        if let Err(error) = store.destroy(&subject, at.micros(), FINISHED_LATER, fill) {
            first_error.get_or_insert(error);
        }
    }
    first_error.map_or(Ok(()), Err)
}
