//! The custody of devices that may hold evidence: who has had each, where it is, under which seal,
//! and what the police said. For who may know; for all others there is nothing.

use super::bar;
use crate::{
    concerns::circle,
    devices::{
        controls::{NEVER, steps},
        register::custody::{Custody, Passing},
    },
    roles::role::Role,
    spine::{
        act::Person,
        page::{Page, Params, Shown},
        permit::Need,
        setting::Setting,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    code::Code,
    document::{Block, Document, Table as Rows},
    facts::{Fact, facts},
    guide::{self, Step},
    navigation,
    table::{Column, Table},
    text,
    timeline::{Event, timeline},
};
use maud::{Markup, html};

/// The records that the reader may see.
pub(super) const RECORDS: Page = Page {
    path: "/devices/custody",
    title: "Devices that were secured",
    menu: 0,
    help: "A device that may hold evidence is locked away and touched by nobody. Here you see those that you may know of.\nSecure a device as soon as you think that something on it may matter to the police. You need not be sure.",
    need: |_, _| crate::devices::seeing(),
    lines: None,
    show: show_all,
};

/// One record.
pub(super) const RECORD: Page = Page {
    path: "/devices/custody/{custody}",
    title: "A custody record",
    menu: 0,
    help: "Where a device is that may hold evidence, who had it when, and what the police said about it. Whoever gives it on and whoever takes it both sign here, under their own names.\nIt is released when the police have said so: one person asks for it, a second one releases it.",
    need: |params, setting| need(params, setting),
    lines: None,
    show,
};

/// One record, for print.
pub(super) const PRINT: Page = Page {
    path: "/devices/custody/{custody}/print",
    title: "A custody record, for print",
    menu: 0,
    help: "The whole record as a document, for the police or the court. Whoever has the paper knows of it: keep it locked away.",
    need: |params, setting| need(params, setting),
    lines: None,
    show: print,
};

/// The label for the bag.
pub(super) const LABEL: Page = Page {
    path: "/devices/custody/{custody}/label",
    title: "Label for a secured device",
    menu: 0,
    help: "A label to print for the bag in which the device is sealed. It says what nobody may do with it, and not why.",
    need: |params, setting| need(params, setting),
    lines: None,
    show: label,
};

/// Who may see the record of an address.
pub(super) fn need(params: &Params, setting: &Setting) -> Need {
    crate::devices::acts::custody::need_for(params.number("custody").unwrap_or(0), setting)
}

/// The record of an address.
pub(super) fn custody<'a>(view: &View<'a>, params: &Params) -> Option<&'a Custody> {
    let custodies = view.setting.devices.custodies();
    custodies.find(params.number("custody")?)
}

/// A name for who may see the record, whether or not they may otherwise know it.
fn name(view: &View<'_>, person: Option<Person>) -> String {
    let Some(person) = person else {
        return "somebody".to_owned();
    };
    let name = view.setting.people.name(person);
    let name = name.and_then(|name| view.open(name));
    name.unwrap_or_else(|| view.name(person))
}

fn show_all(view: &View<'_>, _: &Params) -> Shown {
    let custodies = view.setting.devices.custodies();
    let rows: Vec<Vec<Markup>> = custodies
        .all()
        .rev()
        .filter(|custody| view.has(&custody.need()))
        .map(|custody| {
            let at = format!("/devices/custody/{}", custody.number);
            vec![
                text::link(&at, view.setting.devices.name(custody.device)),
                text::text(custody.at.in_words()),
                text::text(state(view, custody)),
            ]
        })
        .collect();
    let columns = ["Device", "Secured", "Now"].map(Column::words);
    let content = html! {
        (navigation::breadcrumbs(&[("/devices", "Devices")]))
        (text::h1("Devices that were secured"))
        (button("Secure a device").to("/devices/secure"))
        @if rows.is_empty() {
            (text::paragraph("There is none that you need to know of."))
        } @else {
            (Table::new("Devices that were secured", columns).caption_unseen().first_cell_heads().rows(rows))
        }
        (rules())
    };
    Shown::Page("Devices that were secured".to_owned(), content)
}

/// What nobody does, and what to do.
pub(super) fn rules() -> Markup {
    let lead = format!("the {}", Role::Lead.in_words());
    let steps: Vec<Step> = steps(&lead)
        .into_iter()
        .map(|step| Step::new(step, ""))
        .collect();
    html! {
        (guide::do_not_list(NEVER))
        (text::details("Step by step", guide::steps(&steps)))
    }
}

