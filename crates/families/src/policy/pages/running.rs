//! How the policy runs here: the controls with what is kept for each, and values to choose.

use super::{
    clause::control_at,
    parts::{
        around, ask, clause_link, count, day, duty, entry_link, over_all, press, sees_duty,
        title_of, value, who, writes,
    },
};
use crate::{
    families,
    policy::choices,
    spine::{
        answers::Answers,
        catalogue::{self, Described},
        control::{Cell, Notice, Procedure, Register, Standpoint},
        in_force::{OpenChoice, Running},
        page::{Params, Shown, encoded},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    document::{Block, Document as Paper, Table as PaperTable},
    facts::{self, Fact},
    guide,
    table::{Column, Table},
    tag, text,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most rows of a register that a page shows; the file has all.
const ROWS_MAX: usize = 200;

/// Every control that the policy names.
pub(super) fn controls(view: &View<'_>, _params: &Params) -> Shown {
    let title = "Controls".to_owned();
    let mut clauses: BTreeMap<&str, usize> = BTreeMap::new();
    for control in view
        .in_force
        .document
        .clauses
        .iter()
        .flat_map(|clause| &clause.controls)
    {
        *clauses.entry(control.as_str()).or_default() += 1;
    }
    let named = catalogue::all()
        .iter()
        .filter(|described| clauses.contains_key(described.id.as_str()));
    let mut table = Table::new(
        "Controls that the policy names",
        [
            Column::words("What it asks for"),
            Column::words("About"),
            Column::numbers("Clauses"),
            Column::words("Here"),
        ],
    )
    .caption_unseen()
    .first_cell_heads();
    for described in named {
        let used = clauses
            .get(described.id.as_str())
            .copied()
            .unwrap_or_default();
        table = table.row([
            text::link(&control_at(&described.id), &described.title),
            text::text(catalogue::family_in_words(described.family())),
            text::text(used),
            state(view, &described.id),
        ]);
    }
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/controls"))
        (text::lead("A control is one thing that the policy asks for and that Stairgate does: it refuses, records, reminds, guides or shows."))
        (table)
    };
    Shown::Page(title, content)
}

/// Whether a control runs here.
fn state(view: &View<'_>, control: &str) -> Markup {
    if view.in_force.find(control).is_some() {
        tag::tag("In use", tag::Colour::Green)
    } else if families::has(control) {
        tag::tag("Not in use", tag::Colour::Grey)
    } else {
        tag::tag("Not in this version", tag::Colour::Yellow)
    }
}

/// One control: what it does, what is owed, what is kept, and whether it is in use.
pub(super) fn control(view: &View<'_>, params: &Params) -> Shown {
    let Some(described) = catalogue::find(params.get("control")) else {
        return Shown::NotHere;
    };
    let running = view.in_force.find(&described.id);
    let content = html! {
        (text::h1_with_caption(catalogue::family_in_words(described.family()), &described.title))
        (around(view, "/policy/controls"))
        (text::paragraph(state(view, &described.id)))
        (text::lead(&described.does))
        @if let Some(running) = running { (runs(view, running)) }
        (clauses(view, described))
        (switch(view, described))
    };
    Shown::Page(described.title.clone(), content)
}

fn standpoint<'a>(view: &View<'a>, running: &'a Running) -> Standpoint<'a> {
    Standpoint {
        setting: view.setting,
        bound: &running.bound,
        today: view.today,
    }
}

fn runs(view: &View<'_>, running: &Running) -> Markup {
    let from = standpoint(view, running);
    let owed: Vec<_> = view
        .standings
        .duties
        .iter()
        .filter(|owed| {
            owed.control == running.id && owed.duty.is_open(view.today) && sees_duty(view, owed)
        })
        .map(|owed| duty(view, owed))
        .collect();
    html! {
        @if !owed.is_empty() { (text::h2("What is to be done")) (guide::duties(&owed)) }
        @if let Some(procedure) = running.control.procedure() { (steps(&procedure)) }
        @for notice in running.control.notices(&from) { (shown(view, &notice)) }
        @if view.has(&over_all()) && let Some(register) = running.control.register(&from) { (kept(view, running, &register)) }
    }
}

fn steps(procedure: &Procedure) -> Markup {
    html! {
        (text::h2(&procedure.title))
        (text::numbered(&procedure.steps))
        @if !procedure.never.is_empty() { (guide::do_not_list(&procedure.never)) }
    }
}

fn shown(view: &View<'_>, notice: &Notice) -> Markup {
    let says: Vec<String> = notice.says.iter().map(|says| view.words(says)).collect();
    text::details(
        format!("Shown to people: {}", notice.title),
        html! { @for says in &says { (text::paragraph(says)) } },
    )
}

/// A register as a table, newest first.
fn kept(view: &View<'_>, running: &Running, register: &Register) -> Markup {
    if register.is_apart() {
        return html! {
            (text::h2("What is kept"))
            (text::paragraph(format!("{}. They are kept apart: who is on a case sees them there, and nobody is told here whether there are any.", register.title)))
        };
    }
    let mut columns: Vec<Column> = register
        .columns
        .iter()
        .map(|name| Column::words(*name))
        .collect();
    columns.push(Column::numbers("Entry"));
    let rows = register.rows.iter().rev().take(ROWS_MAX).map(|row| {
        let mut cells: Vec<Markup> = row
            .cells
            .iter()
            .map(|cell| cell_in_page(view, cell))
            .collect();
        cells.push(entry_link(view, row.seq));
        cells
    });
    let table = Table::new(&register.title, columns).rows(rows);
    let at = format!("/policy/registers/{}", running.id);
    html! {
        (text::h2("What is kept"))
        @if register.rows.is_empty() {
            (text::paragraph("Nothing has been recorded yet."))
        } @else {
            (text::paragraph(html! {
                (count(register.rows.len(), "row", "rows")) ". "
                (text::link(&at, "Print it or keep it as a file"))
            }))
            (table)
        }
    }
}

fn cell_in_page(view: &View<'_>, cell: &Cell) -> Markup {
    match cell {
        Cell::Day(on) => day(*on),
        Cell::Text(_)
        | Cell::Said(_)
        | Cell::Person(_)
        | Cell::Moment(_)
        | Cell::Number(_)
        | Cell::Empty => text::text(cell_in_words(view, cell)),
    }
}

fn cell_in_words(view: &View<'_>, cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => view.words(words),
        Cell::Said(words) => words.clone(),
        Cell::Person(person) => view.name(*person),
        Cell::Day(on) => date_in_words(*on),
        Cell::Moment(at) => at.in_words(),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A whole register as page, PDF and spreadsheet.
pub(super) fn register(view: &View<'_>, params: &Params) -> Shown {
    let Some(running) = view.in_force.find(params.get("control")) else {
        return Shown::NotHere;
    };
    let Some(register) = running.control.register(&standpoint(view, running)) else {
        return Shown::NotHere;
    };
    if register.is_apart() {
        return Shown::NotHere;
    }
    let mut head: Vec<String> = register
        .columns
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    head.push("Entry".to_owned());
    let rows = register.rows.iter().map(|row| {
        let mut cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| cell_in_words(view, cell))
            .collect();
        cells.push(row.seq.to_string());
        cells
    });
    let mut paper = Paper::new(&register.title);
    paper.subtitle = title_of(running.id).to_owned();
    paper.about = vec![
        ("Setting".to_owned(), view.setting.place.name().to_owned()),
        ("As of".to_owned(), date_in_words(view.today)),
    ];
    let table = PaperTable {
        caption: register.title.clone(),
        numeric: vec![head.len().saturating_sub(1)],
        head,
        rows: rows.collect(),
    };
    Shown::Document(Box::new(paper.with(Block::Table(table))))
}

fn clauses(view: &View<'_>, described: &Described) -> Markup {
    let named = view.in_force.document.clauses.iter();
    let links: Vec<Markup> = named
        .filter(|clause| clause.controls.contains(&described.id))
        .map(clause_link)
        .collect();
    html! {
        (text::h2("The clauses that ask for it"))
        @if links.is_empty() { (text::paragraph("No clause of the policy in force names it.")) }
        @else { (text::bullets(&links)) }
    }
}

/// Switching a control off, with the reason, and on again.
fn switch(view: &View<'_>, described: &Described) -> Markup {
    let at = control_at(&described.id);
    let named = view
        .in_force
        .document
        .clauses
        .iter()
        .any(|clause| clause.controls.contains(&described.id));
    let off = view.setting.policy.off(&described.id);
    html! {
        @if let Some(off) = off {
            (text::h2("Not in use"))
            (text::quote(&off.reason, html! { (who(view, off.by)) ", " (day(off.at.date())) }))
            @if writes(view) { (press(view, "policy.switch-on", &at, &[("control", &described.id)], "Use it again", &described.title)) }
        } @else if named && families::has(&described.id) && writes(view) {
            (text::h2("If it can’t be used here"))
            (text::paragraph("Its clauses will stand as “not in use”, with your reason, until you use it again."))
            (ask(view, "policy.switch-off", &at, &Answers::default().with("control", &described.id)))
        }
    }
}

/// Values that the clauses leave open, and those that were chosen.
pub(super) fn choices(view: &View<'_>, _params: &Params) -> Shown {
    let title = "Values to choose".to_owned();
    let open = view.in_force.open_choices();
    let content = html! {
        (text::h1(&title))
        (around(view, "/policy/choices"))
        (text::lead("Some clauses name no figure, or two of them disagree. Choose what holds here. Until you do, the stricter one holds."))
        @if open.is_empty() { (text::paragraph("Nothing is left to choose.")) }
        @for choice in open { (to_choose(view, choice)) }
        (chosen(view))
    };
    Shown::Page(title, content)
}

fn meaning(control: &str, param: &str) -> String {
    let found = catalogue::find(control).and_then(|described| described.params.get(param));
    found.map_or_else(
        || param.to_owned(),
        |meaning| format!("{param} ({meaning})"),
    )
}

/// The address of the form that chooses a value.
fn choose_at(control: &str, param: &str, words: &str) -> String {
    format!(
        "/policy/choose?control={}&param={}&value={}",
        encoded(control),
        encoded(param),
        encoded(words)
    )
}

fn to_choose(view: &View<'_>, open: &OpenChoice) -> Markup {
    let meanwhile = open.meanwhile.as_ref().map(value);
    let mut offered: Vec<String> = open
        .found
        .iter()
        .map(|(_, value)| choices::to_words(value))
        .collect();
    offered.sort();
    offered.dedup();
    offered.retain(|words| !kernel::every::Every::is_vague(words));
    let strict = open.meanwhile.as_ref().map(choices::to_words);
    let content = html! {
        @for (clause, said) in &open.found {
            @if let Some(clause) = view.in_force.document.clause(clause) {
                (text::quote(&clause.text, html! { (clause_link(clause)) ": " (value(said)) }))
            }
        }
        @match &meanwhile {
            Some(words) => (text::paragraph(format!("Until you choose, this holds: {words}."))),
            None => (text::paragraph("The clauses give no figure. Until you choose one, Stairgate uses its own usual one.")),
        }
        @if writes(view) {
            @for words in &offered {
                @let is_strict = strict.as_ref() == Some(words);
                @let label = if is_strict { format!("Choose {words} (the stricter)") } else { format!("Choose {words}") };
                (press(view, "policy.choose", "/policy/choose", &[("control", open.control), ("param", &open.param), ("value", words)], &label, title_of(open.control)))
            }
            (text::paragraph(text::link_about(&choose_at(open.control, &open.param, strict.as_deref().unwrap_or_default()), "Choose something else", title_of(open.control))))
        }
    };
    facts::card(
        format!(
            "{}: {}",
            title_of(open.control),
            meaning(open.control, &open.param)
        ),
        content,
    )
}

fn chosen(view: &View<'_>) -> Markup {
    let rows: Vec<Fact> = view
        .in_force
        .document
        .policy
        .choices
        .iter()
        .filter_map(|(key, held)| {
            let (control, param) = key.rsplit_once('.')?;
            // Where clauses say it themselves by now, the choice holds no more.
            let from = &view.in_force.find(control)?.bound.from;
            from.get(param).filter(|clauses| clauses.is_empty())?;
            let label = format!("{}: {}", title_of(control), meaning(control, param));
            let at = choose_at(control, param, &choices::to_words(held));
            let fact = Fact::new(label, value(held));
            Some(if writes(view) {
                fact.action(at, "Change", title_of(control))
            } else {
                fact
            })
        })
        .collect();
    html! { @if !rows.is_empty() { (text::h2("What was chosen")) (facts::facts(&rows)) } }
}
