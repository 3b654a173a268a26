//! What the network has to know follows from how things stand; no act, role or setting makes it open
//! what is closed for everybody. Shown for "filter.illegal" with random acts.

use super::filter;
use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{Internet, Users},
    },
    filter::{
        acts::Act,
        entries::What,
        plan::{self, Plan},
    },
    internet::{
        names::is_within,
        tests::{cast, open, opening},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Room},
        scenario::{MANAGER, Scenario},
    },
};
use kernel::moment::Date;
use proptest::prelude::*;

const POLICY: &str = r#"
[[clause]]
id = "all"
section = "Internet"
text = "We filter the internet."
controls = ["filter.social-media", "filter.illegal", "filter.age-appropriate", "internet.supervised", "devices.register"]
values = { profiles = ["staff", "children"], unknown = "visitors", sites = "approved only" }
"#;

fn plan(scenario: &Scenario) -> Plan {
    plan::of(&scenario.setting, &scenario.in_force, scenario.now())
}

#[test]
fn the_plan_says_which_device_may_reach_what_at_this_moment() {
    let (mut scenario, tomos, _) = cast(POLICY);
    let before = plan(&scenario);
    assert_eq!(before.strangers, "visitors");
    let tablet = before.devices.first().expect("it has an address");
    assert_eq!(tablet.addresses, ["10.0.0.11"]);
    assert!(tablet.sessions_only && !tablet.cut_off);
    assert!(before.sessions.is_empty());
    scenario.done(tomos, open(opening()));
    let during = plan(&scenario);
    let session = during.sessions.first().expect("it is open");
    assert_eq!(session.devices, ["device-1"]);
    assert_eq!(session.names, ["pictures.example", "ponds.example"]);
    assert!(session.limited);
    assert_eq!(session.clause.as_deref(), Some("We filter the internet."));
    let out = Devices::TakeOut {
        device: 1,
        why: String::new(),
    };
    scenario.done(tomos, AnyAct::Devices(out));
    let after = plan(&scenario);
    assert!(after.devices.first().is_some_and(|device| device.cut_off));
    assert!(
        after
            .sessions
            .first()
            .is_some_and(|session| session.devices.is_empty())
    );
    scenario.later(20);
    assert!(plan(&scenario).sessions.is_empty());
    // The file is what the page gives.
    let file = scenario.page(MANAGER, "/filter/plan", &[]);
    assert!(
        file.contains("\"device-1\"") && file.contains("\"strangers\": \"visitors\""),
        "{file}"
    );
}

