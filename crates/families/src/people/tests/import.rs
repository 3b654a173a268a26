//! Taking a table of people in, and undoing it.

use super::shapes::{self, Shape};
use crate::{
    people::{
        acts::Act,
        group::Group,
        import::{self, Handed, meaning::Meaning, rows, table, values::DayOrder},
        register::Register,
    },
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person},
        answers::{Answers, Upload},
        entry::Entry,
        scenario::{MANAGER, Scenario},
    },
};
use expect_test::expect;
use kernel::moment::Date;
use proptest::prelude::*;

fn setting() -> Scenario {
    let mut scenario = Scenario::new();
    for name in ["Robins", "Wrens"] {
        let name = name.to_owned();
        scenario.done(MANAGER, AnyAct::People(Act::OpenRoom { name }));
    }
    scenario
}

fn handed(shape: &Shape) -> Handed {
    text(&table::decode(&shape.bytes).unwrap())
}

fn text(text: &str) -> Handed {
    Handed {
        text: text.to_owned(),
        responsibility: Some(true),
        everybody: Some(Group::Staff),
        ..Handed::default()
    }
}

fn act(handed: &Handed) -> AnyAct {
    AnyAct::People(Act::Import(Box::new(handed.clone())))
}

fn undo(import: u32) -> AnyAct {
    AnyAct::People(Act::UndoImport { import })
}

/// A person who was taken in, by name.
fn find(scenario: &Scenario, name: &str) -> Person {
    let people = &scenario.setting.people;
    let is = |person: &Person| scenario.view(MANAGER, |view| view.name(*person)) == name;
    people.all().find(is).expect("somebody of this name")
}

/// Everything that people can ask of the register, but for numbers that were used.
fn told(register: &Register) -> String {
    let mut told = String::new();
    for person in register.all() {
        let ties: Vec<_> = register.parents_of(person).collect();
        let children: Vec<_> = register.children_of(person).collect();
        told.push_str(&format!(
            "{person} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {ties:?} {children:?}\n",
            register.name(person).map(|name| &name.sealed),
            register.groups(person),
            register.rooms_of(person),
            register.since(person),
            register.last_day(person),
            register.born(person).map(|born| &born.sealed),
            register.email(person).map(|email| &email.sealed),
            register.phone(person).map(|phone| &phone.sealed),
        ));
    }
    told.push_str(&format!("{:?}", register.rooms().collect::<Vec<_>>()));
    told
}

#[test]
fn nearly_every_column_of_fourteen_shapes_is_understood_without_a_hand() {
    let rooms = ["Robins".to_owned(), "Wrens".to_owned()];
    let (mut right, mut all) = (0, 0);
    let mut wrong = String::new();
    for shape in shapes::all() {
        let read = import::read(&handed(&shape), &rooms, 2026).unwrap();
        assert_eq!(read.table.head.len(), shape.columns.len(), "{}", shape.name);
        for (place, expected) in shape.columns.iter().enumerate() {
            let found = read.mapping.columns[place].map_or_else(|| "-".to_owned(), Meaning::key);
            all += 1;
            if found == *expected {
                right += 1;
            } else {
                let heading = &read.table.head[place];
                wrong.push_str(&format!(
                    "{}: {heading} is {expected}, not {found}\n",
                    shape.name
                ));
            }
        }
    }
    assert!(right * 100 >= all * 98, "{right} of {all}\n{wrong}");
}

#[test]
fn each_shape_is_taken_in_and_the_second_time_changes_nothing() {
    for shape in shapes::all() {
        let mut scenario = setting();
        let handed = handed(&shape);
        let done = scenario.try_act(MANAGER, &act(&handed));
        assert!(done.is_ok(), "{}: {}", shape.name, scenario.in_words(&done));
        let again = scenario.try_act(MANAGER, &act(&handed));
        assert_eq!(
            scenario.in_words(&again),
            "mistake in : Everybody in this table is here already, and nothing changes",
            "{}",
            shape.name
        );
    }
}

