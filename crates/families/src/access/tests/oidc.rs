//! Scenarios of accounts somewhere else: set up by a manager, linked by each person, and gone at once.

use super::{access, close, open, take_up};
use crate::{
    access::{
        acts::{
            Act,
            oidc::{Act as Oidc, Identity, Provider},
            steps::Act as Step,
        },
        controls::password_rotation::held_since,
    },
    notices::{acts::Secret, tells},
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Actor, Person, Proof, Who},
        door,
        scenario::{By, MANAGER, Scenario},
    },
};
use expect_test::expect;

const ISSUER: &str = "https://id.larkrise.example";

fn oidc(act: Oidc) -> AnyAct {
    access(Act::Oidc(act))
}

fn provider() -> Provider {
    Provider {
        name: "Larkrise".to_owned(),
        issuer: ISSUER.to_owned(),
        client: "stairgate".to_owned(),
        secret: Some(Secret("nine-plum-trees".to_owned())),
        domains: String::new(),
        on: true,
    }
}

fn set(provider: Provider) -> AnyAct {
    oidc(Oidc::SetProvider(Box::new(provider)))
}

fn link(subject: &str) -> AnyAct {
    oidc(Oidc::Link(Identity {
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        shown: "somebody@larkrise.example".to_owned(),
    }))
}

/// A setting whose people may sign in so, and a member of staff who has a password here.
fn scenario() -> (Scenario, Person) {
    let mut scenario = Scenario::new();
    scenario.done(MANAGER, set(provider()));
    let tomos = with_account(&mut scenario, "Tomos Reed", "tomos");
    (scenario, tomos)
}

fn with_account(scenario: &mut Scenario, name: &str, user: &str) -> Person {
    let person = scenario.person(name, &[Group::Staff]);
    scenario.done(MANAGER, open(person, user));
    scenario.done(Who::Nobody, take_up(user, "c0de"));
    person
}

/// Whose account it is.
fn whose(scenario: &Scenario, subject: &str) -> Option<Person> {
    scenario.view(MANAGER, |view| {
        let access = &view.setting.access;
        access.whose_link(|sealed| view.open(sealed).as_deref() == Some(subject))
    })
}

#[test]
fn a_provider_is_set_up_by_whoever_manages_and_only_with_a_second_step() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    for who in [By::from(tomos), (MANAGER, Proof::One).into()] {
        scenario.act(
            who,
            set(provider()),
            expect!["not allowed: the manager or the deputy manager, with a second step may"],
        );
    }
    scenario.act(
        By::stale(MANAGER, Proof::Two),
        set(provider()),
        expect!["mistake: Show once more who you are: sign in on a page of Stairgate, or give your password there again"],
    );
    scenario.act(MANAGER, set(provider()), expect!["access.provider-set"]);
    let line = scenario.lines.last().unwrap();
    let told: Vec<tells::Tell> = tells::tells(line, &scenario.setting);
    assert!(told.contains(&tells::Tell::role(
        Role::Lead,
        crate::notices::entries::What::Soon
    )));
}

