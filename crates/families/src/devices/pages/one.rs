//! One device: what is known about it, who has it, what it may reach, and what can be done with it.

use super::{bar, device, list::stands, or_dash};
use crate::{
    devices::{
        acts::Act,
        controls,
        kinds::{DISPOSALS, words},
        register::{Device, State},
        seeing, tending,
    },
    people::pages::known,
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
    code::Code,
    document::{Block, Document},
    facts::{Fact, facts},
    form, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// One device.
pub(super) const DEVICE: Page = Page {
    path: "/devices/{device}",
    title: "A device",
    menu: 0,
    help: "What is known about one device, who has it, and what can be done with it.\nA device that is out of use has no internet. Whoever took it out of use brings it back.\nOpen this page on the device itself to make its browser known as this device.",
    need: |_, _| seeing(),
    lines: None,
    show,
};

/// Its label.
pub(super) const LABEL: Page = Page {
    path: "/devices/{device}/label",
    title: "Label of a device",
    menu: 0,
    help: "A label to print and stick on the device. The code on it leads to the page of the device, for whoever may see that.",
    need: |_, _| seeing(),
    lines: None,
    show: label,
};

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(device) = device(view, params) else {
        return Shown::NotHere;
    };
    let custodies = view.setting.devices.custodies().of_device(device.number);
    let known: Vec<u32> = custodies
        .filter(|custody| view.has(&custody.need()))
        .map(|custody| custody.number)
        .collect();
    let content = html! {
        (navigation::breadcrumbs(&[("/devices", "Devices")]))
        (bar(view, device))
        (text::h1(&device.about.name))
        (text::paragraph(html! { (stands(device)) " " (how(view, device)) }))
        @for number in known {
            (text::inset(html! { "It is secured. " (text::link(&format!("/devices/custody/{number}"), "Open the custody record")) }))
        }
        (actions(view, device))
        (facts(&about(view, device)))
        (hands(view, device))
    };
    Shown::Page(device.about.name.clone(), content)
}

/// Why it stands so, as far as the reader may know.
fn how(view: &View<'_>, device: &Device) -> String {
    let tends = view.has(&tending()) || view.has(&Need::leadership());
    match (&device.state, &device.out) {
        (State::Lost { how, at }, _) => {
            let how = tends.then(|| view.open(how)).flatten().unwrap_or_default();
            format!("Since {}. {how}", at.in_words())
        }
        (State::Gone { how, evidence, at }, _) => {
            let evidence = tends.then(|| view.open(evidence)).flatten();
            format!(
                "{}, {}. {}",
                words(DISPOSALS, how),
                at.in_words(),
                evidence.unwrap_or_default()
            )
        }
        (State::Here, Some(out)) => {
            let own = out.by.is_some() && out.by == view.person();
            let why = out.why.as_ref().filter(|_| tends || own);
            let why = why.and_then(|why| view.open(why)).unwrap_or_default();
            format!("Since {}. {why}", out.at.in_words())
        }
        (State::Here, None) => match device.holder() {
            Some(hand) => {
                let until = hand
                    .until
                    .map(|day| format!(", until {}", date_in_words(day)));
                format!(
                    "{} has it since {}{}.",
                    view.name(hand.person),
                    hand.from.in_words(),
                    until.unwrap_or_default()
                )
            }
            None => String::new(),
        },
    }
}

fn actions(view: &View<'_>, device: &Device) -> Markup {
    let number = device.number;
    if device.is_gone() {
        return html! {};
    }
    let may = |act: Act| view.has(&AnyAct::Devices(act).need(view.setting));
    let at = |what: &str| format!("/devices/{number}/{what}");
    let tends = view.has(&tending());
    let is_mine = device
        .holder()
        .is_some_and(|hand| Some(hand.person) == view.person());
    let waits = device
        .holder()
        .is_some_and(|hand| hand.acknowledged.is_none());
    html! {
        @if is_mine && waits {
            (form::button_form(&at("acknowledge"), view.csrf, &[("act", "devices.acknowledge"), ("device", &number.to_string())], &button("Confirm that I have it")))
        }
        (buttons(html! {
            @if device.holder().is_some() && may(Act::HandBack { device: number }) {
                (button("It is back").to(at("hand-back")).secondary())
            }
            @if !device.is_out_of_use() {
                @if tends || view.has(&Need::Team) { (button("Hand it out").to(at("hand-out")).secondary()) }
                (button("Take it out of use").to(at("take-out")).secondary())
            }
            @if device.out.is_some() && may(Act::BringBack { device: number }) {
                (button("Bring it back into use").to(at("bring-back")).secondary())
            }
            (button("Secure it").to(address("/devices/secure", &[("device", &number.to_string())])).secondary())
            @if device.state == State::Here { (button("It is lost").to(at("lost")).secondary()) }
            @else if tends { (button("It was found").to(at("found")).secondary()) }
        }))
        @if tends { (tending_links(view, device)) }
        (text::paragraph(text::link(&at("label"), "Label to print")))
    }
}

