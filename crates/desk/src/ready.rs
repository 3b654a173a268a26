//! Makes ready in the background what the first search after a start would wait for: which notes of
//! cases may hold which words. It goes in small steps with pauses three times as long, and keeps no state
//! for longer than a step; what it finds is in memory only.

use crate::shared::Shared;
use std::{
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// How long nothing is done when all is ready. New notes make few steps.
const REST: Duration = Duration::from_secs(1);
/// A pause is so many times as long as the step before it: whoever writes meanwhile finds the state free.
const PAUSE_TIMES: u32 = 3;
/// The shortest and the longest pause after a step.
const PAUSES: (Duration, Duration) = (Duration::from_micros(50), Duration::from_millis(20));

/// The work in the background; it ends when the desk is dropped.
pub(crate) struct Ready {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Ready {
    pub(crate) fn start(shared: &Arc<Shared>) -> Ready {
        let of = Arc::clone(shared);
        let named = std::thread::Builder::new().name("ready".to_owned());
        let started = named.spawn(move || work(&of));
        let failed = |error| tracing::warn!(%error, "the first search will take longer");
        Ready {
            shared: Arc::clone(shared),
            thread: started.map_err(failed).ok(),
        }
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        self.shared.end_soon();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            drop(thread.join());
        }
    }
}

fn work(shared: &Shared) {
    let mut from = 0;
    while !shared.is_closing() {
        let begun = Instant::now();
        let shown = shared.shown();
        let next = shown.state.setting.concerns.make_ready(&shown.keys, from);
        drop(shown);
        let pause = next.map_or(REST, |_| {
            (begun.elapsed() * PAUSE_TIMES).clamp(PAUSES.0, PAUSES.1)
        });
        from = next.unwrap_or_default();
        std::thread::park_timeout(pause);
    }
}
