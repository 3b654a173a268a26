//! What the writer does: judges the acts that wait, in order, against a state of its own, appends
//! all that came of them in one transaction, shows the new state, and only then answers. When
//! another process was faster it takes in what that one wrote and judges again.

use crate::{
    batch::{self, Batch, Verdict},
    desk::{Answer, Done, Entropy, Failed, OpenError},
    shared::{Shared, Shown, catch_up, finish_erasures, load_keys},
    state::State,
    writer::Job,
};
use families::{
    access::exceptions,
    concerns::{entries::Entry as ConcernEntry, keeping::entries::Entry as KeepingEntry},
    data::entries::Entry as DataEntry,
    spine::{
        act::{Actor, Case},
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
    store::{AppendError, StoreError},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// How often a batch is judged again because another process was faster.
const AGAIN_MAX: usize = 1_000;
/// Why the key of a case was destroyed.
const LET_GO: &str = "let go by two people after the time for keeping";

const NOT_WRITTEN: &str = "This could not be written to the disk, so nothing was changed. Try again; \
    if it happens again, check that the disk is not full";
const NOT_KNOWN: &str = "The connection to the ledger broke while this was being written, so it is not \
    known whether it was. Look at Activity before you try again";
const BROKEN: &str = "Something went wrong inside Stairgate, so it takes no more changes until it is \
    started again. Whatever was confirmed before is kept";
const OTHER_LEDGER: &str = "The ledger is no longer the one that was opened: lines are missing from it \
    that were there. No changes are taken. Check the ledger before Stairgate is started again";

/// What the writer works with.
pub(crate) struct Work {
    shared: Arc<Shared>,
    entropy: Entropy,
    /// The next state, one step ahead of what readers see while acts are being written.
    next: State,
    /// The state that readers saw before, on its way to become the next.
    behind: Option<Behind>,
    keys: Keys,
}

/// A state that is some entries behind what is shown.
struct Behind {
    state: Arc<State>,
    entries: Vec<(Entry, u64, Moment, Actor)>,
}

/// Why a batch was not appended.
enum NotAppended {
    /// Another process was faster.
    Overtaken,
    /// Nothing of it was written, and why.
    NotWritten(String),
    /// Nobody can say now, and why.
    NotKnown(String),
}

impl Work {
    pub(crate) fn new(shared: Arc<Shared>, entropy: Entropy) -> Work {
        let Shown { state, keys, .. } = shared.shown();
        Work {
            shared,
            entropy,
            next: State::clone(&state),
            behind: None,
            keys,
        }
    }

    /// Judges, appends, shows, answers. An act that makes the program stumble changes nothing; when
    /// it stumbles elsewhere nothing more is taken, since nobody knows how far it came.
    pub(crate) fn write(&mut self, jobs: Vec<Job>) {
        if catch_unwind(AssertUnwindSafe(|| self.write_all(jobs))).is_err() {
            self.shared.close(BROKEN);
        }
    }

    /// Takes in what other processes have written, if anything.
    pub(crate) fn refresh(&mut self) {
        let taken = catch_unwind(AssertUnwindSafe(|| self.take_in_news()));
        match taken {
            Ok(Ok(())) => {}
            Ok(Err(why)) => tracing::error!(why, "what others wrote could not be taken in"),
            Err(_) => self.shared.close(BROKEN),
        }
    }

    fn write_all(&mut self, jobs: Vec<Job>) {
        if let Some(says) = self.shared.shown().closed {
            refuse(jobs, &says);
            return;
        }
        self.catch_up_behind();
        match self.judge_and_append(&jobs) {
            Ok(batch) => {
                let answers = self.finish(&jobs, batch);
                for (job, answer) in jobs.into_iter().zip(answers) {
                    (job.reply)(answer);
                }
                // Readers who hold the old state get the time until the next act to leave it.
                self.try_behind();
            }
            Err(says) => refuse(jobs, &says),
        }
    }

    fn judge_and_append(&mut self, jobs: &[Job]) -> Result<Batch, String> {
        for _ in 0..AGAIN_MAX {
            let batch = self.judge(jobs);
            let appended = if batch.drafts.is_empty() {
                self.is_current()
            } else {
                self.append(&batch)
            };
            match appended {
                Ok(head) => {
                    self.next.head = head;
                    return Ok(batch);
                }
                Err(NotAppended::Overtaken) => {
                    let taken = self.take_in_news();
                    if let Some(says) = self.shared.shown().closed {
                        return Err(says.to_string());
                    }
                    if let Err(why) = taken {
                        return Err(self.not_written(&why, NOT_WRITTEN));
                    }
                }
                Err(NotAppended::NotWritten(why)) => {
                    return Err(self.not_written(&why, NOT_WRITTEN));
                }
                Err(NotAppended::NotKnown(why)) => return Err(self.not_written(&why, NOT_KNOWN)),
            }
        }
        Err(self.not_written("others were faster each time", NOT_WRITTEN))
    }

    /// Goes back to what is known to be on disk, and hands on what is said to people.
    fn not_written(&mut self, why: &str, says: &str) -> String {
        tracing::error!(why, "acts could not be written");
        self.back_to_shown();
        self.refresh();
        let closed = self.shared.shown().closed;
        closed.map_or_else(|| says.to_owned(), |why| why.to_string())
    }

    /// Forgets what was judged and not written, the keys that it made too.
    fn back_to_shown(&mut self) {
        let Shown { state, keys, .. } = self.shared.shown();
        self.next = State::clone(&state);
        self.behind = None;
        self.keys = keys;
    }

    fn judge(&mut self, jobs: &[Job]) -> Batch {
        let mut batch = Batch::for_acts(jobs.len());
        for job in jobs {
            let verdict = self.judge_one(job, &mut batch);
            batch.verdicts.push(verdict);
        }
        batch
    }

    fn judge_one(&mut self, job: &Job, batch: &mut Batch) -> Verdict {
        let mut seed = [0_u8; 32];
        (self.entropy)(&mut seed);
        let chance = Chance::from_seed(seed);
        let sealer = Sealer::new(&self.keys, &chance);
        let (setting, in_force) = (&self.next.setting, &self.next.in_force);
        let who = exceptions::lend(&job.who, setting, in_force, job.at);
        let case = Case {
            who: &who,
            now: job.at,
            today: job.at.date(),
            setting: &self.next.setting,
            in_force: &self.next.in_force,
            sealer: &sealer,
            confirmed: &job.confirmed,
        };
        let decided = catch_unwind(AssertUnwindSafe(|| judge::decide(&job.act, &case)));
        let fresh = sealer.into_fresh();
        let entries = match decided {
            Ok(Ok(entries)) => entries,
            Ok(Err(no)) => return Verdict::Not(Failed::No(no)),
            Err(_) => return batch::stumbled(job.act.name()),
        };
        let (drafts, kinds) = match batch::drafts(job, &entries) {
            Ok(drafted) => drafted,
            Err(not) => return not,
        };
        for (subject, key) in &fresh {
            self.keys.learn(subject.clone(), key.clone());
        }
        batch.fresh.extend(fresh);
        for entry in &entries {
            let seq = self.next.head.seq.saturating_add(1);
            self.next.fold(entry, seq, job.at, &job.who);
            // The link is set when the lines are on disk; until then only the number counts.
            self.next.head.seq = seq;
        }
        batch.drafts.extend(drafts);
        Verdict::Entries(entries, kinds)
    }

    /// A no is as good as the state that it was judged by: has nobody written since?
    fn is_current(&self) -> Result<Head, NotAppended> {
        match self.shared.store.head() {
            Ok(head) if head == self.next.head => Ok(head),
            Ok(_) => Err(NotAppended::Overtaken),
            Err(error) => Err(NotAppended::NotWritten(error.to_string())),
        }
    }

    /// Keeps the new keys, then the lines that need them.
    fn append(&mut self, batch: &Batch) -> Result<Head, NotAppended> {
        self.save_keys(&batch.fresh)?;
        let after = self.shared.shown().state.head;
        match self.shared.store.append(&after, &batch.drafts) {
            Ok(head) => Ok(head),
            Err(AppendError::Moved(_)) => Err(NotAppended::Overtaken),
            Err(AppendError::Store(error)) => self.what_became_of(&after, &batch.drafts, &error),
            Err(error) => Err(NotAppended::NotWritten(error.to_string())),
        }
    }

    fn save_keys(&mut self, fresh: &[(String, Key)]) -> Result<(), NotAppended> {
        let saved = self.shared.keys.save(fresh, &mut *self.entropy);
        saved.map_err(|error| match error {
            // Another process gives the same number to a person, or has erased somebody: judge
            // again with the keys that are there.
            KeyError::Taken(_) | KeyError::Destroyed(_) => NotAppended::Overtaken,
            error => NotAppended::NotWritten(error.to_string()),
        })
    }

    /// After an error that may have come behind the writing: are the lines there?
    fn what_became_of(
        &self,
        after: &Head,
        drafts: &[Draft],
        error: &StoreError,
    ) -> Result<Head, NotAppended> {
        match batch::find_written(&*self.shared.store, after, drafts) {
            Ok(Some(head)) => Ok(head),
            Ok(None) => Err(NotAppended::NotWritten(error.to_string())),
            Err(_) => Err(NotAppended::NotKnown(error.to_string())),
        }
    }

    /// Shows the new state, does what follows from the entries, and says what to answer.
    fn finish(&mut self, jobs: &[Job], batch: Batch) -> Vec<Answer> {
        let written = u64::try_from(batch.drafts.len()).unwrap_or(u64::MAX);
        let mut seq = self.next.head.seq.saturating_sub(written);
        let mut answers = Vec::with_capacity(jobs.len());
        let mut entries = Vec::with_capacity(batch.drafts.len());
        for (job, verdict) in jobs.iter().zip(batch.verdicts) {
            let done = match verdict {
                Verdict::Not(failed) => Err(failed),
                Verdict::Entries(of_act, kinds) => {
                    let mut seqs = Vec::with_capacity(of_act.len());
                    for entry in of_act {
                        seq += 1;
                        seqs.push(seq);
                        entries.push((entry, seq, job.at, job.who.clone()));
                    }
                    Ok(Done { seqs, kinds })
                }
            };
            answers.push(done);
        }
        if !entries.is_empty() {
            self.destroy_keys(&entries);
            self.show(entries);
        }
        answers
    }

    /// An erasure is an entry first; the key goes because of it, and before anybody is answered.
    fn destroy_keys(&mut self, entries: &[(Entry, u64, Moment, Actor)]) {
        for (entry, _, at, _) in entries {
            let (subjects, why) = match entry {
                Entry::Data(DataEntry::Erased(erased)) => {
                    (vec![erased.person.subject()], erased.why.as_str())
                }
                // With a case goes what came in and became it.
                Entry::Concerns(ConcernEntry::Keeping(KeepingEntry::LetGo(_))) => {
                    let all = self.next.setting.concerns.let_go();
                    let new = all.filter(|(subject, _)| !self.keys.is_erased(subject));
                    (new.map(|(subject, _)| subject).collect(), LET_GO)
                }
                _ => continue,
            };
            for subject in subjects {
                self.destroy_key(&subject, *at, why);
            }
        }
    }

    fn destroy_key(&mut self, subject: &str, at: Moment, why: &str) {
        self.keys.destroy(subject);
        let (keys, reason) = (&self.shared.keys, batch::reason(why));
        if let Err(error) = keys.destroy(subject, at.micros(), &reason, &mut *self.entropy) {
            // The entry stands; the next refresh or start destroys the key.
            tracing::error!(%error, "a key could not be destroyed yet; it is tried again");
        }
    }

    /// Readers see the new state; the one that they saw until now is brought up to it later.
    fn show(&mut self, entries: Vec<(Entry, u64, Moment, Actor)>) {
        let new = Arc::new(std::mem::take(&mut self.next));
        let mut shown = self.shared.show();
        shown.keys = self.keys.clone();
        let state = std::mem::replace(&mut shown.state, new);
        self.behind = Some(Behind { state, entries });
    }

    /// Brings the old state up to the new one, if no reader holds it any more.
    fn try_behind(&mut self) {
        let Some(Behind { state, entries }) = self.behind.take() else {
            return;
        };
        match Arc::try_unwrap(state) {
            Ok(mut state) => {
                for (entry, seq, at, who) in &entries {
                    state.fold(entry, *seq, *at, who);
                }
                state.head = self.shared.shown().state.head;
                self.next = state;
            }
            Err(state) => self.behind = Some(Behind { state, entries }),
        }
    }

    /// Brings the old state up to the new one; while a reader still holds it, copies the new one.
    fn catch_up_behind(&mut self) {
        self.try_behind();
        if self.behind.take().is_some() {
            self.next = State::clone(&self.shared.shown().state);
        }
    }

    /// Takes in what others wrote, so that what readers see and the next state are the same again.
    /// What can't be mended by waiting closes the desk.
    fn take_in_news(&mut self) -> Result<(), String> {
        self.back_to_shown();
        let before = self.next.head;
        let head = self
            .shared
            .store
            .head()
            .map_err(|error| error.to_string())?;
        let mut trouble = None;
        if head.seq < before.seq || (head.seq == before.seq && head != before) {
            self.shared.close(OTHER_LEDGER);
        } else if head != before {
            trouble = self.read_on();
        }
        match load_keys(&self.shared.keys) {
            Ok(keys) => self.keys = keys,
            Err(error) => trouble = Some(error.to_string()),
        }
        let erasures = finish_erasures(
            &self.shared.keys,
            &self.next,
            &mut self.keys,
            &mut *self.entropy,
        );
        if let Err(error) = erasures {
            tracing::error!(%error, "a key could not be destroyed yet; it is tried again");
        }
        let mut shown = self.shared.show();
        if self.next.head != before {
            shown.state = Arc::new(self.next.clone());
        }
        shown.keys = self.keys.clone();
        drop(shown);
        trouble.map_or(Ok(()), Err)
    }

    /// Reads on from the last line that is known. What went wrong, if waiting may help.
    fn read_on(&mut self) -> Option<String> {
        match catch_up(&*self.shared.store, &mut self.next) {
            Ok(None) => None,
            Ok(Some(newer)) => {
                self.shared.close(&newer.to_string());
                None
            }
            Err(OpenError::Store(error)) => Some(error.to_string()),
            Err(error) => {
                self.shared.close(&error.to_string());
                None
            }
        }
    }
}

fn refuse(jobs: Vec<Job>, says: &str) {
    for job in jobs {
        (job.reply)(Err(Failed::Unavailable(says.to_owned())));
    }
}
