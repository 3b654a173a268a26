//! Somebody whom a reader may not know is as absent as somebody who never came: over all pairs of
//! reader and person in a setting of forty people, and over every list, search and form.

use crate::{
    families,
    people::{
        acts::{Act, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    roles::role::Role,
    spine::{
        act::{Act as AnyAct, Person, Room, Who},
        page::Params,
        permit,
        scenario::{MANAGER, Scenario},
    },
};
use kernel::moment::Date;
use std::collections::BTreeMap;

/// A person who never came.
const NOBODY: Person = Person(9_999);

struct Crowd {
    scenario: Scenario,
    names: BTreeMap<Person, String>,
}

impl Crowd {
    fn add(&mut self, groups: &[Group], rooms: &[Room]) -> Person {
        let person = self.scenario.setting.people.next_person();
        let name = format!("Zq{}x Nameless", person.0);
        let new = NewPerson {
            name: name.clone(),
            groups: groups.to_vec(),
            rooms: rooms.to_vec(),
            phone: Some(format!("0163296{:05}", 70_000 + person.0)),
            ..NewPerson::default()
        };
        self.scenario.done(MANAGER, AnyAct::People(Act::Add(new)));
        self.names.insert(person, name);
        person
    }

    fn tie(&mut self, parent: Person, child: Person) {
        let tied = Tied {
            parent,
            child,
            relation: Relation::Parent,
            responsibility: true,
        };
        self.scenario.done(MANAGER, AnyAct::People(Act::Tie(tied)));
    }

    /// Three rooms, a team, a committee, fourteen children with parents, some of them colleagues,
    /// and a family that has left.
    fn new() -> Crowd {
        let mut crowd = Crowd {
            scenario: Scenario::new(),
            names: BTreeMap::from([(MANAGER, "Maya Lin".to_owned())]),
        };
        for name in ["Robins", "Wrens", "Jays"] {
            let name = name.to_owned();
            let open = AnyAct::People(Act::OpenRoom { name });
            crowd.scenario.done(MANAGER, open);
        }
        let mut adults = Vec::new();
        for room in 1..=3 {
            for group in [Group::Staff, Group::Staff, Group::Volunteer] {
                adults.push(crowd.add(&[group], &[Room(room)]));
            }
        }
        crowd.add(&[Group::Student], &[]);
        crowd.add(&[Group::Committee], &[]);
        crowd.add(&[Group::Contractor], &[Room(2)]);
        for number in 0..14_u32 {
            let child = crowd.add(&[Group::Child], &[Room(number % 3 + 1)]);
            let parent = crowd.add(&[Group::Parent], &[]);
            crowd.tie(parent, child);
            if number % 5 == 0 {
                crowd.tie(adults[number as usize / 5], child);
            }
        }
        let last = Date::constant(2026, 9, 1);
        for person in [Person(13), Person(14), Person(15)] {
            let leaving = AnyAct::People(Act::RecordLeaving { person, last });
            crowd.scenario.done(MANAGER, leaving);
        }
        crowd.scenario.on(2026, 9, 7);
        crowd
    }

    fn readers(&self) -> Vec<Who> {
        let mut readers = vec![Who::Nobody, Who::Clock, Who::Person(NOBODY)];
        readers.extend(self.names.keys().map(|person| Who::Person(*person)));
        readers
    }

    /// Who may know whom, said once more without asking the program.
    fn may_know(&self, reader: Who, person: Person) -> bool {
        let people = &self.scenario.setting.people;
        let today = self.scenario.today();
        let Who::Person(reader) = reader else {
            return false;
        };
        if !people.is_here(reader, today) {
            return false;
        }
        if reader == MANAGER || reader == person {
            return true;
        }
        if !people.is_here(person, today) {
            return false;
        }
        let groups = people.groups(person);
        let works =
            |room: &Room| people.is_team(reader, today) && people.rooms_of(reader).contains(room);
        let child_near = |child: Person| {
            people.is_here(child, today) && people.rooms_of(child).iter().any(works)
        };
        [
            Group::Staff,
            Group::Volunteer,
            Group::Student,
            Group::Committee,
        ]
        .iter()
        .any(|group| groups.contains(group))
            || people.is_parent_of(reader, person)
            || people.rooms_of(person).iter().any(works)
            || people.children_of(person).any(child_near)
    }

    /// What a form begins with, or why it is not shown, and what the act says.
    fn form(&self, reader: Who, form: &crate::spine::page::Form, person: Person) -> String {
        let words = [("person", person.to_string())];
        let params = Params(words.map(|(key, word)| (key.to_owned(), word)).into());
        let need = (form.need)(&params, &self.scenario.setting);
        let shown = self.scenario.view(reader, |view| {
            let allowed = permit::permit(view.who, &need, view.setting, view.today);
            match allowed {
                Err(no) => format!("{no:?}"),
                Ok(()) => {
                    let start = (form.start)(view, &params);
                    if start.not_here {
                        return "nothing here".to_owned();
                    }
                    let above = start.above.map(maud::PreEscaped::into_string);
                    format!("{:?} {:?}", start.answers, above)
                }
            }
        });
        shown.replace(&person.to_string(), "#")
    }
}

#[test]
fn a_record_that_a_reader_may_not_see_is_the_same_as_none_byte_for_byte() {
    let crowd = Crowd::new();
    assert!(crowd.names.len() >= 40);
    let mut seen = 0;
    for reader in crowd.readers() {
        let none = crowd
            .scenario
            .page(reader, "/people/{person}", &[("person", "9999")]);
        for (person, name) in &crowd.names {
            let number = person.to_string();
            let page = crowd
                .scenario
                .page(reader, "/people/{person}", &[("person", &number)]);
            if crowd.may_know(reader, *person) {
                assert!(page.contains(name), "{reader:?} should see {person}");
                seen += 1;
            } else {
                assert_eq!(page, none, "{reader:?} should not see {person}");
            }
        }
    }
    assert!(seen > 100);
}

#[test]
fn no_page_names_somebody_whom_the_reader_may_not_know() {
    let crowd = Crowd::new();
    let asked: [&[(&str, &str)]; 9] = [
        &[],
        &[("name", "zq")],
        &[("group", "child")],
        &[("group", "parent")],
        &[("room", "1")],
        &[("who", "left")],
        &[("person", "13")],
        &[("person", "20"), ("room", "2"), ("seq", "30")],
        &[("page", "2")],
    ];
    for reader in crowd.readers() {
        for page in families::pages() {
            for params in asked {
                let shown = crowd.scenario.page(reader, page.path, params);
                for (person, name) in &crowd.names {
                    let may = crowd.may_know(reader, *person);
                    let leaks = shown.contains(name.as_str());
                    assert!(
                        may || !leaks,
                        "{reader:?} {} {params:?} names {person}",
                        page.path
                    );
                }
            }
        }
    }
}

#[test]
fn lists_and_counts_do_not_change_when_somebody_comes_whom_the_reader_may_not_know() {
    let before = Crowd::new();
    let mut after = Crowd::new();
    let child = after.add(&[Group::Child], &[Room(1)]);
    let parent = after.add(&[Group::Parent], &[]);
    after.tie(parent, child);
    // The clock of the scenario ran on; the ledger is not compared.
    let paths = ["/people", "/rooms", "/rooms/{room}", "/settings/terms"];
    let asked: [&[(&str, &str)]; 4] = [
        &[("room", "1")],
        &[("name", "nameless"), ("room", "1")],
        &[("group", "child"), ("room", "1")],
        &[("group", "parent")],
    ];
    let mut same = 0;
    for reader in before.readers() {
        if after.may_know(reader, child) || after.may_know(reader, parent) {
            continue;
        }
        for path in paths {
            for params in asked {
                let was = before.scenario.page(reader, path, params);
                assert_eq!(
                    was,
                    after.scenario.page(reader, path, params),
                    "{reader:?} {path}"
                );
                same += 1;
            }
        }
    }
    assert!(same > 100);
}

#[test]
fn a_form_about_somebody_unseen_is_the_same_as_about_nobody() {
    let crowd = Crowd::new();
    for reader in crowd.readers() {
        for form in families::forms().filter(|form| form.path.contains("{person}")) {
            let none = crowd.form(reader, form, NOBODY);
            for person in crowd.names.keys() {
                if !crowd.may_know(reader, *person) {
                    let shown = crowd.form(reader, form, *person);
                    assert_eq!(shown, none, "{reader:?} {} {person}", form.act);
                }
            }
        }
    }
}

#[test]
fn only_who_is_close_to_a_person_sees_the_telephone_number() {
    let crowd = Crowd::new();
    let phone = |person: Person| format!("0163296{:05}", 70_000 + person.0);
    // A parent sees who works here, without numbers.
    let parent = Who::Person(Person(17));
    let staff = crowd
        .scenario
        .page(parent, "/people/{person}", &[("person", "2")]);
    assert!(staff.contains("Zq2x") && !staff.contains(&phone(Person(2))));
    // Whoever works in the child's room reaches the parent.
    let shown = crowd
        .scenario
        .page(Person(5), "/people/{person}", &[("person", "17")]);
    assert!(shown.contains(&phone(Person(17))), "{shown}");
}

#[test]
fn a_safeguarding_lead_sees_everybody() {
    let mut crowd = Crowd::new();
    let give = crate::roles::acts::Act::Give {
        role: Role::DeputyLead,
        person: Person(2),
        from: None,
    };
    crowd.scenario.done(MANAGER, AnyAct::Roles(give));
    for (person, name) in &crowd.names {
        let number = person.to_string();
        let page = crowd
            .scenario
            .page(Person(2), "/people/{person}", &[("person", &number)]);
        assert!(page.contains(name));
    }
}
