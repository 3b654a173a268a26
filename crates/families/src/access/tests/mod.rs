//! Scenarios, named as sentences.

mod activity_log;
mod administrators;
mod break_glass;
mod codes;
mod leavers;
mod need_to_know;
mod oidc;
mod own_files;
mod password_rotation;
mod register;
mod unseen;

mod kiosks;
mod steps;

use crate::{
    access::{
        acts::Act,
        entries::systems::Kind,
        pages::{MADE_CODE, MADE_HASH, MADE_STRENGTH, MADE_TOKEN, Made, makes},
    },
    families,
    notices::tells::{To, tells},
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Person, Who},
        answers::Answers,
        page::FieldKind,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn access(act: Act) -> AnyAct {
    AnyAct::Access(act)
}

fn open(person: Person, user: &str) -> AnyAct {
    access(Act::OpenAccount {
        person,
        user: user.to_owned(),
        code: "c0de".to_owned(),
    })
}

fn system(act: crate::access::acts::systems::Act) -> AnyAct {
    access(Act::System(act))
}

fn add_system(kind: Kind, name: &str, one_password: bool) -> AnyAct {
    system(crate::access::acts::systems::Act::Add {
        kind,
        name: name.to_owned(),
        one_password,
    })
}

fn grant(number: u32, person: Person, why: &str) -> AnyAct {
    system(crate::access::acts::systems::Act::Grant {
        system: number,
        person,
        why: why.to_owned(),
    })
}

/// The register of a control, a line for each row.
fn registered(scenario: &Scenario, control: &str) -> String {
    scenario.registered(control)
}

fn take_up(user: &str, code: &str) -> AnyAct {
    access(Act::TakeUp {
        user: user.to_owned(),
        code: code.to_owned(),
        password: "$argon2id$invented".into(),
    })
}

fn close(person: Person) -> AnyAct {
    access(Act::CloseAccount { person })
}

fn give_code(person: Person) -> AnyAct {
    access(Act::GiveCode {
        person,
        code: "beef".to_owned(),
    })
}

fn make_token(digest: &str) -> AnyAct {
    access(Act::MakeToken {
        name: "the wall".to_owned(),
        digest: digest.to_owned(),
    })
}

fn revoke(token: &str) -> AnyAct {
    access(Act::RevokeToken {
        token: token.to_owned(),
    })
}

#[test]
fn an_account_is_opened_by_a_manager_and_taken_up_with_the_code_once() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        tomos,
        open(tomos, "tomos"),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        open(tomos, "tomos"),
        expect!["access.account-opened"],
    );
    let page = scenario.page(MANAGER, "/settings/accounts", &[]);
    assert!(page.contains("Waits for a password; the code is good until 15 September 2026"));
    scenario.act(
        Who::Nobody,
        take_up("tomos", "wrong"),
        expect![
            "mistake in code: The user name and the code do not fit together, or the code is too old. Ask your manager for a new one"
        ],
    );
    scenario.act(
        Who::Nobody,
        take_up("tomos", "c0de"),
        expect!["access.password-chosen"],
    );
    assert!(
        scenario
            .try_act(Who::Nobody, &take_up("tomos", "c0de"))
            .is_err()
    );
}

#[test]
fn whoever_tries_a_code_does_not_learn_who_has_an_account() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, open(tomos, "tomos"));
    let known = scenario.try_act(Who::Nobody, &take_up("tomos", "wrong"));
    let unknown = scenario.try_act(Who::Nobody, &take_up("nobody", "wrong"));
    assert_eq!(known, unknown);
}

