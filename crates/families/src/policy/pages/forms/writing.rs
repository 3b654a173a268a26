//! Forms for writing the policy.

use super::{BARE, CLAUSE, some};
use crate::{
    policy::{
        acts::Act,
        document::{CLAUSE_CHARS_MAX, FILE_BYTES_MAX, SECTION_CHARS_MAX},
        pages::writing::{all_controls, draft_clause_at, start_template},
        templates::TEMPLATES,
    },
    spine::{
        answers::Answers,
        page::{Field, FieldKind, Form},
        standing::shortened,
        view::View,
    },
};

const SECTION: Field = Field::new("section", "Heading", FieldKind::Line(SECTION_CHARS_MAX));
const TEXT: Field = Field::new("text", "Words", FieldKind::Text(CLAUSE_CHARS_MAX));
const AFTER: Field = Field::new("after", "It stands after", FieldKind::ChoiceOf(places)).optional();

pub(super) const BEGIN_FROM_TEMPLATE: Form = Form {
    act: "policy.begin-from-template",
    path: "/policy/start/template",
    title: "Begin from a template",
    button: "Begin this draft",
    help: "A template is a whole policy for a kind of setting, with your setting’s name in it.\nYou get it as a draft. Read it, change what does not fit, and adopt it.",
    fields: &[Field::new(
        "template",
        "Template",
        FieldKind::ChoiceOf(templates),
    )],
    start: start_template,
    read: |answers| some(Act::BeginFromTemplate(answers.text("template")?)),
    then: to_draft,
    ..BARE
};

pub(super) const BEGIN_FROM_CURRENT: Form = Form {
    act: "policy.begin-from-current",
    path: "/policy/start",
    title: "Begin from the version in force",
    button: "Begin a draft",
    help: "The draft has the same clauses, with the same ids and controls. Nothing changes until you adopt it.",
    read: |_| some(Act::BeginFromCurrent),
    then: to_draft,
    ..BARE
};

pub(super) const BEGIN_FROM_FILE: Form = Form {
    act: "policy.begin-from-file",
    path: "/policy/start/file",
    title: "Bring in a policy file",
    button: "Begin this draft",
    help: "A policy file (TOML) is what you get when you keep a policy as a file. You can edit it with any text editor and bring it in again.\nClauses keep the ids that they have in the file; a clause without one gets one.",
    fields: &[
        Field::new("file", "Policy file", FieldKind::File(FILE_BYTES_MAX))
            .hint("A file that ends in .toml, of at most 4 MB"),
    ],
    read: |answers| {
        let file = answers.file("file")?;
        some(Act::BeginFromFile {
            name: kernel::naming::strip(&file.name),
            text: kernel::naming::strip(&String::from_utf8_lossy(&file.bytes)),
        })
    },
    then: to_draft,
    ..BARE
};

pub(super) const RENAME_DRAFT: Form = Form {
    act: "policy.rename-draft",
    path: "/policy/draft/title",
    title: "Change the title of the draft",
    button: "Change the title",
    help: "The title stands at the head of the policy.",
    fields: &[Field::new("title", "Title", FieldKind::Line(200))],
    start: |view, _| {
        let title = view
            .setting
            .policy
            .draft()
            .map(|draft| draft.document.policy.title.as_str());
        crate::spine::page::Start {
            answers: Answers::default().with("title", title.unwrap_or_default()),
            ..crate::spine::page::Start::default()
        }
    },
    read: |answers| {
        some(Act::RenameDraft {
            title: answers.text("title")?,
        })
    },
    then: to_draft,
    ..BARE
};

pub(super) const DISCARD_DRAFT: Form = Form {
    act: "policy.discard-draft",
    path: "/policy/draft/discard",
    title: "Give up the draft",
    button: "Give up this draft",
    help: "The draft goes, with what was confirmed in it. The version in force stays as it is.\nComments and what became of them are kept.",
    fields: &[Field::new("why", "Why", FieldKind::Text(1_000))],
    read: |answers| {
        some(Act::DiscardDraft {
            why: answers.text("why")?,
        })
    },
    then: |_| "/policy/start".to_owned(),
    ..BARE
};

pub(super) const ADD_CLAUSE: Form = Form {
    act: "policy.add-clause",
    path: "/policy/draft/add",
    title: "Add a clause",
    button: "Add this clause",
    help: "A clause is one or a few sentences that ask for one thing. It stands under a heading.\nYou say afterwards which controls answer it.",
    fields: &[
        SECTION,
        TEXT,
        AFTER.hint("At the end when you choose nothing"),
    ],
    start: |view, params| {
        let draft = view.setting.policy.draft();
        let before = draft.and_then(|draft| match params.get("after") {
            "" => draft.document.clauses.last(),
            after => draft.document.clause(after),
        });
        let mut answers = Answers::from_params(params);
        if let Some(before) = before {
            answers = answers.with("section", &before.section);
        }
        crate::spine::page::Start {
            answers,
            ..crate::spine::page::Start::default()
        }
    },
    read: |answers| {
        some(Act::AddClause {
            section: answers.text("section")?,
            text: answers.text("text")?,
            after: answers.text("after"),
        })
    },
    then: to_draft,
    ..BARE
};

