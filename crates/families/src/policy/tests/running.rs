use super::{CLAUSES, act};
use crate::{
    people::group::Group,
    policy::acts::Act as Policy,
    spine::{
        act::Act,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{moment::Date, standing::Standing, value::Value};

fn off(control: &str) -> Act {
    act(Policy::SwitchOff {
        control: control.to_owned(),
        reason: "We have no families yet.".to_owned(),
    })
}

fn choose(control: &str, param: &str, value: &str) -> Act {
    act(Policy::Choose {
        control: control.to_owned(),
        param: param.to_owned(),
        value: crate::policy::choices::from_words(value),
    })
}

fn word(clause: &str, until: Date) -> Act {
    act(Policy::GiveWord {
        clause: clause.to_owned(),
        says: "We say so at every meeting.".to_owned(),
        until,
    })
}

#[test]
fn a_control_that_is_switched_off_judges_nothing_and_its_clauses_stand_as_not_in_use() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let staff = s.person("Ivo Marsh", &[Group::Staff]);
    s.act(
        staff,
        off("policy.review"),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    s.act(MANAGER, off("phones.staff"), expect!["mistake in control: No clause of the policy in force names this control, or this version of Stairgate does not have it yet"]);
    s.act(
        MANAGER,
        off("policy.review"),
        expect!["policy.switched-off"],
    );
    s.act(
        MANAGER,
        off("policy.review"),
        expect!["mistake in control: This control is switched off already"],
    );
    assert_eq!(s.standing("review"), Standing::NotInUse);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::RenameDraft {
            title: "Safe online".to_owned(),
        }),
    );
    s.act(MANAGER, act(Policy::Adopt), expect!["policy.adopted"]);
    let on = act(Policy::SwitchOn {
        control: "policy.review".to_owned(),
    });
    s.act(MANAGER, on.clone(), expect!["policy.switched-on"]);
    s.act(
        MANAGER,
        on,
        expect!["mistake in control: This control is not switched off"],
    );
    assert_eq!(s.standing("review"), Standing::Met);
}

#[test]
fn where_clauses_disagree_the_stricter_value_holds_until_somebody_chooses() {
    let mut s = Scenario::with_clauses(
        r#"
        [[clause]]
        id = "a"
        section = "Review"
        text = "We review it every two years."
        controls = ["policy.review"]
        values = { every = "2 years" }

        [[clause]]
        id = "b"
        section = "Review"
        text = "We review it every year."
        controls = ["policy.review"]
        values = { every = "year" }
        "#,
    );
    expect!["Choose the period for “The policy is reviewed on time and after events” by 2026-09-29: Maya Lin"].assert_eq(&s.owed("policy.review"));
    let page = s.page(MANAGER, "/policy/choices", &[]);
    assert!(
        page.contains("Choose year (the stricter)")
            && page.contains("We review it every two years.")
    );
    s.act(
        MANAGER,
        choose("policy.review", "every", "regularly"),
        expect![
            "mistake in value: This says no figure. Choose one, such as year, term or 6 months"
        ],
    );
    s.act(
        MANAGER,
        choose("policy.review", "every", "blue"),
        expect!["mistake in value: This can’t be used as period. Check it"],
    );
    s.act(
        MANAGER,
        choose("policy.review", "colour", "blue"),
        expect!["mistake in param: This control has no such value to choose"],
    );
    s.act(
        MANAGER,
        choose("policy.review", "every", "2 years"),
        expect!["policy.chosen"],
    );
    assert_eq!(s.owed("policy.review"), "");
    s.on(2028, 8, 10);
    expect!["Review the policy by 2028-09-01: Maya Lin"].assert_eq(&s.owed("policy.review"));
    assert!(
        s.page(MANAGER, "/policy/choices", &[])
            .contains("What was chosen")
    );
}

/// A policy whose clause on reviews names no figure.
const OPEN: &str = r#"
[[clause]]
id = "review"
section = "Review"
text = "We review it regularly."
controls = ["policy.review"]
values = { every = "regularly" }
"#;

#[test]
fn what_was_chosen_holds_in_the_next_version_too() {
    let mut s = Scenario::with_clauses(OPEN);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(MANAGER, choose("policy.review", "every", "6 months"));
    let draft = &s.setting.policy.draft().unwrap().document;
    let half = Value::Text("6 months".to_owned());
    assert_eq!(draft.choice("policy.review", "every"), Some(&half));
    s.done(MANAGER, choose("policy.review", "every", "year"));
    let of_words = |s: &Scenario| crate::policy::asks::words(&s.in_force, "policy.review", "every");
    assert_eq!(of_words(&s), ["year"]);
}

