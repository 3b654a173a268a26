//! What each role finds on its home page.

use crate::{
    people::group::Group,
    policy::acts::Act as Policy,
    spine::{
        act::{Act, Who},
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

#[test]
fn whoever_is_asked_about_a_draft_finds_it_on_their_home_page_until_the_day() {
    let mut scenario = Scenario::with_clauses(LEADS);
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    let practitioner = scenario.person("Wren Hale", &[Group::Staff]);
    scenario.done(MANAGER, Act::Policy(Policy::BeginFromCurrent));
    let consult = Policy::Consult {
        groups: vec![Group::Parent],
        until: kernel::moment::Date::constant(2026, 9, 20),
        says: "Is anything unclear?".to_owned(),
    };
    scenario.done(MANAGER, Act::Policy(consult));
    let asked = "Say what you think of the draft";
    assert!(scenario.page(parent, "/", &[]).contains(asked));
    assert!(!scenario.page(practitioner, "/", &[]).contains(asked));
    scenario.on(2026, 9, 21);
    assert!(!scenario.page(parent, "/", &[]).contains(asked));
}

#[test]
fn whoever_has_children_around_opens_the_internet_and_says_what_was_seen_from_the_first_page() {
    let mut scenario = Scenario::with_clauses(LEADS);
    let practitioner = scenario.person("Wren Hale", &[Group::Staff]);
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    let page = scenario.page(practitioner, "/", &[]);
    for address in ["/internet/open", "/filter/saw-something", "/what-to-do"] {
        let link = format!("href=\"{address}\"");
        assert!(page.contains(&link), "{address}: {page}");
        assert!(
            !scenario.page(parent, "/", &[]).contains(&link),
            "{address}"
        );
    }
}
