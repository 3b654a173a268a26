//! Taking on and leaving as lists, and when access ends.

use crate::{
    people::{
        acts::Act,
        entries::{Relation, Tied},
        group::Group,
    },
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        permit::Need,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn leaving(person: Person, last: Date, at_once: bool) -> AnyAct {
    AnyAct::People(if at_once {
        Act::RecordLeavingAtOnce { person, last }
    } else {
        Act::RecordLeaving { person, last }
    })
}

fn tie(parent: Person, child: Person) -> AnyAct {
    AnyAct::People(Act::Tie(Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    }))
}

#[test]
fn access_can_be_taken_away_now_whatever_the_last_day_is() {
    let mut scenario = Scenario::new();
    let tomos = scenario.holder("Tomos Reed", Group::Staff, Role::RoomLeader);
    let form = Scenario::form("people.record-leaving");
    let answers = Answers::default()
        .with("person", tomos.to_string())
        .with("last", "2026-09-30")
        .with("access", "now");
    assert!(scenario.view(tomos, |view| view.has(&Need::Team)));
    scenario.done(MANAGER, form.act(&answers).unwrap());
    let people = &scenario.setting.people;
    assert!(people.has_gone(tomos, scenario.today()));
    assert!(!people.has_left(tomos, scenario.today()));
    for need in [
        Need::SignedIn,
        Need::Team,
        Need::Oneself(tomos),
        Need::Holds(vec![Role::RoomLeader]),
    ] {
        assert!(!scenario.view(tomos, |view| view.has(&need)), "{need:?}");
    }
    let back = Act::RecordReturn {
        person: tomos,
        since: Date::constant(2026, 10, 1),
    };
    scenario.done(MANAGER, AnyAct::People(back));
    assert!(scenario.view(tomos, |view| view.has(&Need::Team)));
    assert_eq!(scenario.setting.people.last_day(tomos), None);
}

#[test]
fn without_that_access_ends_with_the_last_day() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, leaving(tomos, scenario.today(), false));
    assert!(!scenario.setting.people.has_gone(tomos, scenario.today()));
    scenario.done(MANAGER, leaving(tomos, scenario.today(), true));
    assert!(scenario.setting.people.has_gone(tomos, scenario.today()));
    let other = scenario.person("Vera Pine", &[Group::Volunteer]);
    scenario.on(2026, 9, 10);
    scenario.done(MANAGER, leaving(other, Date::constant(2026, 9, 9), false));
    assert!(scenario.setting.people.has_gone(other, scenario.today()));
}

#[test]
fn the_last_manager_does_not_lose_access_today() {
    let mut scenario = Scenario::new();
    scenario.act(
        MANAGER,
        leaving(MANAGER, Date::constant(2026, 9, 30), true),
        expect!["mistake in person: After that there would be a day without a manager. Give the role of manager to somebody else first, so that the setting is never without one"],
    );
}

#[test]
fn a_child_who_leaves_takes_the_parents_along_unless_a_brother_or_sister_stays() {
    let mut scenario = Scenario::new();
    let mother = scenario.person("Isla Ash", &[Group::Parent]);
    let colleague = scenario.person("Rhys Ash", &[Group::Parent, Group::Staff]);
    let wren = scenario.person("Wren Ash", &[Group::Child]);
    let rowan = scenario.person("Rowan Ash", &[Group::Child]);
    for (parent, child) in [(mother, wren), (mother, rowan), (colleague, wren)] {
        scenario.done(MANAGER, tie(parent, child));
    }
    let today = scenario.today();
    scenario.done(MANAGER, leaving(wren, today, true));
    let people = &scenario.setting.people;
    assert!(people.is_parent_here(mother, today) && people.is_here(mother, today));
    // Somebody who works here, too, stays for that, and is no parent here any more.
    assert!(!people.is_parent_here(colleague, today));
    assert!(people.is_here(colleague, today) && !people.is_of(colleague, Group::Parent, today));
    scenario.done(MANAGER, leaving(rowan, today, true));
    let people = &scenario.setting.people;
    assert!(!people.is_here(mother, today) && !people.is_of(mother, Group::Parent, today));
    assert!(!scenario.view(mother, |view| view.has(&Need::SignedIn)));
    let back = Act::RecordReturn {
        person: rowan,
        since: today.tomorrow().unwrap(),
    };
    scenario.done(MANAGER, AnyAct::People(back));
    assert!(scenario.setting.people.is_here(mother, today));
}

#[test]
fn a_parent_of_whom_no_child_was_recorded_yet_is_here() {
    let mut scenario = Scenario::new();
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    assert!(
        scenario
            .setting
            .people
            .is_parent_here(parent, scenario.today())
    );
    assert!(scenario.setting.people.is_here(parent, scenario.today()));
}

#[test]
fn the_lists_of_taking_on_and_leaving_say_how_far_everything_is() {
    let mut scenario = Scenario::with_template("preschool");
    let tomos = scenario.holder("Tomos Reed", Group::Staff, Role::RoomLeader);
    let number = tomos.to_string();
    let of = [("person", number.as_str())];
    let page = scenario.page(MANAGER, "/people/{person}/taking-on", &of);
    for words in [
        "Email address",
        "Roles",
        "room leader",
        "Account",
        "To do",
        "Done",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let page = scenario.page(MANAGER, "/people/{person}/leaving", &of);
    for words in [
        "Last day recorded",
        "Give on: room leader",
        "When does their access end?",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(
        scenario.page(tomos, "/people/{person}/leaving", &of),
        "not allowed"
    );
}

#[test]
fn a_role_runs_to_its_last_day_and_ends_at_once_for_whoever_is_shut_out() {
    let mut scenario = Scenario::new();
    let lead = scenario.holder("Ines Marsh", Group::Staff, Role::DeputyLead);
    let owen = scenario.holder("Owen Beck", Group::Staff, Role::DeputyManager);
    let holds = |scenario: &Scenario, person, role: &Role| {
        let today = scenario.today();
        scenario.setting.roles.holds(person, role, today)
            && scenario.view(person, |view| view.has(&Need::Holds(vec![role.clone()])))
    };
    let end = crate::roles::acts::Act::End {
        role: Role::DeputyManager,
        person: owen,
        last: Some(Date::constant(2026, 9, 3)),
    };
    scenario.done(MANAGER, AnyAct::Roles(end));
    scenario.on(2026, 9, 3);
    assert!(
        holds(&scenario, owen, &Role::DeputyManager),
        "the whole day"
    );
    scenario.on(2026, 9, 4);
    assert!(!holds(&scenario, owen, &Role::DeputyManager));
    // The last day is weeks away, and the role is nobody's from now on.
    let last = Date::constant(2026, 9, 30);
    scenario.done(MANAGER, leaving(lead, last, true));
    let today = scenario.today();
    let holders = scenario.setting.roles.holders(&Role::DeputyLead, today);
    assert!(holders.is_empty(), "{holders:?}");
    let page = scenario.page(MANAGER, "/roles", &[]);
    assert!(!page.contains("Ines Marsh"), "{page}");
}
