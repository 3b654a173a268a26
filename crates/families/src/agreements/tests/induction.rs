//! agreements.induction: what a new starter goes through.

use super::{act, issue, sign, with_account};
use crate::{
    agreements::{
        acts::Act as Agreements,
        induction::{About, items},
    },
    people::{acts::Act as People, group::Group},
    spine::{
        act::{Act, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::{standing::Standing, value::Words};

const CLAUSES: &str = r#"
[[clause]]
id = "start"
section = "Starting here"
text = "Whoever starts here gets the policy and talks it through, social media too."
controls = ["agreements.induction"]
values = { items = ["procedures", "social media and own pages"] }

[[clause]]
id = "sign"
section = "Starting here"
text = "Staff sign the agreement."
controls = ["agreements.acceptable-use"]
values = { groups = ["staff"] }
"#;

fn done(person: Person, item: &str) -> Act {
    act(Agreements::InductionDone {
        person,
        item: item.to_owned(),
    })
}

fn seen(person: Person) -> Act {
    act(Agreements::InductionSeen { person })
}

fn started() -> (Scenario, Person) {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.on(2026, 10, 1);
    let ivo = with_account(&mut s, "Ivo Marsh", "ivo", Group::Staff);
    (s, ivo)
}

#[test]
fn the_list_has_what_the_policy_names_in_its_words_and_what_always_belongs_to_it() {
    let list = items(&Words(vec![
        "procedures".to_owned(),
        "Social networks".to_owned(),
    ]));
    let words: Vec<&str> = list.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(
        words,
        [
            "procedures",
            "Social networks",
            "online safety policy",
            "acceptable use agreement",
            "training in online safety",
            "where own phones are put away",
            "how to report a concern"
        ]
    );
    assert_eq!(
        About::read("acceptable use agreement signed"),
        About::Agreement
    );
    assert_eq!(items(&Words::default()).len(), 6);
}

#[test]
fn somebody_who_starts_has_a_list_with_a_date_and_those_who_were_here_do_not() {
    let (s, _) = started();
    expect!["Finish your induction: procedures, social media and own pages, online safety policy, acceptable use agreement, training in online safety, where own phones are put away, how to report a concern by 2026-10-29: Ivo Marsh"].assert_eq(&s.owed("agreements.induction"));
    assert_eq!(s.standing("start"), Standing::Due);
}

#[test]
fn what_the_program_knows_is_ticked_by_itself() {
    let (mut s, ivo) = started();
    s.done(MANAGER, issue(Group::Staff));
    s.done(ivo, sign(Group::Staff, 1));
    s.done(
        ivo,
        Act::Policy(crate::policy::acts::Act::Acknowledge { version: 1 }),
    );
    let owed = s.owed("agreements.induction");
    assert!(
        !owed.contains("agreement") && !owed.contains("policy"),
        "{owed}"
    );
    let page = s.page(
        MANAGER,
        "/induction/{person}",
        &[("person", &ivo.to_string())],
    );
    assert!(page.contains("Seen by the program"), "{page}");
    s.act(
        ivo,
        done(ivo, "acceptable use agreement"),
        expect!["mistake in item: This item is done already"],
    );
}

#[test]
fn the_starter_does_the_items_and_the_manager_sees_that_it_is_complete() {
    let (mut s, ivo) = started();
    s.done(MANAGER, issue(Group::Staff));
    s.done(ivo, sign(Group::Staff, 1));
    s.act(
        MANAGER,
        seen(ivo),
        expect!["mistake in person: This is not done yet: procedures"],
    );
    s.act(
        ivo,
        done(ivo, "flying"),
        expect!["mistake in item: This is not an item of the induction"],
    );
    for item in [
        "procedures",
        "Social media and own pages",
        "online safety policy",
        "training in online safety",
        "where own phones are put away",
        "how to report a concern",
    ] {
        s.done(ivo, done(ivo, item));
    }
    expect!["See that the induction of Ivo Marsh is complete by 2026-10-29: Maya Lin"]
        .assert_eq(&s.owed("agreements.induction"));
    s.act(
        ivo,
        seen(ivo),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    s.act(MANAGER, seen(ivo), expect!["agreements.induction-seen"]);
    s.act(
        MANAGER,
        seen(ivo),
        expect!["mistake in person: This was seen already"],
    );
    assert_eq!(s.owed("agreements.induction"), "");
    assert_eq!(s.standing("start"), Standing::Met);
    let rows = s.registered("agreements.induction");
    assert!(
        rows.contains("2026-10-01 | Ivo Marsh | Seen to be complete"),
        "{rows}"
    );
    assert!(rows.contains("Did: acceptable use agreement"), "{rows}");
}

#[test]
fn an_induction_ends_when_the_starter_leaves_and_is_late_when_it_is_not_finished() {
    let (mut s, ivo) = started();
    s.on(2026, 10, 30);
    assert_eq!(s.standing("start"), Standing::Breached);
    s.done(
        MANAGER,
        Act::People(People::RecordLeaving {
            person: ivo,
            last: s.today(),
        }),
    );
    s.on(2026, 10, 31);
    assert_eq!(s.owed("agreements.induction"), "");
}

#[test]
fn the_manager_goes_through_it_with_a_starter_who_has_no_account() {
    let mut s = Scenario::with_clauses(CLAUSES);
    s.on(2026, 10, 1);
    s.person("Ada Wick", &[Group::Volunteer]);
    expect!["Go through the induction of Ada Wick by 2026-10-29: Maya Lin"]
        .assert_eq(&s.owed("agreements.induction"));
}
