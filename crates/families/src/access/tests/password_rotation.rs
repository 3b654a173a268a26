//! access.password-rotation: passwords are changed on schedule.

use super::{access, add_system, grant, system};
use crate::{
    access::{
        acts::{Act as Access, systems::Act as System},
        controls::password_rotation::must_change,
        entries::systems::Kind,
    },
    people::{acts::Act as People, group::Group},
    spine::{
        act::Act,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

const NINETY: &str = r#"
[[clause]]
id = "often"
section = "Passwords"
text = "All users take a new password every 90 days."
controls = ["access.password-rotation"]
values = { every = "90 days" }
"#;

const VAGUE: &str = r#"
[[clause]]
id = "regularly"
section = "Emails"
text = "Mailbox passwords are renewed regularly; no period is given."
controls = ["access.password-rotation"]
values = { every = "regularly (no period given)", systems = ["admissions mailbox"] }
"#;

fn change() -> Act {
    access(Access::ChangePassword {
        password: "$argon2id$other".into(),
    })
}

fn due(s: &Scenario) -> bool {
    must_change(&s.setting, &s.in_force, MANAGER, s.today())
}

#[test]
fn without_a_policy_that_asks_for_it_no_password_grows_old() {
    let mut s = Scenario::new();
    s.on(2030, 9, 1);
    assert!(!due(&s));
    s.done(MANAGER, access(Access::RecordSignIn));
    s.done(MANAGER, add_system(Kind::Wifi, "Staff wifi", true));
}

#[test]
fn a_password_older_than_the_period_is_changed_at_the_next_sign_in() {
    let mut s = Scenario::with_clauses(NINETY);
    s.done(MANAGER, access(Access::RecordSignIn));
    s.on(2026, 11, 30);
    assert!(!due(&s));
    s.on(2026, 12, 1);
    assert!(due(&s));
    // Whoever is signed in works on; at the next sign-in nothing else is open.
    s.done(MANAGER, add_system(Kind::Wifi, "Staff wifi", true));
    s.done(MANAGER, access(Access::RecordSignIn));
    s.act(
        MANAGER,
        grant(1, MANAGER, "For the office"),
        expect!["refused by access.password-rotation (often): Your password was good until 30 November 2026. Nobody can allow it. Choose another password under Your account, then go on."],
    );
    s.done(MANAGER, change());
    assert!(!due(&s));
    s.done(MANAGER, grant(1, MANAGER, "For the office"));
}

#[test]
fn passwords_of_other_systems_are_work_ticked_off_by_whoever_changed_them() {
    let mut s = Scenario::with_clauses(NINETY);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, add_system(Kind::Wifi, "Staff wifi", true));
    s.done(MANAGER, add_system(Kind::Platform, "Journal", false));
    s.done(MANAGER, grant(1, tomos, "For the tablet"));
    s.on(2026, 11, 20);
    expect!["Change the password of Staff wifi by 2026-11-30: Maya Lin"]
        .assert_eq(&s.owed("access.password-rotation"));
    s.done(tomos, system(System::RecordPasswordChanged { system: 1 }));
    assert_eq!(s.owed("access.password-rotation"), "");
    s.act(
        tomos,
        system(System::RecordPasswordChanged { system: 2 }),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn a_password_is_due_at_once_when_somebody_who_knew_it_leaves() {
    let mut s = Scenario::with_clauses(VAGUE);
    let tomos = s.person("Tomos Reed", &[Group::Staff]);
    s.done(MANAGER, add_system(Kind::Mailbox, "Admissions", true));
    s.done(MANAGER, grant(1, tomos, "Answers families"));
    s.on(2026, 9, 10);
    let last = Date::constant(2026, 9, 10);
    let leaving = People::RecordLeaving {
        person: tomos,
        last,
    };
    s.done(MANAGER, Act::People(leaving));
    assert!(!s.owed("access.password-rotation").contains("Change"));
    s.on(2026, 9, 11);
    let owed = s.owed("access.password-rotation");
    let change = "Change the password of Admissions: somebody who knew it is gone by 2026-09-11";
    assert!(owed.contains(change), "{owed}");
    s.done(MANAGER, system(System::RecordPasswordChanged { system: 1 }));
    assert!(!s.owed("access.password-rotation").contains("Change"));
}

#[test]
fn regularly_without_a_period_needs_somebody_to_say_how_often() {
    let s = Scenario::with_clauses(VAGUE);
    let open = s.in_force.open_choices();
    assert!(open.iter().any(|one| one.param == "every"), "{open:?}");
    assert_ne!(s.standing("regularly"), Standing::Met);
    assert!(!due(&s));
}

#[test]
fn where_it_is_on_the_page_says_what_national_guidance_advises() {
    let page = Scenario::with_clauses(NINETY).page(MANAGER, "/access-register", &[]);
    assert!(page.contains("NCSC"), "{page}");
    let page = Scenario::new().page(MANAGER, "/access-register", &[]);
    assert!(!page.contains("NCSC"));
}

#[test]
fn a_term_is_read_from_the_calendar_of_the_setting() {
    let termly = NINETY.replace("90 days", "term");
    let mut s = Scenario::with_clauses(&termly);
    let calendar = s.setting.place.calendar().clone();
    let last = kernel::every::Every::Terms(1).after(s.today(), &calendar);
    s.on(last.year(), last.month(), last.day());
    assert!(!due(&s));
    let next = last.tomorrow().unwrap();
    s.on(next.year(), next.month(), next.day());
    assert!(due(&s));
}
