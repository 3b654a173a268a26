use super::{CLAUSES, act};
use crate::{
    people::group::Group,
    policy::{
        acts::{Act as Policy, Reading},
        draft::{Suggested, Suggestion},
    },
    spine::{
        act::Act,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn reading() -> Act {
    let said = |text: &str, control: &str, bound: bool| Suggested {
        section: "Our rules".to_owned(),
        text: text.to_owned(),
        suggestions: vec![Suggestion {
            control: control.to_owned(),
            score: if bound { 0.9 } else { 0.4 },
            bound,
            because: vec!["the word “phones”".to_owned()],
        }],
        values: [(
            "every".to_owned(),
            crate::policy::choices::from_words("year"),
        )]
        .into(),
    };
    act(Policy::BeginFromReading(Box::new(Reading {
        file: "policy.docx".to_owned(),
        title: "Being safe online".to_owned(),
        clauses: vec![
            said(
                "Staff leave their phones in the office.",
                "phones.staff",
                true,
            ),
            said("We review this policy yearly.", "policy.review", false),
            said("We smile.", "no.such-control", true),
        ],
    })))
}

fn bind(clause: &str, controls: &[&str], values: Option<&str>) -> Act {
    act(Policy::Bind {
        clause: clause.to_owned(),
        controls: controls
            .iter()
            .map(|control| (*control).to_owned())
            .collect(),
        values: values.map(str::to_owned),
    })
}

fn add(section: &str, after: Option<&str>) -> Act {
    act(Policy::AddClause {
        section: section.to_owned(),
        text: "A new sentence.".to_owned(),
        after: after.map(str::to_owned),
    })
}

fn ids(s: &Scenario) -> Vec<String> {
    let clauses = &s.setting.policy.draft().unwrap().document.clauses;
    clauses.iter().map(|clause| clause.id.clone()).collect()
}

#[test]
fn a_document_that_was_read_becomes_a_draft_to_confirm_or_correct() {
    let mut s = Scenario::new();
    s.act(MANAGER, reading(), expect!["policy.draft-begun"]);
    s.act(
        MANAGER,
        reading(),
        expect![
            "mistake: There is a draft already. Finish it or give it up before you begin another"
        ],
    );
    assert_eq!(ids(&s), ["our-rules-1", "our-rules-2", "our-rules-3"]);
    let draft = s.setting.policy.draft().unwrap();
    assert_eq!(draft.document.clauses[0].controls, ["phones.staff"]);
    assert!(draft.document.clauses[1].controls.is_empty());
    assert_eq!(draft.sure(), ["our-rules-1"]);
    s.act(
        MANAGER,
        act(Policy::ConfirmSure),
        expect!["policy.bindings-confirmed"],
    );
    s.act(
        MANAGER,
        act(Policy::ConfirmSure),
        expect!["mistake: There are no sure suggestions left to confirm"],
    );
    s.act(
        MANAGER,
        bind("our-rules-2", &["policy.reviews"], None),
        expect!["mistake in controls: There is no control “policy.reviews”. Choose from the list"],
    );
    s.act(
        MANAGER,
        bind("our-rules-2", &["policy.review"], Some("every year")),
        expect!["mistake in values: “every year” has no = sign. Write each value on a line of its own, such as every = year"],
    );
    s.act(
        MANAGER,
        bind("our-rules-2", &["policy.review"], Some("every = year")),
        expect!["policy.clause-bound"],
    );
    let draft = s.setting.policy.draft().unwrap();
    assert!(!draft.is_unconfirmed("our-rules-2"));
    assert!(draft.is_unconfirmed("our-rules-3"));
}

#[test]
fn what_a_person_corrects_is_learned_for_the_next_document() {
    let mut s = Scenario::new();
    s.done(MANAGER, reading());
    s.done(MANAGER, bind("our-rules-3", &["roles.leads"], None));
    let learned: Vec<_> = s.setting.policy.learned().collect();
    assert_eq!(
        learned,
        [("We smile.", ["roles.leads".to_owned()].as_slice())]
    );
    s.done(
        MANAGER,
        act(Policy::DiscardDraft {
            why: "We begin again.".to_owned(),
        }),
    );
    s.done(MANAGER, reading());
    let draft = s.setting.policy.draft().unwrap();
    assert_eq!(draft.document.clauses[2].controls, ["roles.leads"]);
    assert!(!draft.is_unconfirmed(&draft.document.clauses[2].id));
}

#[test]
fn a_clause_keeps_its_id_from_version_to_version_and_an_id_is_never_given_twice() {
    let mut s = Scenario::new();
    s.done(MANAGER, reading());
    s.done(MANAGER, act(Policy::Adopt));
    s.done(MANAGER, reading());
    assert_eq!(ids(&s), ["our-rules-1", "our-rules-2", "our-rules-3"]);
    s.done(
        MANAGER,
        act(Policy::RemoveClause {
            clause: "our-rules-3".to_owned(),
        }),
    );
    s.done(MANAGER, add("Our rules", None));
    assert_eq!(ids(&s), ["our-rules-1", "our-rules-2", "our-rules-4"]);
}

#[test]
fn clauses_are_added_moved_reworded_and_taken_out_where_one_says() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(MANAGER, add("Phones", Some("scope")));
    assert_eq!(ids(&s)[..3], ["aims", "scope", "phones-1"]);
    let place = |after: Option<&str>| {
        act(Policy::MoveClause {
            clause: "phones-1".to_owned(),
            after: after.map(str::to_owned),
        })
    };
    s.done(MANAGER, place(None));
    assert_eq!(ids(&s)[..3], ["phones-1", "aims", "scope"]);
    s.done(MANAGER, place(Some("kind")));
    assert_eq!(ids(&s).last().unwrap(), "phones-1");
    s.act(
        MANAGER,
        place(Some("phones-1")),
        expect!["mistake in after: A clause can’t stand after itself. Choose another one"],
    );
    s.act(
        MANAGER,
        place(Some("gone")),
        expect![
            "mistake in after: The draft has no such clause. It may have been taken out meanwhile"
        ],
    );
    s.act(
        MANAGER,
        add("", None),
        expect!["mistake in section: A heading has 1 to 300 characters"],
    );
    let edit = |text: &str| {
        act(Policy::EditClause {
            clause: "kind".to_owned(),
            section: "If rules are broken".to_owned(),
            text: text.to_owned(),
        })
    };
    s.act(
        MANAGER,
        edit("We are kind to each other."),
        expect!["mistake in text: Nothing is different. Change the words first"],
    );
    s.act(
        MANAGER,
        edit(&"kind ".repeat(2_000)),
        expect!["mistake in text: A clause has 1 to 5000 characters"],
    );
    s.act(
        MANAGER,
        edit("We are kind."),
        expect!["policy.clause-edited"],
    );
}

#[test]
fn a_draft_begins_from_a_template_with_the_name_of_the_setting() {
    let mut s = Scenario::new();
    let from = |name: &str| act(Policy::BeginFromTemplate(name.to_owned()));
    s.act(
        MANAGER,
        from("castle"),
        expect!["mistake in template: There is no such template. Choose one of the list"],
    );
    s.act(
        MANAGER,
        from("hall-preschool"),
        expect!["policy.draft-begun"],
    );
    let draft = s.setting.policy.draft().unwrap();
    assert_eq!(draft.document.policy.setting, "Larkrise Preschool");
    assert!(
        draft
            .document
            .clauses
            .iter()
            .any(|clause| clause.text.contains("Larkrise"))
    );
}

#[test]
fn only_management_writes_the_draft() {
    let mut s = Scenario::new();
    let staff = s.person("Ivo Marsh", &[Group::Staff]);
    s.act(
        staff,
        reading(),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn a_draft_that_changes_nothing_is_not_adopted() {
    let mut s = Scenario::with_clauses(
        "[[clause]]\nid = \"a\"\nsection = \"S\"\ntext = \"We are kind.\"\n",
    );
    s.act(MANAGER, act(Policy::Adopt), expect!["mistake: There is no draft. Begin one from a template, a file, a document or the version in force"]);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.act(
        MANAGER,
        act(Policy::Adopt),
        expect!["mistake: The draft is the same as version 1. Change it, or give it up"],
    );
    s.done(
        MANAGER,
        act(Policy::RemoveClause {
            clause: "a".to_owned(),
        }),
    );
    s.act(
        MANAGER,
        act(Policy::Adopt),
        expect!["mistake: The draft has no clauses yet"],
    );
    s.act(
        MANAGER,
        act(Policy::AskApproval),
        expect!["mistake: The draft has no clauses yet. Add some first"],
    );
}
