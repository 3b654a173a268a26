//! What the filter keeps of what it answers, and what it tells whoever runs it: the folder of traces,
//! kept by one program at a time, and the folder of news.

use super::super::{complain, say};
use crate::clock;
use anyhow::Context;
use gate::{
    alerts::Teller,
    dns::{Filter, Trace},
    news::{Day, News, Spool},
    plan::Keep,
    traces::{Closed, Keeper, Known, Limits, Reader, Recorder, Store, Why},
};
use kernel::moment::Date;
use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

/// How often days that are over, limits and numbers are looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Who keeps the folder has its number in this file, and holds it.
pub(crate) const HELD: &str = "running";

/// What is kept and told.
#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Asked {
    /// The folder of traces: what was asked for, by which device, and why it was open or closed. It
    /// is sealed under the secret of --secret; how long it is kept says the plan.
    #[arg(long, requires = "secret")]
    traces: Option<PathBuf>,
    /// The most disk for traces, in megabytes; then the oldest day goes.
    #[arg(long, default_value = "1024", value_parser = clap::value_parser!(u32).range(1..))]
    traces_megabytes: u32,
    /// The folder of news: what somebody has to hear of, until it was heard.
    #[arg(long)]
    news: Option<PathBuf>,
}

/// Traces and news while the filter runs.
pub(super) struct Keeping {
    recorder: Option<(Arc<Recorder>, Arc<Known>)>,
    teller: Option<Arc<Teller>>,
    spool: Option<Spool>,
    bytes_max: u64,
    /// Held for as long as this program keeps the folder.
    _held: Option<File>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Asked {
    /// Opens the folders.
    pub(super) fn begin(&self, key: Option<[u8; 32]>) -> anyhow::Result<Keeping> {
        let spool = self.news.as_deref().map(Spool::open).transpose()?;
        let teller = spool
            .clone()
            .map(|spool| Teller::begin(spool, clock::now))
            .transpose()?
            .map(Arc::new);
        let folder = self.traces.as_deref().zip(key);
        let mut held = None;
        let recorder = match folder {
            None => None,
            Some((folder, key)) => {
                held = Some(hold(folder)?);
                Some(recorder(folder, &key)?)
            }
        };
        Ok(Keeping {
            recorder,
            teller,
            spool,
            bytes_max: u64::from(self.traces_megabytes) << 20,
            _held: held,
            stop: Arc::default(),
            thread: None,
        })
    }
}

/// Takes the folder, which one program at a time may keep.
fn hold(folder: &Path) -> anyhow::Result<File> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let path = folder.join(HELD);
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| path.display().to_string())?;
    file.try_lock().with_context(|| {
        format!(
            "{} is kept by another filter that runs already",
            folder.display()
        )
    })?;
    file.set_len(0)?;
    write!(file, "{}", std::process::id())?;
    Ok(file)
}

fn recorder(folder: &Path, key: &[u8; 32]) -> anyhow::Result<(Arc<Recorder>, Arc<Known>)> {
    let known = Arc::new(Known::open(folder, key)?);
    // Until the plan is read nothing is let go: it may hold days.
    let limits = Limits {
        bytes: u64::MAX,
        days: u16::MAX,
        held: BTreeSet::new(),
    };
    let store = Store::begin(folder, key, limits, Box::new(fill), clock::now())?;
    let recorder = Recorder::begin_known(store, &known, fill, clock::now)?;
    Ok((Arc::new(recorder), known))
}

pub(crate) fn fill(bytes: &mut [u8]) {
    // INVARIANT: this program does not begin on a system that gives no randomness.
    assert!(getrandom::fill(bytes).is_ok(), "no randomness");
}

impl Keeping {
    /// Makes what one thread of the filter tells its answers to; nothing, where nothing is kept.
    pub(super) fn traces(&self) -> impl Fn() -> Option<Box<dyn Trace>> + use<> {
        let (recorder, teller) = (self.recorder.clone(), self.teller.clone());
        move || {
            let watch = teller.as_ref().map(|teller| teller.watch());
            match &recorder {
                Some((recorder, known)) => Some(Box::new(Keeper::new(recorder, known, watch))),
                None => watch.map(|watch| Box::new(watch) as Box<dyn Trace>),
            }
        }
    }

    /// Where news is told.
    pub(super) fn spool(&self) -> Option<Spool> {
        self.spool.clone()
    }

    /// Looks after the folder from now on, as the plan of the filter says.
    pub(super) fn look_after(&mut self, filter: &Arc<Filter>) -> anyhow::Result<()> {
        let Some((recorder, known)) = self.recorder.clone() else {
            return Ok(());
        };
        let mut care = Care {
            filter: Arc::clone(filter),
            reader: recorder.reader(),
            recorder,
            known,
            spool: self.spool.clone(),
            bytes_max: self.bytes_max,
            keep: None,
            lost: 0,
            gone: Vec::new(),
            owed: Vec::new(),
            has_failed: false,
        };
        care.begin();
        let stop = Arc::clone(&self.stop);
        let thread = std::thread::Builder::new().name("days".to_owned());
        self.thread = Some(thread.spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                care.look();
                std::thread::park_timeout(LOOK);
            }
            care.look();
        })?);
        Ok(())
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            drop(thread.join());
        }
    }
}

