//! Coming, changing, leaving, coming back.

use crate::{
    people::{
        acts::{Act, Contact, Details, NewPerson},
        group::Group,
    },
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn people(act: Act) -> AnyAct {
    AnyAct::People(act)
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

fn contact(person: Person, phone: &str) -> AnyAct {
    people(Act::ChangeContact(Contact {
        person,
        email: None,
        phone: Some(phone.to_owned()),
    }))
}

fn rename(person: Person, name: &str) -> AnyAct {
    people(Act::Change(Details {
        person,
        name: Some(name.to_owned()),
        born: None,
    }))
}

fn leaving(person: Person, last: Date) -> AnyAct {
    people(Act::RecordLeaving { person, last })
}

#[test]
fn a_manager_adds_somebody_and_finds_them_in_the_list() {
    let mut scenario = Scenario::new();
    let form = Scenario::form("people.add");
    let answers = Answers::default()
        .with("name", "Tomos Reed")
        .with("groups", "staff")
        .with("groups", "committee")
        .with("phone", "01632 960 007");
    scenario.act(
        MANAGER,
        form.act(&answers).unwrap(),
        expect!["people.added"],
    );
    let list = scenario.page(MANAGER, "/people", &[("name", "tomos")]);
    assert!(list.contains("Tomos Reed") && list.contains("Staff, Committee member"));
    assert!(!list.contains("Maya Lin"));
    assert_eq!((form.then)(&answers), "/people/added");
    let added = scenario.page(MANAGER, "/people/added", &[]);
    assert!(added.contains("Tomos Reed") && added.contains("/taking-on"));
}

#[test]
fn only_a_manager_adds_people() {
    let mut scenario = Scenario::new();
    let practitioner = scenario.person("Tomos Reed", &[Group::Staff]);
    let new = NewPerson {
        name: "Somebody".to_owned(),
        groups: vec![Group::Staff],
        ..NewPerson::default()
    };
    scenario.act(
        practitioner,
        people(Act::Add(new)),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn somebody_new_has_groups_that_go_together_and_days_that_make_sense() {
    let mut scenario = Scenario::new();
    let child = |groups: &[Group], born, since| {
        people(Act::Add(NewPerson {
            name: "Wren Ash".to_owned(),
            groups: groups.to_vec(),
            born,
            since,
            ..NewPerson::default()
        }))
    };
    scenario.act(
        MANAGER,
        child(&[], None, None),
        expect!["mistake in groups: Choose at least one group"],
    );
    scenario.act(
        MANAGER,
        child(&[Group::Child, Group::Staff], None, None),
        expect!["mistake in groups: A child can’t belong to another group at the same time"],
    );
    scenario.act(
        MANAGER,
        child(&[Group::Staff], Some(day(2023, 5, 4)), None),
        expect!["mistake in born: The date of birth is kept for children only. Leave it empty"],
    );
    scenario.act(
        MANAGER,
        child(&[Group::Child], Some(day(2027, 5, 4)), None),
        expect!["mistake in born: The date of birth is in the future. Check the year"],
    );
    scenario.act(
        MANAGER,
        child(&[Group::Child], None, Some(day(2062, 9, 1))),
        expect!["mistake in since: This day is more than two years away. Check the year"],
    );
}

#[test]
fn people_keep_their_own_number_up_to_date_but_not_their_name() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let other = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.act(
        tomos,
        contact(tomos, "01632 960 008"),
        expect!["people.changed"],
    );
    let record = scenario.page(tomos, "/people/{person}", &[("person", "2")]);
    assert!(record.contains("01632 960 008"));
    let colleague = scenario.page(other, "/people/{person}", &[("person", "2")]);
    assert!(colleague.contains("Tomos Reed") && !colleague.contains("01632 960 008"));
    scenario.act(
        other,
        contact(tomos, "999"),
        expect!["not allowed: the person whom it is about, the manager or the deputy manager may"],
    );
    scenario.act(
        tomos,
        rename(tomos, "Thomas Reed"),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        rename(tomos, "Thomas Reed"),
        expect!["people.changed"],
    );
    scenario.act(
        MANAGER,
        rename(tomos, "Thomas Reed"),
        expect!["mistake in name: This is what is kept already. There is nothing to change"],
    );
    scenario.act(tomos, contact(tomos, ""), expect!["people.changed"]);
    let record = scenario.page(tomos, "/people/{person}", &[("person", "2")]);
    assert!(!record.contains("01632 960 008"));
}

#[test]
fn a_box_that_was_not_sent_leaves_what_is_kept_and_an_empty_one_takes_it_away() {
    let form = Scenario::form("people.change-contact");
    let answers = Answers::default().with("person", "2").with("phone", "");
    let expected = Contact {
        person: Person(2),
        email: None,
        phone: Some(String::new()),
    };
    assert_eq!(form.act(&answers), Ok(people(Act::ChangeContact(expected))));
}

#[test]
fn a_person_joins_and_leaves_groups_but_never_the_last_one() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let child = scenario.person("Wren Ash", &[Group::Child]);
    let join = |person, group| people(Act::JoinGroup(person, group));
    let leave = |person, group| people(Act::LeaveGroup(person, group));
    scenario.act(
        MANAGER,
        join(tomos, Group::Committee),
        expect!["people.joined-group"],
    );
    scenario.act(
        MANAGER,
        join(tomos, Group::Committee),
        expect!["mistake in group: This person belongs to this group already"],
    );
    scenario.act(
        MANAGER,
        join(child, Group::Staff),
        expect!["mistake in group: A child can’t belong to another group at the same time"],
    );
    scenario.act(
        MANAGER,
        leave(tomos, Group::Volunteer),
        expect!["mistake in group: This person does not belong to this group"],
    );
    scenario.act(
        MANAGER,
        leave(tomos, Group::Staff),
        expect!["people.left-group"],
    );
    scenario.act(
        MANAGER,
        leave(tomos, Group::Committee),
        expect![
            "mistake in group: This is the only group of this person. If they are leaving, record their last day instead"
        ],
    );
    scenario.act(
        tomos,
        join(tomos, Group::Staff),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}

#[test]
fn a_leaver_acts_on_the_last_day_and_not_on_the_day_after() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        tomos,
        leaving(tomos, day(2026, 12, 18)),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        leaving(tomos, day(2026, 12, 18)),
        expect!["people.left"],
    );
    scenario.on(2026, 12, 18);
    scenario.act(
        tomos,
        contact(tomos, "01632 960 001"),
        expect!["people.changed"],
    );
    scenario.on(2026, 12, 19);
    scenario.act(
        tomos,
        contact(tomos, "01632 960 002"),
        expect!["not allowed: the person whom it is about, the manager or the deputy manager may"],
    );
    assert_eq!(scenario.page(tomos, "/people", &[]), "not allowed");
    let left = scenario.page(MANAGER, "/people", &[("who", "left")]);
    assert!(left.contains("Tomos Reed") && left.contains("Left 18 December 2026"));
}

#[test]
fn a_last_day_lies_after_the_first_and_not_too_far_away() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        MANAGER,
        leaving(tomos, day(2026, 8, 1)),
        expect!["mistake in last: The last day is before the first day of this person"],
    );
    scenario.act(
        MANAGER,
        leaving(tomos, day(2046, 8, 1)),
        expect!["mistake in last: This day is more than two years away. Check the year"],
    );
    scenario.act(
        MANAGER,
        leaving(Person(99), day(2026, 12, 18)),
        expect!["mistake in person: There is no such person here"],
    );
    scenario.done(MANAGER, leaving(tomos, day(2026, 12, 18)));
    scenario.act(
        MANAGER,
        leaving(tomos, day(2026, 12, 18)),
        expect!["mistake in last: This last day is recorded already"],
    );
    scenario.act(
        MANAGER,
        leaving(tomos, day(2026, 12, 11)),
        expect!["people.left"],
    );
}

