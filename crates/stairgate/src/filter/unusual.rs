//! Looks from time to time whether what is asked for is unusual, where the policy asks for it: what is
//! found becomes an alert like any other.

use crate::web::app::App;
use families::{
    monitor::{acts::Act as Monitor, unusual},
    spine::act::{Act, Actor},
};
use std::{sync::Arc, time::Duration};

/// How often it is looked.
const LOOK: Duration = Duration::from_secs(600);

/// Looks for as long as the program runs.
pub(super) async fn look(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let app = Arc::clone(&app);
        let looked = tokio::task::spawn_blocking(move || raise(&app)).await;
        if let Err(error) = looked {
            tracing::error!(%error, "it could not be looked for what is unusual");
        }
    }
}

fn raise(app: &App) {
    let (who, now) = (Actor::clock(), app.now());
    let found = app.desk.view(&who, now, "", None, unusual::found);
    for raise in found.unwrap_or_default() {
        let act = Act::Monitor(Monitor::Raise(Box::new(raise)));
        if let Err(failed) = app.desk.perform(&who, act, &[], now) {
            tracing::warn!(
                ?failed,
                "an alert about what is unusual could not be raised"
            );
        }
    }
}
