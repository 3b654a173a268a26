//! access.need-to-know: information is shared on a need-to-know basis.

use crate::{
    access::looks::{Came, to_record},
    concerns::acts::Act as Concern,
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act, Actor, Person, Who},
        page::Params,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const CLAUSE: &str = r#"
[[clause]]
id = "need"
section = "Personal emails"
text = "Information is passed on only to those who need to know it."
controls = ["access.need-to-know"]
values = { who = "children's, families' and staff's information: those who need to know" }
"#;

fn refused(s: &Scenario, who: Person, path: &str, name: &str, word: &str) -> Option<Act> {
    let params = Params([(name.to_owned(), word.to_owned())].into());
    let who = Actor::person_only(who);
    let (setting, in_force) = (&s.setting, &s.in_force);
    to_record(
        &who,
        path,
        &params,
        Came::Refused,
        setting,
        in_force,
        s.now(),
    )
}

#[test]
fn a_refused_look_is_recorded_for_the_management_whether_the_record_exists_or_not() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let wren = s.person("Wren Finch", &[Group::Child]);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    for word in [wren.to_string(), "4711".to_owned()] {
        let act = refused(&s, tomos, "/people/{person}", "person", &word);
        s.act(
            tomos,
            act.expect("it is recorded"),
            expect!["access.look-refused"],
        );
    }
    for word in ["1", "99"] {
        let act = refused(&s, tomos, "/concerns/cases/{case}", "case", word);
        s.done(tomos, act.expect("it is recorded"));
    }
    expect![[r#"
        1 September 2026, 09:04 | Tomos Reed | the record of Wren Finch
        1 September 2026, 09:05 | Tomos Reed | the record of somebody
        1 September 2026, 09:06 | Tomos Reed | a concern
        1 September 2026, 09:07 | Tomos Reed | a concern"#]]
    .assert_eq(&s.registered("access.need-to-know"));
}

#[test]
fn a_thousand_refused_looks_do_not_fill_the_ledger_and_the_same_one_is_written_once() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let rosa = s.person("Rosa Field", &[Group::Staff]);
    let before = s.lines.len();
    // A program that asks for one number after the other does so within a moment.
    let now = s.now();
    let mut look = |who: Person, person: u32| {
        s.at(now);
        let act = refused(&s, who, "/people/{person}", "person", &person.to_string());
        if let Some(act) = act {
            s.done(who, act);
        }
    };
    for person in 100..1_100 {
        look(tomos, person);
        look(tomos, person);
    }
    // By then it is known what is going on; and nobody is kept from being noticed by it.
    look(rosa, 100);
    look(rosa, 100);
    assert_eq!(s.lines.len() - before, 51);
    let noticed = s.registered("access.need-to-know");
    assert_eq!(noticed.matches("Tomos Reed").count(), 50);
    assert_eq!(noticed.matches("Rosa Field").count(), 1);
    s.later(11);
    let again = refused(&s, tomos, "/people/{person}", "person", "100");
    assert!(again.is_some(), "afterwards it is written again");
    assert_eq!(refused(&s, MANAGER, "/people", "person", "7"), None);
}

#[test]
fn concerns_are_shared_with_the_roles_that_the_policy_names_and_nobody_else() {
    let clause = CLAUSE.replace(
        "children's, families' and staff's information: those who need to know",
        "concerns: designated safeguarding lead, deputy manager",
    );
    let reports = r#"
[[clause]]
id = "report"
section = "If you are worried"
text = "Everybody reports a worry to the lead."
controls = ["concerns.report", "concerns.case"]
values = { tell = ["designated safeguarding lead"] }
"#;
    let mut s = Scenario::with_clauses(&format!("{clause}{reports}"));
    let deputy = s.holder("Owen Beck", Group::Staff, Role::DeputyManager);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(Who::Nobody, super::unseen::report());
    let share = |person| {
        Act::Concerns(Concern::Share {
            case: 1,
            person,
            why: "Works in the room".to_owned(),
        })
    };
    let answer = s.try_act(MANAGER, &share(tomos));
    let says = s.in_words(&answer);
    assert!(says.starts_with("refused by access.need-to-know"), "{says}");
    s.done(MANAGER, share(deputy));
}
