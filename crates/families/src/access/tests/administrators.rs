//! access.administrators: only named people manage accounts and security.

use super::{add_system, close, open, registered};
use crate::{
    access::entries::systems::Kind,
    people::{acts::Act as People, group::Group},
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const THREE_HANDS: &str = r#"
[[clause]]
id = "hands"
section = "Data"
text = "Accounts are in three hands only: head of centre, office manager, technician."
controls = ["access.administrators"]
values = { roles = ["head of centre", "office manager", "ICT service technician"] }
"#;

const TECHNICAL: &str = r#"
[[clause]]
id = "technical"
section = "Technical staff"
text = "Technical staff put in the security measures."
controls = ["access.administrators"]
values = { roles = ["technical staff"] }
"#;

fn give(role: Role, person: Person) -> Act {
    Act::Roles(Roles::Give {
        role,
        person,
        from: None,
    })
}

fn end(role: Role, person: Person) -> Act {
    Act::Roles(Roles::End {
        role,
        person,
        last: None,
    })
}

#[test]
fn accounts_are_opened_by_those_whom_the_policy_names_and_by_nobody_else() {
    let mut s = Scenario::with_clauses(THREE_HANDS);
    let office = Role::Other("office manager".to_owned());
    let nia = s.holder("Nia Fell", Group::Staff, office);
    let owen = s.holder("Owen Beck", Group::Staff, Role::DeputyManager);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(nia, open(tomos, "tomos.reed"));
    s.act(
        owen,
        close(tomos),
        expect!["refused by access.administrators (hands): Accounts, roles and security are managed by named people only. Manager, office manager or technical lead can allow it. Ask one of them to do it."],
    );
    s.act(
        tomos,
        close(nia),
        expect!["not allowed: the manager, the deputy manager, the office manager or the technical lead may"],
    );
    s.done(nia, add_system(Kind::Wifi, "Staff wifi", false));
    let page = s.page(nia, "/settings/accounts", &[]);
    assert!(page.contains("tomos.reed"), "{page}");
}

#[test]
fn until_a_named_person_can_sign_in_the_management_stands_in() {
    let mut s = Scenario::with_clauses(TECHNICAL);
    let kit = s.holder("Kit Moor", Group::Contractor, Role::TechnicalLead);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, open(kit, "kit.moor"));
    let answer = s.try_act(MANAGER, &open(tomos, "tomos.reed"));
    assert!(
        s.in_words(&answer).contains("echnical lead can allow it"),
        "{}",
        s.in_words(&answer)
    );
    s.done(kit, open(tomos, "tomos.reed"));
}

#[test]
fn whoever_keeps_the_accounts_makes_no_lead_of_themselves() {
    let mut s = Scenario::with_clauses(TECHNICAL);
    let kit = s.holder("Kit Moor", Group::Staff, Role::TechnicalLead);
    s.done(MANAGER, open(kit, "kit.moor"));
    for role in [Role::Lead, Role::Manager, Role::DeputyLead] {
        let answer = s.try_act(kit, &give(role, kit));
        assert!(answer.is_err(), "{}", s.in_words(&answer));
    }
    s.done(MANAGER, give(Role::DeputyLead, kit));
}

#[test]
fn the_last_who_manages_accounts_stays() {
    let mut s = Scenario::with_clauses(THREE_HANDS);
    let owen = s.holder("Owen Beck", Group::Staff, Role::DeputyManager);
    let answer = s.try_act(owen, &close(MANAGER));
    expect!["refused by access.administrators (hands): Nobody would be left who manages accounts: Maya Lin is the last. Nobody can allow it. Give the role to somebody else who has an account first."].assert_eq(&s.in_words(&answer));
    let answer = s.try_act(MANAGER, &end(Role::Manager, MANAGER));
    assert!(
        s.in_words(&answer).contains("the last"),
        "{}",
        s.in_words(&answer)
    );
    let leaving = Act::People(People::RecordLeaving {
        person: MANAGER,
        last: s.today(),
    });
    let answer = s.try_act(MANAGER, &leaving);
    assert!(
        s.in_words(&answer).contains("the last"),
        "{}",
        s.in_words(&answer)
    );
}

#[test]
fn each_change_of_accounts_and_administrators_is_kept() {
    let mut s = Scenario::with_clauses(TECHNICAL);
    let kit = s.holder("Kit Moor", Group::Staff, Role::TechnicalLead);
    s.done(MANAGER, open(kit, "kit.moor"));
    expect![[r#"
        1 September 2026, 09:00 | Account opened | Maya Lin | -
        1 September 2026, 09:03 | Became technical lead | Kit Moor | -
        1 September 2026, 09:04 | Account opened | Kit Moor | Maya Lin"#]]
    .assert_eq(&registered(&s, "access.administrators"));
}