fn state(view: &View<'_>, custody: &Custody) -> String {
    if let Some((by, at)) = custody.ended {
        return format!("Released by {}, {}", name(view, by), at.in_words());
    }
    if let Some(passing) = custody.waiting() {
        return format!("Waits for {} to sign for it", name(view, passing.to));
    }
    match (custody.holder(), custody.last()) {
        (None, Some(passing)) => match view.open(&passing.note) {
            Some(note) => format!("With {}, {}", note.name, note.body),
            None => "With somebody from outside".to_owned(),
        },
        (holder, _) => format!("{} answers for it", name(view, holder)),
    }
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let Some(custody) = custody(view, params) else {
        return Shown::NotHere;
    };
    let devices = &view.setting.devices;
    let title = format!("{}: custody record", devices.name(custody.device));
    let note = view.open(&custody.note).unwrap_or_default();
    let mut rows = vec![
        Fact::new("Now", state(view, custody)),
        Fact::new("Why", &note.why),
        Fact::new("Locked away", place(view, custody).0),
        Fact::new("Seal", place(view, custody).1),
    ];
    if !note.found.is_empty() {
        rows.push(Fact::new("Found", &note.found));
    }
    if !note.taken_from.is_empty() {
        rows.push(Fact::new("Taken from", &note.taken_from));
    }
    if let Some(case) = custody.case {
        let case = text::link(&format!("/concerns/cases/{case}"), "Open the case");
        rows.push(Fact::new("Case", case));
    }
    let content = html! {
        (navigation::breadcrumbs(&[("/devices", "Devices"), ("/devices/custody", "Devices that were secured")]))
        @if let Some(device) = devices.find(custody.device) { (bar(view, device)) }
        (text::h1(&title))
        @if custody.ended.is_none() {
            @if devices.find(custody.device).is_some_and(|device| device.out.is_none()) {
                (text::warning("Somebody who does not know of this record has brought the device back into use on the register. It stays sealed and off the network. Take it out of use again."))
            }
            (guide::do_not_list(NEVER))
            (actions(view, custody))
        }
        (facts(&rows))
        (text::h2("What happened"))
        (timeline(&events(view, custody)))
        (text::paragraph(html! {
            (text::link(&format!("/devices/custody/{}/print", custody.number), "For print")) " · "
            (text::link(&format!("/devices/custody/{}/label", custody.number), "Label for the bag"))
        }))
    };
    Shown::Page(title, content)
}

/// Where it is now, and under which seal.
fn place(view: &View<'_>, custody: &Custody) -> (String, String) {
    if let Some(note) = custody.last().and_then(|passing| view.open(&passing.note)) {
        return (note.place, note.seal);
    }
    let note = view.open(&custody.note).unwrap_or_default();
    (note.place, note.seal)
}

fn actions(view: &View<'_>, custody: &Custody) -> Markup {
    let at = |what: &str| format!("/devices/custody/{}/{what}", custody.number);
    if let Some(passing) = custody.waiting() {
        return html! {
            @if passing.to.is_some() && passing.to == view.person() {
                (buttons(button("Sign that I have it").to(at("receive"))))
            } @else {
                (text::inset(format!("{} has to sign for it now.", name(view, passing.to))))
            }
        };
    }
    let asked = custody.asked.as_ref();
    html! {
        (buttons(html! {
            (button("Give it on").to(at("pass-on")).secondary())
            (button("What the police said").to(at("advice")).secondary())
            @if custody.may_go() {
                @match asked {
                    None => (button("Ask for its release").to(at("ask-release")).secondary()),
                    Some(asked) if asked.by != view.person() => (button("Release it").to(at("release"))),
                    Some(_) => {}
                }
            }
        }))
        @if asked.is_some_and(|asked| asked.by == view.person()) {
            (text::inset("You asked for its release. A second person has to release it."))
        }
    }
}

fn events(view: &View<'_>, custody: &Custody) -> Vec<Event> {
    let note = view.open(&custody.note).unwrap_or_default();
    let mut all = vec![(
        custody.seq,
        Event::new(
            "Secured",
            name(view, custody.by),
            custody.at,
            text::paragraph(format!("{}, seal {}.", note.place, note.seal)),
        ),
    )];
    for passing in &custody.passed {
        let (title, words) = passed(view, passing);
        let event = Event::new(
            title,
            name(view, passing.by),
            passing.at,
            text::paragraph(words),
        );
        all.push((passing.seq, event));
    }
    for advice in &custody.advice {
        let note = view.open(&advice.note).unwrap_or_default();
        let title = if advice.allows {
            "The police: it may be released"
        } else {
            "The police: it stays"
        };
        let words = html! {
            (text::paragraph(&note.words))
            (text::paragraph(format!("{}. {}", note.who, note.reference)))
        };
        all.push((
            advice.seq,
            Event::new(title, name(view, advice.by), advice.at, words),
        ));
    }
    if let Some(asked) = &custody.asked {
        let why = view.open(&asked.why).unwrap_or_default();
        let event = Event::new(
            "Release asked for",
            name(view, asked.by),
            asked.at,
            text::paragraph(why),
        );
        all.push((asked.seq, event));
    }
    if let Some((by, at)) = custody.ended {
        all.push((u64::MAX, Event::new("Released", name(view, by), at, "")));
    }
    all.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
    all.into_iter().map(|(_, event)| event).collect()
}

