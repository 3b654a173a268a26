//! The one who tells: takes what the threads saw, folds it, and puts it into the spool. What can't be
//! told just now, because the disk is full, waits here and is tried again.

use super::{fold::Fold, watch::Seen, watch::Watch};
use crate::news::{News, Spool, SpoolError};
use kernel::moment::Moment;
use std::{
    collections::VecDeque,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// What was seen and may wait.
const SEEN_MAX: usize = 4_096;

/// News that could not be told and may wait.
const WAITING_MAX: usize = 1_000;

/// How often what is over is told, and what could not be told is tried again.
const EVERY: Duration = Duration::from_millis(500);

/// Tells what the threads of the filter see.
pub struct Teller {
    to: SyncSender<Seen>,
    missed: Arc<AtomicU64>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Teller {
    /// Begins. `now` says the time.
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn begin(spool: Spool, now: fn() -> Moment) -> io::Result<Teller> {
        let (to, from) = sync_channel(SEEN_MAX);
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let telling = Telling {
            spool,
            fold: Fold::default(),
            waiting: VecDeque::new(),
            has_failed: false,
        };
        let thread = thread::Builder::new()
            .name("alerts".to_owned())
            .spawn(move || telling.run(&from, &over, now))?;
        Ok(Teller {
            to,
            missed: Arc::default(),
            is_over,
            thread: Some(thread),
        })
    }

    /// What one thread of the filter looks with.
    #[must_use]
    pub fn watch(&self) -> Watch {
        Watch::new(self.to.clone(), Arc::clone(&self.missed))
    }

    /// How much was seen and could not be handed on, because too much came at once.
    #[must_use]
    pub fn missed(&self) -> u64 {
        self.missed.load(Ordering::Relaxed)
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

struct Telling {
    spool: Spool,
    fold: Fold,
    waiting: VecDeque<News>,
    has_failed: bool,
}

impl Telling {
    fn run(mut self, from: &Receiver<Seen>, over: &AtomicBool, now: fn() -> Moment) {
        let mut last = std::time::Instant::now();
        loop {
            let is_over = match from.recv_timeout(EVERY) {
                Ok(seen) => {
                    let chance = getrandom::u64().unwrap_or(0);
                    let news = self.fold.see(seen, chance);
                    self.wait(news);
                    // What waited already is tried with the clock: a full disk is not asked for each.
                    if !self.has_failed {
                        self.tell(now());
                    }
                    false
                }
                Err(RecvTimeoutError::Disconnected) => true,
                Err(RecvTimeoutError::Timeout) => over.load(Ordering::Acquire),
            };
            if is_over || last.elapsed() >= EVERY {
                let over = self.fold.over(now());
                self.wait(over);
                self.tell(now());
                last = std::time::Instant::now();
            }
            if is_over {
                return;
            }
        }
    }

    fn wait(&mut self, news: impl IntoIterator<Item = News>) {
        for one in news {
            if self.waiting.len() >= WAITING_MAX {
                let least = self.waiting.iter().position(|one| !one.is_pressing());
                self.waiting.remove(least.unwrap_or(0));
            }
            self.waiting.push_back(one);
        }
    }

    fn tell(&mut self, now: Moment) {
        while let Some(news) = self.waiting.front() {
            let chance = getrandom::u64().unwrap_or(0);
            match self.spool.tell(news.clone(), now, chance) {
                Ok(_) => {
                    self.has_failed = false;
                    self.waiting.pop_front();
                }
                // It comes again by itself.
                Err(SpoolError::Full) if !news.is_pressing() => {
                    self.waiting.pop_front();
                }
                Err(error) => {
                    if !self.has_failed {
                        tracing::warn!("{error}");
                    }
                    self.has_failed = true;
                    return;
                }
            }
        }
    }
}