#[test]
fn a_family_comes_with_its_days_rooms_and_ties() {
    let mut scenario = setting();
    let all = shapes::all();
    scenario.done(MANAGER, act(&handed(&all[0])));
    let child = find(&scenario, "Wren Ash");
    let people = &scenario.setting.people;
    let born = people.born(child).and_then(|born| scenario.keys.open(born));
    assert_eq!(born, Some(Date::constant(2022, 12, 31)));
    assert_eq!(people.rooms_of(child).len(), 1);
    let mother = find(&scenario, "Isla Ash");
    assert!(people.is_parent_of(mother, child));
    assert_eq!(people.parents_of(child).count(), 2);
    let phone = people
        .phone(mother)
        .and_then(|phone| scenario.keys.open(phone));
    assert_eq!(phone.as_deref(), Some("07700 900101"));
    // The act can be looked at as one, and each of its entries stands for itself.
    let kinds: Vec<&str> = scenario
        .lines
        .iter()
        .map(|line| line.kind.as_str())
        .collect();
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| **kind == "people.imported")
            .count(),
        1
    );
}

#[test]
fn brothers_and_sisters_share_their_parents_and_a_row_that_comes_twice_counts_once() {
    let mut scenario = setting();
    let same = shapes::all()
        .into_iter()
        .find(|shape| shape.name.starts_with("the same parents"))
        .unwrap();
    scenario.done(MANAGER, act(&handed(&same)));
    let people = &scenario.setting.people;
    assert_eq!(people.of(Group::Child, scenario.today()).count(), 2);
    let mother = find(&scenario, "Isla Ash");
    assert_eq!(people.children_of(mother).count(), 2);
    assert_eq!(people.of(Group::Parent, scenario.today()).count(), 2);
}

#[test]
fn two_parents_of_one_name_are_never_taken_for_one_another() {
    let mut scenario = setting();
    scenario.done(
        MANAGER,
        act(&text(
            "Child,DOB,Mother\nWren Ash,2022-12-31,Isla Ash\nPip Moor,2023-03-04,Isla Ash\n",
        )),
    );
    let mother = find(&scenario, "Isla Ash");
    let people = &scenario.setting.people;
    let children: Vec<String> = people
        .children_of(mother)
        .map(|child| scenario.view(MANAGER, |view| view.name(child)))
        .collect();
    assert_eq!(children, ["Wren Ash"]);
    let page = preview(
        &scenario,
        "Child,DOB,Mother\nFern Holt,2022-01-02,Isla Ash\n",
    );
    assert!(page.contains("neither email nor telephone tells whether it is the same person"));
}

fn preview(scenario: &Scenario, table: &str) -> String {
    let answers = Answers::default()
        .with("text", table)
        .with("responsibility", "yes");
    scenario.view(MANAGER, |view| {
        crate::people::pages::import::look(view, &answers, &kit::form::Problems::none())
            .unwrap()
            .into_string()
    })
}

#[test]
fn days_that_can_be_read_in_two_ways_are_asked_about() {
    let mut scenario = setting();
    let table = "Child,DOB\nWren Ash,03/04/2023\nPip Moor,05/06/2022\n";
    scenario.act(
        MANAGER,
        act(&text(table)),
        expect!["mistake in days: The days in this table can be read in two ways. Say whether the day or the month stands first"],
    );
    let month = Handed {
        days: Some(DayOrder::MonthFirst),
        ..text(table)
    };
    scenario.done(MANAGER, act(&month));
    let child = find(&scenario, "Wren Ash");
    let born = scenario
        .setting
        .people
        .born(child)
        .and_then(|born| scenario.keys.open(born));
    assert_eq!(born, Some(Date::constant(2023, 3, 4)));
    let american = import::read(&text("Child,DOB\nWren Ash,12/31/2022\n"), &[], 2026).unwrap();
    assert_eq!(rows::order(&american, 2026), Some(DayOrder::MonthFirst));
}

#[test]
fn who_has_parental_responsibility_is_asked_when_the_table_does_not_say() {
    let mut scenario = setting();
    let asked = Handed {
        responsibility: None,
        ..handed(&shapes::all()[0])
    };
    scenario.act(
        MANAGER,
        act(&asked),
        expect!["mistake in responsibility: The table does not say who has parental responsibility. Say whether these parents and carers have it"],
    );
}

#[test]
fn what_is_new_about_somebody_is_taken_over_and_an_empty_cell_changes_nothing() {
    let mut scenario = setting();
    scenario.done(
        MANAGER,
        act(&text(
            "Child,DOB,Room,Mother,Phone\nWren Ash,2022-12-31,Robins,Isla Ash,07700 900101\n",
        )),
    );
    scenario.act(
        MANAGER,
        act(&text(
            "Child,DOB,Room,Mother,Phone,Email\nWren Ash,,Wrens,Isla Ash,,isla@ash.example\n",
        )),
        expect!["people.imported, people.placed, people.changed"],
    );
    let mother = find(&scenario, "Isla Ash");
    let people = &scenario.setting.people;
    let phone = people
        .phone(mother)
        .and_then(|phone| scenario.keys.open(phone));
    assert_eq!(phone.as_deref(), Some("07700 900101"));
    assert!(people.email(mother).is_some());
}