fn passed(view: &View<'_>, passing: &Passing) -> (String, String) {
    let note = view.open(&passing.note).unwrap_or_default();
    let seal = if note.whole {
        "the seal was whole"
    } else {
        "the seal was not whole"
    };
    let taken = match (passing.to, passing.received) {
        (None, _) => format!(
            "Signed for by {}, {}. Receipt: {}",
            note.signed,
            note.body,
            if note.receipt.is_empty() {
                "none"
            } else {
                &note.receipt
            }
        ),
        (Some(_), Some(at)) => format!("Signed for {}.", at.in_words()),
        (Some(_), None) => "Not signed for yet.".to_owned(),
    };
    let to = match passing.to {
        Some(person) => name(view, Some(person)),
        None => note.name.clone(),
    };
    (
        format!("Given to {to}"),
        format!("{}, seal {}; {seal}. {taken}", note.place, note.seal),
    )
}

fn print(view: &View<'_>, params: &Params) -> Shown {
    let Some(custody) = custody(view, params) else {
        return Shown::NotHere;
    };
    let note = view.open(&custody.note).unwrap_or_default();
    let mut rows = vec![vec![
        custody.at.in_words(),
        format!("Secured by {}", name(view, custody.by)),
        note.place.clone(),
        note.seal.clone(),
        String::new(),
    ]];
    for passing in &custody.passed {
        let words = view.open(&passing.note).unwrap_or_default();
        let (title, said) = passed(view, passing);
        rows.push(vec![
            passing.at.in_words(),
            format!("{title} by {}", name(view, passing.by)),
            words.place,
            words.seal,
            said,
        ]);
    }
    let advice = custody.advice.iter().map(|advice| {
        let note = view.open(&advice.note).unwrap_or_default();
        let goes = if advice.allows {
            "may be released"
        } else {
            "stays"
        };
        format!(
            "{}: {} ({}; {}). It {goes}. Written down by {}.",
            advice.at.in_words(),
            note.words,
            note.who,
            note.reference,
            name(view, advice.by)
        )
    });
    let device = view.setting.devices.find(custody.device);
    let serial = device.map(|device| device.about.serial.clone());
    let proof = custody.passed.iter().map(|passing| passing.seq);
    let document = Document {
        title: format!("Custody record {}", custody.number),
        subtitle: view.setting.place.name().to_owned(),
        about: vec![
            (
                "Device".to_owned(),
                view.setting.devices.name(custody.device).to_owned(),
            ),
            ("Serial number".to_owned(), serial.unwrap_or_default()),
            ("Why".to_owned(), note.why),
            ("Found".to_owned(), note.found),
            ("Taken from".to_owned(), note.taken_from),
            ("Now".to_owned(), state(view, custody)),
        ],
        rests_on: std::iter::once(custody.seq).chain(proof).collect(),
        ..Document::default()
    };
    let head = ["When", "What", "Where", "Seal", "Signed"].map(str::to_owned);
    let document = document
        .with(Block::Table(Rows {
            caption: "Who had it".to_owned(),
            head: head.to_vec(),
            rows,
            numeric: Vec::new(),
        }))
        .with(Block::Heading("What the police said".to_owned()))
        .with(Block::List(advice.collect()));
    Shown::Document(Box::new(document))
}

fn label(view: &View<'_>, params: &Params) -> Shown {
    let Some(custody) = custody(view, params) else {
        return Shown::NotHere;
    };
    let (place, seal) = place(view, custody);
    let lead = view.setting.roles.holders(&Role::Lead, view.today);
    let knows = |person: &Person| {
        let who = crate::spine::act::Actor::person_only(*person);
        custody
            .case
            .is_none_or(|case| circle::is_on(&who, case, view.setting, view.today))
    };
    let ask: Vec<String> = lead
        .into_iter()
        .filter(knows)
        .map(|person| name(view, Some(person)))
        .collect();
    let facts = vec![
        ("Record".to_owned(), custody.number.to_string()),
        (
            "Device".to_owned(),
            view.setting.devices.name(custody.device).to_owned(),
        ),
        ("Seal".to_owned(), seal),
        ("Kept at".to_owned(), place),
        ("Sealed".to_owned(), custody.at.in_words()),
    ];
    let never = NEVER.iter().take(3).map(|words| capital(words)).collect();
    let mut document = Document::new("Do not open")
        .with(Block::Facts(facts))
        .with(Block::List(never))
        .with(Block::Code(Code::to(format!(
            "/devices/custody/{}",
            custody.number
        ))));
    document.subtitle = view.setting.place.name().to_owned();
    if !ask.is_empty() {
        let words = format!("Ask {} before you touch it.", ask.join(" or "));
        document = document.with(Block::Note(words));
    }
    document = document.with(Block::Signatures(vec![
        "Given by".to_owned(),
        "Taken by".to_owned(),
    ]));
    Shown::Document(Box::new(document))
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