/// Looks after the folder.
struct Care {
    filter: Arc<Filter>,
    recorder: Arc<Recorder>,
    reader: Reader,
    known: Arc<Known>,
    spool: Option<Spool>,
    bytes_max: u64,
    keep: Option<Keep>,
    lost: u64,
    gone: Vec<Date>,
    /// Days that are over and not told yet.
    owed: Vec<Closed>,
    has_failed: bool,
}

impl Care {
    /// Takes up what was not told when the program ended.
    fn begin(&mut self) {
        drop(self.recorder.with(Store::closed));
        let told = self.known.told();
        let again = self.known.owed();
        let days = self.reader.days().unwrap_or_default();
        let days = days
            .into_iter()
            .filter(|day| told.is_none_or(|told| *day > told) || again.contains(day));
        let today = clock::now().date();
        let closed = days.filter(|day| *day < today);
        self.owed
            .extend(closed.filter_map(|day| self.reader.closed(day).ok()));
    }

    fn look(&mut self) {
        self.follow_plan();
        let (closed, gone, broken) = self
            .recorder
            .with(|store| (store.closed(), store.gone(), store.broken()));
        self.owed.extend(closed);
        for one in broken {
            complain(&format!("{one}; it was put aside"));
        }
        for one in &gone {
            match one.why {
                Why::Room => {
                    complain(&format!("traces of {} went: there is no room", one.day));
                    self.gone.push(one.day);
                }
                Why::Old => say(&format!("traces of {} were as old as they may be", one.day)),
            }
        }
        let lost = self.recorder.lost();
        if lost > 0 {
            complain(&format!(
                "{lost} answers were given and could not be kept in the traces"
            ));
            self.lost = self.lost.saturating_add(lost);
        }
        if let (false, Some(first)) = (
            gone.is_empty(),
            self.reader
                .days()
                .ok()
                .and_then(|days| days.first().copied()),
        ) {
            self.try_to(|care| Ok(care.known.let_go(first)?));
        }
        self.try_to(|care| Ok(care.known.save(&mut fill)?));
        self.try_to(Care::tell);
    }

    /// Says once that something went wrong, until it goes well again.
    fn try_to(&mut self, what: impl FnOnce(&mut Care) -> anyhow::Result<()>) {
        match what(self) {
            Ok(()) => {}
            Err(error) if !self.has_failed => {
                complain(&format!("the folder of traces: {error:#}"));
                self.has_failed = true;
            }
            Err(_) => {}
        }
    }

    /// Keeps what the plan of now says, and forgets whom it says.
    fn follow_plan(&mut self) {
        let gate = self.filter.gate();
        let keep = &gate.plan().traces;
        if self.keep.as_ref() == Some(keep) {
            return;
        }
        let limits = Limits {
            bytes: self.bytes_max,
            days: keep.days,
            held: keep.held.clone(),
        };
        let people = numbers(&keep.forgotten);
        let done = self.recorder.with(|store| {
            store.set_limits(limits, clock::now())?;
            Ok::<_, gate::traces::StoreError>(())
        });
        let days = self.reader.days().unwrap_or_default();
        let forgotten = done.and_then(|()| {
            if people.is_empty() {
                return Ok(());
            }
            // Whatever happens now, these days are told anew.
            self.known.owe(days.iter().copied());
            self.known.save(&mut fill)?;
            self.recorder.with(|store| store.forget(&people))
        });
        match forgotten {
            Ok(()) => self.keep = Some(keep.clone()),
            Err(error) if !self.has_failed => {
                complain(&format!("the folder of traces: {error}"));
                self.has_failed = true;
            }
            Err(_) => {}
        }
    }

    /// Tells days that are over.
    fn tell(&mut self) -> anyhow::Result<()> {
        let Some(spool) = &self.spool else {
            self.owed.clear();
            return Ok(());
        };
        while let Some(closed) = self.owed.first() {
            let news = News::Day(Day {
                day: closed.day,
                events: closed.events,
                bytes: closed.bytes,
                digest: ledger::hex::encode(&closed.digest),
                lost: self.lost,
                gone: std::mem::take(&mut self.gone),
            });
            spool.tell(news, clock::now(), getrandom::u64().unwrap_or(0))?;
            self.lost = 0;
            self.known.note_told(closed.day);
            self.owed.remove(0);
        }
        if self.keep.is_some() {
            self.known.owe_nothing();
        }
        self.known.save(&mut fill)?;
        self.has_failed = false;
        Ok(())
    }
}

/// The numbers in names such as `person-7`.
fn numbers(names: &BTreeSet<String>) -> BTreeSet<u32> {
    let number = |name: &String| name.rsplit_once('-')?.1.parse().ok();
    names.iter().filter_map(number).collect()
}
