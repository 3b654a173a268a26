//! Devices that are told: whose they are, and when that ends.

use super::*;
use crate::{notices::entries::Way, people::acts::Act as People};
use expect_test::expect;

pub(super) fn start(scenario: &mut Scenario) {
    let start = Act::StartPush {
        public: "BAAA".to_owned(),
        secret: Secret("CAAA".to_owned()),
    };
    scenario.done(MANAGER, act(start));
}

pub(super) fn add(scenario: &mut Scenario, person: Person, name: &str) {
    let endpoint = format!("https://push.example.org/send/{name}");
    scenario.done(person, act(Act::AddDevice { endpoint }));
}

/// The ways in which somebody hears of a changed password.
fn heard(scenario: &mut Scenario, person: Person) -> Vec<Way> {
    let password = format!("$argon2id${}", scenario.lines.len());
    scenario.done(
        person,
        AnyAct::Access(Access::ChangePassword {
            password: password.into(),
        }),
    );
    made(scenario).iter().map(|notice| notice.way).collect()
}

#[test]
fn a_device_is_told_when_the_setting_allows_it_and_the_browser_can_be_reached() {
    let mut scenario = scenario();
    let add = |endpoint: &str| {
        act(Act::AddDevice {
            endpoint: endpoint.to_owned(),
        })
    };
    let good = "https://push.example.org/send/a";
    scenario.act(
        MANAGER,
        add(good),
        expect!["mistake in endpoint: Nobody is told on a device here yet. A manager can allow it under Settings"],
    );
    start(&mut scenario);
    for inside in [
        "",
        "https://127.0.0.1/a",
        "http://push.example.org/a",
        "https://db.internal/a",
    ] {
        scenario.act(
            MANAGER,
            add(inside),
            expect!["mistake in endpoint: This browser has not said how it can be reached. Allow notifications for this site, or try another browser"],
        );
    }
    scenario.act(MANAGER, add(good), expect!["notices.device-added"]);
    scenario.act(
        MANAGER,
        add(good),
        expect!["mistake in endpoint: You are told on this device already"],
    );
    assert_eq!(heard(&mut scenario, MANAGER), [Way::Mail, Way::Device(1)]);
}

#[test]
fn a_browser_that_somebody_else_uses_now_tells_nothing_of_the_one_before() {
    let mut scenario = scenario();
    start(&mut scenario);
    let ada = reached(&mut scenario, "ada", Group::Staff);
    add(&mut scenario, MANAGER, "shared");
    let endpoint = "https://push.example.org/send/shared".to_owned();
    let expected = expect!["notices.device-removed, notices.device-added"];
    scenario.act(ada, act(Act::AddDevice { endpoint }), expected);
    assert_eq!(heard(&mut scenario, MANAGER), [Way::Mail]);
    assert_eq!(heard(&mut scenario, ada), [Way::Mail, Way::Device(2)]);
}

#[test]
fn nobody_takes_away_the_device_of_another() {
    let mut scenario = scenario();
    start(&mut scenario);
    let ada = reached(&mut scenario, "ada", Group::Staff);
    add(&mut scenario, MANAGER, "a");
    let expected =
        expect!["mistake in device: There is no such device. It may have been taken away already"];
    scenario.act(ada, act(Act::RemoveDevice { device: 1 }), expected);
    let expected = expect!["notices.device-removed"];
    scenario.act(MANAGER, act(Act::RemoveDevice { device: 1 }), expected);
    assert!(
        !scenario
            .page(MANAGER, "/account/notices", &[])
            .contains("Take away")
    );
}

#[test]
fn a_leaver_s_devices_are_silent_at_once_and_stay_so_when_they_return() {
    let mut scenario = scenario();
    start(&mut scenario);
    let ada = reached(&mut scenario, "ada", Group::Staff);
    add(&mut scenario, ada, "a");
    assert_eq!(heard(&mut scenario, ada), [Way::Mail, Way::Device(1)]);
    let notices = made(&scenario);
    let last = scenario.today();
    scenario.done(
        MANAGER,
        AnyAct::People(People::RecordLeaving { person: ada, last }),
    );
    scenario.on(2026, 9, 2);
    let may_go = |scenario: &Scenario| notices.iter().any(|notice| reach(scenario).may_go(notice));
    assert!(!may_go(&scenario));
    scenario.on(2026, 10, 1);
    let since = scenario.today();
    scenario.done(
        MANAGER,
        AnyAct::People(People::RecordReturn { person: ada, since }),
    );
    assert_eq!(heard(&mut scenario, ada), [Way::Mail]);
}

#[test]
fn when_devices_are_stopped_none_is_told_any_more() {
    let mut scenario = scenario();
    start(&mut scenario);
    add(&mut scenario, MANAGER, "a");
    scenario.act(MANAGER, act(Act::StopPush), expect!["notices.push-stopped"]);
    start(&mut scenario);
    assert_eq!(heard(&mut scenario, MANAGER), [Way::Mail]);
}
