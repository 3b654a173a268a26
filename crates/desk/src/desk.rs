//! The two doors. Nothing is written but by `perform`, nothing is shown but through `view`.

use crate::{
    checking::{self, Checking},
    housekeeping::House,
    ready::Ready,
    recorded,
    shared::{Shared, Shown, catch_up, finish_erasures, load_keys},
    state::{State, Strange},
    writer::{self, Job, Writer},
};
use families::{
    access::{
        exceptions,
        looks::{self, Came},
    },
    filter::network::{Network, NoNetwork},
    monitor::traces::{NoTraces, Traces},
    spine::{
        act::{Act, Actor},
        door,
        entry::Recorded,
        judge::No,
        keeping::{Keeping, Post},
        page::{Lines, Page, Params, Shown as ShownPage},
        permit::{self, NotAllowed},
        standing::Standings,
        view::View,
        wakes::wakes,
    },
};
use kernel::moment::{Date, Moment};
use ledger::{
    check::CheckError,
    keys::{KeyError, KeyStore},
    line::Head,
    snapshot,
    store::{Store, StoreError},
};
use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock, mpsc},
};

/// Which build a snapshot belongs to: it changes with every source that a state depends on.
pub const BUILD: &str = env!("STAIRGATE_STATE");

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

/// The doors to one setting. Dropping it writes whatever still waits.
pub struct Desk {
    shared: Arc<Shared>,
    writer: Writer,
    checking: Checking,
    _ready: Ready,
    house: Mutex<House>,
    keeping: RwLock<(u64, Arc<Keeping>)>,
    network: RwLock<Arc<dyn Network>>,
    traces: RwLock<Arc<dyn Traces>>,
}

impl Desk {
    /// Opens a setting: from its snapshot when there is one that fits, else by folding the whole
    /// ledger with the chain checked on the way. After a start from a snapshot the older part is
    /// checked in the background, see [`Desk::checking`]. Keys of people who were erased are
    /// destroyed if a crash came between the entry and the destruction.
    ///
    /// # Errors
    /// Ledger or keys can't be read, or the chain is broken.
    pub fn open(
        store: Box<dyn Store>,
        keys: KeyStore,
        snapshot: Option<PathBuf>,
        mut entropy: Entropy,
    ) -> Result<Desk, OpenError> {
        let kept = snapshot
            .as_ref()
            .and_then(|path| checking::load(path, &*store));
        let (mut state, to_check) = kept.map_or_else(
            || (State::default(), None),
            |(state, to_check)| (state, Some(to_check)),
        );
        let house = Mutex::new(House::at(state.head.seq));
        let newer = catch_up(&*store, &mut state)?;
        let mut at_hand = load_keys(&keys)?;
        finish_erasures(&keys, &state, &mut at_hand, &mut *entropy)?;
        let shown = Shown {
            state: Arc::new(state),
            keys: at_hand,
            closed: newer.map(|newer| Arc::from(newer.to_string())),
        };
        let shared = Arc::new(Shared::new(store, keys, snapshot, shown));
        let writer = Writer::start(Arc::clone(&shared), entropy);
        let checking = Checking::start(&shared, to_check);
        let ready = Ready::start(&shared);
        Ok(Desk {
            shared,
            writer,
            checking,
            _ready: ready,
            house,
            keeping: RwLock::default(),
            network: RwLock::new(Arc::new(NoNetwork)),
            traces: RwLock::new(Arc::new(NoTraces)),
        })
    }

    /// Takes note of how the ledger itself is kept, for pages that tell it.
    pub fn note(&self, keeping: Keeping) {
        self.change_notes(|known| {
            let post = std::mem::take(&mut known.post);
            let reached = std::mem::take(&mut known.reached);
            *known = Keeping {
                post,
                reached,
                ..keeping
            };
        });
    }

    /// Takes note of where people reach this program.
    pub fn note_reached(&self, reached: &str) {
        self.change_notes(|known| known.reached = reached.to_owned());
    }

