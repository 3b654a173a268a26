//! monitor.hand-checks: managers look at devices and talk to staff.

use super::{cast, monitor};
use crate::{
    monitor::{
        acts::{Act, to_pick},
        entries::{Outcome, Thing},
    },
    spine::{
        act::{Act as AnyAct, Who},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use std::collections::BTreeSet;

pub(super) const CHECKS: &str = r#"
[[clause]]
id = "by-hand"
section = "Monitoring"
text = "The manager checks devices by hand every month; it is talked over in supervision and staff meetings."
controls = ["monitor.hand-checks"]
values = { by = "manager", every = "month", checked = ["files on the network"], talk_in = ["supervision", "staff meetings"] }
"#;

fn pick(s: &mut Scenario) -> u32 {
    let act = to_pick(&s.setting, &s.in_force, s.today()).expect("it is time");
    s.done(Who::Clock, act);
    s.setting.monitor.checks().next_back().unwrap().picked.check
}

fn check(check: u32, outcome: Outcome, note: &str) -> AnyAct {
    monitor(Act::Check {
        check,
        outcome,
        note: note.to_owned(),
    })
}

#[test]
fn chance_picks_what_the_manager_looks_at_and_the_result_is_kept() {
    let (mut s, _) = cast(CHECKS);
    let number = pick(&mut s);
    assert!(to_pick(&s.setting, &s.in_force, s.today()).is_none());
    let owed = s.owed("monitor.hand-checks");
    assert!(
        owed.contains("Look at this by hand, picked by chance") && owed.contains("Maya Lin"),
        "{owed}"
    );
    s.act(
        MANAGER,
        check(number, Outcome::PutRight, ""),
        expect!["mistake in note: Write what was not as it should be"],
    );
    s.act(
        MANAGER,
        check(number, Outcome::ToPutRight, "The screen lock is off"),
        expect!["monitor.checked"],
    );
    assert!(
        s.owed("monitor.hand-checks")
            .contains("Put right what was found")
    );
    s.done(MANAGER, check(number, Outcome::Fine, ""));
    assert!(!s.owed("monitor.hand-checks").contains("by hand"));
    assert!(
        s.registered("monitor.hand-checks")
            .contains("As it should be")
    );
    s.on(2026, 10, 12);
    assert!(to_pick(&s.setting, &s.in_force, s.today()).is_some());
}

#[test]
fn devices_accounts_and_what_the_policy_names_are_picked_in_their_turn() {
    let (mut s, _) = cast(CHECKS);
    let mut seen = BTreeSet::new();
    for _ in 0..40 {
        let number = pick(&mut s);
        let check_of = s.setting.monitor.check(number).unwrap();
        seen.insert(match &check_of.picked.thing {
            Thing::Device(device) => format!("device {device}"),
            Thing::Account(_) => "account".to_owned(),
            Thing::Named(words) => words.clone(),
        });
        let own = crate::monitor::acts::is_own(check_of, MANAGER, &s.setting);
        let who = if own {
            crate::spine::act::Person(2)
        } else {
            MANAGER
        };
        s.done(who, check(number, Outcome::NotHere, ""));
    }
    let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
    assert_eq!(
        seen,
        ["account", "device 1", "device 2", "files on the network"]
    );
}

#[test]
fn nobody_looks_at_what_is_their_own() {
    let (mut s, cast) = cast(CHECKS);
    loop {
        let number = pick(&mut s);
        let found = s.setting.monitor.check(number).unwrap();
        if found.picked.thing == Thing::Account(MANAGER) {
            s.act(
                MANAGER,
                check(number, Outcome::Fine, ""),
                expect!["mistake in check: Somebody else looks at what is yours"],
            );
            let owed = s.owed("monitor.hand-checks");
            assert!(owed.contains("Ines Marsh"), "{owed}");
            s.done(cast.lead, check(number, Outcome::Fine, ""));
            return;
        }
        s.done(cast.lead, check(number, Outcome::NotHere, ""));
    }
}

#[test]
fn online_safety_is_an_item_of_the_meetings_that_the_policy_names() {
    let (mut s, cast) = cast(CHECKS);
    s.on(2026, 9, 10);
    let owed = s.owed("monitor.hand-checks");
    assert!(
        owed.contains("Talk over online safety: supervision"),
        "{owed}"
    );
    assert!(
        owed.contains("Talk over online safety: staff meetings"),
        "{owed}"
    );
    let talk = monitor(Act::Talk {
        place: "staff meetings".to_owned(),
        on: s.today(),
        about: "What to do when something comes up".to_owned(),
    });
    s.act(
        cast.tomos,
        talk.clone(),
        expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"],
    );
    s.done(MANAGER, talk);
    assert!(!s.owed("monitor.hand-checks").contains("staff meetings"));
    let page = s.page(MANAGER, "/monitor/checks", &[]);
    assert!(
        page.contains("What to do when something comes up"),
        "{page}"
    );
}
