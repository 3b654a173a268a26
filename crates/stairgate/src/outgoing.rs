//! What goes out to people: a thread that makes messages from new lines and from what is owed, sends
//! what is due while this process has the lease, and notes what came of it. It decides nothing: who
//! is told, of what and when to try again is said by the desk.

mod carry;

use crate::web::app::App;
use anyhow::Context;
use carry::{Came, Carriers};
use desk::{
    desk::Failed,
    folder::{Database, Folder},
};
use families::{
    notices::{
        acts::Act as Notices,
        entries::{What, Why},
        notice::Notice,
    },
    spine::{
        act::{Act, Actor, Person},
        keeping::Post,
    },
};
use kernel::moment::Moment;
use post::{
    lease::Lease,
    queue::{Queue, Waiting},
};
use std::{
    collections::{BTreeSet, HashSet},
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, mpsc},
    time::Duration,
};

/// How often the queue is looked at.
const ROUND: Duration = Duration::from_secs(1);
/// How often it is asked who has newly something to do, in minutes.
const CHASE_MINUTES: i64 = 1;
/// How long what could not be noted waits, in minutes.
const NOTE_AGAIN_MINUTES: i64 = 1;
/// The most messages that are sent in one round.
const AT_ONCE: u32 = 50;
/// How long the end of the program waits for a message that is being sent.
const ENDING: Duration = Duration::from_secs(5);

/// What is said on the command line about servers elsewhere.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Elsewhere {
    /// Certificates (PEM) to believe instead of the public authorities, when mail is sent: for a mail
    /// server whose certificate your own authority signed.
    #[arg(long, value_name = "FILE")]
    believe: Option<PathBuf>,
    /// For tests: all pushes go to this address.
    #[arg(long, hide = true, value_name = "ADDRESS")]
    push_through: Option<SocketAddr>,
    /// For tests: a provider of accounts may be on this same machine, without encryption.
    #[arg(long, hide = true)]
    pub(crate) provider_here: bool,
}

impl Elsewhere {
    /// For the demo: a provider of accounts may be tried on this same machine.
    pub(crate) fn with_provider_here() -> Elsewhere {
        Elsewhere {
            provider_here: true,
            ..Elsewhere::default()
        }
    }
}

/// The queue and those who carry.
pub(crate) struct Outgoing {
    queue: Queue,
    upto: Option<u64>,
    lease: Option<Lease>,
    folder: Folder,
    carriers: Carriers,
    chased: Option<Moment>,
    /// Sent, but that could not be noted yet: not to be sent again.
    unnoted: HashSet<String>,
    trouble: Option<(Moment, String)>,
    told: Option<Post>,
}

/// The running thread; dropping it ends it.
pub(crate) struct Thread {
    end: Option<mpsc::Sender<()>>,
    ended: mpsc::Receiver<()>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        drop(self.end.take());
        if self.ended.recv_timeout(ENDING).is_err() {
            tracing::warn!("a message was still being sent; it may be sent once more");
        }
    }
}

impl Outgoing {
    /// Opens the queue of a data folder.
    pub(crate) fn open(folder: &Folder, elsewhere: &Elsewhere) -> anyhow::Result<Outgoing> {
        let queue = Queue::open(&folder.running())?;
        let believed = match &elsewhere.believe {
            None => None,
            Some(path) => Some(
                std::fs::read(path)
                    .with_context(|| format!("{} could not be read", path.display()))?,
            ),
        };
        Ok(Outgoing {
            upto: queue.upto()?,
            queue,
            lease: None,
            folder: folder.clone(),
            carriers: Carriers::new(believed, elsewhere.push_through)?,
            chased: None,
            unnoted: HashSet::new(),
            trouble: None,
            told: None,
        })
    }

    /// Starts the thread.
    pub(crate) fn start(mut self, app: Arc<App>) -> anyhow::Result<Thread> {
        let (end, ends) = mpsc::channel::<()>();
        let (tell, ended) = mpsc::sync_channel(1);
        let run = move || {
            while ends.recv_timeout(ROUND) == Err(mpsc::RecvTimeoutError::Timeout) {
                if let Err(error) = self.round(&app) {
                    tracing::error!(%error, "messages could not be looked after; it is tried again");
                }
            }
            tell.send(()).unwrap_or_default();
        };
        std::thread::Builder::new()
            .name("outgoing".to_owned())
            .spawn(run)?;
        Ok(Thread {
            end: Some(end),
            ended,
        })
    }

    fn round(&mut self, app: &App) -> anyhow::Result<()> {
        self.take_in(app)?;
        self.chase(app)?;
        self.send_due(app)?;
        self.tell(app)
    }

    /// Makes messages of new lines.
    fn take_in(&mut self, app: &App) -> anyhow::Result<()> {
        while self.upto != Some(app.desk.head().seq) {
            let news = app.desk.news(self.upto, app.now())?;
            let new = waiting(&news.made);
            self.queue.take_in(Some(news.upto), &new, &news.ended)?;
            if news.mail_set {
                self.queue.hurry(app.now().micros())?;
            }
            let went_on = self.upto != Some(news.upto);
            self.upto = Some(news.upto);
            if !went_on {
                break;
            }
        }
        Ok(())
    }

