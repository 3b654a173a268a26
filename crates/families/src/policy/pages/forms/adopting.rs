//! Forms for asking people, agreeing, adopting, reviewing and reading.

use super::{BARE, GROUPS, colleagues, groups, needs_leadership, needs_sign_in, some};
use crate::{
    policy::{
        acts::Act,
        approver::Approver,
        asks,
        entries::Outcome,
        pages::{consulting, reviews},
    },
    spine::{
        answers::Answers,
        page::{Field, FieldKind, Form, Start, from_address},
        view::View,
    },
};

const WHOM: Field = Field::new("groups", "To whom", FieldKind::Several(GROUPS));

pub(super) const CONSULT: Form = Form {
    act: "policy.consult",
    path: "/policy/consultation",
    title: "Put the draft to people",
    button: "Put it to them",
    help: "People of these groups who have an account can read the draft and comment on it until the day that you choose. You say what became of each comment before the draft is adopted.\nChoosing again changes the groups and the day.",
    fields: &[
        WHOM,
        Field::new("until", "Last day for comments", FieldKind::Date),
        Field::new(
            "says",
            "What you want to know from them",
            FieldKind::Text(2_000),
        )
        .optional(),
    ],
    read: |answers| {
        some(Act::Consult {
            groups: groups(&answers.several("groups")),
            until: answers.date("until")?,
            says: answers.text("says").unwrap_or_default(),
        })
    },
    then: to_consultation,
    ..BARE
};

pub(super) const COMMENT: Form = Form {
    act: "policy.comment",
    path: "/policy/comment",
    title: "Comment on the draft",
    button: "Send the comment",
    help: "Those who write the policy read your comment and tell you what became of it. Do not name children.",
    need: needs_sign_in,
    fields: &[
        Field::new("clause", "Clause", FieldKind::Hidden).optional(),
        Field::new("words", "Your comment", FieldKind::Text(4_000)),
    ],
    start: consulting::start_comment,
    read: |answers| {
        some(Act::Comment {
            clause: answers.text("clause"),
            words: answers.text("words")?,
        })
    },
    then: to_consultation,
};

pub(super) const ANSWER: Form = Form {
    act: "policy.answer",
    path: "/policy/answer",
    title: "Say what became of a comment",
    button: "Send the answer",
    help: "Whoever made the comment sees your answer. It is kept with the version.",
    fields: &[
        Field::new("comment", "Comment", FieldKind::Hidden),
        Field::new("taken_up", "Was it taken up?", FieldKind::YesNo),
        Field::new("says", "How, or why not", FieldKind::Text(2_000)),
    ],
    start: consulting::start_answer,
    read: |answers| {
        some(Act::Answer {
            comment: answers.number("comment")?,
            taken_up: answers.yes("taken_up")?,
            says: answers.text("says")?,
        })
    },
    then: to_consultation,
    ..BARE
};

pub(super) const ASK_APPROVAL: Form = Form {
    act: "policy.ask-approval",
    path: "/policy/draft",
    title: "Ask for approval of the draft",
    button: "Ask for approval",
    help: "Those whom the policy names find the draft on their Today page and have two weeks.\nIf you change the draft afterwards, ask again.",
    read: |_| some(Act::AskApproval),
    then: to_draft,
    ..BARE
};

pub(super) const APPROVE: Form = Form {
    act: "policy.approve",
    path: "/policy/draft",
    title: "Approve the draft",
    button: "Approve this draft",
    help: "You approve the draft as it is now. If it changes afterwards, you are asked again.",
    need: needs_sign_in,
    fields: &[
        Field::new("approver", "For whom", FieldKind::ChoiceOf(approvers)),
        Field::new("revision", "State of the draft", FieldKind::Hidden),
    ],
    // Whoever is not asked to approve has nothing to approve here.
    start: |view, params| Start {
        not_here: approvers(view).is_empty(),
        ..from_address(view, params)
    },
    read: |answers| {
        some(Act::Approve {
            approver: answers.text("approver")?,
            revision: answers.number("revision")?,
        })
    },
    then: to_draft,
};

pub(super) const ADOPT: Form = Form {
    act: "policy.adopt",
    path: "/policy/draft",
    title: "Adopt the draft",
    button: "Adopt this draft",
    help: "The draft becomes the version in force at once. Everybody is asked to read it anew.",
    read: |_| some(Act::Adopt),
    ..BARE
};

