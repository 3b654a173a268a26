//! What the pages of the filter show and no entry says: the file of lists that answers now, ways
//! round, which devices came by which door. It is looked at again and again, told when the filter
//! stands still and when it runs again, and the setting’s domain is asked about its mail.

mod mail;
mod network;

use super::app::App;
use crate::commands::filter::traces::HELD;
use families::{
    filter::acts::{Act as Filter, evidence::Act as Evidence},
    monitor::traces::{Asked, ROWS_MAX},
    spine::act::{Act, Actor},
};
use kernel::moment::{Moment, minus_days};
use network::Live;
use std::{path::Path, sync::Arc, time::Duration};

/// How often it is looked at.
const LOOK: Duration = Duration::from_secs(15);
/// How long it may stand still before somebody is told, in minutes; it begins again by itself.
const STILL_MINUTES: i64 = 1;
/// How often it is asked which devices came, in minutes.
const DOORS_MINUTES: i64 = 30;
/// How many days back that is.
const DOORS_DAYS: i64 = 14;
/// How often the domain of the mail is asked, in hours.
const MAIL_HOURS: i64 = 7 * 24;
/// How long after nobody answered it is asked again, in minutes.
const MAIL_AGAIN_MINUTES: i64 = 60;

/// What is remembered from one look to the next.
#[derive(Default)]
struct Looking {
    last: Option<Live>,
    doors_at: Option<Moment>,
    still_since: Option<Moment>,
    mail_at: Option<Moment>,
}

/// Looks for as long as the program runs.
pub(crate) async fn look(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut looking = Looking::default();
    loop {
        tick.tick().await;
        let app = Arc::clone(&app);
        let own = std::mem::take(&mut looking);
        let looked = tokio::task::spawn_blocking(move || own.round(&app)).await;
        looking = looked.unwrap_or_else(|error| {
            tracing::error!(%error, "how the filter stands could not be looked at");
            Looking::default()
        });
    }
}

impl Looking {
    fn round(mut self, app: &App) -> Looking {
        let now = app.now();
        let folder = app.folder.root().join("filter");
        let runs = runs(&folder.join("traces").join(HELD));
        let doors = self.doors(app, now);
        let live = Live {
            standing: runs.then(|| network::standing(&folder, app)).flatten(),
            doors,
        };
        if self.last.as_ref() != Some(&live) {
            app.desk.note_network(Arc::new(live.clone()));
            self.last = Some(live);
        }
        // Where no filter has ever run, none stands still.
        if folder.join("traces").exists() {
            self.note_still(app, runs, now);
        }
        self.ask_mail(app, now);
        self
    }

    /// Which devices came by which door: asked from time to time.
    fn doors(&mut self, app: &App, now: Moment) -> Vec<families::filter::network::Came> {
        let fresh = self
            .doors_at
            .is_some_and(|at| now < at.plus_minutes(DOORS_MINUTES));
        if fresh && let Some(last) = &self.last {
            return last.doors.clone();
        }
        self.doors_at = Some(now);
        let today = now.date();
        let asked = Asked {
            rows: ROWS_MAX,
            ..Asked::days(minus_days(today, DOORS_DAYS), today)
        };
        let report = app.desk.view(&Actor::clock(), now, "", None, |view| {
            view.traces.ask(&asked)
        });
        report.map_or_else(|_| Vec::new(), |report| network::doors(&report))
    }

    /// Tells when the filter stands still, and when it runs again.
    fn note_still(&mut self, app: &App, runs: bool, now: Moment) {
        let known = app.desk.state();
        let noted = known.setting.filter.evidence().stands_still().is_some();
        drop(known);
        if runs {
            self.still_since = None;
            if noted {
                perform(app, Evidence::RecordRuns);
            }
            return;
        }
        let since = *self.still_since.get_or_insert(now);
        if !noted && now >= since.plus_minutes(STILL_MINUTES) {
            let why = "The program that answers has ended; it is started again by itself where this program runs it".to_owned();
            perform(app, Evidence::RecordStill { since, why });
        }
    }

    /// Asks the domain of the mail once a week, and soon after it was named.
    fn ask_mail(&mut self, app: &App, now: Moment) {
        let state = app.desk.state();
        let evidence = state.setting.filter.evidence();
        let Some(mail) = evidence
            .mail()
            .filter(|mail| !mail.domain.is_empty())
            .cloned()
        else {
            return;
        };
        let last = evidence.looked().next_back();
        let last = last.filter(|looked| looked.found.domain == mail.domain);
        let fresh = last.is_some_and(|looked| now < looked.at.plus_hours(MAIL_HOURS));
        let waits = self
            .mail_at
            .is_some_and(|at| now < at.plus_minutes(MAIL_AGAIN_MINUTES));
        drop(state);
        // A domain that no one has, as in the demo, is asked of nobody.
        if fresh || waits || mail::is_made_up(&mail.domain) {
            return;
        }
        self.mail_at = Some(now);
        match mail::look(&mail::resolvers(), &mail.domain, &mail.selectors) {
            Ok(found) => perform(app, Evidence::RecordMail(found)),
            Err(error) => {
                tracing::warn!(%error, "the domain of the mail could not be asked; it is tried again");
            }
        }
    }
}

/// Whether a filter runs with this data folder: whoever runs holds a file.
fn runs(held: &Path) -> bool {
    std::fs::File::open(held).is_ok_and(|file| file.try_lock().is_err())
}

fn perform(app: &App, act: Evidence) {
    let act = Act::Filter(Filter::Evidence(act));
    let name = act.name();
    if let Err(failed) = app.desk.perform(&Actor::clock(), act, &[], app.now()) {
        tracing::warn!(?failed, "{name} was not done");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_runs_while_somebody_holds_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(HELD);
        assert!(!runs(&path));
        let file = std::fs::File::create(&path).unwrap();
        assert!(!runs(&path));
        file.lock().unwrap();
        assert!(runs(&path));
        drop(file);
        assert!(!runs(&path));
    }
}
