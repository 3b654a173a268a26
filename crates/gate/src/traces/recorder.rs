//! Between the filter, which must not wait, and the store, which may have to: each thread of the
//! filter fills a batch of its own, and one thread takes them all in, full ones at once and the
//! others twice a second.

use super::{
    event::{Batch, Event},
    known::Known,
    store::{Reader, Store},
};
use kernel::moment::Moment;
use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// Events in a batch before it is handed on.
const BATCH: usize = 512;

/// Batches that may wait.
const WAITING: usize = 64;

/// How often what was added is handed to the system.
const EVERY: Duration = Duration::from_millis(500);

/// Takes in what the filter saw.
pub struct Recorder {
    store: Arc<Mutex<Store>>,
    lost: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
    to: SyncSender<Batch>,
    batches: Batches,
    thread: Option<JoinHandle<()>>,
}

/// What each thread has not handed on yet.
type Batches = Arc<Mutex<Vec<Weak<Mutex<Batch>>>>>;

/// Where one thread of the filter puts what it saw.
pub struct Sender {
    batch: Arc<Mutex<Batch>>,
    lost: Arc<AtomicU64>,
    to: SyncSender<Batch>,
}

impl Recorder {
    /// Begins. `now` says the time.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn begin(store: Store, now: fn() -> Moment) -> io::Result<Recorder> {
        Recorder::begin_after(store, Box::new(|| Ok(())), now)
    }

    /// Begins, where what the numbers in events mean is kept as well: it is on the disk before any
    /// event that has them. `fill` draws randomness.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn begin_known(
        store: Store,
        known: &Arc<Known>,
        fill: fn(&mut [u8]),
        now: fn() -> Moment,
    ) -> io::Result<Recorder> {
        let known = Arc::clone(known);
        let first = Box::new(move || known.save(&mut { fill }));
        Recorder::begin_after(store, first, now)
    }

    fn begin_after(store: Store, first: First, now: fn() -> Moment) -> io::Result<Recorder> {
        let store = Arc::new(Mutex::new(store));
        let (to, from) = sync_channel(WAITING);
        let is_over = Arc::new(AtomicBool::new(false));
        let (taking, over) = (Arc::clone(&store), Arc::clone(&is_over));
        let batches = Batches::default();
        let from = From {
            full: from,
            batches: Arc::clone(&batches),
            first,
        };
        let thread = thread::Builder::new()
            .name("traces".to_owned())
            .spawn(move || take_in(&taking, &from, &over, now))?;
        Ok(Recorder {
            store,
            lost: Arc::default(),
            is_over,
            to,
            batches,
            thread: Some(thread),
        })
    }

    /// A place for one thread to put what it saw.
    #[must_use]
    pub fn sender(&self) -> Sender {
        let batch = Arc::default();
        let mut batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.retain(|one| one.strong_count() > 0);
        batches.push(Arc::downgrade(&batch));
        Sender {
            batch,
            lost: Arc::clone(&self.lost),
            to: self.to.clone(),
        }
    }

    /// Does something with the store.
    pub fn with<T>(&self, what: impl FnOnce(&mut Store) -> T) -> T {
        what(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What reads it as it is now.
    #[must_use]
    pub fn reader(&self) -> Reader {
        self.with(|store| store.reader())
    }

    /// How many events could not be kept since this was asked last.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.swap(0, Ordering::Relaxed) + self.with(Store::lost)
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        // It takes in what waits, hands it to the system, and ends.
        self.is_over.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Sender {
    /// Adds an event. Never waits for the store: when it is far behind, events are lost, and counted.
    pub fn add(&mut self, event: &Event<'_>) {
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        batch.push(event);
        if batch.len() >= BATCH {
            let full = std::mem::take(&mut *batch);
            drop(batch);
            self.hand(full);
        }
    }

    /// Hands on what there is, and does not wait until it is fetched.
    pub fn hand_on(&mut self) {
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = std::mem::take(&mut *batch);
        if !batch.is_empty() {
            self.hand(batch);
        }
    }

    fn hand(&self, batch: Batch) {
        if let Err(TrySendError::Full(batch) | TrySendError::Disconnected(batch)) =
            self.to.try_send(batch)
        {
            let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
            self.lost.fetch_add(count, Ordering::Relaxed);
        }
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.hand_on();
    }
}

/// What has to be done before events are kept.
type First = Box<dyn Fn() -> io::Result<()> + Send>;

/// From where events come.
struct From {
    full: Receiver<Batch>,
    batches: Batches,
    first: First,
}

impl From {
    /// Keeps events, or counts them as lost.
    fn keep(&self, batch: &Batch, store: &mut Store) -> Result<(), super::StoreError> {
        if let Err(error) = (self.first)() {
            store.lose(batch.len());
            return Err(error.into());
        }
        store.add(batch)
    }

    /// What is not handed on yet.
    fn fetch(&self) -> Vec<Batch> {
        let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        let there = batches.iter().filter_map(Weak::upgrade);
        let taken = there.map(|batch| {
            std::mem::take(&mut *batch.lock().unwrap_or_else(PoisonError::into_inner))
        });
        taken.filter(|batch| !batch.is_empty()).collect()
    }
}

fn take_in(store: &Mutex<Store>, from: &From, over: &AtomicBool, now: fn() -> Moment) {
    let mut said = false;
    let mut lock = |what: &dyn Fn(&mut Store) -> Result<(), super::StoreError>| {
        let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
        match what(&mut store) {
            Ok(()) => said = false,
            // Said once, until it works again: a full disk would fill the log too.
            Err(error) if !said => {
                tracing::warn!("{error}");
                said = true;
            }
            Err(_) => {}
        }
    };
    let mut last = std::time::Instant::now();
    loop {
        let got = from.full.recv_timeout(EVERY);
        if let Ok(batch) = &got {
            lock(&|store| from.keep(batch, store));
        }
        let is_over = match got {
            Ok(_) => false,
            Err(RecvTimeoutError::Disconnected) => true,
            Err(RecvTimeoutError::Timeout) => over.load(Ordering::Acquire),
        };
        if is_over || last.elapsed() >= EVERY {
            for batch in from.fetch() {
                lock(&|store| from.keep(&batch, store));
            }
            lock(&|store| store.tick(now()));
            last = std::time::Instant::now();
        }
        if is_over {
            return;
        }
    }
}
