//! Forms of the care around monitoring: checks, talks, the assessment, reviews and support.

use super::forms::monitor;
use crate::{
    monitor::{
        acts::{Act, WORDS_MAX},
        circle,
        controls::hand_checks::talked_in,
        entries::{Assessed, Outcome},
    },
    people::pages::known,
    spine::{
        act::Person,
        answers::Answers,
        page::{Field, FieldKind, Form, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{
    facts::{Fact, facts},
    guide,
};
use maud::html;
use std::collections::BTreeSet;

/// How a check by hand went.
pub(super) const CHECK: Form = Form {
    act: "monitor.check",
    path: "/monitor/checks/done",
    title: "How a check by hand went",
    button: "Write it down",
    help: "Look at it with whoever uses it: what is on it, what was opened, who is signed in, whether it is as our policy wants it. Write nothing here about anybody: what is a worry is a concern.",
    need: |_, setting| circle::checking(setting),
    fields: &[
        Field::new("check", "Check", FieldKind::Hidden),
        Field::new(
            "outcome",
            "How did it go?",
            FieldKind::Choice(Outcome::KEYS),
        ),
        Field::new(
            "note",
            "What was not as it should be?",
            FieldKind::Text(WORDS_MAX),
        )
        .hint("Without anybody’s name")
        .optional(),
    ],
    start: |view, params| {
        let found = params.number("check");
        let found = found.and_then(|number| view.setting.monitor.check(number));
        Start {
            answers: Answers::from_params(params),
            not_here: found.is_none(),
            above: found.map(|check| {
                let thing = view.words(&check.picked.thing.in_words(view.setting));
                html! {
                    (facts(&[Fact::new("Picked by chance", thing)]))
                    (guide::do_not_list(&["do not open, copy or delete what may be illegal: put the device aside and report it"]))
                }
            }),
        }
    },
    read: |answers| {
        monitor(Act::Check {
            check: answers.number("check")?,
            outcome: Outcome::from_key(&answers.text("outcome")?)?,
            note: answers.text("note").unwrap_or_default(),
        })
    },
    then: |_| "/monitor/checks".to_owned(),
};

fn places(view: &View<'_>) -> Vec<(String, String)> {
    let mut places = talked_in(view.in_force);
    for usual in ["staff meetings", "supervision"] {
        if !places.iter().any(|own| own.eq_ignore_ascii_case(usual)) {
            places.push(usual.to_owned());
        }
    }
    places
        .into_iter()
        .map(|place| (place.clone(), place))
        .collect()
}

/// Online safety was talked over.
pub(super) const TALK: Form = Form {
    act: "monitor.talk",
    path: "/monitor/talked",
    title: "We talked it over",
    button: "Write it down",
    help: "When online safety was an item of a staff meeting or of supervision. Write what it was about, without anybody’s name.",
    need: |_, setting| circle::checking(setting),
    fields: &[
        Field::new("place", "Where?", FieldKind::ChoiceOf(places)),
        Field::new("on", "On which day?", FieldKind::Date),
        Field::new("about", "What was it about?", FieldKind::Text(WORDS_MAX))
            .hint("Without anybody’s name"),
    ],
    start: from_address,
    read: |answers| {
        monitor(Act::Talk {
            place: answers.text("place")?,
            on: answers.date("on")?,
            about: answers.text("about")?,
        })
    },
    then: |_| "/monitor/checks".to_owned(),
};

/// The impact assessment.
pub(super) const ASSESS: Form = Form {
    act: "monitor.assess",
    path: "/monitor/assess",
    title: "Write down the impact assessment",
    button: "Write it down",
    help: "Data protection law asks for it where people are watched. Ask your data protection lead, and those who are watched. What stood there before stays in the ledger.",
    need: |_, _| Need::leadership(),
    fields: &[
        Field::new(
            "purpose",
            "What is monitoring for, and on which lawful basis?",
            FieldKind::Text(WORDS_MAX),
        ),
        Field::new(
            "need",
            "Why will nothing do that looks at less?",
            FieldKind::Text(WORDS_MAX),
        )
        .hint("Adults beside the children, approved sites, teaching"),
        Field::new(
            "risks",
            "What could go wrong for people?",
            FieldKind::Text(WORDS_MAX),
        ),
        Field::new(
            "measures",
            "What is done about it?",
            FieldKind::Text(WORDS_MAX),
        )
        .hint("Who may look, a reason for each look, how long it is kept"),
        Field::new("asked", "Who was asked?", FieldKind::Text(WORDS_MAX)),
        Field::new("review", "When is it looked at again?", FieldKind::Date)
            .hint("Within two years"),
    ],
    start: |view, params| {
        let mut answers = Answers::from_params(params);
        if let Some(last) = view.setting.monitor.assessments().last() {
            let own = &last.assessed;
            for (name, words) in [
                ("purpose", &own.purpose),
                ("need", &own.need),
                ("risks", &own.risks),
                ("measures", &own.measures),
                ("asked", &own.asked),
            ] {
                if answers.text(name).is_none() {
                    answers.add(name, words);
                }
            }
        }
        Start {
            answers,
            above: None,
            not_here: false,
        }
    },
    read: |answers| {
        monitor(Act::Assess(Box::new(Assessed {
            purpose: answers.text("purpose")?,
            need: answers.text("need")?,
            risks: answers.text("risks")?,
            measures: answers.text("measures")?,
            asked: answers.text("asked")?,
            review: answers.date("review")?,
        })))
    },
    then: |_| "/monitor/assessment".to_owned(),
};

/// The work of those who monitor was looked through.
pub(super) const REVIEW_MONITORS: Form = Form {
    act: "monitor.review-monitors",
    path: "/monitor/watching/done",
    title: "The work of those who monitor was looked through",
    button: "Write it down",
    help: "Read the reasons of the looks that chance picked, and ask about those that you do not understand. Ask those who monitor how they are, and whether they need help with what they see.",
    need: |_, setting| Need::Holds(circle::watching_over(setting)),
    fields: &[
        Field::new("found", "What did you find?", FieldKind::Text(WORDS_MAX))
            .hint("Whether the reasons hold, and what is to change"),
    ],
    start: from_address,
    read: |answers| {
        monitor(Act::ReviewMonitors {
            found: answers.text("found")?,
        })
    },
    then: |_| "/monitor/watching".to_owned(),
};

/// Whoever monitors, apart from the reader.
fn monitors(view: &View<'_>) -> Vec<(String, String)> {
    let roles = circle::watching(view.setting);
    let holders = roles
        .iter()
        .flat_map(|role| view.setting.roles.holders(role, view.today));
    let all: BTreeSet<Person> = holders
        .filter(|person| Some(*person) != view.person())
        .collect();
    known::named(view, all.into_iter())
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// Somebody who monitors was given support.
pub(super) const SUPPORT: Form = Form {
    act: "monitor.support",
    path: "/monitor/watching/support",
    title: "Support was given",
    button: "Write it down",
    help: "Whoever monitors may see distressing material. Write down what was offered and done: a talk, time, advice from outside. It is seen by them, by you, and by the committee’s chair and member for safeguarding.",
    need: |_, setting| Need::Holds(circle::watching_over(setting)),
    fields: &[
        Field::new("person", "Who?", FieldKind::ChoiceOf(monitors)),
        Field::new("how", "What was done?", FieldKind::Text(WORDS_MAX)),
    ],
    start: from_address,
    read: |answers| {
        monitor(Act::Support {
            person: answers.person("person")?,
            how: answers.text("how")?,
        })
    },
    then: |_| "/monitor/watching".to_owned(),
};
