//! For everybody: what I am told, by which way, on which devices, and my calendar feed.

use crate::{
    access::pages::MADE_TOKEN,
    notices::{
        acts::Act,
        notice::Reach,
        register::{Device, feed_of},
        words,
    },
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::button,
    facts::{Fact, card, facts},
    navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

const PATH: &str = "/account/notices";

/// How I am told.
pub(super) const MINE: Page = Page {
    path: PATH,
    title: "How I am told",
    menu: 0,
    help: "How you are told that something waits for you. No message says what it is about: for that you sign in.\nWhat concerns your own account, and what you are asked to sign, is always told by mail. The daily message comes at most once a day, and only when there is something new.\nA calendar feed shows what you owe in the calendar of your phone or computer, without names.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let Some(person) = view.person() else {
        return Shown::NotHere;
    };
    let content = html! {
        (navigation::breadcrumbs(&[("/account", "Your account")]))
        (text::h1("How I am told"))
        (mail(view, person))
        (devices(view, person))
        (feed(view, person))
    };
    Shown::Page("How I am told".to_owned(), content)
}

fn mail(view: &View<'_>, person: Person) -> Markup {
    let notices = &view.setting.notices;
    if notices.mail().is_none() {
        return card(
            "By mail",
            text::paragraph("No mail is sent here. Look at Today now and then."),
        );
    }
    let email = view
        .setting
        .people
        .email(person)
        .and_then(|email| view.open(email));
    let has_address = email.is_some();
    let to =
        email.unwrap_or_else(|| "No address on your record, so nothing comes by mail".to_owned());
    let daily = Reach::of(view).gets_daily(person);
    let all = [
        Fact::new("To", to).action(format!("/people/{person}"), "Change", "your address"),
        Fact::new("About your account, and what to sign", "Always"),
        Fact::new(
            "Daily message",
            if daily {
                "When there is something new"
            } else {
                "No"
            },
        )
        .action(CHOOSE.path, "Change", "the daily message"),
    ];
    let shown = if has_address { &all[..] } else { &all[..1] };
    card("By mail", facts(shown))
}

fn devices(view: &View<'_>, person: Person) -> Markup {
    let notices = &view.setting.notices;
    if notices.push().is_none() {
        return html! {};
    }
    let told: Vec<(u32, &Device)> = Reach::of(view)
        .devices_of(person)
        .filter_map(|number| Some((number, notices.device(number)?)))
        .collect();
    let rows = told.iter().map(|(number, device)| {
        let kind = kind(device);
        let to = address(REMOVE_DEVICE.path, &[("device", &number.to_string())]);
        let since = device.since.in_words();
        vec![
            text::text(kind),
            text::text(&since),
            text::link_about(&to, "Take away", format!("{kind}, since {since}")),
        ]
    });
    let table = Table::new("Devices", ["Device", "Since", "Change"].map(Column::words))
        .caption_unseen()
        .first_cell_heads()
        .rows(rows);
    card(
        "On your devices",
        html! {
            (text::paragraph("A device shows that something waits for you, and no more than that."))
            @if !told.is_empty() { (table) }
            (button("Tell me on this device").to(ADD_DEVICE.path).secondary())
        },
    )
}

fn kind(device: &Device) -> &'static str {
    match device.kind.as_str() {
        "ipad" => "iPad",
        "iphone" => "iPhone",
        "android" => "Android device",
        "chromebook" => "Chromebook",
        "windows" => "Windows computer",
        "mac" => "Mac",
        "linux" => "Linux computer",
        _ => "Device",
    }
}

fn feed(view: &View<'_>, person: Person) -> Markup {
    let feed = feed_of(person, view.setting, view.today);
    card(
        "In your calendar",
        match feed {
            None => html! {
                (text::paragraph("Your calendar program can show what you owe and by when, without names."))
                (button("Make a calendar feed").to(MAKE_FEED.path).secondary())
            },
            Some(feed) => html! {
                (text::paragraph(format!("Your calendar feed was made on {}. Its address was shown then, and is not shown again.", feed.since.in_words())))
                (text::paragraph(text::link(MAKE_FEED.path, "Make a new address")))
                (button("Take the feed back").to(END_FEED.path).secondary())
            },
        },
    )
}

