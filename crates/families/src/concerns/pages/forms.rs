//! Forms for what is done in a case.

use super::{case::case, draw};
use crate::{
    concerns::{
        acts::Act,
        note::{Note, Sort},
    },
    people::{group::Group, pages::known},
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kit::text;
use maud::html;

const CASE: Field = Field::new("case", "Case", FieldKind::Hidden);
const WHY: Field = Field::new("why", "Why?", FieldKind::Text(2_000));
const TEAM: Field = Field::new("owner", "Who does it?", FieldKind::ChoiceOf(team));
const DUE: Field = Field::new("due", "By when?", FieldKind::Date);
const WORDS: FieldKind = FieldKind::Text(8_000);

const SORTS: &[(&str, &str)] = &[
    ("fact", "Something seen or known"),
    ("said", "What somebody said, word for word"),
    ("opinion", "What somebody thinks"),
];

const TOLD: &[(&str, &str)] = &[
    ("Yes", "They were told"),
    ("No", "They were not told"),
    ("Not yet", "They will be told later"),
];

const REFER: &[(&str, &str)] = &[("Yes", "Referred, or passed on"), ("No", "Not referred")];

fn on_case(params: &Params, _: &Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

fn number(answers: &Answers) -> Option<u32> {
    answers.number("case")
}

fn to_case(answers: &Answers) -> String {
    let number: u32 = answers.number("case").unwrap_or(0);
    format!("/concerns/cases/{number}")
}

/// Begins with which case it is, so that nobody writes in the wrong one.
pub(in crate::concerns) fn start(view: &View<'_>, params: &Params) -> Start {
    let Some(case) = case(view, params) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let report = draw::report(view, case);
    let about = draw::about(view, &report);
    Start {
        answers: Answers::from_params(params),
        above: Some(text::lead(html! { (draw::to_case(case)) ": " (about) })),
        not_here: false,
    }
}

fn team(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let works = people.here(view.today).filter(|person| {
        people.is_team(*person, view.today) || people.is_of(*person, Group::Committee, view.today)
    });
    let named = known::named(view, works);
    named
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// The cases that the reader is on, for linking.
pub(in crate::concerns) fn others(view: &View<'_>) -> Vec<(String, String)> {
    let each = super::list::mine(view).map(|case| {
        let report = draw::report(view, case);
        let about = draw::about(view, &report);
        let label = format!("{}, {}, {}", case.reference, case.at.in_words(), about);
        (case.number.to_string(), label)
    });
    each.collect()
}

fn write(answers: &Answers, sort: Sort, note: Note) -> Option<AnyAct> {
    Some(AnyAct::Concerns(Act::Write {
        case: number(answers)?,
        sort,
        note,
        corrects: answers.number("corrects"),
    }))
}

/// A form in a case.
const fn form(
    act: &'static str,
    path: &'static str,
    title: &'static str,
    button: &'static str,
    help: &'static str,
    fields: &'static [Field],
    read: fn(&Answers) -> Option<AnyAct>,
) -> Form {
    Form {
        act,
        path,
        title,
        button,
        help,
        need: on_case,
        fields,
        start,
        read,
        then: to_case,
    }
}

/// Take a case on.
pub(super) const TAKE_ON: Form = form(
    "concerns.take-on",
    "/concerns/take-on",
    "Take the case on",
    "Take it on",
    "Say that you have read the report and act on it. Everybody on the case sees that you have it, and nobody else is asked.",
    &[CASE],
    |answers| {
        Some(AnyAct::Concerns(Act::TakeOn {
            case: number(answers)?,
        }))
    },
);

/// Write something down.
pub(super) const WRITE: Form = form(
    "concerns.write",
    "/concerns/write",
    "Write something down",
    "Write it down",
    "Write facts, opinions and what was said apart from each other, each in a note of its own. What you write can’t be changed: a correction is added, and shown first.",
    &[
        CASE,
        Field::new("corrects", "Puts right", FieldKind::Hidden).optional(),
        Field::new("sort", "What is it?", FieldKind::Choice(SORTS)),
        Field::new("words", "The words", WORDS),
    ],
    |answers| {
        let sort = match answers.text("sort")?.as_str() {
            "said" => Sort::Said,
            "opinion" => Sort::Opinion,
            _ => Sort::Fact,
        };
        write(answers, sort, Note::new(answers.text("words")?))
    },
);

/// Write a decision down.
pub(super) const DECIDE: Form = form(
    "concerns.decide",
    "/concerns/decide",
    "Decide",
    "Write the decision down",
    "Write down what was decided and why, also when it was decided not to do something. Say which threshold you applied, where your area has one.",
    &[
        CASE,
        Field::new("words", "What was decided?", WORDS),
        Field::new("reason", "Why?", FieldKind::Text(4_000)),
        Field::new(
            "refer",
            "Is it passed on to others?",
            FieldKind::Choice(REFER),
        ),
        Field::new(
            "threshold",
            "Which threshold was applied?",
            FieldKind::Line(300),
        )
        .optional(),
        Field::new(
            "weighed",
            "How did the child’s wishes weigh?",
            FieldKind::Text(2_000),
        )
        .optional(),
    ],
    |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        let note = Note::new(answers.text("words")?)
            .with("reason", words("reason"))
            .with("refer", words("refer"))
            .with("threshold", words("threshold"))
            .with("weighed", words("weighed"));
        write(answers, Sort::Decision, note)
    },
);

/// An agency was told, or gave advice.
pub(super) const CONTACT: Form = form(
    "concerns.contact",
    "/concerns/contact",
    "An agency, or advice",
    "Write it down",
    "Write down whom you told or asked outside the setting, when, under which reference, and what they answered. Numbers stand in the help directory.",
    &[
        CASE,
        Field::new(
            "what",
            "What was it?",
            FieldKind::Choice(&[
                ("told", "They were told"),
                ("asked", "They were asked for advice"),
            ]),
        ),
        Field::new("agency", "Which agency?", FieldKind::Line(200)),
        Field::new("who", "Whom did you speak to?", FieldKind::Line(200)).optional(),
        Field::new("words", "What did you say or ask?", WORDS),
        Field::new("reference", "Their reference", FieldKind::Line(100)).optional(),
        Field::new("answer", "What did they answer?", FieldKind::Text(4_000)).optional(),
    ],
    |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        let sort = if words("what") == "asked" {
            Sort::Advice
        } else {
            Sort::Agency
        };
        let note = Note::new(answers.text("words")?)
            .with("agency", words("agency"))
            .with("who", words("who"))
            .with("reference", words("reference"))
            .with("answer", words("answer"));
        write(answers, sort, note)
    },
);

/// Parents were told, or why not.
pub(super) const TELL_PARENTS: Form = form(
    "concerns.tell-parents",
    "/concerns/tell-parents",
    "Write down what parents were told",
    "Write it down",
    "Would telling them put the child at more risk, or get in the way of the police or social care? Then they are not told, and it is written down why and who decided it. Never say who reported it.",
    &[
        CASE,
        Field::new("told", "Were they told?", FieldKind::Choice(TOLD)),
        Field::new(
            "words",
            "What was said and answered, or why were they not told?",
            WORDS,
        ),
        Field::new("decided-by", "Who decided it?", FieldKind::Line(200)),
    ],
    |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        let note = Note::new(answers.text("words")?)
            .with("told", words("told"))
            .with("decided-by", words("decided-by"));
        write(answers, Sort::Parents, note)
    },
);

