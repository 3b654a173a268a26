//! Where a policy begins, and the draft: the document on the left, what answers each clause on the
//! right, to confirm or correct.

use super::parts::{around, ask, count, day, link_to, press, sees_draft, title_of, who, writes};
use crate::{
    policy::{
        approver::Approver,
        choices,
        document::Clause,
        draft::{Draft, Suggestion},
        templates,
    },
    spine::{
        answers::Answers,
        catalogue,
        draw::ACT_FIELD,
        page::{Params, Shown, Start},
        standing::shortened,
        view::View,
    },
};
use kit::{
    button::button,
    choice::Choice,
    facts::{self, Fact},
    field::Field,
    form, guide, tag, text,
};
use maud::{Markup, html};

/// The most reasons shown for a suggestion.
const REASONS_SHOWN: usize = 4;

/// Choosing where to begin.
pub(super) fn start(view: &View<'_>, _params: &Params) -> Shown {
    let title = "Bring in your policy".to_owned();
    let policy = &view.setting.policy;
    let templates: Vec<guide::Card> = templates::TEMPLATES
        .iter()
        .map(|template| guide::Card {
            href: format!("/policy/start/template?template={}", template.name),
            title: template.title.to_owned(),
            content: text::text("Start from this template"),
        })
        .collect();
    let content = html! {
        (text::h1(&title))
        @if policy.draft().is_some() {
            (text::inset(html! { "There is a draft already. " (text::link("/policy/draft", "Go on with it")) }))
        } @else {
            (text::lead("The policy that you have is what Stairgate runs. Hand it in, and check what was understood."))
            (text::h2("From the document that you have"))
            (form::upload_form("/policy/upload", view.csrf, html! {
                (Field::new("document", "Your policy")
                    .hint("A text, Word, OpenDocument or PDF file of up to 20 MB. A scan has no text and can’t be read.")
                    .file(".txt,.md,.docx,.odt,.pdf"))
                (button("Read this document"))
            }))
            @if policy.adopted().is_some() {
                (text::h2("From the version in force"))
                (press(view, "policy.begin-from-current", "/policy/start", &[], "Begin a draft from the version in force", ""))
            }
            (text::h2("From a template"))
            (guide::cards(&templates))
            (text::h2("From a policy file"))
            (link_to("/policy/start/file", "Bring in a policy file (TOML)"))
        }
    };
    Shown::Page(title, content)
}

/// How the form for a template begins: with what it is.
pub(super) fn start_template(_view: &View<'_>, params: &Params) -> Start {
    let template = templates::find(params.get("template"));
    Start {
        answers: Answers::from_params(params),
        above: template.map(|template| text::inset(template.title)),
        not_here: false,
    }
}

/// The draft.
pub(super) fn draft(view: &View<'_>, params: &Params) -> Shown {
    let title = "Draft of the policy".to_owned();
    let Some(draft) = view.setting.policy.draft() else {
        let first = writes(view).then_some(("/policy/start", "Begin a draft"));
        let content = html! {
            (text::h1(&title))
            (guide::empty("There is no draft now. A new version of the policy begins as a draft: people comment on it and approve it before it is adopted.", first))
        };
        return Shown::Page(title, content);
    };
    if !sees_draft(view) {
        return Shown::NotHere;
    }
    let only_open = params.get("show") == "open";
    let content = html! {
        (text::h1_with_caption(&draft.document.policy.title, &title))
        (around(view, "/policy/draft"))
        (facts::facts(&about(view, draft)))
        @if writes(view) { (steps(view, draft)) }
        (approvals(view, draft))
        @if writes(view) { (bindings(draft, only_open)) } @else { (to_comment(view, draft)) }
    };
    Shown::Page(title, content)
}

