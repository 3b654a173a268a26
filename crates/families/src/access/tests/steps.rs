//! Scenarios of signing in: strong passwords, second steps, and how a lost one is taken away.

use crate::{
    access::{
        acts::{
            Act,
            steps::{Act as Step, CODES},
        },
        entries::steps::Key,
        register::{codes::Fits, steps::owed},
        strength::{Chosen, Found, Strength},
    },
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person, Proof, Who},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

const STRONG: &str = r#"
[[clause]]
id = "p1"
section = "Passwords"
text = "Everyone picks a password that is hard to guess."
controls = ["access.password-strength"]
values = { min_length = 14, min_score = 3, second_factor = ["committee chair"] }
"#;

fn change(length: u16, score: u8, found: Found) -> AnyAct {
    AnyAct::Access(Act::ChangePassword {
        password: Chosen {
            hash: "$argon2id$invented".to_owned(),
            strength: Strength {
                length,
                score,
                found,
            },
        },
    })
}

fn step(act: Step) -> AnyAct {
    AnyAct::Access(Act::Step(act))
}

fn add_app() -> AnyAct {
    step(Step::AddApp {
        secret: "JBSWY3DPEHPK3PXP".to_owned(),
    })
}

fn add_passkey(id: &str) -> AnyAct {
    step(Step::AddPasskey {
        id: id.to_owned(),
        key: "pQEC".to_owned(),
        name: "my phone".to_owned(),
    })
}

/// Somebody with an account.
fn with_account(scenario: &mut Scenario, name: &str, role: Option<Role>) -> Person {
    let person = match role {
        Some(role) => scenario.holder(name, Group::Staff, role),
        None => scenario.person(name, &[Group::Staff]),
    };
    let user = name.to_lowercase().replace(' ', ".");
    let code = "c0de".to_owned();
    let open = Act::OpenAccount { person, user, code };
    scenario.done(MANAGER, AnyAct::Access(open));
    person
}

#[test]
fn a_weak_password_is_refused_with_what_to_do_by_the_policys_own_measure() {
    let mut scenario = Scenario::with_clauses(STRONG);
    scenario.act(
        MANAGER,
        change(12, 4, Found::Nothing),
        expect!["refused by access.password-strength (p1): This password is too short. Take at least 14 characters: three words that have nothing to do with each other are easy to remember Nobody can allow it. Choose another password and type it twice."],
    );
    for (score, found) in [
        (2, Found::Nothing),
        (4, Found::Common),
        (4, Found::Name),
        (4, Found::Before),
    ] {
        let answer = scenario.try_act(MANAGER, &change(20, score, found));
        assert!(
            scenario
                .in_words(&answer)
                .starts_with("refused by access.password-strength")
        );
    }
    scenario.done(MANAGER, change(14, 3, Found::Nothing));
}

#[test]
fn a_weak_password_is_a_mistake_where_the_policy_says_nothing() {
    let mut scenario = Scenario::new();
    scenario.act(
        MANAGER,
        change(9, 4, Found::Nothing),
        expect!["mistake in password: This password is too short. Take at least 10 characters: three words that have nothing to do with each other are easy to remember"],
    );
    scenario.act(
        MANAGER,
        change(20, 4, Found::Before),
        expect!["mistake in password: You have had this password before. Take one that you have not used here"],
    );
    scenario.done(MANAGER, change(10, 3, Found::Nothing));
    assert_eq!(scenario.setting.access.hashes(MANAGER).count(), 2);
    for _ in 0..10 {
        scenario.done(MANAGER, change(10, 3, Found::Nothing));
    }
    assert_eq!(scenario.setting.access.hashes(MANAGER).count(), 5);
}

#[test]
fn whoever_watches_over_those_who_lead_is_asked_for_a_second_step_whatever_the_policy_names() {
    let mut scenario = Scenario::new();
    let member = scenario.holder("Ivy Stone", Group::Committee, Role::NamedMember);
    let other = scenario.person("Ada Finch", &[Group::Committee]);
    for (person, user) in [(member, "ivy.stone"), (other, "ada.finch")] {
        let open = Act::OpenAccount {
            person,
            user: user.to_owned(),
            code: "c0de".to_owned(),
        };
        scenario.done(MANAGER, AnyAct::Access(open));
    }
    scenario.done(Who::Clock, step(Step::Begin));
    let due = |person| {
        owed(
            &scenario.setting,
            &scenario.in_force,
            person,
            scenario.today(),
        )
    };
    assert!(due(member).is_some());
    assert_eq!(due(other), None);
}

