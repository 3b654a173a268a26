//! Forms for who somebody is: add, change, groups, rooms.

use super::known;
use crate::{
    people::{
        acts::{Act, Contact, Details, NewPerson},
        group::Group,
    },
    spine::{
        act::{Act as AnyAct, Person, Room},
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::text;
use maud::html;

/// The groups that a person is added to, each in words.
const GROUPS: &[(&str, &str)] = &[
    ("staff", "Staff: paid to work here"),
    ("volunteer", "Volunteer: helps here without pay"),
    ("student", "Student: here to learn the work"),
    ("committee", "Committee, board or governing body"),
    ("parent", "Parent or carer"),
    ("child", "Child"),
    ("contractor", "Contractor: works here for somebody else"),
    (
        "community",
        "Community user: uses the building or the equipment",
    ),
];

/// The same for somebody who is no child.
const ADULT_GROUPS: &[(&str, &str)] = &[
    ("staff", "Staff"),
    ("volunteer", "Volunteer"),
    ("student", "Student"),
    ("committee", "Committee, board or governing body"),
    ("parent", "Parent or carer"),
    ("visitor", "Visitor"),
    ("contractor", "Contractor"),
    ("community", "Community user"),
];

const PERSON: Field = Field::new("person", "Person", FieldKind::Hidden);
const NAME: Field =
    Field::new("name", "Full name", FieldKind::Line(120)).hint("As the person is called every day");
const BORN: Field = Field::new("born", "Date of birth", FieldKind::Date)
    .hint("For children only. For example, 27 3 2023")
    .optional();
const ROOMS: Field = Field::new(
    "rooms",
    "Rooms",
    FieldKind::SeveralOf(known::rooms_to_choose),
)
.hint("Where the child is, or where the person works. Choose all that apply, or none")
.optional();
const EMAIL: Field = Field::new("email", "Email address", FieldKind::Email).optional();
const PHONE: Field = Field::new("phone", "Telephone number", FieldKind::Phone).optional();

/// Add somebody.
pub(super) const ADD: Form = Form {
    act: "people.add",
    path: "/people/add",
    title: "Add a person",
    button: "Add this person",
    help: "One form for everybody: staff, volunteers, students, the committee, parents and carers, children. What you fill in is sealed under a key of the person’s own, so that it can be erased for good one day.\nAdd a child first, then each parent or carer, and tie them together on the record of the child.",
    need: |_, _| Need::management(),
    fields: &[
        NAME,
        Field::new("groups", "Who are they?", FieldKind::Several(GROUPS))
            .hint("Choose all that apply. A child belongs to no other group"),
        ROOMS,
        Field::new("since", "First day here", FieldKind::Date)
            .hint("Leave it empty for today")
            .optional(),
        BORN,
        EMAIL,
        PHONE,
    ],
    start: from_address,
    read: |answers| {
        let groups: Option<Vec<Group>> = answers
            .several("groups")
            .iter()
            .map(|key| Group::from_key(key))
            .collect();
        let new = NewPerson {
            name: answers.text("name")?,
            groups: groups?,
            rooms: rooms(answers)?,
            since: answers.date("since"),
            born: answers.date("born"),
            email: answers.text("email"),
            phone: answers.text("phone"),
        };
        Some(AnyAct::People(Act::Add(new)))
    },
    then: |_| "/people/added".to_owned(),
};

/// Change the name or the date of birth.
pub(super) const CHANGE: Form = Form {
    act: "people.change",
    path: "/people/{person}/change",
    title: "Change who this is",
    button: "Save",
    help: "The name and the date of birth as they stand are filled in. What was there before stays in the ledger, sealed, until what is kept about this person is erased.",
    need: |_, _| Need::management(),
    fields: &[PERSON, NAME, BORN],
    start: |view, params| {
        known::about(view, params, |person, answers| {
            let born = view.setting.people.born(person);
            let born = born.and_then(|born| view.open(born));
            let answers = fill(answers, "name", view.name(person));
            let answers = fill(
                answers,
                "born",
                born.map_or_else(String::new, |born| born.to_string()),
            );
            (answers, html! {})
        })
    },
    read: |answers| {
        Some(AnyAct::People(Act::Change(Details {
            person: answers.person("person")?,
            name: answers.text("name"),
            born: answers.date("born"),
        })))
    },
    then: record,
};

/// Change how somebody is reached.
pub(super) const CHANGE_CONTACT: Form = Form {
    act: "people.change-contact",
    path: "/people/{person}/contact",
    title: "Change how to reach this person",
    button: "Save",
    help: "Everybody keeps their own email address and telephone number up to date; a manager can do it for them. Empty a box to take away what is there.",
    need: |params, _| {
        let oneself = params.person("person").map_or(Need::Nobody, Need::Oneself);
        Need::AnyOf(vec![oneself, Need::management()])
    },
    fields: &[PERSON, EMAIL, PHONE],
    start: |view, params| {
        known::about(view, params, |person, answers| {
            let people = &view.setting.people;
            let kept = |words| known::said(view, words).unwrap_or_default();
            let answers = fill(answers, "email", kept(people.email(person)));
            let answers = fill(answers, "phone", kept(people.phone(person)));
            (answers, html! {})
        })
    },
    read: |answers| {
        Some(AnyAct::People(Act::ChangeContact(Contact {
            person: answers.person("person")?,
            email: given(answers, "email"),
            phone: given(answers, "phone"),
        })))
    },
    then: record,
};

/// Add somebody to a group.
pub(super) const JOIN_GROUP: Form = Form {
    act: "people.join-group",
    path: "/people/{person}/join-group",
    title: "Add this person to a group",
    button: "Add to the group",
    help: "A person may belong to several groups: a member of staff who is also a parent, a volunteer on the committee. The policy binds them in each.",
    need: |_, _| Need::management(),
    fields: &[
        PERSON,
        Field::new("group", "Group", FieldKind::Choice(ADULT_GROUPS)),
    ],
    start: known::about_only,
    read: |answers| {
        let (person, group) = membership(answers)?;
        Some(AnyAct::People(Act::JoinGroup(person, group)))
    },
    then: record,
};

/// Take somebody out of a group.
pub(super) const LEAVE_GROUP: Form = Form {
    act: "people.leave-group",
    path: "/people/{person}/leave-group",
    title: "Take this person out of a group",
    button: "Take out of the group",
    help: "The person stays in the other groups. What the policy asks of this group no longer binds them from now on.\nIf the person is leaving the setting, record the last day instead.",
    need: |_, _| Need::management(),
    fields: &[
        PERSON,
        Field::new("group", "Group", FieldKind::Choice(ADULT_GROUPS)),
    ],
    start: known::about_only,
    read: |answers| {
        let (person, group) = membership(answers)?;
        Some(AnyAct::People(Act::LeaveGroup(person, group)))
    },
    then: record,
};

/// Put somebody in rooms.
pub(super) const PLACE: Form = Form {
    act: "people.place",
    path: "/people/{person}/rooms",
    title: "Change the rooms of this person",
    button: "Save the rooms",
    help: "Tick every room of this person: they are in these rooms and in no others from now on. Whoever works in a room sees its children and their parents and carers.",
    need: |_, _| Need::management(),
    fields: &[PERSON, ROOMS],
    start: place,
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::People(Act::Place(person, rooms(answers)?)))
    },
    then: record,
};

