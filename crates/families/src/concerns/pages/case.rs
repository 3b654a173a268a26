//! One case: what was reported, what has been written since, what is to be done.

use super::{draw, list};
use crate::{
    concerns::{
        acts::Act,
        circle,
        controls::missing,
        keeping::pages as keeping,
        papers::pages as papers,
        register::{Case, Written},
    },
    spine::{
        act::Act as AnyAct,
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    document::{Block, Document},
    facts::{Fact, facts},
    form, guide, navigation,
    tasks::{Task, tasks},
    text,
    timeline::{Event, timeline},
};
use maud::{Markup, html};

/// A case.
pub(super) const CASE: Page = Page {
    path: "/concerns/cases/{case}",
    title: "A case",
    menu: 0,
    help: "Everything about one case, for those who are on it. Nothing here is ever changed: what was wrong is put right with a new note, which is shown first.\nWrite facts, opinions and what was said apart from each other. Write down each decision with its reason, also the decision not to do something.\nA case can be closed when it has been taken on, a decision is written down, it says whether parents were told, and no task is open.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    lines: None,
    show,
};

/// A case, for print.
pub(super) const PRINT: Page = Page {
    path: "/concerns/cases/{case}/print",
    title: "A case, for print",
    menu: 0,
    help: "The whole case as a document. Whoever has the paper has the case: keep it locked away.",
    need: |params, _| Need::OnCase(params.number("case").unwrap_or(0)),
    lines: None,
    show: print,
};

/// The case of an address.
pub(in crate::concerns) fn case<'a>(view: &View<'a>, params: &Params) -> Option<&'a Case> {
    view.setting.concerns.case(params.number("case")?)
}

fn to(case: &Case, what: &str) -> String {
    address(
        &format!("/concerns/{what}"),
        &[("case", &case.number.to_string())],
    )
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(case) = case(view, params) else {
        return Shown::NotHere;
    };
    let report = draw::report(view, case);
    let title = format!("Case {}", case.reference);
    let bar = [
        ("About", draw::about(view, &report)),
        ("Kind", report.kind.in_words().to_owned()),
        ("Reported", case.at.in_words()),
    ];
    let bar: Vec<(&str, &str)> = bar
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(key, words)| (*key, words.as_str()))
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/concerns", "Concerns")]))
        (guide::identity_bar(&title, &bar))
        (text::h1(&title))
        (text::paragraph(list::state(case, report.danger)))
        (what_now(view, case, report.danger))
        (crate::procedure::pages::in_case(view, case, report.kind))
        (text::h2("The report"))
        (facts(&draw::rows(view, &report).into_iter().map(|(key, words)| Fact::new(key, words)).collect::<Vec<_>>()))
        (text::paragraph(format!("Reported by {}, {}.", draw::by(view, case.by), case.at.in_words())))
        (open_tasks(view, case))
        (secured(view, case))
        (text::h2("What has happened since"))
        @if !case.is_closed() { (papers::offer(view, case)) }
        (chronology(view, case))
        (who(view, case))
        (links(view, case))
        (crate::concerns::transfer::pages::of_case(view, case.number))
        (keeping::of_case(view, case))
        (text::paragraph(html! {
            (text::link(&format!("/concerns/cases/{}/print", case.number), "For print")) " · "
            (text::link("/help-directory", "Find help"))
        }))
    };
    Shown::Page(title, content)
}

/// What can be done now, the next step first.
fn what_now(view: &View<'_>, case: &Case, danger: bool) -> Markup {
    let may_take = case.taken.is_none()
        && !case.is_closed()
        && view.may(&AnyAct::Concerns(Act::TakeOn { case: case.number }));
    let mut missing = missing(case);
    missing.extend(view.setting.procedure.missing(case.number));
    html! {
        @if danger && !case.is_closed() { (text::warning("The reporter says that somebody is in danger. Ring 999 if that has not been done.")) }
        @if let Some(ended) = &case.outcome {
            @let outcome = view.open(&ended.outcome).unwrap_or_default();
            (text::inset(html! {
                (text::paragraph(format!("Closed on {} by {}.", ended.at.in_words(), draw::by(view, ended.by))))
                (text::paragraph(&outcome.words))
                @for (label, words) in draw::more(&outcome) { (text::paragraph(format!("{label}: {words}"))) }
            }))
            (buttons(html! {
                (button("Say that it was talked over").to(to(case, "talk-over")).secondary())
                (button("Set an action").to(to(case, "set-lesson")).secondary())
                (button("Open it again").to(to(case, "reopen")).secondary())
            }))
        } @else {
            @if may_take {
                (form::button_form(&to(case, "take-on"), view.csrf, &[("act", "concerns.take-on"), ("case", &case.number.to_string())], &button("Take it on")))
            }
            (buttons(html! {
                (button("Write something down").to(to(case, "write")).secondary())
                (button("Decide").to(to(case, "decide")).secondary())
                (button("An agency or advice").to(to(case, "contact")).secondary())
                (button("Parents").to(to(case, "tell-parents")).secondary())
                (button("The child’s voice").to(to(case, "hear-child")).secondary())
                (button("Give a task").to(to(case, "set-task")).secondary())
                (button("Secure a device").to(address("/devices/secure", &[("case", &case.number.to_string())])).secondary())
            }))
            @if missing.is_empty() { (button("Close the case").to(to(case, "close"))) }
            @else {
                (text::details("Before it can be closed", text::bullets(&missing)))
            }
        }
    }
}

