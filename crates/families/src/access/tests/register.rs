//! access.register: a record of who is granted access to what.

use super::{add_system, grant, registered, system};
use crate::{
    access::{acts::systems::Act as System, entries::systems::Kind},
    people::group::Group,
    roles::role::Role,
    spine::scenario::{MANAGER, Scenario},
};
use expect_test::expect;

const CLAUSES: &str = r#"
[[clause]]
id = "written"
section = "Managing access"
text = "A register says who has been let onto which systems."
controls = ["access.register"]
values = { systems = ["email", "learning journal app"] }

[[clause]]
id = "admissions"
section = "Emails"
text = "The chair and the deputy manager read the admissions address."
controls = ["access.register"]
values = { mailboxes = [{ name = "admissions address", readers = ["committee chair", "deputy manager"] }], systems = ["admissions mailbox"] }
"#;

#[test]
fn who_is_granted_access_stands_on_the_register_with_who_granted_it_and_when() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(
        MANAGER,
        add_system(Kind::Platform, "Learning journal", false),
    );
    s.done(
        MANAGER,
        grant(1, tomos, "Writes in the journal of the room"),
    );
    s.on(2026, 9, 3);
    s.done(MANAGER, system(System::Withdraw { grant: 1 }));
    expect![[r#"
        This Stairgate | Account | Maya Lin | - | 2026-09-01 | -
        Learning journal | Learning platform or journal | Tomos Reed | Maya Lin | 2026-09-01 | 2026-09-03"#]]
    .assert_eq(&registered(&s, "access.register"));
}

#[test]
fn nothing_is_granted_that_is_not_on_the_register() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.act(
        MANAGER,
        grant(7, tomos, "Because"),
        expect!["refused by access.register (written, admissions): Nothing is used that is not on the access register. Nobody can allow it. Put the system on the register first."],
    );
    s.done(MANAGER, add_system(Kind::Wifi, "Staff wifi", true));
    s.done(MANAGER, system(System::Retire { system: 1 }));
    let answer = s.try_act(MANAGER, &grant(1, tomos, "Because"));
    assert!(
        s.in_words(&answer)
            .starts_with("refused by access.register")
    );
}

#[test]
fn a_mailbox_is_granted_only_to_the_readers_that_the_policy_names() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let ivy = s.holder("Ivy Stone", Group::Committee, Role::Chair);
    s.done(MANAGER, add_system(Kind::Mailbox, "Admissions", true));
    s.done(MANAGER, add_system(Kind::Mailbox, "Kitchen orders", true));
    s.act(
        MANAGER,
        grant(1, tomos, "Helps out"),
        expect!["refused by access.register (written, admissions): Admissions is read by these only: chair of the committee, deputy manager. Nobody can allow it. Forward what this person needs to know, or change the policy."],
    );
    s.done(MANAGER, grant(1, ivy, "Reads it"));
    s.done(MANAGER, grant(2, tomos, "Orders fruit"));
}

#[test]
fn access_is_granted_once_and_closed_before_a_system_goes() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, add_system(Kind::Folder, "Plans", false));
    s.act(
        MANAGER,
        add_system(Kind::Other, " plans ", false),
        expect!["mistake in name: A system of this name is on the register. Choose another name"],
    );
    s.done(MANAGER, grant(1, tomos, "Plans the week"));
    s.act(
        MANAGER,
        grant(1, tomos, "Again"),
        expect!["mistake in person: This person has access to it already"],
    );
    s.act(
        MANAGER,
        system(System::Retire { system: 1 }),
        expect!["mistake in system: Somebody still has access to it. Close their access first"],
    );
    s.act(
        tomos,
        system(System::Withdraw { grant: 1 }),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn the_page_says_what_the_policy_names_and_nobody_has_put_there_and_is_searched() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    let page = s.page(MANAGER, "/access-register", &[]);
    assert!(page.contains("learning journal app") && page.contains("admissions mailbox"));
    s.done(MANAGER, add_system(Kind::Mailbox, "Admissions", false));
    s.done(
        MANAGER,
        add_system(Kind::Platform, "Learning journal app", false),
    );
    s.done(MANAGER, grant(2, tomos, "Writes in it"));
    let page = s.page(MANAGER, "/access-register", &[("words", "journal")]);
    assert!(
        page.contains("Writes in it") && !page.contains("This Stairgate"),
        "{page}"
    );
    let page = s.page(MANAGER, "/access-register", &[("person", "1")]);
    assert!(page.contains("This Stairgate") && !page.contains("Writes in it"));
    let print = s.page(MANAGER, "/access-register/print", &[]);
    assert!(print.contains("Tomos Reed") && print.contains("Writes in it"));
}
