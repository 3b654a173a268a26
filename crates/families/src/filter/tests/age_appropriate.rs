//! filter.age-appropriate: different people get different filtering.

use super::{cast, open_kind, propose};
use crate::{devices::kinds::Users, filter::plan, spine::scenario::MANAGER};
use expect_test::expect;

const LEVELS: &str = r#"
[[clause]]
id = "levels"
section = "Filtering"
text = "Staff and children have different levels of filtering."
controls = ["filter.age-appropriate"]
values = { profiles = ["staff", "children"] }
"#;

#[test]
fn each_profile_says_what_is_closed() {
    let (scenario, ..) = cast(LEVELS);
    let register = scenario.registered("filter.age-appropriate");
    assert!(
        register.starts_with("Children, with an adult | All kinds; single sites are opened | 0")
    );
    assert!(register.contains("People who work here | "), "{register}");
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let closed = |name: &str| {
        let profile = plan.profiles.iter().find(|profile| profile.name == name);
        profile.expect("it is there").closed.clone()
    };
    assert!(closed("children").contains(&"all".to_owned()));
    assert!(closed("visitors").contains(&"social".to_owned()));
    assert!(!closed("staff").contains(&"social".to_owned()));
    assert!(closed("staff").contains(&"extremism".to_owned()));
    assert_eq!(plan.strangers, "children");
}

#[test]
fn for_children_single_sites_are_opened_never_a_kind() {
    let (mut scenario, kit, _) = cast(LEVELS);
    scenario.act(kit, propose(open_kind("video"), &[Users::Children]), expect!["refused by filter.age-appropriate (levels): For children single sites are opened, never a kind of sites. Nobody can allow it. Propose the one site that is needed, with what it needs to work."]);
    scenario.act(
        kit,
        propose(open_kind("games"), &[Users::Staff]),
        expect!["filter.proposed"],
    );
    scenario.act(MANAGER, super::decide(1, true), expect!["filter.decided"]);
}
