//! Looks at what was asked for, for a reason: those of the reader, and one of them with its rows as
//! long as it is open. Rows of somebody whom the reader may not look at are left out.

use super::{device, kind, person};
use crate::{
    monitor::{
        circle,
        entries::Said,
        register::Look,
        traces::{Asked, ROWS_MAX, Report, Trace},
    },
    people::group::Group,
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    document::{Block, Document, Table as Paper},
    facts::{Fact, facts},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// How many rows stand on one page.
const PAGE_ROWS: usize = 200;
/// How many looks of before are shown.
const PAST_MAX: usize = 100;

const HELP: &str = "What was asked for in those days, by whom you chose or on the device that you chose. It is open to you for a day; your reason stands with it, and a second person may look through it.\nDo not look at more than you need, and tell nobody who need not know.";

fn need(params: &Params, _: &crate::spine::setting::Setting) -> Need {
    Need::OnCase(params.number("case").unwrap_or(0))
}

/// The looks of the reader.
pub(super) const LOOKS: Page = Page {
    path: "/monitor/looks",
    title: "What I looked at",
    menu: 0,
    help: "When you looked at what somebody asked for, and why. Each is open to you for a day.",
    need: |_, setting| {
        Need::AnyOf(vec![
            circle::looking(setting),
            Need::Of(vec![Group::Committee]),
        ])
    },
    lines: None,
    show: mine,
};

/// One of them.
pub(super) const ONE: Page = Page {
    path: "/monitor/looks/{case}",
    title: "What was asked for",
    menu: 0,
    help: HELP,
    need,
    lines: None,
    show: one,
};

/// The same, as a document.
pub(super) const PRINT: Page = Page {
    path: "/monitor/looks/{case}/print",
    title: "What was asked for, for print",
    menu: 0,
    help: HELP,
    need,
    lines: None,
    show: print,
};

fn mine(view: &View<'_>, _: &Params) -> Shown {
    let Some(own) = view.person() else {
        return Shown::NotHere;
    };
    let looks = view.setting.monitor.looks().rev();
    let looks: Vec<&Look> = looks
        .filter(|look| look.by == Some(own))
        .take(PAST_MAX)
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor", "Monitoring")]))
        (text::h1("What I looked at"))
        (buttons(button("Look at what was asked for").to("/monitor/look")))
        @if looks.is_empty() {
            (guide::empty("Here you see when you looked at what somebody asked for, and why. You have not yet.", None))
        } @else {
            (table(view, &looks))
        }
        (kept(view))
    };
    Shown::Page("What I looked at".to_owned(), content)
}

/// What is kept for concerns that this reader is on, to look at.
fn kept(view: &View<'_>) -> Markup {
    let all = view.setting.filter.kept();
    let mine = all.filter(|kept| view.has(&Need::OnCase(kept.case)));
    let links: Vec<Markup> = mine
        .flat_map(|kept| kept.devices.iter().map(move |one| (kept, *one)))
        .map(|(kept, one)| {
            let at = address(
                "/monitor/look",
                &[
                    ("concern", &kept.case.to_string()),
                    ("device", &one.to_string()),
                    ("first", &kept.from.date().to_string()),
                    ("last", &kept.to.date().to_string()),
                ],
            );
            let name = device(view, one);
            html! { (text::link(&at, format!("Concern {}: {name}", kept.case))) ", until " (kept.to.in_words()) }
        })
        .collect();
    html! {
        @if !links.is_empty() {
            (text::h2("Kept for concerns that you are on"))
            (text::paragraph("What a device asked for in the minutes before something was seen stays while the concern is kept."))
            (text::bullets(&links))
        }
    }
}

/// Looks as a table; the reason is shown to who may see the look.
pub(super) fn table(view: &View<'_>, looks: &[&Look]) -> Markup {
    let rows = looks.iter().map(|look| {
        let said: Said = view.open(&look.said).unwrap_or_default();
        let about = about(view, look, &said);
        vec![
            text::link_about(
                &format!("/monitor/looks/{}", look.number),
                look.at.in_words(),
                &about,
            ),
            text::text(look.by.map(|by| view.name(by)).unwrap_or_default()),
            text::text(&about),
            text::text(days(look)),
            text::text(said.why),
        ]
    });
    let columns = ["When", "Who looked", "At what", "Days", "Why"].map(Column::words);
    html! { (Table::new("Who looked at what", columns).caption_unseen().first_cell_heads().rows(rows)) }
}

/// Whom or what a look is at.
pub(super) fn about(view: &View<'_>, look: &Look, said: &Said) -> String {
    let mut parts = Vec::new();
    parts.extend(look.person.map(|one| person(view, one)));
    parts.extend(look.device.map(|one| device(view, one)));
    if !said.has.is_empty() {
        parts.push(format!("with “{}”", said.has));
    }
    parts.join(", ")
}

pub(super) fn days(look: &Look) -> String {
    if look.first == look.last {
        return date_in_words(look.first);
    }
    format!(
        "{} to {}",
        date_in_words(look.first),
        date_in_words(look.last)
    )
}

/// A look, and whether its rows are open to this reader at this moment.
pub(super) fn found<'a>(view: &View<'a>, params: &Params) -> Option<(&'a Look, bool)> {
    let look = view.setting.monitor.look(params.number("case")?)?;
    let own = look.by.is_some() && look.by == view.person();
    let may = look.people.is_empty()
        || look
            .people
            .iter()
            .any(|one| circle::may_look_at(view.who, Some(*one), view.setting, view.today));
    Some((look, own && may && view.now < look.until))
}

/// What a look asks for.
pub(super) fn asked(view: &View<'_>, look: &Look) -> Asked {
    let said: Said = view.open(&look.said).unwrap_or_default();
    Asked {
        person: look.person,
        device: look.device,
        has: said.has,
        rows: ROWS_MAX,
        ..Asked::days(look.first, look.last)
    }
}