    /// Makes the daily messages, and takes out what may no longer go: whoever leaves loses what
    /// waits for them, whether or not it is due.
    fn chase(&mut self, app: &App) -> anyhow::Result<()> {
        let now = app.now();
        let lately = |at: Moment| now >= at && now < at.plus_minutes(CHASE_MINUTES);
        if self.chased.is_some_and(lately) {
            return Ok(());
        }
        self.chased = Some(now);
        let mut waits: BTreeSet<Person> = BTreeSet::new();
        let mut gone = Vec::new();
        for one in self.queue.waiting()? {
            match read(&one) {
                Some(notice) if app.desk.may_go(&notice, now)? => {
                    if matches!(notice.what, What::Work | What::Sign) {
                        waits.insert(notice.person);
                    }
                }
                Some(_) | None => gone.push(one.id),
            }
        }
        let new = waiting(&app.desk.chase(&waits, now)?);
        if !new.is_empty() || !gone.is_empty() {
            self.queue.take_in(None, &new, &gone)?;
        }
        Ok(())
    }

    fn send_due(&mut self, app: &App) -> anyhow::Result<()> {
        let due = self.queue.due(app.now().micros(), AT_ONCE)?;
        if due.is_empty() || !self.holds_lease()? {
            return Ok(());
        }
        // Another process may have sent some of it until just now, or somebody may have left.
        app.desk.refresh();
        for one in due {
            let Some(notice) = read(&one) else {
                self.forget(&one.id)?;
                continue;
            };
            let came = if self.unnoted.contains(&notice.id) {
                Came::Sent
            } else {
                let now = app.now();
                self.carriers
                    .carry(app.desk.parcel(&notice, now)?, &notice, now)
            };
            let trouble = matches!(came, Came::Trouble(_));
            self.note(app, &one, &notice, came)?;
            if trouble {
                // A server in trouble would hold up the others for as long again each.
                break;
            }
        }
        Ok(())
    }

    /// Notes what came of a message, and takes it out or puts it back.
    fn note(
        &mut self,
        app: &App,
        one: &Waiting,
        notice: &Notice,
        came: Came,
    ) -> anyhow::Result<()> {
        let now = app.now();
        let act = match came {
            Came::Not => return self.forget(&one.id),
            Came::Sent => Notices::NoteSent(notice.sent()),
            Came::Gone(device) => Notices::DropDevice { device },
            Came::Refused(says) => {
                self.trouble = Some((now, says));
                Notices::NoteGivenUp(notice.given_up(Why::Refused))
            }
            Came::Trouble(says) => {
                self.trouble = Some((now, says));
                match notice.again(one.tries.saturating_add(1), now) {
                    Some(next) => return Ok(self.queue.again(&one.id, next.micros())?),
                    None => Notices::NoteGivenUp(notice.given_up(Why::TooLong)),
                }
            }
        };
        let noted = app
            .desk
            .perform(&Actor::clock(), Act::Notices(act), &[], now);
        if let Err(Failed::Unavailable(why)) = noted {
            tracing::error!(why, "what came of a message could not be noted yet");
            self.unnoted.insert(one.id.clone());
            let next = now.plus_minutes(NOTE_AGAIN_MINUTES);
            return Ok(self.queue.again(&one.id, next.micros())?);
        }
        self.unnoted.remove(&one.id);
        self.forget(&one.id)
    }

    fn forget(&self, id: &str) -> anyhow::Result<()> {
        Ok(self.queue.take_in(None, &[], &[id.to_owned()])?)
    }

    /// Whether this process sends: of several on one setting, one does.
    fn holds_lease(&mut self) -> anyhow::Result<bool> {
        let lease = match self.lease.take() {
            Some(lease) => lease,
            None => match self.folder.database() {
                None => Lease::of_folder(&self.folder.root().join("post.lock"))?,
                Some(Database { server, setting }) => Lease::of_server(server.connect()?, setting),
            },
        };
        let held = self.lease.insert(lease).hold();
        if held.is_err() {
            // It is lost when it can't be asked, and is asked for anew in the next round.
            self.lease = None;
        }
        Ok(held?)
    }

    /// Tells the pages how the queue stands.
    fn tell(&mut self, app: &App) -> anyhow::Result<()> {
        let waiting = self.queue.waiting()?;
        let oldest = waiting.iter().map(|one| one.made).min();
        let post = Post {
            waiting: waiting.len(),
            oldest: oldest.map(Moment::from_micros),
            trouble: self.trouble.clone(),
        };
        if self.told.as_ref() != Some(&post) {
            app.desk.note_post(post.clone());
            self.told = Some(post);
        }
        Ok(())
    }
}

fn waiting(notices: &[Notice]) -> Vec<Waiting> {
    let one = |notice: &Notice| {
        let body = serde_json::to_string(notice).ok()?;
        Some(Waiting {
            id: notice.id.clone(),
            body,
            made: notice.made.micros(),
            tries: 0,
            next: notice.made.micros(),
        })
    };
    notices.iter().filter_map(one).collect()
}

/// What was put in; `None` when another release wrote it.
fn read(one: &Waiting) -> Option<Notice> {
    serde_json::from_str(&one.body).ok()
}
