//! What a case shows of its procedures: those that its kind suggests, those at work, and for print
//! everything that was done.

use super::run;
use crate::{
    concerns::{kinds::Kind, register::Case},
    procedure::{
        run::Outcome,
        sheet::{self, Sheet},
    },
    spine::{page::address, view::View},
};
use kit::{
    button::button,
    document::{Block, Document},
    tag::{Colour, tag},
    tasks::{Task, tasks},
    text,
};
use maud::{Markup, html};

/// What to do, on the page of a case.
pub(crate) fn in_case(view: &View<'_>, case: &Case, kind: Kind) -> Markup {
    let runs = view.setting.procedure.of(case.number);
    let opened: Vec<run::Opened<'_>> = runs
        .iter()
        .filter_map(|one| run::opened(view, case.number, one.number))
        .collect();
    let begun = |sheet: &&Sheet| opened.iter().any(|one| one.plan.sheet == sheet.id);
    let suggested: Vec<&Sheet> = sheet::suggested(kind)
        .filter(|sheet| !begun(sheet))
        .collect();
    let rows: Vec<Task> = opened.iter().map(|one| row(view, one)).collect();
    let to = |sheet: &str| {
        let case = case.number.to_string();
        address("/procedure/start", &[("case", &case), ("procedure", sheet)])
    };
    html! {
        (text::h2("What has to be done"))
        @if !rows.is_empty() { (tasks("procedures", &rows)) }
        @if case.is_closed() {
            @if rows.is_empty() { (text::paragraph("No procedure was begun.")) }
        } @else {
            @for sheet in suggested {
                (text::inset(html! {
                    (text::paragraph(format!("For this kind of concern there are steps: {}.", sheet.title)))
                    (button("Begin").to(to(&sheet.id)).about(format!(": {}", sheet.title)))
                }))
            }
            (text::paragraph(text::link(&to(""), if rows.is_empty() { "Begin a procedure" } else { "Begin another" })))
        }
    }
}

fn row(view: &View<'_>, one: &run::Opened<'_>) -> Task {
    let left = one.course.left();
    let late = run::is_any_late(&one.course, view.now);
    let status = match (left, late) {
        (0, _) => text::text("Settled"),
        (_, true) => tag("Late", Colour::Red),
        (_, false) => tag("Under way", Colour::Blue),
    };
    let next = match one.course.next() {
        Some(next) if next > view.now => format!("; the next clock ends on {}", next.in_words()),
        Some(_) if !late => "; the first are to be done at once".to_owned(),
        Some(next) => format!("; one was to be done by {}", next.in_words()),
        None => String::new(),
    };
    Task::new(one.title(), status)
        .hint(format!(
            "{left} of {} steps left{next}",
            one.course.items.len()
        ))
        .at(one.at())
}

/// Everything that was done, for the printed case.
pub(crate) fn printed(view: &View<'_>, case: &Case, mut document: Document) -> Document {
    for one in view.setting.procedure.of(case.number) {
        let Some(opened) = run::opened(view, case.number, one.number) else {
            continue;
        };
        document = document
            .with(Block::Heading(format!("What was done: {}", opened.title())))
            .with(Block::Paragraph(format!(
                "Begun {} by {}; first heard {}. Entry {}. {} of {} steps are left.",
                one.at.in_words(),
                run::name(view, one.by),
                opened.plan.heard.in_words(),
                one.seq,
                opened.course.left(),
                opened.course.items.len()
            )));
        for marked in &opened.marks {
            let title = opened.course.item(&marked.mark.step);
            let title = title.map_or("A step of before", |item| item.title.as_str());
            let mut rows = vec![(
                match marked.mark.outcome {
                    Outcome::Done => "Done",
                    Outcome::NotYet => "Not yet",
                    Outcome::NotNeeded => "Not needed",
                }
                .to_owned(),
                marked.mark.words.clone(),
            )];
            let more = run::more(marked);
            rows.extend(
                more.into_iter()
                    .map(|(label, words)| (label.to_owned(), words)),
            );
            if let Some((person, at)) = marked.agreed {
                let words = format!("{}, {}", run::name(view, Some(person)), at.in_words());
                rows.push(("Agreed by".to_owned(), words));
            }
            document = document
                .with(Block::SubHeading(title.to_owned()))
                .with(Block::Facts(rows))
                .with(Block::Paragraph(format!(
                    "{}, {}. Entry {}.",
                    run::name(view, marked.by),
                    marked.at.in_words(),
                    marked.seq
                )));
        }
    }
    document
}
