//! devices.quarantine: a device that may hold evidence is secured.

use super::{bring_back, hand_out, with_tablet};
use crate::{
    devices::{
        acts::{Act, custody::Act as Custody},
        entries::custody::{Advice, Handing, Note},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const SECURED: &str = r#"
[[clause]]
id = "secured"
section = "Evidence"
text = "Devices stay locked away until the police have been asked."
controls = ["devices.quarantine"]
values = { released_by = "designated safeguarding lead" }
"#;

pub(super) fn custody(act: Custody) -> AnyAct {
    AnyAct::Devices(Act::Custody(act))
}

pub(super) fn secure(case: Option<u32>) -> AnyAct {
    custody(Custody::Secure {
        device: 1,
        case,
        note: Note {
            why: "A child spoke of pictures on it".to_owned(),
            place: "Safe in the office".to_owned(),
            seal: "S-4471".to_owned(),
            found: "Off".to_owned(),
            taken_from: "The shelf in Robins".to_owned(),
        },
    })
}

/// The record that was begun last.
pub(super) fn last(scenario: &Scenario) -> u32 {
    let custodies = scenario.setting.devices.custodies();
    custodies.all().next_back().unwrap().number
}

fn advice(of: u32, allows: bool) -> AnyAct {
    custody(Custody::RecordAdvice {
        custody: of,
        allows,
        note: Advice {
            words: "Nothing is needed from it".to_owned(),
            who: "Constable 4412, Vale Police".to_owned(),
            reference: "VP-77".to_owned(),
        },
    })
}

fn pass_on(of: u32, to: Option<Person>, name: &str, signed: &str) -> AnyAct {
    custody(Custody::PassOn {
        custody: of,
        to,
        note: Handing {
            place: "Police station".to_owned(),
            seal: "S-4471".to_owned(),
            whole: true,
            name: name.to_owned(),
            body: "Vale Police, 4412".to_owned(),
            receipt: "R-9".to_owned(),
            signed: signed.to_owned(),
        },
    })
}

fn ask(of: u32) -> AnyAct {
    custody(Custody::AskRelease {
        custody: of,
        why: "Back into the room, after it was wiped".to_owned(),
    })
}

fn release(of: u32) -> AnyAct {
    custody(Custody::Release { custody: of })
}

fn cast() -> (Scenario, Person, Person) {
    let mut scenario = Scenario::with_clauses(SECURED);
    with_tablet(&mut scenario);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let deputy = scenario.holder("Owen Beck", Group::Staff, Role::DeputyLead);
    (scenario, tomos, deputy)
}

#[test]
fn a_device_that_is_secured_is_out_of_use_and_off_the_network_at_once() {
    let (mut scenario, tomos, _) = cast();
    scenario.done(MANAGER, hand_out(1, tomos));
    scenario.act(
        tomos,
        secure(None),
        expect!["devices.taken-out-of-use, devices.custody-begun"],
    );
    assert!(scenario.setting.devices.is_out_of_use(1));
    scenario.act(
        tomos,
        secure(None),
        expect!["mistake in device: It is secured already"],
    );
    scenario.act(
        tomos,
        bring_back(1),
        expect![
            "mistake in device: It can’t be brought back just now. Ask who looks after the devices"
        ],
    );
    let gone = AnyAct::Devices(Act::Dispose {
        device: 1,
        how: "recycled".to_owned(),
        evidence: "Wiped".to_owned(),
    });
    scenario.act(MANAGER, gone, expect!["mistake in device: It is out of use. Whoever took it out of use has to bring it back first"]);
}

#[test]
fn it_is_released_on_the_word_of_the_police_by_two_people() {
    let (mut scenario, tomos, deputy) = cast();
    scenario.done(tomos, secure(None));
    let of = last(&scenario);
    scenario.act(MANAGER, ask(of), expect!["refused by devices.quarantine (secured): The police have not said yet that the device may be released. Nobody can allow it. Ask the police, and write down what they say and who said it. Until then it stays sealed where it is."]);
    scenario.act(
        MANAGER,
        advice(of, false),
        expect!["devices.custody-advised"],
    );
    scenario.act(MANAGER, ask(of), expect!["refused by devices.quarantine (secured): The police have not said yet that the device may be released. Nobody can allow it. Ask the police, and write down what they say and who said it. Until then it stays sealed where it is."]);
    scenario.act(
        MANAGER,
        advice(of, true),
        expect!["devices.custody-advised"],
    );
    scenario.act(deputy, ask(of), expect!["refused by devices.quarantine (secured): You are not the one who asks for the release. The designated safeguarding lead can allow it. Tell them that the police have answered."]);
    scenario.act(
        deputy,
        release(of),
        expect!["mistake in custody: Nobody has asked for its release"],
    );
    scenario.act(MANAGER, ask(of), expect!["devices.custody-release-asked"]);
    scenario.act(MANAGER, release(of), expect!["refused by devices.quarantine (secured): You asked for the release, so somebody else has to give it. A second person who knows of it can allow it. Ask them to read the record and to release the device."]);
    assert!(scenario.setting.devices.is_out_of_use(1));
    scenario.act(
        deputy,
        release(of),
        expect!["devices.custody-ended, devices.brought-back"],
    );
    assert!(!scenario.setting.devices.is_out_of_use(1));
    scenario.act(
        deputy,
        release(of),
        expect!["mistake in custody: This device was released already"],
    );
}

#[test]
fn without_a_policy_it_takes_the_police_and_two_people_too() {
    let mut scenario = Scenario::new();
    with_tablet(&mut scenario);
    let deputy = scenario.holder("Owen Beck", Group::Staff, Role::DeputyLead);
    scenario.done(MANAGER, secure(None));
    let of = last(&scenario);
    scenario.done(MANAGER, ask(of));
    scenario.act(
        deputy,
        release(of),
        expect!["mistake in custody: The police have not said yet that it may be released"],
    );
    scenario.done(MANAGER, advice(of, true));
    scenario.act(
        deputy,
        release(of),
        expect!["mistake in custody: Nobody has asked for its release"],
    );
    scenario.done(MANAGER, ask(of));
    scenario.act(
        MANAGER,
        release(of),
        expect!["mistake in custody: A second person has to release it"],
    );
    scenario.act(
        deputy,
        release(of),
        expect!["devices.custody-ended, devices.brought-back"],
    );
}

#[test]
fn whoever_gives_it_on_and_whoever_takes_it_both_sign() {
    let (mut scenario, tomos, deputy) = cast();
    scenario.done(tomos, secure(None));
    let of = last(&scenario);
    scenario.act(
        tomos,
        pass_on(of, Some(tomos), "", ""),
        expect!["mistake in to: Give it to somebody else than yourself"],
    );
    scenario.act(
        tomos,
        pass_on(of, Some(deputy), "", ""),
        expect!["devices.custody-passed"],
    );
    let receive = || custody(Custody::Receive { custody: of });
    scenario.act(
        MANAGER,
        receive(),
        expect!["mistake in custody: Whoever takes it signs for it themselves"],
    );
    scenario.act(
        MANAGER,
        pass_on(of, None, "Ann Vale", "Ann Vale"),
        expect!["mistake in custody: It was given on, and whoever takes it has not signed yet"],
    );
    let record = |scenario: &Scenario| {
        let found = scenario.setting.devices.custodies().find(of);
        found.and_then(|custody| custody.holder())
    };
    assert_eq!(record(&scenario), Some(tomos));
    scenario.act(deputy, receive(), expect!["devices.custody-received"]);
    assert_eq!(record(&scenario), Some(deputy));
    scenario.act(
        deputy,
        pass_on(of, None, "Ann Vale", ""),
        expect!["mistake in signed: Write something here"],
    );
    scenario.act(
        deputy,
        pass_on(of, None, "Ann Vale", "A. Other"),
        expect!["mistake in signed: They sign with the name that stands above"],
    );
    scenario.act(
        deputy,
        pass_on(of, None, "Ann Vale", "ann vale"),
        expect!["devices.custody-passed"],
    );
    assert_eq!(record(&scenario), None);
    let of = of.to_string();
    let at = [("custody", of.as_str())];
    let page = scenario.page(MANAGER, "/devices/custody/{custody}", &at);
    assert!(page.contains("With Ann Vale, Vale Police, 4412"), "{page}");
    let paper = scenario.page(MANAGER, "/devices/custody/{custody}/print", &at);
    assert!(paper.contains("S-4471") && paper.contains("R-9"), "{paper}");
}

#[test]
fn nobody_is_asked_to_look_at_what_is_on_it() {
    let (mut scenario, tomos, _) = cast();
    scenario.done(tomos, secure(None));
    let of = last(&scenario).to_string();
    let form = Scenario::form("devices.secure");
    let files = form.fields.iter().filter(|field| {
        matches!(
            field.kind,
            crate::spine::page::FieldKind::File(_) | crate::spine::page::FieldKind::Keep(_)
        )
    });
    assert_eq!(files.count(), 0);
    for page in [
        "/devices/custody/{custody}",
        "/devices/custody/{custody}/label",
    ] {
        let seen = scenario.page(tomos, page, &[("custody", of.as_str())]);
        assert!(
            seen.to_lowercase().contains("do not switch it on or off"),
            "{seen}"
        );
    }
    // The label says where to ask, and not why.
    let label = scenario.page(
        tomos,
        "/devices/custody/{custody}/label",
        &[("custody", of.as_str())],
    );
    assert!(
        !label.contains("pictures on it") && label.contains("S-4471"),
        "{label}"
    );
    let control = [("control", "devices.quarantine")];
    let procedure = scenario.page(tomos, "/policy/controls/{control}", &control);
    assert!(
        procedure.contains("on stays on, off stays off"),
        "{procedure}"
    );
}
