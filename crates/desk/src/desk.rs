//! The two doors. Nothing is written but by `perform`, nothing is shown but through `view`.

use crate::{
    recorded,
    state::{State, Strange},
    writer::{self, Job, Writer},
};
use families::spine::{
    act::{Act, Actor},
    entry::Recorded,
    judge::No,
    page::{Lines, Page, Params, Shown},
    permit::{self, NotAllowed},
    standing::{self, Standings},
    view::View,
};
use kernel::{
    moment::{Date, Moment},
    sealed::Keys,
};
use ledger::{
    check::{self, CheckError},
    keys::{KeyError, KeyStore},
    line::Head,
    snapshot,
    store::{Store, StoreError},
};
use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock, mpsc},
};

/// Which build a snapshot belongs to.
pub const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), "/1");

/// Fills a buffer with randomness of the system.
pub type Entropy = Box<dyn FnMut(&mut [u8]) + Send>;

/// What somebody gets for an act.
pub type Answer = Result<Done, Failed>;

/// An act that is done, and on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The numbers of its entries.
    pub seqs: Vec<u64>,
    /// The kinds of its entries.
    pub kinds: Vec<&'static str>,
}

/// An act that was not done; nothing of it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Failed {
    /// The answer is no.
    No(No),
    /// It could not be written: what to tell the person.
    Unavailable(String),
}

/// The desk can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The ledger can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The chain does not check.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The keys can't be read.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// A line is damaged.
    #[error(transparent)]
    Strange(#[from] Strange),
}

/// The doors to one setting.
pub struct Desk {
    shared: Arc<Shared>,
    writer: Writer,
}

/// What the writer and the readers share.
pub(crate) struct Shared {
    pub(crate) store: Box<dyn Store>,
    pub(crate) keys: KeyStore,
    pub(crate) shown: RwLock<Standing>,
    pub(crate) snapshot: Option<PathBuf>,
    reckoned: Mutex<Option<(u64, Date, Arc<Standings>)>>,
}

/// What readers see: a state and the keys that open its words.
#[derive(Clone)]
pub(crate) struct Standing {
    pub(crate) state: Arc<State>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) read_only: Option<Strange>,
}

impl Desk {
    /// Opens a setting: from its snapshot when there is one that fits, else by folding the whole
    /// ledger with the chain checked on the way. Keys of people who were erased are destroyed if a
    /// crash came between the entry and the destruction.
    ///
    /// # Errors
    /// Ledger or keys can't be read, or the chain is broken.
    pub fn open(
        store: Box<dyn Store>,
        keys: KeyStore,
        snapshot: Option<PathBuf>,
        mut entropy: Entropy,
    ) -> Result<Desk, OpenError> {
        let (mut state, mut read_only) = load(&*store, snapshot.as_ref());
        catch_up(&*store, &mut state, &mut read_only)?;
        let at = state.setting.data.erased().collect::<Vec<_>>();
        for person in at {
            keys.destroy(&person.subject(), 0, "erased", &mut *entropy)?;
        }
        let shown = Standing {
            state: Arc::new(state),
            keys: Arc::new(load_keys(&keys)?),
            read_only,
        };
        let shared = Arc::new(Shared {
            store,
            keys,
            shown: RwLock::new(shown),
            snapshot,
            reckoned: Mutex::new(None),
        });
        let writer = Writer::start(Arc::clone(&shared), entropy);
        Ok(Desk { shared, writer })
    }

