//! The one writer's thread and the door to it. Acts wait in line; the thread takes as many as wait
//! and hands them to `work`, which writes them together.

use crate::{
    desk::{Answer, Entropy, Failed},
    shared::{Shared, lock},
    work::Work,
};
use families::spine::act::{Act, Actor};
use kernel::moment::Moment;
use std::{
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
};

/// The most acts that are written together.
const TOGETHER_MAX: usize = 256;
/// The most acts that wait; whoever comes then waits at the door.
const WAITING_MAX: usize = 4096;

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
        "Stairgate is closing down, so this was not written. Try again in a minute; nothing was changed"
            .to_owned(),
    )
}

impl Writer {
    pub(crate) fn start(shared: Arc<Shared>, entropy: Entropy) -> Writer {
        let (send, take) = mpsc::sync_channel(WAITING_MAX);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || run(&mut Work::new(shared, entropy), &take))
            .map_err(|error| tracing::error!(%error, "the writer could not be started"))
            .ok();
        Writer {
            send: Mutex::new(Some(send)),
            thread,
        }
    }

    pub(crate) fn send(&self, job: Job) {
        let door = lock(&self.send).clone();
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
        let door = lock(&self.send).clone();
        if door.is_some_and(|door| door.send(Message::Refresh(tell)).is_ok()) {
            done.recv().unwrap_or_default();
        }
    }
}

impl Drop for Writer {
    /// Everything that waits is still written.
    fn drop(&mut self) {
        drop(lock(&self.send).take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn run(work: &mut Work, take: &mpsc::Receiver<Message>) {
    while let Ok(first) = take.recv() {
        let (jobs, waiting) = gather(first, take);
        if !jobs.is_empty() {
            work.write(jobs);
        }
        if !waiting.is_empty() {
            work.refresh();
            waiting
                .into_iter()
                .for_each(|tell| tell.send(()).unwrap_or_default());
        }
    }
}

/// Everything that waits now, up to what is written together.
fn gather(first: Message, take: &mpsc::Receiver<Message>) -> (Vec<Job>, Vec<mpsc::SyncSender<()>>) {
    let (mut jobs, mut waiting) = (Vec::new(), Vec::new());
    let mut message = Some(first);
    while let Some(taken) = message {
        match taken {
            Message::Job(job) => jobs.push(job),
            Message::Refresh(tell) => waiting.push(tell),
        }
        let is_full = jobs.len() + waiting.len() >= TOGETHER_MAX;
        message = if is_full { None } else { take.try_recv().ok() };
    }
    (jobs, waiting)
}