    /// Takes note of how the queue of messages to people stands.
    pub fn note_post(&self, post: Post) {
        self.change_notes(|known| known.post = post);
    }

    /// Takes note of what the network’s side of the filter knows now; asked for again whenever that
    /// has changed, so that no page shows what was so before.
    pub fn note_network(&self, network: Arc<dyn Network>) {
        *self.network.write().unwrap_or_else(PoisonError::into_inner) = network;
        let mut known = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
        known.0 = known.0.wrapping_add(1);
    }

    /// Takes note of where the traces of the network’s side are asked for. What it answers changes
    /// all the time, so pages that ask it are drawn anew each time.
    pub fn note_traces(&self, traces: Arc<dyn Traces>) {
        *self.traces.write().unwrap_or_else(PoisonError::into_inner) = traces;
    }

    fn change_notes(&self, change: impl FnOnce(&mut Keeping)) {
        let mut known = self.keeping.write().unwrap_or_else(PoisonError::into_inner);
        let mut keeping = Keeping::clone(&known.1);
        change(&mut keeping);
        if *known.1 != keeping {
            *known = (known.0.wrapping_add(1), Arc::new(keeping));
        }
    }

    /// Changes whenever something new is known of how the ledger is kept.
    #[must_use]
    pub fn notes(&self) -> u64 {
        self.keeping
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .0
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
        // Who wants to give no name is not known from here on.
        let who = if act.is_unnamed() {
            Actor::nobody()
        } else {
            who.clone()
        };
        self.writer.send(Job {
            who,
            act: Box::new(act),
            confirmed: confirmed.to_vec(),
            at,
            reply,
        });
    }

    /// Does what the clock owes: acts whose minute has come. Each is judged like any other.
    pub fn wake(&self, at: Moment) {
        let state = self.state();
        for act in wakes(&state.setting, &state.in_force, at) {
            // What could not be done now is owed again in a second.
            drop(self.perform(&Actor::clock(), act, &[], at));
        }
    }

    /// Takes in what other processes have written since. Waits until it is done.
    pub fn refresh(&self) {
        self.writer.refresh();
    }

    /// Writes a snapshot of how things stand, for a quick start: from time to time, and when the
    /// program ends.
    ///
    /// # Errors
    /// The file can't be written; the next start takes longer then, and that is all.
    pub fn save_snapshot(&self) -> io::Result<()> {
        let shown = self.shared.shown();
        let Some(path) = &self.shared.snapshot else {
            return Ok(());
        };
        let bytes = shown.state.to_bytes().map_err(io::Error::from)?;
        snapshot::save(path, BUILD, &shown.state.head, &bytes)
    }

    /// How far the check has come that follows a start from a snapshot. When it finds that
    /// something was changed, no more acts are taken ([`Desk::read_only`] says why).
    #[must_use]
    pub fn checking(&self) -> checking::Found {
        self.checking.found()
    }

    /// Waits until the check after the start has ended.
    #[must_use]
    pub fn checked(&self) -> checking::Found {
        self.checking.wait()
    }

    /// The state that readers see now. Who keeps it for long makes the writer copy.
    #[must_use]
    pub fn state(&self) -> Arc<State> {
        self.shared.shown().state
    }

    /// Why no acts can be done, in words: the ledger was written by a later release, or is not what
    /// it was. `None` when all is well.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        self.shared.shown().closed.map(|why| why.to_string())
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