#[test]
fn a_code_is_good_for_two_weeks_and_not_for_a_leaver() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, open(tomos, "tomos"));
    scenario.on(2026, 9, 16);
    assert!(
        scenario
            .try_act(Who::Nobody, &take_up("tomos", "c0de"))
            .is_err()
    );
    scenario.act(MANAGER, give_code(tomos), expect!["access.code-given"]);
    let last = scenario.today();
    let leaving = crate::people::acts::Act::RecordLeaving {
        person: tomos,
        last,
    };
    scenario.done(MANAGER, AnyAct::People(leaving));
    scenario.on(2026, 9, 17);
    assert!(
        scenario
            .try_act(Who::Nobody, &take_up("tomos", "beef"))
            .is_err()
    );
    scenario.act(
        MANAGER,
        give_code(tomos),
        expect!["mistake in person: This person is not here, so they can’t sign in"],
    );
    let page = scenario.page(MANAGER, "/settings/accounts", &[]);
    assert!(page.contains("Stopped: the person is not here"));
}

#[test]
fn accounts_are_for_adults_who_are_here_one_each_under_a_name_of_its_own() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let child = scenario.person("Wren Ash", &[Group::Child]);
    scenario.act(
        MANAGER,
        open(child, "wren"),
        expect!["mistake in person: Children do not have accounts"],
    );
    scenario.act(
        MANAGER,
        open(Person(77), "somebody"),
        expect!["mistake in person: There is no such person here"],
    );
    scenario.act(
        MANAGER,
        open(tomos, "maya"),
        expect!["mistake in user: Somebody has this user name already. Choose another"],
    );
    scenario.act(
        MANAGER,
        open(tomos, "T"),
        expect![
            "mistake in user: A user name is 3 to 40 small letters, digits, dots or hyphens, such as maya.lin"
        ],
    );
    scenario.done(MANAGER, open(tomos, "tomos"));
    scenario.act(
        MANAGER,
        open(tomos, "tomos.reed"),
        expect![
            "mistake in person: This person has an account already. Give a new code if they can’t sign in"
        ],
    );
}

#[test]
fn an_account_is_closed_by_a_manager_but_not_the_own() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, open(tomos, "tomos"));
    scenario.act(
        tomos,
        close(MANAGER),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        tomos,
        give_code(MANAGER),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        close(MANAGER),
        expect![
            "mistake in person: You can’t close your own account. Ask another manager to do it"
        ],
    );
    scenario.act(MANAGER, close(tomos), expect!["access.account-closed"]);
    scenario.act(
        MANAGER,
        close(tomos),
        expect!["mistake in person: This person has no account"],
    );
    scenario.act(
        MANAGER,
        give_code(tomos),
        expect!["mistake in person: This person has no account"],
    );
}

#[test]
fn everybody_changes_the_own_password_and_sessions_of_before_are_over() {
    let mut scenario = Scenario::new();
    let change = || {
        access(Act::ChangePassword {
            password: "$argon2id$other".into(),
        })
    };
    let before = scenario.setting.access.epoch(MANAGER);
    scenario.act(MANAGER, change(), expect!["access.password-chosen"]);
    assert_ne!(scenario.setting.access.epoch(MANAGER), before);
    scenario.act(
        Who::Nobody,
        change(),
        expect!["not allowed: people who have signed in may"],
    );
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        tomos,
        change(),
        expect!["mistake in person: This person has no account"],
    );
}

#[test]
fn a_token_is_made_and_taken_back_by_its_person_only() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, open(tomos, "tomos"));
    let digest = "0123456789abcdef0123456789abcdef";
    scenario.act(MANAGER, make_token(digest), expect!["access.token-made"]);
    assert_eq!(scenario.setting.access.whose_token(digest), Some(MANAGER));
    assert!(scenario.page(MANAGER, "/account", &[]).contains("the wall"));
    scenario.act(
        tomos,
        revoke("0123456789abcdef"),
        expect!["mistake in token: You have no such token. It may have been taken back already"],
    );
    scenario.act(
        MANAGER,
        revoke("0123456789abcdef"),
        expect!["access.token-revoked"],
    );
    assert_eq!(scenario.setting.access.whose_token(digest), None);
    for number in 0..20 {
        scenario.done(MANAGER, make_token(&format!("{number:032}")));
    }
    scenario.act(
        MANAGER,
        make_token("one more"),
        expect!["mistake in name: You have too many tokens. Take one back first"],
    );
    scenario.act(
        Who::Nobody,
        make_token(digest),
        expect!["not allowed: people who have signed in may"],
    );
    scenario.act(
        Who::Nobody,
        revoke(digest),
        expect!["not allowed: people who have signed in may"],
    );
}