pub(super) const RECORD_TRIGGER: Form = Form {
    act: "policy.record-trigger",
    path: "/policy/trigger",
    title: "Record something that has happened",
    button: "Record it",
    help: "Your policy says that it is reviewed at once after certain events. When you record one, the manager has two weeks to decide whether the policy has to change.\nDo not name children: say what happened in general.",
    need: needs_leadership,
    fields: &[
        Field::new("kind", "What kind of event", FieldKind::ChoiceOf(triggers)),
        Field::new("what", "What happened", FieldKind::Text(2_000)),
    ],
    read: |answers| {
        some(Act::RecordTrigger {
            kind: answers.text("kind")?,
            what: answers.text("what")?,
        })
    },
    then: to_reviews,
    ..BARE
};

pub(super) const COMPLETE_REVIEW: Form = Form {
    act: "policy.complete-review",
    path: "/policy/review",
    title: "Complete a review",
    button: "Record the review",
    help: "Read the policy, look at how its clauses stand, and decide whether it has to change. The review answers every event since the last one.\nIf a new version is to be written, you have eight weeks to adopt it.",
    need: needs_leadership,
    fields: &[
        Field::new(
            "outcome",
            "What came of it",
            FieldKind::Choice(Outcome::ALL),
        ),
        Field::new(
            "notes",
            "What you looked at and decided",
            FieldKind::Text(4_000),
        )
        .hint("Without names of children"),
        Field::new(
            "took_part",
            "Who took part",
            FieldKind::SeveralOf(colleagues),
        ),
    ],
    start: reviews::start,
    read: |answers| {
        some(Act::CompleteReview {
            outcome: Outcome::from_key(&answers.text("outcome")?)?,
            notes: answers.text("notes")?,
            took_part: answers.people("took_part"),
        })
    },
    then: to_reviews,
};

pub(super) const ACKNOWLEDGE: Form = Form {
    act: "policy.acknowledge",
    path: "/policy/read",
    title: "Say that you have read the policy",
    button: "Confirm",
    help: "Your name and the day are kept with the version.",
    need: needs_sign_in,
    fields: &[
        Field::new("version", "Version", FieldKind::Hidden),
        Field::new(
            "confirm",
            "I have read this version of the policy and know what it asks of me",
            FieldKind::Confirm,
        ),
    ],
    start: |view, _| Start {
        answers: Answers::default().with("version", view.in_force.version.to_string()),
        ..Start::default()
    },
    read: |answers| {
        some(Act::Acknowledge {
            version: answers.number("version")?,
        })
    },
    then: |_| "/policy/read".to_owned(),
};

pub(super) const RECORD_SENT: Form = Form {
    act: "policy.record-sent",
    path: "/policy/sent",
    title: "Record that the policy was sent to people",
    button: "Record it",
    help: "Families and people without an account get the policy another way: with a newsletter, in the admission pack, on paper. Record each time it goes out.",
    fields: &[
        Field::new("way", "How", FieldKind::Line(120)).hint("Such as newsletter or admission pack"),
        WHOM,
        Field::new("on", "On which day", FieldKind::Date)
            .hint("Today when you leave it empty")
            .optional(),
    ],
    read: |answers| {
        some(Act::RecordSent {
            way: answers.text("way")?,
            groups: groups(&answers.several("groups")),
            on: answers.date("on"),
        })
    },
    then: |_| "/policy/read".to_owned(),
    ..BARE
};

pub(super) const MAKE_PUBLIC: Form = Form {
    act: "policy.make-public",
    path: "/policy/read",
    title: "Put the policy on the public page",
    button: "Put it on the public page",
    help: "Everybody can then read the version in force at /policy/public, without signing in. How its clauses stand is not shown there.",
    read: |_| some(Act::SetPublic(true)),
    then: |_| "/policy/read".to_owned(),
    ..BARE
};

pub(super) const MAKE_PRIVATE: Form = Form {
    act: "policy.make-private",
    path: "/policy/read",
    title: "Take the policy off the public page",
    button: "Take it off the public page",
    help: "Only people who have signed in can then read the policy.",
    read: |_| some(Act::SetPublic(false)),
    then: |_| "/policy/read".to_owned(),
    ..BARE
};

fn to_consultation(_answers: &Answers) -> String {
    "/policy/consultation".to_owned()
}

fn to_draft(_answers: &Answers) -> String {
    "/policy/draft".to_owned()
}

fn to_reviews(_answers: &Answers) -> String {
    "/policy/reviews".to_owned()
}

/// Those for whom the reader can approve.
fn approvers(view: &View<'_>) -> Vec<(String, String)> {
    Approver::all(view.in_force)
        .into_iter()
        .filter(|approver| view.has(&approver.need()))
        .map(|approver| (approver.words.clone(), approver.in_words()))
        .collect()
}

fn triggers(view: &View<'_>) -> Vec<(String, String)> {
    let triggers = asks::triggers(view.in_force).into_iter();
    triggers.map(|trigger| (trigger.clone(), trigger)).collect()
}