pub(super) const EDIT_CLAUSE: Form = Form {
    act: "policy.edit-clause",
    path: "/policy/draft/clauses/{clause}",
    title: "Change the words of a clause",
    button: "Change the words",
    help: "The clause keeps its id, so that people can see from version to version what became of it.",
    fields: &[CLAUSE, SECTION, TEXT],
    read: |answers| {
        some(Act::EditClause {
            clause: answers.text("clause")?,
            section: answers.text("section")?,
            text: answers.text("text")?,
        })
    },
    then: to_clause,
    ..BARE
};

pub(super) const REMOVE_CLAUSE: Form = Form {
    act: "policy.remove-clause",
    path: "/policy/draft/clauses/{clause}",
    title: "Take a clause out",
    button: "Take this clause out",
    help: "It goes from the draft only. The version in force keeps it until the draft is adopted.",
    fields: &[CLAUSE],
    read: |answers| {
        some(Act::RemoveClause {
            clause: answers.text("clause")?,
        })
    },
    then: to_draft,
    ..BARE
};

pub(super) const MOVE_CLAUSE: Form = Form {
    act: "policy.move-clause",
    path: "/policy/draft/move",
    title: "Put a clause somewhere else",
    button: "Move this clause",
    help: "Choose the clause that it is to stand after. It keeps its own heading.",
    fields: &[
        CLAUSE,
        AFTER.hint("At the beginning when you choose nothing"),
    ],
    read: |answers| {
        some(Act::MoveClause {
            clause: answers.text("clause")?,
            after: answers.text("after"),
        })
    },
    then: to_draft,
    ..BARE
};

pub(super) const BIND: Form = Form {
    act: "policy.bind",
    path: "/policy/draft/clauses/{clause}",
    title: "Say what answers a clause",
    button: "Confirm",
    help: "Take out the ticks that are wrong and add what is missing. A clause without any control stands by a person’s word.\nWhat you say is remembered for the next document that you hand in.",
    fields: &[
        CLAUSE,
        Field::new("controls", "Controls", FieldKind::SeveralOf(every_control)).optional(),
        Field::new(
            "more",
            "Another control",
            FieldKind::ChoiceOf(every_control),
        )
        .optional(),
        Field::new("values", "What the clause chooses", FieldKind::Text(10_000))
            .hint("One on each line, such as every = year. Separate several with semicolons.")
            .optional(),
    ],
    read: |answers| {
        let mut controls = answers.several("controls");
        controls.extend(answers.text("more"));
        let given = answers.iter().any(|(name, _)| name == "values");
        let values = given.then(|| answers.raw("values").unwrap_or_default().to_owned());
        some(Act::Bind {
            clause: answers.text("clause")?,
            controls,
            values,
        })
    },
    then: |answers| {
        answers
            .text("next")
            .map_or_else(|| to_clause(answers), |next| clause_or_draft(&next))
    },
    ..BARE
};

pub(super) const CONFIRM_SURE: Form = Form {
    act: "policy.confirm-sure",
    path: "/policy/draft",
    title: "Confirm all sure suggestions",
    button: "Confirm them",
    help: "Suggestions that are sure are taken as they are. Those that are not sure stay for you to look at.",
    read: |_| some(Act::ConfirmSure),
    then: |_| "/policy/draft?show=open".to_owned(),
    ..BARE
};

fn to_draft(_answers: &Answers) -> String {
    "/policy/draft".to_owned()
}

fn to_clause(answers: &Answers) -> String {
    clause_or_draft(&answers.text("clause").unwrap_or_default())
}

/// The page of a clause whose id is safe in an address; else the draft.
fn clause_or_draft(id: &str) -> String {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    if id.starts_with(|c: char| c.is_ascii_alphanumeric()) && id.chars().all(safe) {
        draft_clause_at(id)
    } else {
        "/policy/draft".to_owned()
    }
}

fn templates(_view: &View<'_>) -> Vec<(String, String)> {
    TEMPLATES
        .iter()
        .map(|template| (template.name.to_owned(), template.title.to_owned()))
        .collect()
}

/// The clauses of the draft, to stand after.
fn places(view: &View<'_>) -> Vec<(String, String)> {
    let Some(draft) = view.setting.policy.draft() else {
        return Vec::new();
    };
    let label = |clause: &crate::policy::document::Clause| {
        (
            clause.id.clone(),
            format!(
                "{}: {}",
                shortened(&clause.section),
                shortened(&clause.text)
            ),
        )
    };
    draft.document.clauses.iter().map(label).collect()
}

fn every_control(_view: &View<'_>) -> Vec<(String, String)> {
    all_controls()
}
