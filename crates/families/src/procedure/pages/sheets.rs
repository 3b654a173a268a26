//! What to do when something has happened: for everybody, without a case and without signing in,
//! on the screen and as one page for the wall.

use super::parts;
use crate::{
    procedure::{
        run::{self, Course, Item},
        sheet::{self, Sheet},
    },
    spine::{
        in_force::InForce,
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    document::{Block, Document},
    guide::{self, Step},
    navigation, text,
};
use maud::{Markup, html};

const HELP: &str = "What to do, and what not to do, when something has happened. Anybody can read it, without signing in.\nRing 999 if somebody is in danger now.";

/// The most lines of what not to do on paper: a sheet is one page.
const NEVER_MAX: usize = 5;
/// The most numbers on paper.
const NUMBERS_MAX: usize = 6;

/// All sheets.
pub(super) const ALL: Page = Page {
    path: "/what-to-do",
    title: "What to do",
    menu: 79,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show: all,
};

/// One sheet.
pub(super) const ONE: Page = Page {
    path: "/what-to-do/{procedure}",
    title: "What to do, step by step",
    menu: 0,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show: one,
};

/// One sheet, for the wall.
pub(super) const PRINT: Page = Page {
    path: "/what-to-do/{procedure}/print",
    title: "What to do, for the wall",
    menu: 0,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show: print,
};

fn all(_: &View<'_>, _: &Params) -> Shown {
    let sheets: Vec<Markup> = sheet::all()
        .iter()
        .map(|sheet| text::link(&format!("/what-to-do/{}", sheet.id), &sheet.title))
        .collect();
    let content = html! {
        (text::h1("What to do"))
        (text::warning("If somebody is in danger now, ring 999."))
        (text::lead("Choose what has happened. You need not be sure."))
        (text::bullets(&sheets))
        (text::h2("Whatever it is"))
        (guide::side_by_side(
            "Do",
            guide::do_list(&[
                "Stay calm, and see to it that the child is safe.",
                "Listen, and write down what was said, word for word.",
                "Tell us at once: report a concern.",
            ]),
            "Do not",
            guide::do_not_list(&[
                "Do not question the child beyond what you need to know.",
                "Do not copy, send, print or delete a picture or a message.",
                "Do not talk to the person whom it is about.",
            ]),
        ))
        (text::paragraph(html! {
            (text::link("/concerns/report", "Report a concern")) " · "
            (text::link("/help-directory", "Find help"))
        }))
    };
    Shown::Page("What to do".to_owned(), content)
}

/// The steps as this reader sees them: who has not signed in sees none of the policy.
fn course(view: &View<'_>, sheet: &'static Sheet, way: &str) -> Option<(Course, String)> {
    let nation = view.setting.place.calendar().nation;
    let version = sheet.on(nation, view.today)?;
    let nothing = InForce::default();
    let in_force = match view.has(&Need::SignedIn) {
        true => view.in_force,
        false => &nothing,
    };
    let binds = format!(
        "For {}, binding since {}.",
        nation.in_words(),
        date_in_words(version.day()),
    );
    Some((run::lay(sheet, version, nation, way, in_force), binds))
}

fn chosen(params: &Params) -> Option<(&'static Sheet, &str)> {
    let sheet = sheet::find(params.get("procedure"))?;
    let way = sheet
        .way(params.get("way"))
        .map_or("", |way| way.id.as_str());
    Some((sheet, way))
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let Some((sheet, way)) = chosen(params) else {
        return Shown::NotHere;
    };
    let Some((course, binds)) = course(view, sheet, way) else {
        return Shown::NotHere;
    };
    let at = format!("/what-to-do/{}", sheet.id);
    let steps: Vec<Step> = course
        .items
        .iter()
        .map(|item| Step::new(titled(sheet, way, item), parts::says(view, item, None)))
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/what-to-do", "What to do")]))
        (text::h1(&sheet.title))
        (text::lead(&sheet.calm))
        (text::warning("If somebody is in danger now, ring 999."))
        @if !sheet.ways.is_empty() { (ways(sheet, way, &at)) }
        (text::paragraph(html! {
            (text::link(&address(&format!("{at}/print"), &[("way", way)]), "For the wall, on one page")) " · "
            (text::link("/concerns/report", "Report a concern"))
        }))
        (guide::steps(&steps))
        @if !course.also.is_empty() {
            (text::h2("Our policy also says"))
            @for own in &course.also { (parts::quoted(view, own)) }
        }
        (text::small(format!("{binds} From: {}", course.source)))
    };
    Shown::Page(sheet.title.clone(), content)
}

