//! filter.content: pages are judged by what they say, too.

use super::{cast, evidence};
use crate::{
    devices::{
        acts::Act as Devices,
        kinds::{About, Users},
    },
    filter::{
        acts::evidence::Act,
        entries::evidence::Door,
        plan::{self, LooksInto},
        themes::THEMES,
    },
    internet::{
        acts::{Act as Internet, Opening},
        entries::Near,
    },
    spine::{act::Act as AnyAct, scenario::MANAGER},
};
use expect_test::expect;

const JUDGED: &str = r#"
[[clause]]
id = "judged"
section = "Filtering"
text = "Pages about self-harm and hatred are closed by what they say."
controls = ["filter.content"]
values = { themes = ["self-harm", "hate speech"], threshold = { children = 80, staff = 300 } }
"#;

#[test]
fn themes_and_weights_of_the_policy_reach_the_network_with_the_plan() {
    let (scenario, ..) = cast(JUDGED);
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    let own = |name: &str| plan.profiles.iter().find(|own| own.name == name).unwrap();
    let weights: Vec<_> = own("children").content.iter().collect();
    assert_eq!(weights, [(&"hate", &80), (&"self-harm", &80)]);
    assert_eq!(own("children").looks_into, LooksInto::Sessions);
    assert_eq!(own("staff").content.get("hate"), Some(&300));
    // Of visitors nothing is said, so it is what is usual; nobody’s own pages are looked into.
    assert_eq!(own("visitors").content.get("hate"), Some(&200));
    assert_eq!(own("staff").looks_into, LooksInto::Nothing);
    let (scenario, ..) = cast("");
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    assert!(plan.profiles.iter().all(|own| own.content.is_empty()));
    assert_eq!(THEMES.len(), 10);
}

#[test]
fn whoever_opens_more_on_a_device_whose_pages_nobody_judges_is_asked_whether_they_sit_beside() {
    let (mut scenario, kit, tomos) = cast(JUDGED);
    let about = About {
        name: "Robins tablet".to_owned(),
        serial: "1".to_owned(),
        users: Users::Children,
        addresses: vec!["10.0.0.11".to_owned()],
        ..About::default()
    };
    scenario.done(MANAGER, AnyAct::Devices(Devices::Add(Box::new(about))));
    let open = || {
        AnyAct::Internet(Internet::Open(Box::new(Opening {
            device: Some(1),
            room: None,
            purpose: "How frogs grow".to_owned(),
            bundles: Vec::new(),
            filtered: true,
            searching: false,
            near: Near::Beside,
            minutes: 10,
        })))
    };
    scenario.act(tomos, open(), expect!["filter.content asks: Nobody judges there what pages say, such as about self-harm: the filter knows their names only. Do you sit beside the children, and see what they see?"]);
    let set_up = evidence(Act::RecordDoor {
        device: 1,
        door: Door::Inspected,
        note: "By its settings".to_owned(),
    });
    scenario.act(kit, set_up, expect!["filter.door-recorded"]);
    let plan = plan::of(&scenario.setting, &scenario.in_force, scenario.now());
    assert!(plan.devices.iter().all(|own| own.trusts_authority));
    scenario.act(tomos, open(), expect!["internet.opened"]);
    expect!["Robins tablet | Children, with an adult | Through the web proxy, which looks into pages | By its settings"]
        .assert_eq(&scenario.registered("filter.content"));
}
