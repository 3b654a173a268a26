//! The files of a case on its page, the form that adds one, the file itself; and the form that moves
//! what was written in the wrong case.

use super::{acts::Act as Papers, are_taken};
use crate::{
    concerns::{
        acts::Act,
        pages::{case, name, others, start_in_case},
        register::Case,
    },
    spine::{
        act::Act as AnyAct,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address},
        permit::Need,
        view::View,
    },
};
use kernel::kept::Loose;
use kit::{text, timeline::Event};
use maud::{Markup, html};

/// The largest file, in bytes.
const FILE_BYTES_MAX: usize = 20 << 20;

/// A file of a case.
pub(crate) const FILE: Page = Page {
    path: "/concerns/cases/{case}/files/{paper}",
    title: "A file of a case",
    menu: 0,
    help: "A file of a case, to keep. Each time that somebody takes it along is recorded.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    lines: None,
    show: file,
};

fn file(view: &View<'_>, params: &Params) -> Shown {
    let Some(case) = case(view, params).filter(|case| are_taken(view, case)) else {
        return Shown::NotHere;
    };
    let number: Option<u32> = params.number("paper");
    let paper = case
        .papers
        .iter()
        .find(|paper| Some(paper.number) == number);
    let opened = paper.and_then(|paper| paper.file.open(view.keys));
    opened.map_or(Shown::NotHere, |file: Loose| Shown::Kept(Box::new(file)))
}

/// Add a file.
pub(crate) const ADD: Form = Form {
    act: "concerns.add-file",
    path: "/concerns/add-file",
    title: "Add a file",
    button: "Add it",
    help: "A letter, a form, a note on paper, a picture of an injury that a doctor or the police took. It is kept encrypted under the key of this case, and only those who are on the case can open it.\nNever an indecent image of a child, and never a picture that you would have to take yourself for it. Where a case is about such an image no file is taken at all.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    fields: &[
        Field::new("case", "Case", FieldKind::Hidden),
        Field::new("file", "The file", FieldKind::Keep(FILE_BYTES_MAX)).hint("At most 20 MB"),
        Field::new(
            "what",
            "What is it, and where does it come from?",
            FieldKind::Line(300),
        ),
    ],
    start: start_add,
    read: |answers| {
        Some(AnyAct::Concerns(Act::Paper(Papers::Add {
            case: answers.number("case")?,
            what: answers.text("what")?,
            file: Box::new(answers.kept("file")?.clone()),
        })))
    },
    then: |answers| {
        format!(
            "/concerns/cases/{}",
            answers.number::<u32>("case").unwrap_or(0)
        )
    },
};

/// Not there where no file is taken: then nothing that is sent to it is looked at or kept.
fn start_add(view: &View<'_>, params: &Params) -> Start {
    let taken = case(view, params).is_some_and(|case| are_taken(view, case) && !case.is_closed());
    if taken {
        return start_in_case(view, params);
    }
    Start {
        not_here: true,
        ..Start::default()
    }
}

/// Move a note.
pub(crate) const MOVE: Form = Form {
    act: "concerns.move-note",
    path: "/concerns/move-note",
    title: "Move a note to the right case",
    button: "Seal it here and move it",
    help: "For a note that was written about another child. It goes to the case that it belongs to, with who wrote it first and when. Here it is sealed: nobody reads it here any more, and it stays recorded that it was here.\nYou have to be on both cases. Is there no case for the other child yet? Report a concern first.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    fields: &[
        Field::new("case", "Case", FieldKind::Hidden),
        Field::new("note", "Note", FieldKind::Hidden),
        Field::new(
            "other",
            "Which case does it belong to?",
            FieldKind::ChoiceOf(others),
        ),
        Field::new("why", "Why?", FieldKind::Text(2_000)),
    ],
    start: start_in_case,
    read: |answers| {
        Some(AnyAct::Concerns(Act::Paper(Papers::Move {
            case: answers.number("case")?,
            note: answers.number("note")?,
            other: answers.number("other")?,
            why: answers.text("why")?,
        })))
    },
    then: |answers| {
        format!(
            "/concerns/cases/{}",
            answers.number::<u32>("case").unwrap_or(0)
        )
    },
};

/// The link that moves a note.
pub(crate) fn move_link(case: &Case, note: u32) -> Markup {
    let (number, one) = (case.number.to_string(), note.to_string());
    let at = address("/concerns/move-note", &[("case", &number), ("note", &one)]);
    text::link_about(&at, "Move it to the right case", format!("note {note}"))
}

/// What leads to adding a file, or says why none is taken.
pub(crate) fn offer(view: &View<'_>, case: &Case) -> Markup {
    if !are_taken(view, case) {
        return text::inset(
            "No files are taken in this case. Nobody looks at the image, copies it, prints it, sends it or hands it in; a file that came in before is sealed and opened by nobody.",
        );
    }
    let at = address("/concerns/add-file", &[("case", &case.number.to_string())]);
    text::paragraph(text::link(&at, "Add a file"))
}

/// The files, for the chronology: the entry, and what is shown.
pub(crate) fn events(view: &View<'_>, case: &Case) -> Vec<(u64, Event)> {
    let opens = are_taken(view, case);
    let event = |paper: &crate::concerns::register::Paper| {
        let inside = paper.file.open(view.keys);
        let words = view.open(&paper.what).unwrap_or_default();
        let content = html! {
            (text::paragraph(&words))
            @if !opens { (text::paragraph("It is sealed, and opened by nobody.")) }
            @else if let Some(inside) = inside {
                (text::paragraph(html! {
                    (text::link_about(&format!("/concerns/cases/{}/files/{}", case.number, paper.number), "Take it along", inside.name_to_give()))
                    ", " (inside.kind.in_words()) ", " (size(paper.file.size))
                }))
            } @else { (text::paragraph("It can no longer be opened.")) }
        };
        let by = paper.by.map_or_else(String::new, |by| name(view, by));
        (paper.seq, Event::new("File added", by, paper.at, content))
    };
    case.papers.iter().map(event).collect()
}

/// For print: one line for each file, with what proves that it is the same.
pub(crate) fn lines(view: &View<'_>, case: &Case) -> Vec<String> {
    let line = |paper: &crate::concerns::register::Paper| {
        let words = view.open(&paper.what).unwrap_or_default();
        let by = paper.by.map_or_else(String::new, |by| name(view, by));
        format!(
            "{}. {words} ({}, added by {by}, {}). Entry {}.",
            paper.number,
            size(paper.file.size),
            paper.at.in_words(),
            paper.seq
        )
    };
    case.papers.iter().map(line).collect()
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=1_023 => format!("{bytes} bytes"),
        1_024..=1_048_575 => format!("{} KB", bytes / 1_024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}
