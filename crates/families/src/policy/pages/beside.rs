//! Beside the policy: the policies that it refers to, and what follows from misuse.

use super::parts::{around, clause_link, count, day, inside, link_to, linked_at, over_all, writes};
use crate::{
    policy::{asks, register::Linked},
    roles::role::Role,
    spine::{
        answers::Answers,
        page::{Params, Shown, Start, encoded},
        permit::Need,
        view::View,
    },
};
use kit::{
    facts::{self, Fact},
    table::{Column, Table},
    tag, text,
};
use maud::{Markup, html};

/// The policies that clauses refer to.
pub(super) fn linked(view: &View<'_>, _params: &Params) -> Shown {
    let title = "Policies beside this one".to_owned();
    let policy = &view.setting.policy;
    let mut names = asks::linked(view.in_force);
    let named_only = names.len();
    names.extend(
        policy
            .all_linked()
            .filter(|on_file| {
                !names
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(&on_file.name))
            })
            .map(|on_file| on_file.name.clone())
            .collect::<Vec<_>>(),
    );
    let mut table = Table::new(
        "Policies",
        [
            Column::words("Policy"),
            Column::words("On file"),
            Column::words("Looked after by"),
            Column::words("To be looked at on"),
        ],
    )
    .caption_unseen()
    .first_cell_heads();
    for name in &names {
        table = table.row(row(view, name));
    }
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/linked"))
        (text::lead("Clauses of our policy refer to these. Each is on file here, or it says where it is kept."))
        @if names.is_empty() { (text::paragraph("The policy refers to no others.")) } @else { (table) }
        @if named_only > 0 { (text::small(format!("The policy in force refers to {}.", count(named_only, "other policy", "other policies")))) }
        @if writes(view) { (link_to("/policy/linked/keep", "Put a policy on file")) }
    };
    Shown::Page(title, content)
}

fn row(view: &View<'_>, name: &str) -> Vec<Markup> {
    match view.setting.policy.linked(name) {
        Some(on_file) => vec![
            text::link(&linked_at(&on_file.name), &on_file.name),
            tag::tag("On file", tag::Colour::Green),
            text::text(Role::from_key(&on_file.owner).in_words()),
            day(on_file.review_on),
        ],
        None => vec![
            html! {
                (name)
                @if writes(view) {
                    " "
                    (text::link_about(&format!("/policy/linked/keep?name={}", encoded(name)), "Put it on file", name))
                }
            },
            tag::tag("Not on file yet", tag::Colour::Yellow),
            html! {},
            html! {},
        ],
    }
}

/// One linked policy.
pub(super) fn linked_policy(view: &View<'_>, params: &Params) -> Shown {
    let Some(on_file) = view.setting.policy.linked(params.get("name")) else {
        return Shown::NotHere;
    };
    let clauses: Vec<Markup> = view
        .in_force
        .document
        .clauses
        .iter()
        .filter(|clause| {
            asks::linked_by(clause)
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&on_file.name))
        })
        .map(clause_link)
        .collect();
    let content = html! {
        (text::h1_with_caption("Beside our policy", &on_file.name))
        (around(view, "/policy/linked"))
        (facts::facts(&about(on_file)))
        @if let Some(words) = &on_file.text {
            (text::h2("Its words"))
            @for line in words.lines().filter(|line| !line.trim().is_empty()) { (text::paragraph(line)) }
        }
        @if !clauses.is_empty() { (text::h2("The clauses that refer to it")) (text::bullets(&clauses)) }
        @if writes(view) {
            (text::plain_list(&[
                text::link(&format!("/policy/linked/keep?name={}", encoded(&on_file.name)), "Put a newer one on file"),
                text::link(&format!("/policy/linked/remove?name={}", encoded(&on_file.name)), "Take it off file"),
            ]))
        }
    };
    Shown::Page(on_file.name.clone(), content)
}

fn about(on_file: &Linked) -> Vec<Fact> {
    let mut rows = vec![
        Fact::new("Looked after by", Role::from_key(&on_file.owner).in_words()),
        Fact::new("To be looked at on", day(on_file.review_on)),
        Fact::new("On file since", day(on_file.at.date())),
    ];
    if !on_file.kept_at.is_empty() {
        rows.push(Fact::new("Kept", &on_file.kept_at));
    }
    if let Some(address) = &on_file.address {
        rows.push(Fact::new("On the web", text::link(address, address)));
    }
    rows
}

/// How the form for a linked policy begins: with what is on file.
pub(super) fn start_linked(view: &View<'_>, params: &Params) -> Start {
    let on_file = view.setting.policy.linked(params.get("name"));
    let mut answers = Answers::from_params(params);
    if let Some(on_file) = on_file {
        answers = Answers::default()
            .with("name", &on_file.name)
            .with("owner", &on_file.owner)
            .with("review_on", on_file.review_on.to_string())
            .with("kept_at", &on_file.kept_at)
            .with("address", on_file.address.as_deref().unwrap_or_default())
            .with("text", on_file.text.as_deref().unwrap_or_default());
    }
    Start {
        answers,
        above: None,
        not_here: false,
    }
}

/// What follows from misuse, and what was decided.
pub(super) fn sanctions(view: &View<'_>, _params: &Params) -> Shown {
    let title = "If somebody breaks the rules".to_owned();
    let named = asks::sanctions(view.in_force);
    let running = view.in_force.find("policy.sanctions");
    let clauses = running
        .map(|running| running.bound.clauses.as_slice())
        .unwrap_or_default();
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/sanctions"))
        @if named.is_empty() { (text::lead("The policy names no consequences of misuse.")) }
        @else { (text::lead("What can follow, as our policy says:")) (text::bullets(&named)) }
        @for clause in clauses { (text::quote(&clause.text, html! { (clause_link(clause)) })) }
        @if view.has(&Need::leadership()) {
            (link_to("/policy/outcome", "Record what was decided in a case"))
        }
        @if view.has(&over_all()) { (outcomes(view)) }
        @else if view.has(&inside()) { (text::small("What was decided in a case is for those who lead and for the committee.")) }
    };
    Shown::Page(title, content)
}

fn outcomes(view: &View<'_>) -> Markup {
    let all = view.setting.policy.outcomes();
    let opens = view.has(&Need::leadership());
    let mut table = Table::new(
        "What was decided",
        [
            Column::words("Day"),
            Column::words("Whom it concerns"),
            Column::words("What was decided"),
            Column::words("Decided by"),
        ],
    )
    .caption_unseen();
    for outcome in all.iter().rev() {
        let what = opens.then(|| view.open(&outcome.what)).flatten();
        table = table.row([
            day(outcome.on),
            html! { (view.name(outcome.person)) @if let Some(what) = what { (text::small(what)) } },
            text::text(outcome.sanction.as_deref().unwrap_or("no sanction")),
            text::text(view.name(outcome.decided_by)),
        ]);
    }
    html! {
        (text::h2("What was decided"))
        @if all.is_empty() { (text::paragraph("Nothing has been recorded.")) } @else { (table) }
    }
}