#[test]
fn rows_that_cannot_be_are_said_and_the_others_go_on() {
    let mut scenario = setting();
    let table = "Child,DOB,Mother,Email\n\
        Wren Ash,31/12/2022,Isla Ash,not an address\n\
        =HYPERLINK(1),01/02/2022,Ada Moor,\n\
        ,15/06/2022,Nell Fell,\n\
        Pip Moor,15/06/1922,,\n\
        Total 4,,,\n";
    let page = preview(&scenario, table);
    for words in [
        "An email address can’t be read",
        "What stands for a name can’t be one",
        "There is no name of a child in this row",
        "can’t be the date of birth",
        "Only one cell is filled in",
    ] {
        assert!(page.contains(words), "{words}");
    }
    scenario.done(MANAGER, act(&text(table)));
    assert_eq!(
        scenario
            .setting
            .people
            .of(Group::Child, scenario.today())
            .count(),
        2
    );
}

#[test]
fn looking_changes_nothing_and_only_managers_may_look_or_take_in() {
    let mut scenario = setting();
    let lines = scenario.lines.len();
    let page = preview(
        &scenario,
        "Child,DOB,Mother\nWren Ash,2022-12-31,Isla Ash\n",
    );
    assert!(page.contains("Wren Ash") && page.contains("parent of Wren Ash"));
    assert_eq!(scenario.lines.len(), lines);
    let practitioner = scenario.person("Tomos Reed", &[Group::Staff]);
    scenario.act(
        practitioner,
        act(&handed(&shapes::all()[0])),
        expect!["not allowed: the manager or the deputy manager may"],
    );
    assert_eq!(
        scenario.page(practitioner, "/people/import", &[]),
        "not allowed"
    );
    assert_eq!(
        scenario.page(practitioner, "/people/imports", &[]),
        "not allowed"
    );
}

#[test]
fn one_press_undoes_it_and_nothing_of_it_can_be_read_again() {
    let mut scenario = setting();
    scenario.done(MANAGER, act(&handed(&shapes::all()[1])));
    let child = find(&scenario, "Wren Ash");
    let entries = scenario.try_act(MANAGER, &undo(1)).unwrap();
    let erased = entries
        .iter()
        .filter(|entry| matches!(entry, Entry::Data(_)))
        .count();
    assert_eq!(erased, 5);
    assert!(!scenario.setting.people.is_known(child));
    assert!(scenario.setting.data.is_erased(child));
    let list = scenario.page(MANAGER, "/people", &[]);
    assert!(!list.contains("Wren Ash") && list.contains("1 person"));
    assert!(
        scenario
            .page(MANAGER, "/people/imports", &[])
            .contains("Undone")
    );
    scenario.act(
        MANAGER,
        undo(1),
        expect!["mistake: This was undone already"],
    );
    // Its numbers are not used again.
    assert!(scenario.person("Vera Pine", &[Group::Volunteer]) > child);
}

