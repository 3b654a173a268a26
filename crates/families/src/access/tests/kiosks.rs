//! Scenarios of kiosks.

use crate::{
    access::{
        acts::{Act, kiosks::Act as Kiosk},
        entries::kiosks::Purpose,
    },
    families,
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Actor, Who},
        page::Params,
        permit::{self, Need},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn kiosk(act: Kiosk) -> AnyAct {
    AnyAct::Access(Act::Kiosk(act))
}

fn open(name: &str) -> AnyAct {
    kiosk(Kiosk::Open {
        name: name.to_owned(),
        purpose: Purpose::Door,
        code: "c0de".to_owned(),
    })
}

fn take_up(code: &str) -> AnyAct {
    kiosk(Kiosk::TakeUp {
        code: code.to_owned(),
        token: "70ce".to_owned(),
        device: "de71".to_owned(),
    })
}

#[test]
fn a_manager_opens_a_kiosk_whose_code_is_good_once_and_whose_token_is_bound_to_its_tablet() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    assert!(scenario.try_act(tomos, &open("Front door")).is_err());
    scenario.act(MANAGER, open("Front door"), expect!["access.kiosk-opened"]);
    scenario.act(
        MANAGER,
        open("Front door"),
        expect!["mistake in name: There is a kiosk of this name. Choose another name"],
    );
    assert!(scenario.try_act(Who::Nobody, &take_up("wrong")).is_err());
    scenario.act(
        Who::Nobody,
        take_up("c0de"),
        expect!["access.kiosk-taken-up"],
    );
    assert!(scenario.try_act(Who::Nobody, &take_up("c0de")).is_err());
    let kiosks = scenario.setting.access.kiosks();
    assert_eq!(kiosks.of_tablet("70ce", "de71"), Some(1));
    assert_eq!(kiosks.of_tablet("70ce", "0000"), None);
    assert!(
        scenario
            .page(MANAGER, "/settings/kiosks", &[])
            .contains("In use")
    );
}

#[test]
fn a_kiosk_that_was_ended_may_nothing_from_that_moment() {
    let mut scenario = Scenario::new();
    scenario.done(MANAGER, open("Front door"));
    scenario.done(Who::Nobody, take_up("c0de"));
    let actor = Actor {
        who: Who::Kiosk(1),
        ..Actor::default()
    };
    let may = |scenario: &Scenario| {
        permit::permit(&actor, &Need::Kiosk, &scenario.setting, scenario.today()).is_ok()
    };
    assert!(may(&scenario));
    scenario.done(MANAGER, kiosk(Kiosk::End { kiosk: 1 }));
    assert!(!may(&scenario));
    assert!(
        scenario
            .try_act(MANAGER, &kiosk(Kiosk::End { kiosk: 1 }))
            .is_err()
    );
    scenario.done(MANAGER, open("Front door"));
    assert_eq!(
        scenario.setting.access.kiosks().next(),
        3,
        "a number is never used again"
    );
}

#[test]
fn a_kiosk_sees_no_page_that_needs_somebody() {
    let mut scenario = Scenario::new();
    scenario.done(MANAGER, open("Front door"));
    let nowhere = Params::default();
    let actor = Actor {
        who: Who::Kiosk(1),
        ..Actor::default()
    };
    for page in families::pages() {
        let need = (page.need)(&nowhere, &scenario.setting);
        let may = permit::permit(&actor, &need, &scenario.setting, scenario.today()).is_ok();
        let open = need == Need::Anyone || page.path.starts_with("/kiosk");
        assert!(!may || open, "{}", page.path);
    }
}