fn about(view: &View<'_>, draft: &Draft) -> Vec<Fact> {
    let clauses = &draft.document.clauses;
    let unconfirmed = clauses
        .iter()
        .filter(|c| draft.is_unconfirmed(&c.id))
        .count();
    let bare = clauses.iter().filter(|c| c.controls.is_empty()).count();
    let mut rows = vec![
        Fact::new(
            "Begun",
            html! { (day(draft.at.date())) " by " (who(view, draft.by)) " from " (draft.source.in_words()) },
        ),
        Fact::new("Clauses", clauses.len()),
    ];
    if writes(view) {
        rows.push(Fact::new(
            "Still to look at",
            html! {
                (unconfirmed)
                @if unconfirmed > 0 { " " (text::link("/policy/draft?show=open", "show only these")) }
            },
        ));
        rows.push(Fact::new(
            "Answered by no control",
            html! { (bare) " (a person gives their word on these)" },
        ));
    }
    rows
}

/// What those who write the draft can do with it.
fn steps(view: &View<'_>, draft: &Draft) -> Markup {
    let sure = draft.sure().len();
    let at = "/policy/draft";
    html! {
        @if sure > 0 {
            (press(view, "policy.confirm-sure", at, &[], &format!("Confirm {}", count(sure, "sure suggestion", "sure suggestions")), ""))
        }
        (text::plain_list(&[
            text::link("/policy/draft/add", "Add a clause"),
            text::link("/policy/draft/title", "Change the title"),
            text::link("/policy/consultation", "Put it to people for comment"),
            text::link_to_file("/policy/draft/file", "Keep it as a file", "TOML"),
            text::link("/policy/draft/discard", "Give it up"),
        ]))
        @if view.setting.policy.adopted().is_some() {
            (link_to(&format!("/policy/compare?from={}&to=draft", view.in_force.version), "What is different from the version in force"))
            (press(view, "policy.ask-approval", at, &[], "Ask for approval", ""))
        }
        (press(view, "policy.adopt", at, &[], "Adopt this draft", ""))
    }
}

/// Who has to agree, who has, and a button for those who can.
fn approvals(view: &View<'_>, draft: &Draft) -> Markup {
    if view.in_force.find("policy.review").is_none() {
        return html! {};
    }
    let approvers = Approver::all(view.in_force);
    let revision = draft.revision.to_string();
    let row = |approver: &Approver| {
        let agreed = draft.approvals.iter().rev().find(|a| {
            a.revision == draft.revision && a.approver.eq_ignore_ascii_case(&approver.words)
        });
        let content = match agreed {
            Some(approval) => html! {
                (tag::tag("Approved", tag::Colour::Green)) " by " (view.name(approval.person)) ", " (day(approval.at.date()))
            },
            None if view.has(&approver.need()) => press(
                view,
                "policy.approve",
                "/policy/draft",
                &[("approver", &approver.words), ("revision", &revision)],
                "Approve this draft",
                &format!("for {}", approver.in_words()),
            ),
            None => tag::tag("Not approved yet", tag::Colour::Yellow),
        };
        Fact::new(approver.in_words(), content)
    };
    let rows: Vec<Fact> = approvers.iter().map(row).collect();
    html! {
        (text::h2("Who has to approve it"))
        (facts::facts(&rows))
    }
}

/// Words on the left, what answers them on the right, section by section.
fn bindings(draft: &Draft, only_open: bool) -> Markup {
    let wanted = |clause: &&Clause| !only_open || draft.is_unconfirmed(&clause.id);
    html! {
        @for (section, clauses) in draft.document.sections() {
            @let shown: Vec<&Clause> = clauses.iter().filter(wanted).collect();
            @if !shown.is_empty() {
                (text::h2(section))
                @for clause in shown {
                    (guide::side_by_side(
                        &format!("Words of clause {}", clause.id),
                        html! { (text::paragraph(&clause.text)) (text::small(html! { (clause.id) " " (text::link_about(&draft_clause_at(&clause.id), "Check and change", format!("clause {}", clause.id))) })) },
                        &format!("What answers clause {}", clause.id),
                        answered(draft, clause),
                    ))
                    (text::divider())
                }
            }
        }
    }
}

