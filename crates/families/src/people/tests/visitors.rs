//! Visitors, and who may know of them.

use crate::{
    access::{
        acts::{Act as Access, kiosks::Act as Kiosk},
        entries::kiosks::Purpose,
    },
    people::{
        acts::{Act, NewVisitor},
        group::Group,
    },
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person, Who},
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;

fn come(name: &str, visits: Option<Person>) -> AnyAct {
    AnyAct::People(Act::SignVisitorIn(NewVisitor {
        name: name.to_owned(),
        from: Some("Fenside Plumbing".to_owned()),
        visits,
    }))
}

fn kiosk(act: Kiosk) -> AnyAct {
    AnyAct::Access(Access::Kiosk(act))
}

fn go(person: Person) -> AnyAct {
    AnyAct::People(Act::SignVisitorOut { person })
}

#[test]
fn a_visitor_signs_in_and_out_and_everybody_who_works_here_sees_who_is_in_the_building() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let visitor = scenario.setting.people.next_person();
    scenario.act(
        tomos,
        come("Otis Vale", Some(tomos)),
        expect!["people.visitor-came"],
    );
    let page = scenario.page(tomos, "/visitors", &[]);
    assert!(
        page.contains("Otis Vale")
            && page.contains("Fenside Plumbing")
            && page.contains("1 visitor")
    );
    // Visitors have a page of their own: the list of people does not fill up with them.
    assert!(!scenario.page(MANAGER, "/people", &[]).contains("Otis Vale"));
    scenario.act(tomos, go(visitor), expect!["people.visitor-went"]);
    scenario.act(
        tomos,
        go(visitor),
        expect!["mistake in person: This visitor was signed out already"],
    );
    assert!(
        scenario
            .page(tomos, "/visitors", &[])
            .contains("No visitor is signed in")
    );
}

#[test]
fn visitors_sign_themselves_in_at_a_kiosk_and_strangers_do_not() {
    let mut scenario = Scenario::new();
    scenario.done(
        MANAGER,
        kiosk(Kiosk::Open {
            name: "Front door".to_owned(),
            purpose: Purpose::Door,
            code: "c0de".to_owned(),
        }),
    );
    scenario.done(
        Who::Nobody,
        kiosk(Kiosk::TakeUp {
            code: "c0de".to_owned(),
            token: "70ce".to_owned(),
            device: "de71".to_owned(),
        }),
    );
    scenario.act(
        Who::Kiosk(1),
        come("Otis Vale", None),
        expect!["people.visitor-came"],
    );
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    for who in [Who::Nobody, Who::Person(parent)] {
        assert!(scenario.try_act(who, &come("Nell Fell", None)).is_err());
        assert_eq!(scenario.page(who, "/visitors", &[]), "not allowed");
    }
    let other = scenario.person("Wren Ash", &[Group::Child]);
    scenario.act(
        MANAGER,
        come("Nell Fell", Some(other)),
        expect!["mistake in visits: Choose somebody who works here or sits on the committee"],
    );
}

#[test]
fn visitors_of_earlier_days_are_known_to_management_only() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let lead = scenario.holder("Ines Marsh", Group::Staff, Role::Lead);
    let visitor = scenario.setting.people.next_person();
    scenario.done(tomos, come("Otis Vale", None));
    assert!(scenario.page(lead, "/visitors", &[]).contains("Otis Vale"));
    scenario.done(tomos, go(visitor));
    scenario.on(2026, 9, 2);
    let record = [("person", visitor.to_string())];
    let record: Vec<(&str, &str)> = record
        .iter()
        .map(|(name, word)| (*name, word.as_str()))
        .collect();
    for who in [tomos, lead] {
        assert!(!scenario.page(who, "/visitors", &[]).contains("Otis Vale"));
        assert_eq!(
            scenario.page(who, "/people/{person}", &record),
            "nothing here"
        );
    }
    assert!(
        scenario
            .page(MANAGER, "/visitors", &[])
            .contains("Otis Vale")
    );
}

#[test]
fn a_visitor_who_was_not_signed_out_is_pointed_out_the_next_day() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let visitor = scenario.setting.people.next_person();
    scenario.done(tomos, come("Otis Vale", None));
    assert!(
        !scenario
            .page(MANAGER, "/people", &[])
            .contains("not signed out")
    );
    scenario.on(2026, 9, 2);
    assert!(
        scenario
            .page(MANAGER, "/people", &[])
            .contains("A visitor of 1 September 2026 was not signed out")
    );
    assert!(
        !scenario
            .page(tomos, "/people", &[])
            .contains("not signed out")
    );
    scenario.done(MANAGER, go(visitor));
    assert!(
        !scenario
            .page(MANAGER, "/people", &[])
            .contains("not signed out")
    );
}

#[test]
fn a_visitor_signs_out_at_the_door_by_name_and_the_door_shows_nobody_elses() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(
        MANAGER,
        kiosk(Kiosk::Open {
            name: "Front door".to_owned(),
            purpose: Purpose::Door,
            code: "c0de".to_owned(),
        }),
    );
    let door = Who::Kiosk(1);
    let out = |name: &str| {
        AnyAct::People(Act::SignSelfOut {
            name: name.to_owned(),
        })
    };
    let first = scenario.setting.people.next_person();
    for name in ["Otis Vale", "Nell Fell", "Otis Vale"] {
        scenario.done(door, come(name, None));
    }
    scenario.act(
        door,
        out("Otis Vole"),
        expect!["mistake in name: Nobody of this name is signed in. Type it as you did when you came, or ask somebody who works here"],
    );
    scenario.done(door, out("  otis   VALE "));
    assert!(scenario.setting.people.visit(first).unwrap().went.is_some());
    let page = scenario.page(tomos, "/visitors", &[]);
    assert!(page.contains("2 visitors"), "{page}");
    for who in [Who::Nobody, Who::Person(tomos)] {
        assert!(scenario.try_act(who, &out("Nell Fell")).is_err());
    }
    // A tablet at the door signs nobody out by a number.
    let answer = scenario.try_act(door, &go(Person(first.0 + 1)));
    assert!(scenario.in_words(&answer).starts_with("not allowed"));
    // Yesterday's visitors are looked after by those who work here, who are reminded.
    scenario.on(2026, 9, 2);
    assert!(scenario.try_act(door, &out("Nell Fell")).is_err());
    let today = scenario.page(MANAGER, "/", &[]);
    assert!(
        today.contains("2 visitors of earlier days were not signed out"),
        "{today}"
    );
    assert!(!scenario.page(tomos, "/", &[]).contains("of earlier days"));
}
