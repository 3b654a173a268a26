//! The other forms: a topic is coming up, lists of what is illegal, and “We saw something”.

use super::change_forms::lines;
use crate::{
    filter::{
        acts::{Act, LINE_MAX, Sight, WORDS_MAX},
        keeping,
    },
    people::{group::Group, pages::known},
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::guide;
use maud::html;

fn filter(act: Act) -> Option<AnyAct> {
    Some(AnyAct::Filter(act))
}

fn devices(view: &View<'_>) -> Vec<(String, String)> {
    let devices = view.setting.devices.kept();
    let mut all: Vec<(String, String)> = devices
        .map(|device| (device.number.to_string(), device.about.name.clone()))
        .collect();
    all.sort_by_key(|(_, name)| name.to_lowercase());
    all
}

fn children(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let is_child = |person: &Person| people.groups(*person).contains(&Group::Child);
    let here = people.here(view.today).filter(is_child);
    known::named(view, here)
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// A topic is coming up.
pub(super) const NOTE_TOPIC: Form = Form {
    act: "filter.note-topic",
    path: "/filter/topic",
    title: "A topic is coming up",
    button: "Note it",
    help: "When a course or a plan makes people look for words that may sound like a worry, note it before. Alerts about them are quiet until the day that you choose; the filter stays as it is.",
    need: |_, _| Need::AnyOf(vec![Need::Team, keeping()]),
    fields: &[
        Field::new("topic", "What is it?", FieldKind::Line(LINE_MAX))
            .hint("Such as Training on self-harm for all who work here"),
        Field::new(
            "words",
            "Words that are going to be looked for",
            FieldKind::Text(500),
        )
        .hint("One on each line")
        .optional(),
        Field::new(
            "themes",
            "What may it look like?",
            FieldKind::Several(crate::monitor::kinds::KEYS),
        )
        .hint("Alerts of these are quiet for adults. On children’s devices nothing is quiet")
        .optional(),
        Field::new("until", "Until when?", FieldKind::Date).hint("At most a month"),
    ],
    start: from_address,
    read: |answers| {
        filter(Act::NoteTopic {
            topic: answers.text("topic")?,
            words: lines(answers, "words"),
            themes: answers.several("themes"),
            until: answers.date("until")?,
        })
    },
    then: |_| "/filter".to_owned(),
};

/// Record a list.
pub(super) const RECORD_LIST: Form = Form {
    act: "filter.record-list",
    path: "/filter/lists/record",
    title: "Record a list of what is illegal",
    button: "Record it",
    help: "For a list that your provider closes, or that you are licensed for. It is only recorded here: what stands on it is never shown.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("name", "What is it called?", FieldKind::Line(LINE_MAX)),
        Field::new(
            "supplier",
            "Who supplies it, under which licence or contract?",
            FieldKind::Line(LINE_MAX),
        ),
        Field::new("until", "Until when does that run?", FieldKind::Date),
    ],
    start: from_address,
    read: |answers| {
        filter(Act::RecordList {
            name: answers.text("name")?,
            supplier: answers.text("supplier")?,
            until: answers.date("until")?,
        })
    },
    then: |_| "/filter".to_owned(),
};

/// End a list.
pub(super) const END_LIST: Form = Form {
    act: "filter.end-list",
    path: "/filter/lists/end",
    title: "A list of what is illegal has ended",
    button: "It has ended",
    help: "When the licence or contract is over. The filter goes on closing what it has until the list is taken out of it.",
    need: |_, _| keeping(),
    fields: &[Field::new("name", "List", FieldKind::Hidden)],
    start: |view, params| Start {
        answers: Answers::from_params(params),
        not_here: view.setting.filter.list(params.get("name")).is_none(),
        above: None,
    },
    read: |answers| {
        filter(Act::EndList {
            name: answers.text("name")?,
        })
    },
    then: |_| "/filter".to_owned(),
};

/// We saw something.
pub(super) const SAW_SOMETHING: Form = Form {
    act: "filter.saw-something",
    path: "/filter/saw-something",
    title: "We saw something",
    button: "Cut it off and tell",
    help: "The internet closes there at once, the device goes out of use, and what it asked for in the last minutes is kept. The safeguarding lead is told by itself.",
    need: |_, _| Need::AnyOf(vec![Need::Team, keeping()]),
    fields: &[
        Field::new("session", "Opening", FieldKind::Hidden).optional(),
        Field::new("device", "On which device?", FieldKind::ChoiceOf(devices))
            .hint("Leave it empty for all on which the internet is open there")
            .optional(),
        Field::new("what", "What was seen?", FieldKind::Text(WORDS_MAX))
            .hint("In your words, briefly. Do not go back to look"),
        Field::new(
            "address",
            "The address, if you know it",
            FieldKind::Line(LINE_MAX),
        )
        .optional(),
        Field::new(
            "children",
            "Which children saw it?",
            FieldKind::SeveralOf(children),
        )
        .optional(),
    ],
    start: |view, params| {
        let mut answers = Answers::from_params(params);
        // On a device that is known, that device is meant.
        let here = view.who.device.as_deref();
        let here = here.and_then(|label| view.setting.devices.enrolled(label));
        if let (None, None, Some(device)) = (answers.text("device"), answers.text("session"), here)
        {
            answers.add("device", &device.number.to_string());
        }
        Start {
            answers,
            above: Some(html! {
                (guide::do_list(&["turn the screen off, or the device over", "thank the child for telling you"]))
                (guide::do_not_list(&["do not go back to look", "do not copy, print or send it"]))
            }),
            not_here: false,
        }
    },
    read: |answers| {
        filter(Act::SawSomething(Box::new(Sight {
            device: answers.number("device"),
            session: answers.number("session"),
            what: answers.text("what")?,
            address: answers.text("address").unwrap_or_default(),
            children: answers.people("children"),
        })))
    },
    then: |_| "/concerns/sent".to_owned(),
};