/// The child’s wishes and feelings.
pub(super) const HEAR_CHILD: Form = form(
    "concerns.hear-child",
    "/concerns/hear-child",
    "The child’s voice",
    "Write it down",
    "What does the child want, and how do they feel, in their own words or as they show it? How did it weigh in what was decided, and what was the child told?",
    &[
        CASE,
        Field::new("words", "The child’s words, wishes and feelings", WORDS),
        Field::new("weighed", "How did they weigh?", FieldKind::Text(2_000)).optional(),
        Field::new(
            "told-back",
            "What was the child told?",
            FieldKind::Text(2_000),
        )
        .optional(),
    ],
    |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        let note = Note::new(answers.text("words")?)
            .with("weighed", words("weighed"))
            .with("told-back", words("told-back"));
        write(answers, Sort::Voice, note)
    },
);

/// Let somebody else see the case.
pub(super) const SHARE: Form = form(
    "concerns.share",
    "/concerns/share",
    "Share the case",
    "Share it",
    "Share a case only with somebody who has to act on it. They see all of it, from then on. It can’t be shared with whom it is about.",
    &[
        CASE,
        Field::new("person", "With whom?", FieldKind::ChoiceOf(team)),
        WHY,
    ],
    |answers| {
        Some(AnyAct::Concerns(Act::Share {
            case: number(answers)?,
            person: answers.person("person")?,
            why: answers.text("why")?,
        }))
    },
);

