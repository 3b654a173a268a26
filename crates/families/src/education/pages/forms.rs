//! Forms for the help directory.

use crate::{
    education::{
        acts::Act,
        help::{Help, TOPICS, Topic, WHOM, Whom},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::text;
use maud::html;

const ID: Field = Field::new("id", "Which", FieldKind::Hidden);
const NAMED: Field = Field::new("named", "As the policy names it", FieldKind::Hidden).optional();
const NAME: Field = Field::new("name", "Who helps?", FieldKind::Line(120))
    .hint("The name of the organisation or team, and no private person");
const FOR: Field = Field::new("is-for", "What for?", FieldKind::Line(200))
    .hint("One sentence, such as: Worries about a child in our area.");
const ABOUT: Field = Field::new(
    "topics",
    "With what do they help?",
    FieldKind::Several(TOPICS),
);
const WHO: Field = Field::new("who", "Who may turn to them?", FieldKind::Several(WHOM));
const PHONE: Field = Field::new("phone", "Telephone number", FieldKind::Phone).optional();
const HOURS: Field =
    Field::new("hours", "When does somebody answer?", FieldKind::Line(120)).optional();
const SITE: Field = Field::new("site", "Address on the web", FieldKind::Line(300))
    .hint("The whole address, such as https://www.example.org")
    .optional();

/// Add somebody who helps.
pub(super) const ADD_HELP: Form = Form {
    act: "education.add-help",
    path: "/help-directory/add",
    title: "Add somebody who helps",
    button: "Add",
    help: "Add those near by to whom families or staff can turn: children’s social care, the local safeguarding partners, the local authority designated officer. Everybody can see what you enter.",
    need: |_, _| Need::leadership(),
    fields: &[NAMED, NAME, FOR, ABOUT, WHO, PHONE, HOURS, SITE],
    start: from_address,
    read: |answers| Some(AnyAct::Education(Act::AddHelp(read(answers)?))),
    then: |_| "/help-directory".to_owned(),
};

/// Put right what is known about somebody who helps.
pub(super) const CHANGE_HELP: Form = Form {
    act: "education.change-help",
    path: "/help-directory/change",
    title: "Put right",
    button: "Save",
    help: "Put a number, the hours or the address right. It counts as looked at today.",
    need: |_, _| Need::leadership(),
    fields: &[ID, NAME, FOR, ABOUT, WHO, PHONE, HOURS, SITE],
    start: known,
    read: |answers| Some(AnyAct::Education(Act::ChangeHelp(read(answers)?))),
    then: |_| "/help-directory".to_owned(),
};

/// Give it out no longer.
pub(super) const REMOVE_HELP: Form = Form {
    act: "education.remove-help",
    path: "/help-directory/remove",
    title: "Take out of the directory",
    button: "Take out",
    help: "Nobody is shown it any longer. What was shown before stays in the ledger.",
    need: |_, _| Need::leadership(),
    fields: &[ID],
    start: known,
    read: |answers| {
        Some(AnyAct::Education(Act::RemoveHelp {
            id: answers.text("id")?,
        }))
    },
    then: |_| "/help-directory".to_owned(),
};

/// Say that numbers and addresses are still right.
pub(super) const CONFIRM_HELP: Form = Form {
    act: "education.confirm-help",
    path: "/help-directory/confirm",
    title: "Say that numbers are still right",
    button: "They are still right",
    help: "Look at the number, the hours and the address of each that you tick, for example on its own page on the web. Put right what has changed before you confirm.",
    need: |_, _| Need::leadership(),
    fields: &[Field::new(
        "ids",
        "Which have you looked at?",
        FieldKind::SeveralOf(to_confirm),
    )],
    start: from_address,
    read: |answers| {
        let ids = answers.several("ids");
        Some(AnyAct::Education(Act::ConfirmHelp { ids }))
    },
    then: |_| "/help-directory".to_owned(),
};

fn read(answers: &Answers) -> Option<Help> {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    let named = words("named");
    Some(Help {
        id: words("id"),
        name: answers.text("name")?,
        aka: if named.is_empty() {
            Vec::new()
        } else {
            vec![named]
        },
        is_for: answers.text("is-for")?,
        topics: answers
            .several("topics")
            .iter()
            .filter_map(|key| Topic::from_key(key))
            .collect(),
        who: answers
            .several("who")
            .iter()
            .filter_map(|key| Whom::from_key(key))
            .collect(),
        phone: words("phone"),
        hours: words("hours"),
        site: words("site"),
        nations: Vec::new(),
    })
}

/// What is known about the one that the address names.
fn known(view: &View<'_>, params: &Params) -> Start {
    let Some(help) = view.setting.education.find(params.get("id")) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let mut answers = Answers::default()
        .with("id", &help.id)
        .with("name", &help.name)
        .with("is-for", &help.is_for)
        .with("phone", &help.phone)
        .with("hours", &help.hours)
        .with("site", &help.site);
    help.topics
        .iter()
        .for_each(|topic| answers.add("topics", topic.key()));
    help.who
        .iter()
        .for_each(|whom| answers.add("who", whom.key()));
    Start {
        answers,
        above: Some(html! { (text::lead(&help.name)) }),
        not_here: false,
    }
}

/// Those that were looked at longest ago first.
fn to_confirm(view: &View<'_>) -> Vec<(String, String)> {
    let nation = view.setting.place.calendar().nation;
    let education = &view.setting.education;
    let mut all: Vec<_> = education.all().filter(|help| help.is_in(nation)).collect();
    all.sort_by_key(|help| education.looked(&help.id).map(|looked| looked.day));
    let label = |name: &str, phone: &str| match phone {
        "" => name.to_owned(),
        phone => format!("{name}, {phone}"),
    };
    let each = all
        .iter()
        .map(|help| (help.id.clone(), label(&help.name, &help.phone)));
    each.collect()
}