/// Devices that were secured for the case.
fn secured(view: &View<'_>, case: &Case) -> Markup {
    let devices = &view.setting.devices;
    let links: Vec<Markup> = devices
        .custodies()
        .of_case(case.number)
        .map(|custody| {
            let at = format!("/devices/custody/{}", custody.number);
            text::link(&at, devices.name(custody.device))
        })
        .collect();
    html! {
        @if !links.is_empty() {
            (text::h2("Devices that were secured"))
            (text::plain_list(&links))
        }
    }
}

fn open_tasks(view: &View<'_>, case: &Case) -> Markup {
    if case.tasks.is_empty() {
        return html! {};
    }
    let all: Vec<Task> = case
        .tasks
        .iter()
        .map(|task| {
            let what = view.open(&task.what).unwrap_or_default();
            let hint = match task.done.as_ref().and_then(|how| view.open(how)) {
                Some(how) => format!("{}: {how}", draw::name(view, task.owner)),
                None => format!(
                    "{}, by {}",
                    draw::name(view, task.owner),
                    date_in_words(task.due)
                ),
            };
            let status = match &task.done {
                Some(_) => text::text("Done"),
                None if task.due < view.today => kit::tag::tag("Late", kit::tag::Colour::Red),
                None => kit::tag::tag("To do", kit::tag::Colour::Blue),
            };
            let row = Task::new(what, status).hint(hint);
            if task.done.is_some() || case.is_closed() {
                row
            } else {
                let (number, one) = (case.number.to_string(), task.number.to_string());
                row.at(address(
                    "/concerns/finish-task",
                    &[("case", &number), ("task", &one)],
                ))
            }
        })
        .collect();
    html! { (text::h2("Tasks")) (tasks("tasks", &all)) }
}

fn chronology(view: &View<'_>, case: &Case) -> Markup {
    let mut events: Vec<(u64, Event)> = draw::standing(case)
        .into_iter()
        .map(|(note, before)| (note.seq, noted(view, case, note, &before)))
        .collect();
    if let Some((person, at)) = case.taken {
        events.push((
            case.seq,
            Event::new("Taken on", draw::name(view, person), at, ""),
        ));
    }
    for (role, at) in &case.escalated {
        let words = format!(
            "The {} was asked, because nobody had answered.",
            role.in_words()
        );
        events.push((
            case.seq,
            Event::new("Next in the chain asked", "", *at, text::paragraph(words)),
        ));
    }
    events.extend(papers::events(view, case));
    events.sort_by(|(seq, event), (other, that)| {
        that.machine_time
            .cmp(&event.machine_time)
            .then(other.cmp(seq))
    });
    let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
    if events.is_empty() {
        return super::report::nothing(
            "Nothing has been written down yet. Take the case on, then write what you do.",
        );
    }
    timeline(&events)
}

fn noted(view: &View<'_>, case: &Case, written: &Written, before: &[&Written]) -> Event {
    if let Some(moved) = &written.moved {
        let why = view.open(&moved.why).unwrap_or_default();
        let words = format!(
            "Note {} belongs to another case and was moved there by {}, {}. Here it is sealed.",
            written.number,
            draw::by(view, moved.by),
            moved.at.in_words()
        );
        let content = html! { (text::paragraph(words)) (text::paragraph(why)) };
        return Event::new("Sealed", draw::by(view, written.by), written.at, content);
    }
    let note = draw::note(view, written);
    let rows: Vec<Fact> = draw::more(&note)
        .into_iter()
        .map(|(label, words)| Fact::new(label, words))
        .collect();
    let (number, one) = (case.number.to_string(), written.number.to_string());
    let right = address("/concerns/write", &[("case", &number), ("corrects", &one)]);
    let correctable = matches!(
        written.sort,
        crate::concerns::note::Sort::Fact
            | crate::concerns::note::Sort::Opinion
            | crate::concerns::note::Sort::Said
    );
    let content = html! {
        (text::paragraph(&note.words))
        @if !rows.is_empty() { (facts(&rows)) }
        @if !before.is_empty() {
            (text::details("What it said before", html! {
                @for earlier in before {
                    (text::paragraph(format!("{}, {}: {}", earlier.at.in_words(), draw::by(view, earlier.by), draw::note(view, earlier).words)))
                }
            }))
        }
        @if !case.is_closed() {
            (text::paragraph(html! {
                @if correctable { (text::link_about(&right, "Put it right", format!("note {}", written.number))) " · " }
                (papers::move_link(case, written.number))
            }))
        }
    };
    Event::new(
        written.sort.in_words(),
        draw::by(view, written.by),
        written.at,
        content,
    )
}

