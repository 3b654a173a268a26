//! The forms of agreements: sign, issue, translate, give a code, record what was signed on paper.

use super::{at, group_of, may_read, reading};
use crate::{
    access::pages::MADE_CODE,
    agreements::{
        acts::{Act, Hand},
        asks, bound, texts,
    },
    people::{
        group::Group,
        pages::known::{adults_to_choose, label},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        tongue::Tongue,
        view::View,
    },
};
use kit::{
    difference::{difference, difference_key},
    text,
};
use maud::html;

pub(super) const GROUP: Field = Field::new("group", "Group", FieldKind::Hidden);
pub(super) const VERSION: Field = Field::new("version", "Version", FieldKind::Hidden);
pub(super) const LANGUAGE: Field = Field::new("language", "Language", FieldKind::Hidden).optional();
pub(super) const NAME: Field = Field::new("name", "Type your name", FieldKind::Line(120))
    .hint("Your name as you sign it.")
    .optional();
pub(super) const DRAWN: Field =
    Field::new("drawn", "Or draw your signature", FieldKind::Drawn(16_000))
        .hint("With a finger, a pen or the mouse.")
        .optional();
pub(super) const AGREE: Field = Field::new(
    "agree",
    "I have read this agreement, I understand it, and I will keep to it",
    FieldKind::Confirm,
);

pub(super) const SIGN: Form = Form {
    act: "agreements.sign",
    path: "/agreements/{group}/sign",
    title: "Sign the agreement",
    button: "Sign",
    help: "Read the agreement again if you like; it stands here. Then type your name and sign.",
    need: |_, _| Need::SignedIn,
    fields: &[GROUP, VERSION, LANGUAGE, NAME, DRAWN, AGREE],
    start: start_signing,
    read: |answers| {
        Some(AnyAct::Agreements(Act::Sign {
            group: Group::from_key(&answers.text("group")?)?,
            version: answers.number("version")?,
            hand: hand(answers),
        }))
    },
    then: |_| "/agreements".to_owned(),
};

/// What somebody wrote.
pub(super) fn hand(answers: &Answers) -> Hand {
    Hand {
        name: answers.text("name"),
        drawn: answers.text("drawn"),
        language: language(answers),
    }
}

fn language(answers: &Answers) -> String {
    let said = answers.text("language").unwrap_or_default();
    let known = Tongue::from_code(&said).unwrap_or_default();
    known.code().to_owned()
}

pub(super) fn not_here() -> Start {
    Start {
        not_here: true,
        ..Start::default()
    }
}

fn start_signing(view: &View<'_>, params: &Params) -> Start {
    let group = group_of(params).filter(|group| may_read(view, *group));
    let current = group.and_then(|group| view.setting.agreements.current(group));
    let mine = |group: Group| {
        let person = view.person();
        person.is_some_and(|person| view.setting.people.is_of(person, group, view.today))
    };
    let Some(current) = current.filter(|current| mine(current.says.group)) else {
        return not_here();
    };
    Start {
        answers: Answers::default()
            .with("group", current.says.group.key())
            .with("version", current.says.number.to_string())
            .with("language", view.tongue().code()),
        above: Some(html! {
            (text::paragraph(text::muted(reading::about(view, current))))
            (reading::whole(view, current))
        }),
        not_here: false,
    }
}

pub(super) const ISSUE: Form = Form {
    act: "agreements.issue",
    path: "/agreements/{group}/issue",
    title: "Issue a version",
    button: "Issue this version",
    help: "Everybody of the group is asked to sign it from today on. The version stays as it is for ever.",
    need: |_, _| Need::management(),
    fields: &[
        GROUP,
        Field::new("intro", "Introduction", FieldKind::Text(3_000))
            .hint("What stands before the points. Say it as you would to somebody at the door."),
    ],
    start: start_issuing,
    read: |answers| {
        Some(AnyAct::Agreements(Act::Issue {
            group: Group::from_key(&answers.text("group")?)?,
            intro: answers.text("intro")?,
        }))
    },
    then: to_group,
};

fn to_group(answers: &Answers) -> String {
    format!("/agreements/{}", answers.text("group").unwrap_or_default())
}

fn start_issuing(view: &View<'_>, params: &Params) -> Start {
    let bound = asks::in_force(view.in_force);
    let Some((bound, group)) = bound.zip(group_of(params)) else {
        return not_here();
    };
    if !bound::with_agreement(bound).contains(&group) {
        return not_here();
    }
    let points = bound::points(view.setting, &view.in_force.document, group);
    let current = view.setting.agreements.current(group);
    let intro = current.map_or_else(
        || texts::intro(group, view.setting.place.name()),
        |current| current.says.intro.clone(),
    );
    let lines: Vec<&str> = points.iter().map(|point| point.text.as_str()).collect();
    let days = bound::grace_days(bound);
    let above = html! {
        (text::inset(format!("For {}: {} points. People have {days} days to sign; after that everything else waits until they have.", group.in_words(), points.len())))
        @if let Some(current) = current {
            (text::h2(format!("What changes against version {}", current.says.number)))
            (difference_key())
            (difference(&reading::lines(&current.says.points), &reading::lines(&points)))
        }
        (text::h2("The points"))
        (text::numbered(&lines))
        (text::h2("What whoever signs confirms"))
        (text::bullets(&texts::confirms(bound)))
        (text::paragraph(text::link(&at(group, "/points"), "Leave a clause out or put one in")))
    };
    Start {
        answers: Answers::from_params(params).with("intro", intro),
        above: Some(above),
        not_here: false,
    }
}

