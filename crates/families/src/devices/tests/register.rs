//! devices.register: every device is known.

use super::{add, bring_back, change, hand_out, tablet, take_out, with_tablet};
use crate::{
    devices::{
        acts::Act,
        kinds::{About, Internet, Users},
    },
    people::{acts::Act as People, group::Group},
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Who},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

const KNOWN: &str = r#"
[[clause]]
id = "known"
section = "Devices"
text = "We know every device that is used here."
controls = ["devices.register"]
values = { unknown = "visitors" }
"#;

#[test]
fn a_device_has_a_name_and_addresses_of_its_own() {
    let mut scenario = Scenario::new();
    with_tablet(&mut scenario);
    let found = scenario.setting.devices.at_address("aa:bb:cc:00:11:22");
    assert_eq!(found.map(|device| device.number), Some(1));
    let same = || tablet("robins TABLET 1");
    scenario.act(
        MANAGER,
        add(same()),
        expect!["mistake in name: Another device is called so. Choose another name"],
    );
    let about = About {
        addresses: vec!["aabb.cc00.1122".to_owned()],
        ..tablet("Laptop")
    };
    scenario.act(
        MANAGER,
        add(about),
        expect!["mistake in addresses: Another device has the address aa:bb:cc:00:11:22"],
    );
    let about = About {
        addresses: vec!["next to the door".to_owned()],
        ..tablet("Laptop")
    };
    scenario.act(MANAGER, add(about), expect!["mistake in addresses: An address is six pairs such as aa:bb:cc:00:11:22, or four numbers such as 192.168.1.20"]);
    scenario.act(MANAGER, change(1, same()), expect!["devices.changed"]);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        tomos,
        change(1, tablet("Mine")),
        expect!["not allowed: the manager, the deputy manager or the technical lead may"],
    );
}

#[test]
fn what_cannot_be_told_from_another_is_not_handed_out() {
    let mut scenario = Scenario::with_clauses(KNOWN);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let bare = || About {
        serial: String::new(),
        ..tablet("Old tablet")
    };
    scenario.done(MANAGER, add(bare()));
    scenario.act(MANAGER, hand_out(1, tomos), expect!["refused by devices.register (known): Nobody can tell this device from another: its record has no serial number and no label. Nobody can allow it. Add the serial number or the number of our label to its record first."]);
    let labelled = About {
        tag: "L-007".to_owned(),
        ..bare()
    };
    scenario.done(MANAGER, change(1, labelled));
    scenario.act(MANAGER, hand_out(1, tomos), expect!["devices.handed-out"]);
}

#[test]
fn the_register_says_how_each_device_stands() {
    let mut scenario = Scenario::with_clauses(KNOWN);
    with_tablet(&mut scenario);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, add(tablet("Wrens tablet")));
    scenario.done(MANAGER, hand_out(2, tomos));
    expect![[r#"
        Robins tablet 1 | Tablet | The setting | Children, with an adult | Robins | - | In use | 2026-09-01
        Wrens tablet | Tablet | The setting | Children, with an adult | - | - | Handed out | 2026-09-01"#]]
    .assert_eq(&scenario.registered("devices.register"));
    let document = scenario.page(MANAGER, "/devices/register", &[]);
    assert!(document.contains("SN-Wrens tablet") && document.contains("aa:bb:cc:00:11:22"));
    let own = scenario.page(tomos, "/devices", &[]);
    assert!(own.contains("Wrens tablet") && !own.contains("SN-Wrens tablet"));
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    assert_eq!(scenario.page(parent, "/devices", &[]), "not allowed");
}

#[test]
fn something_unknown_on_the_network_is_the_leads_to_settle() {
    let mut scenario = Scenario::with_clauses(KNOWN);
    with_tablet(&mut scenario);
    let see = |address: &str| {
        AnyAct::Devices(Act::SeeUnknown {
            address: address.to_owned(),
        })
    };
    scenario.act(
        MANAGER,
        see("00:00:00:00:00:09"),
        expect!["not allowed: the program itself may"],
    );
    scenario.act(
        Who::Clock,
        see("AA:BB:CC:00:11:22"),
        expect!["mistake in address: This address is known"],
    );
    scenario.act(
        Who::Clock,
        see("00-00-00-00-00-09"),
        expect!["devices.unknown-seen"],
    );
    scenario.act(
        Who::Clock,
        see("00:00:00:00:00:09"),
        expect!["mistake in address: This address is known"],
    );
    expect!["Find out what the unknown device 00:00:00:00:00:09 on the network is by 2026-09-02: Maya Lin"]
        .assert_eq(&scenario.owed("devices.register"));
    assert_eq!(scenario.standing("known"), Standing::Due);
    scenario.on(2026, 9, 3);
    assert_eq!(scenario.standing("known"), Standing::Breached);
    let settle = AnyAct::Devices(Act::SettleUnknown {
        address: "00:00:00:00:00:09".to_owned(),
        what: "The phone of the plumber. He was shown how to turn the wifi off".to_owned(),
    });
    scenario.act(MANAGER, settle.clone(), expect!["devices.unknown-settled"]);
    scenario.act(
        MANAGER,
        settle,
        expect!["mistake in address: Nothing unknown has this address any more"],
    );
    assert_eq!(scenario.standing("known"), Standing::Met);
    // On the register it is known.
    scenario.done(Who::Clock, see("00:00:00:00:00:0a"));
    let about = About {
        addresses: vec!["00:00:00:00:00:0A".to_owned()],
        users: Users::Staff,
        ..tablet("Office laptop")
    };
    scenario.done(MANAGER, add(about));
    assert_eq!(scenario.owed("devices.register"), "");
}

#[test]
fn what_somebody_has_who_leaves_is_asked_back() {
    let mut scenario = Scenario::with_clauses(KNOWN);
    with_tablet(&mut scenario);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, hand_out(1, tomos));
    let last = Date::constant(2026, 9, 18);
    let leaving = People::RecordLeaving {
        person: tomos,
        last,
    };
    scenario.done(MANAGER, AnyAct::People(leaving));
    assert_eq!(scenario.owed("devices.register"), "");
    scenario.on(2026, 9, 12);
    expect!["Take Robins tablet 1 back from Tomos Reed, who leaves by 2026-09-18: Maya Lin"]
        .assert_eq(&scenario.owed("devices.register"));
    scenario.done(MANAGER, AnyAct::Devices(Act::HandBack { device: 1 }));
    assert_eq!(scenario.owed("devices.register"), "");
}

