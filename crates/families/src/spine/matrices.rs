//! Lists that are compared with what the program says: who may open which page and form, and every
//! stored shape. Run the tests with `UPDATE_EXPECT=1` to write them anew, and read what changed.

use super::{
    act::{Act as AnyAct, Person, Who},
    page::{Params, Shown},
    scenario::{MANAGER, Scenario},
    unformed,
};
use crate::{
    access::{
        acts::{Act as Access, kiosks::Act as Kiosk},
        entries::kiosks::Purpose,
    },
    families,
    people::{
        acts::{Act, NewPerson},
        entries::{Relation, Tied},
        group::Group,
    },
    roles::role::Role,
};
use expect_test::expect_file;
use std::{collections::BTreeSet, fmt::Write};

/// A setting with one person of each kind. The child and its parent belong to the practitioner's
/// room; the deputy is the deputy safeguarding lead.
fn cast() -> (Scenario, Vec<(&'static str, Who)>, Person) {
    let mut scenario = Scenario::with_template("preschool");
    let people = |act| AnyAct::People(act);
    let name = "Robins".to_owned();
    scenario.done(MANAGER, people(Act::OpenRoom { name }));
    let in_room = |scenario: &mut Scenario, name: &str, group| {
        let person = scenario.setting.people.next_person();
        let new = NewPerson {
            name: name.to_owned(),
            groups: vec![group],
            rooms: vec![super::act::Room(1)],
            ..NewPerson::default()
        };
        scenario.done(MANAGER, people(Act::Add(new)));
        person
    };
    let practitioner = in_room(&mut scenario, "Tomos Reed", Group::Staff);
    let child = in_room(&mut scenario, "Wren Finch", Group::Child);
    let parent = scenario.person("Ada Finch", &[Group::Parent]);
    let tied = Tied {
        parent,
        child,
        relation: Relation::Parent,
        responsibility: true,
    };
    scenario.done(MANAGER, people(Act::Tie(tied)));
    let leader = scenario.holder("Rosa Field", Group::Staff, Role::RoomLeader);
    let lead = scenario.holder("Ines Marsh", Group::Staff, Role::Lead);
    let deputy = scenario.holder("Owen Beck", Group::Staff, Role::DeputyLead);
    let chair = scenario.holder("Ivy Stone", Group::Committee, Role::Chair);
    let member = scenario.person("Col Heath", &[Group::Committee]);
    let technician = scenario.holder("Kit Moor", Group::Contractor, Role::TechnicalLead);
    let door = Kiosk::Open {
        name: "Front door".to_owned(),
        purpose: Purpose::Door,
        code: "c0de".to_owned(),
    };
    scenario.done(MANAGER, AnyAct::Access(Access::Kiosk(door)));
    let cast = vec![
        ("nobody", Who::Nobody),
        ("parent", Who::Person(parent)),
        ("practitioner", Who::Person(practitioner)),
        ("room leader", Who::Person(leader)),
        ("deputy", Who::Person(deputy)),
        ("lead", Who::Person(lead)),
        ("manager", Who::Person(MANAGER)),
        ("chair", Who::Person(chair)),
        ("committee", Who::Person(member)),
        ("technician", Who::Person(technician)),
        ("kiosk", Who::Kiosk(1)),
        ("clock", Who::Clock),
    ];
    (scenario, cast, child)
}

/// What stands in an address where the list asks: the child, its room, the first entry.
fn params(child: Person) -> Params {
    let words = [
        ("person", child.to_string()),
        ("room", "1".to_owned()),
        ("seq", "1".to_owned()),
    ];
    Params(words.map(|(name, word)| (name.to_owned(), word)).into())
}

#[test]
fn who_may_open_which_page_and_form_is_as_the_list_says() {
    let (scenario, cast, child) = cast();
    let params = params(child);
    let mut list = String::from(
        "✔ may, ✘ may not, · finds nothing there. Addresses ask for a child and for the room of the practitioner.\n",
    );
    for (place, (who, _)) in cast.iter().enumerate() {
        let _ = writeln!(list, "{}{who}", "│ ".repeat(place));
    }
    list.push_str("\nPages\n");
    for page in families::pages() {
        let need = (page.need)(&params, &scenario.setting);
        let marks = cast.iter().map(|(_, who)| {
            scenario.view(*who, |view| {
                if !view.has(&need) {
                    return "✘";
                }
                match (page.show)(view, &params) {
                    Shown::NotHere => "·",
                    Shown::Page(..) | Shown::Document(_) | Shown::File { .. } | Shown::Kept(_) => {
                        "✔"
                    }
                }
            })
        });
        let marks: Vec<&str> = marks.collect();
        let _ = writeln!(list, "{}  {}", marks.join(" "), page.path);
    }
    list.push_str("\nForms\n");
    for form in families::forms() {
        let need = (form.need)(&params, &scenario.setting);
        let marks = cast.iter().map(|(_, who)| {
            scenario.view(*who, |view| {
                if !view.has(&need) {
                    return "✘";
                }
                if (form.start)(view, &params).not_here {
                    return "·";
                }
                "✔"
            })
        });
        let marks: Vec<&str> = marks.collect();
        let _ = writeln!(list, "{}  {} {}", marks.join(" "), form.act, form.path);
    }
    list.push_str("\nActs without a form\n");
    for act in unformed::acts(child) {
        let need = act.need(&scenario.setting);
        let marks = cast.iter().map(|(_, who)| {
            let may = scenario.view(*who, |view| view.has(&need));
            if may { "✔" } else { "✘" }
        });
        let marks: Vec<&str> = marks.collect();
        let _ = writeln!(list, "{}  {}", marks.join(" "), act.name());
    }
    expect_file!["../../tests/permissions.txt"].assert_eq(&list);
}

#[test]
fn the_list_of_stored_shapes_only_grows() {
    let now: BTreeSet<String> = families::shapes()
        .map(|shape| format!("{}@{}", shape.kind, shape.version))
        .collect();
    let kept = include_str!("../../tests/shapes.txt");
    for shape in kept.lines().filter(|line| !line.is_empty()) {
        assert!(
            now.contains(shape),
            "{shape} was released and must load for ever"
        );
    }
    let mut list = now.into_iter().collect::<Vec<_>>().join("\n");
    list.push('\n');
    expect_file!["../../tests/shapes.txt"].assert_eq(&list);
}

#[test]
fn every_form_has_an_address_help_and_fields_with_labels() {
    for form in families::forms() {
        assert!(
            form.path.starts_with('/') && !form.help.is_empty(),
            "{}",
            form.act
        );
        assert!(
            !form.title.is_empty() && !form.button.is_empty(),
            "{}",
            form.act
        );
        for field in form.fields {
            assert!(!field.label.is_empty(), "{} {}", form.act, field.name);
        }
    }
    for page in families::pages() {
        assert!(!page.help.is_empty(), "{}", page.path);
    }
}
