//! Sites that adults looked at before children see them, put together with what they need.

use crate::{
    internet::register::Bundle,
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    facts::{Fact, facts},
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// What was looked at.
pub(super) const SITES: Page = Page {
    path: "/internet/sites",
    title: "Sites that were looked at",
    menu: 0,
    help: "Bundles of sites for children: each is a site or a few, with what they need to work, looked at by an adult all the way through. Children open these and nothing else, unless your policy lets more through.\nMake bookmarks or links on a home screen from these names.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::leadership()]),
    lines: None,
    show,
};

/// One bundle.
pub(super) const SITE: Page = Page {
    path: "/internet/sites/{bundle}",
    title: "Sites that were looked at",
    menu: 0,
    help: "What is in a bundle of sites, what it is for, and who looked at it when. Look again when you use it after a while: sites change.",
    need: |_, _| Need::AnyOf(vec![Need::Team, Need::leadership()]),
    lines: None,
    show: show_one,
};

fn looked(view: &View<'_>, bundle: &Bundle) -> String {
    match bundle.last_look() {
        Some((Some(by), at)) => format!("{}, {}", view.name(by), date_in_words(at.date())),
        Some((None, at)) => date_in_words(at.date()),
        None => String::new(),
    }
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let internet = &view.setting.internet;
    let mut all: Vec<&Bundle> = internet.bundles().collect();
    all.sort_by_key(|bundle| bundle.about.name.to_lowercase());
    let rows = all.iter().map(|bundle| {
        let about = &bundle.about;
        vec![
            text::link(&format!("/internet/sites/{}", about.bundle), &about.name),
            text::text(about.sites.join(", ")),
            text::text(about.age_from),
            text::text(looked(view, bundle)),
        ]
    });
    let columns = [
        Column::words("Bundle"),
        Column::words("Sites"),
        Column::numbers("From age"),
        Column::words("Looked at"),
    ];
    let table = Table::new("Sites that were looked at", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    let tool = internet.tool();
    let content = html! {
        (navigation::breadcrumbs(&[("/internet", "Internet with children")]))
        (text::h1("Sites that were looked at"))
        (buttons(html! {
            (button("Add sites").to("/internet/look-at"))
            @if view.has(&Need::leadership()) { (button("Choose a search tool").to("/internet/tool").secondary()) }
        }))
        @if all.is_empty() {
            (guide::empty("Here you see the sites that adults have looked at for children. There is none yet.", None))
        } @else { (table) }
        (text::h2("Searching"))
        @match tool {
            Some(tool) => {
                (text::paragraph(format!("For children: {}. Chosen by {} on {}.", tool.chosen.tool, tool.by.map_or_else(|| "somebody".to_owned(), |by| view.name(by)), date_in_words(tool.at.date()))))
                (text::inset(&tool.chosen.assessment))
            }
            None => (text::paragraph("No search tool was chosen for children yet.")),
        }
    };
    Shown::Page("Sites that were looked at".to_owned(), content)
}

fn show_one(view: &View<'_>, params: &Params) -> Shown {
    let found = params.number("bundle");
    let Some(bundle) = found.and_then(|number| view.setting.internet.bundle(number)) else {
        return Shown::NotHere;
    };
    let about = &bundle.about;
    let needs = match about.needs.as_slice() {
        [] => text::muted("Nothing else"),
        all => text::bullets(all),
    };
    let looks: Vec<Markup> = bundle
        .looks
        .iter()
        .rev()
        .take(20)
        .map(|(by, at, _)| {
            let who = by.map_or_else(|| "Somebody".to_owned(), |by| view.name(by));
            text::text(format!("{who}, {}", at.in_words()))
        })
        .collect();
    let number = about.bundle.to_string();
    let content = html! {
        (navigation::breadcrumbs(&[("/internet", "Internet with children"), ("/internet/sites", "Sites that were looked at")]))
        (text::h1(&about.name))
        (facts(&[
            Fact::new("Sites", text::bullets(&about.sites)),
            Fact::new("They need", needs),
            Fact::new("What for", &about.what_for),
            Fact::new("From age", about.age_from),
        ]))
        (text::h2("Who looked"))
        (text::plain_list(&looks))
        (buttons(html! {
            (button("I looked at it again").to(address("/internet/look-at", &[("bundle", &number)])))
            (button("Take it away").to(address("/internet/drop", &[("bundle", &number)])).secondary())
        }))
    };
    Shown::Page(about.name.clone(), content)
}
