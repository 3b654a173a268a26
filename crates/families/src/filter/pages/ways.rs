//! Ways round the filter: what is known of, and whether each is closed or raised.

use super::around;
use crate::{
    filter::{
        acts::evidence::team,
        entries::What,
        keeping,
        kinds::{self, WAYS_ROUND},
        network::{WAYS_MAX, Way},
    },
    spine::{
        page::{Page, Params, Shown},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    facts::{Fact, facts},
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The kinds of ways, as the network’s side calls them, and words.
const WAYS: &[(&str, &str)] = &[
    ("encrypted-dns", "Names asked for elsewhere, encrypted"),
    ("relay", "Relays that systems bring along"),
    ("vpn", "Private networks (VPN)"),
    ("web-proxy", "Pages that fetch pages"),
    ("translator", "Translators that fetch pages"),
    ("archive", "Copies of pages"),
    ("onion", "The onion network"),
    ("tunnel", "Tunnels to a computer elsewhere"),
    ("remote-screen", "Somebody else’s computer on the screen"),
    ("number", "Addresses as numbers"),
    ("alias", "Aliases that lead to closed names"),
    ("look-alike", "Names that look like others"),
    ("hidden-name", "Encrypted names of sites (ECH)"),
    ("unsafe-search", "Search engines that can’t be made safe"),
    ("hot-spot", "A hot spot, or mobile data"),
    ("unknown-device", "Devices that nobody knows"),
];

/// The ways round.
pub(super) const WAYS_ROUND_PAGE: Page = Page {
    path: "/filter/ways-round",
    title: "Ways round the filter",
    menu: 0,
    help: "How people or programs get round a filter, and what happens here when they try. For children each is closed, or somebody is told when it is seen. The filter tries them all every night.\nWho needs one of them for work asks for it: two people open it, for those alone who need it, and it ends.",
    need: |_, _| team(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let mut ways = view.network.ways_round();
    ways.truncate(WAYS_MAX);
    let mut groups: BTreeMap<usize, Vec<&Way>> = BTreeMap::new();
    for way in &ways {
        let place = WAYS.iter().position(|(key, _)| *key == way.kind);
        groups
            .entry(place.unwrap_or(WAYS.len()))
            .or_default()
            .push(way);
    }
    let closed = ways.iter().filter(|way| way.closed).count();
    let content = html! {
        (around(view, "/filter/ways-round"))
        (text::h1("Ways round the filter"))
        @if ways.is_empty() {
            (guide::empty("Here stand the ways round that the filter knows. No filter runs with this program at the moment.", None))
        } @else {
            (facts(&[
                Fact::new("Known", ways.len()),
                Fact::new("Closed for children", closed),
                Fact::new("Told when they are seen", ways.len().saturating_sub(closed)),
                Fact::new("Last tried", tried(view)),
            ]))
            @for (place, ways) in &groups {
                @let title = WAYS.get(*place).map_or("Others", |(_, words)| *words);
                (group(title, ways))
            }
        }
        (exceptions(view))
    };
    Shown::Page("Ways round the filter".to_owned(), content)
}

/// How the last trial of them went.
fn tried(view: &View<'_>) -> Markup {
    let trial = view.setting.filter.evidence().parts();
    let Some(trial) = trial else {
        return text::text("Not yet, as far as is known here");
    };
    let own = trial.parts.iter().filter(|part| part.what == WAYS_ROUND);
    let (tried, wrong) = own.fold((0_u64, 0_u64), |(tried, wrong), part| {
        (
            tried.saturating_add(part.tried),
            wrong.saturating_add(part.wrong),
        )
    });
    html! {
        (trial.at.in_words()) ", " (tried) " tries "
        @if wrong == 0 { (tag("All closed", Colour::Green)) } @else { (tag(format!("{wrong} open"), Colour::Red)) }
    }
}

fn group(title: &str, ways: &[&Way]) -> Markup {
    let rows = ways.iter().map(|way| {
        let (words, colour) = if way.closed {
            ("Closed", Colour::Green)
        } else {
            ("Told", Colour::Yellow)
        };
        vec![
            text::text(if way.name.is_empty() {
                &way.what
            } else {
                &way.name
            }),
            text::text(if way.name.is_empty() { "" } else { &way.what }),
            html! { (tag(words, colour)) " " (way.how) },
        ]
    });
    let table = Table::new(
        title,
        ["Way", "What it is", "For children"].map(Column::words),
    )
    .caption_unseen()
    .first_cell_heads()
    .rows(rows);
    text::details(format!("{title} ({})", ways.len()), table)
}

/// What two people opened of them.
fn exceptions(view: &View<'_>) -> Markup {
    let open: Vec<_> = view
        .setting
        .filter
        .in_force(view.today)
        .filter_map(|change| match &change.proposed.what {
            What::OpenSite { site, .. } if kinds::of_name(site) == Some(WAYS_ROUND) => {
                Some((change, site))
            }
            _ => None,
        })
        .collect();
    let keeps = view.has(&keeping());
    let rows = open.iter().map(|(change, site)| {
        let users: Vec<&str> = change
            .proposed
            .users
            .iter()
            .map(|users| users.in_words())
            .collect();
        vec![
            text::text(site),
            text::text(users.join("; ")),
            text::text(&change.proposed.reason),
            text::text(change.proposed.until.map(date_in_words).unwrap_or_default()),
        ]
    });
    html! {
        (text::h2("Open for work"))
        @if open.is_empty() {
            (text::paragraph("None is open for anybody."))
        } @else {
            (Table::new("Ways that two people opened", ["Way", "For whom", "Why", "Until"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
        @if keeps { (text::paragraph(text::link("/filter/propose?what=open-site", "Propose to open one for those who work here"))) }
    }
}