    /// Asks for an act and waits for the answer. When it is `Ok`, the act is on disk.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn perform(&self, who: &Actor, act: Act, confirmed: &[String], at: Moment) -> Answer {
        let (tell, answer) = mpsc::sync_channel(1);
        let reply = Box::new(move |answer| drop(tell.send(answer)));
        self.ask(who, act, confirmed, at, reply);
        answer.recv().unwrap_or_else(|_| Err(writer::stopped()))
    }

    /// Asks for an act; `reply` gets the answer, on the writer's thread.
    pub fn ask(
        &self,
        who: &Actor,
        act: Act,
        confirmed: &[String],
        at: Moment,
        reply: Box<dyn FnOnce(Answer) + Send>,
    ) {
        self.writer.send(Job {
            who: who.clone(),
            act: Box::new(act),
            confirmed: confirmed.to_vec(),
            at,
            reply,
        });
    }

    /// Takes in what other processes have written since. Waits until it is done.
    pub fn refresh(&self) {
        self.writer.refresh();
    }

    /// Writes a snapshot of how things stand, for a quick start.
    pub fn save_snapshot(&self) {
        let shown = self.shared.shown();
        let Some(path) = &self.shared.snapshot else {
            return;
        };
        match shown.state.to_bytes() {
            Ok(bytes) => {
                if let Err(error) = snapshot::save(path, BUILD, &shown.state.head, &bytes) {
                    tracing::warn!(%error, "no snapshot was kept; the next start takes longer");
                }
            }
            Err(error) => {
                tracing::warn!(%error, "no snapshot was kept; the next start takes longer")
            }
        }
    }

    /// The state that readers see now.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        self.shared.shown().state
    }

    /// Whether acts can't be done because the ledger was written by a later release, in words.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        self.shared
            .shown()
            .read_only
            .map(|strange| strange.to_string())
    }

    /// The store of lines, for checking and exporting.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.shared.store
    }

    /// The store of keys, for backups.
    #[must_use]
    pub fn keys(&self) -> &KeyStore {
        &self.shared.keys
    }

    /// How every clause stands on this day; reckoned once for each line and day.
    #[must_use]
    pub fn standings(&self, today: Date) -> Arc<Standings> {
        self.shared.standings(&self.shared.shown().state, today)
    }

    /// Lets `see` look at how things stand, as far as this reader may know.
    pub fn view<T>(
        &self,
        who: &Actor,
        at: Moment,
        csrf: &str,
        wanted: Option<&Lines>,
        see: impl FnOnce(&View<'_>) -> T,
    ) -> Result<T, StoreError> {
        let shown = self.shared.shown();
        let today = at.date();
        let standings = self.shared.standings(&shown.state, today);
        let lines = match wanted {
            Some(wanted) => recorded::read(&*self.shared.store, wanted, shown.state.head.seq)?,
            None => Vec::new(),
        };
        Ok(see(&View {
            who,
            now: at,
            today,
            setting: &shown.state.setting,
            in_force: &shown.state.in_force,
            standings: &standings,
            history: &shown.state.history,
            lines: &lines,
            keys: &shown.keys,
            csrf,
        }))
    }

    /// A page as this reader may see it.
    ///
    /// # Errors
    /// The reader may not see it; the ledger can't be read.
    pub fn show(
        &self,
        who: &Actor,
        page: &Page,
        params: &Params,
        at: Moment,
        csrf: &str,
    ) -> Result<Result<Shown, NotAllowed>, StoreError> {
        let state = self.state();
        let need = (page.need)(params, &state.setting);
        if let Err(no) = permit::permit(who, &need, &state.setting, at.date()) {
            return Ok(Err(no));
        }
        let wanted = page.lines.map(|lines| lines(params));
        self.view(who, at, csrf, wanted.as_ref(), |view| {
            Ok((page.show)(view, params))
        })
    }

    /// Lines of the ledger, newest first.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn recorded(&self, wanted: &Lines) -> Result<Vec<Recorded>, StoreError> {
        recorded::read(&*self.shared.store, wanted, self.state().head.seq)
    }

    /// Where the ledger ends for readers.
    #[must_use]
    pub fn head(&self) -> Head {
        self.shared.shown().state.head
    }
}

impl Shared {
    pub(crate) fn shown(&self) -> Standing {
        self.shown
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn standings(&self, state: &State, today: Date) -> Arc<Standings> {
        let mut kept = self.reckoned.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((seq, day, standings)) = &*kept
            && *seq == state.head.seq
            && *day == today
        {
            return Arc::clone(standings);
        }
        let fresh = Arc::new(standing::reckon(&state.setting, &state.in_force, today));
        *kept = Some((state.head.seq, today, Arc::clone(&fresh)));
        fresh
    }
}

fn load(store: &dyn Store, snapshot: Option<&PathBuf>) -> (State, Option<Strange>) {
    let kept = snapshot.and_then(|path| snapshot::load(path, BUILD, store));
    let state = kept.and_then(|(head, bytes)| State::from_bytes(head, &bytes).ok());
    (state.unwrap_or_default(), None)
}

/// Takes in the lines after the state's head, with the chain checked. A line of a later release
/// makes the desk read-only; a damaged one is an error.
pub(crate) fn catch_up(
    store: &dyn Store,
    state: &mut State,
    read_only: &mut Option<Strange>,
) -> Result<(), OpenError> {
    let mut strange = None;
    check::read_checked(store, state.head, &mut |line| match state.take_in(line) {
        Ok(()) => ControlFlow::Continue(()),
        Err(found) => {
            strange = Some(found);
            ControlFlow::Break(())
        }
    })?;
    match strange {
        None => Ok(()),
        Some(newer @ Strange::Newer { .. }) => {
            *read_only = Some(newer);
            Ok(())
        }
        Some(damaged) => Err(damaged.into()),
    }
}

/// All keys, and whose were destroyed.
pub(crate) fn load_keys(keys: &KeyStore) -> Result<Keys, KeyError> {
    let gone = keys
        .destroyed()?
        .into_iter()
        .map(|gone| gone.subject)
        .collect();
    Ok(Keys::new(keys.load()?, gone))
}
