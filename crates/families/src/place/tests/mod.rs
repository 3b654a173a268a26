//! Scenarios, named as sentences.

use crate::{
    people::group::Group,
    place::{
        acts::Act,
        entries::{Closed, TermSet},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

fn term(name: &str, first: Date, last: Date) -> AnyAct {
    AnyAct::Place(Act::SetTerm(TermSet {
        name: name.to_owned(),
        first,
        last,
    }))
}

fn close(first: Date, last: Date) -> AnyAct {
    AnyAct::Place(Act::Close(Closed {
        first,
        last,
        why: "staff training".to_owned(),
    }))
}

#[test]
fn a_manager_says_what_the_setting_is_called_and_nobody_else_does() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let form = Scenario::form("place.describe");
    let answers = Answers::default()
        .with("name", "Larkrise Nursery")
        .with("nation", "wales");
    let act = form.act(&answers).unwrap();
    scenario.act(
        tomos,
        act.clone(),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(MANAGER, act.clone(), expect!["place.described"]);
    scenario.act(
        MANAGER,
        act,
        expect!["mistake in name: This is what is kept already. There is nothing to change"],
    );
    assert_eq!(scenario.setting.place.name(), "Larkrise Nursery");
    let wrong = answers.with("email", "nowhere");
    assert!(form.act(&wrong).is_err());
}

#[test]
fn terms_follow_each_other_and_can_be_taken_out() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let autumn = || term("Autumn term 2026", day(9, 3), day(12, 18));
    scenario.act(
        tomos,
        autumn(),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(MANAGER, autumn(), expect!["place.term-set"]);
    scenario.act(
        MANAGER,
        term("Another", day(12, 1), day(12, 31)),
        expect!["mistake in first: These days lie in Autumn term 2026 too. Choose days that no other term has"],
    );
    scenario.act(
        MANAGER,
        term("Backwards", day(8, 20), day(8, 1)),
        expect!["mistake in last: The last day is before the first day. Choose a later last day"],
    );
    scenario.act(
        MANAGER,
        term("Long", day(1, 1), day(8, 31)),
        expect!["mistake in last: This is longer than 200 days. Check the dates"],
    );
    scenario.on(2026, 10, 1);
    let page = scenario.page(tomos, "/settings/terms", &[]);
    assert!(page.contains("it is Autumn term 2026"), "{page}");
    assert!(page.contains("25 December 2026") && page.contains("Christmas Day"));
    let remove = |first| AnyAct::Place(Act::RemoveTerm { first });
    scenario.act(
        tomos,
        remove(day(9, 3)),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(MANAGER, remove(day(9, 3)), expect!["place.term-removed"]);
    scenario.act(
        MANAGER,
        remove(day(9, 3)),
        expect!["mistake in first: There is no term that begins on this day"],
    );
}

#[test]
fn a_closure_is_recorded_and_taken_out_again() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let at = (day(10, 23), day(10, 23));
    scenario.act(
        tomos,
        close(at.0, at.1),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(MANAGER, close(at.0, at.1), expect!["place.closed"]);
    scenario.act(
        MANAGER,
        close(at.0, at.1),
        expect!["mistake in first: This closure is recorded already"],
    );
    scenario.act(
        MANAGER,
        close(at.1, day(10, 1)),
        expect!["mistake in last: The last day is before the first day. Choose a later last day"],
    );
    let page = scenario.page(tomos, "/settings/terms", &[]);
    assert!(page.contains("staff training") && !page.contains("Take out"));
    let reopen = AnyAct::Place(Act::RemoveClosure {
        first: at.0,
        last: at.1,
    });
    scenario.act(
        tomos,
        reopen.clone(),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(MANAGER, reopen.clone(), expect!["place.closure-removed"]);
    assert!(scenario.setting.place.calendar().closures.is_empty());
    scenario.act(
        MANAGER,
        reopen,
        expect!["mistake in first: The setting is not recorded as closed on just these days"],
    );
}

#[test]
fn settings_are_for_who_leads() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    assert!(
        scenario
            .page(MANAGER, "/settings", &[])
            .contains("Accounts")
    );
    assert_eq!(scenario.page(tomos, "/settings", &[]), "not allowed");
}