fn place(view: &View<'_>, params: &Params) -> Start {
    known::about(view, params, |person, mut answers| {
        if answers.several("rooms").is_empty() {
            for room in view.setting.people.rooms_of(person) {
                answers.add("rooms", &room.to_string());
            }
        }
        let none = view.setting.people.rooms().next().is_none();
        let above = html! {
            @if none { (text::paragraph(html! { "There is no room yet. " (text::link("/rooms/open", "Open a room")) " first." })) }
        };
        (answers, above)
    })
}

/// An answer that is filled in unless the address says one.
fn fill(answers: Answers, name: &str, words: String) -> Answers {
    if answers.text(name).is_some() || words.is_empty() {
        return answers;
    }
    answers.with(name, words)
}

/// What was given: an empty box takes away, a box that was not there leaves what is kept.
fn given(answers: &Answers, name: &str) -> Option<String> {
    let asked = answers.iter().any(|(field, _)| field == name);
    asked.then(|| answers.text(name).unwrap_or_default())
}

fn membership(answers: &Answers) -> Option<(Person, Group)> {
    let group = Group::from_key(&answers.text("group")?)?;
    Some((answers.person("person")?, group))
}

/// Every room that was ticked, each once; `None` when one of them is no number.
fn rooms(answers: &Answers) -> Option<Vec<Room>> {
    let read = answers.several("rooms");
    let rooms: Option<Vec<Room>> = read
        .iter()
        .map(|word| word.parse().ok().map(Room))
        .collect();
    let mut rooms = rooms?;
    rooms.sort_unstable();
    rooms.dedup();
    Some(rooms)
}

/// Back to the record of the person.
pub(super) fn record(answers: &Answers) -> String {
    match answers.person("person") {
        Some(person) => format!("/people/{person}"),
        None => "/people".to_owned(),
    }
}
