//! The versions of the policy, each with who took part and who agreed, and what is different between
//! any two of them.

use super::parts::{
    around, count, day, inside, link_to, names, none_yet, sees_draft, title_of, who,
};
use crate::{
    policy::{
        difference::{self, Change, Difference},
        document::{Clause, Document},
        register::{Comment, Version},
    },
    spine::{
        page::{Params, Shown},
        view::View,
    },
};
use kernel::value::Values;
use kit::{
    button::button,
    choice::Choice,
    difference::{difference, difference_key},
    facts::{self, Fact},
    field::Field,
    form,
    table::{Column, Table},
    tag, text,
};
use maud::{Markup, html};

/// All versions, newest first.
pub(super) fn versions(view: &View<'_>, _params: &Params) -> Shown {
    let policy = &view.setting.policy;
    let title = "Versions of the policy".to_owned();
    if policy.versions().is_empty() {
        return Shown::Page(
            title,
            html! { (text::h1("Versions of the policy")) (none_yet(view)) },
        );
    }
    let mut table = Table::new(
        "Versions",
        [
            Column::words("Version"),
            Column::words("In force since"),
            Column::words("Approved by"),
            Column::numbers("Clauses"),
            Column::words("What is different"),
        ],
    )
    .caption_unseen()
    .first_cell_heads();
    let mut before: Option<&Version> = None;
    let mut rows = Vec::new();
    for version in policy.versions() {
        rows.push(row(view, before, version));
        before = Some(version);
    }
    rows.reverse();
    table = table.rows(rows);
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/versions"))
        (table)
        @if policy.versions().len() > 1 { (choose(policy.versions())) }
    };
    Shown::Page(title, content)
}

fn row(view: &View<'_>, before: Option<&Version>, version: &Version) -> Vec<Markup> {
    let number = version.number;
    let approved: Vec<String> = version
        .approved
        .iter()
        .map(|one| format!("{} for {}", view.name(one.person), one.approver))
        .collect();
    let different = match before {
        None => text::text("the first version"),
        Some(before) => {
            let counts = difference::compare(&before.document, &version.document).counts();
            let at = format!("/policy/compare?from={}&to={number}", before.number);
            text::link(&at, counts.in_words())
        }
    };
    vec![
        text::link(
            &format!("/policy/versions/{number}"),
            format!("Version {number}"),
        ),
        day(version.at.date()),
        text::text(if approved.is_empty() {
            "agreed before".to_owned()
        } else {
            approved.join(", ")
        }),
        text::text(version.document.clauses.len()),
        different,
    ]
}

/// Choosing two versions to compare.
fn choose(versions: &[Version]) -> Markup {
    let choices: Vec<Choice> = versions
        .iter()
        .rev()
        .map(|version| {
            Choice::new(
                version.number.to_string(),
                format!("Version {}", version.number),
            )
        })
        .collect();
    let number = |version: Option<&Version>| {
        version.map_or(String::new(), |version| version.number.to_string())
    };
    let last = number(versions.last());
    let before = number(versions.iter().rev().nth(1));
    html! {
        (text::h2("Compare two versions"))
        (form::asking_form("/policy/compare", html! {
            (Field::new("from", "Earlier").value(before).select(&choices))
            (Field::new("to", "Later").value(last).select(&choices))
            (button("Compare").secondary())
        }))
    }
}

/// One version.
pub(super) fn version(view: &View<'_>, params: &Params) -> Shown {
    let policy = &view.setting.policy;
    let found = params
        .number("number")
        .and_then(|number| policy.version(number));
    let Some(version) = found else {
        return Shown::NotHere;
    };
    let title = format!("Version {} of the policy", version.number);
    let is_current = policy
        .adopted()
        .is_some_and(|current| current.number == version.number);
    let content = html! {
        (text::h1_with_caption(&version.document.policy.title, &title))
        (around(view, "/policy/versions"))
        @if is_current { (text::paragraph(tag::tag("In force", tag::Colour::Green))) }
        (facts::facts(&about(view, version)))
        (text::paragraph(text::link_to_file(&format!("/policy/versions/{}/file", version.number), "Keep it as a file", "TOML")))
        @if version.number > 1 {
            (link_to(&format!("/policy/compare?from={}&to={}", version.number - 1, version.number), "What is different from the version before"))
        }
        @if view.has(&inside()) && let Some(draft) = version.draft { (comments(view, draft)) }
        (super::reading::words(&version.document))
    };
    Shown::Page(title, content)
}

