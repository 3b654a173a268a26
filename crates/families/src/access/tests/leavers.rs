//! access.leavers: leavers lose access at once.

use super::{access, add_system, give_code, grant, open, system, take_up};
use crate::{
    access::{
        acts::{Act as Access, kiosks::Act as Kiosk, systems::Act as System},
        entries::{kiosks::Purpose, systems::Kind},
    },
    people::{
        acts::Act as People,
        entries::{Relation, Tied},
        group::Group,
    },
    roles::role::Role,
    spine::{
        act::{Act, Person, Who},
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

#[test]
fn codes_that_a_leaver_knows_are_worth_nothing_any_more() {
    let mut s = Scenario::new();
    let owen = s.holder("Owen Beck", Group::Staff, Role::DeputyManager);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let chair = s.holder("Ivy Stone", Group::Committee, Role::Chair);
    for (person, user) in [(tomos, "tomos.reed"), (chair, "ivy.stone")] {
        s.done(MANAGER, open(person, user));
        s.done(Who::Nobody, take_up(user, "c0de"));
        s.done(owen, give_code(person));
    }
    let kiosk = |act| access(Access::Kiosk(act));
    s.done(
        owen,
        kiosk(Kiosk::Open {
            name: "Front door".to_owned(),
            purpose: Purpose::Door,
            code: "d00d".to_owned(),
        }),
    );
    let today = s.today();
    s.done(MANAGER, at_once(owen, today));
    let begin = Kiosk::TakeUp {
        code: "d00d".to_owned(),
        token: "70ce".to_owned(),
        device: "de71".to_owned(),
    };
    assert!(s.try_act(Who::Nobody, &kiosk(begin)).is_err());
    // The one that waits runs out of time to wait, and is worth nothing all the same.
    s.on(2026, 9, 6);
    for user in ["tomos.reed", "ivy.stone"] {
        let taken = s.try_act(Who::Nobody, &take_up(user, "beef"));
        assert!(taken.is_err(), "{user}");
    }
    s.done(MANAGER, give_code(tomos));
    s.done(Who::Nobody, take_up("tomos.reed", "beef"));
}

#[test]
fn the_list_of_a_leaver_has_a_line_for_each_thing_outside_with_who_and_when() {
    let mut s = Scenario::new();
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, add_system(Kind::Mailbox, "Admissions", true));
    s.done(MANAGER, add_system(Kind::Platform, "Journal", false));
    s.done(MANAGER, grant(1, tomos, "Answers the letters"));
    s.done(MANAGER, grant(2, tomos, "Writes in it"));
    s.done(
        MANAGER,
        system(System::Lend {
            person: tomos,
            what: "Key to the shed".to_owned(),
        }),
    );
    let at = [("person", tomos.to_string())];
    let at = at.each_ref().map(|(name, word)| (*name, word.as_str()));
    let list = |s: &Scenario| s.page(MANAGER, "/people/{person}/leaving", &at);
    assert!(list(&s).contains("Maya Lin, when the last day is recorded"));
    s.done(MANAGER, leaves(tomos, Date::constant(2026, 9, 11)));
    let page = list(&s);
    for line in [
        "Close: Admissions",
        "Change the password that they knew: Admissions",
        "Close: Journal",
        "Take back: Key to the shed",
        "Maya Lin, by 12 September 2026",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    assert!(!page.contains("Change the password that they knew: Journal"));
    s.done(MANAGER, system(System::Withdraw { grant: 1 }));
    s.done(MANAGER, system(System::RecordPasswordChanged { system: 1 }));
    s.done(MANAGER, system(System::TakeBack { thing: 1 }));
    let page = list(&s);
    for line in [
        "Closed by Maya Lin, 1 September 2026",
        "Changed by Maya Lin, 1 September 2026",
        "Back since 1 September 2026",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
}
