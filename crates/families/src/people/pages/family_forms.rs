//! Forms for who cares for a child.

use super::known;
use crate::{
    people::{
        acts::Act,
        entries::{Relation, Tied},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        view::View,
    },
};
use kit::text;
use maud::html;

const CHILD: Field = Field::new("child", "Child", FieldKind::Hidden);

/// Record a parent or carer of a child.
pub(super) const TIE: Form = Form {
    act: "people.tie",
    path: "/people/{person}/tie",
    title: "Add a parent or carer",
    button: "Add as parent or carer",
    help: "From now on this adult sees the child’s record when they sign in, and gives and takes back permissions for the child. Check who has parental responsibility: the admission papers say so.\nThe adult must be in the list of people first.",
    need: |_, _| Need::management(),
    fields: &[
        CHILD,
        Field::new(
            "parent",
            "Adult",
            FieldKind::ChoiceOf(known::adults_to_choose),
        ),
        Field::new(
            "relation",
            "What are they to the child?",
            FieldKind::Choice(Relation::ALL),
        ),
        Field::new(
            "responsibility",
            "Do they have parental responsibility?",
            FieldKind::YesNo,
        ),
    ],
    start: of_child,
    read: |answers| {
        Some(AnyAct::People(Act::Tie(Tied {
            parent: answers.person("parent")?,
            child: answers.person("child")?,
            relation: Relation::from_key(&answers.text("relation")?)?,
            responsibility: answers.yes("responsibility")?,
        })))
    },
    then: record,
};

/// Record that somebody no longer cares for a child.
pub(super) const UNTIE: Form = Form {
    act: "people.untie",
    path: "/people/{person}/untie",
    title: "Take a parent or carer out",
    button: "Take out",
    help: "From now on this adult no longer sees the child’s record and can no longer give permissions for the child. Permissions that they gave stay on record.\nSay why, for whoever reads it later: the words are sealed and only people who lead the setting see them.",
    need: |_, _| Need::management(),
    fields: &[
        CHILD,
        Field::new("parent", "Adult", FieldKind::Hidden),
        Field::new("why", "Why?", FieldKind::Text(500)),
    ],
    start: untie,
    read: |answers| {
        Some(AnyAct::People(Act::Untie {
            parent: answers.person("parent")?,
            child: answers.person("child")?,
            why: answers.text("why")?,
        }))
    },
    then: record,
};

/// The person of the address is the child of the form.
fn of_child(view: &View<'_>, params: &Params) -> Start {
    known::about(view, params, |child, mut answers| {
        answers.add("child", &child.to_string());
        (answers, html! {})
    })
}

fn untie(view: &View<'_>, params: &Params) -> Start {
    let tied = params.person("parent").filter(|parent| {
        params
            .person("person")
            .is_some_and(|child| known::sees_tie(view, *parent, child))
    });
    known::about(view, params, |child, mut answers| {
        answers.add("child", &child.to_string());
        let above = html! {
            @match tied {
                Some(parent) => (text::paragraph(format!("You are taking out {}.", view.name(parent)))),
                None => (text::paragraph("Open this form from the list of parents and carers on the record of the child.")),
            }
        };
        (answers, above)
    })
}

fn record(answers: &Answers) -> String {
    match answers.person("child") {
        Some(child) => format!("/people/{child}"),
        None => "/people".to_owned(),
    }
}
