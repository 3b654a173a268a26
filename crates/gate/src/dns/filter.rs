//! The filter while it runs: the gate in use, what is kept, whom it asks. A new gate takes its place
//! between two answers, once it has passed its trial; until then the one before answers.

use super::{
    cache::{Cache, key},
    kept::{Asked, Kept},
    question::{Came, Question},
    rule::{self, Ruled, Step},
    say::{self, Way, Why},
    upstream::Upstream,
};
use crate::{
    check,
    compiled::{Damaged, Origin},
    content::Theme,
    news::{Occasion, Tested},
    plan::{Asker, Decision, Gate, Seat},
    seam::{Fault, broken},
    traces::{Answer, Door},
    trial::{self, Depth, Doors},
};
use arc_swap::ArcSwap;
use kernel::moment::Moment;
use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// How long an answer that holds no more may be given, when nobody upstream answers.
const STALE_SECONDS: u32 = 86_400;

/// For how many seconds such an answer is believed.
const STALE_KEEP_SECONDS: u32 = 30;

/// How long is waited for upstream while such an answer is there.
const STALE_PATIENCE: Duration = Duration::from_millis(1800);

/// How long is waited for upstream.
const PATIENCE: Duration = Duration::from_secs(6);

/// The most questions that are asked upstream at once.
const ASKING_MAX: usize = 1024;

/// Results of trials that may wait to be taken.
const TESTED_MAX: usize = 64;