#[test]
fn the_same_password_under_a_newer_hash_ends_nothing_and_never_goes_before_a_newer_password() {
    let mut scenario = Scenario::new();
    let hash_anew = |epoch| {
        access(Act::HashAnew {
            hash: "$argon2id$newer".to_owned(),
            epoch,
        })
    };
    let kept = |scenario: &Scenario| {
        scenario.view(MANAGER, |view| {
            let hash = view.setting.access.hash(MANAGER).unwrap();
            view.open(hash).unwrap()
        })
    };
    let digest = "0123456789abcdef";
    scenario.done(MANAGER, make_token(digest));
    scenario.act(MANAGER, hash_anew(0), expect!["access.hashed-anew"]);
    assert_eq!(kept(&scenario), "$argon2id$newer");
    assert_eq!(scenario.setting.access.epoch(MANAGER), Some(0));
    assert!(scenario.setting.access.whose_token(digest).is_some());
    // Another password was chosen while the old one was checked: that one stays.
    let password = "$argon2id$chosen".into();
    scenario.done(MANAGER, access(Act::ChangePassword { password }));
    scenario.act(
        MANAGER,
        hash_anew(0),
        expect!["mistake in password: This is not the password of now any more"],
    );
    assert_eq!(kept(&scenario), "$argon2id$chosen");
    scenario.act(
        Who::Nobody,
        hash_anew(1),
        expect!["not allowed: people who have signed in may"],
    );
}

