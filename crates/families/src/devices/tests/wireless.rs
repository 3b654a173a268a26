//! devices.wireless: the internet is off on children’s devices except when it is used.

use super::{add, change, tablet, with_tablet};
use crate::{
    devices::{
        acts::Act,
        controls::is_off,
        kinds::{About, Internet, Users},
    },
    spine::{
        act::{Act as AnyAct, Room},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn clause(default: &str) -> String {
    format!(
        r#"
[[clause]]
id = "off"
section = "Internet"
text = "As a rule children’s devices have no internet."
controls = ["devices.wireless"]
values = {{ default = "{default}" }}
"#
    )
}

fn set(device: u32, internet: Internet) -> AnyAct {
    AnyAct::Devices(Act::SetInternet { device, internet })
}

#[test]
fn a_childrens_device_is_never_simply_on_where_the_policy_keeps_it_off() {
    let mut scenario = Scenario::with_clauses(&clause("off"));
    with_tablet(&mut scenario);
    let laptop = About {
        users: Users::Staff,
        ..tablet("Staff laptop")
    };
    scenario.done(MANAGER, add(laptop.clone()));
    scenario.act(MANAGER, set(1, Internet::Always), expect!["refused by devices.wireless (off): Children’s devices have no internet here unless an adult opens it. Nobody can allow it. Open the internet for them while it is needed: it closes by itself."]);
    let room = AnyAct::Devices(Act::SetRoomInternet {
        room: Room(1),
        internet: Internet::Always,
    });
    scenario.act(MANAGER, room, expect!["refused by devices.wireless (off): Children’s devices have no internet here unless an adult opens it. Nobody can allow it. Open the internet for them while it is needed: it closes by itself."]);
    scenario.act(
        MANAGER,
        set(2, Internet::Always),
        expect!["devices.internet-set"],
    );
    // It can't become a children's device with an open line either.
    let about = About {
        users: Users::Children,
        ..laptop
    };
    scenario.act(MANAGER, change(2, about), expect!["refused by devices.wireless (off): Children’s devices have no internet here unless an adult opens it. Nobody can allow it. Open the internet for them while it is needed: it closes by itself."]);
    let off = is_off(&scenario.in_force);
    let internet = |number| {
        let device = scenario.setting.devices.find(number).expect("it is there");
        scenario.setting.devices.internet(device, off)
    };
    assert_eq!(internet(1), Internet::Opened);
    assert_eq!(internet(2), Internet::Always);
}

#[test]
fn a_policy_may_leave_it_on_and_a_room_may_be_off() {
    let mut scenario = Scenario::with_clauses(&clause("on"));
    with_tablet(&mut scenario);
    assert!(!is_off(&scenario.in_force));
    let internet = |scenario: &Scenario| {
        let device = scenario.setting.devices.find(1).expect("it is there");
        scenario
            .setting
            .devices
            .internet(device, is_off(&scenario.in_force))
    };
    assert_eq!(internet(&scenario), Internet::Always);
    let room = AnyAct::Devices(Act::SetRoomInternet {
        room: Room(1),
        internet: Internet::Opened,
    });
    scenario.act(MANAGER, room, expect!["devices.room-internet-set"]);
    assert_eq!(internet(&scenario), Internet::Opened);
    scenario.act(
        MANAGER,
        set(1, Internet::Always),
        expect!["devices.internet-set"],
    );
    assert_eq!(internet(&scenario), Internet::Always);
    // Where no policy speaks of it, children's devices are off.
    assert!(is_off(&Scenario::new().in_force));
}