#[test]
fn a_device_that_is_lost_or_out_of_use_is_not_handed_out() {
    let mut scenario = Scenario::new();
    with_tablet(&mut scenario);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.act(
        tomos,
        take_out(1, "The glass is broken"),
        expect!["devices.taken-out-of-use"],
    );
    assert!(scenario.setting.devices.is_out_of_use(1));
    assert!(scenario.setting.devices.is_out_of_use(99));
    scenario.act(
        MANAGER,
        hand_out(1, rosa),
        expect!["mistake in device: It is out of use"],
    );
    scenario.act(
        rosa,
        bring_back(1),
        expect!["not allowed: the person whom it is about or people whom it concerns may"],
    );
    scenario.act(tomos, bring_back(1), expect!["devices.brought-back"]);
    let lost = Act::RecordLost {
        device: 1,
        how: "Last seen at the park on Tuesday".to_owned(),
    };
    scenario.act(tomos, AnyAct::Devices(lost), expect!["devices.lost"]);
    assert!(scenario.setting.devices.is_out_of_use(1));
    let at = [("device", "1")];
    let seen = scenario.page(MANAGER, "/devices/{device}", &at);
    assert!(seen.contains("Last seen at the park"), "{seen}");
    let seen = scenario.page(rosa, "/devices/{device}", &at);
    assert!(seen.contains("Lost") && !seen.contains("park"), "{seen}");
    let found = Act::RecordFound {
        device: 1,
        how: "The park keeper brought it".to_owned(),
    };
    scenario.act(MANAGER, AnyAct::Devices(found), expect!["devices.found"]);
    let gone = |how: &str| {
        AnyAct::Devices(Act::Dispose {
            device: 1,
            how: how.to_owned(),
            evidence: "Wiped by Kit, certificate 12".to_owned(),
        })
    };
    scenario.act(
        MANAGER,
        gone("eaten"),
        expect!["mistake in how: Choose how it went"],
    );
    scenario.act(MANAGER, gone("recycled"), expect!["devices.disposed"]);
    scenario.act(
        MANAGER,
        hand_out(1, rosa),
        expect!["mistake in device: This device went for good. Choose another one"],
    );
    assert_eq!(scenario.setting.devices.kept().count(), 0);
}

#[test]
fn the_forms_read_what_they_filled_in() {
    let mut scenario = Scenario::new();
    with_tablet(&mut scenario);
    let kit = scenario.holder("Kit Moor", Group::Contractor, Role::TechnicalLead);
    let form = Scenario::form("devices.change");
    let start = scenario.view(kit, |view| {
        let params = [("device".to_owned(), "1".to_owned())];
        (form.start)(view, &crate::spine::page::Params(params.into()))
    });
    let act = form.act(&start.answers).expect("answers that are read");
    let about = scenario
        .setting
        .devices
        .find(1)
        .map(|device| device.about.clone());
    let AnyAct::Devices(Act::Change { about: read, .. }) = act else {
        panic!("another act");
    };
    assert_eq!(Some(*read), about);
    let room = Scenario::form("devices.set-room-internet");
    let answers = Answers::default()
        .with("room", "1")
        .with("internet", "opened");
    let act = room.act(&answers).expect("an act");
    scenario.act(kit, act, expect!["devices.room-internet-set"]);
    let device = scenario
        .setting
        .devices
        .find(1)
        .cloned()
        .expect("it is there");
    assert_eq!(
        scenario.setting.devices.internet(&device, false),
        Internet::Opened
    );
}
