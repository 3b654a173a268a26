//! Asking people about the draft, what they say, and what becomes of it.

use super::parts::{around, ask, count, day, link_to, sees_draft, who, writes};
use crate::{
    policy::{
        draft::{Consultation, Draft},
        entries::groups_in_words,
        register::Comment,
    },
    spine::{
        answers::Answers,
        page::{Params, Shown, Start},
        permit::Need,
        standing::shortened,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{guide, tag, text};
use maud::{Markup, html};

/// Asking and commenting.
pub(super) fn consultation(view: &View<'_>, _params: &Params) -> Shown {
    let title = "Comments on the draft".to_owned();
    let Some(draft) = view.setting.policy.draft().filter(|_| sees_draft(view)) else {
        let content = html! {
            (text::h1(&title))
            (around(view, "/policy/consultation"))
            (guide::empty("When there is a draft of a new policy and you are asked about it, you say here what you think.", None))
        };
        return Shown::Page(title, content);
    };
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/consultation"))
        @match &draft.consultation {
            Some(consultation) => (asked(view, draft, consultation)),
            None => (text::paragraph("The draft has not been put to anybody for comment yet.")),
        }
        (comments(view, draft))
        @if writes(view) {
            (text::h2("Put the draft to people"))
            (ask(view, "policy.consult", "/policy/consultation", &begin(view)))
        }
    };
    Shown::Page(title, content)
}

/// The groups that the policy asks, and four weeks from today.
fn begin(view: &View<'_>) -> Answers {
    use jiff::ToSpan;
    let until = view.today.checked_add(28.days()).unwrap_or(view.today);
    let groups = crate::policy::asks::consulted(view.in_force);
    groups
        .iter()
        .fold(Answers::default(), |answers, group| {
            answers.with("groups", group.key())
        })
        .with("until", until.to_string())
}

fn asked(view: &View<'_>, draft: &Draft, consultation: &Consultation) -> Markup {
    let is_open = draft.is_open_for_comment(view.today);
    let may = view.has(&Need::AnyOf(vec![
        Need::Of(consultation.groups.clone()),
        Need::leadership(),
    ]));
    html! {
        @if is_open {
            (text::lead(format!(
                "The draft is with {} for comment until {}.",
                groups_in_words(&consultation.groups),
                date_in_words(consultation.until)
            )))
        } @else {
            (text::lead(format!("Comments could be made until {}.", date_in_words(consultation.until))))
        }
        @if !consultation.says.is_empty() { (text::inset(&consultation.says)) }
        (link_to("/policy/draft", "Read the draft"))
        @if is_open && may {
            (text::h2("Say what you think of the whole"))
            (text::paragraph("To comment on one clause, choose it in the draft."))
            (ask(view, "policy.comment", "/policy/comment", &Answers::default()))
        }
    }
}

/// Comments: those who write the draft see all, others their own.
fn comments(view: &View<'_>, draft: &Draft) -> Markup {
    let all = view.has(&super::parts::over_all());
    let mine = |comment: &&Comment| all || (comment.by.is_some() && comment.by == view.person());
    let shown: Vec<&Comment> = view
        .setting
        .policy
        .comments_on(draft.number)
        .filter(mine)
        .collect();
    if shown.is_empty() {
        return html! {};
    }
    let open = shown
        .iter()
        .filter(|comment| comment.answer.is_none())
        .count();
    html! {
        (text::h2(if all { "What people said" } else { "What you said" }))
        (text::paragraph(format!("{}, {open} without an answer.", count(shown.len(), "comment", "comments"))))
        @for one in shown {
            (comment(view, one))
            @if one.answer.is_none() && writes(view) {
                (link_to(&format!("/policy/answer?comment={}", one.number), &format!("Say what became of comment {}", one.number)))
            }
        }
    }
}

/// A comment with its answer, for those who may see it.
pub(super) fn comment(view: &View<'_>, comment: &Comment) -> Markup {
    let own = comment.by.is_some() && comment.by == view.person();
    if !own && !view.has(&super::parts::over_all()) {
        return html! {};
    }
    let words = view.open(&comment.words);
    let words = words.unwrap_or_else(|| "These words were erased.".to_owned());
    let about = comment.clause.as_ref().map_or_else(
        || "on the whole".to_owned(),
        |clause| format!("on clause {clause}"),
    );
    html! {
        (text::quote(&words, html! {
            "Comment " (comment.number) " by " (who(view, comment.by)) ", " (about) ", " (day(comment.at.date()))
        }))
        @match &comment.answer {
            Some(answer) => (text::paragraph(html! {
                @if answer.taken_up { (tag::tag("Taken up", tag::Colour::Green)) }
                @else { (tag::tag("Not taken up", tag::Colour::Grey)) }
                " " (view.open(&answer.says).unwrap_or_default())
            })),
            None => (text::paragraph(tag::tag("No answer yet", tag::Colour::Yellow))),
        }
    }
}

/// How the form for an answer begins: with the comment above it.
pub(super) fn start_answer(view: &View<'_>, params: &Params) -> Start {
    let found = params
        .number("comment")
        .and_then(|number| view.setting.policy.comment(number));
    match found {
        Some(found) => Start {
            answers: Answers::from_params(params),
            above: Some(comment(view, found)),
            not_here: false,
        },
        None => Start {
            not_here: true,
            ..Start::default()
        },
    }
}

/// How the form for a comment begins: with the clause above it.
pub(super) fn start_comment(view: &View<'_>, params: &Params) -> Start {
    if !sees_draft(view) {
        return Start {
            not_here: true,
            ..Start::default()
        };
    }
    let clause = view
        .setting
        .policy
        .draft()
        .and_then(|draft| draft.document.clause(params.get("clause")));
    Start {
        answers: Answers::from_params(params),
        above: clause.map(|clause| text::quote(&clause.text, shortened(&clause.section))),
        not_here: false,
    }
}