/// An act that somebody who keeps the filter may ask for.
fn act() -> impl Strategy<Value = AnyAct> {
    let kind = prop::sample::select(vec![
        "illegal",
        "social",
        "malware",
        "ways-round",
        "games",
        "all",
        "",
    ]);
    let site = prop::sample::select(vec![
        "ponds.example",
        "facebook.com",
        "illegal.example",
        "co.uk",
        "",
    ]);
    let users = prop::sample::subsequence(Users::ALL.to_vec(), 0..=4);
    let until = prop::option::of(prop::sample::select(vec![
        Date::constant(2026, 9, 30),
        Date::constant(2026, 8, 1),
        Date::MAX,
    ]));
    let what = (0..4_u8, kind, site).prop_map(|(which, kind, site)| match which {
        0 => What::OpenSite {
            site: site.to_owned(),
            needs: vec!["needs.example".to_owned()],
        },
        1 => What::CloseSite {
            site: site.to_owned(),
        },
        2 => What::OpenKind {
            kind: kind.to_owned(),
        },
        _ => What::CloseKind {
            kind: kind.to_owned(),
        },
    });
    let propose = (what, users, until.clone()).prop_map(|(what, users, until)| {
        let users = users.iter().filter_map(|(key, _)| Users::from_key(key));
        filter(Act::Propose {
            what,
            users: users.collect(),
            until,
            reason: "Because".to_owned(),
            risk: "None".to_owned(),
        })
    });
    let decide = (1..6_u32, any::<bool>()).prop_map(|(change, approve)| {
        filter(Act::Decide {
            change,
            approve,
            why: String::new(),
        })
    });
    let back = (1..6_u32).prop_map(|change| {
        filter(Act::TakeBack {
            change,
            why: "Because".to_owned(),
        })
    });
    let request = prop::sample::select(vec!["facebook.com", "ponds.example"]).prop_map(|site| {
        filter(Act::Request {
            site: site.to_owned(),
            users: Users::Staff,
            why: "Because".to_owned(),
        })
    });
    let needs = prop::sample::subsequence(vec!["cdn.ponds.example", "needs.example"], 0..=2);
    let answer = (1..4_u32, until, needs).prop_map(|(request, open_until, needs)| {
        filter(Act::Answer {
            request,
            open_until,
            needs: needs.into_iter().map(str::to_owned).collect(),
            why: "Because".to_owned(),
        })
    });
    let internet = (any::<bool>(), any::<bool>()).prop_map(|(room, always)| {
        let internet = if always {
            Internet::Always
        } else {
            Internet::Opened
        };
        AnyAct::Devices(if room {
            Devices::SetRoomInternet {
                room: Room(1),
                internet,
            }
        } else {
            Devices::SetInternet {
                device: 1,
                internet,
            }
        })
    });
    let session = any::<bool>().prop_map(|filtered| {
        open(crate::internet::acts::Opening {
            filtered,
            ..opening()
        })
    });
    let list = any::<bool>().prop_map(|end| {
        let name = "IWF".to_owned();
        filter(if end {
            Act::EndList { name }
        } else {
            Act::RecordList {
                name,
                supplier: "Vale Broadband".to_owned(),
                until: Date::constant(2027, 1, 1),
            }
        })
    });
    prop_oneof![4 => propose, 4 => decide, 1 => back, 2 => request, 2 => answer, 1 => internet, 1 => session, 1 => list]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_act_of_anybody_opens_what_is_closed_for_everybody(acts in prop::collection::vec((0..3_usize, act()), 1..25), with_policy in any::<bool>()) {
        let (mut scenario, tomos, _) = cast(POLICY);
        if !with_policy {
            scenario.adopt("[policy]\ntitle = \"Nothing\"\n[[clause]]\nid = \"x\"\nsection = \"X\"\ntext = \"We are kind.\"\ncontrols = []\n");
        }
        let kit = scenario.holder("Kit Moor", Group::Contractor, Role::TechnicalLead);
        let who = [MANAGER, kit, tomos];
        let mut closings = 0;
        for (by, act) in acts {
            let _ = scenario.try_act(who[by], &act);
            let plan = plan(&scenario);
            // What two people closed, no single step opens.
            let in_force = scenario.setting.filter.in_force(scenario.today());
            let now = in_force.filter(|change| !change.proposed.what.opens()).count();
            prop_assert!(now >= closings);
            closings = now;
            // Whoever answers adds no name from elsewhere.
            for request in scenario.setting.filter.requests() {
                let opened = request.answer.as_ref().and_then(|answer| answer.change);
                let opened = opened.and_then(|number| scenario.setting.filter.change(number));
                if let Some(What::OpenSite { site, needs }) = opened.map(|change| &change.proposed.what) {
                    prop_assert!(needs.iter().all(|name| is_within(name, site)));
                }
            }
            for profile in &plan.profiles {
                prop_assert!(profile.closed.iter().any(|kind| kind == "ways-round"));
                prop_assert!(profile.closed.iter().any(|kind| kind == "malware"));
                let is_children = profile.name == "children";
                prop_assert_eq!(profile.children, is_children);
                prop_assert!(!is_children || profile.closed.iter().any(|kind| kind == "all"));
            }
            for change in scenario.setting.filter.in_force(scenario.today()) {
                // Two people, and a last day for what opens.
                let approved = change.decided.and_then(|(_, by, _)| by);
                prop_assert!(approved.is_some() && approved != change.by);
                prop_assert!(!change.proposed.what.opens() || change.proposed.until.is_some());
            }
            for exception in &plan.exceptions {
                prop_assert!(!exception.open || exception.until.is_some());
                prop_assert!(!with_policy || !exception.open || exception.name != "facebook.com" || !exception.profiles.iter().any(|one| one == "staff"));
            }
        }
    }
}
