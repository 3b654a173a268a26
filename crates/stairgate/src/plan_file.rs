//! The plan of the filter as a file: made anew each second from how things stand, and written when
//! it has changed. The filter reads it by itself and goes on with the last one when this program is
//! down; what an adult opened ends there at its time all the same.

use crate::{filter::Folder, web::app::App};
use families::{
    filter::plan,
    spine::{in_force::InForce, setting::Setting},
};
use gate::plan::{Plan, PlanError, write_file};
use kernel::moment::Moment;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// How often it is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Where the plan lies in the data folder.
fn place(app: &App) -> PathBuf {
    Folder::of(app.folder.root()).plan()
}

/// Writes the plan whenever it has changed.
pub(crate) async fn keep_plan(app: Arc<App>) {
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut last: Option<Plan> = None;
    loop {
        tick.tick().await;
        let at = Arc::clone(&app);
        let before = last.take();
        let kept = tokio::task::spawn_blocking(move || keep(&at, before)).await;
        last = kept.unwrap_or_else(|error| {
            tracing::error!(%error, "the plan of the filter could not be made");
            None
        });
    }
}

/// The plan that lies in the file now. A setting that runs no filter and has no device with an
/// address has no file.
fn keep(app: &App, before: Option<Plan>) -> Option<Plan> {
    let state = app.desk.state();
    let made = made(&state.setting, &state.in_force, app.now());
    drop(state);
    let plan = match made {
        Ok(plan) => plan,
        Err(error) => {
            tracing::error!(%error, "the plan of the filter does not hold; the one before stays");
            return before;
        }
    };
    let file = place(app);
    let is_wanted = !plan.devices.is_empty() || file.parent().is_some_and(|folder| folder.exists());
    if before.as_ref() == Some(&plan) || (before.is_none() && !is_wanted) {
        return before;
    }
    let folder = file.parent().map(std::fs::create_dir_all).transpose();
    let written = folder
        .map_err(anyhow::Error::from)
        .and_then(|_| write_file(&plan, &file).map_err(anyhow::Error::from));
    match written {
        Ok(()) => Some(plan),
        Err(error) => {
            tracing::error!(%error, "the plan of the filter could not be written; it is tried again");
            before
        }
    }
}

/// The plan at a moment, as the filter takes it.
pub(crate) fn made(setting: &Setting, in_force: &InForce, now: Moment) -> Result<Plan, PlanError> {
    held(plan::of(setting, in_force, now), now)
}

/// A single site that the filter does not take, such as an ending under which anybody has names, is
/// left out: it never costs the plan.
fn held(mut said: plan::Plan, now: Moment) -> Result<Plan, PlanError> {
    if let Ok(plan) = read(&said) {
        return Ok(plan);
    }
    let bare = plan::Plan {
        sessions: Vec::new(),
        exceptions: Vec::new(),
        ..said.clone()
    };
    let takes_site = |exception: &plan::Exception| {
        let one = plan::Plan {
            exceptions: vec![exception.clone()],
            devices: Vec::new(),
            ..bare.clone()
        };
        read(&one).is_ok()
    };
    let takes_name = |name: &String| {
        let open = plan::Exception {
            name: name.clone(),
            open: true,
            profiles: Vec::new(),
            until: Some(now),
            reason: String::new(),
            clause: None,
        };
        takes_site(&open)
    };
    said.exceptions.retain(takes_site);
    for session in &mut said.sessions {
        session.names.retain(takes_name);
    }
    read(&said)
}