/// Say whether I want the daily message.
pub(super) const CHOOSE: Form = Form {
    act: "notices.choose",
    path: "/account/notices/daily",
    title: "The daily message",
    button: "Keep",
    help: "It comes at most once a day, on days when the setting is open, and only when something is newly due or late.\nIf you work here, it goes on coming by mail until you are told on a device.",
    need: |_, _| Need::SignedIn,
    fields: &[Field::new(
        "daily",
        "Do you want the daily message by mail?",
        FieldKind::YesNo,
    )],
    start: |view, _| {
        let wants = view
            .person()
            .is_some_and(|person| view.setting.notices.wants_daily(person));
        Start {
            answers: Answers::default().with("daily", if wants { "yes" } else { "no" }),
            ..Start::default()
        }
    },
    read: |answers| {
        let daily = answers.yes("daily")?;
        Some(AnyAct::Notices(Act::Choose { daily }))
    },
    then: mine,
};

/// Tell me on this device.
pub(super) const ADD_DEVICE: Form = Form {
    act: "notices.add-device",
    path: "/account/notices/devices/add",
    title: "Tell me on this device",
    button: "Tell me on this device",
    help: "Your browser asks whether this site may show notifications: allow it. On an iPhone or iPad, put Stairgate on the home screen first and open it from there.\nWhoever uses this device sees that something waits for you. Do this only on a device of your own.",
    need: |_, _| Need::SignedIn,
    fields: &[Field::new("endpoint", "Address", FieldKind::Hidden).optional()],
    start: |view, _| {
        let push = view.setting.notices.push();
        Start {
            above: push.map(|push| ask_browser(view, &push.public)),
            not_here: push.is_none(),
            ..Start::default()
        }
    },
    read: |answers| {
        let endpoint = answers.text("endpoint").unwrap_or_default();
        Some(AnyAct::Notices(Act::AddDevice { endpoint }))
    },
    then: mine,
};

/// What the script of the page needs to ask the browser for a way to reach it.
fn ask_browser(view: &View<'_>, public: &str) -> Markup {
    let says = words::on_device(view.tongue());
    html! {
        div class="sg-tell" data-key=(public) data-title="Stairgate" data-says=(says) {
            (text::paragraph("This needs JavaScript and a browser that can show notifications."))
        }
    }
}

/// Tell me on a device no longer.
pub(super) const REMOVE_DEVICE: Form = Form {
    act: "notices.remove-device",
    path: "/account/notices/devices/remove",
    title: "Take a device away",
    button: "Take it away",
    help: "Nothing is shown on that device any more, from now on.",
    need: |_, _| Need::SignedIn,
    fields: &[Field::new("device", "Device", FieldKind::Hidden)],
    start: |view, params| {
        let number = params.number("device");
        let device = number.and_then(|number: u32| view.setting.notices.device(number));
        let own = device.filter(|device| Some(device.person) == view.person());
        Start {
            answers: Answers::from_params(params),
            above: own.map(|device| {
                text::inset(format!(
                    "{}, since {}",
                    kind(device),
                    device.since.in_words()
                ))
            }),
            not_here: own.is_none(),
        }
    },
    read: |answers| {
        let device = answers.number("device")?;
        Some(AnyAct::Notices(Act::RemoveDevice { device }))
    },
    then: mine,
};

/// Make a calendar feed.
pub(super) const MAKE_FEED: Form = Form {
    act: "notices.make-feed",
    path: "/account/notices/calendar",
    title: "Make a calendar feed",
    button: "Make it",
    help: "You see its address once, on the next page: put it into your calendar program, where it asks for a calendar from the internet. Whoever has the address sees what you owe and by when, without names.\nAn address that you made before leads nowhere from now on. It ends, too, when you choose a new password or leave.",
    need: |_, _| Need::SignedIn,
    fields: &[],
    start: from_address,
    read: |answers| {
        let digest = answers.text(MADE_TOKEN)?;
        Some(AnyAct::Notices(Act::MakeFeed { digest }))
    },
    then: mine,
};

/// Take the feed back.
pub(super) const END_FEED: Form = Form {
    act: "notices.end-feed",
    path: "/account/notices/calendar/end",
    title: "Take the calendar feed back",
    button: "Take it back",
    help: "Its address leads nowhere from now on. What your calendar program has fetched already may stay there until it looks again.",
    need: |_, _| Need::SignedIn,
    fields: &[],
    start: from_address,
    read: |_| Some(AnyAct::Notices(Act::EndFeed)),
    then: mine,
};

fn mine(_: &Answers) -> String {
    PATH.to_owned()
}