fn about(view: &View<'_>, version: &Version) -> Vec<Fact> {
    let approved: Vec<String> = version
        .approved
        .iter()
        .map(|one| format!("{} for {}", view.name(one.person), one.approver))
        .collect();
    let mut rows = vec![
        Fact::new("In force since", day(version.at.date())),
        Fact::new("Adopted by", who(view, version.by)),
        Fact::new(
            "Approved by",
            if approved.is_empty() {
                "agreed before it came here".to_owned()
            } else {
                approved.join(", ")
            },
        ),
    ];
    if !version.took_part.is_empty() {
        rows.push(Fact::new(
            "Commented on it",
            names(view, &version.took_part),
        ));
    }
    rows
}

/// What people said about the draft of a version, and what became of it.
fn comments(view: &View<'_>, draft: u32) -> Markup {
    let all: Vec<&Comment> = view.setting.policy.comments_on(draft).collect();
    if all.is_empty() {
        return html! {};
    }
    let list = html! { @for comment in &all { (super::consulting::comment(view, comment)) } };
    text::details(
        format!("{} on its draft", count(all.len(), "comment", "comments")),
        list,
    )
}

/// A version as a file.
pub(super) fn file(view: &View<'_>, params: &Params) -> Shown {
    let policy = &view.setting.policy;
    let found = params
        .number("number")
        .and_then(|number| policy.version(number));
    match found {
        Some(version) => Shown::File {
            name: format!("policy-version-{}.toml", version.number),
            mime: "application/toml",
            bytes: version.document.to_toml().into_bytes(),
        },
        None => Shown::NotHere,
    }
}

/// What is different between two versions, or a version and the draft.
pub(super) fn compare(view: &View<'_>, params: &Params) -> Shown {
    let (Some((from, before)), Some((to, after))) = (
        state(view, params.get("from")),
        state(view, params.get("to")),
    ) else {
        return Shown::NotHere;
    };
    let found = difference::compare(before, after);
    let title = format!("From {from} to {to}");
    let content = html! {
        (text::h1_with_caption("What is different", &title))
        (around(view, "/policy/versions"))
        (text::lead(found.counts().in_words()))
        @if !found.changes.is_empty() { (difference_key()) }
        (changes(&found, view.has(&inside())))
        @if before.policy.title != after.policy.title {
            (text::h2("The title"))
            (difference(&before.policy.title, &after.policy.title))
        }
        @if found.is_reordered { (text::inset("Some clauses stand in another order.")) }
    };
    Shown::Page(title, content)
}

/// A version by its number, or the draft.
fn state<'a>(view: &View<'a>, which: &str) -> Option<(String, &'a Document)> {
    let policy = &view.setting.policy;
    if which == "draft" {
        let draft = policy.draft().filter(|_| sees_draft(view))?;
        return Some(("the draft".to_owned(), &draft.document));
    }
    let version = policy.version(which.parse().ok()?)?;
    Some((format!("version {}", version.number), &version.document))
}

fn changes(found: &Difference<'_>, with_controls: bool) -> Markup {
    html! {
        @for change in &found.changes {
            @match change {
                Change::Added(clause) => {
                    (head(clause, "New", tag::Colour::Green))
                    (difference("", &clause.text))
                }
                Change::Removed(clause) => {
                    (head(clause, "Taken out", tag::Colour::Red))
                    (difference(&clause.text, ""))
                }
                Change::Changed { before, after } => {
                    (head(after, "Changed", tag::Colour::Blue))
                    @if before.section != after.section { (difference(&before.section, &after.section)) }
                    (difference(&before.text, &after.text))
                    @if with_controls { (bindings(before, after)) }
                }
            }
        }
    }
}

fn head(clause: &Clause, what: &str, colour: tag::Colour) -> Markup {
    html! { (text::h2(html! { (clause.section) " " (tag::tag(what, colour)) })) }
}

/// Controls and values that are different.
fn bindings(before: &Clause, after: &Clause) -> Markup {
    let titles = |clause: &Clause| {
        let titles: Vec<&str> = clause
            .controls
            .iter()
            .map(|control| title_of(control))
            .collect();
        titles.join("; ")
    };
    html! {
        @if before.controls != after.controls {
            (text::small("What answers it:"))
            (difference(&titles(before), &titles(after)))
        }
        @if before.values != after.values {
            (text::small("What it chooses:"))
            (difference(&lines(&before.values), &lines(&after.values)))
        }
    }
}

fn lines(values: &Values) -> String {
    crate::policy::choices::to_lines(values).replace('\n', "; ")
}