#[test]
fn staff_are_asked_for_a_second_step_within_two_weeks_and_so_are_roles_that_the_policy_names() {
    let mut scenario = Scenario::with_clauses(STRONG);
    let staff = with_account(&mut scenario, "Tomos Reed", None);
    let chair = scenario.holder("Ivy Stone", Group::Committee, Role::Chair);
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    for (person, user) in [(chair, "ivy.stone"), (parent, "ada.finch")] {
        let open = Act::OpenAccount {
            person,
            user: user.to_owned(),
            code: "c0de".to_owned(),
        };
        scenario.done(MANAGER, AnyAct::Access(open));
    }
    let due = |scenario: &Scenario, person| {
        owed(
            &scenario.setting,
            &scenario.in_force,
            person,
            scenario.today(),
        )
        .map(|day| day.to_string())
    };
    assert_eq!(
        due(&scenario, staff),
        None,
        "nobody is asked before it begins"
    );
    scenario.on(2026, 9, 7);
    scenario.done(Who::Clock, step(Step::Begin));
    scenario.done(Who::Clock, step(Step::Begin));
    assert_eq!(due(&scenario, staff).as_deref(), Some("2026-09-21"));
    assert_eq!(due(&scenario, chair).as_deref(), Some("2026-09-21"));
    assert_eq!(due(&scenario, parent), None);
    let page = scenario.page(staff, "/account", &[]);
    assert!(
        page.contains("Set up a second step by 21 September 2026"),
        "{page}"
    );
    scenario.done(staff, add_app());
    assert_eq!(due(&scenario, staff), None);
    scenario.act(
        staff,
        step(Step::RemoveApp),
        expect!["mistake in : This is your only second step, and your account needs one. Set up another first"],
    );
    scenario.done(staff, add_passkey("AAEC"));
    scenario.done(staff, step(Step::RemoveApp));
}

#[test]
fn whoever_knows_only_the_password_makes_no_other_way_in() {
    let mut scenario = Scenario::new();
    scenario.done((MANAGER, Proof::One), add_app());
    for act in [
        add_app(),
        add_passkey("AAEC"),
        step(Step::RemoveApp),
        step(Step::MakeCodes {
            codes: vec!["00ff".to_owned(); CODES],
        }),
        step(Step::ChoosePin {
            hash: "$argon2id$invented".to_owned(),
        }),
    ] {
        for proof in [Proof::One, Proof::Token, Proof::None] {
            let answer = scenario.try_act((MANAGER, proof), &act);
            let says = scenario.in_words(&answer);
            let expected = match proof {
                Proof::One => "mistake in : Sign in with your second step first",
                _ => "mistake: Show once more who you are",
            };
            assert!(says.starts_with(expected), "{says}");
        }
        scenario.done(MANAGER, act);
    }
}

#[test]
fn a_recovery_code_is_good_once() {
    let mut scenario = Scenario::new();
    scenario.done(MANAGER, add_app());
    let codes: Vec<String> = (0..CODES).map(|number| format!("c{number}")).collect();
    scenario.done(MANAGER, step(Step::MakeCodes { codes }));
    let code = || {
        step(Step::UseCode {
            code: "c3".to_owned(),
        })
    };
    scenario.act(
        (MANAGER, Proof::One),
        code(),
        expect!["access.recovery-code-used"],
    );
    scenario.act(
        (MANAGER, Proof::One),
        code(),
        expect!["mistake in code: This code is wrong, or it was used before"],
    );
}

