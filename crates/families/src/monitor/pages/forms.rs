//! Forms: look at what was asked for; what comes of an alert; the reports were looked through.

use super::alerts;
use crate::{
    monitor::{
        acts::{Act, LINE_MAX, LOOK_DAYS_MAX, NewLook, WORDS_MAX},
        circle, keep_days,
        register::Alert,
    },
    people::pages::known,
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kernel::moment::minus_days;
use kit::{guide, text};
use maud::html;

const CASE: Field = Field::new("case", "Alert", FieldKind::Hidden);

pub(super) fn monitor(act: Act) -> Option<AnyAct> {
    Some(AnyAct::Monitor(act))
}

fn on(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn devices(view: &View<'_>) -> Vec<(String, String)> {
    let devices = view.setting.devices.kept();
    let mut all: Vec<(String, String)> = devices
        .map(|device| (device.number.to_string(), device.about.name.clone()))
        .collect();
    all.sort_by_key(|(_, name)| name.to_lowercase());
    all
}

/// Whom this reader may look at: whoever works here or has a device.
fn people(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let has_one = |person| {
        let mut devices = view.setting.devices.kept();
        devices.any(|device| device.holder().is_some_and(|hand| hand.person == person))
    };
    let all = people.here(view.today).filter(|person| {
        let may = circle::may_look_at(view.who, Some(*person), view.setting, view.today);
        may && (people.is_team(*person, view.today) || has_one(*person))
    });
    known::named(view, all)
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// Look at what was asked for.
pub(super) const LOOK: Form = Form {
    act: "monitor.look",
    path: "/monitor/look",
    title: "Look at what was asked for",
    button: "Write it down and look",
    help: "Choose a person or a device, or write a word that you look for, and say why. Your reason is kept with your name before anything is shown, and a second person looks through some of the looks. It is open to you for a day.\nNobody looks at what they asked for themselves; whoever leads is looked at by somebody else.",
    need: |_, setting| circle::looking(setting),
    fields: &[
        Field::new("person", "Whose?", FieldKind::ChoiceOf(people)).optional(),
        Field::new("device", "On which device?", FieldKind::ChoiceOf(devices)).optional(),
        Field::new("has", "Only what has this in it", FieldKind::Line(LINE_MAX))
            .hint("A part of a name or address, such as frogs")
            .optional(),
        Field::new("first", "From which day?", FieldKind::Date),
        Field::new("last", "Until which day?", FieldKind::Date).hint("At most a month"),
        Field::new(
            "why",
            "Why do you need to look?",
            FieldKind::Text(WORDS_MAX),
        )
        .hint("What happened, and what you want to find out. No more than is needed"),
        Field::new("concern", "Concern", FieldKind::Hidden).optional(),
    ],
    start: |view, params| {
        let mut answers = Answers::from_params(params);
        let keep = keep_days(view.setting, view.in_force, view.today).min(LOOK_DAYS_MAX);
        let days = params.number("days").unwrap_or(1).clamp(1, keep);
        if answers.date("first").is_none() && answers.date("last").is_none() {
            let first = minus_days(view.today, days.saturating_sub(1));
            answers.add("first", &first.to_string());
            answers.add("last", &view.today.to_string());
        }
        Start {
            answers,
            above: None,
            not_here: false,
        }
    },
    read: |answers| {
        monitor(Act::Look(Box::new(NewLook {
            person: answers.person("person"),
            device: answers.number("device"),
            has: answers.text("has").unwrap_or_default(),
            first: answers.date("first")?,
            last: answers.date("last")?,
            why: answers.text("why")?,
            concern: answers.number("concern"),
        })))
    },
    then: |_| "/monitor/looks".to_owned(),
};

/// An alert of the address, when it stands as the form wants it.
fn of_alert(view: &View<'_>, params: &Params, fits: fn(&Alert) -> bool) -> Start {
    let found = params.number("case");
    let found = found.and_then(|number| view.setting.monitor.alert(number));
    let found = found.filter(|alert| fits(alert));
    Start {
        answers: Answers::from_params(params),
        not_here: found.is_none(),
        above: found.map(|alert| html! { (alerts::known(view, alert)) }),
    }
}

fn to_alert(answers: &Answers) -> String {
    let number: u32 = answers.number("case").unwrap_or(0);
    format!("/monitor/alerts/{number}")
}

/// Make a concern of an alert.
pub(super) const TAKE_UP: Form = Form {
    act: "monitor.take-up",
    path: "/monitor/alerts/take-up",
    title: "Make it a concern",
    button: "Make it a concern",
    help: "A concern begins with what is known: what was asked for, the device, whose it was, when and where. It goes the way that every concern goes, round whom it is about. Add what you know beyond that.",
    need: on,
    fields: &[
        CASE,
        Field::new("what", "What else do you know?", FieldKind::Text(WORDS_MAX))
            .hint("What happened, apart from what you think of it")
            .optional(),
    ],
    start: |view, params| {
        let mut start = of_alert(view, params, Alert::waits);
        start.above = start.above.map(|known| {
            html! {
                (known)
                (text::warning("If somebody is in danger now, ring 999."))
                (guide::do_not_list(&["do not open what was asked for, to see what it is"]))
            }
        });
        start
    },
    read: |answers| {
        monitor(Act::TakeUp {
            case: answers.number("case")?,
            what: answers.text("what").unwrap_or_default(),
        })
    },
    then: |_| "/concerns/sent".to_owned(),
};

/// Dismiss an alert.
pub(super) const DISMISS: Form = Form {
    act: "monitor.dismiss",
    path: "/monitor/alerts/dismiss",
    title: "Dismiss an alert",
    button: "Dismiss it",
    help: "When it is no worry, say how you know. Some that were dismissed are looked at again by somebody else, as chance has it; the most urgent, each of them.",
    need: on,
    fields: &[
        CASE,
        Field::new(
            "why",
            "How do you know that it is no worry?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: |view, params| of_alert(view, params, Alert::waits),
    read: |answers| {
        monitor(Act::Dismiss {
            case: answers.number("case")?,
            why: answers.text("why")?,
        })
    },
    then: to_alert,
};

/// Look again at an alert that was dismissed.
pub(super) const SECOND_LOOK: Form = Form {
    act: "monitor.second-look",
    path: "/monitor/alerts/second-look",
    title: "Look again at an alert",
    button: "Write it down",
    help: "Somebody dismissed it, and chance picked it for a second look. Say whether that was right. If it was not, it waits again.",
    need: on,
    fields: &[
        CASE,
        Field::new("right", "Was it rightly dismissed?", FieldKind::YesNo),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: |view, params| of_alert(view, params, Alert::waits_again),
    read: |answers| {
        monitor(Act::SecondLook {
            case: answers.number("case")?,
            right: answers.yes("right")?,
            why: answers.text("why")?,
        })
    },
    then: to_alert,
};

/// The reports were looked through.
pub(super) const REVIEW_USE: Form = Form {
    act: "monitor.review-use",
    path: "/monitor/reviewed",
    title: "The reports were looked through",
    button: "Write it down",
    help: "Look at the charts of monitoring first. Write down what comes of it: what is closed too often, what should be closed, what people need to learn. Nobody is named here; what is a worry is a concern.",
    need: |_, setting| circle::seeing(setting),
    fields: &[
        Field::new("found", "What comes of it?", FieldKind::Text(WORDS_MAX))
            .hint("Without anybody’s name"),
    ],
    start: |_, params| Start {
        answers: Answers::from_params(params),
        above: Some(
            html! { (text::paragraph(text::link("/monitor?days=28", "The reports of the last 28 days"))) },
        ),
        not_here: false,
    },
    read: |answers| {
        monitor(Act::ReviewUse {
            found: answers.text("found")?,
        })
    },
    then: |_| "/monitor/kept".to_owned(),
};
