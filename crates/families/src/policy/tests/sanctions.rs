use super::{CLAUSES, act, noticed, registered};
use crate::{
    people::group::Group,
    policy::acts::{Act as Policy, MisuseOutcome},
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn decided(person: Person, sanction: Option<&str>) -> Act {
    act(Policy::RecordOutcome(MisuseOutcome {
        person,
        what: "A private phone in the room.".to_owned(),
        sanction: sanction.map(str::to_owned),
        decided_by: MANAGER,
        on: None,
    }))
}

#[test]
fn what_is_decided_is_one_of_the_consequences_that_the_policy_names() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    s.act(
        MANAGER,
        decided(ivo, Some("a week of washing up")),
        expect!["mistake in sanction: The policy in force does not name this consequence. Choose one that it names"],
    );
    s.act(ivo, decided(ivo, Some("a warning")), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    s.act(
        MANAGER,
        decided(MANAGER, None),
        expect!["mistake in decided_by: Nobody decides about their own case. Choose somebody else"],
    );
    s.act(
        MANAGER,
        decided(ivo, Some("A warning")),
        expect!["policy.outcome-recorded"],
    );
    s.done(MANAGER, decided(ivo, None));
    expect![[r#"
        2026-09-01 | Ivo Marsh | a warning | Maya Lin
        2026-09-01 | Ivo Marsh | no sanction | Maya Lin"#]]
    .assert_eq(&registered(&s, "policy.sanctions"));
}

#[test]
fn only_those_who_lead_and_the_committee_see_who_was_concerned() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let ivo = s.person("Ivo Marsh", &[Group::Staff]);
    let ana = s.person("Ana Reed", &[Group::Staff]);
    let chair = s.person("Rosa Field", &[Group::Committee]);
    s.done(MANAGER, decided(ivo, Some("a warning")));
    let page = s.page(MANAGER, "/policy/sanctions", &[]);
    assert!(page.contains("Ivo Marsh") && page.contains("A private phone"));
    let page = s.page(chair, "/policy/sanctions", &[]);
    assert!(page.contains("Ivo Marsh") && !page.contains("A private phone"));
    let page = s.page(ana, "/policy/sanctions", &[]);
    assert!(page.contains("disciplinary action") && !page.contains("Ivo Marsh"));
    let register = [("control", "policy.sanctions")];
    assert!(
        !s.page(ana, "/policy/controls/{control}", &register)
            .contains("Ivo Marsh")
    );
    assert_eq!(
        s.page(ana, "/policy/registers/{control}", &register),
        "not allowed"
    );
    assert!(
        s.page(MANAGER, "/policy/registers/{control}", &register)
            .contains("Ivo Marsh")
    );
}

#[test]
fn everybody_is_told_what_follows_from_misuse() {
    let s = Scenario::with_clauses(CLAUSES);
    expect!["to everyone: If somebody breaks the rules: Breaking the rules of this policy has consequences. What can follow: a warning, disciplinary action. [rules]"].assert_eq(&noticed(&s, "policy.sanctions"));
}
