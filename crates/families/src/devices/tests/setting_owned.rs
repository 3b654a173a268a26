//! devices.setting-owned: only the setting’s equipment is used with children.

use super::{add, hand_out, tablet, with_tablet};
use crate::{
    devices::{
        acts::Act,
        kinds::{About, Owner},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

const OWN: &str = r#"
[[clause]]
id = "own"
section = "Equipment"
text = "Only equipment of the setting is used in activities with children."
controls = ["devices.setting-owned"]
values = { for = ["activities with children"] }
"#;

const UNLESS: &str = r#"
[[clause]]
id = "own"
section = "Equipment"
text = "Nobody uses a device of their own unless the manager agrees."
controls = ["devices.setting-owned"]
values = { for = ["any use"], exceptions = ["manager"] }
"#;

fn phone_of(person: Person) -> About {
    About {
        owner: Owner::Person(person),
        ..tablet("A phone")
    }
}

fn allow() -> AnyAct {
    AnyAct::Devices(Act::AllowUse {
        device: 1,
        what_for: "Pictures at the fair".to_owned(),
        until: Date::constant(2026, 9, 4),
    })
}

#[test]
fn what_is_not_the_settings_is_not_used_for_what_the_clause_names() {
    let mut scenario = Scenario::with_clauses(OWN);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, add(phone_of(tomos)));
    scenario.act(tomos, hand_out(1, tomos), expect!["refused by devices.setting-owned (own): This device is not the setting’s. Only the setting’s own are used for: activities with children. Nobody can allow it. Take a device of the setting."]);
    scenario.act(
        (MANAGER, "phone 5f2a91"),
        AnyAct::Devices(Act::Enrol { device: 1 }),
        expect!["refused by devices.setting-owned (own): This device is not the setting’s. Only the setting’s own are used for: activities with children. Nobody can allow it. Take a device of the setting."],
    );
    scenario.act(MANAGER, allow(), expect!["refused by devices.setting-owned (own): Whether something else than the setting’s equipment is used is not yours to allow. Nobody can allow it. Take a device of the setting."]);
    let notices = scenario.page(
        tomos,
        "/policy/controls/{control}",
        &[("control", "devices.setting-owned")],
    );
    assert!(notices.contains("activities with children"), "{notices}");
}

#[test]
fn those_whom_the_policy_names_allow_it_until_a_day() {
    let mut scenario = Scenario::with_clauses(UNLESS);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let lead = scenario.holder("Ines Marsh", Group::Staff, Role::DeputyLead);
    scenario.done(MANAGER, add(phone_of(tomos)));
    scenario.act(tomos, hand_out(1, tomos), expect!["refused by devices.setting-owned (own): This device is not the setting’s. Only the setting’s own are used for: any use. The manager can allow it. Take a device of the setting, or ask them to allow it on the page of the device, until a day."]);
    scenario.act(lead, allow(), expect!["refused by devices.setting-owned (own): Whether something else than the setting’s equipment is used is not yours to allow. The manager can allow it. Take a device of the setting."]);
    scenario.act(MANAGER, allow(), expect!["devices.use-allowed"]);
    scenario.act(tomos, hand_out(1, tomos), expect!["devices.handed-out"]);
    scenario.on(2026, 9, 5);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.act(rosa, hand_out(1, rosa), expect!["refused by devices.setting-owned (own): This device is not the setting’s. Only the setting’s own are used for: any use. The manager can allow it. Take a device of the setting, or ask them to allow it on the page of the device, until a day."]);
}

#[test]
fn a_browser_is_known_as_one_device_of_the_setting() {
    let mut scenario = Scenario::with_clauses(OWN);
    with_tablet(&mut scenario);
    scenario.done(MANAGER, add(tablet("Wrens tablet")));
    let enrol = |device| AnyAct::Devices(Act::Enrol { device });
    scenario.act(
        MANAGER,
        enrol(1),
        expect!["mistake in device: Open this page on the device itself"],
    );
    scenario.act(
        (MANAGER, "tablet aa11bb"),
        enrol(1),
        expect!["devices.enrolled"],
    );
    assert!(scenario.setting.devices.is_ours("tablet aa11bb"));
    scenario.act(
        (MANAGER, "tablet aa11bb"),
        enrol(2),
        expect!["devices.enrolled"],
    );
    let known = scenario.setting.devices.enrolled("tablet aa11bb");
    assert_eq!(known.map(|device| device.number), Some(2));
    scenario.done(MANAGER, super::take_out(2, ""));
    assert!(!scenario.setting.devices.is_ours("tablet aa11bb"));
}
