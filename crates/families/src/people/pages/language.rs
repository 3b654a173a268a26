//! The form for the language in which somebody reads.

use super::known;
use crate::{
    people::acts::{Act, for_language},
    spine::{
        act::Act as AnyAct,
        page::{Field, FieldKind, Form, Start},
        permit::Need,
        tongue::Tongue,
    },
};
use maud::html;

/// The languages, each by its own name: so it stands in every language.
const TONGUES: &[(&str, &str)] = &[
    (Tongue::En.code(), Tongue::En.own_name()),
    (Tongue::Pl.code(), Tongue::Pl.own_name()),
    (Tongue::Ur.code(), Tongue::Ur.own_name()),
    (Tongue::Ar.code(), Tongue::Ar.own_name()),
    (Tongue::Ro.code(), Tongue::Ro.own_name()),
    (Tongue::Uk.code(), Tongue::Uk.own_name()),
];

/// Choose the language in which somebody reads.
pub(super) const CHOOSE_LANGUAGE: Form = Form {
    act: "people.choose-language",
    path: "/people/{person}/language",
    title: "Choose the language",
    button: "Use this language",
    help: "Everything that families read or sign here is then in this language, on every device. Pages for staff stay in English.",
    // Who works here gets the same answer whether the person is hidden from them or not there at all.
    need: |params, _| {
        let oneself = params.person("person").map_or(Need::Nobody, Need::Oneself);
        Need::AnyOf(vec![oneself, Need::Team, Need::management()])
    },
    fields: &[
        Field::new("person", "Person", FieldKind::Hidden),
        Field::new("tongue", "Language", FieldKind::Choice(TONGUES)),
    ],
    start: |view, params| {
        let mut may = false;
        let start = known::about(view, params, |person, answers| {
            may = view.has(&for_language(person));
            match view.speaks(person).filter(|_| may) {
                Some(tongue) => (answers.with("tongue", tongue.code()), html! {}),
                None => (answers, html! {}),
            }
        });
        if may {
            return start;
        }
        Start {
            not_here: true,
            ..Start::default()
        }
    },
    read: |answers| {
        let tongue = Tongue::from_code(&answers.text("tongue")?)?;
        Some(AnyAct::People(Act::ChooseLanguage(
            answers.person("person")?,
            tongue,
        )))
    },
    then: super::forms::record,
};
