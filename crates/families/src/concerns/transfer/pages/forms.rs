//! Forms for files that move. What the rim makes for them stands in `made`.

use crate::{
    concerns::{
        acts::Act as Concern,
        note::Report,
        pages,
        transfer::{
            acts::{Act, Sending, Which, need_to_receive},
            content::{Content, Parents, To},
            incoming::Came,
            made,
        },
    },
    people::{group::Group, pages::known},
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Params, Start, from_address},
        permit::Need,
        view::View,
    },
};
use kernel::kept::Loose;
use kit::text;
use maud::html;

/// The largest file that is taken in, in bytes.
const FILE_BYTES_MAX: usize = 38 << 20;
/// What parents know: key and label.
pub(super) const TOLD: &[(&str, &str)] = &[
    ("agreed", "They know, and agree"),
    ("told", "They know; their agreement is not needed"),
    (
        "not-told",
        "They are not told: it would put the child in danger",
    ),
];

const CASE: Field = Field::new("case", "Case", FieldKind::Hidden);
const WHY: Field = Field::new("why", "Why?", FieldKind::Text(2_000));

/// Send the file of a child.
pub(in crate::concerns) const SEND: Form = Form {
    act: "concerns.send-file",
    path: "/concerns/transfers/send",
    title: "Send a child’s file to the next setting",
    button: "Make the file",
    help: "All cases about the child that you are on are packed, signed, and closed to the receiver. Ring the safeguarding lead there first: do they have to know something before the file comes?\nYou get a link, and a code that is shown once. Send the link in one way and tell the code in another.\nNames of other children are left out, but not where somebody wrote them into a text: read the case through before.",
    need: |params, _| proven(params),
    fields: &[
        CASE,
        Field::new("child", "Which child?", FieldKind::ChoiceOf(children_in_cases)),
        Field::new("to", "To which setting?", FieldKind::Line(200)),
        Field::new("to-person", "To whom there?", FieldKind::Line(200))
            .hint("The safeguarding lead, by name"),
        Field::new("to-reach", "How are they reached?", FieldKind::Line(200)),
        Field::new(
            "at-once",
            "What did you tell them at once, before the file?",
            FieldKind::Text(4_000),
        )
        .hint("Whom you rang, and what they have to know now; or that there is nothing"),
        Field::new("told", "Do the parents know?", FieldKind::Choice(TOLD)),
        Field::new("parents-why", "Why was it decided so?", FieldKind::Text(2_000)),
        Field::new("decided-by", "Who decided it?", FieldKind::Line(200)),
        Field::new("card", "Their receiving card", FieldKind::Text(1_000))
            .hint("If they have a Stairgate: one line that begins with stairgate-card-1. Compare its twelve words over the telephone")
            .more(),
    ],
    start: start_in_case,
    read: |answers| {
        let words = |name: &str| answers.text(name).unwrap_or_default();
        let cases = words(made::CASES);
        let sending = Sending {
            case: answers.number("case")?,
            child: answers.person("child")?,
            to: to(answers),
            parents: parents(answers),
            at_once: words("at-once"),
            cases: cases.split(',').filter_map(|case| case.parse().ok()).collect(),
            file: answers.kept(made::FILE)?.clone(),
            name: answers.text(made::DIGEST)?,
            gate: answers.text(made::GATE)?,
            link: link(answers)?,
            receipt: answers.text(made::RECEIPT)?,
            signs: answers.text(made::KEY),
        };
        act(Act::Send(Box::new(sending)))
    },
    then: |_| "/concerns/transfers".to_owned(),
};

/// Write down why no file moves.
pub(in crate::concerns) const SEND_NONE: Form = Form {
    act: "concerns.send-no-file",
    path: "/concerns/transfers/none",
    title: "No file has to move",
    button: "Write it down",
    help: "Write down why the file of this case does not go to another setting: where the child went, what you asked and who answered.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    fields: &[CASE, WHY],
    start: start_in_case,
    read: |answers| {
        act(Act::NotNeeded {
            case: answers.number("case")?,
            why: answers.text("why")?,
        })
    },
    then: |answers| {
        format!(
            "/concerns/cases/{}",
            answers.number::<u32>("case").unwrap_or(0)
        )
    },
};

