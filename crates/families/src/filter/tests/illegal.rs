//! filter.illegal: known illegal material is closed for everybody and can’t be opened.

use super::{cast, filter, open_kind, propose};
use crate::{
    devices::kinds::Users,
    filter::{
        acts::{Act, evidence::Act as Evidence},
        entries::evidence::{ListFound, ListsFound},
    },
    notices::tells::tells,
    spine::{
        act::Who,
        scenario::{MANAGER, Scenario},
        wakes::wakes,
    },
};
use expect_test::expect;
use kernel::moment::{Date, Moment};

const LISTED: &str = r#"
[[clause]]
id = "listed"
section = "Filtering"
text = "Everything on the list of the Internet Watch Foundation is blocked."
controls = ["filter.illegal"]
values = { lists = ["IWF"] }
"#;

#[test]
fn nobody_opens_what_is_illegal() {
    let (mut scenario, kit, _) = cast(LISTED);
    scenario.act(kit, propose(open_kind("illegal"), &[Users::Office]), expect!["refused by filter.illegal (listed): What is illegal is closed for everybody. Nobody here can open it. Nobody can allow it. If you think that a list is wrong, tell whoever issues it."]);
    let mut without = crate::spine::scenario::Scenario::new();
    without.act(
        MANAGER,
        propose(open_kind("illegal"), &[Users::Office]),
        expect!["mistake in kind: Choose one of the kinds in the list"],
    );
}

#[test]
fn each_time_that_it_is_asked_for_the_lead_is_told_and_not_who_had_the_device() {
    let (mut scenario, kit, tomos) = cast(LISTED);
    let about = crate::devices::kinds::About {
        name: "Staff laptop".to_owned(),
        serial: "1".to_owned(),
        users: Users::Staff,
        ..crate::devices::kinds::About::default()
    };
    let add = crate::devices::acts::Act::Add(Box::new(about));
    scenario.done(MANAGER, crate::spine::act::Act::Devices(add));
    let hand_out = crate::devices::acts::Act::HandOut {
        device: 1,
        person: tomos,
        what_for: "Planning".to_owned(),
        until: None,
    };
    scenario.done(MANAGER, crate::spine::act::Act::Devices(hand_out));
    let hit = || {
        filter(Act::HitIllegal {
            device: Some(1),
            list: "IWF".to_owned(),
        })
    };
    scenario.act(kit, hit(), expect!["not allowed: the program itself may"]);
    scenario.act(
        Who::Clock,
        hit(),
        expect!["concerns.reported, filter.case-illegal"],
    );
    let case = scenario.page(MANAGER, "/concerns/cases/{case}", &[("case", "1")]);
    assert!(
        case.contains("Staff laptop") && case.contains("IWF"),
        "{case}"
    );
    let at = [("case", "1")];
    assert_eq!(
        scenario.page(tomos, "/concerns/cases/{case}", &at),
        "not allowed"
    );
    let kept = scenario
        .setting
        .filter
        .kept()
        .next()
        .expect("the trace is kept");
    assert_eq!((kept.case, kept.devices.as_slice()), (1, [1].as_slice()));
}

#[test]
fn whether_a_list_is_there_is_said_plainly() {
    let (mut scenario, kit, tomos) = cast(LISTED);
    let page = scenario.page(tomos, "/filter", &[]);
    assert!(
        page.contains("No licensed list of what is illegal is recorded here"),
        "{page}"
    );
    let record = filter(Act::RecordList {
        name: "IWF".to_owned(),
        supplier: "Vale Broadband, contract 7".to_owned(),
        until: Date::constant(2027, 3, 31),
    });
    scenario.act(kit, record, expect!["filter.list-recorded"]);
    let page = scenario.page(tomos, "/filter", &[]);
    assert!(
        page.contains("Vale Broadband") && !page.contains("No licensed list"),
        "{page}"
    );
    let end = filter(Act::EndList {
        name: "IWF".to_owned(),
    });
    scenario.act(kit, end, expect!["refused by filter.illegal (listed): Our policy names the list IWF, and it is the only one here. Nobody can allow it. Record the list that takes its place first."]);
}

#[test]
fn a_list_that_was_not_renewed_for_a_day_is_told_and_owed() {
    let (mut scenario, kit, _) = cast(LISTED);
    let now = scenario.now();
    let found = |at: Moment| {
        let list = ListFound {
            name: "IWF".to_owned(),
            kind: "illegal".to_owned(),
            names: 6_000,
            fetched: Some(at),
            checked: Some(at),
            held: None,
        };
        let lists = vec![list];
        filter(Act::Evidence(Evidence::RecordLists(Box::new(ListsFound {
            at,
            lists,
        }))))
    };
    scenario.done(Who::Clock, found(now));
    let due = |scenario: &Scenario| {
        let acts = wakes(&scenario.setting, &scenario.in_force, scenario.now());
        let own = acts
            .into_iter()
            .filter(|act| act.name() == "filter.record-old");
        own.collect::<Vec<_>>()
    };
    scenario.later(24 * 60 - 1);
    assert!(due(&scenario).is_empty());
    scenario.later(2);
    let [old] = due(&scenario).try_into().expect("one act");
    scenario.act(
        kit,
        old.clone(),
        expect!["not allowed: the program itself may"],
    );
    scenario.act(Who::Clock, old, expect!["filter.list-old"]);
    assert!(due(&scenario).is_empty());
    let told = tells(scenario.lines.last().expect("a line"), &scenario.setting);
    assert_eq!(told.len(), 1);
    expect!["Find out why the list IWF of what is illegal is not renewed by 2026-09-02: Maya Lin"]
        .assert_eq(&scenario.owed("filter.illegal"));
    // Once its source answers, it is settled.
    let renewed = found(scenario.now());
    scenario.act(Who::Clock, renewed, expect!["filter.lists-found"]);
    assert_eq!(scenario.owed("filter.illegal"), "");
}