fn read(said: &plan::Plan) -> Result<Plan, PlanError> {
    // INVARIANT: a plan is plain words, which JSON can hold.
    let text = serde_json::to_string(said).unwrap_or_default();
    Plan::read(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use families::{
        devices::kinds::Users,
        filter::plan::{Device, Exception, Keep, Profile, Session},
    };
    use gate::{
        compiled::Compiled,
        lists::{Asked, Compiling, compile},
        plan::{Asker, Gate},
    };
    use jiff::civil::date;
    use std::net::IpAddr;

    fn profile(users: Users, closed: &[&str]) -> Profile {
        Profile {
            name: users.key().to_owned(),
            children: users == Users::Children,
            closed: closed.iter().map(|kind| (*kind).to_owned()).collect(),
            ..Profile::default()
        }
    }

    /// A tablet of children, on which an adult has opened one site; and a laptop.
    fn said(now: Moment) -> plan::Plan {
        let device = |name: &str, address: &str, users: Users| Device {
            name: name.to_owned(),
            addresses: vec![address.to_owned()],
            profile: users.key().to_owned(),
            sessions_only: users == Users::Children,
            ..Device::default()
        };
        plan::Plan {
            profiles: vec![
                profile(Users::Children, &["all"]),
                profile(Users::Staff, &["social"]),
            ],
            strangers: "children".to_owned(),
            devices: vec![
                device("device-1", "10.0.0.11", Users::Children),
                device("device-2", "10.0.0.12", Users::Staff),
            ],
            sessions: vec![Session {
                name: "session-1".to_owned(),
                devices: vec!["device-1".to_owned()],
                from: now,
                until: now.plus_minutes(15),
                profile: "children".to_owned(),
                names: vec!["ponds.example".to_owned()],
                limited: true,
                clause: None,
            }],
            exceptions: vec![Exception {
                name: "illegal.example".to_owned(),
                open: true,
                profiles: Vec::new(),
                until: Some(now.plus_hours(24)),
                reason: "Somebody tried".to_owned(),
                clause: None,
            }],
            traces: Keep {
                days: 90,
                ..Keep::default()
            },
            ..plan::Plan::default()
        }
    }

    fn gate(plan: Plan) -> Gate {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list.txt");
        std::fs::write(&list, "illegal.example\n").unwrap();
        let file = folder.path().join("lists");
        let illegal = Asked {
            path: list,
            category: Some(gate::compiled::ILLEGAL.to_owned()),
            form: None,
            licence: None,
            attribution: None,
        };
        let compiling = Compiling {
            lists: vec![illegal],
            with_ours: true,
            shrink_percent_max: 50,
            may_shrink: Vec::new(),
        };
        compile(&compiling, &file).unwrap();
        let opened = Compiled::open(&file).unwrap();
        Gate::new(Arc::new(opened), plan)
    }

    #[test]
    fn the_filter_opens_what_an_adult_opened_and_nothing_that_is_illegal() {
        let now = Moment::on(date(2026, 9, 1), 10, 0);
        let gate = gate(read(&said(now)).unwrap());
        let open = |address: &str, name: &str, at: Moment| {
            let address: IpAddr = address.parse().unwrap();
            let seat = gate.seat(Asker::At(address), at);
            gate.decide_for(seat, name, at).open
        };
        let (tablet, laptop) = ("10.0.0.11", "10.0.0.12");
        assert!(open(tablet, "ponds.example", now));
        assert!(open(tablet, "cdn.ponds.example", now));
        assert!(!open(tablet, "trains.example", now));
        let later = now.plus_minutes(15);
        assert!(!open(tablet, "ponds.example", later));
        assert!(open(laptop, "trains.example", now));
        for at in [now, later] {
            assert!(!open(tablet, "illegal.example", at));
            assert!(!open(laptop, "illegal.example", at));
        }
    }

    #[test]
    fn no_plan_of_any_form_opens_what_is_illegal() {
        let now = Moment::on(date(2026, 9, 1), 10, 0);
        let yes_no = [false, true];
        let kinds: [&[&str]; 3] = [&[], &["social"], &["all"]];
        let mut tried = 0;
        for (closed, limited) in kinds
            .iter()
            .flat_map(|own| yes_no.map(|limited| (own, limited)))
        {
            for (children, sessions_only) in
                yes_no.iter().flat_map(|own| yes_no.map(|two| (*own, two)))
            {
                let mut plan = said(now);
                for profile in &mut plan.profiles {
                    profile.closed = closed.iter().map(|kind| (*kind).to_owned()).collect();
                    profile.children = children;
                }
                for device in &mut plan.devices {
                    device.sessions_only = sessions_only;
                }
                for session in &mut plan.sessions {
                    session.names.push("illegal.example".to_owned());
                    session.devices = vec!["device-1".to_owned(), "device-2".to_owned()];
                    session.limited = limited;
                }
                let gate = gate(read(&plan).unwrap());
                for address in ["10.0.0.11", "10.0.0.12", "10.0.0.99"] {
                    for name in ["illegal.example", "www.illegal.example"] {
                        let seat = gate.seat(Asker::At(address.parse().unwrap()), now);
                        assert!(!gate.decide_for(seat, name, now).open, "{plan:?}");
                        tried += 1;
                    }
                }
            }
        }
        assert_eq!(tried, 144);
    }

    #[test]
    fn one_name_that_the_filter_does_not_take_never_costs_the_plan() {
        let now = Moment::on(date(2026, 9, 1), 10, 0);
        let mut bad = said(now);
        bad.exceptions.push(Exception {
            name: "co.uk".to_owned(),
            ..bad.exceptions[0].clone()
        });
        assert!(read(&bad).is_err());
        bad.sessions[0].names.push("org.uk".to_owned());
        let held = held(bad, now).unwrap();
        assert_eq!(held.exceptions.len(), 1);
        assert_eq!(held.sessions[0].names, ["ponds.example"]);
        let plain = made(&Setting::default(), &InForce::default(), now).unwrap();
        assert_eq!(plain.profiles.len(), 4);
        assert_eq!(plain.strangers.as_deref(), Some("children"));
    }
}
