//! Who cares for a child, and what they see of it.

use crate::{
    people::{
        acts::Act,
        entries::{Relation, Tied},
        group::Group,
    },
    spine::{
        act::{Act as AnyAct, Person},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn tie(parent: Person, child: Person) -> AnyAct {
    AnyAct::People(Act::Tie(Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    }))
}

fn untie(parent: Person, child: Person) -> AnyAct {
    AnyAct::People(Act::Untie {
        parent,
        child,
        why: "A court has decided so".to_owned(),
    })
}

fn record(scenario: &Scenario, who: Person, of: Person) -> String {
    scenario.page(who, "/people/{person}", &[("person", &of.to_string())])
}

#[test]
fn a_parent_sees_the_own_children_and_nobody_elses() {
    let mut scenario = Scenario::new();
    let ada = scenario.person("Ada Finch", &[Group::Parent]);
    let wren = scenario.person("Wren Finch", &[Group::Child]);
    let jay = scenario.person("Jay Finch", &[Group::Child]);
    let other = scenario.person("Robin Ash", &[Group::Child]);
    scenario.done(MANAGER, tie(ada, wren));
    scenario.done(MANAGER, tie(ada, jay));
    let page = record(&scenario, ada, wren);
    assert!(page.contains("Wren Finch") && page.contains("Brothers and sisters here"));
    assert!(page.contains("Jay Finch"));
    assert_eq!(record(&scenario, ada, other), "nothing here");
    scenario.act(MANAGER, untie(ada, wren), expect!["people.untied"]);
    assert_eq!(record(&scenario, ada, wren), "nothing here");
    scenario.act(
        MANAGER,
        untie(ada, wren),
        expect![
            "mistake in parent: This person is not recorded as a parent or carer of this child"
        ],
    );
}

#[test]
fn a_parent_does_not_learn_who_else_cares_for_the_child() {
    let mut scenario = Scenario::new();
    let ada = scenario.person("Ada Finch", &[Group::Parent]);
    let ben = scenario.person("Ben Crane", &[Group::Parent]);
    let wren = scenario.person("Wren Finch", &[Group::Child]);
    scenario.done(MANAGER, tie(ada, wren));
    let before = record(&scenario, ada, wren);
    scenario.done(MANAGER, tie(ben, wren));
    assert_eq!(record(&scenario, ada, wren), before);
    assert!(record(&scenario, MANAGER, wren).contains("Ben Crane"));
}

#[test]
fn that_a_colleague_is_a_parent_here_too_is_theirs_to_tell() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    let wren = scenario.person("Wren Reed", &[Group::Child]);
    let before = record(&scenario, rosa, tomos);
    scenario.act(
        MANAGER,
        tie(tomos, wren),
        expect!["people.tied, people.joined-group"],
    );
    assert_eq!(record(&scenario, rosa, tomos), before);
    let parents = scenario.page(rosa, "/people", &[("group", "parent")]);
    assert!(!parents.contains("Tomos Reed"));
}

#[test]
fn not_even_where_the_other_carer_works_here_and_is_known_by_name() {
    let mut scenario = Scenario::new();
    let ada = scenario.person("Ada Finch", &[Group::Parent]);
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let wren = scenario.person("Wren Finch", &[Group::Child]);
    scenario.done(MANAGER, tie(ada, wren));
    let before = (
        record(&scenario, ada, wren),
        record(&scenario, ada, tomos),
        scenario.page(ada, "/people", &[]),
    );
    scenario.done(MANAGER, tie(tomos, wren));
    let after = (
        record(&scenario, ada, wren),
        record(&scenario, ada, tomos),
        scenario.page(ada, "/people", &[]),
    );
    assert_eq!(before, after);
    assert!(record(&scenario, tomos, wren).contains("Wren Finch"));
    assert!(!record(&scenario, tomos, wren).contains("Ada Finch"));
}

#[test]
fn only_an_adult_is_tied_to_a_child_and_only_once() {
    let mut scenario = Scenario::new();
    let ada = scenario.person("Ada Finch", &[Group::Parent]);
    let wren = scenario.person("Wren Finch", &[Group::Child]);
    let jay = scenario.person("Jay Finch", &[Group::Child]);
    scenario.act(
        MANAGER,
        tie(jay, wren),
        expect!["mistake in parent: A child can’t be a parent or carer. Choose an adult"],
    );
    scenario.act(
        MANAGER,
        tie(wren, ada),
        expect!["mistake in child: Choose a child"],
    );
    scenario.done(MANAGER, tie(ada, wren));
    scenario.act(
        MANAGER,
        tie(ada, wren),
        expect![
            "mistake in parent: This person is already recorded as a parent or carer of this child"
        ],
    );
    scenario.act(
        ada,
        tie(ada, jay),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        ada,
        untie(ada, wren),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}
