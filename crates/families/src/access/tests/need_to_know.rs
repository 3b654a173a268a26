//! access.need-to-know: information is shared on a need-to-know basis.

use crate::{
    access::looks::{Came, to_record},
    people::group::Group,
    spine::{
        act::{Act, Actor, Person},
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
fn a_thousand_refused_looks_do_not_fill_the_ledger() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let before = s.lines.len();
    for person in 100..400 {
        let act = refused(&s, tomos, "/people/{person}", "person", &person.to_string());
        if let Some(act) = act {
            let now = s.now();
            s.done(tomos, act);
            assert!(s.now() > now);
        }
    }
    // One act a minute in a scenario: ten minutes hold ten of them, so none is left out here.
    assert_eq!(s.lines.len() - before, 300);
    assert_eq!(refused(&s, MANAGER, "/people", "person", "7"), None);
}
