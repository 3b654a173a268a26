//! Reviews: when the next is due, what brought one about, and what came of them.

use super::parts::{around, count, day, duty, entry_link, link_to, names, over_all, who};
use crate::{
    policy::{
        asks,
        register::{Review, Trigger},
    },
    spine::{
        answers::Answers,
        page::{Params, Shown, Start},
        permit::Need,
        view::View,
    },
};
use kit::{
    guide,
    table::{Column, Table},
    tag, text,
};
use maud::{Markup, html};

/// The page of reviews.
pub(super) fn reviews(view: &View<'_>, _params: &Params) -> Shown {
    let title = "Reviews of the policy".to_owned();
    let policy = &view.setting.policy;
    let owed: Vec<_> = view
        .standings
        .duties
        .iter()
        .filter(|owed| owed.control == "policy.review")
        .map(|owed| duty(view, owed))
        .collect();
    let every = asks::review_every(view.in_force);
    let may = view.has(&Need::leadership());
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/reviews"))
        @match every {
            Some(every) => (text::lead(format!("The policy wants to be reviewed every {every}."))),
            None => (text::lead("The policy names no period, so it is reviewed every year.")),
        }
        @if !owed.is_empty() { (text::h2("What is coming")) (guide::duties(&owed)) }
        @if may && policy.adopted().is_some() {
            (link_to("/policy/review", "Complete a review"))
            @if !asks::triggers(view.in_force).is_empty() { (link_to("/policy/trigger", "Record something that has happened")) }
        }
        (triggers(view, policy.triggers()))
        (done(view, policy.reviews()))
    };
    Shown::Page(title, content)
}

fn triggers(view: &View<'_>, all: &[Trigger]) -> Markup {
    let named = asks::triggers(view.in_force);
    let mut table = Table::new(
        "What has happened",
        [
            Column::words("Day"),
            Column::words("What"),
            Column::words("Recorded by"),
            Column::words("Answered by"),
            Column::numbers("Entry"),
        ],
    );
    for trigger in all.iter().rev() {
        let what = trigger
            .what
            .as_ref()
            .filter(|_| view.has(&over_all()))
            .and_then(|what| view.open(what));
        table = table.row([
            day(trigger.at.date()),
            html! { (trigger.kind) @if let Some(what) = what { (text::small(what)) } },
            text::text(who(view, trigger.by)),
            match trigger.review {
                Some(review) => text::text(format!("review {review}")),
                None => tag::tag("Not answered yet", tag::Colour::Yellow),
            },
            entry_link(view, trigger.seq),
        ]);
    }
    html! {
        (text::h2("Events after which the policy is reviewed at once"))
        @if named.is_empty() { (text::paragraph("The policy names none.")) } @else { (text::bullets(&named)) }
        @if !all.is_empty() { (table) }
    }
}

fn done(view: &View<'_>, all: &[Review]) -> Markup {
    let mut table = Table::new(
        "Reviews",
        [
            Column::words("Day"),
            Column::words("What came of it"),
            Column::words("Who took part"),
            Column::words("Notes"),
            Column::numbers("Entry"),
        ],
    );
    for review in all.iter().rev() {
        table = table.row([
            day(review.at.date()),
            text::text(format!(
                "Version {}: {}",
                review.version,
                review.outcome.in_words()
            )),
            text::text(names(view, &review.took_part)),
            text::text(&review.notes),
            entry_link(view, review.seq),
        ]);
    }
    html! {
        (text::h2("Reviews so far"))
        @if all.is_empty() { (text::paragraph("There was none yet.")) } @else { (table) }
    }
}

/// How the form for a review begins: with the events that it answers.
pub(super) fn start(view: &View<'_>, params: &Params) -> Start {
    let open: Vec<&str> = view
        .setting
        .policy
        .open_triggers()
        .map(|trigger| trigger.kind.as_str())
        .collect();
    let above = (!open.is_empty()).then(|| {
        html! {
            (text::paragraph(format!("This review answers {} since the last one:", count(open.len(), "event", "events"))))
            (text::bullets(&open))
        }
    });
    Start {
        answers: Answers::from_params(params),
        above,
        not_here: false,
    }
}
