//! Signing without a log-in: on one's own phone with a code, at the kiosk, and a child together
//! with a grown-up. Nobody is named before they have signed.

use super::{
    forms::{AGREE, DRAWN, GROUP, LANGUAGE, NAME, VERSION, hand, not_here},
    group_of, reading,
};
use crate::{
    access::pages::MADE_CODE,
    agreements::{
        acts::{Act, with_child},
        asks, bound, pictures,
        register::{Event, Version},
        texts,
    },
    people::{group::Group, pages::known},
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start},
        permit::Need,
        view::View,
    },
};
use kernel::moment::plus_days;
use kit::{
    button::button,
    field::{Field as Box, Width},
    form, notice, text,
};
use maud::{Markup, html};

/// How many days ahead of an event one can sign without a log-in.
const COMING_DAYS: i64 = 14;

/// A code as it is compared: without hyphens and spaces, in capitals.
fn plain(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_uppercase()).collect()
}

/// Whose code is carried along, while it is good. Browsers keep it out of the address: see `codes`
/// of the web server.
pub(super) fn whose(view: &View<'_>, params: &Params) -> Option<Person> {
    let digest = texts::digest(&plain(params.get("code")));
    let setting = view.setting;
    setting
        .agreements
        .whose_code(&digest, &setting.people, view.today)
}

pub(super) const WITH_CODE: Page = Page {
    path: "/sign",
    title: "Sign with a code",
    menu: 0,
    help: "Whoever has no account signs here, on their own phone. The manager gives you a code.\nWith the code you read what you are asked to sign, and sign it. The code does nothing else.",
    need: |_, _| Need::Anyone,
    lines: None,
    show: with_code,
};

fn with_code(view: &View<'_>, params: &Params) -> Shown {
    let title = view.say("agreement-code-title");
    let code = params.get("code");
    let person = whose(view, params);
    let content = html! {
        (text::h1(&title))
        @if let Some(person) = person {
            (open_to(view, person))
        } @else {
            @if !code.is_empty() { (text::inset(view.say("agreement-code-wrong"))) }
            (text::paragraph(view.say("agreement-code-help")))
            (form::form("/sign", view.csrf, html! {
                (Box::new("code", view.say("agreement-code")).value(code).width(Width::Twenty).no_spellcheck().autocomplete("off").text())
                (button(view.say("agreement-code-go")))
            }))
        }
    };
    Shown::Page(title, content)
}

/// What somebody with a code can sign.
fn open_to(view: &View<'_>, person: Person) -> Markup {
    let open = open_versions(view, person);
    html! {
        @if open.is_empty() && view.setting.agreements.signed_by(person).is_empty() {
            (text::paragraph(view.say("agreement-nothing")))
        } @else if open.is_empty() {
            (notice::panel(view.say("agreement-thanks"), view.say("agreement-nothing-more")))
        } @else {
            (text::paragraph(view.say("agreement-read-these")))
            @for version in open {
                @let group = version.says.group;
                (button(texts::name(view.tongue(), group)).to(format!("/sign/{}", group.key())))
            }
        }
        @for event in coming(view) {
            @let at = format!("/sign/events/{}", event.says.event);
            (text::paragraph(text::link(&at, view.say_with("event-pictures-at", &[("event", (&event.says.name).into())]))))
        }
    }
}

/// Events for which one can sign to take pictures: those of the next days.
fn coming<'a>(view: &'a View<'_>) -> Vec<&'a Event> {
    let last = plus_days(view.today, COMING_DAYS);
    let all = view.setting.agreements.events().all();
    all.filter(|event| !event.called_off && (view.today..=last).contains(&event.says.day))
        .collect()
}

fn open_versions<'a>(view: &'a View<'_>, person: Person) -> Vec<&'a Version> {
    let agreements = &view.setting.agreements;
    let groups = view.setting.people.groups(person).into_iter();
    groups
        .filter_map(|group| agreements.current(group))
        .filter(|current| {
            let says = &current.says;
            agreements.signed(person, says.group, says.number).is_none()
        })
        .collect()
}

const CODE: Field = Field::new("code", "Your code", FieldKind::Hidden);

pub(super) const SIGN_WITH_CODE: Form = Form {
    act: "agreements.sign-with-code",
    path: "/sign/{group}",
    title: "Read and sign",
    button: "Sign",
    help: "Read all of it. Ask whoever gave you the code if something is not clear. Then write your name and sign.",
    need: |_, _| Need::Anyone,
    fields: &[CODE, GROUP, VERSION, LANGUAGE, NAME, DRAWN, AGREE],
    start: start_with_code,
    read: |answers| {
        Some(AnyAct::Agreements(Act::SignWithCode {
            code: answers.text(MADE_CODE)?,
            group: Group::from_key(&answers.text("group")?)?,
            version: answers.number("version")?,
            hand: hand(answers),
        }))
    },
    then: |_| "/sign".to_owned(),
};

fn start_with_code(view: &View<'_>, params: &Params) -> Start {
    let Some((person, group)) = whose(view, params).zip(group_of(params)) else {
        return not_here();
    };
    let open = open_versions(view, person);
    let Some(version) = open.iter().find(|version| version.says.group == group) else {
        return not_here();
    };
    let mut start = start_reading(view, version);
    start.answers.add("code", params.get("code"));
    start
}

