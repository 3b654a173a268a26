//! agreements.acceptable-use: what goes into an agreement, issuing it, and when it is due again.

use super::{CLAUSES, act, issue, sign, with_account};
use crate::{
    agreements::acts::Act as Agreements,
    people::group::Group,
    spine::scenario::{MANAGER, Scenario},
};
use expect_test::expect;
use kernel::standing::Standing;

const ONLY_AIMS: &str = r#"
[[clause]]
id = "aims"
section = "Aims"
text = "We want every child to be safe online."
controls = ["policy.statement"]
"#;

fn text_of(s: &Scenario, group: Group) -> Vec<String> {
    let current = s.setting.agreements.current(group);
    let points = &current.expect("a version").says.points;
    points.iter().map(|point| point.clause.clone()).collect()
}

#[test]
fn an_agreement_is_made_of_the_clauses_that_bind_its_group() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    assert_eq!(text_of(&s, Group::Staff), ["sign", "phones", "kind"]);
    s.done(MANAGER, issue(Group::Parent));
    assert_eq!(text_of(&s, Group::Parent), ["kind"]);
    let page = s.page(MANAGER, "/agreements/{group}", &[("group", "staff")]);
    assert!(page.contains("Phones of staff are put away"), "{page}");
    assert!(!page.contains("We want every child"), "{page}");
}

#[test]
fn the_manager_leaves_out_a_clause_and_puts_one_in_for_good() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let leave = |clause: &str| {
        act(Agreements::LeaveOut {
            group: Group::Staff,
            clause: clause.to_owned(),
            why: "It is said elsewhere.".to_owned(),
        })
    };
    let put = |clause: &str| {
        act(Agreements::PutIn {
            group: Group::Staff,
            clause: clause.to_owned(),
        })
    };
    s.act(
        MANAGER,
        put("phones"),
        expect!["mistake in clause: This clause goes in already"],
    );
    s.act(MANAGER, leave("phones"), expect!["agreements.point-chosen"]);
    s.act(MANAGER, put("aims"), expect!["agreements.point-chosen"]);
    s.act(
        MANAGER,
        leave("none"),
        expect!["mistake in clause: The policy in force has no such clause"],
    );
    let page = s.page(MANAGER, "/agreements/{group}/points", &[("group", "staff")]);
    assert!(page.contains("Left out: It is said elsewhere."), "{page}");
    s.done(MANAGER, issue(Group::Staff));
    assert_eq!(text_of(&s, Group::Staff), ["sign", "kind", "aims"]);
    s.act(MANAGER, issue(Group::Staff), expect!["mistake in intro: Nothing has changed since the last version, so nobody has to sign again"]);
    s.act(
        MANAGER,
        issue(Group::Contractor),
        expect!["agreements.issued"],
    );
}

#[test]
fn until_a_first_version_is_issued_the_clause_is_due_and_nobody_is_kept_out() {
    let mut s = Scenario::with_clauses(CLAUSES);
    expect!["Issue the agreement for staff by 2026-09-29: Maya Lin"]
        .assert_eq(&s.owed("agreements.acceptable-use"));
    assert_eq!(s.standing("sign"), Standing::Due);
    with_account(&mut s, "Ivo Marsh", "ivo", Group::Staff);
    s.on(2026, 10, 1);
    assert_eq!(s.standing("sign"), Standing::Breached);
    s.done(MANAGER, issue(Group::Staff));
    let owed = s.owed("agreements.acceptable-use");
    assert!(!owed.contains("Issue"), "{owed}");
}

#[test]
fn when_the_policy_says_something_else_a_new_version_falls_due_and_versions_stand_side_by_side() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    s.done(MANAGER, sign(Group::Staff, 1));
    s.on(2027, 1, 4);
    let changed = CLAUSES.replace("are put away while", "stay in the office while");
    s.adopt(&format!(
        "[policy]\ntitle = \"Online safety policy\"\n{changed}"
    ));
    let owed = s.owed("agreements.acceptable-use");
    assert!(
        owed.contains("Issue the new agreement for staff by 2027-02-01: Maya Lin"),
        "{owed}"
    );
    s.done(MANAGER, issue(Group::Staff));
    let params = [("group", "staff"), ("version", "2")];
    let page = s.page(MANAGER, "/agreements/{group}/versions/{version}", &params);
    assert!(
        page.contains("What changed since version 1") && page.contains("<ins>"),
        "{page}"
    );
    let first = [("group", "staff"), ("version", "1")];
    let page = s.page(MANAGER, "/agreements/{group}/versions/{version}", &first);
    assert!(page.contains("are put away while"), "{page}");
}

#[test]
fn a_policy_that_asks_for_no_agreements_issues_none() {
    let mut s = Scenario::with_clauses(ONLY_AIMS);
    s.act(
        MANAGER,
        issue(Group::Staff),
        expect!["mistake in group: The policy in force does not ask for agreements"],
    );
    let page = s.page(MANAGER, "/agreements", &[]);
    assert!(page.contains("does not ask for agreements"), "{page}");
}

#[test]
fn a_version_in_another_language_keeps_a_line_for_each_point() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, issue(Group::Staff));
    let translate = |points: &[&str]| {
        act(Agreements::Translate {
            group: Group::Staff,
            version: 1,
            language: "pl".to_owned(),
            intro: "Prosimy przeczytać.".to_owned(),
            points: points.iter().map(|words| (*words).to_owned()).collect(),
        })
    };
    s.act(MANAGER, translate(&["Jeden"]), expect!["mistake in points: The agreement has 3 points and this has 1. Write one line for each point, and a hyphen where it stays in English"]);
    s.act(
        MANAGER,
        translate(&["Jeden", "-", "Trzy"]),
        expect!["agreements.translated"],
    );
    let version = s.setting.agreements.current(Group::Staff).unwrap();
    assert_eq!(version.in_language("pl").unwrap().points.len(), 2);
}
