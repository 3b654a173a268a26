//! The demo: an invented preschool with a year and a half of history, made by performing acts at
//! their times, and served like any other setting.
//!
//! Reading order: `names`, `calendar`, `stage`, `people`, `accounts`, `days`, `policy`, `roles`,
//! `agreements`, `systems`, `concerns`, `procedure`, `devices`, `evidence`, `monitoring`, `traces`,
//! `transfers`.

mod accounts;
mod agreements;
mod calendar;
mod careful;
mod concerns;
mod days;
mod devices;
mod evidence;
mod monitoring;
mod names;
mod people;
mod policy;
mod procedure;
mod roles;
mod stage;
mod systems;
#[cfg(test)]
mod tests;
mod traces;
mod transfers;

use crate::{
    clock,
    commands::{say, serve},
    filter::Asked as Filter,
    outgoing::Elsewhere,
    web::passwords,
};
use anyhow::Context;
use calendar::Days;
use desk::{desk::Desk, folder::Folder};
use families::{
    access::acts::{Act, SetUp},
    place::entries::Described,
    spine::act::{Act as AnyAct, Actor, Person},
};
use kernel::{calendar::Nation, moment::Moment};
use stage::Story;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Instant};

/// The number of whoever sets up: the first person.
const MANAGER: Person = Person(1);

/// Builds the demo where there is none yet, says who can sign in, and serves it.
pub(crate) fn run(data: Option<PathBuf>, listen: SocketAddr) -> anyhow::Result<ExitCode> {
    let data = data.unwrap_or_else(|| usual_folder(listen));
    let folder = Folder::at(&data, None);
    let is_there = folder.has_ledger() && !data.join(UNFINISHED).exists();
    let (desk, accounts) = if is_there {
        (open(&folder)?, accounts::kept(&data)?)
    } else {
        begin(&folder)?
    };
    accounts::print(&accounts);
    let reached = serve::Reached::default();
    serve::serve(
        &folder,
        desk,
        listen,
        &reached,
        &serve::Beside {
            filter: Filter::for_demo(listen),
            elsewhere: Elsewhere::with_provider_here(),
            ..serve::Beside::default()
        },
        &mut |address| {
            say(&format!("Stairgate is at http://{address}/"));
        },
    )
}

/// Where the demo lies when nothing else is said: the same folder each time for the same port.
fn usual_folder(listen: SocketAddr) -> PathBuf {
    std::env::temp_dir().join(format!("stairgate-demo-{}", listen.port()))
}

/// Lies beside the ledger while the story is being told.
const UNFINISHED: &str = "demo-unfinished";

/// Takes away what a demo left that was stopped while it was being built.
fn clear_unfinished(folder: &Folder) -> anyhow::Result<()> {
    let root = folder.root();
    if !root.join(UNFINISHED).exists() {
        return Ok(());
    }
    let keys = root.join("keys");
    if keys.exists() {
        std::fs::remove_dir_all(&keys)?;
    }
    for name in [
        "ledger.db",
        "ledger.db-wal",
        "ledger.db-shm",
        "state.snapshot",
    ] {
        let path = root.join(name);
        if path.exists() {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn open(folder: &Folder) -> anyhow::Result<Desk> {
    folder
        .open()
        .with_context(|| format!("{} could not be opened", folder.root().display()))
}

fn begin(folder: &Folder) -> anyhow::Result<(Desk, Vec<accounts::Account>)> {
    say("Performing a year and a half of acts at Hollyhock Lane Preschool…");
    let began = Instant::now();
    let desk = build(folder, clock::now())?;
    desk.save_snapshot()
        .context("the snapshot could not be written")?;
    say(&format!(
        "{} entries written in {:.1} seconds to {}",
        desk.head().seq,
        began.elapsed().as_secs_f32(),
        folder.root().display()
    ));
    let accounts = accounts::to_try();
    accounts::keep(folder.root(), &accounts)?;
    std::fs::remove_file(folder.root().join(UNFINISHED))?;
    Ok((desk, accounts))
}

/// Performs the whole story in a folder that has no ledger yet.
fn build(folder: &Folder, now: Moment) -> anyhow::Result<Desk> {
    clear_unfinished(folder).context("a demo that was not finished could not be taken away")?;
    folder.make()?;
    std::fs::write(folder.root().join(UNFINISHED), "")?;
    let desk = open(folder)?;
    let days = Days::until(now);
    let hash = passwords::hash(accounts::PASSWORD)?;
    set_up(&desk, &days, &hash)?;
    let families = names::families()?;
    let mut story = Story::default();
    people::tell(&mut story, &days, &families);
    let holders = accounts::tell(&mut story, &days, &families, &hash)?;
    policy::tell(&mut story, &days);
    roles::tell(&mut story, &days);
    agreements::tell(&mut story, &days, &holders);
    systems::tell(&mut story, &days, &holders);
    concerns::tell(&mut story, &days, now);
    procedure::tell(&mut story, &days);
    transfers::tell(&mut story, &days, folder);
    careful::tell(&mut story, &days);
    devices::tell(&mut story, &days);
    evidence::tell(&mut story, &days);
    monitoring::tell(&mut story, &days);
    days::tell(&mut story, &days, &holders);
    story.perform(&desk, MANAGER, now)?;
    traces::keep(&desk, folder.root(), now)?;
    Ok(desk)
}

fn set_up(desk: &Desk, days: &Days, hash: &str) -> anyhow::Result<()> {
    let set_up = SetUp {
        place: Described {
            name: "Hollyhock Lane Preschool".to_owned(),
            nation: Nation::England,
            kind: "Preschool run by a committee".to_owned(),
            phone: "01632 960114".to_owned(),
            email: "office@hollyhocklane.example".to_owned(),
            address: "14 Hollyhock Lane, Marrowfield".to_owned(),
        },
        manager: names::MANAGER.to_owned(),
        is_lead: true,
        user: accounts::user_name(names::MANAGER),
        password: hash.to_owned().into(),
    };
    let act = AnyAct::Access(Act::SetUp(Box::new(set_up)));
    let done = desk.perform(&Actor::nobody(), act, &[], days.after(0, 8, 30));
    match done {
        Ok(_) => Ok(()),
        Err(failed) => anyhow::bail!("the setting could not be set up: {}", stage::why(&failed)),
    }
}
