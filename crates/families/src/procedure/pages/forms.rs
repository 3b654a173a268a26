//! Forms for procedures at work in a case.

use super::{parts, run};
use crate::{
    concerns::pages as concerns,
    procedure::{
        acts::Act,
        own,
        run::{Mark, Outcome},
        sheet,
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kit::{guide, text};
use maud::html;
use std::collections::BTreeMap;

const CASE: Field = Field::new("case", "Case", FieldKind::Hidden);
const RUN: Field = Field::new("run", "Procedure", FieldKind::Hidden);
const STEP: Field = Field::new("step", "Step", FieldKind::Hidden);
const PERSON: Field = Field::new("person", "Who", FieldKind::Hidden);
const WHY: Field = Field::new("why", "Why?", FieldKind::Text(2_000));

const OUTCOMES: &[(&str, &str)] = &[
    ("done", "It is done"),
    ("not-yet", "Not yet"),
    ("not-needed", "It is not needed"),
];

const RISKS: &[(&str, &str)] = &[
    ("none", "It is unlikely that anybody is harmed"),
    ("some", "Somebody may be harmed"),
    ("high", "Harm is likely, or would be severe"),
];

impl Outcome {
    /// As forms write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::NotYet => "not-yet",
            Outcome::NotNeeded => "not-needed",
        }
    }

    fn from_key(key: &str) -> Option<Outcome> {
        let all = [Outcome::Done, Outcome::NotYet, Outcome::NotNeeded];
        all.into_iter().find(|outcome| outcome.key() == key)
    }
}

