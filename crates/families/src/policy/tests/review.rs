use super::{CLAUSES, act, registered};
use crate::{
    people::group::Group,
    policy::{acts::Act as Policy, entries::Outcome},
    roles::role::Role,
    spine::{
        act::Person,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::standing::Standing;

/// A draft that differs from the policy in force by one sentence.
fn with_draft() -> (Scenario, Person, Person) {
    let mut s = Scenario::with_clauses(CLAUSES);
    let chair = s.holder("Rosa Field", Group::Committee, Role::Chair);
    let staff = s.person("Ivo Marsh", &[Group::Staff]);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(MANAGER, edit("We are kind and patient with each other."));
    (s, chair, staff)
}

fn edit(text: &str) -> crate::spine::act::Act {
    act(Policy::EditClause {
        clause: "kind".to_owned(),
        section: "If rules are broken".to_owned(),
        text: text.to_owned(),
    })
}

fn approve(s: &Scenario, approver: &str) -> crate::spine::act::Act {
    act(Policy::Approve {
        approver: approver.to_owned(),
        revision: s.setting.policy.draft().map_or(0, |draft| draft.revision),
    })
}

#[test]
fn a_draft_is_not_adopted_until_everybody_whom_the_policy_names_has_approved_it() {
    let (mut s, chair, staff) = with_draft();
    s.act(MANAGER, act(Policy::Adopt), expect!["refused by policy.review (review): The draft has not been approved by the chair of the committee and the staff team yet. The chair of the committee or the staff team can allow it. Ask them to read the draft and approve it on the page of the draft."]);
    let yes = approve(&s, "chair");
    s.act(
        MANAGER,
        yes.clone(),
        expect!["not allowed: the chair of the committee may"],
    );
    s.act(chair, yes.clone(), expect!["policy.draft-approved"]);
    s.act(
        chair,
        yes,
        expect!["mistake: The draft as it is now has been approved already"],
    );
    s.act(MANAGER, act(Policy::Adopt), expect!["refused by policy.review (review): The draft has not been approved by the staff team yet. The staff team can allow it. Ask them to read the draft and approve it on the page of the draft."]);
    s.done(staff, approve(&s, "staff team"));
    s.act(MANAGER, act(Policy::Adopt), expect!["policy.adopted"]);
    let version = s.setting.policy.adopted().unwrap();
    assert_eq!(version.number, 2);
    assert_eq!(version.approved.len(), 2);
    assert!(s.setting.policy.draft().is_none());
}

#[test]
fn an_approval_is_for_the_draft_as_it_was() {
    let (mut s, chair, staff) = with_draft();
    let old = approve(&s, "chair");
    s.done(chair, old.clone());
    s.done(staff, approve(&s, "staff team"));
    s.done(MANAGER, edit("We are kind."));
    s.act(MANAGER, act(Policy::Adopt), expect!["refused by policy.review (review): The draft has changed since it was approved, and the chair of the committee and the staff team must approve it as it is now. The chair of the committee or the staff team can allow it. Ask them to read the draft and approve it on the page of the draft."]);
    s.act(chair, old, expect!["mistake: The draft has changed since you opened it. Read it again before you approve it"]);
}

#[test]
fn a_refusal_says_when_nobody_holds_the_role_that_has_to_approve() {
    let mut s = Scenario::with_clauses(
        r#"
        [[clause]]
        id = "a"
        section = "Review"
        text = "The technical lead approves changes."
        controls = ["policy.review"]
        values = { approvers = ["technical lead"] }
        "#,
    );
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::AddClause {
            section: "Review".to_owned(),
            text: "And so do we all.".to_owned(),
            after: None,
        }),
    );
    s.act(MANAGER, act(Policy::Adopt), expect!["refused by policy.review (a): The draft has not been approved by the technical lead yet. The technical lead can allow it. Today nobody here is the technical lead. Give the role to somebody on the Roles page, who can then approve the draft."]);
}

#[test]
fn a_policy_that_names_no_approver_is_approved_by_the_manager() {
    let mut s = Scenario::with_clauses(
        r#"
        [[clause]]
        id = "a"
        section = "Review"
        text = "We review it."
        controls = ["policy.review"]
        "#,
    );
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::RenameDraft {
            title: "Safe online".to_owned(),
        }),
    );
    s.act(MANAGER, act(Policy::Adopt), expect!["refused by policy.review (a): The draft has not been approved by the manager yet. The manager can allow it. Ask them to read the draft and approve it on the page of the draft."]);
    s.done(MANAGER, approve(&s, "manager"));
    s.done(MANAGER, act(Policy::Adopt));
}

#[test]
fn a_document_is_not_adopted_past_the_draft_once_a_policy_is_in_force() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let document = s.setting.policy.adopted().unwrap().document.clone();
    s.act(MANAGER, act(Policy::adopt_at_once(document)), expect!["refused by policy.review (review): A new version of the policy is written as a draft and approved before it is adopted. The chair of the committee or the staff team can allow it. Begin a draft from this document, and ask for approval of it."]);
}

