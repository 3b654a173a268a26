//! Codes that wait for a second person: what those concerned are told, and the forms with which
//! they agree or stop it.

use crate::{
    access::{
        acts::{
            Act,
            codes::{Act as Code, agreeing, stopping},
        },
        administrators::WEIGHTY,
        register::codes::Waiting,
    },
    people::pages::known,
    spine::{
        act::{Act as AnyAct, Person},
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        view::View,
    },
};
use kit::text;
use maud::{Markup, html};

const PERSON: Field = Field::new("person", "Person", FieldKind::Hidden);

/// The codes that wait, for whoever they are for and whoever can agree to them or stop them.
pub(super) fn waiting(view: &View<'_>) -> Markup {
    let access = &view.setting.access;
    let watches = view.has(&Need::Holds(WEIGHTY.to_vec()));
    let all: Vec<(Person, &Waiting)> = access
        .people()
        .filter(|person| watches || view.person() == Some(*person))
        .filter_map(|person| Some((person, access.waiting_code(person, view.today)?)))
        .collect();
    html! {
        @for (person, waits) in all { (told(view, person, waits)) }
    }
}

fn told(view: &View<'_>, person: Person, waits: &Waiting) -> Markup {
    let by = waits.by.map_or_else(
        || "Whoever keeps the machine".to_owned(),
        |by| view.name(by),
    );
    let at = |form: &str| format!("/settings/accounts/{person}/{form}");
    let from = waits.from.in_words();
    let stop = text::link(&at("stop-code"), "Stop it");
    if view.person() == Some(person) {
        return text::warning(html! {
            (by) " asked for a new code for your account, good from " (from)
            " or as soon as a second person agrees. If you did not ask for it: " (stop) "."
        });
    }
    let asked_by_me = view.person().is_some() && view.person() == waits.by;
    text::paragraph(html! {
        (by) " asked for a new code for " (view.name(person)) ", good from " (from)
        " or as soon as somebody else agrees. "
        @if !asked_by_me { (text::link(&at("agree-code"), "Decide")) " or " }
        (stop)
    })
}

/// Agree to a code.
pub(super) const AGREE_CODE: Form = Form {
    act: "access.agree-code",
    path: "/settings/accounts/{person}/agree-code",
    title: "Agree to a new code",
    button: "Agree: the code is good now",
    help: "Somebody asked for a code with which this person chooses a new password. Whoever has the code signs in as this person, so ask the person yourself before you agree.\nIf nobody agrees, the code is good after three days, unless somebody stops it.",
    need: |_, _| agreeing(),
    fields: &[PERSON],
    start: of_waiting,
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::Access(Act::Code(Code::Agree { person })))
    },
    then: |_| "/".to_owned(),
};

/// Stop a code.
pub(super) const STOP_CODE: Form = Form {
    act: "access.stop-code",
    path: "/settings/accounts/{person}/stop-code",
    title: "Stop a new code",
    button: "Stop the code",
    help: "The code that waits is worth nothing from now on. If nobody should have asked for it, talk to whoever did, and to the chair.",
    need: |params, _| params.person("person").map_or(Need::Nobody, stopping),
    fields: &[PERSON],
    start: of_waiting,
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::Access(Act::Code(Code::Stop { person })))
    },
    then: |_| "/".to_owned(),
};

fn of_waiting(view: &View<'_>, params: &Params) -> Start {
    let person = params.person("person");
    let waits = person.and_then(|person| view.setting.access.waiting_code(person, view.today));
    if waits.is_none() {
        return Start {
            not_here: true,
            ..Start::default()
        };
    }
    known::about_only(view, params)
}
