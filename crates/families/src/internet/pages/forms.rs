//! The forms: open, for longer, close, a break; look at sites, take them away, choose a search tool.

use super::now::place;
use crate::{
    devices::kinds::Users,
    internet::{
        acts::{Act, MINUTES_MAX, NAME_MAX, Opening, WORDS_MAX},
        engines,
        entries::Near,
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

const SESSION: Field = Field::new("session", "Opening", FieldKind::Hidden);
const MINUTES: Field = Field::new(
    "minutes",
    "For how many minutes?",
    FieldKind::Number(1, MINUTES_MAX),
);
const NEAR: &[(&str, &str)] = &[
    ("beside", "Beside the child"),
    ("in-view", "With the child in view"),
];

fn devices(view: &View<'_>) -> Vec<(String, String)> {
    let devices = view.setting.devices.kept();
    let mut all: Vec<(String, String)> = devices
        .filter(|device| device.about.users == Users::Children && !device.is_out_of_use())
        .map(|device| (device.number.to_string(), device.about.name.clone()))
        .collect();
    all.sort_by_key(|(_, name)| name.to_lowercase());
    all
}

fn rooms(view: &View<'_>) -> Vec<(String, String)> {
    let rooms = view.setting.people.rooms();
    rooms
        .map(|(room, name)| (room.to_string(), name.to_owned()))
        .collect()
}

fn bundles(view: &View<'_>) -> Vec<(String, String)> {
    let bundles = view.setting.internet.bundles();
    let mut all: Vec<(String, String)> = bundles
        .map(|bundle| {
            let about = &bundle.about;
            let label = format!(
                "{} (from age {}): {}",
                about.name, about.age_from, about.what_for
            );
            (about.bundle.to_string(), label)
        })
        .collect();
    all.sort_by_key(|(_, label)| label.to_lowercase());
    all
}

fn tools(_: &View<'_>) -> Vec<(String, String)> {
    let safe = engines::safe();
    safe.map(|engine| (engine.title.clone(), engine.title.clone()))
        .collect()
}

fn now(_: &Answers) -> String {
    "/internet".to_owned()
}

/// Open the internet.
pub(super) const OPEN: Form = Form {
    act: "internet.open",
    path: "/internet/open",
    title: "Open the internet for children",
    button: "Open it",
    help: "You are the adult for it: you stay with the children until it is closed. It closes by itself when the minutes are over.",
    need: |_, _| Need::Team,
    fields: &[
        Field::new("device", "For which device?", FieldKind::ChoiceOf(devices)).optional(),
        Field::new(
            "room",
            "Or for all children’s devices of a room?",
            FieldKind::ChoiceOf(rooms),
        )
        .optional(),
        Field::new("purpose", "What for?", FieldKind::Line(WORDS_MAX))
            .hint("What the children are to learn. No child’s name"),
        Field::new("bundles", "What is opened?", FieldKind::SeveralOf(bundles))
            .hint("Sites that adults have looked at")
            .optional(),
        Field::new(
            "searching",
            "Searching, too, with the tool that was chosen",
            FieldKind::Confirm,
        )
        .optional(),
        Field::new(
            "filtered",
            "Everything that the filter lets through for children",
            FieldKind::Confirm,
        )
        .optional(),
        Field::new("near", "Where are you?", FieldKind::Choice(NEAR)),
        MINUTES,
    ],
    start: |view, params| {
        let mut answers = Answers::from_params(params);
        if answers.text("minutes").is_none() {
            answers.add("minutes", "15");
        }
        // On a device that is known, that device is meant.
        let here = view.who.device.as_deref();
        let here = here.and_then(|label| view.setting.devices.enrolled(label));
        if let (None, None, Some(device)) = (answers.text("device"), answers.text("room"), here) {
            answers.add("device", &device.number.to_string());
        }
        Start {
            answers,
            ..Start::default()
        }
    },
    read: |answers| {
        let bundles = answers.several("bundles");
        let bundles = bundles.iter().map(|one| one.parse().ok());
        Some(AnyAct::Internet(Act::Open(Box::new(Opening {
            device: answers.number("device"),
            room: answers.room("room"),
            purpose: answers.text("purpose")?,
            bundles: bundles.collect::<Option<Vec<u32>>>()?,
            filtered: answers.yes("filtered").unwrap_or(false),
            searching: answers.yes("searching").unwrap_or(false),
            near: match answers.text("near")?.as_str() {
                "beside" => Near::Beside,
                "in-view" => Near::InView,
                _ => return None,
            },
            minutes: answers.number("minutes")?,
        }))))
    },
    then: now,
};

fn about(view: &View<'_>, params: &Params) -> Start {
    let found = params
        .number("session")
        .and_then(|number| view.setting.internet.session(number))
        .filter(|session| session.is_open(view.now));
    Start {
        answers: Answers::from_params(params),
        not_here: found.is_none(),
        above: found.map(|session| {
            let until = session.until.in_words();
            text::inset(format!("{}, open until {until}", place(view, session)))
        }),
    }
}

/// For longer.
pub(super) const EXTEND: Form = Form {
    act: "internet.extend",
    path: "/internet/extend",
    title: "Keep the internet open for longer",
    button: "For longer",
    help: "The minutes count from now on. Whoever opened it keeps it open; nobody else does so for them.",
    need: |params, setting| {
        let session = params.number("session").unwrap_or(0);
        Act::Extend {
            session,
            minutes: 1,
        }
        .need(setting)
    },
    fields: &[SESSION, MINUTES],
    start: about,
    read: |answers| {
        Some(AnyAct::Internet(Act::Extend {
            session: answers.number("session")?,
            minutes: answers.number("minutes")?,
        }))
    },
    then: now,
};

/// Close it.
pub(super) const END: Form = Form {
    act: "internet.end",
    path: "/internet/end",
    title: "Close the internet",
    button: "Close it",
    help: "From this moment on nothing more is reached. Whoever works here may close what somebody else has opened.",
    need: |_, _| Need::Team,
    fields: &[SESSION],
    start: about,
    read: |answers| {
        Some(AnyAct::Internet(Act::End {
            session: answers.number("session")?,
        }))
    },
    then: now,
};

/// A break.
pub(super) const BREAK: Form = Form {
    act: "internet.go-on-break",
    path: "/internet/break",
    title: "Go on a break",
    button: "I go on a break",
    help: "What you have opened for children is closed: nobody is left alone with it.",
    need: |_, _| Need::Team,
    fields: &[],
    start: from_address,
    read: |_| Some(AnyAct::Internet(Act::GoOnBreak)),
    then: now,
};

/// Look at sites.
pub(super) const LOOK_AT: Form = Form {
    act: "internet.look-at",
    path: "/internet/look-at",
    title: "Sites that you have looked at",
    button: "I have looked at all of it",
    help: "Look at each site all the way through, as a child would use it: films to their end, pictures, what is advertised, where its links lead. Then write it down.",
    need: |_, _| Need::Team,
    fields: &[
        Field::new("bundle", "Bundle", FieldKind::Hidden).optional(),
        Field::new("name", "What is it called?", FieldKind::Line(NAME_MAX))
            .hint("Such as Pond life"),
        Field::new("sites", "The sites", FieldKind::Text(3_000))
            .hint("One on each line, such as frogs.example.org"),
        Field::new(
            "needs",
            "What do they need to work?",
            FieldKind::Text(3_000),
        )
        .hint("Sites from which their pictures, films or buttons come, one on each line")
        .optional(),
        Field::new("what-for", "What is it for?", FieldKind::Line(WORDS_MAX)),
        Field::new(
            "age-from",
            "From which age on, in years?",
            FieldKind::Number(0, 18),
        ),
    ],
    start: |view, params| {
        let answers = Answers::from_params(params);
        let number = params.number::<u32>("bundle");
        let found = number.and_then(|number| view.setting.internet.bundle(number));
        let answers = match found {
            Some(bundle) if answers.text("name").is_none() => answers
                .with("name", &bundle.about.name)
                .with("sites", bundle.about.sites.join("\n"))
                .with("needs", bundle.about.needs.join("\n"))
                .with("what-for", &bundle.about.what_for)
                .with("age-from", bundle.about.age_from.to_string()),
            Some(_) | None => answers,
        };
        Start {
            answers,
            above: None,
            not_here: number.is_some() && found.is_none(),
        }
    },
    read: |answers| {
        let lines = |name: &str| {
            let words = answers.text(name).unwrap_or_default();
            let lines = words.split(['\n', ',', ' ']).map(str::trim);
            lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Some(AnyAct::Internet(Act::LookAt {
            bundle: answers.number("bundle"),
            name: answers.text("name")?,
            sites: lines("sites"),
            needs: lines("needs"),
            what_for: answers.text("what-for")?,
            age_from: answers.number("age-from")?,
        }))
    },
    then: |_| "/internet/sites".to_owned(),
};

/// Take a bundle away.
pub(super) const DROP: Form = Form {
    act: "internet.drop",
    path: "/internet/drop",
    title: "Take sites away",
    button: "Take them away",
    help: "From now on they are not open for children any more, not even where they are open at this moment.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::leadership()]),
    fields: &[
        Field::new("bundle", "Bundle", FieldKind::Hidden),
        Field::new("why", "Why?", FieldKind::Line(WORDS_MAX)),
    ],
    start: |view, params| {
        let found = params.number("bundle");
        let found = found.and_then(|number| view.setting.internet.bundle(number));
        Start {
            answers: Answers::from_params(params),
            not_here: found.is_none(),
            above: found.map(|bundle| text::inset(&bundle.about.name)),
        }
    },
    read: |answers| {
        Some(AnyAct::Internet(Act::Drop {
            bundle: answers.number("bundle")?,
            why: answers.text("why")?,
        }))
    },
    then: |_| "/internet/sites".to_owned(),
};

/// Choose a search tool.
pub(super) const CHOOSE_TOOL: Form = Form {
    act: "internet.choose-tool",
    path: "/internet/tool",
    title: "Choose a search tool for children",
    button: "Choose it",
    help: "Only tools that are safe by themselves, or that the filter can make safe, are in the list. Say what you weighed up: the children’s age, what comes up for words that they use, advertisements.",
    need: |_, _| Need::leadership(),
    fields: &[
        Field::new("tool", "Which one?", FieldKind::ChoiceOf(tools)),
        Field::new(
            "assessment",
            "What did you weigh up?",
            FieldKind::Text(1_000),
        ),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Internet(Act::ChooseTool {
            tool: answers.text("tool")?,
            assessment: answers.text("assessment")?,
        }))
    },
    then: |_| "/internet/sites".to_owned(),
};