#[test]
fn a_passkey_belongs_to_one_person_and_is_taken_away_by_them() {
    let mut scenario = Scenario::new();
    let tomos = with_account(&mut scenario, "Tomos Reed", None);
    scenario.done(MANAGER, add_passkey("AAEC"));
    scenario.act(
        tomos,
        add_passkey("AAEC"),
        expect!["mistake in name: This device has a passkey here already"],
    );
    scenario.act(
        tomos,
        step(Step::RemovePasskey {
            id: "AAEC".to_owned(),
        }),
        expect!["mistake in passkey: You have no such passkey. It may be gone already"],
    );
    scenario.done(
        MANAGER,
        step(Step::RemovePasskey {
            id: "AAEC".to_owned(),
        }),
    );
    assert!(scenario.setting.access.whose_passkey("AAEC").is_none());
}

#[test]
fn a_lost_second_step_takes_two_people_is_told_and_looked_at_afterwards() {
    let mut scenario = Scenario::new();
    let tomos = with_account(&mut scenario, "Tomos Reed", None);
    let lead = with_account(&mut scenario, "Ines Marsh", Some(Role::Lead));
    let deputy = with_account(&mut scenario, "Owen Beck", Some(Role::DeputyLead));
    scenario.done(tomos, add_app());
    let ask = || step(Step::AskReset { person: tomos });
    let agree = || step(Step::AgreeReset { person: tomos });
    scenario.act(
        MANAGER,
        agree(),
        expect!["mistake in person: Nobody has asked for this in the last 24 hours"],
    );
    let alone = scenario.try_act((MANAGER, Proof::One), &ask());
    assert!(scenario.in_words(&alone).starts_with("not allowed"));
    scenario.done(MANAGER, ask());
    scenario.act(
        MANAGER,
        agree(),
        expect!["mistake in person: It takes a second person: somebody else who leads, not the one who asked"],
    );
    assert!(scenario.try_act(tomos, &agree()).is_err());
    assert!(scenario.page(lead, "/", &[]).contains("asks you to agree"));
    let before = scenario.setting.access.epoch(tomos);
    scenario.done(lead, agree());
    assert_ne!(scenario.setting.access.epoch(tomos), before, "sessions end");
    assert!(!scenario.setting.access.steps(tomos).unwrap().any());
    assert!(
        scenario
            .page(tomos, "/account", &[])
            .contains("Your second step was taken away")
    );
    let seq = scenario.setting.access.unseen()[0].seq;
    let see = || step(Step::SeeReset { seq });
    assert!(scenario.try_act(lead, &see()).is_err());
    assert!(scenario.page(deputy, "/", &[]).contains("was let in again"));
    scenario.done(deputy, see());
    assert!(scenario.setting.access.unseen().is_empty());
    assert!(scenario.try_act(deputy, &see()).is_err());
}

#[test]
fn a_reset_that_nobody_agreed_to_runs_out() {
    let mut scenario = Scenario::new();
    let lead = with_account(&mut scenario, "Ines Marsh", Some(Role::Lead));
    let tomos = with_account(&mut scenario, "Tomos Reed", None);
    scenario.done(tomos, add_app());
    scenario.done(MANAGER, step(Step::AskReset { person: tomos }));
    scenario.on(2026, 9, 3);
    let answer = scenario.try_act(lead, &step(Step::AgreeReset { person: tomos }));
    assert!(scenario.in_words(&answer).contains("Nobody has asked"));
}

#[test]
fn only_the_machine_lets_the_last_leader_in_and_everybody_who_leads_is_told() {
    let mut scenario = Scenario::new();
    let tomos = with_account(&mut scenario, "Tomos Reed", None);
    scenario.done(MANAGER, add_app());
    let recover = || {
        step(Step::Recover {
            person: MANAGER,
            code: "beef".to_owned(),
        })
    };
    for who in [Who::Person(MANAGER), Who::Person(tomos), Who::Nobody] {
        assert!(scenario.try_act(who, &recover()).is_err());
    }
    scenario.act(Who::Keeper, recover(), expect!["access.recovered"]);
    let entry = scenario.lines.last().unwrap().entry.clone().unwrap();
    let crate::spine::entry::Entry::Access(crate::access::entries::Entry::Step(entry)) = entry
    else {
        panic!("not a step");
    };
    assert!(entry.told_to_leaders().contains(&Role::Lead));
    let fits = scenario
        .setting
        .access
        .code_fits(MANAGER, "beef", scenario.now());
    assert_eq!(fits, Fits::Good);
    assert!(!scenario.setting.access.steps(MANAGER).unwrap().any());
}