#[test]
fn a_table_is_not_undone_once_somebody_of_it_is_at_work_here() {
    let mut scenario = setting();
    let staff = shapes::all()
        .into_iter()
        .find(|shape| shape.name == "a staff list")
        .unwrap();
    scenario.done(MANAGER, act(&handed(&staff)));
    let tomos = find(&scenario, "Tomos Reed");
    let give = crate::roles::acts::Act::Give {
        role: Role::RoomLeader,
        person: tomos,
        from: None,
    };
    scenario.done(MANAGER, AnyAct::Roles(give));
    scenario.act(
        MANAGER,
        undo(1),
        expect!["mistake: Tomos Reed holds a role, or held one"],
    );
    let phone = crate::people::acts::Contact {
        person: find(&scenario, "Ines Marsh"),
        email: None,
        phone: Some("01632 960 555".to_owned()),
    };
    scenario.done(MANAGER, AnyAct::People(Act::ChangeContact(phone)));
    scenario.act(
        MANAGER,
        undo(1),
        expect![[r#"
            mistake: Tomos Reed holds a role, or held one
            mistake: What is kept about Ines Marsh was changed by hand since"#]],
    );
}

#[test]
fn after_four_weeks_a_table_stays() {
    let mut scenario = setting();
    scenario.done(MANAGER, act(&handed(&shapes::all()[0])));
    scenario.on(2026, 9, 30);
    scenario.act(
        MANAGER,
        undo(1),
        expect!["mistake: This could be undone until 29 September 2026. Change or erase people one by one now"],
    );
}

#[test]
fn workbooks_and_pictures_are_said_to_be_no_tables() {
    let said = |bytes: &[u8]| {
        table::decode(bytes)
            .and_then(|text| table::read(&text).map(|_| text))
            .unwrap_err()
            .0
    };
    assert!(said(b"PK\x03\x04rest").contains("save it as CSV"));
    assert!(said(&[0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0]).contains("no table of text"));
    assert!(said(b"").contains("nothing"));
    assert!(said(b"Name,DOB\n").contains("no rows"));
    assert!(said(&vec![b'a'; import::BYTES_MAX + 1]).contains("larger than 1 MB"));
    let wide = "a,".repeat(import::COLUMNS_MAX + 1);
    assert!(said(wide.as_bytes()).contains("columns"));
    let long = "a,b\n".repeat(import::ROWS_MAX + 1);
    assert!(said(long.as_bytes()).contains("rows"));
}

#[test]
fn programs_take_a_table_in_with_one_request() {
    let mut scenario = setting();
    let form = Scenario::form("people.import");
    let mut answers = Answers::default()
        .with("columns", "child1.name,-,adult1.name")
        .with("responsibility", "no");
    let bytes = b"Wren Ash,x,Isla Ash\n".to_vec();
    answers.add_file(
        "file",
        Upload {
            name: "list.csv".to_owned(),
            bytes,
        },
    );
    scenario.act(
        MANAGER,
        form.act(&answers).unwrap(),
        expect!["people.imported, people.added, people.added, people.tied"],
    );
}

fn rows_of_people() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "Wren Ash",
        "Rowan Ash",
        "Pip Moor",
        "Fern Holt",
        "",
        "=1+1",
        "Zoë O’Fell",
    ]);
    let parents = prop::sample::select(vec![
        "Isla Ash",
        "Rhys Ash",
        "Ada Moor",
        "",
        "Isla Ash & Rhys Ash",
        "x@y",
    ]);
    let days = prop::sample::select(vec!["2022-12-31", "2023-03-04", "31/12/2022", "", "soon"]);
    let rooms = prop::sample::select(vec!["Robins", "Wrens", "Owls", ""]);
    let phones = prop::sample::select(vec!["07700 900101", "07700 900102", "", "?"]);
    let row = (names, days, rooms, parents, phones).prop_map(|(name, day, room, parent, phone)| {
        format!("{name},{day},{room},{parent},{phone}\n")
    });
    prop::collection::vec(row, 1..8)
        .prop_map(|rows| format!("Child,DOB,Room,Parent,Phone\n{}", rows.concat()))
}

#[test]
fn what_a_later_row_says_of_somebody_counts_for_an_earlier_one() {
    let mut scenario = setting();
    let first = "Child,DOB,Room,Parent,Phone\nZoë O’Fell,2022-12-31,Robins,Isla Ash,\n";
    let second = "Child,DOB,Room,Parent,Phone\nWren Ash,2022-12-31,Robins,Isla Ash,07700 900102\nZoë O’Fell,31/12/2022,Robins,Isla Ash & Rhys Ash,07700 900102\n";
    scenario.done(MANAGER, act(&text(first)));
    scenario.done(MANAGER, act(&text(second)));
    let again = scenario.try_act(MANAGER, &act(&text(second)));
    let words = scenario.in_words(&again);
    assert!(words.contains("here already"), "{words}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn taking_in_and_undoing_leaves_everything_as_it_was(first in rows_of_people(), second in rows_of_people()) {
        let mut scenario = setting();
        let _ = scenario.try_act(MANAGER, &act(&text(&first)));
        let before = told(&scenario.setting.people);
        if scenario.try_act(MANAGER, &act(&text(&second))).is_ok() {
            let number = scenario.setting.people.next_import() - 1;
            let again = scenario.try_act(MANAGER, &act(&text(&second)));
            prop_assert!(scenario.in_words(&again).contains("here already"), "{}", scenario.in_words(&again));
            scenario.done(MANAGER, undo(number));
        }
        prop_assert_eq!(told(&scenario.setting.people), before);
    }

    #[test]
    fn any_bytes_are_read_or_answered_in_words(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Err(no) = table::decode(&bytes).and_then(|text| table::read(&text)) {
            prop_assert!(no.0.contains(' '));
        }
    }
}