fn tending_links(view: &View<'_>, device: &Device) -> Markup {
    let at = |what: &str| format!("/devices/{}/{what}", device.number);
    let mut links = vec![
        text::link(&at("change"), "Put the record right"),
        text::link(&at("internet"), "Set its internet"),
        text::link(&at("dispose"), "It went for good"),
        text::link(&at("enrol"), "Make this browser known as it"),
    ];
    if !device.enrolled.is_empty() {
        links.push(text::link(&at("unenrol"), "Forget its browsers"));
    }
    if !device.about.is_ours() {
        links.push(text::link(&at("allow-use"), "Allow it to be used"));
    }
    if device.personal.is_some() {
        links.push(text::link(&at("end-personal-use"), "End personal use"));
    } else if device.holder().is_some() && view.in_force.find("devices.authorised-user").is_some() {
        links.push(text::link(&at("personal-use"), "Allow personal use"));
    }
    text::details("Look after it", text::plain_list(&links))
}

fn about(view: &View<'_>, device: &Device) -> Vec<Fact> {
    let about = &device.about;
    let who = |person| known::sees(view, person).then(|| view.name(person));
    let tends = view.has(&tending()) || view.has(&Need::leadership());
    let off = controls::is_off(view.in_force);
    let yes = |yes: bool| if yes { "Yes" } else { "No" };
    let mut rows = vec![
        ("Whose it is", view.words(&about.owner.in_words())),
        ("Used by", about.users.in_words().to_owned()),
        (
            "Internet",
            view.setting
                .devices
                .internet(device, off)
                .in_words()
                .to_owned(),
        ),
        ("Make", about.make.clone()),
        ("Label", about.tag.clone()),
        ("Kept at", about.place.clone()),
        (
            "Responsible",
            about.keeper.and_then(who).unwrap_or_default(),
        ),
        ("Camera", yes(about.camera).to_owned()),
    ];
    if tends {
        rows.extend([
            ("Serial number", about.serial.clone()),
            (
                "Bought or came",
                about.bought.map(date_in_words).unwrap_or_default(),
            ),
            (
                "Encrypted",
                about.encrypted.map_or("Not known", yes).to_owned(),
            ),
            ("SIM", yes(about.sim).to_owned()),
            ("Addresses on the network", about.addresses.join(", ")),
            ("System and programs", about.software.clone()),
            ("Browsers known as it", device.enrolled.join(", ")),
        ]);
    }
    if let Some(allowed) = device
        .allowed
        .as_ref()
        .filter(|one| view.today <= one.until)
    {
        let what = view.open(&allowed.what_for).unwrap_or_default();
        let until = date_in_words(allowed.until);
        rows.push(("May be used", format!("{what}, until {until}")));
    }
    if let Some(personal) = device
        .personal
        .as_ref()
        .filter(|one| view.today <= one.until)
    {
        let until = date_in_words(personal.until);
        rows.push((
            "Personal use",
            format!("{}, until {until}", view.name(personal.person)),
        ));
    }
    rows.into_iter()
        .map(|(key, words)| Fact::new(key, or_dash(&words)))
        .collect()
}

/// Who had it, for who looks after devices or leads.
fn hands(view: &View<'_>, device: &Device) -> Markup {
    let tends = view.has(&tending()) || view.has(&Need::leadership());
    if !tends || device.hands.is_empty() {
        return html! {};
    }
    let rows = device.hands.iter().rev().map(|hand| {
        vec![
            text::text(view.name(hand.person)),
            or_dash(&view.open(&hand.what_for).unwrap_or_default()),
            text::text(hand.from.in_words()),
            or_dash(
                &hand
                    .acknowledged
                    .map(|at| at.in_words())
                    .unwrap_or_default(),
            ),
            or_dash(&hand.back.map(|at| at.in_words()).unwrap_or_default()),
        ]
    });
    let columns = ["Who", "What for", "From", "Confirmed", "Back"].map(Column::words);
    html! {
        (text::h2("Who had it"))
        (Table::new("Who had it", columns).caption_unseen().first_cell_heads().rows(rows))
    }
}

fn label(view: &View<'_>, params: &Params) -> Shown {
    let Some(device) = device(view, params).filter(|device| !device.is_gone()) else {
        return Shown::NotHere;
    };
    let about = &device.about;
    let room = about.room.map(|room| view.room(room)).unwrap_or_default();
    let rows = [
        ("Label", about.tag.clone()),
        ("Kind", about.kind.in_words().to_owned()),
        ("Room", room),
        ("Used by", about.users.in_words().to_owned()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(key, words)| (key.to_owned(), words))
        .collect();
    let document = Document {
        title: about.name.clone(),
        subtitle: view.setting.place.name().to_owned(),
        ..Document::default()
    };
    let document = document
        .with(Block::Facts(rows))
        .with(Block::Code(Code::to(format!("/devices/{}", device.number))))
        .with(Block::Paragraph(
            "If you found this device, please give it back to us.".to_owned(),
        ));
    Shown::Document(Box::new(document))
}
