//! social.press: journalists are referred on.

use crate::spine::scenario::{MANAGER, Scenario};
use kernel::standing::Standing;

const TO_THE_CHAIR: &str = r#"
[[clause]]
id = "press"
section = "If the papers ring"
text = "Staff refer journalists to the chair."
controls = ["social.press"]
values = { refer_to = "the chair" }
"#;

#[test]
fn whoever_is_asked_by_a_journalist_finds_what_to_do_and_to_whom_to_refer_them() {
    let scenario = Scenario::with_clauses(TO_THE_CHAIR);
    let page = scenario.page(
        MANAGER,
        "/policy/controls/{control}",
        &[("control", "social.press")],
    );
    assert!(
        page.contains("Refer them to the chair straight away"),
        "{page}"
    );
    assert!(page.contains("Do not answer the question"), "{page}");
    assert_eq!(scenario.standing("press"), Standing::Met);
}

#[test]
fn a_policy_that_names_nobody_refers_to_the_manager() {
    let scenario =
        Scenario::with_clauses(&TO_THE_CHAIR.replace("values = { refer_to = \"the chair\" }", ""));
    let running = scenario.in_force.find("social.press").unwrap();
    let steps = running.control.procedure().unwrap().steps;
    assert!(
        steps.iter().any(|step| step.contains("the manager")),
        "{steps:?}"
    );
}
