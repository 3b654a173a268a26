//! Forms on the record of a person: set a hold, lift it, erase for good.

use crate::{
    data::acts::Act,
    people::pages::known,
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::text;
use maud::{Markup, html};

const PERSON: Field = Field::new("person", "Person", FieldKind::Hidden);

/// Why something is erased. These words stay in the ledger in clear, so nobody types them.
const GROUNDS: &[(&str, &str)] = &[
    ("kept-long-enough", "The time for keeping has ended"),
    (
        "asked-for",
        "The person, or somebody who may speak for them, asked for it",
    ),
    ("by-mistake", "The person was recorded by mistake"),
];

/// Set a hold.
pub(super) const HOLD: Form = Form {
    act: "data.hold",
    path: "/people/{person}/hold",
    title: "Set a hold",
    button: "Set the hold",
    help: "While a hold stands, nothing that is kept about this person can be erased: not when the time for keeping ends, and not when somebody asks for it.\nOnly managers and safeguarding leads see that there is a hold, and why.",
    need: |_, _| Need::leadership(),
    fields: &[
        PERSON,
        Field::new("why", "Why must this be kept?", FieldKind::Text(1_000)),
        Field::new("review", "When is it looked at again?", FieldKind::Date)
            .hint("For example, 8 1 2027"),
    ],
    start: |view, params| {
        known::about(view, params, |person, answers| {
            let hold = view.setting.data.hold(person);
            let above = html! {
                @if let Some(hold) = hold {
                    (text::inset(format!("There is a hold already, to be looked at on {}. What you fill in takes its place.", date_in_words(hold.review))))
                }
            };
            (answers, above)
        })
    },
    read: |answers| {
        Some(AnyAct::Data(Act::Hold {
            person: answers.person("person")?,
            why: answers.text("why")?,
            review: answers.date("review")?,
        }))
    },
    then: record,
};

/// Lift a hold.
pub(super) const RELEASE: Form = Form {
    act: "data.release",
    path: "/people/{person}/release",
    title: "Lift a hold",
    button: "Lift the hold",
    help: "From now on, what is kept about this person can be erased again. Nothing is erased by lifting the hold.",
    need: |_, _| Need::leadership(),
    fields: &[
        PERSON,
        Field::new("why", "Why is it no longer needed?", FieldKind::Text(1_000)),
    ],
    start: |view, params| {
        known::about(view, params, |person, answers| {
            let hold = view.setting.data.hold(person);
            let above = html! {
                @match hold {
                    Some(hold) => {
                        (text::paragraph(format!("The hold is to be looked at on {}. It was set because:", date_in_words(hold.review))))
                        (text::inset(view.open(&hold.why).unwrap_or_default()))
                    }
                    None => (text::paragraph("There is no hold on this person.")),
                }
            };
            (answers, above)
        })
    },
    read: |answers| {
        Some(AnyAct::Data(Act::Release {
            person: answers.person("person")?,
            why: answers.text("why")?,
        }))
    },
    then: record,
};

/// Erase what is kept about somebody.
pub(super) const ERASE: Form = Form {
    act: "data.erase",
    path: "/people/{person}/erase",
    title: "Erase what is kept about a person",
    button: "Erase for good",
    help: "Nobody can undo this. Read what goes and what stays before you go on.",
    need: |_, _| Need::management(),
    fields: &[
        PERSON,
        Field::new("why", "On what ground?", FieldKind::Choice(GROUNDS)),
        Field::new(
            "understood",
            "I have looked at whose record this is, and I know that this can’t be undone",
            FieldKind::Confirm,
        ),
    ],
    start: erase,
    read: |answers| {
        let why = answers.text("why")?;
        let (_, ground) = GROUNDS.iter().find(|(key, _)| *key == why)?;
        Some(AnyAct::Data(Act::Erase {
            person: answers.person("person")?,
            why: lower(ground),
        }))
    },
    then: |_| "/people?who=left".to_owned(),
};

fn erase(view: &View<'_>, params: &Params) -> Start {
    known::about(view, params, |person, answers| {
        let above = html! {
            (text::h2("What is erased"))
            (text::bullets(&[
                "The name, the date of birth, the email address and the telephone number.",
                "Every word that anybody wrote about this person and that is kept sealed under their key: reasons, notes, answers.",
                "All of it at once and everywhere: in the ledger, in backups, on every machine. The key is destroyed, so that nobody can read it any more.",
            ]))
            (text::h2("What stays"))
            (text::bullets(&[
                "That a person with this number was here, in which group and rooms, and when they came and left. No name stands there.",
                "The lines of the ledger themselves, with their numbers and days. The chain still checks.",
                "That you erased it, when, and on what ground.",
            ]))
            (stops(view, person))
        };
        (answers, above)
    })
}

/// What still stands in the way.
fn stops(view: &View<'_>, person: crate::spine::act::Person) -> Markup {
    html! {
        @if let Some(hold) = view.setting.data.hold(person) {
            (text::warning(format!("A hold stops erasure. It is looked at again on {}.", date_in_words(hold.review))))
        } @else if !view.setting.people.has_left(person, view.today) {
            (text::warning("This person has not left yet. Record the last day first."))
        }
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

fn record(answers: &Answers) -> String {
    match answers.person("person") {
        Some(person) => format!("/people/{person}"),
        None => "/people".to_owned(),
    }
}