/// Whether a row is for this reader, in this look: not their own, and not outside what was kept.
pub(super) fn is_for(view: &View<'_>, look: &Look, trace: &Trace) -> bool {
    let kept = look.concern.is_none_or(|concern| {
        let mut kept = view.setting.filter.kept();
        kept.any(|one| one.case == concern && one.from <= trace.at && trace.at <= one.to)
    });
    kept && circle::may_look_at(view.who, trace.person, view.setting, view.today)
}

fn rows(view: &View<'_>, look: &Look) -> (Vec<Trace>, Report) {
    let mut report = view.traces.ask(&asked(view, look));
    let mut rows = std::mem::take(&mut report.rows);
    rows.retain(|trace| is_for(view, look, trace));
    (rows, report)
}

fn head(view: &View<'_>, look: &Look) -> Vec<(&'static str, String)> {
    let said: Said = view.open(&look.said).unwrap_or_default();
    let about = about(view, look, &said);
    vec![
        ("At what", about),
        ("Days", days(look)),
        (
            "Who looked",
            look.by.map(|by| view.name(by)).unwrap_or_default(),
        ),
        ("When", look.at.in_words()),
        ("Why", said.why),
    ]
}

fn one(view: &View<'_>, params: &Params) -> Shown {
    let Some((look, open)) = found(view, params) else {
        return Shown::NotHere;
    };
    let rows: Vec<Fact> = head(view, look)
        .into_iter()
        .map(|(name, words)| Fact::new(name, words))
        .chain(open.then(|| Fact::new("Open to you until", look.until.in_words())))
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/monitor", "Monitoring"), ("/monitor/looks", "What I looked at")]))
        (text::h1("What was asked for"))
        (facts(&rows))
        @if open { (list(view, look, params)) } @else if look.by == view.person() {
            (text::paragraph("It is no longer open to you. If you need to look again, say why."))
            (buttons(button("Look at what was asked for").to("/monitor/look").secondary()))
        } @else {
            (text::paragraph("What was seen is open only to who looked. Here stands that they looked, and why."))
        }
    };
    Shown::Page("What was asked for".to_owned(), content)
}

fn list(view: &View<'_>, look: &Look, params: &Params) -> Markup {
    let (rows, report) = rows(view, look);
    let page: usize = params.number("page").unwrap_or(1).max(1);
    let last = rows.len().div_ceil(PAGE_ROWS).max(1);
    let page = page.min(last);
    let shown = rows.iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS);
    let at = format!("/monitor/looks/{}", look.number);
    html! {
        @for words in &report.unread { (text::warning(format!("{words}."))) }
        @if rows.is_empty() {
            (text::paragraph("Nothing was asked for that is shown to you."))
        } @else {
            @if rows.len() >= ROWS_MAX { (text::paragraph(format!("The newest {ROWS_MAX} are shown. Choose fewer days to see the others."))) }
            (traces(view, look, shown))
            (navigation::pagination(page, last, &|page| address(&at, &[("page", &page.to_string())])))
            (text::paragraph(html! {
                (text::link(&format!("{at}/print"), "For print")) " · "
                (text::link_to_file(&format!("{at}/print?as=csv"), "As a spreadsheet", "CSV"))
            }))
        }
    }
}

fn traces<'t>(view: &View<'_>, look: &Look, rows: impl Iterator<Item = &'t Trace>) -> Markup {
    let rows = rows.map(|trace| {
        let explain = address(
            &format!("/monitor/looks/{}/explain", look.number),
            &[
                ("at", &trace.at.micros().to_string()),
                ("asked", &trace.asked),
            ],
        );
        let about = format!("{}, {}", trace.asked, trace.at.in_words());
        vec![
            text::text(trace.at.in_words()),
            text::text(&trace.asked),
            text::text(trace.answer.in_words()),
            text::text(kind_of(trace)),
            text::text(device(view, trace.device.unwrap_or(0))),
            text::text(trace.person.map(|one| view.name(one)).unwrap_or_default()),
            text::link_about(&explain, "Why?", about),
        ]
    });
    let columns = [
        "When",
        "Asked for",
        "Answer",
        "Kind",
        "Device",
        "Whose it was",
        "Why",
    ]
    .map(Column::words);
    html! { (Table::new("What was asked for", columns).caption_unseen().first_cell_heads().rows(rows)) }
}

fn kind_of(trace: &Trace) -> &str {
    match trace.kind.as_str() {
        "" => "",
        key => kind(key),
    }
}

fn print(view: &View<'_>, params: &Params) -> Shown {
    let Some((look, true)) = found(view, params) else {
        return Shown::NotHere;
    };
    let (rows, _) = rows(view, look);
    let columns = [
        "When",
        "Asked for",
        "Answer",
        "Kind",
        "Device",
        "Whose it was",
    ];
    let table = Paper {
        caption: "What was asked for".to_owned(),
        head: columns.map(str::to_owned).to_vec(),
        rows: rows
            .iter()
            .map(|trace| {
                vec![
                    trace.at.in_words(),
                    trace.asked.clone(),
                    trace.answer.in_words().to_owned(),
                    kind_of(trace).to_owned(),
                    device(view, trace.device.unwrap_or(0)),
                    trace.person.map(|one| view.name(one)).unwrap_or_default(),
                ]
            })
            .collect(),
        numeric: Vec::new(),
    };
    let mut document = Document::new("What was asked for").with(Block::Table(table));
    document.about = self::head(view, look)
        .into_iter()
        .map(|(name, words)| (name.to_owned(), words))
        .collect();
    document.rests_on = vec![look.seq];
    Shown::Document(Box::new(document))
}