fn start_reading(view: &View<'_>, version: &Version) -> Start {
    Start {
        answers: Answers::default()
            .with("group", version.says.group.key())
            .with("version", version.says.number.to_string())
            .with("language", view.tongue().code()),
        above: Some(html! {
            (text::paragraph(text::muted(reading::about(view, version))))
            (reading::whole(view, version))
        }),
        not_here: false,
    }
}

pub(super) const AT_KIOSK: Page = Page {
    path: "/kiosk/sign",
    title: "Read and sign",
    menu: 0,
    help: "At the kiosk visitors read what they are asked to keep to and sign it. Whoever works here or belongs to a family signs with a code of the manager.",
    need: |_, _| Need::Kiosk,
    lines: None,
    show: at_kiosk,
};

fn at_kiosk(view: &View<'_>, _: &Params) -> Shown {
    let title = view.say("agreement-kiosk-title");
    let asked = asks::in_force(view.in_force).map(bound::with_agreement);
    let groups: Vec<Group> = asked
        .unwrap_or_default()
        .into_iter()
        .filter(|group| *group != Group::Child && view.setting.agreements.current(*group).is_some())
        .collect();
    let content = html! {
        (text::h1(&title))
        @if groups.is_empty() && coming(view).is_empty() { (text::paragraph(view.say("agreement-nothing"))) }
        @if !groups.is_empty() {
            (text::paragraph(view.say("agreement-who-are-you")))
            @for group in groups {
                (button(texts::name(view.tongue(), group)).to(format!("/kiosk/sign/{}", group.key())))
            }
        }
        @for event in coming(view) {
            (text::paragraph(text::link(&format!("/kiosk/events/{}", event.says.event), view.say_with("event-pictures-at", &[("event", (&event.says.name).into())]))))
        }
    };
    Shown::Page(title, content)
}

pub(super) const SIGN_AT_KIOSK: Form = Form {
    act: "agreements.sign-at-kiosk",
    path: "/kiosk/sign/{group}",
    title: "Read and sign",
    button: "Sign",
    help: "Read all of it, and ask if something is not clear. Visitors type their name. Everybody else also enters the code that the manager gave them.",
    need: |_, _| Need::Kiosk,
    fields: &[
        GROUP,
        VERSION,
        LANGUAGE,
        Field::new("code", "Your code, if you have one", FieldKind::Line(20)).optional(),
        NAME,
        DRAWN,
        AGREE,
    ],
    start: |view, params| {
        let current = group_of(params).and_then(|group| view.setting.agreements.current(group));
        current
            .filter(|version| version.says.group != Group::Child)
            .map_or_else(not_here, |version| start_reading(view, version))
    },
    read: |answers| {
        let typed = answers.text("code").is_some();
        Some(AnyAct::Agreements(Act::SignAtKiosk {
            code: answers.text(MADE_CODE).filter(|_| typed),
            group: Group::from_key(&answers.text("group")?)?,
            version: answers.number("version")?,
            hand: hand(answers),
        }))
    },
    then: |_| "/kiosk/sign".to_owned(),
};

const PICTURES: &[(&str, &str)] = pictures::MARKS;

pub(super) const TOGETHER: Form = Form {
    act: "agreements.sign-together",
    path: "/agreements/together/{person}",
    title: "Go through the agreement together",
    button: "We have gone through it",
    help: "Look at each picture with the child and talk about it. Then let the child choose a picture, or draw a mark. There is no wrong one.\nIt is kept who went through it with the child: you.",
    need: |_, _| Need::SignedIn,
    fields: &[
        Field::new("person", "Child", FieldKind::Hidden),
        VERSION,
        Field::new(
            "picture",
            "The child’s picture",
            FieldKind::Choice(PICTURES),
        )
        .optional(),
        Field::new("drawn", "Or the child’s own mark", FieldKind::Drawn(16_000)).optional(),
    ],
    start: start_together,
    read: |answers| {
        Some(AnyAct::Agreements(Act::SignTogether {
            child: answers.person("person")?,
            version: answers.number("version")?,
            picture: answers.text("picture"),
            drawn: answers.text("drawn"),
        }))
    },
    then: |_| "/agreements/child".to_owned(),
};

fn start_together(view: &View<'_>, params: &Params) -> Start {
    let current = view.setting.agreements.current(Group::Child);
    let child = known::person(view, params)
        .filter(|person| view.setting.people.groups(*person).contains(&Group::Child))
        .filter(|child| view.has(&with_child(*child)));
    let Some((current, child)) = current.zip(child) else {
        return not_here();
    };
    let marks = pictures::MARKS.iter().map(|(key, name)| {
        let name = view.tongue().say_or(&format!("agreement-mark-{key}"), name);
        html! { (pictures::mark(key).unwrap_or_default()) " " (name) }
    });
    let marks: Vec<Markup> = marks.collect();
    Start {
        answers: Answers::default()
            .with("person", child.to_string())
            .with("version", current.says.number.to_string()),
        above: Some(html! {
            (known::identity(view, child))
            (reading::whole(view, current))
            (text::h2(view.say("agreement-mark-heading")))
            (text::plain_list(&marks))
        }),
        not_here: false,
    }
}
