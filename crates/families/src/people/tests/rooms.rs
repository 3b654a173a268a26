//! Rooms, and who is in them.

use crate::{
    people::{acts::Act, group::Group},
    spine::{
        act::{Act as AnyAct, Person, Room},
        answers::Answers,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;

fn open(name: &str) -> AnyAct {
    AnyAct::People(Act::OpenRoom {
        name: name.to_owned(),
    })
}

fn rename(room: Room, name: &str) -> AnyAct {
    AnyAct::People(Act::RenameRoom {
        room,
        name: name.to_owned(),
    })
}

fn place(person: Person, rooms: &[Room]) -> AnyAct {
    AnyAct::People(Act::Place(person, rooms.to_vec()))
}

fn close(room: Room) -> AnyAct {
    AnyAct::People(Act::CloseRoom { room })
}

#[test]
fn rooms_are_opened_and_renamed_by_a_manager_under_names_of_their_own() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(MANAGER, open("Robins"), expect!["people.room-named"]);
    scenario.act(
        MANAGER,
        open("robins"),
        expect!["mistake in name: Another room has this name. Choose a different one"],
    );
    scenario.act(
        tomos,
        open("Wrens"),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    scenario.act(
        MANAGER,
        rename(Room(1), "Wrens"),
        expect!["people.room-named"],
    );
    scenario.act(
        MANAGER,
        rename(Room(1), "Wrens"),
        expect!["mistake in name: The room has this name already"],
    );
    scenario.act(
        MANAGER,
        rename(Room(9), "Jays"),
        expect!["mistake in room: There is no such room"],
    );
    scenario.act(
        tomos,
        rename(Room(1), "Jays"),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    assert!(scenario.page(tomos, "/rooms", &[]).contains("Wrens"));
}

#[test]
fn whoever_works_in_a_room_sees_its_children_and_others_see_no_number() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    let wren = scenario.person("Wren Ash", &[Group::Child]);
    scenario.done(MANAGER, open("Robins"));
    scenario.done(MANAGER, place(tomos, &[Room(1)]));
    let before = scenario.page(rosa, "/rooms", &[]);
    scenario.act(MANAGER, place(wren, &[Room(1)]), expect!["people.placed"]);
    let at = [("room", "1")];
    assert!(
        scenario
            .page(tomos, "/rooms/{room}", &at)
            .contains("Wren Ash")
    );
    let other = scenario.page(rosa, "/rooms/{room}", &at);
    assert!(other.contains("Tomos Reed") && !other.contains("Wren Ash"));
    assert!(!other.contains("Children"));
    assert_eq!(scenario.page(rosa, "/rooms", &[]), before);
    let nowhere = [("room", "7")];
    assert_eq!(
        scenario.page(MANAGER, "/rooms/{room}", &nowhere),
        "nothing here"
    );
}

#[test]
fn somebody_is_put_in_rooms_that_there_are() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, open("Robins"));
    scenario.act(
        MANAGER,
        place(tomos, &[Room(4)]),
        expect!["mistake in rooms: There is no such room. Choose one of the rooms in the list"],
    );
    scenario.act(
        MANAGER,
        place(tomos, &[]),
        expect!["mistake in rooms: This person is in these rooms already"],
    );
    scenario.act(
        tomos,
        place(tomos, &[Room(1)]),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    let form = Scenario::form("people.place");
    let answers = Answers::default()
        .with("person", "2")
        .with("rooms", "1")
        .with("rooms", "1");
    assert_eq!(form.act(&answers), Ok(place(tomos, &[Room(1)])));
    let answers = answers.with("rooms", "one");
    assert!(form.act(&answers).is_err());
}

#[test]
fn a_room_is_closed_when_nobody_has_it_any_more() {
    let mut scenario = Scenario::new();
    let tomos = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.done(MANAGER, open("Robins"));
    scenario.done(MANAGER, place(tomos, &[Room(1)]));
    scenario.act(
        MANAGER,
        close(Room(1)),
        expect!["mistake in room: One person still has this room. Put them in another room first"],
    );
    let last = Date::constant(2026, 9, 1);
    scenario.done(
        MANAGER,
        AnyAct::People(Act::RecordLeaving {
            person: tomos,
            last,
        }),
    );
    scenario.on(2026, 9, 2);
    scenario.act(MANAGER, close(Room(1)), expect!["people.room-closed"]);
    scenario.act(
        MANAGER,
        close(Room(1)),
        expect!["mistake in room: There is no such room"],
    );
    let rosa = scenario.person("Rosa Field", &[Group::Staff]);
    scenario.act(
        rosa,
        close(Room(1)),
        expect!["not allowed: the manager or the deputy manager may"],
    );
}