/// Where it is told what was answered. Each thread that answers has its own.
pub trait Trace: Send {
    /// Somebody was answered.
    fn answered(&mut self, told: &Told<'_>);

    /// Somebody searched for words, the name of what is told, that may be about a theme.
    fn searched(&mut self, _told: &Told<'_>, _theme: Theme) {}

    /// Nobody asks just now.
    fn rest(&mut self) {}
}

/// Where nothing is told.
pub struct Untold;

impl Trace for Untold {
    fn answered(&mut self, _told: &Told<'_>) {}
}

/// One after the other.
impl Trace for (Box<dyn Trace>, Box<dyn Trace>) {
    fn answered(&mut self, told: &Told<'_>) {
        self.0.answered(told);
        self.1.answered(told);
    }

    fn searched(&mut self, told: &Told<'_>, theme: Theme) {
        self.0.searched(told, theme);
        self.1.searched(told, theme);
    }

    fn rest(&mut self) {
        self.0.rest();
        self.1.rest();
    }
}

/// What was answered, to whom, and why.
pub struct Told<'a> {
    /// When.
    pub at: Moment,
    /// By which way.
    pub door: Door,
    /// From where, where it is known by its address.
    pub from: Option<IpAddr>,
    /// Where whoever asked stands.
    pub seat: Seat,
    /// The name, in its normal form.
    pub name: &'a str,
    /// The type that was asked for, as a number.
    pub kind: u16,
    /// What was decided.
    pub decision: Decision,
    /// The list and line that decided.
    pub origin: Option<Origin>,
    /// What was answered.
    pub answer: Answer,
    /// What decided: the plan and the file.
    pub gate: &'a Gate,
}

/// Why a gate is not put to use.
#[derive(Debug, thiserror::Error)]
pub enum NotFit {
    /// Its trial found wrong answers.
    #[error(
        "the trial found {} wrong answers, the first: {}",
        tested.wrong,
        tested.findings.first().map_or("", String::as_str)
    )]
    Wrong {
        /// What it found.
        tested: Box<Tested>,
    },
    /// Its file is damaged.
    #[error(transparent)]
    Damaged(#[from] Damaged),
    /// It could not be tried.
    #[error("it could not be tried")]
    Untried(#[source] std::io::Error),
}

/// The filter while it runs.
pub struct Filter {
    gate: ArcSwap<Gate>,
    /// The gate that answered before, until the one of now has been tried from outside.
    before: Mutex<Option<Arc<Gate>>>,
    is_open: AtomicBool,
    tested: Mutex<VecDeque<Tested>>,
    changes: AtomicU64,
    cache: Cache,
    upstream: Upstream,
    asking: Mutex<HashMap<Vec<u8>, Asking>>,
    pub(super) traces: Mutex<Box<dyn Trace>>,
    clock: fn() -> Moment,
    begun: Instant,
}

type Asking = watch::Receiver<Option<Option<Arc<Kept>>>>;

impl Filter {
    /// Begins with a gate that has passed its trial. There is no beginning without one, and nobody is
    /// answered until it is opened.
    pub(super) fn begin(
        gate: Gate,
        cache_bytes_max: usize,
        upstream: Upstream,
        traces: Box<dyn Trace>,
        clock: fn() -> Moment,
    ) -> Result<Filter, NotFit> {
        let gate = Arc::new(gate);
        let tested = try_out(&gate, Occasion::Start, clock)?;
        let filter = Filter::untried(gate, cache_bytes_max, upstream, traces, clock);
        filter.note(tested);
        Ok(filter)
    }

    /// A filter that nobody has tried: what a trial begins with.
    pub(super) fn untried(
        gate: Arc<Gate>,
        cache_bytes_max: usize,
        upstream: Upstream,
        traces: Box<dyn Trace>,
        clock: fn() -> Moment,
    ) -> Filter {
        // Without chance, names that meet in the table could be chosen; answers stay right.
        let seed = getrandom::u64().unwrap_or(0);
        Filter {
            gate: ArcSwap::from(gate),
            before: Mutex::default(),
            is_open: AtomicBool::new(false),
            tested: Mutex::default(),
            changes: AtomicU64::new(1),
            cache: Cache::new(cache_bytes_max, seed),
            upstream,
            asking: Mutex::default(),
            traces: Mutex::new(traces),
            clock,
            begun: Instant::now(),
        }
    }

    /// From now on everybody is answered, and not only the trial.
    pub(super) fn open(&self) {
        self.is_open.store(true, Ordering::Release);
    }

    /// Whether somebody is answered: before it is open, only the trial is.
    pub(super) fn answers(&self, seat: Seat) -> bool {
        self.is_open.load(Ordering::Acquire) || seat.trial
    }

    /// Goes over to another gate, if it passes its trial. If not, the one before answers on. How the
    /// trial went.
    ///
    /// # Errors
    ///
    /// Says what the trial found.
    pub fn change(&self, gate: Gate) -> Result<Tested, NotFit> {
        let gate = Arc::new(gate);
        let tested = try_out(&gate, Occasion::Change, self.clock)?;
        let before = self.gate.swap(gate);
        *self.before.lock().unwrap_or_else(PoisonError::into_inner) = Some(before);
        self.changes.fetch_add(1, Ordering::Release);
        Ok(tested)
    }

    /// Tries what answers now as if it were new: at night.
    pub(super) fn try_again(&self) -> Result<Tested, NotFit> {
        try_out(&self.gate(), Occasion::Night, self.clock)
    }

    /// Asks what answers now from the network's own side.
    pub(super) fn ask_from_outside(
        &self,
        doors: &Doors,
        how: (Occasion, Depth),
    ) -> Result<Tested, NotFit> {
        let begun = Instant::now();
        let gate = self.gate();
        let ask = || trial::ask_from_outside(&gate, doors, how, self.now());
        let mut tested = ask()?;
        // A packet may have been lost, or a session ended: what is wrong stays wrong.
        if tested.wrong > 0 && !doors.are_closing() {
            tested = ask()?;
        }
        if doors.are_closing() {
            tested.wrong = 0;
        }
        tested.millis = millis(begun);
        Ok(tested)
    }

    /// Goes back to the gate of before, where there is one: the one that answers now did not pass
    /// when it was asked from outside.
    pub(super) fn step_back(&self) -> bool {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(gate) = before.take() else {
            return false;
        };
        self.gate.store(gate);
        self.changes.fetch_add(1, Ordering::Release);
        true
    }

    /// What answers now is good: nothing of before is needed any more.
    pub(super) fn stay(&self) {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = before.take();
        drop(before);
        drop(gone);
    }

    /// Notes how a trial went, until somebody takes it.
    pub(super) fn note(&self, tested: Tested) {
        let mut all = self.tested.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= TESTED_MAX {
            all.pop_front();
        }
        all.push_back(tested);
    }

    /// How the trials went that nobody has taken yet, the oldest first.
    #[must_use]
    pub fn take_tested(&self) -> Vec<Tested> {
        let mut all = self.tested.lock().unwrap_or_else(PoisonError::into_inner);
        all.drain(..).collect()
    }

    /// The gate that answers now.
    #[must_use]
    pub fn gate(&self) -> Arc<Gate> {
        self.gate.load_full()
    }

    /// How often the gate has changed.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    pub(crate) fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Seconds since the beginning.
    pub(super) fn seconds(&self) -> u32 {
        u32::try_from(self.begun.elapsed().as_secs()).unwrap_or(u32::MAX - STALE_SECONDS * 2)
    }

    /// Answers a message that came from somebody. Nothing, where it is better not answered.
    pub(super) async fn answer(
        self: &Arc<Filter>,
        message: &[u8],
        asker: Asker<'_>,
        door: Door,
        way: Way,
    ) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(512);
        let question = match Question::read(message) {
            Came::Nothing => return None,
            Came::No(no) => return say::no(&mut out, message, no).map(|()| out),
            Came::Question(question) => question,
        };
        let (mut gate, mut at) = (self.gate(), self.now());
        let mut seat = gate.seat(asker, at);
        if !self.answers(seat) {
            return None;
        }
        let name = question.text();
        let mut ruled = unbound(rule::rule(&gate, seat, &question, at));
        if let Step::Ask { safe, at_home } = ruled.step {
            let asked = rule::asked(name, question.kind, safe, at_home);
            let kept = self.resolve(asked).await;
            // While it was waited for, it may have been closed.
            (gate, at) = (self.gate(), self.now());
            seat = gate.seat(asker, at);
            let before = ruled.step;
            ruled = rule::rule(&gate, seat, &question, at);
            match kept {
                Some(kept) if ruled.step == before => {
                    if !broken(|| Fault::StreamAliasesFree) {
                        ruled = rule::rule_answer(&gate, seat, ruled, (&kept, question.kind), at);
                    }
                    if matches!(ruled.step, Step::Ask { .. }) {
                        self.write_kept(&mut out, message, &question, &kept, ruled, way);
                    }
                }
                Some(_) | None if matches!(ruled.step, Step::Ask { .. }) => {
                    ruled = rule::failed(ruled);
                }
                Some(_) | None => {}
            }
        }
        if let Step::Say(own) = ruled.step {
            say::own(
                &mut out,
                message,
                &question,
                own,
                ruled.seconds_max,
                ruled.why,
            );
        }
        let told = Told {
            at,
            door,
            from: asker.address(),
            seat,
            name,
            kind: question.kind,
            decision: ruled.decision,
            origin: origin(&gate, ruled.decision),
            answer: ruled.answer,
            gate: &gate,
        };
        if !seat.trial {
            let mut traces = self.traces.lock().unwrap_or_else(PoisonError::into_inner);
            traces.answered(&told);
        }
        Some(out)
    }

    fn write_kept(
        &self,
        out: &mut Vec<u8>,
        message: &[u8],
        question: &Question,
        kept: &Kept,
        ruled: Ruled,
        way: Way,
    ) {
        let now = self.seconds();
        let (most, why) = if kept.is_over(now) {
            (STALE_KEEP_SECONDS.min(ruled.seconds_max), Why::Stale)
        } else {
            (ruled.seconds_max, ruled.why)
        };
        say::kept(out, message, question, kept, (now, most), way, why);
    }

    /// What is kept and holds, without asking anybody.
    pub(super) fn kept(&self, asked: Asked<'_>) -> Option<Arc<Kept>> {
        let kept = self.cache.get(&key(asked))?;
        (!kept.is_over(self.seconds())).then_some(kept)
    }

    /// An answer: kept, or from upstream, or an old one when nobody answers.
    pub(super) async fn resolve(self: &Arc<Filter>, asked: Asked<'_>) -> Option<Arc<Kept>> {
        let (key, now) = (key(asked), self.seconds());
        let kept = self.cache.get(&key);
        if let Some(kept) = kept.as_ref().filter(|kept| !kept.is_over(now)) {
            if kept.is_nearly_over(now) && !kept.renewing.swap(true, Ordering::Relaxed) {
                drop(self.ask(&key, asked));
            }
            return Some(Arc::clone(kept));
        }
        let stale = kept.filter(|kept| {
            let end = kept.made.saturating_add(kept.seconds);
            now < end.saturating_add(STALE_SECONDS)
        });
        let patience = if stale.is_some() {
            STALE_PATIENCE
        } else {
            PATIENCE
        };
        let Some(mut asking) = self.ask(&key, asked) else {
            return stale;
        };
        let come = tokio::time::timeout(patience, asking.wait_for(Option::is_some)).await;
        match come {
            Ok(Ok(come)) => come.clone().flatten().or(stale),
            Ok(Err(_)) | Err(_) => stale,
        }
    }

    /// Asks upstream again, ahead of time.
    pub(super) async fn renew(self: &Arc<Filter>, asked: Asked<'_>) {
        drop(self.ask(&key(asked), asked));
    }

    /// Asks upstream, once for all who wait for the same.
    fn ask(self: &Arc<Filter>, key: &[u8], asked: Asked<'_>) -> Option<Asking> {
        let mut asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asking) = asking.get(key) {
            return Some(asking.clone());
        }
        if asking.len() >= ASKING_MAX {
            return None;
        }
        let (tell, told) = watch::channel(None);
        asking.insert(key.to_vec(), told.clone());
        let (filter, key) = (Arc::clone(self), key.to_vec());
        let (name, safe) = (asked.name.to_owned(), asked.safe.map(str::to_owned));
        let Asked { kind, at_home, .. } = asked;
        tokio::spawn(async move {
            let asked = Asked {
                name: &name,
                kind,
                safe: safe.as_deref(),
                at_home,
            };
            let kept = filter.upstream.ask(asked, filter.seconds()).await;
            let kept = kept.map(Arc::new);
            if let Some(kept) = &kept {
                filter.cache.put(&key, Arc::clone(kept));
            }
            let mut asking = filter.asking.lock().unwrap_or_else(PoisonError::into_inner);
            asking.remove(&key);
            drop(asking);
            tell.send_replace(Some(kept));
        });
        Some(told)
    }
}

/// The list and line by which a decision came.
pub(super) fn origin(gate: &Gate, decision: Decision) -> Option<Origin> {
    let origins = gate.file().origins(&decision.hit?);
    origins.ok()?.first().copied()
}

/// What was ruled, or what a filter makes of it whose streams are broken on purpose.
fn unbound(mut ruled: Ruled) -> Ruled {
    if broken(|| Fault::StreamsFree) {
        ruled.step = Step::Ask {
            safe: None,
            at_home: false,
        };
    }
    ruled
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Tries a gate before anybody is answered from it: what it decides, and what comes of that on its
/// way through everything that answers.
fn try_out(gate: &Arc<Gate>, occasion: Occasion, clock: fn() -> Moment) -> Result<Tested, NotFit> {
    let begun = Instant::now();
    let at = clock();
    let checked = check::check_quickly(gate, at)?;
    let mut tested = trial::tested(checked, occasion, at);
    if tested.wrong == 0 {
        trial::rehearse(gate, clock, &mut tested)?;
    }
    tested.millis = millis(begun);
    if tested.wrong > 0 {
        return Err(NotFit::Wrong {
            tested: Box::new(tested),
        });
    }
    Ok(tested)
}