/// The address of a clause of the draft.
pub(super) fn draft_clause_at(id: &str) -> String {
    format!("/policy/draft/clauses/{id}")
}

fn answered(draft: &Draft, clause: &Clause) -> Markup {
    let said = draft
        .suggestions
        .get(&clause.id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let other = said
        .iter()
        .filter(|s| !clause.controls.contains(&s.control));
    let other: Vec<&str> = other.map(|s| title_of(&s.control)).take(3).collect();
    html! {
        @if draft.is_unconfirmed(&clause.id) { (text::paragraph(tag::tag("Suggested", tag::Colour::Yellow))) }
        @if clause.controls.is_empty() { (text::paragraph("No control: a person gives their word.")) }
        @for control in &clause.controls {
            (text::paragraph(text::strong(title_of(control))))
            @if let Some(found) = said.iter().find(|s| s.control == *control) { (because(found)) }
        }
        @if !clause.values.is_empty() { (text::small(choices::to_lines(&clause.values).replace('\n', "; "))) }
        @if !other.is_empty() && draft.is_unconfirmed(&clause.id) { (text::small(format!("Perhaps also: {}", other.join("; ")))) }
    }
}

/// Why a control was suggested.
fn because(suggestion: &Suggestion) -> Markup {
    let percent = (suggestion.score.clamp(0.0, 1.0) * 100.0).round();
    let reasons: Vec<&str> = suggestion
        .because
        .iter()
        .map(String::as_str)
        .take(REASONS_SHOWN)
        .collect();
    html! {
        (text::small(html! {
            (percent) " % sure"
            @if !reasons.is_empty() { ", because of " (reasons.join("; ")) }
        }))
    }
}

/// The draft for those who were asked about it.
fn to_comment(view: &View<'_>, draft: &Draft) -> Markup {
    let open = draft.is_open_for_comment(view.today);
    html! {
        @for (section, clauses) in draft.document.sections() {
            (text::h2(section))
            @for clause in clauses {
                (text::paragraph(&clause.text))
                @if open { (text::small(text::link_about(&format!("/policy/comment?clause={}", clause.id), "Comment on this clause", &clause.id))) }
            }
        }
    }
}

/// One clause of the draft: to reword, bind, move or take out.
pub(super) fn draft_clause(view: &View<'_>, params: &Params) -> Shown {
    let Some(draft) = view.setting.policy.draft() else {
        return Shown::NotHere;
    };
    let Some(clause) = draft.document.clause(params.get("clause")) else {
        return Shown::NotHere;
    };
    let at = draft_clause_at(&clause.id);
    let title = shortened(&clause.text);
    let words = Answers::default()
        .with("clause", &clause.id)
        .with("section", &clause.section)
        .with("text", &clause.text);
    let content = html! {
        (text::h1_with_caption(format!("Draft, clause {}", clause.id), &title))
        (around(view, "/policy/draft"))
        (guide::side_by_side(
            "Words of the clause",
            html! { (text::quote(&clause.text, &clause.section)) (text::h2("Change the words")) (ask(view, "policy.edit-clause", &at, &words)) },
            "What answers it",
            html! { (text::h2("What answers it")) (bind(view, draft, clause, &at)) },
        ))
        (text::divider())
        (text::plain_list(&[
            text::link(&format!("/policy/draft/add?after={}", clause.id), "Add a clause after this one"),
            text::link(&format!("/policy/draft/move?clause={}", clause.id), "Put it somewhere else"),
        ]))
        (press(view, "policy.remove-clause", &at, &[("clause", &clause.id)], "Take this clause out", &clause.id))
    };
    Shown::Page(title, content)
}

/// The clause that is to be looked at after this one.
fn next_open<'d>(draft: &'d Draft, clause: &Clause) -> Option<&'d Clause> {
    let place = draft.document.place(&clause.id)?;
    let clauses = &draft.document.clauses;
    let (before, after) = clauses.split_at_checked(place + 1)?;
    let open = |clause: &&Clause| draft.is_unconfirmed(&clause.id);
    let other = |one: &&Clause| one.id != clause.id;
    after.iter().chain(before).filter(other).find(open)
}

