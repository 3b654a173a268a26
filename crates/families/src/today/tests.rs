//! What each role finds on its home page.

use crate::{
    people::group::Group,
    spine::{
        act::Who,
        scenario::{MANAGER, Scenario},
    },
};

const LEADS: &str = r#"
[[clause]]
id = "leads"
section = "Who leads"
text = "We name a deputy safeguarding lead."
controls = ["roles.leads"]
values = { roles = ["designated safeguarding lead"], deputies = 1 }
"#;

#[test]
fn a_new_manager_is_shown_the_first_step() {
    let scenario = Scenario::new();
    let page = scenario.page(MANAGER, "/", &[]);
    assert!(page.contains("Bring in your policy"), "{page}");
}

#[test]
fn nobody_sees_today_without_signing_in() {
    assert_eq!(Scenario::new().page(Who::Nobody, "/", &[]), "not allowed");
}

#[test]
fn a_parent_sees_what_is_for_families_and_nothing_of_others() {
    let mut scenario = Scenario::with_clauses(LEADS);
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    let page = scenario.page(parent, "/", &[]);
    assert!(page.contains("Read our online safety policy"));
    assert!(!page.contains("For others to do"));
    assert!(!page.contains("How our policy stands"));
}
