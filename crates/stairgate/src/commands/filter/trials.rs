//! Tells how the filter's trials went, so that whoever leads hears of one that failed.

use super::super::complain;
use crate::clock;
use gate::{
    dns::{Filter, NotFit, ServeError},
    news::{News, Occasion, Spool, Tested},
};
use kernel::moment::Moment;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

/// How often it is looked whether there was one.
const LOOK: Duration = Duration::from_millis(500);

/// For how many hours it is not told again that a change went well.
const WELL_HOURS: i64 = 1;

/// Tells trials while the filter runs.
pub(super) struct Telling {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Telling {
    /// Begins to tell.
    pub(super) fn begin(filter: &Arc<Filter>, spool: Option<Spool>) -> anyhow::Result<Telling> {
        let (filter, stop) = (Arc::clone(filter), Arc::new(AtomicBool::new(false)));
        let mut teller = Teller { spool, well: None };
        let own = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("trials".to_owned());
        let thread = thread.spawn(move || {
            loop {
                let ends = own.load(Ordering::Relaxed);
                for tested in filter.take_tested() {
                    teller.tell(tested);
                }
                if ends {
                    return;
                }
                std::thread::park_timeout(LOOK);
            }
        })?;
        Ok(Telling {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            drop(thread.join());
        }
    }
}

/// Tells that the filter does not begin because its trial failed.
pub(super) fn tell_failed(error: &ServeError, spool: Option<Spool>) {
    let ServeError::NotFit(NotFit::Wrong { tested }) = error else {
        return;
    };
    Teller { spool, well: None }.tell(Tested::clone(tested));
}

struct Teller {
    spool: Option<Spool>,
    /// When it was last told that a change went well.
    well: Option<Moment>,
}

impl Teller {
    fn tell(&mut self, tested: Tested) {
        let (tried, wrong) = (tested.tried, tested.wrong);
        if wrong > 0 {
            let first = tested.findings.first().map_or("", String::as_str);
            complain(&format!(
                "the trial found {wrong} wrong answers of {tried}, the first: {first}"
            ));
        }
        let lately = self
            .well
            .is_some_and(|at| tested.at < at.plus_hours(WELL_HOURS));
        if wrong == 0 && tested.occasion == Occasion::Change {
            if lately {
                return;
            }
            self.well = Some(tested.at);
        }
        let Some(spool) = &self.spool else {
            return;
        };
        let chance = getrandom::u64().unwrap_or(0);
        if let Err(error) = spool.tell(News::Tested(tested), clock::now(), chance) {
            complain(&format!("how the trial went could not be told: {error}"));
        }
    }
}
