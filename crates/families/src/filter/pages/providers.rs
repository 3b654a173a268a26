//! Who provides the connection, its filtering and support: contact, contract, what they are members
//! of or accredited for, and when it was last looked back on with them.

use super::around;
use crate::{
    filter::{
        acts::{
            Act as Filter, LINE_MAX, WORDS_MAX,
            evidence::{Act, team},
        },
        entries::evidence::{Accredited, Provider},
        keeping,
        register::evidence::Known,
        words::{self, SERVICES, STANDINGS},
    },
    spine::{
        act::Act as AnyAct,
        answers::Answers,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        view::View,
    },
};
use kernel::{
    moment::{date_in_words, plus_days},
    value::Value,
};
use kit::{
    button::{button, buttons},
    facts::{Fact, card, facts},
    guide,
    tag::{Colour, tag},
    text,
};
use maud::{Markup, html};

/// For how many days before it ends something is marked.
const SOON_DAYS: i64 = 42;

/// The providers.
pub(super) const PROVIDERS: Page = Page {
    path: "/filter/providers",
    title: "Providers",
    menu: 0,
    help: "Who provides the broadband, the filtering, monitoring, mail and support, and how their service desk is reached.\nWhat a provider is a member of or accredited for is looked at again before it ends. Once a year somebody looks back with each of them.",
    need: |_, _| team(),
    lines: None,
    show,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let known = view.setting.filter.evidence();
    let keeps = view.has(&keeping());
    let missing = missing(view);
    let content = html! {
        (around(view, "/filter/providers"))
        (text::h1("Providers"))
        @if keeps { (buttons(html! { (button("Add a provider").to("/filter/providers/add")) })) }
        @if !missing.is_empty() {
            (text::inset(html! {
                "Our policy names these, and nobody has said who they are: " (missing.join(", ")) "."
            }))
        }
        @if known.providers().next().is_none() {
            (guide::empty("Here stands whom to ring when the internet, the filter or a device does not work. Nobody is on record yet.", keeps.then_some(("/filter/providers/add", "Add a provider"))))
        }
        @for own in known.providers() { (one(view, own, keeps)) }
    };
    Shown::Page("Providers".to_owned(), content)
}

/// What the policy calls its providers, as far as nobody stands for them yet.
fn missing(view: &View<'_>) -> Vec<String> {
    let known = view.setting.filter.evidence();
    let is = |words: &String| {
        let same = |text: &str| text.eq_ignore_ascii_case(words);
        known
            .providers()
            .any(|own| same(&own.about.named) || same(&own.about.name))
    };
    let mut named = named(view);
    named.retain(|words| !is(words));
    named
}

fn named(view: &View<'_>) -> Vec<String> {
    let running = view.in_force.find("filter.provider");
    let said = running.and_then(|running| running.bound.values.get("providers"));
    said.map(Value::words).unwrap_or_default()
}

fn one(view: &View<'_>, own: &Known, keeps: bool) -> Markup {
    let about = &own.about;
    let number = own.number.to_string();
    let at = |path: &str| address(path, &[("provider", &number)]);
    let does: Vec<String> = about
        .does
        .iter()
        .map(|key| words::of(SERVICES, key))
        .collect();
    let until = |day: kernel::moment::Date| {
        html! {
            (date_in_words(day)) " "
            @if day < view.today { (tag("Over", Colour::Red)) }
            @else if day < plus_days(view.today, SOON_DAYS) { (tag("Ends soon", Colour::Yellow)) }
        }
    };
    let standings: Vec<Markup> = about
        .standings
        .iter()
        .map(|one| html! { (words::of(STANDINGS, &one.what)) ", until " (until(one.until)) })
        .collect();
    let reviewed = own.reviewed.as_ref().map_or_else(
        || text::text("Not yet"),
        |(at, by, found)| {
            html! {
                (date_in_words(at.date()))
                @if let Some(by) = by { ", by " (view.name(*by)) }
                ": " (found)
            }
        },
    );
    let mut rows = vec![
        Fact::new("Provides", does.join("; ")),
        Fact::new("Service desk", &about.contact),
    ];
    if !about.contract.is_empty() {
        rows.push(Fact::new("Contract", &about.contract));
    }
    rows.extend(
        about
            .until
            .map(|day| Fact::new("Contract until", until(day))),
    );
    if standings.is_empty() {
        rows.push(Fact::new(
            "Member of, accredited for",
            "Nothing is on record",
        ));
    } else {
        rows.push(Fact::new(
            "Member of, accredited for",
            text::bullets(&standings),
        ));
    }
    if !about.named.is_empty() {
        rows.push(Fact::new("In our policy", &about.named));
    }
    rows.push(Fact::new("Last looked back", reviewed));
    card(
        &about.name,
        html! {
            (facts(&rows))
            @if keeps {
                (text::paragraph(html! {
                    (text::link_about(&at("/filter/providers/review"), "Look back", &about.name)) " · "
                    (text::link_about(&at("/filter/providers/add"), "Change", &about.name)) " · "
                    (text::link_about(&at("/filter/providers/end"), "No longer our provider", &about.name))
                }))
            }
        },
    )
}

fn named_choices(view: &View<'_>) -> Vec<(String, String)> {
    let named = named(view).into_iter();
    named.map(|words| (words.clone(), words)).collect()
}

