//! A form in pictures for children, with which they tell that something is wrong. It needs no name,
//! few words and no right answer; a grown-up is told.

use super::report::{ONCE, TICKET, WRITTEN};
use crate::{
    concerns::{
        acts::{Act, NewReport},
        kinds::Kind,
        note::Report,
        once,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Look, Page, Params, Shown, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{picture::picture, text};
use maud::html;

const WHO: &[(&str, &str)] = &[
    ("me", "Me"),
    ("child", "Another child"),
    ("adult", "A grown-up"),
    ("online", "Somebody on a screen"),
];

const WHAT: &[(&str, &str)] = &[
    ("hurt", "Somebody was hurt"),
    ("unkind", "Somebody was unkind"),
    ("screen", "I saw something on a screen"),
    ("secret", "A secret"),
    ("touch", "A touch that felt wrong"),
    ("home", "Something at home"),
    ("else", "Something else"),
];

const FEEL: &[(&str, &str)] = &[
    ("sad", "Sad"),
    ("scared", "Scared"),
    ("angry", "Angry"),
    ("worried", "Worried"),
    ("unsure", "I do not know"),
];

/// Tell with pictures.
pub(super) const TELL: Form = Form {
    act: "concerns.tell",
    path: "/concerns/tell",
    title: "Tell us what is wrong",
    button: "Tell",
    help: "Press the pictures. You can press more than one.\nA grown-up who keeps children safe here will read it and will help.\nYou did nothing wrong by telling.",
    need: |_, _| Need::Anyone,
    fields: &[
        ONCE,
        TICKET,
        WRITTEN,
        Field::new("who", "Who is it about?", FieldKind::Several(WHO))
            .look(Look::Pictures)
            .optional(),
        Field::new("what", "What happened?", FieldKind::Several(WHAT)).look(Look::Pictures),
        Field::new("feel", "How do you feel?", FieldKind::Several(FEEL))
            .look(Look::Pictures)
            .optional(),
        Field::new("words", "Do you want to say more?", FieldKind::Text(8_000))
            .hint("A grown-up can write it for you, just as you say it")
            .optional(),
        Field::new("name", "What is your name?", FieldKind::Line(100))
            .hint("You need not say it")
            .optional(),
    ],
    start,
    read,
    then: |_| "/concerns/told".to_owned(),
};

fn start(view: &View<'_>, params: &Params) -> Start {
    Start {
        above: Some(once::keeping(view, "/concerns/told")),
        ..from_address(view, params)
    }
}

/// The labels of what was pressed, in the order of the form.
fn pressed(answers: &Answers, name: &str, options: &[(&str, &str)]) -> String {
    let keys = answers.several(name);
    let labels = options
        .iter()
        .filter(|(key, _)| keys.iter().any(|own| own == key));
    labels
        .map(|(_, label)| *label)
        .collect::<Vec<_>>()
        .join(", ")
}

fn read(answers: &Answers) -> Option<AnyAct> {
    let lines = [
        ("Who it is about", pressed(answers, "who", WHO)),
        ("What happened", pressed(answers, "what", WHAT)),
        ("How the child feels", pressed(answers, "feel", FEEL)),
    ];
    let said: Vec<String> = lines
        .into_iter()
        .filter(|(_, pressed)| !pressed.is_empty())
        .map(|(label, pressed)| format!("{label}: {pressed}."))
        .collect();
    let what = answers.several("what");
    let harm = |key: &String| matches!(key.as_str(), "hurt" | "touch" | "home" | "secret");
    let kind = if what.iter().any(harm) {
        Kind::Harm
    } else if what.iter().any(|key| key == "screen") {
        Kind::Unsuitable
    } else {
        Kind::Unsure
    };
    let report = Report {
        what: format!("Told with pictures.\n{}", said.join("\n")),
        kind,
        said: answers.text("words").unwrap_or_default(),
        reporter: answers.text("name").unwrap_or_default(),
        written: once::written(answers),
        pictures: true,
        ..Report::default()
    };
    // Whoever is signed in on the device is not who tells.
    Some(AnyAct::Concerns(Act::Report(Box::new(NewReport {
        report,
        about_role: None,
        unnamed: true,
        once: once::called(answers),
    }))))
}

/// What is said after it.
pub(super) const TOLD: Page = Page {
    path: "/concerns/told",
    title: "Thank you for telling",
    menu: 0,
    help: "A grown-up reads what was told and does something about it.",
    need: |_, _| Need::Anyone,
    lines: None,
    show: told,
};

fn told(view: &View<'_>, _: &Params) -> Shown {
    let title = view.say("told-title");
    let content = html! {
        (picture("thanks"))
        (text::h1(&title))
        (text::lead(view.say("told-read")))
        (text::paragraph(view.say("told-now")))
        (text::paragraph(text::link("/concerns/tell", view.say("told-more"))))
    };
    Shown::Page(title, content)
}
