//! The register of devices, as page and as document, and what is unknown on the network.

use super::or_dash;
use crate::{
    devices::{
        kinds::{Kind, Users},
        register::Device,
        seeing, tending,
    },
    people::pages::known,
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    choice::Choice,
    document::{Block, Document, Table as Rows},
    field::Field,
    filter::{self, Chosen},
    guide, navigation,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// The register.
pub(super) const DEVICES: Page = Page {
    path: "/devices",
    title: "Devices",
    menu: 35,
    help: "Every device that is used here: whose it is, where it lives, who has it, and whether it is in use.\nHand a device out on its page, and write down when it is back. What may not be used for now is out of use: it has no internet either.\nIf a device may hold evidence, do not look at it. Secure it: there is a button for that.",
    need: |_, _| seeing(),
    lines: None,
    show,
};

/// The same as a document.
pub(super) const PRINT: Page = Page {
    path: "/devices/register",
    title: "Register of devices",
    menu: 0,
    help: "The register of devices as a document: keep it as PDF, or its table for a spreadsheet.",
    need: |_, _| Need::AnyOf(vec![tending(), Need::leadership()]),
    lines: None,
    show: print,
};

/// What is unknown on the network.
pub(super) const UNKNOWN: Page = Page {
    path: "/devices/unknown",
    title: "Unknown on the network",
    menu: 0,
    help: "Something asked for a name on the network and is not on the register. Until it is, it gets the strictest that there is.\nPut it on the register with its address, or say here what it was and what you did.",
    need: |_, _| Need::AnyOf(vec![tending(), Need::leadership()]),
    lines: None,
    show: show_unknown,
};

const NAMES: [&str; 5] = ["words", "kind", "users", "room", "stands"];

fn wanted(view: &View<'_>, device: &Device, params: &Params) -> bool {
    let about = &device.about;
    let words = params.get("words").trim().to_lowercase();
    let holder = device
        .holder()
        .map(|hand| view.name(hand.person))
        .unwrap_or_default();
    let says = |text: &str| text.to_lowercase().contains(&words);
    let fits = |name: &str, own: &str| params.get(name).is_empty() || params.get(name) == own;
    let room = about.room.map(|room| room.to_string()).unwrap_or_default();
    (words.is_empty()
        || says(&about.name)
        || says(&about.tag)
        || says(&about.make)
        || says(&holder))
        && fits("kind", about.kind.key())
        && fits("users", about.users.key())
        && fits("room", &room)
        && (if params.get("stands").is_empty() {
            !device.is_gone()
        } else {
            params.get("stands") == device.in_words()
        })
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let devices = &view.setting.devices;
    let mut shown: Vec<&Device> = devices
        .all()
        .filter(|device| wanted(view, device, params))
        .collect();
    shown.sort_by_cached_key(|device| (device.about.name.to_lowercase(), device.number));
    let tends = view.has(&tending());
    let leads = tends || view.has(&Need::leadership());
    let open = devices.unknown().filter(|(_, one)| one.settled.is_none());
    let unknown = open.count();
    let content = html! {
        (text::h1("Devices"))
        @if leads && unknown > 0 {
            (text::inset(html! {
                @if unknown == 1 { "One unknown device is on the network. " } @else { (unknown) " unknown devices are on the network. " }
                (text::link("/devices/unknown", "Say what it is"))
            }))
        }
        (buttons(html! {
            @if tends { (button("Put a device on the register").to("/devices/add")) }
            (button("Secure a device").to("/devices/secure").secondary())
            @if view.has(&Need::Team) { (button("Internet with children").to("/internet").secondary()) }
        }))
        (filter::filtered(panel(view, params), html! {
            @if shown.is_empty() {
                (guide::empty("Here you see the devices that are used here. None fits what you chose.", None))
            } @else { (table(view, &shown)) }
            @if leads {
                (text::paragraph(html! {
                    (text::link("/devices/register", "Open it as a document, PDF or table"))
                    @if tends { " · " (text::link("/devices/room-internet", "Internet of a room")) }
                }))
            }
            (text::paragraph(text::link("/devices/custody", "Devices that were secured")))
        }))
    };
    Shown::Page("Devices".to_owned(), content)
}

fn table(view: &View<'_>, devices: &[&Device]) -> Table {
    let columns = ["Device", "Kind", "Room", "Who has it", "Stands"].map(Column::words);
    let rows = devices.iter().map(|device| {
        let about = &device.about;
        let holder = device.holder().map(|hand| view.name(hand.person));
        vec![
            text::link(&format!("/devices/{}", device.number), &about.name),
            text::text(about.kind.in_words()),
            or_dash(&about.room.map(|room| view.room(room)).unwrap_or_default()),
            or_dash(&holder.unwrap_or_default()),
            stands(device),
        ]
    });
    Table::new("Devices", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows)
}

/// How a device stands, as a tag.
pub(super) fn stands(device: &Device) -> Markup {
    let colour = match device.in_words() {
        "In use" => Colour::Green,
        "Handed out" => Colour::Blue,
        _ => Colour::Grey,
    };
    tag(device.in_words(), colour)
}

fn panel(view: &View<'_>, params: &Params) -> Markup {
    let all = |first: &str, options: &[(&str, &str)]| {
        let mut all = vec![Choice::new("", first)];
        all.extend(options.iter().map(|(key, words)| Choice::new(*key, *words)));
        all
    };
    let mut rooms = vec![Choice::new("", "Every room")];
    rooms.extend(
        view.setting
            .people
            .rooms()
            .map(|(room, name)| Choice::new(room.to_string(), name)),
    );
    let stands = [
        "In use",
        "Handed out",
        "Out of use",
        "Lost",
        "Gone for good",
    ];
    let stands: Vec<(&str, &str)> = stands.into_iter().map(|words| (words, words)).collect();
    let without = |name: &str| {
        let kept: Vec<(&str, &str)> = NAMES
            .into_iter()
            .filter(|own| *own != name)
            .map(|own| (own, params.get(own)))
            .collect();
        address("/devices", &kept)
    };
    let said = |name: &str| match name {
        "kind" => Kind::from_key(params.get(name)).map(|kind| kind.in_words().to_owned()),
        "users" => Users::from_key(params.get(name)).map(|users| users.in_words().to_owned()),
        "room" => params.room(name).map(|room| view.room(room)),
        _ => Some(params.get(name).to_owned()),
    };
    let chosen: Vec<Chosen> = NAMES
        .into_iter()
        .filter(|name| !params.get(name).is_empty())
        .filter_map(|name| {
            Some(Chosen {
                words: said(name)?,
                without: without(name),
            })
        })
        .collect();
    let fields = html! {
        (Field::new("words", "Search").value(params.get("words")).max_length(60).text())
        (Field::new("kind", "Kind").value(params.get("kind")).select(&all("Every kind", Kind::ALL)))
        (Field::new("users", "Used by").value(params.get("users")).select(&all("Everybody", Users::ALL)))
        (Field::new("room", "Room").value(params.get("room")).select(&rooms))
        (Field::new("stands", "Stands").value(params.get("stands")).select(&all("All but those that are gone", &stands)))
    };
    filter::filter("/devices", "/devices", &chosen, fields)
}

fn print(view: &View<'_>, _: &Params) -> Shown {
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let who = |person| known::sees(view, person).then(|| view.name(person));
    let all = || view.setting.devices.all();
    let what = all().map(|device| {
        let about = &device.about;
        let holder = device.holder().and_then(|hand| who(hand.person));
        vec![
            about.name.clone(),
            about.kind.in_words().to_owned(),
            about.make.clone(),
            about.serial.clone(),
            about.tag.clone(),
            device.in_words().to_owned(),
            holder.unwrap_or_default(),
        ]
    });
    let whose = all().map(|device| {
        let about = &device.about;
        vec![
            about.name.clone(),
            view.words(&about.owner.in_words()),
            about.users.in_words().to_owned(),
            about.room.map(|room| view.room(room)).unwrap_or_default(),
            about.place.clone(),
            about.keeper.and_then(who).unwrap_or_default(),
            about.bought.map(date_in_words).unwrap_or_default(),
        ]
    });
    let inside = all().map(|device| {
        let about = &device.about;
        vec![
            about.name.clone(),
            about.encrypted.map_or("not known".to_owned(), yes),
            yes(about.camera),
            yes(about.sim),
            about.addresses.join(", "),
            about.software.clone(),
        ]
    });
    let subtitle = format!(
        "{}, as of {}",
        view.setting.place.name(),
        date_in_words(view.today)
    );
    let document = Document {
        title: "Register of devices".to_owned(),
        subtitle,
        ..Document::default()
    };
    let document = document
        .with(table_of(
            "Devices",
            &[
                "Device",
                "Kind",
                "Make",
                "Serial",
                "Label",
                "Stands",
                "Who has it",
            ],
            what.collect(),
        ))
        .with(table_of(
            "Whose they are and where they live",
            &[
                "Device",
                "Whose",
                "Used by",
                "Room",
                "Kept at",
                "Responsible",
                "Bought",
            ],
            whose.collect(),
        ))
        .with(table_of(
            "What is in them",
            &[
                "Device",
                "Encrypted",
                "Camera",
                "SIM",
                "Addresses",
                "Software",
            ],
            inside.collect(),
        ));
    Shown::Document(Box::new(document))
}

fn table_of(caption: &str, head: &[&str], rows: Vec<Vec<String>>) -> Block {
    Block::Table(Rows {
        caption: caption.to_owned(),
        head: head.iter().map(|words| (*words).to_owned()).collect(),
        rows,
        numeric: Vec::new(),
    })
}

fn show_unknown(view: &View<'_>, _: &Params) -> Shown {
    let rows: Vec<Vec<Markup>> = view
        .setting
        .devices
        .unknown()
        .map(|(at, unknown)| {
            let settled = unknown.settled.as_ref().and_then(|what| view.open(what));
            let change = match &settled {
                Some(what) => text::text(what),
                None => html! {
                    (text::link_about(&address("/devices/add", &[("addresses", at)]), "Put it on the register", at)) " "
                    (text::link_about(&address("/devices/unknown/settle", &[("address", at)]), "Say what it is", at))
                },
            };
            vec![text::text(at), text::text(unknown.at.in_words()), change]
        })
        .collect();
    let columns = ["Address", "First seen", "What it is"].map(Column::words);
    let content = html! {
        (navigation::breadcrumbs(&[("/devices", "Devices")]))
        (text::h1("Unknown on the network"))
        @if rows.is_empty() {
            (guide::empty("Here you see what asks for names on the network and is not on the register. There is nothing.", None))
        } @else {
            (Table::new("Unknown on the network", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    };
    Shown::Page("Unknown on the network".to_owned(), content)
}