/// Let somebody see the case no longer.
pub(super) const UNSHARE: Form = form(
    "concerns.unshare",
    "/concerns/unshare",
    "End the sharing",
    "End it",
    "From now on this person no longer sees the case. What they have seen and written stays recorded.",
    &[CASE, Field::new("person", "Who", FieldKind::Hidden)],
    |answers| {
        Some(AnyAct::Concerns(Act::Unshare {
            case: number(answers)?,
            person: answers.person("person")?,
        }))
    },
);

/// Give somebody something to do.
pub(super) const SET_TASK: Form = form(
    "concerns.set-task",
    "/concerns/set-task",
    "Give a task",
    "Give it",
    "Give somebody who is on the case something to do, by a day. They see it on their Today page.",
    &[
        CASE,
        Field::new("what", "What is to be done?", FieldKind::Text(2_000)),
        TEAM,
        DUE,
    ],
    |answers| {
        Some(AnyAct::Concerns(Act::SetTask {
            case: number(answers)?,
            what: answers.text("what")?,
            owner: answers.person("owner")?,
            due: answers.date("due")?,
        }))
    },
);

/// Say that a task is done.
pub(super) const FINISH_TASK: Form = form(
    "concerns.finish-task",
    "/concerns/finish-task",
    "Finish a task",
    "It is done",
    "Say how it was done, or why it is no longer needed.",
    &[
        CASE,
        Field::new("task", "Task", FieldKind::Hidden),
        Field::new("how", "How was it done?", FieldKind::Text(4_000)),
    ],
    |answers| {
        Some(AnyAct::Concerns(Act::FinishTask {
            case: number(answers)?,
            task: answers.number("task")?,
            how: answers.text("how")?,
        }))
    },
);

/// Say that another case belongs to this one.
pub(super) const LINK: Form = form(
    "concerns.link",
    "/concerns/link",
    "Link another case",
    "Link them",
    "Link cases that belong together: the same child, the same person, the same device. Who is on one of them only does not learn of the other.",
    &[
        CASE,
        Field::new("other", "Which case?", FieldKind::ChoiceOf(others)),
    ],
    |answers| {
        Some(AnyAct::Concerns(Act::Link {
            case: number(answers)?,
            other: answers.number("other")?,
        }))
    },
);

/// Close the case.
pub(super) const CLOSE: Form = form(
    "concerns.close",
    "/concerns/close",
    "Close the case",
    "Close it",
    "Say what came of it, and who was told. A closed case can be opened again.",
    &[
        CASE,
        Field::new("words", "What came of it?", WORDS),
        Field::new("told", "Who was told how it ended?", FieldKind::Text(2_000)),
        Field::new(
            "told-back",
            "What was the child told?",
            FieldKind::Text(2_000),
        )
        .optional(),
    ],
    |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        let outcome = Note::new(answers.text("words")?)
            .with("told", words("told"))
            .with("told-back", words("told-back"));
        Some(AnyAct::Concerns(Act::Close {
            case: number(answers)?,
            outcome,
        }))
    },
);

/// Open the case again.
pub(super) const REOPEN: Form = form(
    "concerns.reopen",
    "/concerns/reopen",
    "Open the case again",
    "Open it",
    "Say why. Everything that was written stays as it is.",
    &[CASE, WHY],
    |answers| {
        Some(AnyAct::Concerns(Act::Reopen {
            case: number(answers)?,
            why: answers.text("why")?,
        }))
    },
);

/// Say that the case was talked over.
pub(super) const TALK_OVER: Form = form(
    "concerns.talk-over",
    "/concerns/talk-over",
    "Say that it was talked over",
    "Write it down",
    "Talk it over with those who worked on it: what went well, and what is to change in the policy, in training, in filtering, in what children learn? Set an action for each thing that is to change.",
    &[CASE, Field::new("words", "What was said?", WORDS)],
    |answers| write(answers, Sort::Debrief, Note::new(answers.text("words")?)),
);

/// Set what is to change because of what was learned.
pub(super) const SET_LESSON: Form = form(
    "concerns.set-lesson",
    "/concerns/set-lesson",
    "Set an action",
    "Set it",
    "What is to change because of what was learned? Whoever does it sees these words and nothing of the case: write nobody’s name.",
    &[
        CASE,
        Field::new("what", "What is to change?", FieldKind::Text(2_000)),
        TEAM,
        DUE,
    ],
    |answers| {
        Some(AnyAct::Concerns(Act::SetLesson {
            case: number(answers)?,
            what: answers.text("what")?,
            owner: answers.person("owner")?,
            due: answers.date("due")?,
        }))
    },
);
