//! The forms of a custody record.

use super::{
    bar,
    custody::{custody, need, rules},
    team,
};
use crate::{
    devices::{
        acts::{
            Act, WORDS_MAX,
            custody::{Act as Custody, LINE_MAX},
        },
        entries::custody::{Advice, Handing, Note},
        seeing,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        view::View,
    },
};
use kit::{guide, text};
use maud::{Markup, html};

const CUSTODY: Field = Field::new("custody", "Custody record", FieldKind::Hidden);
const PLACE: Field = Field::new(
    "place",
    "Where is it locked away now?",
    FieldKind::Line(LINE_MAX),
)
.hint("Such as the safe in the office");
const SEAL: Field = Field::new("seal", "Number on the seal", FieldKind::Line(LINE_MAX))
    .hint("If there is none, write a number across the flap of the envelope and sign it");
const FOUND: &[(&str, &str)] = &[
    ("On", "On, and left on"),
    ("Off", "Off, and left off"),
    ("Not known", "I can’t tell"),
];

fn act(act: Custody) -> Option<AnyAct> {
    Some(AnyAct::Devices(Act::Custody(act)))
}

fn devices(view: &View<'_>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = view
        .setting
        .devices
        .kept()
        .map(|device| (device.number.to_string(), device.about.name.clone()))
        .collect();
    all.sort_by_key(|(_, name)| name.to_lowercase());
    all
}

fn in_record(view: &View<'_>, params: &Params, says: impl FnOnce(&View<'_>) -> Markup) -> Start {
    let found = custody(view, params).filter(|custody| custody.ended.is_none());
    let Some(found) = found else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let device = view.setting.devices.find(found.device);
    Start {
        answers: Answers::from_params(params),
        above: Some(html! {
            @if let Some(device) = device { (bar(view, device)) }
            (says(view))
        }),
        not_here: false,
    }
}

fn record(answers: &Answers) -> String {
    match answers.number::<u32>("custody") {
        Some(custody) => format!("/devices/custody/{custody}"),
        None => "/devices/custody".to_owned(),
    }
}

/// Secure a device.
pub(super) const SECURE: Form = Form {
    act: "devices.secure",
    path: "/devices/secure",
    title: "Secure a device",
    button: "Secure it now",
    help: "For a device that may hold evidence. It goes out of use and off the network at once. Others see only that it is out of use.\nIf it is not on the register, put it there first, or ask somebody who looks after the devices.",
    need: |params, _| match params.number::<u32>("case") {
        Some(case) => Need::OnCase(case),
        None => seeing(),
    },
    fields: &[
        Field::new("case", "Case", FieldKind::Hidden).optional(),
        Field::new("device", "Which device?", FieldKind::ChoiceOf(devices)),
        Field::new("why", "Why is it secured?", FieldKind::Text(WORDS_MAX))
            .hint("What was seen or said, not what you think is on it"),
        Field::new("found", "How was it found?", FieldKind::Choice(FOUND)),
        Field::new(
            "taken-from",
            "From whom, or from where?",
            FieldKind::Line(LINE_MAX),
        )
        .optional(),
        PLACE,
        SEAL,
    ],
    start: |_, params| Start {
        answers: Answers::from_params(params),
        above: Some(rules()),
        not_here: false,
    },
    read: |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        act(Custody::Secure {
            device: answers.number("device")?,
            case: answers.number("case"),
            note: Note {
                why: answers.text("why")?,
                place: answers.text("place")?,
                seal: answers.text("seal")?,
                found: words("found"),
                taken_from: words("taken-from"),
            },
        })
    },
    then: |answers| match answers.number::<u32>("case") {
        Some(case) => format!("/concerns/cases/{case}"),
        None => "/devices/custody".to_owned(),
    },
};

