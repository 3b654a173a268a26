//! Scenarios, named as sentences.

mod hold;

use crate::{
    data::acts::Act,
    people::group::Group,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn hold(person: Person, review: Date) -> AnyAct {
    AnyAct::Data(Act::Hold {
        person,
        why: "A complaint is being looked into".to_owned(),
        review,
    })
}

fn release(person: Person) -> AnyAct {
    AnyAct::Data(Act::Release {
        person,
        why: "The complaint is settled".to_owned(),
    })
}

fn erase(person: Person) -> AnyAct {
    AnyAct::Data(Act::Erase {
        person,
        why: "the time for keeping has ended".to_owned(),
    })
}

fn leaver(scenario: &mut Scenario) -> Person {
    let person = scenario.person("Tomos Reed", &[Group::Staff]);
    let last = scenario.today();
    let leaving = crate::people::acts::Act::RecordLeaving { person, last };
    scenario.done(MANAGER, AnyAct::People(leaving));
    person
}

#[test]
fn a_hold_is_set_seen_and_lifted_by_who_leads_only() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    let later = Date::constant(2027, 1, 8);
    scenario.act(
        rosa,
        hold(tomos, later),
        expect![
            "not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"
        ],
    );
    scenario.act(
        MANAGER,
        hold(tomos, Date::constant(2026, 9, 1)),
        expect![
            "mistake in review: Choose a day in the future on which the hold is looked at again"
        ],
    );
    scenario.act(
        MANAGER,
        hold(Person(99), later),
        expect!["mistake in person: There is no such person here"],
    );
    scenario.act(MANAGER, hold(tomos, later), expect!["data.held"]);
    let page = scenario.page(MANAGER, "/settings/holds", &[]);
    assert!(page.contains("Tomos Reed") && page.contains("A complaint is being looked into"));
    assert_eq!(scenario.page(rosa, "/settings/holds", &[]), "not allowed");
    // Not even the person learns of it.
    let own = scenario.page(tomos, "/people/{person}", &[("person", "2")]);
    assert!(own.contains("Tomos Reed") && !own.contains("hold"));
    scenario.act(
        rosa,
        release(tomos),
        expect![
            "not allowed: the manager, the deputy manager, the designated safeguarding lead or the deputy safeguarding lead may"
        ],
    );
    scenario.act(MANAGER, release(tomos), expect!["data.released"]);
    scenario.act(
        MANAGER,
        release(tomos),
        expect!["mistake in person: There is no hold on this person"],
    );
}

#[test]
fn nobody_is_erased_who_is_here_or_on_hold() {
    let mut scenario = Scenario::new();
    let tomos = leaver(&mut scenario);
    scenario.act(
        MANAGER,
        erase(tomos),
        expect!["mistake in person: This person has not left yet. Record the last day first"],
    );
    scenario.done(MANAGER, hold(tomos, Date::constant(2027, 1, 8)));
    scenario.on(2026, 9, 2);
    scenario.act(
        MANAGER,
        erase(tomos),
        expect![
            "mistake in person: A hold stops erasure. It is looked at again on 8 January 2027. Whoever leads on safeguarding can lift it"
        ],
    );
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.act(
        rosa,
        erase(tomos),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.done(MANAGER, release(tomos));
    scenario.act(MANAGER, erase(tomos), expect!["data.erased"]);
}

#[test]
fn after_erasing_nothing_opens_and_nothing_is_written_about_the_person_again() {
    let mut scenario = Scenario::new();
    let tomos = leaver(&mut scenario);
    scenario.done(MANAGER, hold(tomos, Date::constant(2027, 1, 8)));
    scenario.done(MANAGER, release(tomos));
    scenario.on(2026, 9, 2);
    scenario.done(MANAGER, erase(tomos));
    scenario.keys.destroy(&tomos.subject());
    let people = &scenario.setting.people;
    assert_eq!(scenario.keys.open(people.name(tomos).unwrap()), None);
    let at = [("person", "2")];
    assert_eq!(
        scenario.page(MANAGER, "/people/{person}", &at),
        "nothing here"
    );
    for (path, params) in [
        ("/people", [("who", "left")]),
        ("/activity", [("who", "")]),
        ("/settings/holds", [("who", "")]),
    ] {
        let page = scenario.page(MANAGER, path, &params);
        assert!(
            !page.contains("Tomos") && !page.contains("complaint"),
            "{path}"
        );
    }
    scenario.act(
        MANAGER,
        hold(tomos, Date::constant(2027, 1, 8)),
        expect!["mistake in person: What was kept about this person has been erased"],
    );
    let name = crate::people::acts::Act::JoinGroup(tomos, Group::Parent);
    scenario.act(
        MANAGER,
        AnyAct::People(name),
        expect!["mistake in person: There is no such person here"],
    );
    // Numbers are never used again.
    assert_eq!(scenario.person("Rosa Field", &[Group::Staff]), Person(3));
}

#[test]
fn the_ground_of_an_erasure_is_chosen_and_never_typed() {
    let form = Scenario::form("data.erase");
    let answers = Answers::default()
        .with("person", "2")
        .with("understood", "yes");
    let typed = answers.clone().with("why", "because Tomos asked");
    assert!(form.act(&typed).is_err());
    let chosen = answers.with("why", "kept-long-enough");
    assert_eq!(form.act(&chosen), Ok(erase(Person(2))));
    let hasty = Answers::default()
        .with("person", "2")
        .with("why", "kept-long-enough");
    assert!(form.act(&hasty).is_err());
}

#[test]
fn a_number_that_was_erased_since_an_older_backup_is_never_given_again() {
    let mut scenario = Scenario::new();
    let next = scenario.setting.people.next_person();
    scenario.keys.destroy(&next.subject());
    let new = crate::people::acts::NewPerson {
        name: "Ada Finch".to_owned(),
        groups: vec![Group::Volunteer],
        ..crate::people::acts::NewPerson::default()
    };
    scenario.done(MANAGER, AnyAct::People(crate::people::acts::Act::Add(new)));
    assert!(!scenario.setting.people.is_known(next));
    let given = Person(next.0 + 1);
    assert_eq!(scenario.view(MANAGER, |view| view.name(given)), "Ada Finch");
}
