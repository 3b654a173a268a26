//! Forms for how the policy runs here, and for what is beside it.

use super::{BARE, CLAUSE, adults, colleagues, needs_leadership, some};
use crate::{
    policy::{
        acts::{Act, LinkedPolicy, MisuseOutcome},
        asks, choices,
        pages::beside,
    },
    roles::role::Role,
    spine::{
        answers::Answers,
        page::{Field, FieldKind, Form, encoded},
        view::View,
    },
};

/// What stands for no sanction in the form.
const NONE: &str = "-";

pub(super) const KEEP_LINKED: Form = Form {
    act: "policy.keep-linked",
    path: "/policy/linked/keep",
    title: "Put a policy on file",
    button: "Put it on file",
    help: "Clauses of your policy refer to other policies. Say where each is kept, give its web address, or put its words here; one of the three is enough.\nYou are reminded when it is to be looked at again.",
    fields: &[
        Field::new("name", "Name, as clauses refer to it", FieldKind::Line(200)),
        Field::new("owner", "Who looks after it", FieldKind::ChoiceOf(roles)),
        Field::new(
            "review_on",
            "When it is to be looked at again",
            FieldKind::Date,
        ),
        Field::new("kept_at", "Where it is kept", FieldKind::Line(200)).optional(),
        Field::new("address", "Web address", FieldKind::Line(500)).optional(),
        Field::new("text", "Its words", FieldKind::Text(190_000)).optional(),
    ],
    start: beside::start_linked,
    read: |answers| {
        some(Act::KeepLinked(LinkedPolicy {
            name: answers.text("name")?,
            owner: Role::from_key(&answers.text("owner")?),
            review_on: answers.date("review_on")?,
            kept_at: answers.text("kept_at"),
            address: answers.text("address"),
            text: answers.text("text"),
        }))
    },
    then: to_linked,
    ..BARE
};

pub(super) const REMOVE_LINKED: Form = Form {
    act: "policy.remove-linked",
    path: "/policy/linked/remove",
    title: "Take a policy off file",
    button: "Take it off file",
    help: "If a clause still refers to it, you are asked to put it on file again.",
    fields: &[
        Field::new("name", "Name", FieldKind::Line(200)),
        Field::new("why", "Why", FieldKind::Text(1_000)),
    ],
    read: |answers| {
        some(Act::RemoveLinked {
            name: answers.text("name")?,
            why: answers.text("why")?,
        })
    },
    then: to_linked,
    ..BARE
};

pub(super) const RECORD_OUTCOME: Form = Form {
    act: "policy.record-outcome",
    path: "/policy/outcome",
    title: "Record what was decided in a case of misuse",
    button: "Record it",
    help: "What is decided is one of the consequences that the policy names, or none. What happened is kept under the name of the person whom it concerns; only those who lead can read it.",
    need: needs_leadership,
    fields: &[
        Field::new("person", "Whom it concerns", FieldKind::ChoiceOf(adults)),
        Field::new("what", "What happened", FieldKind::Text(4_000)),
        Field::new(
            "sanction",
            "What was decided",
            FieldKind::ChoiceOf(sanctions),
        ),
        Field::new("decided_by", "Who decided", FieldKind::ChoiceOf(colleagues)),
        Field::new("on", "On which day", FieldKind::Date)
            .hint("Today when you leave it empty")
            .optional(),
    ],
    read: |answers| {
        some(Act::RecordOutcome(MisuseOutcome {
            person: answers.person("person")?,
            what: answers.text("what")?,
            sanction: answers.text("sanction").filter(|words| words != NONE),
            decided_by: answers.person("decided_by")?,
            on: answers.date("on"),
        }))
    },
    then: |_| "/policy/sanctions".to_owned(),
    ..BARE
};

const CONTROL: Field = Field::new("control", "Control", FieldKind::Hidden);

pub(super) const SWITCH_OFF: Form = Form {
    act: "policy.switch-off",
    path: "/policy/controls/{control}",
    title: "Say that a control is not in use",
    button: "Do not use it here",
    help: "Its clauses stand as “not in use”, with your reason, for everybody who may see how the policy stands.",
    fields: &[
        CONTROL,
        Field::new(
            "reason",
            "Why it can’t be used here",
            FieldKind::Text(1_000),
        ),
    ],
    read: |answers| {
        some(Act::SwitchOff {
            control: answers.text("control")?,
            reason: answers.text("reason")?,
        })
    },
    then: to_control,
    ..BARE
};

pub(super) const SWITCH_ON: Form = Form {
    act: "policy.switch-on",
    path: "/policy/controls/{control}",
    title: "Use a control again",
    button: "Use it again",
    help: "It judges, records and reminds again from now on.",
    fields: &[CONTROL],
    read: |answers| {
        some(Act::SwitchOn {
            control: answers.text("control")?,
        })
    },
    then: to_control,
    ..BARE
};

pub(super) const CHOOSE: Form = Form {
    act: "policy.choose",
    path: "/policy/choose",
    title: "Choose a value",
    button: "Choose this",
    help: "Some clauses name no figure, or two of them disagree. What you choose holds from now on, and in the next version too.",
    fields: &[
        CONTROL,
        Field::new("param", "Value", FieldKind::Hidden),
        Field::new("value", "What holds here", FieldKind::Line(500))
            .hint("Such as year, term or 6 months. Separate several with semicolons."),
    ],
    read: |answers| {
        some(Act::Choose {
            control: answers.text("control")?,
            param: answers.text("param")?,
            value: choices::from_words(&answers.text("value")?),
        })
    },
    then: |_| "/policy/choices".to_owned(),
    ..BARE
};

pub(super) const GIVE_WORD: Form = Form {
    act: "policy.give-word",
    path: "/policy/clauses/{clause}",
    title: "Give your word on a clause",
    button: "Give your word",
    help: "No control answers this clause. Say how it is met and until when that holds; you are asked again then.",
    need: needs_leadership,
    fields: &[
        CLAUSE,
        Field::new("says", "How it is met", FieldKind::Text(2_000))
            .hint("Without names of children"),
        Field::new("until", "Until when that holds", FieldKind::Date).hint("At most a year"),
    ],
    read: |answers| {
        some(Act::GiveWord {
            clause: answers.text("clause")?,
            says: answers.text("says")?,
            until: answers.date("until")?,
        })
    },
    then: |_| "/policy?standing=needs-word".to_owned(),
    ..BARE
};

fn to_linked(_answers: &Answers) -> String {
    "/policy/linked".to_owned()
}

fn to_control(answers: &Answers) -> String {
    let control = answers.text("control").unwrap_or_default();
    format!("/policy/controls/{}", encoded(&control))
}

fn roles(_view: &View<'_>) -> Vec<(String, String)> {
    Role::KNOWN
        .iter()
        .map(|role| (role.key().to_owned(), role.in_words()))
        .collect()
}

fn sanctions(view: &View<'_>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = asks::sanctions(view.in_force)
        .into_iter()
        .map(|sanction| (sanction.clone(), sanction))
        .collect();
    all.push((NONE.to_owned(), "No sanction".to_owned()));
    all
}