#[test]
fn a_shared_log_in_is_refused_and_so_is_one_for_a_child() {
    let mut scenario = Scenario::with_clauses(
        r#"
[[clause]]
id = "o1"
section = "Passwords"
text = "Each member of staff and each child has a user name of their own."
controls = ["access.own-account"]
values = { groups = ["staff", "children"] }
"#,
    );
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let child = scenario.person("Wren Ash", &[Group::Child]);
    let name = "Robins".to_owned();
    let room = crate::people::acts::Act::OpenRoom { name };
    scenario.done(MANAGER, AnyAct::People(room));
    let open = |person, user: &str| {
        AnyAct::Access(Act::OpenAccount {
            person,
            user: user.to_owned(),
            code: "c0de".to_owned(),
        })
    };
    for shared in ["staff", "tablet-2", "office", "robins"] {
        let answer = scenario.try_act(MANAGER, &open(tomos, shared));
        let said = scenario.in_words(&answer);
        assert!(
            said.starts_with("refused by access.own-account (o1)"),
            "{shared}: {said}"
        );
    }
    let answer = scenario.try_act(MANAGER, &open(child, "wren"));
    assert!(
        scenario
            .in_words(&answer)
            .contains("Keep the other system and its accounts in the access register")
    );
    scenario.done(MANAGER, open(tomos, "tomos.reed"));
}

#[test]
fn guessing_is_slowed_recorded_and_told_to_the_owner_but_not_on_a_known_device() {
    let mut scenario = Scenario::with_clauses(
        r#"
[[clause]]
id = "a1"
section = "Passwords"
text = "After three wrong passwords the next has to wait."
controls = ["access.attempts"]
values = { attempts = 3 }
"#,
    );
    let failed = || AnyAct::Access(Act::RecordFailedSignIn { person: MANAGER });
    let anew = || step(Step::RecordSignInAnew);
    for _ in 0..3 {
        scenario.done(Who::Nobody, failed());
    }
    scenario.done(Who::Nobody, step(Step::RecordSlowed { person: MANAGER }));
    let answer = scenario.try_act(MANAGER, &anew());
    assert!(
        scenario
            .in_words(&answer)
            .starts_with("refused by access.attempts (a1)")
    );
    let standings = scenario.standings();
    assert!(
        !standings
            .duties
            .iter()
            .any(|owed| owed.control == "access.attempts")
    );
    assert_eq!(scenario.setting.access.tries().len(), 1);
    assert!(scenario.setting.access.tries()[0].slowed);
    scenario.done(MANAGER, AnyAct::Access(Act::RecordSignIn));
    let page = scenario.page(MANAGER, "/", &[]);
    assert!(
        page.contains("3 wrong passwords were tried for your account"),
        "{page}"
    );
    scenario.done(MANAGER, anew());
    assert!(
        !scenario
            .page(MANAGER, "/", &[])
            .contains("wrong passwords were tried")
    );
}

#[test]
fn a_locked_session_opens_until_its_longest_time_and_everybody_is_told_to_lock() {
    let mut scenario = Scenario::with_clauses(
        r#"
[[clause]]
id = "u1"
section = "Passwords"
text = "We lock the screen before walking away."
controls = ["access.unattended"]
values = { idle = 5, longest = 8 }
"#,
    );
    let began = scenario.now();
    let unlock = |with| step(Step::RecordUnlocked { with, began });
    scenario.done(MANAGER, unlock(Key::Pin));
    scenario.on(2026, 9, 2);
    scenario.act(
        MANAGER,
        unlock(Key::Password),
        expect!["refused by access.unattended (u1): This session began more than 8 hours ago, so it is over. Nobody can allow it. Sign in again."],
    );
    let limits = crate::access::controls::unattended::Limits::of(&scenario.in_force);
    assert_eq!((limits.idle_minutes, limits.longest_hours), (5, 8));
}
