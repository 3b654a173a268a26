//! The one writer. It takes the acts that wait, judges them in order against a state of its own,
//! appends all that came of them in one transaction, and only then answers. When another process
//! was faster it takes in what that one wrote and judges again.

use crate::{
    desk::{Answer, Done, Entropy, Failed, Shared, Standing, catch_up, load_keys},
    state::{State, Strange},
};
use families::{
    data,
    spine::{
        act::{Act, Actor, Case},
        entry::Entry,
        judge,
    },
};
use kernel::{
    chance::Chance,
    moment::Moment,
    sealed::{Key, Keys, Sealer},
};
use ledger::{
    keys::KeyError,
    line::{Draft, Head},
    store::AppendError,
};
use std::{
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::JoinHandle,
};

/// The most acts that are written together.
const TOGETHER_MAX: usize = 256;
/// The most acts that wait; whoever comes then waits at the door.
const WAITING_MAX: usize = 4096;
/// How often a batch is judged again because another process was faster.
const AGAIN_MAX: usize = 50;

/// An act on its way.
pub(crate) struct Job {
    pub(crate) who: Actor,
    pub(crate) act: Box<Act>,
    pub(crate) confirmed: Vec<String>,
    pub(crate) at: Moment,
    pub(crate) reply: Box<dyn FnOnce(Answer) + Send>,
}

enum Message {
    Job(Job),
    Refresh(mpsc::SyncSender<()>),
}

/// The writer's thread.
pub(crate) struct Writer {
    send: Mutex<Option<mpsc::SyncSender<Message>>>,
    thread: Option<JoinHandle<()>>,
}

/// What is told to somebody whose act could not be written.
pub(crate) fn stopped() -> Failed {
    Failed::Unavailable(
        "Stairgate is closing down, so this was not written. Try again in a minute; nothing else was changed".to_owned(),
    )
}

impl Writer {
    pub(crate) fn start(shared: Arc<Shared>, entropy: Entropy) -> Writer {
        let (send, take) = mpsc::sync_channel(WAITING_MAX);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || Work::new(shared, entropy).run(&take))
            .map_err(|error| tracing::error!(%error, "the writer could not be started"))
            .ok();
        Writer {
            send: Mutex::new(Some(send)),
            thread,
        }
    }

    pub(crate) fn send(&self, job: Job) {
        let door = self
            .send
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let Some(door) = door else {
            (job.reply)(Err(stopped()));
            return;
        };
        if let Err(mpsc::SendError(Message::Job(job))) = door.send(Message::Job(job)) {
            (job.reply)(Err(stopped()));
        }
    }

    pub(crate) fn refresh(&self) {
        let (tell, done) = mpsc::sync_channel(1);
        let door = self
            .send
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if door.is_some_and(|door| door.send(Message::Refresh(tell)).is_ok()) {
            done.recv().unwrap_or_default();
        }
    }
}

