use super::{CLAUSES, act, noticed, registered};
use crate::{
    data::acts::Act as Data,
    people::{acts::Act as People, group::Group},
    policy::acts::Act as Policy,
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn consulted() -> (Scenario, Person, Person) {
    let mut s = Scenario::with_clauses(CLAUSES);
    let staff = s.person("Ivo Marsh", &[Group::Staff]);
    let parent = s.person("Ada Wick", &[Group::Parent]);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(MANAGER, consult());
    (s, staff, parent)
}

fn consult() -> Act {
    act(Policy::Consult {
        groups: vec![Group::Staff, Group::Parent],
        until: Date::constant(2026, 9, 20),
        says: "Is it clear?".to_owned(),
    })
}

fn comment(clause: Option<&str>) -> Act {
    act(Policy::Comment {
        clause: clause.map(str::to_owned),
        words: "What about tablets?".to_owned(),
    })
}

fn answer(comment: u32) -> Act {
    act(Policy::Answer {
        comment,
        taken_up: false,
        says: "They are in another clause.".to_owned(),
    })
}

#[test]
fn only_those_who_were_asked_comment_and_only_until_the_day() {
    let (mut s, staff, parent) = consulted();
    let visitor = s.person("Vito Lane", &[Group::Visitor]);
    s.act(visitor, comment(None), expect!["not allowed: staff or parents and carers, the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    s.act(
        parent,
        comment(Some("kind")),
        expect!["policy.comment-made"],
    );
    s.act(staff, comment(Some("gone")), expect!["mistake in clause: The draft has no such clause any more. Comment on the whole draft instead"]);
    s.on(2026, 9, 21);
    s.act(staff, comment(None), expect!["mistake: Comments could be made until 20 September 2026. Tell the manager what you have to say"]);
}

#[test]
fn nobody_comments_on_a_draft_that_was_not_put_to_them() {
    let mut s = Scenario::with_clauses(CLAUSES);
    let parent = s.person("Ada Wick", &[Group::Parent]);
    s.act(parent, comment(None), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.act(parent, comment(None), expect!["not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"]);
    s.act(
        MANAGER,
        comment(None),
        expect!["mistake: The draft has not been put to anybody for comment yet"],
    );
}

#[test]
fn each_comment_is_answered_before_the_draft_is_adopted_and_all_is_kept_with_the_version() {
    let mut s = Scenario::with_clauses(
        "[[clause]]\nid = \"a\"\nsection = \"Asking\"\ntext = \"We ask staff and parents.\"\ncontrols = [\"policy.consultation\"]\nvalues = { who = [\"staff\", \"parents\"] }\n",
    );
    let parent = s.person("Ada Wick", &[Group::Parent]);
    s.done(MANAGER, act(Policy::BeginFromCurrent));
    s.done(
        MANAGER,
        act(Policy::AddClause {
            section: "Tablets".to_owned(),
            text: "Tablets stay here.".to_owned(),
            after: None,
        }),
    );
    s.done(MANAGER, consult());
    s.done(parent, comment(Some("tablets-1")));
    s.act(MANAGER, act(Policy::Adopt), expect!["mistake: Comments can be made until 20 September 2026. Adopt the draft after that day, or set an earlier one"]);
    s.on(2026, 9, 21);
    s.act(
        MANAGER,
        act(Policy::Adopt),
        expect!["mistake: One comment has no answer yet. Say what became of each of them first"],
    );
    s.act(
        MANAGER,
        answer(7),
        expect!["mistake in comment: There is no such comment on this draft"],
    );
    s.act(MANAGER, answer(1), expect!["policy.comment-answered"]);
    s.act(
        MANAGER,
        answer(1),
        expect!["mistake in comment: This comment has been answered already"],
    );
    s.act(MANAGER, act(Policy::Adopt), expect!["policy.adopted"]);
    let version = s.setting.policy.adopted().unwrap();
    assert_eq!(version.took_part, [parent]);
    assert_eq!(
        s.setting.policy.comments_on(version.draft.unwrap()).count(),
        1
    );
    expect![[r#"
        2026-09-01 | Draft 1 put to staff and parents and carers until 20 September 2026 | - | -
        2026-09-01 | Comment 1 on clause tablets-1 | not taken up | Ada Wick"#]]
    .assert_eq(&registered(&s, "policy.consultation"));
}

#[test]
fn a_comment_is_sealed_under_the_key_of_whoever_made_it() {
    let (mut s, _, parent) = consulted();
    s.done(parent, comment(None));
    let words = &s.setting.policy.comments()[0].words;
    assert_eq!(words.of, parent.subject());
    assert!(!words.sealed.contains("tablets"));
}

#[test]
fn those_who_are_asked_are_told_so() {
    let (s, ..) = consulted();
    expect![[r#"
        to staff: Help to shape our policy: There is a draft of our new policy. You can read it and say what you think until 20 September 2026. Is it clear? [ask]
        to parents and carers: Help to shape our policy: There is a draft of our new policy. You can read it and say what you think until 20 September 2026. Is it clear? [ask]"#]].assert_eq(&noticed(&s, "policy.consultation"));
    let s = Scenario::with_clauses(CLAUSES);
    expect![[r#"
        to staff: Help to shape our policy: We ask you before we change this policy. When there is a draft, you will find it here, and we tell you what became of what you said. [ask]
        to parents and carers: Help to shape our policy: We ask you before we change this policy. When there is a draft, you will find it here, and we tell you what became of what you said. [ask]"#]].assert_eq(&noticed(&s, "policy.consultation"));
}

#[test]
fn a_draft_is_put_to_somebody_and_until_a_day_that_can_be() {
    let (mut s, ..) = consulted();
    let ask = |groups: &[Group], year| {
        act(Policy::Consult {
            groups: groups.to_vec(),
            until: Date::constant(year, 10, 1),
            says: String::new(),
        })
    };
    s.act(
        MANAGER,
        ask(&[], 2026),
        expect!["mistake in groups: Choose whom to ask"],
    );
    s.act(MANAGER, ask(&[Group::Child], 2026), expect!["mistake in groups: Children have no accounts, so somebody has to ask them and write down what they say. Choose staff as well"]);
    s.act(
        MANAGER,
        ask(&[Group::Staff], 2025),
        expect!["mistake in until: The last day for comments is in the past. Choose a later day"],
    );
    s.act(
        MANAGER,
        ask(&[Group::Staff], 2126),
        expect![
            "mistake in until: The last day for comments is more than a year away. Check the year"
        ],
    );
}

#[test]
fn a_comment_of_somebody_who_was_erased_since_does_not_stop_the_draft_for_ever() {
    let (mut s, _, parent) = consulted();
    s.done(
        MANAGER,
        act(Policy::RenameDraft {
            title: "Safe online".to_owned(),
        }),
    );
    s.done(parent, comment(None));
    s.done(
        MANAGER,
        Act::People(People::RecordLeaving {
            person: parent,
            last: Date::constant(2026, 9, 2),
        }),
    );
    s.on(2026, 9, 21);
    s.done(
        MANAGER,
        Act::Data(Data::Erase {
            person: parent,
            why: "asked-for".to_owned(),
        }),
    );
    s.act(MANAGER, answer(1), expect!["mistake in comment: What this person said has been erased, so there is nothing to answer. The draft can be adopted without"]);
    s.done(MANAGER, off("policy.review"));
    s.act(MANAGER, act(Policy::Adopt), expect!["policy.adopted"]);
}

fn off(control: &str) -> Act {
    act(Policy::SwitchOff {
        control: control.to_owned(),
        reason: "The chair is away".to_owned(),
    })
}