#[test]
fn a_review_falls_due_by_the_calendar_and_again_after_it_was_done() {
    let mut s = Scenario::with_clauses(CLAUSES);
    assert_eq!(s.owed("policy.review"), "");
    s.on(2027, 2, 5);
    expect!["Review the policy by 2027-03-01: Maya Lin"].assert_eq(&s.owed("policy.review"));
    assert_eq!(s.standing("review"), Standing::Due);
    s.on(2027, 3, 2);
    expect!["Review the policy by 2027-03-01: Maya Lin (late)"].assert_eq(&s.owed("policy.review"));
    assert_eq!(s.standing("review"), Standing::Breached);
    s.act(
        MANAGER,
        act(Policy::CompleteReview {
            outcome: Outcome::NoChange,
            notes: "It fits.".to_owned(),
            took_part: vec![MANAGER],
        }),
        expect!["policy.review-completed"],
    );
    assert_eq!(s.standing("review"), Standing::Met);
    s.on(2027, 8, 20);
    expect!["Review the policy by 2027-09-02: Maya Lin"].assert_eq(&s.owed("policy.review"));
}

#[test]
fn without_a_period_the_policy_is_reviewed_every_year() {
    let mut s = Scenario::with_clauses(
        "[[clause]]\nid = \"a\"\nsection = \"Review\"\ntext = \"We review it.\"\ncontrols = [\"policy.review\"]\n",
    );
    s.on(2027, 8, 10);
    expect!["Review the policy by 2027-09-01: Maya Lin"].assert_eq(&s.owed("policy.review"));
}

#[test]
fn an_event_that_the_policy_names_asks_for_a_decision_at_once() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let happened = |kind: &str| {
        act(Policy::RecordTrigger {
            kind: kind.to_owned(),
            what: "Something came up.".to_owned(),
        })
    };
    s.act(MANAGER, happened("a new roof"), expect!["mistake in kind: The policy in force does not name this event. Choose one that it names, or complete a review now"]);
    s.act(
        MANAGER,
        happened("Child protection concern"),
        expect!["policy.trigger-recorded"],
    );
    expect![
        "Decide whether the policy has to change: child protection concern by 2026-09-15: Maya Lin"
    ]
    .assert_eq(&s.owed("policy.review"));
    s.done(
        MANAGER,
        act(Policy::CompleteReview {
            outcome: Outcome::NewVersion,
            notes: "The part on phones has to change.".to_owned(),
            took_part: vec![MANAGER],
        }),
    );
    expect!["Adopt the new version that the review asked for by 2026-10-27: Maya Lin"]
        .assert_eq(&s.owed("policy.review"));
}

#[test]
fn another_family_can_say_that_such_an_event_happened() {
    let s = Scenario::with_clauses(CLAUSES);
    let chance = kernel::chance::Chance::from_seed([1; 32]);
    let sealer = kernel::sealed::Sealer::new(&s.keys, &chance);
    let who = crate::spine::act::Actor::clock();
    let case = crate::spine::act::Case {
        who: &who,
        now: s.now(),
        today: s.today(),
        setting: &s.setting,
        in_force: &s.in_force,
        sealer: &sealer,
        confirmed: &[],
    };
    let entry = crate::policy::acts::triggered("CHILD PROTECTION CONCERN", &case).unwrap();
    assert_eq!(
        entry.in_words(),
        "recorded a reason to review the policy: child protection concern"
    );
    assert_eq!(crate::policy::acts::triggered("rain", &case), None);
}

#[test]
fn approvers_who_were_asked_owe_their_answer() {
    let (mut s, chair, _) = with_draft();
    s.done(MANAGER, act(Policy::AskApproval));
    expect![[r#"
        Read the draft of the policy and approve it for the chair of the committee by 2026-09-15: Rosa Field
        Read the draft of the policy and approve it for the staff team by 2026-09-15: Maya Lin"#]].assert_eq(&s.owed("policy.review"));
    s.act(
        MANAGER,
        act(Policy::AskApproval),
        expect!["mistake: The approvers have been asked to approve the draft as it is now"],
    );
    s.done(chair, approve(&s, "chair"));
    expect![
        "Read the draft of the policy and approve it for the staff team by 2026-09-15: Maya Lin"
    ]
    .assert_eq(&s.owed("policy.review"));
}

#[test]
fn versions_events_and_reviews_are_kept_with_who_took_part() {
    let (mut s, chair, staff) = with_draft();
    s.done(chair, approve(&s, "chair"));
    s.done(staff, approve(&s, "staff team"));
    s.done(MANAGER, act(Policy::Adopt));
    s.done(
        MANAGER,
        act(Policy::RecordTrigger {
            kind: "child protection concern".to_owned(),
            what: "Something came up.".to_owned(),
        }),
    );
    s.done(
        MANAGER,
        act(Policy::CompleteReview {
            outcome: Outcome::NoChange,
            notes: "It fits.".to_owned(),
            took_part: vec![MANAGER, chair],
        }),
    );
    expect![[r#"
        2026-09-01 | Version 1 adopted | adopted as it had been agreed before | Maya Lin
        2026-09-01 | Version 2 adopted | approved by Rosa Field for chair, Ivo Marsh for staff team | Maya Lin
        2026-09-01 | Something happened: child protection concern | answered by review 1 | Maya Lin
        2026-09-01 | Review 1 of version 2: the policy stays as it is | took part: Maya Lin, Rosa Field | Maya Lin"#]].assert_eq(&registered(&s, "policy.review"));
}