fn who(view: &View<'_>, case: &Case) -> Markup {
    let on = circle::on_case(case, view.setting, view.today);
    let names = on.iter().map(|person| {
        let shared = case.shared.contains(person);
        html! {
            (draw::name(view, *person))
            @if shared {
                " (shared) "
                (text::link_about(&address("/concerns/unshare", &[("case", &case.number.to_string()), ("person", &person.to_string())]), "End", draw::name(view, *person)))
            }
        }
    });
    let names: Vec<Markup> = names.collect();
    html! {
        (text::h2("Who is on this case"))
        (text::bullets(&names))
        (text::paragraph(text::link(&to(case, "share"), "Share it with somebody")))
    }
}

fn links(view: &View<'_>, case: &Case) -> Markup {
    let sees = |other: &&u32| circle::is_on(view.who, **other, view.setting, view.today);
    let linked: Vec<Markup> = case
        .links
        .iter()
        .filter(sees)
        .filter_map(|other| view.setting.concerns.case(*other))
        .map(|other| {
            text::link(
                &format!("/concerns/cases/{}", other.number),
                format!("Case {}", other.reference),
            )
        })
        .collect();
    html! {
        (text::h2("Cases that belong to it"))
        @if linked.is_empty() { (text::paragraph("None yet.")) } @else { (text::bullets(&linked)) }
        (text::paragraph(text::link(&to(case, "link"), "Link another case")))
    }
}

fn print(view: &View<'_>, params: &Params) -> Shown {
    let Some(case) = case(view, params) else {
        return Shown::NotHere;
    };
    let report = draw::report(view, case);
    let rows = draw::rows(view, &report)
        .into_iter()
        .map(|(key, words)| (key.to_owned(), words));
    let mut document = Document::new(format!("Case {}", case.reference))
        .with(Block::Note(
            "Confidential. Keep it locked away, and destroy it when it is no longer needed."
                .to_owned(),
        ))
        .with(Block::Heading("The report".to_owned()))
        .with(Block::Facts(rows.collect()))
        .with(Block::Paragraph(format!(
            "Reported by {}, {}. Entry {} of the ledger.",
            draw::by(view, case.by),
            case.at.in_words(),
            case.seq
        )))
        .with(Block::Heading("What has happened since".to_owned()));
    for written in &case.notes {
        if let Some(moved) = &written.moved {
            let why = view.open(&moved.why).unwrap_or_default();
            let heading = format!("{}. Sealed: it belongs to another case", written.number);
            document = document
                .with(Block::SubHeading(heading))
                .with(Block::Paragraph(why));
            continue;
        }
        let note = draw::note(view, written);
        let heading = match written.corrects {
            Some(number) => format!(
                "{}. {} (puts note {number} right)",
                written.number,
                written.sort.in_words()
            ),
            None => format!("{}. {}", written.number, written.sort.in_words()),
        };
        document = document
            .with(Block::SubHeading(heading))
            .with(Block::Paragraph(note.words.clone()));
        let more: Vec<(String, String)> = draw::more(&note)
            .into_iter()
            .map(|(label, words)| (label.to_owned(), words))
            .collect();
        if !more.is_empty() {
            document = document.with(Block::Facts(more));
        }
        document = document.with(Block::Paragraph(format!(
            "{}, {}. Entry {}.",
            draw::by(view, written.by),
            written.at.in_words(),
            written.seq
        )));
    }
    document = crate::procedure::pages::printed(view, case, document);
    let papers = papers::lines(view, case);
    if !papers.is_empty() {
        document = document
            .with(Block::Heading("Files".to_owned()))
            .with(Block::List(papers));
    }
    if let Some(ended) = &case.outcome {
        let outcome = view.open(&ended.outcome).unwrap_or_default();
        document = document
            .with(Block::Heading("Outcome".to_owned()))
            .with(Block::Paragraph(outcome.words.clone()))
            .with(Block::Facts(
                draw::more(&outcome)
                    .into_iter()
                    .map(|(label, words)| (label.to_owned(), words))
                    .collect(),
            ))
            .with(Block::Paragraph(format!(
                "Closed by {}, {}. Entry {}.",
                draw::by(view, ended.by),
                ended.at.in_words(),
                ended.seq
            )));
    }
    Shown::Document(Box::new(document))
}
