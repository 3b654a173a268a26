//! devices.authorised-user: a device is used by the person it was handed to, for work.

use super::{hand_out, with_tablet};
use crate::{
    devices::acts::Act,
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn clause(personal_use: &str) -> String {
    format!(
        r#"
[[clause]]
id = "issued"
section = "Hardware"
text = "A device that was issued to somebody is used by nobody else, for work."
controls = ["devices.authorised-user"]
values = {{ personal_use = "{personal_use}" }}
"#
    )
}

fn personal() -> AnyAct {
    AnyAct::Devices(Act::AllowPersonalUse {
        device: 1,
        why: "Studies at the college".to_owned(),
        until: Date::constant(2026, 12, 1),
    })
}

fn cast(personal_use: &str) -> (Scenario, Person) {
    let mut scenario = Scenario::with_clauses(&clause(personal_use));
    with_tablet(&mut scenario);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    (scenario, tomos)
}

#[test]
fn who_had_a_device_when_is_recorded_and_confirmed() {
    let (mut scenario, tomos) = cast("no");
    let before = scenario.now();
    scenario.act(MANAGER, hand_out(1, tomos), expect!["devices.handed-out"]);
    let page = scenario.page(tomos, "/devices/{device}", &[("device", "1")]);
    assert!(page.contains("Confirm that I have it"), "{page}");
    let confirm = AnyAct::Devices(Act::Acknowledge { device: 1 });
    scenario.act(
        MANAGER,
        confirm.clone(),
        expect!["not allowed: the person whom it is about may"],
    );
    scenario.act(tomos, confirm.clone(), expect!["devices.acknowledged"]);
    scenario.act(
        tomos,
        confirm,
        expect!["mistake in device: You have said so already"],
    );
    scenario.later(60);
    scenario.act(
        tomos,
        AnyAct::Devices(Act::HandBack { device: 1 }),
        expect!["devices.handed-back"],
    );
    expect!["Robins tablet 1 | Tomos Reed | 1 September 2026, 09:05 | 2026-12-18 | 1 September 2026, 09:06 | 1 September 2026, 10:07"]
        .assert_eq(&scenario.registered("devices.authorised-user"));
    let device = scenario
        .setting
        .devices
        .find(1)
        .cloned()
        .expect("it is there");
    assert_eq!(device.held_at(before.plus_minutes(30)), Some(tomos));
    assert_eq!(device.held_at(scenario.now()), None);
    assert_eq!(device.held_at(before.plus_minutes(-1)), None);
}

#[test]
fn somebody_takes_a_device_themselves_but_not_for_another() {
    let (mut scenario, tomos) = cast("no");
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.act(tomos, hand_out(1, rosa), expect!["not allowed: the manager, the deputy manager, the technical lead, people who work here or the person whom it is about may"]);
    scenario.act(tomos, hand_out(1, tomos), expect!["devices.handed-out"]);
    let device = scenario.setting.devices.find(1).expect("it is there");
    assert!(
        device
            .holder()
            .is_some_and(|hand| hand.acknowledged.is_some())
    );
    let child = scenario.person("Wren Ash", &[Group::Child]);
    scenario.act(
        MANAGER,
        hand_out(1, child),
        expect!["mistake in person: There is no such grown-up here"],
    );
}

#[test]
fn personal_use_is_off_where_the_policy_says_no() {
    let (mut scenario, tomos) = cast("no");
    scenario.done(MANAGER, hand_out(1, tomos));
    scenario.act(MANAGER, personal(), expect!["refused by devices.authorised-user (issued): Devices of the setting are for work only. Nobody can allow it. Leave it at work, or change the policy."]);
}

#[test]
fn personal_use_is_allowed_by_whom_the_policy_names_until_a_day() {
    let (mut scenario, tomos) = cast("deputy manager");
    scenario.done(MANAGER, hand_out(1, tomos));
    scenario.act(MANAGER, personal(), expect!["refused by devices.authorised-user (issued): Personal use is not yours to allow. The deputy manager can allow it. Ask them. They allow it on the page of the device, until a day."]);
    let deputy = scenario.holder(
        "Sam Reed",
        Group::Staff,
        crate::roles::role::Role::DeputyManager,
    );
    scenario.act(deputy, personal(), expect!["devices.personal-use-allowed"]);
    let at = [("device", "1")];
    assert!(
        scenario
            .page(tomos, "/devices/{device}", &at)
            .contains("Personal use")
    );
    scenario.on(2026, 12, 2);
    assert!(
        !scenario
            .page(tomos, "/devices/{device}", &at)
            .contains("Personal use")
    );
    let end = AnyAct::Devices(Act::EndPersonalUse { device: 1 });
    scenario.act(deputy, end, expect!["devices.personal-use-ended"]);
}