#[test]
fn what_can_not_be_right_of_a_provider_is_said_at_its_field() {
    let mut scenario = Scenario::new();
    let wrong = Provider {
        name: "\u{7}".to_owned(),
        issuer: "http://id.larkrise.example".to_owned(),
        client: "two words".to_owned(),
        secret: None,
        domains: "larkrise.example not_a_domain".to_owned(),
        on: true,
    };
    scenario.act(
        MANAGER,
        set(wrong),
        expect![[r#"
            mistake in name: Enter a short name, such as Microsoft
            mistake in issuer: Enter the address of the provider as it stands there, such as https://accounts.google.com
            mistake in client: Enter the client ID as the provider shows it
            mistake in domains: Enter names such as example.org, with a space between them, or nothing"#]],
    );
    for everybody in ["common", "organizations", "consumers"] {
        let issuer = format!("https://login.microsoftonline.com/{everybody}/v2.0");
        let everybodys = Provider {
            issuer,
            ..provider()
        };
        let answer = scenario.try_act(MANAGER, &set(everybodys));
        let said = scenario.in_words(&answer);
        assert!(said.contains("accounts of every organisation"), "{said}");
    }
    let whole = Provider {
        issuer: format!(" {ISSUER}/.well-known/openid-configuration "),
        domains: "@Larkrise.example, meadow.example".to_owned(),
        ..provider()
    };
    scenario.done(MANAGER, set(whole));
    let kept = scenario.setting.access.provider().unwrap();
    assert_eq!(kept.issuer, ISSUER);
    assert_eq!(kept.domains, ["larkrise.example", "meadow.example"]);
}

#[test]
fn the_secret_is_kept_sealed_shown_to_nobody_and_to_no_other_provider() {
    let (mut scenario, _) = scenario();
    let line = scenario
        .lines
        .iter()
        .rfind(|line| line.kind == "access.provider-set");
    let body = line.unwrap().entry.clone().unwrap().write().body;
    assert!(!String::from_utf8(body).unwrap().contains("plum"));
    assert!(!format!("{:?}", set(provider())).contains("plum"));
    let page = scenario.page(MANAGER, "/settings/sign-in", &[]);
    assert!(page.contains("Kept, and not shown again") && !page.contains("plum"));
    let without = |issuer: &str, name: &str| {
        set(Provider {
            issuer: issuer.to_owned(),
            name: name.to_owned(),
            secret: None,
            ..provider()
        })
    };
    scenario.done(MANAGER, without(ISSUER, "Larkrise work"));
    let kept = scenario.setting.access.provider().unwrap().secret.clone();
    let opened = kept.and_then(|sealed| scenario.keys.open(&sealed));
    assert_eq!(opened.as_deref(), Some("nine-plum-trees"));
    scenario.act(
        MANAGER,
        without("https://id.evil.example", "Larkrise"),
        expect!["mistake in secret: Enter the secret. It has to be typed again whenever the address or the client ID changes"],
    );
}

#[test]
fn a_person_links_their_own_account_and_is_told() {
    let (mut scenario, tomos) = scenario();
    scenario.act(tomos, link("t-1"), expect!["access.provider-linked"]);
    assert_eq!(whose(&scenario, "t-1"), Some(tomos));
    assert_eq!(whose(&scenario, "t-2"), None);
    let line = scenario.lines.last().unwrap();
    let body = String::from_utf8(line.entry.clone().unwrap().write().body).unwrap();
    assert!(!body.contains("t-1") && !body.contains("somebody@"));
    let told = tells::tells(line, &scenario.setting);
    assert_eq!(
        told,
        [tells::Tell::person(
            tomos,
            crate::notices::entries::What::Soon
        )]
    );
    let page = scenario.page(tomos, "/account", &[]);
    assert!(page.contains("You can sign in with Larkrise as somebody@larkrise.example."));
    let others = scenario.page(MANAGER, "/account", &[]);
    assert!(others.contains("Link your Larkrise account"), "{others}");
}

#[test]
fn nobody_links_on_an_open_screen_or_without_the_second_step_that_they_have() {
    let (mut scenario, tomos) = scenario();
    let stale = scenario.try_act(By::stale(tomos, Proof::One), &link("t-1"));
    assert!(
        scenario
            .in_words(&stale)
            .contains("Show once more who you are")
    );
    let app = Step::AddApp {
        secret: "JBSWY3DPEHPK3PXP".to_owned(),
    };
    scenario.done(tomos, access(Act::Step(app)));
    scenario.act(
        (tomos, Proof::One),
        link("t-1"),
        expect!["mistake in : Sign in with your second step first"],
    );
    scenario.done(tomos, link("t-1"));
    let unlinked = scenario.try_act((tomos, Proof::One), &oidc(Oidc::Unlink));
    assert!(scenario.in_words(&unlinked).contains("second step first"));
}

#[test]
fn one_account_elsewhere_never_belongs_to_two_people() {
    let (mut scenario, tomos) = scenario();
    let ada = with_account(&mut scenario, "Ada Finch", "ada.finch");
    scenario.done(tomos, link("t-1"));
    scenario.act(
        ada,
        link("t-1"),
        expect!["mistake in : This work account is linked with another account here. Sign in with that one, or ask your manager"],
    );
    scenario.act(
        tomos,
        link("t-1"),
        expect!["mistake in : This work account is linked with yours already"],
    );
    scenario.act(
        tomos,
        link("t-2"),
        expect!["mistake in : You have linked another work account. Unlink that one first"],
    );
    assert_eq!(whose(&scenario, "t-1"), Some(tomos));
}

#[test]
fn an_account_is_linked_only_with_the_provider_of_now() {
    let (mut scenario, tomos) = scenario();
    let off = Provider {
        on: false,
        ..provider()
    };
    scenario.done(MANAGER, set(off));
    let no = "mistake in : Nobody signs in here with this provider any more";
    let answer = scenario.try_act(tomos, &link("t-1"));
    assert_eq!(scenario.in_words(&answer), no);
    scenario.done(MANAGER, set(provider()));
    scenario.done(tomos, link("t-1"));
    let other = Provider {
        issuer: "https://id.meadow.example".to_owned(),
        ..provider()
    };
    scenario.done(MANAGER, set(other));
    assert_eq!(whose(&scenario, "t-1"), None, "it was another provider’s");
    assert!(!scenario.page(tomos, "/account", &[]).contains("somebody@"));
    let answer = scenario.try_act(tomos, &link("t-1"));
    assert_eq!(scenario.in_words(&answer), no);
}

#[test]
fn a_sign_in_is_recorded_only_while_the_account_is_linked() {
    let (mut scenario, tomos) = scenario();
    let record = || oidc(Oidc::RecordSignIn);
    let gone = "mistake in : This work account does not open anything here any more";
    let answer = scenario.try_act((tomos, Proof::One), &record());
    assert_eq!(scenario.in_words(&answer), gone);
    scenario.done(tomos, link("t-1"));
    scenario.act(
        (tomos, Proof::One),
        record(),
        expect!["access.provider-signed-in"],
    );
    let at = scenario.lines.last().unwrap().at;
    assert_eq!(scenario.setting.access.last_sign_in(tomos), Some(at));
    scenario.done(tomos, oidc(Oidc::Unlink));
    let answer = scenario.try_act((tomos, Proof::One), &record());
    assert_eq!(scenario.in_words(&answer), gone);
}

#[test]
fn a_session_ends_when_its_account_is_unlinked_or_the_provider_is_turned_off() {
    let (mut scenario, tomos) = scenario();
    scenario.done(tomos, link("t-1"));
    let began = scenario.now();
    let stands = |scenario: &Scenario| scenario.setting.access.link_stands(tomos, began);
    assert!(stands(&scenario));
    let off = Provider {
        on: false,
        ..provider()
    };
    scenario.done(MANAGER, set(off));
    assert!(!stands(&scenario));
    scenario.done(MANAGER, set(provider()));
    assert!(stands(&scenario));
    let ada = with_account(&mut scenario, "Ada Finch", "ada.finch");
    let unlink = || oidc(Oidc::UnlinkOf { person: tomos });
    assert!(scenario.try_act(ada, &unlink()).is_err());
    scenario.act(MANAGER, unlink(), expect!["access.provider-unlinked"]);
    assert!(!stands(&scenario));
    // Linked again later, what had begun before does not come back.
    scenario.on(2026, 9, 2);
    scenario.done(tomos, link("t-1"));
    assert!(!stands(&scenario));
}

#[test]
fn with_the_account_here_the_link_is_gone() {
    let (mut scenario, tomos) = scenario();
    scenario.done(tomos, link("t-1"));
    scenario.done(MANAGER, close(tomos));
    assert_eq!(whose(&scenario, "t-1"), None);
    scenario.done(MANAGER, open(tomos, "tomos"));
    assert_eq!(whose(&scenario, "t-1"), None);
}

#[test]
fn an_old_password_holds_whoever_signs_in_with_it_and_not_who_signed_in_without() {
    let mut scenario = Scenario::with_clauses(
        r#"
[[clause]]
id = "often"
section = "Passwords"
text = "All users take a new password every 90 days."
controls = ["access.password-rotation"]
values = { every = "90 days" }
"#,
    );
    scenario.done(MANAGER, set(provider()));
    scenario.done(MANAGER, link("m-1"));
    scenario.on(2026, 12, 10);
    scenario.done(MANAGER, oidc(Oidc::RecordSignIn));
    let (setting, in_force, today) = (&scenario.setting, &scenario.in_force, scenario.today());
    assert!(held_since(setting, in_force, MANAGER).is_some());
    let at = |elsewhere| {
        let who = Actor {
            elsewhere,
            ..Actor::person_only(MANAGER)
        };
        door::instead_of("/people", &who, setting, in_force, today)
    };
    assert_eq!(at(true), None);
    assert_eq!(at(false), Some(door::CHOOSES_AT));
    let act = || set(provider());
    let with_password = scenario.try_act(MANAGER, &act());
    let said = scenario.in_words(&with_password);
    assert!(said.contains("Your password was good until"), "{said}");
    scenario.done(By::elsewhere(MANAGER), act());
}

#[test]
fn an_agreement_that_is_owed_holds_whoever_signed_in_without_a_password_too() {
    let mut scenario = Scenario::with_clauses(
        r#"
[[clause]]
id = "sign"
section = "Agreements"
text = "Staff sign an agreement before they work with us online."
controls = ["agreements.acceptable-use"]
values = { groups = ["staff"], grace = "10 days" }

[[clause]]
id = "phones"
section = "Phones"
text = "Phones are put away while we are with children."
controls = ["phones.staff"]
"#,
    );
    let issue = crate::agreements::acts::Act::Issue {
        group: Group::Staff,
        intro: "Please read this.".to_owned(),
    };
    scenario.done(MANAGER, AnyAct::Agreements(issue));
    let at = |scenario: &Scenario, path: &str| {
        let who = Actor {
            elsewhere: true,
            ..Actor::person_only(MANAGER)
        };
        let (setting, in_force) = (&scenario.setting, &scenario.in_force);
        door::instead_of(path, &who, setting, in_force, scenario.today())
    };
    assert_eq!(at(&scenario, "/people"), None);
    scenario.on(2026, 10, 20);
    assert_eq!(at(&scenario, "/people"), Some(door::HELD_AT));
    assert_eq!(at(&scenario, "/account/provider"), None);
}
