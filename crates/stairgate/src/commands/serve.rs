//! Serving a setting: the pages, the API, and what the clock brings.

use super::say;
use crate::{
    clock, filter,
    outgoing::{Elsewhere, Outgoing},
    web::{app::App, listen, passkeys::Site},
};
use anyhow::Context;
use desk::{folder::Folder, housekeeping::Times};
use families::{
    access::acts::{Act as Access, steps::Act as Step},
    spine::act::{Act, Actor},
};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};
use tokio::signal::unix::{SignalKind, signal};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(60);
/// How often other processes are asked for news.
const NEWS: Duration = Duration::from_secs(1);

/// How browsers reach this program.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reached {
    /// Through a server for HTTPS before this one.
    pub(crate) behind_https: bool,
    /// The address that people type, such as `https://stairgate.example`.
    pub(crate) address: Option<String>,
}

impl Reached {
    fn is_secure(&self) -> bool {
        let https = |address: &String| address.starts_with("https://");
        self.behind_https || self.address.as_ref().is_some_and(https)
    }

    /// Where passkeys are bound to: the address that people type, else this machine itself.
    fn site(&self, own: SocketAddr) -> anyhow::Result<Site> {
        let local = format!("http://localhost:{}", own.port());
        let address = self.address.as_deref().unwrap_or(&local);
        Site::at(address)
            .with_context(|| format!("{address} is no address such as https://stairgate.example"))
    }
}

/// What runs beside the pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// Where daily backups go.
    pub(crate) backup_to: Option<PathBuf>,
    /// The filter.
    pub(crate) filter: filter::Asked,
    /// What goes out.
    pub(crate) elsewhere: Elsewhere,
}

/// Serves a setting until it is told to stop.
pub(crate) fn run(
    folder: &Folder,
    listen: SocketAddr,
    reached: &Reached,
    beside: &Beside,
) -> anyhow::Result<ExitCode> {
    let desk = folder
        .open()
        .with_context(|| format!("{} could not be opened", folder.root().display()))?;
    serve(folder, desk, listen, reached, beside, &mut |address| {
        say(&format!("Stairgate is at http://{address}/"));
    })
}

/// Serves an open desk; `ready` is told the address once it answers.
pub(crate) fn serve(
    folder: &Folder,
    desk: desk::desk::Desk,
    address: SocketAddr,
    reached: &Reached,
    beside: &Beside,
    ready: &mut dyn FnMut(SocketAddr),
) -> anyhow::Result<ExitCode> {
    let backup_to = beside.backup_to.clone();
    let backup_to = backup_to.unwrap_or_else(|| folder.backups());
    let app = Arc::new(App::new(
        Arc::new(desk),
        folder.clone(),
        backup_to,
        reached.is_secure(),
        clock::now,
    )?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .with_context(|| {
                format!("{address} can’t be listened on; is another Stairgate running?")
            })?;
        let own = listener.local_addr()?;
        let site = reached.site(own)?;
        app.desk.note_reached(&site.origin);
        app.reached_at(site);
        if beside.elsewhere.provider_here {
            app.providers.allow_plain();
        }
        begin_steps(&app);
        ready(own);
        let outgoing = Outgoing::open(folder, &beside.elsewhere)?.start(Arc::clone(&app))?;
        let house = tokio::spawn(keep_house(Arc::clone(&app)));
        let news = tokio::spawn(hear_news(Arc::clone(&app)));
        let links = tokio::spawn(crate::links::look_at_links(Arc::clone(&app)));
        let plan = tokio::spawn(crate::plan_file::keep_plan(Arc::clone(&app)));
        let network = tokio::spawn(crate::web::filter::look(Arc::clone(&app)));
        let filter = filter::start(&app, &beside.filter)?;
        listen::listen(Arc::clone(&app), listener, told_to_stop()).await;
        house.abort();
        news.abort();
        links.abort();
        plan.abort();
        network.abort();
        drop(filter);
        drop(outgoing);
        anyhow::Ok(())
    })?;
    runtime.shutdown_timeout(Duration::from_secs(5));
    if let Err(error) = app.desk.save_snapshot() {
        tracing::warn!(%error, "no snapshot was kept; the next start takes longer");
    }
    Ok(ExitCode::SUCCESS)
}

/// Begins to ask people for a second step, when this is the first program that knows of it.
fn begin_steps(app: &App) {
    if app.desk.state().setting.access.steps_begun().is_some() {
        return;
    }
    let act = Act::Access(Access::Step(Step::Begin));
    if let Err(failed) = app.desk.perform(&Actor::clock(), act, &[], app.now()) {
        tracing::warn!(
            ?failed,
            "nobody is asked for a second step yet; the next start tries again"
        );
    }
}

/// What the clock brings: checkpoints, snapshots, backups, rehearsals.
async fn keep_house(app: Arc<App>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let app = Arc::clone(&app);
        let kept = tokio::task::spawn_blocking(move || {
            app.desk
                .keep_house(&app.folder, &Times::default(), app.now(), &app.backup_to)
        });
        if let Err(error) = kept.await {
            tracing::error!(%error, "the house could not be kept; it is tried again in a minute");
        }
    }
}

/// Takes in what other processes write, so that a page is at most a second behind, and does what
/// the clock owes.
async fn hear_news(app: Arc<App>) {
    let mut tick = tokio::time::interval(NEWS);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let app = Arc::clone(&app);
        let heard = tokio::task::spawn_blocking(move || {
            app.desk.refresh();
            app.desk.wake(app.now());
        });
        if let Err(error) = heard.await {
            tracing::error!(%error, "what other processes wrote could not be taken in");
        }
    }
}

async fn told_to_stop() {
    let asked = async {
        match signal(SignalKind::terminate()) {
            Ok(mut told) => drop(told.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = asked => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
