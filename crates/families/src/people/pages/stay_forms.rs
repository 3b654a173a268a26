//! Forms for leaving and coming back.

use super::{forms::record, known};
use crate::{
    people::acts::Act,
    spine::{
        act::{Act as AnyAct, Person},
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::text;
use maud::{Markup, html};

const PERSON: Field = Field::new("person", "Person", FieldKind::Hidden);

/// Record somebody's last day.
pub(super) const RECORD_LEAVING: Form = Form {
    act: "people.record-leaving",
    path: "/people/{person}/leaving",
    title: "Record that somebody is leaving",
    button: "Record the last day",
    help: "If they must not get in any more, take their access away now, whatever the last day is.\nYou can record a last day that is still to come, one that has passed, or change one that is recorded already.",
    need: |_, _| Need::management(),
    fields: &[
        PERSON,
        Field::new("last", "Last day", FieldKind::Date)
            .hint("The person still belongs to the setting on this day. For example, 17 7 2026"),
        Field::new(
            "access",
            "When does their access end?",
            FieldKind::Choice(ENDS),
        )
        .hint("It ends in any case with a last day that has passed")
        .optional(),
    ],
    start: leaving,
    read: |answers| {
        let person = answers.person("person")?;
        let last = answers.date("last")?;
        let now = answers.text("access").as_deref() == Some("now");
        Some(AnyAct::People(if now {
            Act::RecordLeavingAtOnce { person, last }
        } else {
            Act::RecordLeaving { person, last }
        }))
    },
    then: record,
};

/// When access ends.
const ENDS: &[(&str, &str)] = &[
    (
        "now",
        "Now: they are signed out everywhere and can do nothing here any more",
    ),
    ("last", "At the end of the last day"),
];

/// Record that somebody is back.
pub(super) const RECORD_RETURN: Form = Form {
    act: "people.record-return",
    path: "/people/{person}/return",
    title: "Record that somebody is back",
    button: "Record the return",
    help: "The person belongs to the setting again from this day, with the groups and rooms that they had. Look through them afterwards. An account that was not closed opens again.",
    need: |_, _| Need::management(),
    fields: &[
        PERSON,
        Field::new("since", "First day back", FieldKind::Date).hint("For example, 1 9 2026"),
    ],
    start: returning,
    read: |answers| {
        Some(AnyAct::People(Act::RecordReturn {
            person: answers.person("person")?,
            since: answers.date("since")?,
        }))
    },
    then: record,
};

fn leaving(view: &View<'_>, params: &Params) -> Start {
    known::about(view, params, |person, mut answers| {
        if let Some(last) = view.setting.people.last_day(person)
            && answers.text("last").is_none()
        {
            answers.add("last", &last.to_string());
        }
        if answers.text("access").is_none() {
            answers.add("access", "last");
        }
        (answers, consequences(view, person))
    })
}

/// What happens on the day after the last day.
fn consequences(view: &View<'_>, person: Person) -> Markup {
    let name = view.name(person);
    let mut what = vec![
        format!("On the day after the last day, {name} no longer belongs to any group or room."),
        format!(
            "From that day on, nobody but managers and safeguarding leads sees the record of {name}."
        ),
        "What is kept stays until the time for keeping has ended, or until it is erased."
            .to_owned(),
    ];
    if view.setting.access.has_account(person) {
        what.push(format!(
            "The account stops: {name} can’t sign in any more, and nothing that is open stays open."
        ));
    }
    for held in view.setting.roles.holdings() {
        if held.person == person && held.last_day().is_none_or(|last| last > view.today) {
            what.push(format!(
                "{name} holds a role: {}. Give it to somebody else.",
                held.role.in_words()
            ));
        }
    }
    let people = &view.setting.people;
    let ends = people.children_of(person).count() > 0;
    if ends {
        what.push(format!(
            "{name} no longer sees the records of the children whom they care for."
        ));
    }
    html! {
        (text::h2("What happens"))
        (text::bullets(&what))
    }
}

fn returning(view: &View<'_>, params: &Params) -> Start {
    known::about(view, params, |person, answers| {
        let above = html! {
            @match view.setting.people.last_day(person) {
                Some(last) => (text::paragraph(format!("The last day was {}.", date_in_words(last)))),
                None => (text::paragraph("This person has not left, so there is no return to record.")),
            }
        };
        (answers, above)
    })
}