/// Confirm that a file has arrived, as its receiver told it.
pub(in crate::concerns) const CONFIRM: Form = Form {
    act: "concerns.confirm-file",
    path: "/concerns/transfers/confirm",
    title: "A file has arrived",
    button: "Confirm it",
    help: "Give the six words that the receiver told you, or the signed receipt that their Stairgate wrote. Only who has opened the file has them. Where their receiving card was used, it has to be the signed one.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    fields: &[
        CASE,
        Field::new("receipt", "The receipt", FieldKind::Text(4_000)),
        Field::new("by", "Who told it to you?", FieldKind::Line(200)),
    ],
    start: from_address,
    read: |answers| {
        act(Act::Confirm {
            which: Which::Number(answers.number("case")?),
            receipt: answers.text(made::RECEIPT).unwrap_or_default(),
            signed: answers.text(made::BY),
            by: answers.text("by")?,
        })
    },
    then: to_out,
};

/// Call a file back.
pub(in crate::concerns) const CALL_BACK: Form = Form {
    act: "concerns.call-file-back",
    path: "/concerns/transfers/call-back",
    title: "Call a file back",
    button: "Call it back",
    help: "From now on the link leads nowhere. What was fetched already can’t be called back: tell the receiver to destroy it.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    fields: &[CASE, WHY],
    start: from_address,
    read: |answers| {
        act(Act::Withdraw {
            case: answers.number("case")?,
            why: answers.text("why")?,
        })
    },
    then: to_out,
};

/// Take in a file, to look at it.
pub(in crate::concerns) const RECEIVE: Form = Form {
    act: "concerns.receive-file",
    path: "/concerns/transfers/receive",
    title: "Take in a file",
    button: "Open it",
    help: "Choose the file that you fetched at a link; it ends in .transfer. It is opened and checked here, and you see what it is before it becomes a case.\nGive the code that you were told. A file that was closed to your receiving card needs none.",
    need: |_, _| need_to_receive(),
    fields: &[
        Field::new("file", "The file", FieldKind::File(FILE_BYTES_MAX)),
        Field::new("code", "The code", FieldKind::Line(200)).optional(),
    ],
    start: from_address,
    read: |answers| act(Act::Receive(Box::new(came(answers)?))),
    then: |_| "/concerns/transfers".to_owned(),
};

/// Make a case of a file that came in.
pub(in crate::concerns) const TAKE_IN: Form = Form {
    act: "concerns.take-in-file",
    path: "/concerns/transfers/take-in",
    title: "Take the file in",
    button: "Take it in",
    help: "A case is opened for each one in the file, with its entries as they were given: each says that it is from elsewhere, by whom and when. What is here already is not taken in a second time.",
    need: |params, _| proven(params),
    fields: &[
        CASE,
        Field::new(
            "child",
            "Which child is it here?",
            FieldKind::ChoiceOf(children),
        )
        .hint("Leave it empty if the child is not in the list yet")
        .optional(),
    ],
    start: from_address,
    read: |answers| {
        act(Act::TakeIn {
            case: answers.number("case")?,
            child: answers.person("child"),
            content: Box::new(content(answers)?),
        })
    },
    then: |answers| {
        let number: u32 = answers.number("case").unwrap_or(0);
        format!("/concerns/transfers/in/{number}")
    },
};

/// Turn a file away.
pub(in crate::concerns) const TURN_AWAY: Form = Form {
    act: "concerns.turn-file-away",
    path: "/concerns/transfers/turn-away",
    title: "Turn the file away",
    button: "Turn it away",
    help: "It becomes no case. Tell the setting that sent it.",
    need: |params, _| proven(params),
    fields: &[CASE, WHY],
    start: from_address,
    read: |answers| {
        act(Act::TurnAway {
            case: answers.number("case")?,
            why: answers.text("why")?,
        })
    },
    then: |_| "/concerns/transfers".to_owned(),
};