#[test]
fn nothing_is_chosen_that_a_clause_says_itself_and_a_clause_that_comes_to_say_it_holds() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.act(
        MANAGER,
        choose("policy.review", "every", "10 years"),
        expect!["mistake in param: The clause “We review it every six months, and at once after a child …” says this itself. Change the clause in a draft"],
    );
    let mut s = Scenario::with_clauses(OPEN);
    s.done(MANAGER, choose("policy.review", "every", "10 years"));
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::Bind {
            clause: "review".to_owned(),
            controls: vec!["policy.review".to_owned()],
            values: Some("every = term".to_owned()),
        }),
    );
    s.done(
        MANAGER,
        act(Policy::Approve {
            approver: "manager".to_owned(),
            revision: s.setting.policy.draft().unwrap().revision,
        }),
    );
    s.done(MANAGER, act(Policy::Adopt));
    assert_eq!(
        crate::policy::asks::words(&s.in_force, "policy.review", "every"),
        ["term"]
    );
    assert!(!s.page(MANAGER, "/policy/choices", &[]).contains("10 years"));
}

#[test]
fn a_clause_that_no_control_answers_stands_by_a_persons_word_until_the_day() {
    let mut s = Scenario::with_clauses(CLAUSES);
    assert_eq!(s.standing("kind"), Standing::NeedsWord);
    s.act(
        MANAGER,
        word("kind", Date::constant(2026, 9, 1)),
        expect![
            "mistake in until: Your word holds until a day from tomorrow on, at most a year away"
        ],
    );
    s.act(
        MANAGER,
        word("review", Date::constant(2026, 12, 1)),
        expect!["mistake in clause: Controls answer this clause, so nobody needs to give their word on it"],
    );
    s.act(
        MANAGER,
        word("gone", Date::constant(2026, 12, 1)),
        expect!["mistake in clause: The policy in force has no such clause"],
    );
    s.act(
        MANAGER,
        word("kind", Date::constant(2026, 12, 1)),
        expect!["policy.word-given"],
    );
    assert_eq!(s.standing("kind"), Standing::Met);
    s.on(2026, 12, 1);
    assert_eq!(s.standing("kind"), Standing::NeedsWord);
    s.on(2027, 1, 1);
    assert_eq!(s.standing("kind"), Standing::Breached);
}

#[test]
fn a_word_on_a_clause_ends_when_the_clause_is_reworded() {
    let clauses = "[[clause]]\nid = \"kind\"\nsection = \"Us\"\ntext = \"We are kind.\"\n\n[[clause]]\nid = \"fair\"\nsection = \"Us\"\ntext = \"We are fair.\"\n";
    let mut s = Scenario::with_clauses(clauses);
    s.done(MANAGER, word("kind", Date::constant(2027, 6, 1)));
    s.done(MANAGER, word("fair", Date::constant(2027, 6, 1)));
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::EditClause {
            clause: "kind".to_owned(),
            section: "Us".to_owned(),
            text: "We are never unkind.".to_owned(),
        }),
    );
    s.done(MANAGER, act(Policy::Adopt));
    assert_eq!(s.standing("kind"), Standing::NeedsWord);
    assert_eq!(s.standing("fair"), Standing::Met);
}

#[test]
fn a_new_version_that_says_the_same_gives_nobody_the_time_afresh() {
    let mut s = Scenario::with_clauses(&format!(
        "{OPEN}\n[[clause]]\nid = \"kind\"\nsection = \"Rules\"\ntext = \"We are kind.\"\n"
    ));
    s.on(2026, 9, 25);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::AddClause {
            section: "Rules".to_owned(),
            text: "We say sorry.".to_owned(),
            after: None,
        }),
    );
    let revision = s.setting.policy.draft().unwrap().revision;
    let approver = "manager".to_owned();
    s.done(MANAGER, act(Policy::Approve { approver, revision }));
    s.done(MANAGER, act(Policy::Adopt));
    assert!(s.owed("policy.review").contains("by 2026-09-29"));
    expect![[r#"
        Say how “We are kind.” is met by 2026-11-30: Maya Lin
        Say how “We say sorry.” is met by 2026-12-24: Maya Lin"#]]
    .assert_eq(&s.owed(""));
}
