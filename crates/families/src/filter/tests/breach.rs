//! filter.breach: what happens when something unsuitable is reached.

use super::filter;
use crate::{
    concerns::acts::Act as Concerns,
    devices::acts::Act as Devices,
    filter::acts::{Act, Sight},
    internet::tests::{cast, open, opening},
    people::group::Group,
    roles::role::Role,
    spine::{
        act::Act as AnyAct,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const BREACH: &str = r#"
[[clause]]
id = "breach"
section = "Filtering"
text = "When something unsuitable comes up, the screen is turned off and the lead is told."
controls = ["filter.breach"]
values = { first_step = "screen off", tell = ["designated safeguarding lead"], parents = true }
"#;

fn saw() -> AnyAct {
    filter(Act::SawSomething(Box::new(Sight {
        session: Some(1),
        what: "A film of a fight came up between two about frogs".to_owned(),
        address: "films.example/fight".to_owned(),
        ..Sight::default()
    })))
}

fn bring_back() -> AnyAct {
    AnyAct::Devices(Devices::BringBack { device: 1 })
}

#[test]
fn one_press_closes_it_cuts_the_device_off_and_opens_a_concern() {
    let (mut scenario, tomos, rosa) = cast(BREACH);
    scenario.act(
        tomos,
        saw(),
        expect!["mistake in device: Choose the device on which it was seen"],
    );
    scenario.done(tomos, open(opening()));
    scenario.act(
        rosa,
        saw(),
        expect!["internet.ended, devices.taken-out-of-use, concerns.reported, filter.case-seen"],
    );
    assert_eq!(scenario.setting.internet.open(scenario.now()).count(), 0);
    assert!(scenario.setting.devices.is_out_of_use(1));
    let case = scenario.page(MANAGER, "/concerns/cases/{case}", &[("case", "1")]);
    for said in ["A film of a fight", "films.example/fight", "Tablet 1"] {
        assert!(case.contains(said), "{said}: {case}");
    }
    let kept = scenario
        .setting
        .filter
        .kept()
        .next()
        .expect("the trace is kept");
    assert!(kept.from < kept.to);
}

#[test]
fn the_device_comes_back_when_the_concern_was_taken_on() {
    let (mut scenario, tomos, rosa) = cast(BREACH);
    scenario.done(tomos, open(opening()));
    scenario.done(rosa, saw());
    scenario.act(
        tomos,
        bring_back(),
        expect!["not allowed: the person whom it is about or people whom it concerns may"],
    );
    scenario.act(rosa, bring_back(), expect!["refused by filter.breach (breach): Something was seen on this device, and nobody has read yet what was reported. The designated safeguarding lead can allow it. Leave it switched as it is until they have taken the concern on."]);
    scenario.done(MANAGER, AnyAct::Concerns(Concerns::TakeOn { case: 1 }));
    scenario.act(rosa, bring_back(), expect!["devices.brought-back"]);
}

#[test]
fn whoever_put_the_device_aside_before_learns_nothing_of_what_was_seen() {
    let (mut scenario, tomos, rosa) = cast(BREACH);
    let take_out = Devices::TakeOut {
        device: 1,
        why: String::new(),
    };
    scenario.done(tomos, open(opening()));
    scenario.done(tomos, AnyAct::Devices(take_out));
    let seen = Sight {
        device: Some(1),
        what: "A film of a fight".to_owned(),
        ..Sight::default()
    };
    scenario.done(rosa, filter(Act::SawSomething(Box::new(seen))));
    scenario.act(
        tomos,
        bring_back(),
        expect![
            "mistake in device: It can’t be brought back just now. Ask who looks after the devices"
        ],
    );
}

#[test]
fn who_is_not_on_the_case_sees_that_it_was_closed_and_nothing_more() {
    let without = |then: &dyn Fn(&mut Scenario)| {
        let (mut scenario, tomos, _) = cast(BREACH);
        let chair = scenario.holder("Ivy Stone", Group::Committee, Role::Chair);
        scenario.done(tomos, open(opening()));
        then(&mut scenario);
        (scenario, tomos, chair)
    };
    let (seen, tomos, chair) = without(&|scenario| {
        let rosa = crate::spine::act::Person(3);
        scenario.done(rosa, saw());
    });
    let (plain, ..) = without(&|scenario| {
        let rosa = crate::spine::act::Person(3);
        let end = crate::internet::acts::Act::End { session: 1 };
        let out = Devices::TakeOut {
            device: 1,
            why: String::new(),
        };
        // In one minute, as it is with one press.
        let at = scenario.now();
        scenario.done(rosa, AnyAct::Internet(end));
        scenario.back_to(at);
        scenario.done(rosa, AnyAct::Devices(out));
    });
    for page in [
        "/devices",
        "/devices/{device}",
        "/internet",
        "/internet/before",
        "/filter",
        "/",
        "/activity",
    ] {
        for reader in [tomos, chair] {
            let params = [("device", "1")];
            assert_eq!(
                seen.page(reader, page, &params),
                plain.page(reader, page, &params),
                "{page}"
            );
        }
    }
}

#[test]
fn the_steps_of_the_policy_are_shown() {
    let (scenario, tomos, _) = cast(BREACH);
    let control = [("control", "filter.breach")];
    let page = scenario.page(tomos, "/policy/controls/{control}", &control);
    assert!(
        page.contains("First: screen off.") && page.contains("The parents of the children"),
        "{page}"
    );
}

#[test]
fn what_was_seen_waits_for_no_signature() {
    use crate::spine::door;
    let scenario = Scenario::new();
    assert!(door::is_open_to_held(&saw(), &scenario.setting));
    let open = open(opening());
    assert!(!door::is_open_to_held(&open, &scenario.setting));
}
