use super::{CLAUSES, act, noticed, registered};
use crate::{
    access::acts::Act as Access,
    people::group::Group,
    policy::acts::{Act as Policy, LinkedPolicy},
    roles::role::Role,
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing};

fn with_account(s: &mut Scenario, name: &str, user: &str, group: Group) -> Person {
    let person = s.person(name, &[group]);
    s.done(
        MANAGER,
        Act::Access(Access::OpenAccount {
            person,
            user: user.to_owned(),
            code: "0".repeat(64),
        }),
    );
    person
}

fn complaints() -> LinkedPolicy {
    LinkedPolicy {
        name: "Complaints".to_owned(),
        owner: Role::Manager,
        review_on: Date::constant(2027, 3, 1),
        kept_at: Some("Blue folder in the office".to_owned()),
        address: None,
        text: None,
    }
}

fn read(version: u32) -> Act {
    act(Policy::Acknowledge { version })
}

fn sent(on: Option<Date>) -> Act {
    act(Policy::RecordSent {
        way: "newsletter".to_owned(),
        groups: vec![Group::Parent],
        on,
    })
}

#[test]
fn staff_with_an_account_read_the_policy_and_families_are_sent_it() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let ivo = with_account(&mut s, "Ivo Marsh", "ivo", Group::Staff);
    s.person("Ada Wick", &[Group::Parent]);
    s.done(MANAGER, act(Policy::KeepLinked(complaints())));
    expect![[r#"
        Read version 1 of the policy by 2026-09-29: Maya Lin
        Read version 1 of the policy by 2026-09-29: Ivo Marsh
        Send version 1 of the policy to parents and carers, such as with a newsletter by 2026-09-29: Maya Lin"#]].assert_eq(&s.owed("policy.publication"));
    assert_eq!(s.standing("read"), Standing::Due);
    assert_eq!(s.standing("beside"), Standing::Met);
    s.act(
        ivo,
        read(2),
        expect!["mistake in version: This is not the version in force. Read that one"],
    );
    s.act(ivo, read(1), expect!["policy.acknowledged"]);
    s.act(
        ivo,
        read(1),
        expect!["mistake: You have said already that you have read this version"],
    );
    s.done(MANAGER, read(1));
    s.act(MANAGER, sent(Some(Date::constant(2026, 8, 1))), expect!["mistake in on: This day is before the version in force was adopted, so it was not this version"]);
    s.act(MANAGER, sent(None), expect!["policy.sent"]);
    assert_eq!(s.owed("policy.publication"), "");
    assert_eq!(s.standing("read"), Standing::Met);
    expect![[r#"
        2026-09-01 | Policy “Complaints” put on file | manager | to be looked at on 1 March 2027
        2026-09-01 | Read version 1 | Ivo Marsh | in force
        2026-09-01 | Read version 1 | Maya Lin | in force
        2026-09-01 | Version 1 sent to parents and carers | - | newsletter"#]]
    .assert_eq(&registered(&s, "policy.publication"));
}

#[test]
fn somebody_new_has_four_weeks_from_their_first_day_to_read_the_policy() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, read(1));
    s.on(2027, 1, 4);
    with_account(&mut s, "Ivo Marsh", "ivo", Group::Staff);
    let owed = s.owed("policy.publication");
    assert!(
        owed.contains("Read version 1 of the policy by 2027-02-01: Ivo Marsh"),
        "{owed}"
    );
}

#[test]
fn a_version_is_sent_within_four_weeks_of_the_first_family_and_never_late_on_their_first_day() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, read(1));
    s.on(2027, 1, 4);
    s.person("Ada Wick", &[Group::Parent]);
    let owed = s.owed("policy.publication");
    assert!(
        owed.contains("such as with a newsletter by 2027-02-01"),
        "{owed}"
    );
}

#[test]
fn a_policy_that_a_clause_refers_to_is_on_file_or_somebody_owes_it() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, read(1));
    expect!["Put the policy “complaints” on file, or say where it is kept by 2026-09-29: Maya Lin"]
        .assert_eq(&s.owed("policy.publication"));
    let keep = |linked| act(Policy::KeepLinked(linked));
    s.act(
        MANAGER,
        keep(LinkedPolicy {
            kept_at: None,
            ..complaints()
        }),
        expect![
            "mistake in kept_at: Say where the policy is kept, or give its address or its words"
        ],
    );
    s.act(
        MANAGER,
        keep(LinkedPolicy {
            address: Some("javascript:alert(1)".to_owned()),
            ..complaints()
        }),
        expect!["mistake in address: Enter a web address that begins with https://, such as https://www.example.org/policy"],
    );
    s.act(
        MANAGER,
        keep(LinkedPolicy {
            review_on: Date::constant(2020, 1, 1),
            ..complaints()
        }),
        expect!["mistake in review_on: Choose a day from today on, at most ten years away"],
    );
    s.act(MANAGER, keep(complaints()), expect!["policy.linked-kept"]);
    assert_eq!(s.owed("policy.publication"), "");
    s.on(2027, 3, 2);
    expect!["Look again at the policy “Complaints” by 2027-03-29: Maya Lin"]
        .assert_eq(&s.owed("policy.publication"));
    s.act(
        MANAGER,
        act(Policy::RemoveLinked {
            name: "complaints".to_owned(),
            why: "It is part of another one.".to_owned(),
        }),
        expect!["policy.linked-removed"],
    );
    assert_eq!(s.standing("beside"), Standing::Breached);
}

#[test]
fn everybody_is_told_where_to_read_the_policy() {
    let s = Scenario::with_clauses(CLAUSES);
    expect!["to everyone: Read our policy: Version 1 of our policy has been in force since 1 September 2026. You can read it here at any time. It is to be read together with these policies: complaints. We ask staff and parents and carers to read it and to say that they have. [read, beside]"].assert_eq(&noticed(&s, "policy.publication"));
}

#[test]
fn the_policy_is_public_only_once_it_was_put_on_the_public_page() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let nobody = crate::spine::act::Who::Nobody;
    assert_eq!(s.page(nobody, "/policy/public", &[]), "nothing here");
    s.act(
        MANAGER,
        act(Policy::SetPublic(false)),
        expect!["mistake: The policy is not on the public page"],
    );
    s.done(MANAGER, act(Policy::SetPublic(true)));
    s.act(
        MANAGER,
        act(Policy::SetPublic(true)),
        expect!["mistake: The policy is on the public page already"],
    );
    let page = s.page(nobody, "/policy/public", &[]);
    assert!(page.contains("We are kind to each other."));
    assert!(!page.contains("Met"));
    s.done(MANAGER, act(Policy::SetPublic(false)));
    assert_eq!(s.page(nobody, "/policy/public", &[]), "nothing here");
}