/// Give it on.
pub(super) const PASS_ON: Form = Form {
    act: "devices.pass-on",
    path: "/devices/custody/{custody}/pass-on",
    title: "Give a secured device on",
    button: "I give it on",
    help: "By sending this you sign that you give it on. Whoever takes it here signs under their own name. Somebody from outside, such as the police, signs below with their name, and gives you a receipt.",
    need,
    fields: &[
        CUSTODY,
        Field::new("to", "Who takes it here?", FieldKind::ChoiceOf(team))
            .hint("Leave it empty when it goes to somebody from outside")
            .optional(),
        Field::new("whole", "Is the seal whole?", FieldKind::YesNo),
        PLACE,
        SEAL,
        Field::new(
            "name",
            "Name of whoever takes it",
            FieldKind::Line(LINE_MAX),
        )
        .more(),
        Field::new(
            "body",
            "Their force or body, and their number there",
            FieldKind::Line(LINE_MAX),
        )
        .more(),
        Field::new(
            "receipt",
            "Number of their receipt",
            FieldKind::Line(LINE_MAX),
        )
        .more(),
        Field::new(
            "signed",
            "They sign: their name, typed by themselves",
            FieldKind::Line(LINE_MAX),
        )
        .more(),
    ],
    start: |view, params| in_record(view, params, |_| html! {}),
    read: |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        act(Custody::PassOn {
            custody: answers.number("custody")?,
            to: answers.person("to"),
            note: Handing {
                place: answers.text("place")?,
                seal: answers.text("seal")?,
                whole: answers.yes("whole")?,
                name: words("name"),
                body: words("body"),
                receipt: words("receipt"),
                signed: words("signed"),
            },
        })
    },
    then: record,
};

/// Sign for it.
pub(super) const RECEIVE: Form = Form {
    act: "devices.receive",
    path: "/devices/custody/{custody}/receive",
    title: "Sign for a secured device",
    button: "I have it",
    help: "By sending this you sign that you took it over, sealed as it is written down, and that you answer for it from now on.",
    need,
    fields: &[CUSTODY],
    start: |view, params| {
        in_record(view, params, |_| {
            guide::do_not_list(crate::devices::controls::NEVER)
        })
    },
    read: |answers| {
        act(Custody::Receive {
            custody: answers.number("custody")?,
        })
    },
    then: record,
};

/// What the police said.
pub(super) const ADVICE: Form = Form {
    act: "devices.record-advice",
    path: "/devices/custody/{custody}/advice",
    title: "What the police said about a secured device",
    button: "Write it down",
    help: "Write it down as they said it, with who said it. Until they have said that it may be released, it stays sealed.",
    need,
    fields: &[
        CUSTODY,
        Field::new("words", "What did they say?", FieldKind::Text(WORDS_MAX)),
        Field::new("who", "Who said it?", FieldKind::Line(LINE_MAX)).hint("Name, number and force"),
        Field::new("reference", "Their reference", FieldKind::Line(LINE_MAX)).optional(),
        Field::new("allows", "May it be released?", FieldKind::YesNo),
    ],
    start: |view, params| in_record(view, params, |_| html! {}),
    read: |answers| {
        act(Custody::RecordAdvice {
            custody: answers.number("custody")?,
            allows: answers.yes("allows")?,
            note: Advice {
                words: answers.text("words")?,
                who: answers.text("who")?,
                reference: answers.text("reference").unwrap_or_default(),
            },
        })
    },
    then: record,
};

/// Ask for its release.
pub(super) const ASK_RELEASE: Form = Form {
    act: "devices.ask-release",
    path: "/devices/custody/{custody}/ask-release",
    title: "Ask for the release of a secured device",
    button: "Ask for its release",
    help: "A second person reads the record and releases it. Say what happens to the device then: back into use, wiped, back to whom it belongs.",
    need,
    fields: &[
        CUSTODY,
        Field::new(
            "why",
            "Why, and what happens to it?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: |view, params| in_record(view, params, |_| html! {}),
    read: |answers| {
        act(Custody::AskRelease {
            custody: answers.number("custody")?,
            why: answers.text("why")?,
        })
    },
    then: record,
};

/// Release it.
pub(super) const RELEASE: Form = Form {
    act: "devices.release",
    path: "/devices/custody/{custody}/release",
    title: "Release a secured device",
    button: "Release it",
    help: "Read the record first. You are the second person: by sending this you agree that it may go. It comes back into use at once.",
    need,
    fields: &[CUSTODY],
    start: |view, params| {
        in_record(view, params, |view| {
            let asked = custody(view, params).and_then(|one| one.asked.as_ref());
            let why = asked.and_then(|asked| view.open(&asked.why));
            html! { @if let Some(why) = why { (text::inset(why)) } }
        })
    },
    read: |answers| {
        act(Custody::Release {
            custody: answers.number("custody")?,
        })
    },
    then: record,
};
