//! What the law asks of people themselves, what it asks of the reader now, and what they did.

use super::{
    acts::{Act, Answer, need},
    register::OwnDuty,
    rules::{self, EXCEPTIONS, Rule},
};
use crate::{
    concerns::acts::Act as Concern,
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kernel::moment::{Date, date_in_words};
use kit::{
    button::button,
    facts::{Fact, card, facts},
    navigation, text,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// What somebody did: key and label.
const WHAT: &[(&str, &str)] = &[
    ("reported", "I have reported it"),
    ("not-asked", "The law does not ask it of me here"),
    (
        "waits",
        "Telling now would put the child in danger; I tell later",
    ),
];

/// What the law asks of people themselves.
pub(in crate::concerns) const ALL: Page = Page {
    path: "/concerns/own-duty",
    title: "Your own duty to report",
    menu: 0,
    help: "Sometimes the law asks you yourself to tell the police or the council what you know, whatever the setting does. Here stands when, whom and by when; and what is asked of you after your own reports.\nNobody may keep you from it.",
    need: |_, _| Need::Team,
    lines: None,
    show,
};

/// What is asked of one person after one report.
pub(in crate::concerns) const ONE: Page = Page {
    path: "/concerns/own-duty/{case}",
    title: "Your own duty to report: one report",
    menu: 0,
    help: "What the law may ask of you yourself after this report. If it does, tell them, and write down here whom you told and when; or the lawful reason why it is not asked of you.",
    need: on,
    lines: None,
    show: one,
};

/// Say what one did.
pub(in crate::concerns) const ANSWER: Form = Form {
    act: "concerns.answer-own-duty",
    path: "/concerns/own-duty/answer",
    title: "What you did about your own duty to report",
    button: "Write it down",
    help: "Write down whom you told, when, and their reference. Or why the law does not ask it of you here. You can write it again when something changes; nothing that you wrote is taken away.",
    need: |params, setting| need(params.number("case").unwrap_or(0), setting),
    fields: &[
        Field::new("case", "Report", FieldKind::Hidden),
        Field::new("what", "What did you do?", FieldKind::Choice(WHAT)),
        Field::new("to", "Whom did you tell?", FieldKind::Line(200)).optional(),
        Field::new("on", "When did you tell them?", FieldKind::Date).optional(),
        Field::new("reference", "Their reference", FieldKind::Line(100)).optional(),
        Field::new(
            "reason",
            "Why does the law not ask it of you here?",
            FieldKind::Choice(EXCEPTIONS),
        )
        .optional(),
        Field::new("until", "If you wait: until when?", FieldKind::Date).optional(),
        Field::new("words", "Why, in your words", FieldKind::Text(2_000)).optional(),
    ],
    start,
    read,
    then: |answers| {
        let number: u32 = answers.number("case").unwrap_or(0);
        format!("/concerns/own-duty/{number}")
    },
};

fn on(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn read(answers: &Answers) -> Option<AnyAct> {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    let what = match words("what").as_str() {
        "not-asked" => Answer::NotAsked {
            reason: words("reason"),
            words: words("words"),
        },
        "waits" => Answer::Waits {
            until: answers.date("until").unwrap_or(Date::MAX),
            words: words("words"),
        },
        _ => Answer::Reported {
            to: words("to"),
            on: answers.date("on").unwrap_or(Date::MAX),
            reference: words("reference"),
        },
    };
    let case = answers.number("case")?;
    Some(AnyAct::Concerns(Concern::OwnDuty(Act::Answer {
        case,
        what,
    })))
}

fn start(view: &View<'_>, params: &Params) -> Start {
    let found = params.number("case");
    let Some(one) = found.and_then(|case| view.setting.concerns.own_duties().find(case)) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let rules = asked(view, one);
    Start {
        answers: Answers::from_params(params),
        above: Some(html! { @for rule in rules { (described(view, rule)) } }),
        not_here: false,
    }
}

fn asked(view: &View<'_>, one: &OwnDuty) -> Vec<&'static Rule> {
    let rules = view.open(&one.rules).unwrap_or_default();
    rules.iter().filter_map(|id| rules::find(id)).collect()
}

fn described(view: &View<'_>, rule: &Rule) -> Markup {
    let binds = match rule.binds_from(view.in_force) {
        Some(from) if from <= view.today => format!("Since {}", date_in_words(from)),
        Some(from) => format!("From {} on", date_in_words(from)),
        None => "Not yet: no day has been set".to_owned(),
    };
    card(
        &rule.title,
        facts(&[
            Fact::new("Whom it asks", &rule.who),
            Fact::new("What you have to know", &rule.knows),
            Fact::new("Whom to tell", &rule.to),
            Fact::new("By when", &rule.by),
            Fact::new("Good to know", &rule.says),
            Fact::new("What nobody may do", &rule.protects),
            Fact::new("It binds", binds),
            Fact::new("Where it stands", &rule.source),
        ]),
    )
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let nation = view.setting.place.calendar().nation;
    let rules: Vec<&Rule> = rules::of_nation(nation).collect();
    let own = view.setting.concerns.own_duties().all().rev();
    let own = own.filter(|one| view.person() == Some(one.person));
    let own: Vec<Markup> = own.take(50).map(|one| line(view, one)).collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("Your own duty to report"))
        (text::lead("Nobody may keep you from reporting, ask you to wait, or treat you worse because you did. You need nobody’s leave."))
        @if !own.is_empty() {
            (text::h2("After your reports"))
            (text::bullets(&own))
        }
        (text::h2(format!("What the law asks in {}", nation.in_words())))
        @if rules.is_empty() {
            (text::paragraph("The law of this nation asks it of nobody by name. Our policy asks everybody to report a worry, and you can always tell the police or social care yourself."))
        }
        @for rule in rules { (described(view, rule)) }
        (text::h2("If somebody tries to stop you"))
        (text::paragraph(html! {
            "Tell the chair or the regulator. " (text::link("/concerns/complaints", "Complain or speak up")) " says how, and "
            (text::link("/help-directory", "Find help")) " has the numbers."
        }))
    };
    Shown::Page("Your own duty to report".to_owned(), content)
}

fn line(view: &View<'_>, one: &OwnDuty) -> Markup {
    let words = if one.done {
        "you have written down what you did".to_owned()
    } else {
        format!("to do by {}", date_in_words(one.due))
    };
    let reference = reference(view, one.number);
    html! {
        (text::link(&format!("/concerns/own-duty/{}", one.number), format!("Report {reference}")))
        ": " (words)
    }
}

/// What the report is called that a duty came from.
fn reference(view: &View<'_>, number: u32) -> String {
    let case = view
        .setting
        .concerns
        .case(number % crate::concerns::matter::EACH);
    case.map(|case| case.reference.clone()).unwrap_or_default()
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let found = params.number("case");
    let Some(one) = found.and_then(|case| view.setting.concerns.own_duties().find(case)) else {
        return Shown::NotHere;
    };
    let title = "Your own duty to report";
    let is_own = view.person() == Some(one.person);
    let name = crate::concerns::pages::name(view, one.person);
    let to = address(
        "/concerns/own-duty/answer",
        &[("case", &one.number.to_string())],
    );
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1(if is_own { title.to_owned() } else { format!("The own duty of {name} to report") }))
        @if one.done { (text::paragraph("It is written down what was done.")) }
        @else { (text::lead(format!("Look at this by {}. If the law asks it of you, tell them yourself: you need nobody’s leave.", date_in_words(one.due)))) }
        @for rule in asked(view, one) { (described(view, rule)) }
        @if is_own { (button(if one.answers.is_empty() { "Write down what you did" } else { "Write it down anew" }).to(to)) }
        @if !one.answers.is_empty() { (text::h2("What was written down")) }
        @for (words, at) in one.answers.iter().rev() {
            (card(at.in_words(), facts(&answered(&view.open(words).unwrap_or_default()))))
        }
        (text::paragraph("Nobody may keep you from reporting, or treat you worse because you did."))
    };
    let reference = reference(view, one.number);
    Shown::Page(format!("{title}: report {reference}"), content)
}

fn answered(words: &BTreeMap<String, String>) -> Vec<Fact> {
    let labels = [
        ("to", "Told"),
        ("on", "On"),
        ("reference", "Reference"),
        ("reason", "Reason"),
        ("until", "Waits until"),
        ("words", "In their words"),
    ];
    let said = labels.iter().filter_map(|(key, label)| {
        let said = words.get(*key)?;
        let reason = EXCEPTIONS.iter().find(|(key, _)| key == said);
        let day = said.parse::<Date>().ok().map(date_in_words);
        let shown = day.or_else(|| reason.map(|(_, label)| (*label).to_owned()));
        Some(Fact::new(*label, shown.unwrap_or_else(|| said.clone())))
    });
    said.collect()
}