const OTHER_LANGUAGES: &[(&str, &str)] = &[
    ("pl", "Polish"),
    ("ur", "Urdu"),
    ("ar", "Arabic"),
    ("ro", "Romanian"),
    ("uk", "Ukrainian"),
];

pub(super) const TRANSLATE: Form = Form {
    act: "agreements.translate",
    path: "/agreements/{group}/translate",
    title: "Put an agreement into another language",
    button: "Keep it",
    help: "Write each point on one line, in the order in which they stand here. A line with only a hyphen stays in English, marked as such.\nLet somebody check it who speaks the language well.",
    need: |_, _| Need::management(),
    fields: &[
        GROUP,
        VERSION,
        Field::new("language", "Language", FieldKind::Choice(OTHER_LANGUAGES)),
        Field::new(
            "intro",
            "Introduction in this language",
            FieldKind::Text(3_000),
        )
        .optional(),
        Field::new(
            "points",
            "The points, one on each line",
            FieldKind::Text(60_000),
        ),
    ],
    start: start_translating,
    read: |answers| {
        let points = answers.text("points")?;
        let lines = points.lines().filter(|line| !line.trim().is_empty());
        Some(AnyAct::Agreements(Act::Translate {
            group: Group::from_key(&answers.text("group")?)?,
            version: answers.number("version")?,
            language: answers.text("language")?,
            intro: answers.text("intro").unwrap_or_default(),
            points: lines.map(str::to_owned).collect(),
        }))
    },
    then: to_group,
};

fn start_translating(view: &View<'_>, params: &Params) -> Start {
    let agreements = &view.setting.agreements;
    let version = group_of(params).and_then(|group| match params.number("version") {
        Some(number) => agreements.version(group, number),
        None => agreements.current(group),
    });
    let Some(version) = version else {
        return not_here();
    };
    let mut answers = Answers::default()
        .with("group", version.says.group.key())
        .with("version", version.says.number.to_string());
    let language = params.get("language");
    if let Some(own) = version.in_language(language) {
        let lines = version.says.points.iter().map(|point| {
            let words = own.points.get(&point.clause);
            words.map_or("-", String::as_str)
        });
        answers = answers
            .with("language", language)
            .with("intro", &own.intro)
            .with("points", lines.collect::<Vec<_>>().join("\n"));
    }
    let lines: Vec<&str> = version
        .says
        .points
        .iter()
        .map(|point| point.text.as_str())
        .collect();
    let above = html! {
        (text::h2("Introduction"))
        (text::paragraph(&version.says.intro))
        (text::h2("The points"))
        (text::numbered(&lines))
    };
    Start {
        answers,
        above: Some(above),
        not_here: false,
    }
}

pub(super) const GIVE_CODE: Form = Form {
    act: "agreements.give-signing-code",
    path: "/agreements/give-code",
    title: "Give a code to sign with",
    button: "Make the code",
    help: "For somebody who has no account yet. You see the code once: hand it to them. With it they read and sign on their own phone, at the page /sign of this address, or at the kiosk.\nThe code is good for 14 days, and for nothing else.",
    need: |_, _| Need::management(),
    fields: &[Field::new(
        "person",
        "For whom?",
        FieldKind::ChoiceOf(adults_to_choose),
    )],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Agreements(Act::GiveCode {
            person: answers.person("person")?,
            code: answers.text(MADE_CODE)?,
        }))
    },
    then: |_| "/agreements".to_owned(),
};

pub(super) const RECORD_PAPER: Form = Form {
    act: "agreements.record-paper",
    path: "/agreements/record-paper",
    title: "Record a signature on paper",
    button: "Record it",
    help: "For somebody who signed the agreement on paper. It must be the version that counts now. Keep the paper.",
    need: |_, _| Need::leadership(),
    fields: &[
        Field::new(
            "person",
            "Who signed?",
            FieldKind::ChoiceOf(adults_to_choose),
        ),
        Field::new("group", "Which agreement?", FieldKind::ChoiceOf(issued)),
        Field::new("on", "On which day?", FieldKind::Date),
        Field::new(
            "scan",
            "The paper, scanned",
            FieldKind::Keep(SCAN_BYTES_MAX),
        )
        .hint("A PDF or a picture of at most 20 MB. Keep the paper too")
        .optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Agreements(Act::RecordPaper {
            person: answers.person("person")?,
            group: Group::from_key(&answers.text("group")?)?,
            on: answers.date("on")?,
            scan: answers.kept("scan").cloned().map(Box::new),
        }))
    },
    then: to_group,
};

/// The largest scan, in bytes.
const SCAN_BYTES_MAX: usize = 20 << 20;

/// The groups of which a version was issued.
fn issued(view: &View<'_>) -> Vec<(String, String)> {
    let groups = Group::ALL.into_iter();
    groups
        .filter(|group| *group != Group::Child && view.setting.agreements.current(*group).is_some())
        .map(|group| (group.key().to_owned(), label(group).to_owned()))
        .collect()
}