const UNTIL: &str = "As they show it now; leave it empty when they are not, or it is not known";
const FIELDS: &[Field] = &[
    Field::new("provider", "Provider", FieldKind::Hidden).optional(),
    Field::new("name", "What are they called?", FieldKind::Line(LINE_MAX)),
    Field::new(
        "does",
        "What do they provide?",
        FieldKind::Several(SERVICES),
    ),
    Field::new(
        "contact",
        "How is their service desk reached?",
        FieldKind::Line(LINE_MAX),
    )
    .hint("A telephone number or an address of the desk, not of a person"),
    Field::new(
        "contract",
        "Name or number of the contract",
        FieldKind::Line(LINE_MAX),
    )
    .optional(),
    Field::new("until", "Until when does it run?", FieldKind::Date).optional(),
    Field::new(
        "iwf",
        "Member of the Internet Watch Foundation until",
        FieldKind::Date,
    )
    .hint(UNTIL)
    .optional(),
    Field::new(
        "iwf-list",
        "Uses the list of the Internet Watch Foundation until",
        FieldKind::Date,
    )
    .hint(UNTIL)
    .optional(),
    Field::new(
        "ctiru",
        "Uses the police’s list of unlawful terrorist material until",
        FieldKind::Date,
    )
    .hint(UNTIL)
    .optional(),
    Field::new(
        "uksic",
        "Has answered the national questions to providers of filtering until",
        FieldKind::Date,
    )
    .hint("The day until which the answers count")
    .more(),
    Field::new(
        "uksic-monitoring",
        "Has answered the national questions to providers of monitoring until",
        FieldKind::Date,
    )
    .more(),
    Field::new(
        "cyber-essentials",
        "Has Cyber Essentials until",
        FieldKind::Date,
    )
    .more(),
    Field::new(
        "named",
        "As which of those that our policy names?",
        FieldKind::ChoiceOf(named_choices),
    )
    .optional(),
];

fn read(answers: &Answers) -> Option<AnyAct> {
    let standings = STANDINGS.iter().filter_map(|(key, _)| {
        Some(Accredited {
            what: (*key).to_owned(),
            until: answers.date(key)?,
        })
    });
    let about = Provider {
        name: answers.text("name")?,
        does: answers.several("does"),
        contact: answers.text("contact")?,
        contract: answers.text("contract").unwrap_or_default(),
        until: answers.date("until"),
        standings: standings.collect(),
        named: answers.text("named").unwrap_or_default(),
    };
    Some(AnyAct::Filter(Filter::Evidence(Act::NameProvider {
        provider: answers.number("provider"),
        about: Box::new(about),
    })))
}

fn to_providers(_: &Answers) -> String {
    "/filter/providers".to_owned()
}

/// Add a provider, or change what is known of one.
pub(super) const NAME: Form = Form {
    act: "filter.name-provider",
    path: "/filter/providers/add",
    title: "Who provides it?",
    button: "Keep it",
    help: "The broadband line, filtering, monitoring, mail, support for devices: whoever provides one of these. What they are a member of or accredited for is on their website or in the contract; ask them where it is not.",
    need: |_, _| keeping(),
    fields: FIELDS,
    start: |view, params| {
        let Some(number) = params.number::<u32>("provider") else {
            return from_address(view, params);
        };
        let Some(own) = view.setting.filter.evidence().provider(number) else {
            return Start {
                not_here: true,
                ..Start::default()
            };
        };
        Start {
            answers: answers_of(number, &own.about),
            above: None,
            not_here: false,
        }
    },
    read,
    then: to_providers,
};

fn answers_of(number: u32, about: &Provider) -> Answers {
    let mut answers = Answers::default();
    answers.add("provider", &number.to_string());
    for (name, words) in [
        ("name", &about.name),
        ("contact", &about.contact),
        ("contract", &about.contract),
        ("named", &about.named),
    ] {
        answers.add(name, words);
    }
    about.does.iter().for_each(|key| answers.add("does", key));
    let until = about.until.map(|day| ("until", day));
    let standings = about
        .standings
        .iter()
        .map(|one| (one.what.as_str(), one.until));
    for (name, day) in until.into_iter().chain(standings) {
        answers.add(&format!("{name}-day"), &day.day().to_string());
        answers.add(&format!("{name}-month"), &day.month().to_string());
        answers.add(&format!("{name}-year"), &day.year().to_string());
    }
    answers
}

fn of_provider(view: &View<'_>, params: &Params) -> Start {
    let number = params.number("provider");
    let own = number.and_then(|number| view.setting.filter.evidence().provider(number));
    Start {
        answers: Answers::from_params(params),
        not_here: own.is_none(),
        above: own.map(|own| text::inset(&own.about.name)),
    }
}

/// A provider no longer is one.
pub(super) const END: Form = Form {
    act: "filter.end-provider",
    path: "/filter/providers/end",
    title: "No longer our provider",
    button: "They no longer are",
    help: "What was written down stays in the register. Record who takes their place.",
    need: |_, _| keeping(),
    fields: &[
        Field::new("provider", "Provider", FieldKind::Hidden),
        Field::new("why", "Why?", FieldKind::Text(WORDS_MAX)),
    ],
    start: of_provider,
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::EndProvider {
            provider: answers.number("provider")?,
            why: answers.text("why")?,
        })))
    },
    then: to_providers,
};

/// Look back with a provider.
pub(super) const REVIEW: Form = Form {
    act: "filter.review-provider",
    path: "/filter/providers/review",
    title: "Look back with a provider",
    button: "Keep it",
    help: "Ring or meet them. Ask: Is what you close still right for the age of our children? What changed in a year? Is each of your memberships and accreditations valid? How do we reach you when it does not work? What do you not cover?",
    need: |_, _| keeping(),
    fields: &[
        Field::new("provider", "Provider", FieldKind::Hidden),
        Field::new("found", "What came of it?", FieldKind::Text(WORDS_MAX)),
    ],
    start: of_provider,
    read: |answers| {
        Some(AnyAct::Filter(Filter::Evidence(Act::ReviewProvider {
            provider: answers.number("provider")?,
            found: answers.text("found")?,
        })))
    },
    then: to_providers,
};