/// Confirming or correcting what answers a clause: suggestions with their reasons, and any other.
fn bind(view: &View<'_>, draft: &Draft, clause: &Clause, at: &str) -> Markup {
    let said = draft
        .suggestions
        .get(&clause.id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut controls: Vec<&str> = clause.controls.iter().map(String::as_str).collect();
    controls.extend(
        said.iter()
            .map(|s| s.control.as_str())
            .filter(|control| !clause.controls.iter().any(|own| own == control)),
    );
    let choice = |control: &&str| {
        let reason = said.iter().find(|s| s.control == *control).map(why);
        let drawn = Choice::new(*control, title_of(control));
        let bound = clause.controls.iter().any(|own| own == control);
        drawn
            .hint(reason.unwrap_or_else(|| does(control)))
            .chosen(bound)
    };
    let boxes: Vec<Choice> = controls.iter().map(choice).collect();
    let mut others = vec![Choice::new("", "None")];
    others.extend(
        all_controls()
            .into_iter()
            .map(|(key, label)| Choice::new(key, label)),
    );
    let next = next_open(draft, clause);
    form::form(
        at,
        view.csrf,
        html! {
            (form::hidden(ACT_FIELD, "policy.bind"))
            (form::hidden("clause", &clause.id))
            @if let Some(next) = next { (form::hidden("next", &next.id)) }
            @if !boxes.is_empty() { (Field::new("controls", "Controls").hint("Take out the ticks that are wrong.").checkboxes(&boxes)) }
            (Field::new("more", "Another control").select(&others))
            (Field::new("values", "What the clause chooses")
                .hint("One on each line, such as every = year. Separate several with semicolons.")
                .value(choices::to_lines(&clause.values))
                .rows(4)
                .long_text())
            (params_of(&controls))
            (button(if next.is_some() { "Confirm and go to the next" } else { "Confirm" }))
        },
    )
}

fn why(suggestion: &Suggestion) -> String {
    let reasons: Vec<&str> = suggestion
        .because
        .iter()
        .map(String::as_str)
        .take(REASONS_SHOWN)
        .collect();
    let percent = (suggestion.score.clamp(0.0, 1.0) * 100.0).round();
    match reasons.is_empty() {
        true => format!("{percent} % sure"),
        false => format!("{percent} % sure, because of {}", reasons.join("; ")),
    }
}

fn does(control: &str) -> String {
    catalogue::find(control).map_or(String::new(), |described| described.does.clone())
}

/// What the controls of a clause let a policy choose.
fn params_of(controls: &[&str]) -> Markup {
    let params: Vec<String> = controls
        .iter()
        .filter_map(|control| catalogue::find(control))
        .flat_map(|described| &described.params)
        .map(|(param, meaning)| format!("{param}: {meaning}"))
        .collect();
    html! { @if !params.is_empty() { (text::details("What can be chosen here", text::bullets(&params))) } }
}

/// Every control: key and words, by family.
pub(super) fn all_controls() -> Vec<(String, String)> {
    let label = |described: &catalogue::Described| {
        let family = catalogue::family_in_words(described.family());
        (
            described.id.clone(),
            format!("{family}: {}", described.title),
        )
    };
    catalogue::all().iter().map(label).collect()
}

/// The draft as a file.
pub(super) fn file(view: &View<'_>, _params: &Params) -> Shown {
    match view.setting.policy.draft().filter(|_| sees_draft(view)) {
        Some(draft) => Shown::File {
            name: "policy-draft.toml".to_owned(),
            mime: "application/toml",
            bytes: draft.document.to_toml().into_bytes(),
        },
        None => Shown::NotHere,
    }
}