    /// Lets `see` look at how things stand, as far as this reader may know: names are given to who
    /// may know them. Whether the reader may see at all is asked by [`Desk::show`].
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn view<T>(
        &self,
        who: &Actor,
        at: Moment,
        csrf: &str,
        wanted: Option<&Lines>,
        see: impl FnOnce(&View<'_>) -> T,
    ) -> Result<T, StoreError> {
        self.view_of(&self.shared.shown(), who, at, csrf, wanted, see)
    }

    fn view_of<T>(
        &self,
        shown: &Shown,
        who: &Actor,
        at: Moment,
        csrf: &str,
        wanted: Option<&Lines>,
        see: impl FnOnce(&View<'_>) -> T,
    ) -> Result<T, StoreError> {
        let today = at.date();
        let who = &lend(who, &shown.state, at);
        let standings = self.shared.standings(&shown.state, today);
        let keeping = Arc::clone(
            &self
                .keeping
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .1,
        );
        let traces = Arc::clone(&self.traces.read().unwrap_or_else(PoisonError::into_inner));
        let network = Arc::clone(&self.network.read().unwrap_or_else(PoisonError::into_inner));
        let lines = match wanted {
            Some(wanted) => {
                let sees = |line: &Recorded| {
                    let need = permit::need_for_line(line);
                    permit::permit(who, &need, &shown.state.setting, today).is_ok()
                };
                recorded::read(&*self.shared.store, wanted, shown.state.head.seq, &sees)?
            }
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
            keeping: &keeping,
            network: &*network,
            traces: &*traces,
            csrf,
        }))
    }

    /// A page as this reader may see it. Asked and shown from the same state, so nobody sees with
    /// a right that has just ended.
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
    ) -> Result<Result<ShownPage, NotAllowed>, StoreError> {
        let shown = self.shared.shown();
        let setting = &shown.state.setting;
        if instead_of(page.path, &shown.state, who, at).is_some() {
            return Ok(Err(NotAllowed {
                sign_in: false,
                who_may: "people who have signed their agreement".to_owned(),
            }));
        }
        let need = (page.need)(params, setting);
        let lent = lend(who, &shown.state, at);
        if let Err(no) = permit::permit(&lent, &need, setting, at.date()) {
            self.record_look(who, page.path, params, Came::Refused, at);
            return Ok(Err(no));
        }
        let wanted = page
            .lines
            .and_then(|lines| lines(params).for_reader(who.person()));
        let drawn = self.view_of(&shown, who, at, csrf, wanted.as_ref(), |view| {
            (page.show)(view, params)
        })?;
        self.record_look(who, page.path, params, Came::of(&drawn, params), at);
        Ok(Ok(drawn))
    }

    /// Records that somebody looked at what is protected, or was refused, where that is recorded.
    /// Nobody waits for it. [`Desk::show`] does it by itself; whoever shows a page that was drawn
    /// before, or a form, asks here.
    pub fn record_look(&self, who: &Actor, path: &str, params: &Params, came: Came, at: Moment) {
        let state = self.state();
        let lent = lend(who, &state, at);
        let (setting, in_force) = (&state.setting, &state.in_force);
        let act = looks::to_record(&lent, path, params, came, setting, in_force, at);
        if let Some(act) = act {
            self.ask(who, act, &[], at, Box::new(|_| ()));
        }
    }

    /// The same actor with what exceptional access lends to them at this moment.
    #[must_use]
    pub fn lend(&self, who: &Actor, at: Moment) -> Actor {
        lend(who, &self.state(), at)
    }

    /// Where a reader is sent instead of this path, because they have something to sign first.
    #[must_use]
    pub fn instead_of(&self, path: &str, who: &Actor, at: Moment) -> Option<&'static str> {
        instead_of(path, &self.shared.shown().state, who, at)
    }

    /// Lines of the ledger, newest first, whoever may see them: for the program itself.
    ///
    /// # Errors
    /// The ledger can't be read.
    pub fn recorded(&self, wanted: &Lines) -> Result<Vec<Recorded>, StoreError> {
        recorded::read(&*self.shared.store, wanted, self.state().head.seq, &|_| {
            true
        })
    }

    /// Where the ledger ends for readers.
    #[must_use]
    pub fn head(&self) -> Head {
        self.shared.shown().state.head
    }

    pub(crate) fn house(&self) -> &Mutex<House> {
        &self.house
    }
}

fn lend(who: &Actor, state: &State, at: Moment) -> Actor {
    exceptions::lend(who, &state.setting, &state.in_force, at)
}

fn instead_of(path: &str, state: &State, who: &Actor, at: Moment) -> Option<&'static str> {
    door::instead_of(path, who, &state.setting, &state.in_force, at.date())
}