/// Take in papers of another system.
pub(in crate::concerns) const PAPERS: Form = Form {
    act: "concerns.take-in-papers",
    path: "/concerns/transfers/papers",
    title: "Take in papers",
    button: "Take them in",
    help: "A file that came on paper, or out of another system: scan it or save it as one PDF. It is kept sealed with a case of its own, and what it says in short stands in the case.\nNever scan a sexual image of a child. If there is one among the papers, do not look at it again: ring the police.",
    need: |_, _| need_to_receive(),
    fields: &[
        Field::new("child", "Which child?", FieldKind::ChoiceOf(children)),
        Field::new("from", "From which setting?", FieldKind::Line(200)),
        Field::new(
            "summary",
            "What do they say, in short?",
            FieldKind::Text(4_000),
        ),
        Field::new("papers", "The papers", FieldKind::Keep(FILE_BYTES_MAX)),
    ],
    start: from_address,
    read: |answers| {
        act(Act::TakeInPapers {
            child: answers.person("child")?,
            from: answers.text("from")?,
            summary: answers.text("summary")?,
            file: answers.kept("papers")?.clone(),
        })
    },
    then: |_| "/concerns".to_owned(),
};

fn act(act: Act) -> Option<AnyAct> {
    Some(AnyAct::Concerns(Concern::Transfer(act)))
}

fn proven(params: &Params) -> Need {
    let case = params.number("case").unwrap_or(0);
    Need::Proven(Box::new(Need::OnCase(case)))
}

fn to_out(answers: &Answers) -> String {
    let number: u32 = answers.number("case").unwrap_or(0);
    format!("/concerns/transfers/{number}")
}

/// To whom a file goes, as it was filled in.
#[must_use]
pub fn to(answers: &Answers) -> To {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    To {
        name: words("to"),
        person: words("to-person"),
        reach: words("to-reach"),
    }
}

/// Whether parents know, as it was filled in.
#[must_use]
pub fn parents(answers: &Answers) -> Parents {
    let words = |name: &str| answers.text(name).unwrap_or_default();
    Parents {
        told: words("told"),
        why: words("parents-why"),
        decided_by: words("decided-by"),
    }
}

fn link(answers: &Answers) -> Option<(String, String)> {
    let secret = answers.text(made::LINK)?;
    let digest = answers.several(made::LINK).get(1)?.clone();
    Some((secret, digest))
}

fn content(answers: &Answers) -> Option<Content> {
    Content::read(answers.raw(made::CONTENT)?.as_bytes()).ok()
}

fn came(answers: &Answers) -> Option<Came> {
    let inside = (0..made::FILES_MAX)
        .map_while(|place| answers.kept(&format!("{}{place}", made::INSIDE)).cloned());
    let files: Vec<Loose> = inside.collect();
    Some(Came {
        name: answers.text(made::DIGEST)?,
        key: answers.text(made::KEY)?,
        content: content(answers)?,
        file: answers.kept(made::FILE)?.clone(),
        files,
    })
}

/// The children whom the reader’s cases are about, also those who have left.
fn children_in_cases(view: &View<'_>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for case in pages::mine(view) {
        let report: Report = view.open(&case.report).unwrap_or_default();
        for child in report.children {
            let row = (child.to_string(), pages::name(view, child));
            if !all.contains(&row) {
                all.push(row);
            }
        }
    }
    all
}

fn children(view: &View<'_>) -> Vec<(String, String)> {
    let all = view.setting.people.of(Group::Child, view.today);
    known::named(view, all)
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// Begins with which case it is, and with its child where it has just one.
fn start_in_case(view: &View<'_>, params: &Params) -> Start {
    let found = params.number("case");
    let Some(case) = found.and_then(|case| view.setting.concerns.case(case)) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let report: Report = view.open(&case.report).unwrap_or_default();
    let names = report
        .children
        .iter()
        .map(|child| pages::name(view, *child));
    let names: Vec<String> = names.collect();
    let mut answers = Answers::from_params(params);
    if let ([child], None) = (report.children.as_slice(), answers.text("child")) {
        answers.add("child", &child.to_string());
    }
    let words = format!("Case {}: {}", case.reference, names.join(", "));
    Start {
        answers,
        above: Some(html! { (text::lead(words)) }),
        not_here: false,
    }
}