impl Drop for Writer {
    /// Everything that waits is still written.
    fn drop(&mut self) {
        drop(
            self.send
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// What the writer works with.
struct Work {
    shared: Arc<Shared>,
    entropy: Entropy,
    /// The next state, one step ahead of what readers see while acts are being written.
    next: State,
    keys: Arc<Keys>,
    read_only: Option<Strange>,
}

/// What came of one act before it is on disk.
enum Verdict {
    Entries(Vec<Entry>),
    No(judge::No),
}

/// Why a batch was not appended.
enum NotAppended {
    /// Another process was faster.
    Overtaken,
    /// The store or the keys are in trouble.
    Trouble(String),
}

struct Batch {
    drafts: Vec<Draft>,
    fresh: Vec<(String, Key)>,
    verdicts: Vec<Verdict>,
}

impl Work {
    fn new(shared: Arc<Shared>, entropy: Entropy) -> Work {
        let Standing {
            state,
            keys,
            read_only,
        } = shared.shown();
        Work {
            shared,
            entropy,
            next: State::clone(&state),
            keys,
            read_only,
        }
    }

    fn run(&mut self, take: &mpsc::Receiver<Message>) {
        while let Ok(first) = take.recv() {
            let mut jobs = Vec::new();
            let mut waiting = Vec::new();
            let mut message = Some(first);
            while let Some(taken) = message {
                match taken {
                    Message::Job(job) => jobs.push(job),
                    Message::Refresh(tell) => waiting.push(tell),
                }
                message = if jobs.len() < TOGETHER_MAX {
                    take.try_recv().ok()
                } else {
                    None
                };
            }
            if !jobs.is_empty() {
                self.write(jobs);
            }
            if !waiting.is_empty() {
                self.take_in_news();
                waiting
                    .into_iter()
                    .for_each(|tell| tell.send(()).unwrap_or_default());
            }
        }
    }

    /// Judges, appends, shows, answers.
    fn write(&mut self, jobs: Vec<Job>) {
        if let Some(newer) = &self.read_only {
            let says = newer.to_string();
            jobs.into_iter()
                .for_each(|job| (job.reply)(Err(Failed::Unavailable(says.clone()))));
            return;
        }
        let mut again = 0;
        let written = loop {
            let batch = self.judge(&jobs);
            if batch.drafts.is_empty() {
                break Ok(batch);
            }
            match self.append(&batch) {
                Ok(head) => {
                    self.next.head = head;
                    break Ok(batch);
                }
                Err(NotAppended::Overtaken) if again < AGAIN_MAX => {
                    again += 1;
                    self.take_in_news();
                    if self.read_only.is_some() {
                        break Err("The ledger was written by a newer Stairgate meanwhile. Update this one".to_owned());
                    }
                }
                Err(NotAppended::Overtaken) => {
                    break Err(self.not_written("others were faster each time"));
                }
                Err(NotAppended::Trouble(why)) => break Err(self.not_written(&why)),
            }
        };
        match written {
            Ok(batch) => self.finish(jobs, batch),
            Err(says) => jobs
                .into_iter()
                .for_each(|job| (job.reply)(Err(Failed::Unavailable(says.clone())))),
        }
    }

    /// Goes back to what is known to be on disk, and says so.
    fn not_written(&mut self, why: &str) -> String {
        tracing::error!(why, "acts could not be written");
        self.next = State::clone(&self.shared.shown().state);
        self.take_in_news();
        "This could not be written to the disk, so nothing was changed. Try again; if it happens again, \
         check that the disk is not full"
            .to_owned()
    }

    fn judge(&mut self, jobs: &[Job]) -> Batch {
        let mut batch = Batch {
            drafts: Vec::new(),
            fresh: Vec::new(),
            verdicts: Vec::with_capacity(jobs.len()),
        };
        for job in jobs {
            let mut seed = [0_u8; 32];
            (self.entropy)(&mut seed);
            let chance = Chance::from_seed(seed);
            let keys = Arc::clone(&self.keys);
            let sealer = Sealer::new(&keys, &chance);
            let case = Case {
                who: &job.who,
                now: job.at,
                today: job.at.date(),
                setting: &self.next.setting,
                in_force: &self.next.in_force,
                sealer: &sealer,
                confirmed: &job.confirmed,
            };
            let decided = judge::decide(&job.act, &case);
            let fresh = sealer.into_fresh();
            match decided {
                Ok(entries) => {
                    self.learn(&fresh);
                    batch.fresh.extend(fresh);
                    self.draft(job, &entries, &mut batch.drafts);
                    batch.verdicts.push(Verdict::Entries(entries));
                }
                Err(no) => batch.verdicts.push(Verdict::No(no)),
            }
        }
        batch
    }

    fn learn(&mut self, fresh: &[(String, Key)]) {
        if fresh.is_empty() {
            return;
        }
        let keys = Arc::make_mut(&mut self.keys);
        fresh
            .iter()
            .for_each(|(subject, key)| keys.learn(subject.clone(), key.clone()));
    }

    fn draft(&mut self, job: &Job, entries: &[Entry], drafts: &mut Vec<Draft>) {
        let by = job.who.to_line();
        for entry in entries {
            let written = entry.write();
            let seq = self.next.head.seq.saturating_add(1);
            self.next.fold(entry, seq, job.at, &job.who);
            // The link is set when the lines are on disk; until then only the number counts.
            self.next.head.seq = seq;
            drafts.push(Draft {
                at: job.at.micros(),
                by: by.clone(),
                kind: written.kind.to_owned(),
                version: written.version,
                body: written.body,
            });
        }
    }

    /// Keeps the new keys, then the lines that need them.
    fn append(&mut self, batch: &Batch) -> Result<Head, NotAppended> {
        let after = self.shared.shown().state.head;
        match self.shared.keys.save(&batch.fresh, &mut *self.entropy) {
            Ok(()) => {}
            // Another process gives the same number to a person: judge again with the key that is there.
            Err(KeyError::Taken(_)) => return Err(NotAppended::Overtaken),
            Err(error) => return Err(NotAppended::Trouble(error.to_string())),
        }
        self.shared
            .store
            .append(&after, &batch.drafts)
            .map_err(|error| match error {
                AppendError::Moved(_) => NotAppended::Overtaken,
                other => NotAppended::Trouble(other.to_string()),
            })
    }

    /// Shows the new state, does what follows from the entries, and answers.
    fn finish(&mut self, jobs: Vec<Job>, batch: Batch) {
        let mut seq = self.next.head.seq.saturating_sub(batch.drafts.len() as u64);
        let first = seq;
        if !batch.drafts.is_empty() {
            self.show(&batch, &jobs, first);
            self.destroy_keys(&batch, &jobs);
        }
        for (job, verdict) in jobs.into_iter().zip(batch.verdicts) {
            let answer = match verdict {
                Verdict::No(no) => Err(Failed::No(no)),
                Verdict::Entries(entries) => {
                    let kinds: Vec<&'static str> =
                        entries.iter().map(|entry| entry.write().kind).collect();
                    let seqs = entries
                        .iter()
                        .map(|_| {
                            seq += 1;
                            seq
                        })
                        .collect();
                    Ok(Done { seqs, kinds })
                }
            };
            (job.reply)(answer);
        }
    }

    /// Readers see the new state; the old one is brought up to it and becomes the next, unless a
    /// reader still holds it: then the new one is copied.
    fn show(&mut self, batch: &Batch, jobs: &[Job], first: u64) {
        let new = Arc::new(std::mem::take(&mut self.next));
        let head = new.head;
        let old = {
            let mut shown = self
                .shared
                .shown
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            shown.keys = Arc::clone(&self.keys);
            std::mem::replace(&mut shown.state, Arc::clone(&new))
        };
        self.next = match Arc::try_unwrap(old) {
            Ok(mut state) => {
                let mut seq = first;
                for (job, verdict) in jobs.iter().zip(&batch.verdicts) {
                    let Verdict::Entries(entries) = verdict else {
                        continue;
                    };
                    for entry in entries {
                        seq += 1;
                        state.fold(entry, seq, job.at, &job.who);
                    }
                }
                state.head = head;
                state
            }
            Err(_) => State::clone(&new),
        };
    }

    /// An erasure is an entry first; the key goes because of it.
    fn destroy_keys(&mut self, batch: &Batch, jobs: &[Job]) {
        for (job, verdict) in jobs.iter().zip(&batch.verdicts) {
            let Verdict::Entries(entries) = verdict else {
                continue;
            };
            for entry in entries {
                let Entry::Data(data::entries::Entry::Erased(erased)) = entry else {
                    continue;
                };
                let subject = erased.person.subject();
                let gone = self.shared.keys.destroy(
                    &subject,
                    job.at.micros(),
                    &erased.why,
                    &mut *self.entropy,
                );
                match gone {
                    Ok(_) => Arc::make_mut(&mut self.keys).destroy(&subject),
                    // The entry stands; the next start destroys the key.
                    Err(error) => {
                        tracing::error!(%error, "a key could not be destroyed; it is tried again at the next start")
                    }
                }
                let mut shown = self
                    .shared
                    .shown
                    .write()
                    .unwrap_or_else(PoisonError::into_inner);
                shown.keys = Arc::clone(&self.keys);
            }
        }
    }

    /// Takes in what others wrote, so that what readers see and the next state are the same again.
    fn take_in_news(&mut self) {
        let mut state = State::clone(&self.shared.shown().state);
        let mut read_only = self.read_only.take();
        if let Err(error) = catch_up(&*self.shared.store, &mut state, &mut read_only) {
            tracing::error!(%error, "what others wrote could not be taken in");
        }
        self.read_only = read_only;
        match load_keys(&self.shared.keys) {
            Ok(keys) => self.keys = Arc::new(keys),
            Err(error) => tracing::error!(%error, "the keys could not be read"),
        }
        self.next = state.clone();
        let mut shown = self
            .shared
            .shown
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *shown = Standing {
            state: Arc::new(state),
            keys: Arc::clone(&self.keys),
            read_only: self.read_only.clone(),
        };
    }
}
