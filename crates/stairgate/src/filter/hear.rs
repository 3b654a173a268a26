//! What the filter tells becomes acts, each judged like any other, by the filter as the one who asks:
//! the line of the ledger names the news, so that news which was heard just before this program ended
//! is not heard twice. News is removed after its act was answered.

use super::{Folder, number};
use crate::web::app::App;
use desk::desk::Failed;
use families::{
    devices::acts::Act as Devices,
    filter::{
        acts::{Act as Filter, evidence::Act as Evidence},
        entries::evidence::{ListFound, ListsFound, Part, Tested},
    },
    monitor::{
        acts::{Act as Monitor, Raise},
        entries::DayClosed,
        kinds::Severity,
    },
    spine::{
        act::{Act, Actor, Person, Room},
        page::Lines,
    },
};
use gate::news::{self, Alert, Asked, Id, News, Spool, Told};
use std::{collections::HashSet, sync::Arc, time::Duration};

/// How often it is looked whether there is news.
const LOOK: Duration = Duration::from_millis(250);

/// The most news that is heard at once.
const MOST: usize = 200;

/// How far back it is looked which news was heard already.
const LINES_BACK: usize = 1_000;

/// The device that the filter is in the ledger: this, and the news.
const DEVICE: &str = "filter-";

/// Hears news for as long as the program runs.
pub(crate) async fn hear(app: Arc<App>, folder: Folder) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut hearing: Option<Hearing> = None;
    let mut has_failed = false;
    loop {
        tick.tick().await;
        if !folder.news().exists() {
            continue;
        }
        let (app, folder, own) = (Arc::clone(&app), folder.clone(), hearing.take());
        let heard = tokio::task::spawn_blocking(move || {
            let mut own = match own {
                Some(own) => own,
                None => Hearing::begin(&app, &folder)?,
            };
            own.round(&app)?;
            anyhow::Ok(own)
        });
        match heard.await {
            Ok(Ok(own)) => {
                hearing = Some(own);
                has_failed = false;
            }
            Ok(Err(error)) if !has_failed => {
                tracing::error!(%error, "news of the filter could not be heard; it is tried again");
                has_failed = true;
            }
            Ok(Err(_)) => {}
            Err(error) => tracing::error!(%error, "news of the filter could not be heard"),
        }
    }
}

/// Who hears.
struct Hearing {
    spool: Spool,
    /// What was heard and could not be removed yet, or was heard before this program began.
    heard: HashSet<Id>,
}

impl Hearing {
    fn begin(app: &App, folder: &Folder) -> anyhow::Result<Hearing> {
        let spool = Spool::open(&folder.news())?;
        let mut heard = HashSet::new();
        let waiting = spool.waiting(MOST, app.now())?;
        if !waiting.news.is_empty() {
            let known = known(app)?;
            let ids = waiting.news.into_iter().map(|told| told.id);
            heard.extend(ids.filter(|id| known.contains(&id.to_string())));
        }
        Ok(Hearing { spool, heard })
    }

    fn round(&mut self, app: &App) -> anyhow::Result<()> {
        let waiting = self.spool.waiting(MOST, app.now())?;
        if waiting.broken > 0 {
            tracing::warn!(
                "{} files in the folder of news are none; they were put aside",
                waiting.broken
            );
        }
        for told in waiting.news {
            if !self.heard.contains(&told.id) {
                if !perform(app, &told) {
                    // What could not be written now is told again; what comes after it waits.
                    return Ok(());
                }
                self.heard.insert(told.id.clone());
            }
            self.spool.heard(&told.id)?;
            self.heard.remove(&told.id);
        }
        Ok(())
    }
}

/// The news that the last lines of the ledger name.
fn known(app: &App) -> anyhow::Result<HashSet<String>> {
    let lines = app.desk.recorded(&Lines {
        most: LINES_BACK,
        ..Lines::default()
    })?;
    let devices = lines.into_iter().filter_map(|line| line.by.device);
    let ids = devices.filter_map(|device| Some(device.strip_prefix(DEVICE)?.to_owned()));
    Ok(ids.collect())
}

