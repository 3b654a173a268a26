//! One clause: its words, what answers it and with which values, how it stands and on what that
//! rests, and how it came to read so.

use super::parts::{
    age, around, ask, clause_at, clause_link, count, day, duty, entry_link, inside, linked_links,
    over_all, sees_duty, title_of, value, who,
};
use crate::{
    policy::{asks, document::Clause},
    spine::{
        answers::Answers,
        catalogue,
        in_force::Running,
        page::{Params, Shown, encoded},
        permit::Need,
        standing::{ClauseStanding, shortened},
        view::View,
    },
};
use jiff::ToSpan;
use kernel::standing::Evidence;
use kit::{
    facts::{self, Fact},
    guide, tag, text,
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The most entries that are linked as evidence.
const ENTRIES_MAX: usize = 20;

/// One clause.
pub(super) fn clause(view: &View<'_>, params: &Params) -> Shown {
    let Some(clause) = view.in_force.document.clause(params.get("clause")) else {
        return Shown::NotHere;
    };
    let is_inside = view.has(&inside());
    let stands = view.standings.clause(&clause.id).filter(|_| is_inside);
    let linked = asks::linked_by(clause);
    let content = html! {
        (text::h1_with_caption(&clause.section, shortened(&clause.text)))
        (around(view, "/policy"))
        @if let Some(stands) = stands { (text::paragraph(tag::standing_tag(stands.standing))) }
        (text::quote(&clause.text, html! { "Clause " (clause.id) }))
        @if !linked.is_empty() {
            (text::h2("It refers to"))
            (text::bullets(&linked_links(view, &linked)))
        }
        (text::h2("What answers it"))
        @if clause.controls.is_empty() { (by_word(view, clause, is_inside)) }
        @else if !is_inside { (text::paragraph("People of the setting see to it, and this program helps them and records what they do.")) }
        @else {
            @for control in &clause.controls { (answered_by(view, clause, control, stands)) }
        }
        @if is_inside {
            (kept_with_it(clause))
            @if let Some(stands) = stands {
                @if view.has(&over_all()) { (rests_on(view, &stands.evidence)) }
                (open(view, stands))
            }
            (history(view, clause))
            (neighbours(view, clause))
        }
    };
    Shown::Page(shortened(&clause.text), content)
}

/// A control that answers the clause, with the values that hold.
fn answered_by(
    view: &View<'_>,
    clause: &Clause,
    control: &str,
    stands: Option<&ClauseStanding>,
) -> Markup {
    let part = stands.and_then(|stands| stands.parts.iter().find(|part| part.control == control));
    let does = catalogue::find(control).map_or("", |described| described.does.as_str());
    let running = view.in_force.find(control);
    let content = html! {
        @if let Some(part) = part { (text::paragraph(tag::standing_tag(part.standing))) }
        (text::paragraph(does))
        @if part.is_some() {
            @match running {
                Some(running) => (chosen(view, clause, running)),
                None => (not_running(view, control)),
            }
            (text::paragraph(text::link(&control_at(control), "What is kept for it")))
        }
    };
    facts::card(title_of(control), content)
}

fn not_running(view: &View<'_>, control: &str) -> Markup {
    match view.setting.policy.off(control) {
        Some(off) => text::paragraph(html! {
            "Not in use since " (day(off.at.date())) ": " (off.reason)
        }),
        None => text::paragraph(
            "This version of Stairgate does not have this control yet, so the clause does not count as met.",
        ),
    }
}

/// The address of a control.
pub(super) fn control_at(control: &str) -> String {
    format!("/policy/controls/{}", encoded(control))
}

/// The values that hold for a control, and where each comes from.
fn chosen(view: &View<'_>, clause: &Clause, running: &Running) -> Markup {
    let bound = &running.bound;
    if bound.values.is_empty() && bound.open.is_empty() {
        return html! {};
    }
    let meanings = catalogue::find(running.id).map(|described| &described.params);
    let meaning = |param: &str| {
        let found = meanings.and_then(|meanings| meanings.get(param));
        found.map_or_else(
            || param.to_owned(),
            |meaning| format!("{param} ({meaning})"),
        )
    };
    let from = |param: &String| -> Markup {
        let clauses = bound.from.get(param).map(Vec::as_slice).unwrap_or_default();
        let others = clauses.iter().filter(|id| **id != clause.id);
        let others: Vec<Markup> = others
            .filter_map(|id| view.in_force.document.clause(id))
            .take(6)
            .map(clause_link)
            .collect();
        html! {
            @if clauses.is_empty() { (text::muted("chosen by the setting")) }
            @else if clauses.contains(&clause.id) { (text::muted("from this clause")) }
            @if !others.is_empty() { " " (text::muted("also from")) (text::bullets(&others)) }
        }
    };
    let mut rows: Vec<Fact> = bound
        .values
        .iter()
        .map(|(param, held)| Fact::new(meaning(param), html! { (value(held)) " " (from(param)) }))
        .collect();
    rows.extend(bound.open.iter().map(|open| {
        Fact::new(
            meaning(&open.param),
            html! { "still to be chosen: " (text::link("/policy/choices", "the clauses leave it open or disagree")) },
        )
    }));
    facts::facts(&rows)
}

/// A clause that no control answers stands by a person's word.
fn by_word(view: &View<'_>, clause: &Clause, is_inside: bool) -> Markup {
    if !is_inside {
        return text::paragraph("People of the setting see to it.");
    }
    let word = view.setting.policy.word_on(&clause.id);
    let until = view.today.checked_add(6.months()).unwrap_or(view.today);
    let answers = Answers::default()
        .with("clause", &clause.id)
        .with("until", until.to_string());
    html! {
        (text::paragraph("No control answers this clause, so a person gives their word on how it is met."))
        @if let Some(word) = &word {
            (text::quote(&word.says, html! {
                (who(view, word.by)) " on " (day(word.at.date())) ", holds until " (day(word.until))
            }))
        }
        (ask(view, "policy.give-word", &clause_at(&clause.id), &answers))
    }
}

/// Values that none of its controls takes: details of the sentence.
fn kept_with_it(clause: &Clause) -> Markup {
    let params: BTreeSet<&String> = clause
        .controls
        .iter()
        .filter_map(|control| catalogue::find(control))
        .flat_map(|described| described.params.keys())
        .collect();
    let details: Vec<Fact> = clause
        .values
        .iter()
        .filter(|(key, _)| !params.contains(key))
        .map(|(key, held)| Fact::new(key.replace('_', " "), value(held)))
        .collect();
    html! {
        @if !details.is_empty() {
            (text::h2("Details kept with it"))
            (facts::facts(&details))
        }
    }
}

/// The entries that the standing rests on.
fn rests_on(view: &View<'_>, evidence: &Evidence) -> Markup {
    html! {
        (text::h2("What that rests on"))
        @if evidence.is_empty() {
            (text::paragraph("Nothing has been recorded for it yet."))
        } @else {
            (text::paragraph(html! {
                (evidence.count) " recorded, the newest " (evidence.newest.map(|at| age(view, at)).unwrap_or_default()) "."
            }))
            (text::paragraph(html! {
                "Entries of the ledger: "
                @for (place, seq) in evidence.entries.iter().rev().take(ENTRIES_MAX).enumerate() {
                    @if place > 0 { ", " }
                    (entry_link(view, *seq))
                }
                @let more = evidence.count.saturating_sub(u64::try_from(ENTRIES_MAX).unwrap_or(u64::MAX));
                @if more > 0 { " and " (more) " more" }
            }))
        }
    }
}

/// What is owed for it now.
fn open(view: &View<'_>, stands: &ClauseStanding) -> Markup {
    let mut places: Vec<usize> = stands
        .parts
        .iter()
        .flat_map(|part| part.duties.iter().copied())
        .collect();
    places.sort_unstable();
    places.dedup();
    let items: Vec<_> = places
        .iter()
        .filter_map(|place| view.standings.duties.get(*place))
        .filter(|owed| sees_duty(view, owed))
        .map(|owed| duty(view, owed))
        .collect();
    html! {
        (text::h2("What is to be done"))
        @if items.is_empty() { (text::paragraph(if view.has(&over_all()) { "Nothing is open." } else { "Nothing is open for you." })) }
        @else { (guide::duties(&items)) }
    }
}

/// In which versions its words changed.
fn history(view: &View<'_>, clause: &Clause) -> Markup {
    let mut lines: Vec<Markup> = Vec::new();
    let mut before: Option<(u32, &Clause)> = None;
    for version in view.setting.policy.versions() {
        let found = version.document.clause(&clause.id);
        let line = match (before, found) {
            (None, Some(_)) => Some("came into the policy"),
            (Some((_, old)), Some(new)) if old.text != new.text => Some("was reworded"),
            (Some((_, old)), Some(new)) if old != new => Some("got other controls or values"),
            (Some(_), None) => Some("was taken out"),
            (Some(_), Some(_)) | (None, None) => None,
        };
        if let Some(line) = line {
            lines.push(html! {
                (day(version.at.date())) ": " (line) " with version "
                (text::link(&format!("/policy/versions/{}", version.number), version.number))
                @if let Some((number, _)) = before {
                    " (" (text::link(&format!("/policy/compare?from={number}&to={}", version.number), "compare")) ")"
                }
            });
        }
        before = found.map(|clause| (version.number, clause));
    }
    html! { (text::h2("How it came about")) (text::bullets(&lines)) }
}

/// The clauses before and after it.
fn neighbours(view: &View<'_>, clause: &Clause) -> Markup {
    let document = &view.in_force.document;
    let Some(place) = document.place(&clause.id) else {
        return html! {};
    };
    let before = place
        .checked_sub(1)
        .and_then(|place| document.clauses.get(place));
    let after = document.clauses.get(place + 1);
    html! {
        (text::divider())
        (text::paragraph(html! {
            "Clause " (place + 1) " of " (count(document.clauses.len(), "clause", "clauses")) ". "
            @if let Some(before) = before { "Before it: " (clause_link(before)) ". " }
            @if let Some(after) = after { "After it: " (clause_link(after)) "." }
        }))
        @if view.has(&Need::management()) {
            (text::paragraph(text::link("/policy/draft", "Change the policy in a draft")))
        }
    }
}
