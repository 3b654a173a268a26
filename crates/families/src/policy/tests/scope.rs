use super::{CLAUSES, noticed};
use crate::{people::group::Group, policy::asks::Scope, spine::scenario::Scenario};
use expect_test::expect;

#[test]
fn everybody_is_told_whom_and_what_the_policy_covers() {
    let s = Scenario::with_clauses(CLAUSES);
    expect!["to everyone: Whom and what our policy covers: It is for: staff, volunteers, parents. It covers these devices: tablets, own phones. It holds here: here and on outings. [scope]"].assert_eq(&noticed(&s, "policy.scope"));
}

#[test]
fn the_scope_decides_whom_a_rule_binds() {
    let s = Scenario::with_clauses(CLAUSES);
    let scope = Scope::of(&s.in_force);
    assert!(scope.binds(Group::Staff) && scope.binds(Group::Parent));
    assert!(!scope.binds(Group::Contractor));
    assert!(scope.covers_device("tablet") && !scope.covers_device("camera"));
    assert_eq!(scope.places, ["here and on outings"]);
}

#[test]
fn a_policy_that_names_nobody_binds_everybody() {
    let s = Scenario::new();
    let scope = Scope::of(&s.in_force);
    assert!(Group::ALL.into_iter().all(|group| scope.binds(group)));
    assert!(scope.covers_device("camera"));
}

#[test]
fn what_several_clauses_say_of_the_scope_is_put_together() {
    let s = Scenario::with_clauses(
        r#"
        [[clause]]
        id = "a"
        section = "Scope"
        text = "It holds here."
        controls = ["policy.scope"]
        values = { places = ["here"] }

        [[clause]]
        id = "b"
        section = "Scope"
        text = "It holds on outings."
        controls = ["policy.scope"]
        values = { places = ["on outings"] }
        "#,
    );
    assert_eq!(Scope::of(&s.in_force).places, ["here", "on outings"]);
    assert!(s.in_force.open_choices().is_empty());
}