/// How it came about, to choose from.
fn ways(sheet: &Sheet, chosen: &str, at: &str) -> Markup {
    let links: Vec<Markup> = sheet
        .ways
        .iter()
        .map(|way| match way.id == chosen {
            true => text::strong(&way.title),
            false => text::link(&address(at, &[("way", &way.id)]), &way.title),
        })
        .collect();
    html! {
        (text::paragraph(if chosen.is_empty() { "All steps are shown. Choose how it came about to see those for it only:" } else { "The steps for:" }))
        (text::bullets(&links))
    }
}

/// A step's title, with the ways it is for where all are shown.
fn titled(sheet: &Sheet, way: &str, item: &Item) -> String {
    let ways = item.step.map_or(&[][..], |step| step.ways.as_slice());
    if !way.is_empty() || ways.is_empty() {
        return item.title.clone();
    }
    let ways: Vec<&str> = ways
        .iter()
        .filter_map(|way| sheet.way(way).map(|way| way.title.as_str()))
        .collect();
    format!("{} ({})", item.title, ways.join("; ").to_lowercase())
}

fn print(view: &View<'_>, params: &Params) -> Shown {
    let Some((sheet, way)) = chosen(params) else {
        return Shown::NotHere;
    };
    let Some((course, binds)) = course(view, sheet, way) else {
        return Shown::NotHere;
    };
    let mut never: Vec<String> = Vec::new();
    let mut numbers: Vec<String> = Vec::new();
    for step in course.items.iter().filter_map(|item| item.step) {
        for line in step.not.iter().take(2) {
            if never.len() < NEVER_MAX && !never.contains(line) {
                never.push(line.clone());
            }
        }
        for help in parts::helps(view, step) {
            let reach = match help.phone.is_empty() {
                true => parts::site(&help.site),
                false => help.phone.as_str(),
            };
            let line = format!("{}: {reach}", help.name);
            if numbers.len() < NUMBERS_MAX && !numbers.contains(&line) {
                numbers.push(line);
            }
        }
    }
    let rows = course.items.iter().map(|item| {
        let when = match (item.waits, item.within) {
            (Some(sheet::Waits::Police), _) => "after the police".to_owned(),
            (Some(sheet::Waits::Officer), _) => "as advised".to_owned(),
            (None, Some(within)) => within.to_string(),
            (None, None) => String::new(),
        };
        let who = item.step.map_or("", |step| step.who.in_short());
        let said: Vec<&str> = [who, &when]
            .into_iter()
            .filter(|one| !one.is_empty())
            .collect();
        match said.is_empty() {
            true => item.title.clone(),
            false => format!("{} ({})", item.title, said.join(", ")),
        }
    });
    let title = match sheet.way(way) {
        Some(way) => format!("{}: {}", sheet.title, way.title.to_lowercase()),
        None => sheet.title.clone(),
    };
    let document = Document::new(title)
        .with(Block::Note(
            "If somebody is in danger now, ring 999.".to_owned(),
        ))
        .with(Block::Numbered(rows.collect()))
        .with(Block::Paragraph(binds))
        .with(Block::Heading("Do not".to_owned()))
        .with(Block::List(never))
        .with(Block::Paragraph(format!(
            "Whom to ring: {}",
            numbers.join(" · ")
        )));
    Shown::Document(Box::new(document))
}
