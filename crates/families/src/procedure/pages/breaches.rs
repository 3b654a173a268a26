//! The register of breaches of personal data: each one, told or not, of the cases that the reader
//! is on; and the yearly look through it.

use super::run;
use crate::{
    procedure::{acts::Act, run::State, sheet::Part},
    spine::{
        act::Act as AnyAct,
        page::{Field, FieldKind, Form, Page, Params, Shown, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::button,
    document::{Block, Document, Table},
    guide, navigation, text,
};
use maud::html;

const HELP: &str = "Each breach of personal data, whether anybody had to be told of it or not: what, whose, how much risk, who was told and when. You see those of the cases that you are on.\nOnce a year it is looked through: is each decided, and what has changed?";

/// The register.
pub(super) const BREACHES: Page = Page {
    path: "/procedure/breaches",
    title: "Breaches of personal data",
    menu: 0,
    help: HELP,
    need: |_, _| Need::leadership(),
    lines: None,
    show,
};

/// The register, for print and as a file.
pub(super) const PRINT: Page = Page {
    path: "/procedure/breaches/print",
    title: "Breaches of personal data, for print",
    menu: 0,
    help: HELP,
    need: |_, _| Need::leadership(),
    lines: None,
    show: |view, _| Shown::Document(Box::new(document(view))),
};

/// Look the register through.
pub(super) const LOOK_THROUGH: Form = Form {
    act: "procedure.look-through",
    path: "/procedure/look-through",
    title: "Look through the register of breaches",
    button: "It was looked through",
    help: "Once a year, look through the register: is each breach decided, and has what let it happen changed? Write what you found, without anybody’s name.",
    need: |_, _| Need::leadership(),
    fields: &[Field::new(
        "found",
        "What did you find?",
        FieldKind::Text(2_000),
    )],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Procedure(Act::LookThrough {
            found: answers.text("found")?,
        }))
    },
    then: |_| "/procedure/breaches".to_owned(),
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let table = table(view);
    let looked = view.setting.procedure.looked_through();
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (text::h1("Breaches of personal data"))
        @if let Some(looked) = looked {
            (text::paragraph(format!("Last looked through on {}: {}", looked.at.in_words(), looked.found)))
        }
        @if table.rows.is_empty() {
            (guide::empty("No breach is written down in a case that you are on. If data was lost or seen by others, report it as a concern; the case leads you through it.", Some(("/concerns/report", "Report a concern"))))
        } @else {
            (text::paragraph(text::link("/procedure/breaches/print", "Print it or keep it as a file")))
            (kit::document::to_html(&Document::new("").with(Block::Table(table))))
        }
        (button("Say that it was looked through").to("/procedure/look-through").secondary())
    };
    Shown::Page("Breaches of personal data".to_owned(), content)
}

fn document(view: &View<'_>) -> Document {
    Document::new("Breaches of personal data").with(Block::Table(table(view)))
}

fn table(view: &View<'_>) -> Table {
    let mut rows = Vec::new();
    let cases = view
        .setting
        .procedure
        .cases()
        .filter(|case| view.has(&Need::OnCase(*case)));
    for case in cases {
        for one in view.setting.procedure.of(case) {
            let Some(opened) = run::opened(view, case, one.number) else {
                continue;
            };
            if opened.plan.sheet == "data-breach" {
                rows.push(row(&opened));
            }
        }
    }
    Table {
        caption: "Breaches of personal data".to_owned(),
        head: [
            "Case",
            "Heard",
            "What",
            "Whose",
            "How many",
            "Risk, and why",
            "Commissioner",
            "People",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows,
        numeric: Vec::new(),
    }
}

fn row(opened: &run::Opened<'_>) -> Vec<String> {
    let item = |part: Part| opened.course.items.iter().find(|item| item.part() == part);
    let breach = item(Part::Breach).and_then(|item| item.last.as_ref());
    let of = |key: &str| {
        let found = breach.and_then(|marked| marked.mark.more.get(key));
        found.cloned().unwrap_or_default()
    };
    let risk = match of("risk").as_str() {
        "none" => "Unlikely",
        "some" => "A risk",
        "high" => "High",
        _ => "Not weighed yet",
    };
    let why = of("why");
    let told = |part: Part| {
        let Some(item) = item(part) else {
            return String::new();
        };
        let last = item.last.as_ref();
        let when = last.map(|last| last.at.in_words()).unwrap_or_default();
        let words = last.map_or("", |last| last.mark.words.as_str());
        match item.state {
            State::Done => format!("Told {when}"),
            State::NotNeeded => format!("Not told: {words}"),
            State::NeedsSecond => "Not told yet; a second person is asked".to_owned(),
            State::Open | State::Waiting(_) => match item.due {
                Some(due) => format!("By {}", due.in_words()),
                None => "Not yet".to_owned(),
            },
        }
    };
    vec![
        opened.case.reference.clone(),
        opened.plan.heard.in_words(),
        breach
            .map(|marked| marked.mark.words.clone())
            .unwrap_or_default(),
        of("whose"),
        of("count"),
        if why.is_empty() {
            risk.to_owned()
        } else {
            format!("{risk}. {why}")
        },
        told(Part::Commissioner),
        told(Part::People),
    ]
}