/// Asks for what follows from news. Whether it was answered.
fn perform(app: &App, told: &Told) -> bool {
    let who = Actor {
        device: Some(format!("{DEVICE}{}", told.id)),
        ..Actor::clock()
    };
    let act = act(&told.news);
    let name = act.name();
    match app.desk.perform(&who, act, &[], app.now()) {
        Ok(_) => {}
        Err(Failed::Unavailable(_)) => return false,
        Err(failed @ Failed::No(_)) => {
            // It is over: asking again would be answered in the same way.
            tracing::warn!(?failed, "{name}, which the filter asked for, was not done");
        }
    }
    true
}

/// The act that follows from news.
fn act(news: &News) -> Act {
    match news {
        News::Illegal(news) => Act::Filter(Filter::HitIllegal {
            device: number::of(news.seated.device.as_ref(), "device"),
            list: news.list.clone(),
        }),
        News::Unknown(news) => Act::Devices(Devices::SeeUnknown {
            address: news.address.to_string(),
        }),
        News::Alert(alert) => Act::Monitor(Monitor::Raise(Box::new(raise(alert)))),
        News::Day(day) => Act::Monitor(Monitor::CloseDay(DayClosed {
            day: day.day,
            events: day.events,
            bytes: day.bytes,
            digest: day.digest.clone(),
            lost: day.lost,
            gone: day.gone.clone(),
        })),
        News::Tested(tested) => {
            let trial = Box::new(trial(tested));
            Act::Filter(Filter::Evidence(Evidence::RecordTrial(trial)))
        }
        News::Lists(lists) => {
            let found = Box::new(found(lists));
            Act::Filter(Filter::Evidence(Evidence::RecordLists(found)))
        }
    }
}

fn raise(alert: &Alert) -> Raise {
    let (what, words) = match &alert.asked {
        Asked::Name(what) | Asked::Page(what) => (what, false),
        Asked::Words(what) => (what, true),
    };
    let seated = &alert.seated;
    Raise {
        series: alert.series.clone(),
        theme: alert.theme.clone(),
        severity: match alert.severity {
            news::Severity::Low => Severity::Low,
            news::Severity::Medium => Severity::Medium,
            news::Severity::High => Severity::High,
        },
        device: number::of(seated.device.as_ref(), "device"),
        person: number::of(seated.person.as_ref(), "person").map(Person),
        room: number::of(seated.room.as_ref(), "room").map(Room),
        session: number::of(seated.session.as_ref(), "session"),
        what: what.clone(),
        words,
        open: alert.answer.is_open(),
        first: alert.first,
        last: alert.at,
        count: alert.count,
    }
}

fn trial(tested: &news::Tested) -> Tested {
    Tested {
        at: tested.at,
        occasion: match tested.occasion {
            news::Occasion::Start => "start",
            news::Occasion::Change => "change",
            news::Occasion::Night => "night",
            news::Occasion::Asked => "asked",
        }
        .to_owned(),
        tried: tested.tried,
        wrong: tested.wrong,
        findings: tested.findings.clone(),
        not_covered: tested.not_covered.clone(),
        over_blocked: tested.over_blocked.clone(),
        faults: tested.faults.map(|faults| (faults.seeded, faults.noticed)),
        parts: tested.parts.iter().map(part).collect(),
        millis: tested.millis,
        lists: tested.lists,
    }
}

fn part(part: &news::Part) -> Part {
    Part {
        profile: part.profile.clone(),
        what: part.what.clone(),
        tried: part.tried,
        wrong: part.wrong,
    }
}

fn found(lists: &news::Lists) -> ListsFound {
    let all = lists.lists.iter().map(|list| ListFound {
        name: list.name.clone(),
        kind: list.category.clone(),
        names: list.names,
        fetched: list.fetched,
        checked: list.checked,
        held: list.held.clone(),
    });
    ListsFound {
        at: lists.at,
        lists: all.collect(),
    }
}
