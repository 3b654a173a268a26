//! internet.supervised: children use the internet only with an adult.

use super::{cast, internet, open, opening};
use crate::{
    devices::acts::Act as Devices,
    internet::{
        acts::{Act, Opening},
        entries::Near,
    },
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Room, Who},
        scenario::Scenario,
        wakes::wakes,
    },
};
use expect_test::expect;

const BESIDE: &str = r#"
[[clause]]
id = "beside"
section = "Internet"
text = "Children go online with an adult beside them, on approved material, for a short time."
controls = ["internet.supervised"]
values = { longest = 20, sites = "approved only", adult = "beside" }
"#;

const SUPERVISED: &str = r#"
[[clause]]
id = "supervised"
section = "Internet"
text = "A child is never online without supervision."
controls = ["internet.supervised"]
"#;

fn end(session: u32) -> AnyAct {
    internet(Act::End { session })
}

#[test]
fn an_adult_opens_the_internet_for_a_device_and_it_closes_by_itself() {
    let (mut scenario, tomos, rosa) = cast(SUPERVISED);
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    scenario.act(
        parent,
        open(opening()),
        expect!["not allowed: people who work here may"],
    );
    scenario.act(tomos, open(opening()), expect!["internet.opened"]);
    let page = scenario.page(rosa, "/internet", &[]);
    assert!(
        page.contains("Tablet 1") && page.contains("ponds.example"),
        "{page}"
    );
    let session = scenario
        .setting
        .internet
        .session(1)
        .cloned()
        .expect("it is open");
    assert_eq!(session.devices(&scenario.setting), [1]);
    assert_eq!(
        session.names(&scenario.setting),
        ["pictures.example", "ponds.example"]
    );
    scenario.act(
        rosa,
        open(opening()),
        expect!["mistake in device: The internet is open there already. Close it first"],
    );
    assert!(wakes(&scenario.setting, &scenario.in_force, scenario.now()).is_empty());
    scenario.later(15);
    // The time alone closes it, and the clock writes it down.
    assert_eq!(scenario.setting.internet.open(scenario.now()).count(), 0);
    let due = wakes(&scenario.setting, &scenario.in_force, scenario.now());
    assert_eq!(due, [internet(Act::EndByTime { session: 1 })]);
    scenario.act(
        Who::Clock,
        internet(Act::EndByTime { session: 1 }),
        expect!["internet.ended"],
    );
    assert!(wakes(&scenario.setting, &scenario.in_force, scenario.now()).is_empty());
    expect!["1 September 2026, 09:09 | Tablet 1 | Tomos Reed | How frogs grow | Beside the child | 1 September 2026, 09:24 | Its time was over"]
        .assert_eq(&scenario.registered("internet.supervised"));
}

#[test]
fn whoever_works_here_closes_it_and_who_opened_it_keeps_it_open() {
    let (mut scenario, tomos, rosa) = cast(SUPERVISED);
    scenario.done(tomos, open(opening()));
    let longer = |minutes| {
        internet(Act::Extend {
            session: 1,
            minutes,
        })
    };
    scenario.act(
        rosa,
        longer(10),
        expect!["not allowed: people who work here or the person whom it is about may"],
    );
    scenario.act(
        tomos,
        longer(0),
        expect!["mistake in minutes: Choose 1 to 120 minutes"],
    );
    scenario.act(tomos, longer(30), expect!["internet.extended"]);
    scenario.later(20);
    assert_eq!(scenario.setting.internet.open(scenario.now()).count(), 1);
    scenario.act(rosa, end(1), expect!["internet.ended"]);
    scenario.act(
        rosa,
        end(1),
        expect!["mistake in session: It is closed already"],
    );
    assert_eq!(scenario.setting.internet.open(scenario.now()).count(), 0);
}

#[test]
fn a_break_closes_what_somebody_has_opened_and_a_device_out_of_use_reaches_nothing() {
    let (mut scenario, tomos, rosa) = cast(SUPERVISED);
    let room = Opening {
        device: None,
        room: Some(Room(1)),
        ..opening()
    };
    scenario.done(tomos, open(room.clone()));
    let devices = |scenario: &Scenario| {
        let session = scenario
            .setting
            .internet
            .session(1)
            .cloned()
            .expect("it is open");
        session.devices(&scenario.setting)
    };
    assert_eq!(devices(&scenario), [1, 2]);
    let out = Devices::TakeOut {
        device: 2,
        why: String::new(),
    };
    scenario.done(rosa, AnyAct::Devices(out));
    assert_eq!(devices(&scenario), [1]);
    scenario.act(
        rosa,
        internet(Act::GoOnBreak),
        expect!["mistake in session: You have nothing open"],
    );
    scenario.act(tomos, internet(Act::GoOnBreak), expect!["internet.ended"]);
    assert_eq!(scenario.setting.internet.open(scenario.now()).count(), 0);
    let out = Opening {
        device: Some(2),
        ..opening()
    };
    scenario.act(
        rosa,
        open(out),
        expect!["mistake in device: It is out of use"],
    );
}

#[test]
fn what_is_opened_is_as_short_as_narrow_and_as_near_as_the_policy_says() {
    let (mut scenario, tomos, rosa) = cast(BESIDE);
    let long = Opening {
        minutes: 25,
        ..opening()
    };
    scenario.act(tomos, open(long), expect!["refused by internet.supervised (beside): The internet is open for children for at most 20 minutes at a time. Nobody can allow it. Choose fewer minutes."]);
    let wide = Opening {
        filtered: true,
        ..opening()
    };
    scenario.act(tomos, open(wide), expect!["refused by internet.supervised (beside): Children open only what adults have approved. Nobody can allow it. Choose from what was looked at, or look at a site first and add it."]);
    let far = Opening {
        near: Near::InView,
        ..opening()
    };
    scenario.act(tomos, open(far), expect!["refused by internet.supervised (beside): An adult sits beside the child while the internet is open. Nobody can allow it. Sit beside the child, or open it when you can."]);
    scenario.act(tomos, open(opening()), expect!["internet.opened"]);
    let second = Opening {
        device: Some(2),
        ..opening()
    };
    scenario.act(tomos, open(second.clone()), expect!["refused by internet.supervised (beside): You have opened the internet somewhere else, and can’t be beside two children. Nobody can allow it. Close the other first, or ask a colleague to open this one."]);
    scenario.act(rosa, open(second), expect!["internet.opened"]);
    scenario.later(10);
    let longer = internet(Act::Extend {
        session: 1,
        minutes: 15,
    });
    scenario.act(tomos, longer, expect!["refused by internet.supervised (beside): The internet is open for children for at most 20 minutes at a time. Nobody can allow it. Choose fewer minutes."]);
}

#[test]
fn a_device_that_is_not_for_children_is_not_opened_for_them() {
    let (mut scenario, tomos, _) = cast(SUPERVISED);
    let nothing = Opening {
        bundles: Vec::new(),
        ..opening()
    };
    scenario.act(
        tomos,
        open(nothing),
        expect!["mistake in bundles: Choose what is opened"],
    );
    let neither = Opening {
        device: None,
        ..opening()
    };
    scenario.act(
        tomos,
        open(neither),
        expect!["mistake in device: Choose a device, or a room"],
    );
    let unknown = Opening {
        device: Some(9),
        ..opening()
    };
    scenario.act(
        tomos,
        open(unknown),
        expect!["mistake in device: There is no such device on the register"],
    );
}
