//! access.leavers: leavers lose access at once.

use super::{add_system, grant, open, system};
use crate::{
    access::{acts::systems::Act as System, entries::systems::Kind},
    people::{
        acts::Act as People,
        entries::{Relation, Tied},
        group::Group,
    },
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

const CLAUSE: &str = r#"
[[clause]]
id = "leaving"
section = "Learning platform"
text = "The account of a member of staff who leaves is disabled."
controls = ["access.leavers"]
"#;

fn leaves(person: Person, last: Date) -> Act {
    Act::People(People::RecordLeaving { person, last })
}

fn at_once(person: Person, last: Date) -> Act {
    Act::People(People::RecordLeavingAtOnce { person, last })
}

fn tie(parent: Person, child: Person) -> Act {
    Act::People(People::Tie(Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    }))
}

#[test]
fn what_lies_outside_and_what_was_lent_becomes_work_with_the_last_day() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(
        MANAGER,
        add_system(Kind::Platform, "Learning journal", false),
    );
    s.done(MANAGER, grant(1, tomos, "Writes in it"));
    let key = System::Lend {
        person: tomos,
        what: "key 4".to_owned(),
    };
    s.done(MANAGER, system(key));
    assert_eq!(s.owed("access.leavers"), "");
    s.done(MANAGER, leaves(tomos, Date::constant(2026, 9, 4)));
    expect![[r#"
        Close the access of Tomos Reed to Learning journal by 2026-09-05: Maya Lin
        Take back key 4 from Tomos Reed by 2026-09-05: Maya Lin"#]]
    .assert_eq(&s.owed("access.leavers"));
    s.on(2026, 9, 6);
    assert_eq!(s.standing("leaving"), Standing::Breached);
    s.done(MANAGER, system(System::Withdraw { grant: 1 }));
    s.done(MANAGER, system(System::TakeBack { thing: 1 }));
    assert_eq!(s.owed("access.leavers"), "");
    assert_eq!(s.standing("leaving"), Standing::Met);
}

#[test]
fn whoever_leaves_at_once_does_nothing_here_from_that_moment() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, open(tomos, "tomos.reed"));
    s.done(MANAGER, add_system(Kind::Wifi, "Staff wifi", true));
    s.done(MANAGER, grant(1, tomos, "For the tablet"));
    let today = s.today();
    s.done(MANAGER, at_once(tomos, today));
    assert!(!s.setting.people.is_here(tomos, today));
    let answer = s.try_act(tomos, &Act::Access(crate::access::acts::Act::RecordSignIn));
    assert!(s.in_words(&answer).starts_with("not allowed"));
    expect!["Close the access of Tomos Reed to Staff wifi by 2026-09-01: Maya Lin"]
        .assert_eq(&s.owed("access.leavers"));
}

#[test]
fn nothing_new_is_opened_for_somebody_who_is_gone() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, add_system(Kind::Wifi, "Staff wifi", true));
    s.done(MANAGER, leaves(tomos, Date::constant(2026, 9, 1)));
    s.on(2026, 9, 2);
    s.act(
        MANAGER,
        grant(1, tomos, "Comes by now and then"),
        expect!["refused by access.leavers (leaving): This person has been gone since 2 September 2026. Nobody can allow it. If they have come back, record that first."],
    );
    let answer = s.try_act(MANAGER, &open(tomos, "tomos.reed"));
    assert!(s.in_words(&answer).starts_with("refused by access.leavers"));
}

#[test]
fn a_family_keeps_its_membership_while_a_sibling_stays_and_no_longer() {
    let mut s = Scenario::with_clauses(CLAUSE);
    let wren = s.person("Wren Finch", &[Group::Child]);
    let jay = s.person("Jay Finch", &[Group::Child]);
    let ada = s.person("Ada Finch", &[Group::Parent]);
    s.done(MANAGER, tie(ada, wren));
    s.done(MANAGER, tie(ada, jay));
    s.done(
        MANAGER,
        add_system(Kind::Platform, "Learning journal", false),
    );
    s.done(MANAGER, grant(1, ada, "Reads the journal of her children"));
    s.done(MANAGER, leaves(wren, Date::constant(2026, 9, 2)));
    s.on(2026, 9, 3);
    assert_eq!(s.owed("access.leavers"), "");
    assert!(s.setting.people.is_here(ada, s.today()));
    s.done(MANAGER, leaves(jay, Date::constant(2026, 9, 4)));
    s.on(2026, 9, 5);
    assert!(!s.setting.people.is_here(ada, s.today()));
    expect!["Close the access of Ada Finch to Learning journal by 2026-09-05: Maya Lin"]
        .assert_eq(&s.owed("access.leavers"));
}