fn on_case(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn number(answers: &Answers, name: &str) -> Option<u32> {
    answers.number(name)
}

fn to_case(answers: &Answers) -> String {
    format!("/concerns/cases/{}", number(answers, "case").unwrap_or(0))
}

fn to_run(answers: &Answers) -> String {
    let (case, run) = (number(answers, "case"), number(answers, "run"));
    let run = format!(
        "/procedure/cases/{}/{}",
        case.unwrap_or(0),
        run.unwrap_or(0)
    );
    // Back to where one was: the page is long.
    match answers.text("step") {
        Some(step) => format!("{run}#{}", guide::place(&step)),
        None => run,
    }
}

/// Begins with which step of which case it is.
fn at_step(view: &View<'_>, params: &Params) -> Start {
    let opened = run::of_address(view, params);
    let item = opened
        .as_ref()
        .and_then(|opened| opened.course.item(params.get("step")));
    let (Some(opened), Some(item)) = (&opened, item) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    Start {
        answers: Answers::from_params(params),
        above: Some(html! {
            (text::lead(html! { (concerns::to_case(opened.case)) ": " (item.title) }))
            (parts::says(view, item, Some(opened.case.number)))
        }),
        not_here: false,
    }
}

/// Begins with which case it is, for acts about a person of it.
fn at_person(view: &View<'_>, params: &Params) -> Start {
    let opened = run::of_address(view, params);
    let person = params.person("person").filter(|person| {
        opened
            .as_ref()
            .is_some_and(|one| one.case.excluded.contains(person))
    });
    let (Some(opened), Some(person)) = (&opened, person) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let who = run::name(view, Some(person));
    Start {
        answers: Answers::from_params(params),
        above: Some(text::lead(
            html! { (concerns::to_case(opened.case)) ": " (who) },
        )),
        not_here: false,
    }
}

fn procedures(_: &View<'_>) -> Vec<(String, String)> {
    let all = sheet::all().iter();
    all.map(|sheet| (sheet.id.clone(), sheet.title.clone()))
        .collect()
}

fn ways(_: &View<'_>) -> Vec<(String, String)> {
    let all = sheet::all().iter().flat_map(|sheet| {
        let each = sheet.ways.iter();
        each.map(|way| (way.id.clone(), way.title.clone()))
    });
    all.collect()
}

fn kinds(view: &View<'_>) -> Vec<(String, String)> {
    let kinds = own::police_kinds(view.in_force).into_iter();
    kinds.map(|kind| (kind.clone(), kind)).collect()
}

/// Begin a procedure.
pub(super) const START: Form = Form {
    act: "procedure.start",
    path: "/procedure/start",
    title: "Begin a procedure",
    button: "Begin",
    help: "Choose what has happened. The case then leads you through it step by step, and its clocks run from when the setting first heard.\nIf our policy names it among what goes to the police, tick it: telling them can then be passed over only with a reason and when a second person agrees.\nWhoever the case is about sees nothing of it.",
    need: on_case,
    fields: &[
        CASE,
        Field::new(
            "procedure",
            "What has happened?",
            FieldKind::ChoiceOf(procedures),
        ),
        Field::new(
            "way",
            "If it is an indecent image: how did it come about?",
            FieldKind::ChoiceOf(ways),
        )
        .hint("Leave it out for everything else")
        .optional(),
        Field::new(
            "kinds",
            "Is it one of these, which our policy sends to the police?",
            FieldKind::SeveralOf(kinds),
        )
        .optional(),
        Field::new(
            "heard",
            "On which day did anybody here first hear of it?",
            FieldKind::Date,
        )
        .hint("Only if it was before the report")
        .optional(),
    ],
    start: |view, params| {
        let case = params
            .number("case")
            .and_then(|case| view.setting.concerns.case(case));
        Start {
            answers: Answers::from_params(params),
            above: case.map(|case| text::lead(concerns::to_case(case))),
            not_here: case.is_none(),
        }
    },
    read: |answers| {
        Some(AnyAct::Procedure(Act::Start {
            case: number(answers, "case")?,
            sheet: answers.text("procedure")?,
            way: answers.text("way").unwrap_or_default(),
            kinds: answers.several("kinds"),
            heard: answers.date("heard"),
        }))
    },
    then: to_case,
};

fn mark(answers: &Answers, outcome: Outcome, more: &[&str]) -> Option<AnyAct> {
    let kept = more.iter().filter_map(|name| {
        let words = answers.text(name).filter(|words| !words.is_empty())?;
        Some(((*name).to_owned(), words))
    });
    Some(AnyAct::Procedure(Act::Mark {
        case: number(answers, "case")?,
        run: number(answers, "run")?,
        mark: Mark {
            step: answers.text("step")?,
            outcome,
            words: answers.text("words").unwrap_or_default(),
            more: kept.collect::<BTreeMap<_, _>>(),
        },
    }))
}

/// Say how a step stands.
pub(super) const MARK: Form = Form {
    act: "procedure.mark",
    path: "/procedure/mark",
    title: "Say how a step stands",
    button: "Write it down",
    help: "Say that it is done, that it is not done yet and why, or that it is not needed and why. Where it may not be passed over lightly, a second person on the case is asked to agree.\nWhat you write is kept; say something else later, and both stand in the case.",
    need: on_case,
    fields: &[
        CASE,
        RUN,
        STEP,
        Field::new("outcome", "How does it stand?", FieldKind::Choice(OUTCOMES)),
        Field::new(
            "words",
            "What was done, or why not?",
            FieldKind::Text(4_000),
        )
        .optional(),
        Field::new("who", "Whom did you speak to?", FieldKind::Line(200)).optional(),
        Field::new("reference", "Their reference", FieldKind::Line(100)).optional(),
    ],
    start: at_step,
    read: |answers| {
        let outcome = Outcome::from_key(&answers.text("outcome")?)?;
        mark(answers, outcome, &["who", "reference"])
    },
    then: to_run,
};

/// Write down what the police answered.
pub(super) const ANSWER: Form = Form {
    act: "procedure.answer",
    path: "/procedure/answer",
    title: "What the police answered",
    button: "Write it down",
    help: "Write down the reference, what they advised, and what was kept for them. Steps that wait go on only when the police have said so.\nDo not attach anything: no files are taken here.",
    need: on_case,
    fields: &[
        CASE,
        RUN,
        STEP,
        Field::new("reference", "Their reference", FieldKind::Line(100))
            .hint("If they gave none, write that"),
        Field::new("who", "Whom did you speak to?", FieldKind::Line(200)).optional(),
        Field::new("advised", "What did they advise?", FieldKind::Text(4_000)),
        Field::new(
            "kept",
            "What was kept for them, and where?",
            FieldKind::Text(2_000),
        )
        .optional(),
        Field::new(
            "releases",
            "Have they said that the steps that wait may go on?",
            FieldKind::YesNo,
        ),
        Field::new(
            "words",
            "What else is there to say?",
            FieldKind::Text(4_000),
        )
        .optional(),
    ],
    start: at_step,
    read: |answers| {
        let releases = answers.yes("releases")?;
        let act = mark(
            answers,
            Outcome::Done,
            &["reference", "who", "advised", "kept"],
        )?;
        let AnyAct::Procedure(Act::Mark {
            case,
            run,
            mut mark,
        }) = act
        else {
            return None;
        };
        let says = if releases { "yes" } else { "no" };
        mark.more.insert("releases".to_owned(), says.to_owned());
        Some(AnyAct::Procedure(Act::Mark { case, run, mark }))
    },
    then: to_run,
};

/// Write a breach down, with its risk.
pub(super) const ASSESS: Form = Form {
    act: "procedure.assess",
    path: "/procedure/assess",
    title: "Write the breach down",
    button: "Write it down",
    help: "What was lost or seen, whose it is, and how much risk there is for them, with the reason. It stands in the register of breaches, whether anybody is told or not.\nWhere a risk is unlikely, the Information Commissioner need not be told; write down why. Where the risk is high, the people concerned are told too.",
    need: on_case,
    fields: &[
        CASE,
        RUN,
        STEP,
        Field::new(
            "words",
            "What was lost, sent wrongly or seen?",
            FieldKind::Text(4_000),
        ),
        Field::new("whose", "Whose data is it?", FieldKind::Line(300)),
        Field::new(
            "count",
            "About how many people?",
            FieldKind::Number(0, 1_000_000),
        ),
        Field::new(
            "risk",
            "How much risk is there for them?",
            FieldKind::Choice(RISKS),
        ),
        Field::new("why", "Why do you say so?", FieldKind::Text(2_000)),
        Field::new(
            "measures",
            "What was done about it?",
            FieldKind::Text(2_000),
        )
        .optional(),
    ],
    start: at_step,
    read: |answers| {
        mark(
            answers,
            Outcome::Done,
            &["whose", "count", "risk", "why", "measures"],
        )
    },
    then: to_run,
};

/// Agree, as a second person.
pub(super) const AGREE: Form = Form {
    act: "procedure.agree",
    path: "/procedure/agree",
    title: "Agree that a step is not needed",
    button: "Agree",
    help: "You agree, as a second person, that this step is passed over for the reason that was given.",
    need: on_case,
    fields: &[
        CASE,
        RUN,
        Field::new("mark", "What was said", FieldKind::Hidden),
    ],
    start: |view, params| Start {
        answers: Answers::from_params(params),
        above: None,
        not_here: run::of_address(view, params).is_none(),
    },
    read: |answers| {
        Some(AnyAct::Procedure(Act::Agree {
            case: number(answers, "case")?,
            run: number(answers, "run")?,
            mark: number(answers, "mark")?,
        }))
    },
    then: to_run,
};

/// Suspend somebody’s access.
pub(super) const SUSPEND: Form = Form {
    act: "procedure.suspend",
    path: "/procedure/suspend",
    title: "Suspend access",
    button: "Suspend it now",
    help: "From now on this person can’t sign in or do anything here, on any device. They are not told why: it looks as if the password were wrong. Nobody else sees it.\nThey will notice. Unless a child or the evidence is at risk, ask the designated officer first.",
    need: on_case,
    fields: &[CASE, RUN, PERSON, WHY],
    start: at_person,
    read: |answers| {
        Some(AnyAct::Procedure(Act::Suspend {
            case: number(answers, "case")?,
            person: answers.person("person")?,
            why: answers.text("why")?,
        }))
    },
    then: to_run,
};

/// Give access again.
pub(super) const RESTORE: Form = Form {
    act: "procedure.restore",
    path: "/procedure/restore",
    title: "Give access again",
    button: "Give it again",
    help: "From now on this person can sign in again, as before.",
    need: on_case,
    fields: &[CASE, RUN, PERSON, WHY],
    start: at_person,
    read: |answers| {
        Some(AnyAct::Procedure(Act::Restore {
            case: number(answers, "case")?,
            person: answers.person("person")?,
            why: answers.text("why")?,
        }))
    },
    then: to_run,
};
