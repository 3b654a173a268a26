//! filter.social-media: social networks are closed on the setting’s equipment.

use super::{answer, cast, open_kind, open_site, propose, request};
use crate::{
    devices::kinds::Users,
    filter::plan,
    internet::{
        acts::{Act as Look, Opening},
        tests as internet,
    },
    spine::scenario::Scenario,
};
use expect_test::expect;
use kernel::moment::Date;

const CLOSED: &str = r#"
[[clause]]
id = "social"
section = "Social networking"
text = "Social networks are closed to staff on our equipment."
controls = ["filter.social-media"]
values = { profiles = ["staff"], except = ["manager"] }
"#;

fn closed(scenario: &Scenario, name: &str) -> bool {
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let profile = plan.profiles.iter().find(|profile| profile.name == name);
    let profile = profile.expect("it is there");
    let closed = profile.closed.iter().any(|kind| kind == "social");
    assert_eq!(
        closed && name != "visitors",
        profile.clauses.contains_key("social")
    );
    closed
}

#[test]
fn social_networks_are_closed_for_whom_the_policy_names_and_open_in_the_office() {
    let (scenario, ..) = cast(CLOSED);
    assert!(closed(&scenario, "staff"));
    assert!(!closed(&scenario, "office"));
}

#[test]
fn what_the_policy_closes_is_not_opened_by_a_change() {
    let (mut scenario, kit, tomos) = cast(CLOSED);
    scenario.act(kit, propose(open_kind("social"), &[Users::Staff]), expect!["refused by filter.social-media (social): Social networks are closed here for staff; this would open them for: people who work here. Nobody can allow it. The official pages are run on the office’s device, by: the manager."]);
    scenario.act(kit, propose(open_site("m.facebook.com"), &[Users::Staff]), expect!["refused by filter.social-media (social): Social networks are closed here for staff; this would open them for: people who work here. Nobody can allow it. The official pages are run on the office’s device, by: the manager."]);
    scenario.act(
        kit,
        propose(open_kind("social"), &[Users::Office]),
        expect!["filter.proposed"],
    );
    scenario.done(tomos, request("facebook.com", Users::Staff));
    scenario.act(kit, answer(1, Some(Date::constant(2026, 9, 30))), expect!["refused by filter.social-media (social): Social networks are closed here for staff; this would open them for: people who work here. Nobody can allow it. The official pages are run on the office’s device, by: the manager."]);
}

#[test]
fn a_policy_that_closes_it_later_closes_what_was_opened_before() {
    let mut scenario = Scenario::new();
    let kit = scenario.holder(
        "Kit Moor",
        crate::people::group::Group::Contractor,
        crate::roles::role::Role::TechnicalLead,
    );
    scenario.done(kit, propose(open_site("facebook.com"), &[Users::Staff]));
    scenario.done(crate::spine::scenario::MANAGER, super::decide(1, true));
    let open = |scenario: &Scenario| {
        let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
        plan.exceptions.iter().filter(|one| one.open).count()
    };
    assert_eq!(open(&scenario), 1);
    scenario.adopt(&format!("[policy]\ntitle = \"Policy\"\n{CLOSED}"));
    assert_eq!(open(&scenario), 0);
}

const KIND: &str =
    "[[clause]]\nid = \"kind\"\nsection = \"Us\"\ntext = \"We are kind.\"\ncontrols = []\n";

#[test]
fn what_the_policy_closes_for_children_is_not_opened_for_them_with_a_bundle() {
    let clauses = CLOSED.replace("[\"staff\"]", "[\"everyone\"]");
    let (mut scenario, tomos, _) = internet::cast(KIND);
    // It was looked at before the policy closed it.
    scenario.done(tomos, internet::look("Trains", &["facebook.com"]));
    scenario.adopt(&format!("[policy]\ntitle = \"Policy\"\n{clauses}"));
    scenario.act(tomos, internet::look("Friends", &["https://m.facebook.com/"]), expect!["refused by filter.social-media (social): Social networks are closed here for everyone; this would open them for: children, with an adult. Nobody can allow it. The official pages are run on the office’s device, by: the manager."]);
    let needs = internet::internet(Look::LookAt {
        bundle: Some(1),
        name: "Pond life".to_owned(),
        sites: vec!["ponds.example".to_owned()],
        needs: vec!["fbcdn.net".to_owned()],
        what_for: "Frogs in spring".to_owned(),
        age_from: 3,
    });
    scenario.act(tomos, needs, expect!["refused by filter.social-media (social): Social networks are closed here for everyone; this would open them for: children, with an adult. Nobody can allow it. The official pages are run on the office’s device, by: the manager."]);
    let opening = |bundle: u32| {
        internet::open(Opening {
            bundles: vec![bundle],
            ..internet::opening()
        })
    };
    scenario.act(tomos, opening(2), expect!["refused by filter.social-media (social): Social networks are closed here for everyone; this would open them for: children, with an adult. Nobody can allow it. The official pages are run on the office’s device, by: the manager."]);
    scenario.act(tomos, opening(1), expect!["internet.opened"]);
}