#[test]
fn a_manager_signs_somebody_out_everywhere_and_takes_nothing_else_away() {
    let mut scenario = Scenario::new();
    let una = scenario.person("Una Reed", &[Group::Staff]);
    let other = scenario.person("Tess Hale", &[Group::Staff]);
    let end = |person| access(Act::EndSessions { person });
    scenario.act(
        MANAGER,
        end(una),
        expect!["mistake in person: This person has no account"],
    );
    scenario.done(MANAGER, open(una, "una.reed"));
    scenario.done(Who::Nobody, take_up("una.reed", "c0de"));
    let digest = "0123456789abcdef";
    scenario.done(una, make_token(digest));
    let epoch = |scenario: &Scenario| scenario.setting.access.epoch(una).unwrap();
    let before = epoch(&scenario);
    scenario.act(MANAGER, end(una), expect!["access.sessions-ended"]);
    assert_eq!(epoch(&scenario), before + 1);
    assert_eq!(scenario.setting.access.whose_token(digest), Some(una));
    assert!(scenario.setting.access.hash(una).is_some());
    let told = tells(scenario.lines.last().unwrap(), &scenario.setting);
    assert!(
        told.iter().any(|tell| tell.to == To::Person(una)),
        "{told:?}"
    );
    scenario.act(
        MANAGER,
        end(MANAGER),
        expect!["mistake in person: This is your own account. Its page lists your devices: end them there"],
    );
    scenario.act(
        other,
        end(una),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn signing_in_and_out_is_recorded_and_a_wrong_password_too() {
    let mut scenario = Scenario::new();
    scenario.act(
        MANAGER,
        access(Act::RecordSignIn),
        expect!["access.signed-in"],
    );
    scenario.act(
        MANAGER,
        access(Act::RecordSignOut),
        expect!["access.signed-out"],
    );
    let failed = |person| access(Act::RecordFailedSignIn { person });
    scenario.act(
        Who::Nobody,
        failed(MANAGER),
        expect!["access.sign-in-failed"],
    );
    scenario.act(
        Who::Nobody,
        failed(Person(5)),
        expect!["mistake in person: This person has no account"],
    );
    scenario.act(
        Who::Nobody,
        access(Act::RecordSignIn),
        expect!["not allowed: people who have signed in may"],
    );
    scenario.act(
        Who::Nobody,
        access(Act::RecordSignOut),
        expect!["not allowed: people who have signed in may"],
    );
    let page = scenario.page(MANAGER, "/activity", &[("about", "access")]);
    assert!(page.contains("Maya Lin signed in"));
    assert!(page.contains("Somebody who had not signed in tried a wrong password"));
}

#[test]
fn everybody_sees_what_they_did_and_only_who_leads_sees_the_rest() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(tomos, access(Act::RecordSignIn));
    let own = scenario.page(tomos, "/account", &[]);
    assert!(own.contains("Tomos Reed signed in") && !own.contains("Maya Lin"));
    assert_eq!(scenario.page(tomos, "/activity", &[]), "not allowed");
    let at = [("seq", "1")];
    assert_eq!(scenario.page(tomos, "/activity/{seq}", &at), "not allowed");
    let entry = scenario.page(MANAGER, "/activity/{seq}", &at);
    assert!(entry.contains("Entry 1") && entry.contains("place.described"));
    for none in ["0", "999", "one", ""] {
        let page = scenario.page(MANAGER, "/activity/{seq}", &[("seq", none)]);
        assert_eq!(page, "nothing here", "{none}");
    }
}

#[test]
fn the_ledger_is_read_page_by_page_and_says_where_details_are_gone() {
    let mut scenario = Scenario::new();
    for _ in 0..60 {
        scenario.done(MANAGER, access(Act::RecordSignIn));
    }
    let line = scenario.lines.last_mut().unwrap();
    line.entry = None;
    let newest = scenario.page(MANAGER, "/activity", &[]);
    assert!(newest.contains("Maya Lin did something; the details are no longer kept"));
    assert!(newest.contains("/activity?before="), "{newest}");
    let oldest = scenario.page(MANAGER, "/activity", &[("before", "6")]);
    assert!(oldest.contains("described the setting as Larkrise Preschool"));
    let by = scenario.page(
        MANAGER,
        "/activity",
        &[("person", "1"), ("about", "access")],
    );
    assert!(by.contains("signed in") && !by.contains("described the setting"));
}

#[test]
fn what_the_server_makes_is_not_a_field_and_without_it_there_is_no_act() {
    for form in families::forms() {
        let hidden = form
            .fields
            .iter()
            .any(|field| field.name.starts_with("made-"));
        assert!(!hidden, "{}", form.act);
        let chooses = form
            .fields
            .iter()
            .any(|field| matches!(field.kind, FieldKind::NewPassword));
        assert_eq!(chooses, makes(form.act) == Some(Made::Hash), "{}", form.act);
    }
    let form = Scenario::form("access.take-up");
    let answers = Answers::default()
        .with("user", "Tomos")
        .with("code", "ABCD-EFGH-JKLM")
        .with("password", "plum tree hat")
        .with("again", "plum tree hat");
    assert!(form.act(&answers).is_err());
    let made = answers
        .with(MADE_CODE, "c0de")
        .with(MADE_HASH, "$argon2id$invented");
    assert!(form.act(&made).is_err(), "nobody has measured the password");
    let measured = made.with(MADE_STRENGTH, "65535 4 nothing");
    assert_eq!(form.act(&measured), Ok(take_up("tomos", "c0de")));
    let token = Answers::default()
        .with("name", "the wall")
        .with(MADE_TOKEN, "beef");
    assert_eq!(
        Scenario::form("access.make-token").act(&token),
        Ok(make_token("beef"))
    );
}

#[test]
fn a_new_stairgate_is_set_up_with_one_form() {
    let form = Scenario::form("access.set-up");
    let answers = Answers::default()
        .with("name", "Larkrise Preschool")
        .with("nation", "england")
        .with("manager", "Maya Lin")
        .with("is-lead", "yes")
        .with("user", "maya")
        .with("password", "plum tree hat")
        .with("again", "plum tree hat")
        .with(MADE_STRENGTH, "13 4 nothing")
        .with(MADE_HASH, "$argon2id$invented");
    let act = form.act(&answers).unwrap();
    let mut scenario = Scenario::new();
    scenario.act(
        Who::Nobody,
        act,
        expect!["not allowed: whoever sets up a new Stairgate may"],
    );
}
