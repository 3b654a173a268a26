//! What the filter covers and what it does not: for each profile and kind of sites, for each device,
//! for each line; and the forms with which devices and lines are written down.

use super::around;
use crate::{
    devices::kinds::Users,
    filter::{
        acts::{
            Act as Filter, LINE_MAX, WORDS_MAX,
            evidence::{Act, team},
        },
        covered::{self, Behind},
        entries::evidence::Door,
        keeping,
        profiles::EVERYBODY,
        words::{self, DOORS, FILTERED, LINES},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::{button, buttons},
    guide,
    table::{Column, Table},
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// What the filter covers.
pub(super) const COVERAGE: Page = Page {
    path: "/filter/coverage",
    title: "What the filter covers",
    menu: 0,
    help: "What stands behind the filter for each kind of sites and profile, how old it is and how the last trial went; how far the filter sees what each device does; and what it does not cover.\nNo filter covers everything. Write down devices and lines that it does not see, so that everybody knows.",
    need: |_, _| team(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let keeps = view.has(&keeping());
    let standing = view.network.standing();
    let content = html! {
        (around(view, "/filter/coverage"))
        (text::h1("What the filter covers"))
        (super::lists::running(view, standing.as_ref()))
        (buttons(html! {
            (button("National checklists").to("/filter/checklists").secondary())
            @if view.has(&super::review::readers()) {
                (button("Pack for the review").to("/filter/review-pack").secondary())
            }
        }))
        (text::h2("What it does not cover"))
        (text::bullets(&covered::gaps(view)))
        (text::h2("Kinds of sites"))
        @for users in EVERYBODY { (kinds(view, users)) }
        (themes(view))
        (text::h2("Devices"))
        (devices(view, keeps))
        (text::h2("Lines"))
        (text::paragraph("Each way by which a device here reaches the internet, back-up lines too: a hot spot, a stick with its own SIM."))
        (lines(view, keeps))
    };
    Shown::Page("What the filter covers".to_owned(), content)
}

fn kinds(view: &View<'_>, users: Users) -> Markup {
    let rows = covered::behind(view, users).into_iter().map(|own| {
        let mark = if own.closed {
            tag("Closed", Colour::Green)
        } else {
            tag("Open", Colour::Grey)
        };
        vec![
            text::text(own.words),
            mark,
            text::text(own.names.map_or("–".to_owned(), |names| names.to_string())),
            text::text(own.phrases),
            text::text(age(&own)),
            trial(&own),
        ]
    });
    let columns = [
        Column::words("Kind"),
        Column::words("Closed"),
        Column::numbers("Names"),
        Column::numbers("Phrases"),
        Column::words("Oldest list"),
        Column::words("Last trial"),
    ];
    let table = Table::new(users.in_words(), columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    text::details_open(users.in_words(), table, users == Users::Children)
}

fn age(own: &Behind) -> String {
    match (own.since, own.names) {
        (Some(at), _) => date_in_words(at.date()),
        (None, Some(0)) => "No list".to_owned(),
        (None, Some(_)) => "Comes with this program".to_owned(),
        (None, None) => "Not known".to_owned(),
    }
}

fn trial(own: &Behind) -> Markup {
    match own.trial {
        None => text::text("Not tried"),
        Some((tried, 0)) => html! { (tag("Right", Colour::Green)) " " (tried) " tries" },
        Some((tried, wrong)) => {
            html! { (tag(format!("{wrong} wrong"), Colour::Red)) " of " (tried) }
        }
    }
}

fn themes(view: &View<'_>) -> Markup {
    let all = covered::themes(view, Users::Children);
    let rows = all.iter().map(|(words, weight, phrases)| {
        vec![
            text::text(words),
            text::text(weight),
            text::text(phrases.map_or("–".to_owned(), |count| count.to_string())),
        ]
    });
    let columns = [
        Column::words("Theme"),
        Column::numbers("Closed from a weight of"),
        Column::numbers("Phrases"),
    ];
    html! {
        (text::h2("What pages say"))
        @if all.is_empty() {
            (text::paragraph("Our policy does not ask that pages are judged by what they say."))
        } @else {
            (text::paragraph("On devices that are set up for it, and only while an adult has opened the internet for children, pages are judged by what they say as they arrive. A page whose phrases weigh so much is closed for children, and the lead can see why."))
            (Table::new("Themes", columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn devices(view: &View<'_>, keeps: bool) -> Markup {
    let all = covered::devices(view);
    let rows = all.iter().map(|own| {
        let name = view.setting.devices.name(own.device);
        let colour = match (own.door, own.apart) {
            (Door::Not, true) => Colour::Grey,
            (Door::Not, false) => Colour::Red,
            (Door::Names, _) => Colour::Yellow,
            (Door::Proxy | Door::Inspected, _) => Colour::Green,
        };
        let found = view.setting.devices.find(own.device);
        let users = found.map(|device| device.about.users.in_words());
        let number = own.device.to_string();
        vec![
            text::text(name),
            text::text(users.unwrap_or_default()),
            tag(words::of(DOORS, own.door.key()), colour),
            text::text(&own.how),
            html! {
                @if keeps { (text::link_about(&address("/filter/coverage/device", &[("device", &number)]), "Change", name)) }
            },
        ]
    });
    html! {
        @if all.is_empty() {
            (guide::empty("Here stands how each device of the register is filtered. None is on the register.", Some(("/devices", "Devices"))))
        } @else {
            (Table::new("Devices", ["Device", "Who uses it", "Filtered", "How that is known", "Change"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

fn lines(view: &View<'_>, keeps: bool) -> Markup {
    let known = view.setting.filter.evidence();
    let rows = known.lines().map(|line| {
        let line = &line.recorded;
        let colour = if line.filtered == "not" {
            Colour::Red
        } else {
            Colour::Green
        };
        let number = line.line.to_string();
        vec![
            text::text(&line.name),
            text::text(words::of(LINES, &line.kind)),
            tag(words::of(FILTERED, &line.filtered), colour),
            text::text(&line.how),
            html! {
                @if keeps { (text::link_about(&address("/filter/coverage/line/end", &[("line", &number)]), "It is gone", &line.name)) }
            },
        ]
    });
    html! {
        @if known.lines().next().is_none() {
            (text::paragraph("None is written down yet."))
        } @else {
            (Table::new("Lines", ["Line", "What it is", "Filtered", "How", "Change"].map(Column::words)).caption_unseen().first_cell_heads().rows(rows))
        }
        @if keeps { (text::paragraph(text::link("/filter/coverage/line", "Write a line down"))) }
    }
}

fn to_coverage(_: &Answers) -> String {
    "/filter/coverage".to_owned()
}

/// Write a line down.
pub(super) const LINE: Form = Form {
    act: "filter.record-line",
    path: "/filter/coverage/line",
    title: "Write a line down",
    button: "Keep it",
    help: "Each way by which a device here may reach the internet, also those that are for when the broadband fails.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("name", "What is it called here?", FieldKind::Line(LINE_MAX)),
        Field::new("kind", "What is it?", FieldKind::Choice(LINES)),
        Field::new(
            "filtered",
            "How is it filtered?",
            FieldKind::Choice(FILTERED),
        ),
        Field::new(
            "how",
            "How do you know, and who may use it when?",
            FieldKind::Text(WORDS_MAX),
        ),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::RecordLine {
            name: answers.text("name")?,
            kind: answers.text("kind")?,
            filtered: answers.text("filtered")?,
            how: answers.text("how")?,
        })))
    },
    then: to_coverage,
};

/// A line is gone.
pub(super) const END_LINE: Form = Form {
    act: "filter.end-line",
    path: "/filter/coverage/line/end",
    title: "A line is gone",
    button: "It is gone",
    help: "It no longer leads to the internet, or nobody here can use it any more.",
    need: |_, _| keeping(),
    fields: &[Field::new("line", "Line", FieldKind::Hidden)],
    start: |view, params| {
        let number: Option<u32> = params.number("line");
        let known = view.setting.filter.evidence();
        let own = known
            .lines()
            .find(|line| Some(line.recorded.line) == number);
        Start {
            answers: Answers::from_params(params),
            not_here: own.is_none(),
            above: own.map(|line| text::inset(&line.recorded.name)),
        }
    },
    read: |answers| {
        let line = answers.number("line")?;
        Some(AnyAct::Filter(Filter::Evidence(Act::EndLine { line })))
    },
    then: to_coverage,
};

/// How a device is set up.
pub(super) const DEVICE: Form = Form {
    act: "filter.record-door",
    path: "/filter/coverage/device",
    title: "How is this device filtered?",
    button: "Keep it",
    help: "By names: it asks this filter for the names of sites. Through the web proxy: its settings for the web name the proxy, which sees hosts and unencrypted pages. Looking into pages: it trusts the setting’s own authority, too; that is for children’s devices, and only in what an adult opened.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("device", "Device", FieldKind::Hidden),
        Field::new("door", "How?", FieldKind::Choice(DOORS)),
        Field::new(
            "note",
            "How do you know, or what is done instead?",
            FieldKind::Text(LINE_MAX),
        )
        .hint("When it is not filtered, say why and who looks after that")
        .optional(),
    ],
    start: |view, params| {
        let number: Option<u32> = params.number("device");
        let found = number.and_then(|number| view.setting.devices.find(number));
        let found = found.filter(|device| !device.is_gone());
        let mut answers = Answers::from_params(params);
        let own = found.and_then(|device| view.setting.filter.evidence().door(device.number));
        if let Some(own) = own {
            answers.add("door", own.recorded.door.key());
            answers.add("note", &own.recorded.note);
        }
        Start {
            answers,
            not_here: found.is_none(),
            above: found.map(|device| text::inset(&device.about.name)),
        }
    },
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::RecordDoor {
            device: answers.number("device")?,
            door: Door::of_key(&answers.text("door")?)?,
            note: answers.text("note").unwrap_or_default(),
        })))
    },
    then: to_coverage,
};
