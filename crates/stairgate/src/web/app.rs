//! What every request may use.

use super::oidc::ask::Providers;
use super::{
    attempts::Attempts, halfway::Halfway, memory::Memory, open::Open, passkeys::Site,
    passwords::Passwords, sessions::Sessions, spent::Spent,
};
use desk::{
    desk::{Answer, Desk, Failed},
    folder::{self, Folder},
};
use families::spine::act::{Act, Actor};
use kernel::moment::Moment;
use std::sync::{Arc, OnceLock};

/// What every request may use.
pub(crate) struct App {
    pub(crate) desk: Arc<Desk>,
    pub(crate) folder: Folder,
    pub(crate) sessions: Sessions,
    pub(crate) attempts: Attempts,
    pub(crate) passwords: Passwords,
    pub(crate) memory: Memory,
    pub(crate) halfway: Halfway,
    pub(crate) spent: Spent,
    pub(crate) providers: Providers,
    pub(crate) open: Open,
    site: OnceLock<Site>,
    /// Whether cookies are for encrypted connections only.
    pub(crate) secure: bool,
    /// Where backups go.
    pub(crate) backup_to: std::path::PathBuf,
    /// Marks our own forms; kept, so that what was typed before a restart can be sent after it.
    pub(crate) secret: [u8; 32],
    now: fn() -> Moment,
}

impl App {
    /// The application over an open desk.
    pub(crate) fn new(
        desk: Arc<Desk>,
        folder: Folder,
        backup_to: std::path::PathBuf,
        secure: bool,
        now: fn() -> Moment,
    ) -> anyhow::Result<App> {
        Ok(App {
            sessions: Sessions::open(&folder.running())?,
            attempts: Attempts::default(),
            passwords: Passwords::new()?,
            memory: Memory::default(),
            halfway: Halfway::default(),
            spent: Spent::default(),
            providers: Providers::default(),
            open: Open::default(),
            site: OnceLock::new(),
            secret: secret(&folder)?,
            desk,
            folder,
            backup_to,
            secure,
            now,
        })
    }

    /// Where it is reached, as far as it is known.
    pub(crate) fn site(&self) -> Option<&Site> {
        self.site.get()
    }

    /// Says where it is reached; once, before it answers.
    pub(crate) fn reached_at(&self, site: Site) {
        drop(self.site.set(site));
    }

    /// The moment that it is.
    pub(crate) fn now(&self) -> Moment {
        (self.now)()
    }

    /// Looks at what may lie on a database server: that waits, and a thread that serves others may
    /// not wait.
    pub(crate) fn looking<T>(&self, look: impl FnOnce() -> T) -> T {
        match self.folder.database() {
            Some(_) => tokio::task::block_in_place(look),
            None => look(),
        }
    }

    /// Asks for an act and waits, without holding up other requests.
    pub(crate) async fn perform(&self, who: &Actor, act: Act, confirmed: &[String]) -> Answer {
        let (tell, answer) = tokio::sync::oneshot::channel();
        let reply = Box::new(move |answer| drop(tell.send(answer)));
        self.desk.ask(who, act, confirmed, self.now(), reply);
        let gone = "Stairgate is closing down, so this was not written. Try again in a minute";
        answer
            .await
            .unwrap_or_else(|_| Err(Failed::Unavailable(gone.to_owned())))
    }
}

/// The secret that marks our own forms; made at the first start.
fn secret(folder: &Folder) -> anyhow::Result<[u8; 32]> {
    let path = folder.key("forms.key");
    if let Ok(text) = std::fs::read_to_string(&path)
        && let Some(secret) = ledger::hex::decode(text.trim())
    {
        return Ok(secret);
    }
    let secret = folder::random()?;
    ledger::durable::write(&path, &[ledger::hex::encode(&secret).as_bytes(), b"\n"])?;
    Ok(secret)
}