#[test]
fn a_setting_is_never_without_a_manager() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        MANAGER,
        leaving(MANAGER, day(2026, 12, 18)),
        expect![
            "mistake in person: After that there would be a day without a manager. Give the role of manager to somebody else first, so that the setting is never without one"
        ],
    );
    scenario.done(
        MANAGER,
        AnyAct::Roles(crate::roles::acts::Act::Give {
            role: Role::Manager,
            person: tomos,
            from: None,
        }),
    );
    scenario.act(
        MANAGER,
        leaving(MANAGER, day(2026, 12, 11)),
        expect!["people.left"],
    );
    scenario.act(
        MANAGER,
        leaving(tomos, day(2026, 12, 18)),
        expect![
            "mistake in person: After that there would be a day without a manager. Give the role of manager to somebody else first, so that the setting is never without one"
        ],
    );
}

#[test]
fn somebody_who_had_left_comes_back_after_the_last_day() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let back = |since| {
        people(Act::RecordReturn {
            person: tomos,
            since,
        })
    };
    scenario.act(
        MANAGER,
        back(day(2026, 9, 2)),
        expect!["mistake in person: This person has not left"],
    );
    scenario.done(MANAGER, leaving(tomos, day(2026, 9, 4)));
    scenario.on(2026, 9, 10);
    scenario.act(
        MANAGER,
        back(day(2026, 9, 4)),
        expect![
            "mistake in since: The first day back must be after the last day, 4 September 2026"
        ],
    );
    scenario.act(MANAGER, back(day(2026, 9, 10)), expect!["people.returned"]);
    scenario.act(
        tomos,
        contact(tomos, "01632 960 001"),
        expect!["people.changed"],
    );
}
