//! Scenarios of codes for accounts that open much: two people, or three days in which everybody
//! concerned is told and can stop it; and no way round by closing, opening, roles or open screens.

use super::{access, close, give_code, make_token, open, take_up};
use crate::{
    access::{
        acts::{Act, codes::Act as Code, steps::Act as Step},
        register::codes::Fits,
    },
    notices::tells::{To, tells},
    people::group::Group,
    roles::{acts::Act as Roles, role::Role},
    spine::{
        act::{Act as AnyAct, Person, Proof, Who},
        scenario::{By, MANAGER, Scenario},
    },
};
use expect_test::expect;

fn agree(person: Person) -> AnyAct {
    access(Act::Code(Code::Agree { person }))
}

fn stop(person: Person) -> AnyAct {
    access(Act::Code(Code::Stop { person }))
}

fn add_app() -> AnyAct {
    access(Act::Step(Step::AddApp {
        secret: "JBSWY3DPEHPK3PXP".to_owned(),
    }))
}

/// A chair and a deputy lead who have chosen their passwords.
fn with_chair() -> (Scenario, Person, Person) {
    let mut s = Scenario::new();
    let chair = s.holder("Ivy Stone", Group::Committee, Role::Chair);
    let deputy = s.holder("Owen Beck", Group::Staff, Role::DeputyLead);
    for (person, user) in [(chair, "ivy.stone"), (deputy, "owen.beck")] {
        s.done(MANAGER, open(person, user));
        s.done(Who::Nobody, take_up(user, "c0de"));
    }
    s.done(chair, add_app());
    (s, chair, deputy)
}

fn fits(s: &Scenario, person: Person) -> Fits {
    s.setting.access.code_fits(person, "beef", s.now())
}

#[test]
fn a_manager_alone_does_not_sign_in_as_the_chair() {
    let (mut s, chair, deputy) = with_chair();
    s.act(MANAGER, give_code(chair), expect!["access.code-asked"]);
    s.act(
        Who::Nobody,
        take_up("ivy.stone", "beef"),
        expect!["mistake in code: This code waits: somebody else who leads agrees to it, or it is good from 4 September 2026, 09:10"],
    );
    for who in [MANAGER, chair] {
        s.act(
            who,
            agree(chair),
            expect!["mistake in person: It takes a second person: not the one who asked, and not the one whom the code is for"],
        );
    }
    let one = s.try_act((deputy, Proof::One), &agree(chair));
    assert!(s.in_words(&one).starts_with("not allowed"), "a second step");
    assert!(s.page(deputy, "/", &[]).contains("agree-code"));
    s.done(deputy, agree(chair));
    s.done(Who::Nobody, take_up("ivy.stone", "beef"));
    assert!(s.setting.access.steps(chair).unwrap().any(), "it stays");
    assert!(s.try_act(deputy, &agree(chair)).is_err(), "once");
}

#[test]
fn everybody_concerned_is_told_of_a_code_that_waits_and_can_stop_it() {
    let (mut s, chair, deputy) = with_chair();
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    for who in [chair, deputy] {
        s.done(MANAGER, give_code(chair));
        let line = s.lines.last().unwrap();
        let told = tells(line, &s.setting);
        assert!(told.iter().any(|tell| tell.to == To::Person(chair)));
        for role in [Role::Lead, Role::Chair, Role::DeputyLead] {
            assert!(told.iter().any(|tell| tell.to == To::Role(role.clone())));
        }
        let page = s.page(chair, "/", &[]);
        assert!(page.contains("a new code for your account"), "{page}");
        let other = s.try_act(tomos, &stop(chair));
        assert!(s.in_words(&other).starts_with("not allowed"));
        s.done((who, Proof::One), stop(chair));
        assert_eq!(fits(&s, chair), Fits::Not);
    }
}

#[test]
fn a_setting_of_three_is_not_locked_out() {
    let mut s = Scenario::new();
    let chair = s.holder("Ivy Stone", Group::Committee, Role::Chair);
    s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, open(chair, "ivy.stone"));
    s.done(Who::Nobody, take_up("ivy.stone", "c0de"));
    s.done(MANAGER, give_code(chair));
    s.on(2026, 9, 3);
    assert!(matches!(fits(&s, chair), Fits::Waits(_)));
    s.on(2026, 9, 5);
    assert_eq!(fits(&s, chair), Fits::Good);
    s.done(Who::Nobody, take_up("ivy.stone", "beef"));
    assert_eq!(fits(&s, chair), Fits::Not, "once");
}

#[test]
fn neither_closing_and_opening_nor_taking_the_role_away_is_a_way_round() {
    let (mut s, chair, _) = with_chair();
    s.done(MANAGER, close(chair));
    s.act(
        MANAGER,
        open(chair, "ivy.stone"),
        expect!["access.account-opened, access.code-asked"],
    );
    assert!(
        s.try_act(Who::Nobody, &take_up("ivy.stone", "c0de"))
            .is_err()
    );
    assert!(
        s.setting.access.steps(chair).unwrap().any(),
        "they came back"
    );
    let end = Roles::End {
        role: Role::Chair,
        person: chair,
        last: None,
    };
    s.done(MANAGER, AnyAct::Roles(end));
    s.on(2026, 9, 20);
    s.act(MANAGER, give_code(chair), expect!["access.code-asked"]);
    s.on(2026, 10, 20);
    s.act(MANAGER, give_code(chair), expect!["access.code-given"]);
}

#[test]
fn closing_an_account_and_opening_it_anew_takes_no_second_step_away() {
    let mut s = Scenario::new();
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, open(tomos, "tomos"));
    s.done(tomos, add_app());
    s.done(MANAGER, close(tomos));
    s.act(
        MANAGER,
        open(tomos, "tomos"),
        expect!["access.account-opened"],
    );
    assert!(s.setting.access.steps(tomos).unwrap().any());
}

#[test]
fn a_code_is_given_to_others_at_once_told_to_them_and_never_to_oneself() {
    let mut s = Scenario::new();
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, open(tomos, "tomos"));
    s.act(MANAGER, give_code(tomos), expect!["access.code-given"]);
    let told = tells(s.lines.last().unwrap(), &s.setting);
    assert!(told.iter().any(|tell| tell.to == To::Person(tomos)));
    s.act(
        MANAGER,
        give_code(MANAGER),
        expect!["mistake in person: This is your own account. Choose another password there: it asks for the one that you have"],
    );
}

#[test]
fn an_open_screen_or_a_stolen_token_changes_no_way_in() {
    let (mut s, chair, deputy) = with_chair();
    s.done(MANAGER, give_code(chair));
    let contact = AnyAct::People(crate::people::acts::Act::ChangeContact(
        crate::people::acts::Contact {
            person: chair,
            email: Some("elsewhere@example.org".to_owned()),
            phone: None,
        },
    ));
    for (who, act) in [
        (MANAGER, make_token("0123456789abcdef")),
        (MANAGER, add_app()),
        (MANAGER, give_code(deputy)),
        (MANAGER, contact),
        (deputy, agree(chair)),
    ] {
        for proof in [Proof::Token, Proof::Two] {
            let stale = s.try_act(By::stale(who, proof), &act);
            assert!(
                stale.is_err(),
                "{} is done without being shown anew who it is",
                act.name()
            );
        }
        s.done(who, act);
    }
    // Nobody has to find the password to stop what somebody else began.
    s.done(MANAGER, give_code(chair));
    assert!(
        s.try_act(By::stale(chair, Proof::Two), &stop(chair))
            .is_ok()
    );
}
