//! The help directory: who helps with what, at which number; for everybody, signed in or not.

use crate::{
    education::help::{Help, TOPICS, Topic, WHOM, Whom},
    spine::{
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::button,
    document::{Block, Document, Table},
    facts::{Fact, card, facts},
    filter::{Chosen, filter, filtered},
    guide, text,
};
use maud::{Markup, html};

const HELP: &str = "Who helps with what, and how to reach them: national bodies, and those that this setting has added. Anybody can see this page, without signing in.\nRing 999 if somebody is in danger now. A number can be pressed to ring it on a phone.\nWhoever leads can add others, put a number right, and say that the numbers have been looked at.";

/// The help directory.
pub(super) const DIRECTORY: Page = Page {
    path: "/help-directory",
    title: "Find help",
    menu: 80,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show,
};

/// The help directory, for the wall.
pub(super) const PRINT: Page = Page {
    path: "/help-directory/print",
    title: "Find help",
    menu: 0,
    help: HELP,
    need: |_, _| Need::Anyone,
    lines: None,
    show: |view, params| Shown::Document(Box::new(document(view, params))),
};

/// Who helps here, for a topic and a group when one is chosen.
fn chosen<'a>(view: &View<'a>, params: &Params) -> Vec<&'a Help> {
    let nation = view.setting.place.calendar().nation;
    let topic = Topic::from_key(params.get("topic"));
    let whom = Whom::from_key(params.get("whom"));
    let fits = |help: &&Help| {
        help.is_in(nation)
            && topic.is_none_or(|topic| help.topics.contains(&topic))
            && whom.is_none_or(|whom| help.who.contains(&whom))
    };
    view.setting.education.all().filter(fits).collect()
}

/// By topic; each stands once, under the chosen or its first topic.
fn by_topic<'a>(all: &[&'a Help], params: &Params) -> Vec<(Topic, Vec<&'a Help>)> {
    let wanted = Topic::from_key(params.get("topic"));
    let of = |topic: Topic| {
        let under = |help: &&&Help| wanted.or(help.topics.first().copied()) == Some(topic);
        let mut helps: Vec<&Help> = all.iter().filter(under).copied().collect();
        // Those near by before those far away.
        helps.sort_by_key(|help| !help.id.starts_with("local-"));
        (topic, helps)
    };
    let topics = Topic::ALL.into_iter().map(of);
    topics.filter(|(_, helps)| !helps.is_empty()).collect()
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let all = chosen(view, params);
    let leads = view.has(&Need::leadership());
    let list = html! {
        @for (topic, helps) in by_topic(&all, params) {
            (text::h2_at(topic.key(), topic.in_words()))
            @for help in helps { (one(view, help, leads)) }
        }
        @if all.is_empty() {
            (guide::empty("Nobody in the directory helps with just this. Look at all of it, or ask the designated safeguarding lead.", Some(("/help-directory", "See all"))))
        }
    };
    let content = html! {
        (text::h1("Find help"))
        (text::warning("If somebody is in danger now, ring 999."))
        (text::paragraph(html! {
            (text::link(&address("/help-directory/print", &[("topic", params.get("topic")), ("whom", params.get("whom"))]), "For print")) " · "
            (text::link("/what-to-do", "What to do"))
            @if leads {
                " · " (text::link("/help-directory/confirm", "Say that numbers are still right"))
            }
        }))
        @if leads { (button("Add somebody who helps").to("/help-directory/add").secondary()) }
        (filtered(panel(params), list))
    };
    Shown::Page("Find help".to_owned(), content)
}

fn panel(params: &Params) -> Markup {
    let (topic, whom) = (params.get("topic"), params.get("whom"));
    let label = |list: &[(&str, &str)], key: &str| {
        list.iter()
            .find(|(own, _)| *own == key)
            .map(|(_, label)| (*label).to_owned())
    };
    let mut narrowed = Vec::new();
    if let Some(words) = label(TOPICS, topic) {
        let without = address("/help-directory", &[("whom", whom)]);
        narrowed.push(Chosen { words, without });
    }
    if let Some(words) = label(WHOM, whom) {
        let without = address("/help-directory", &[("topic", topic)]);
        narrowed.push(Chosen { words, without });
    }
    let options = |all: &str, list: &[(&str, &str)]| {
        let mut options = vec![kit::choice::Choice::new("", all)];
        options.extend(
            list.iter()
                .map(|(key, label)| kit::choice::Choice::new(*key, *label)),
        );
        options
    };
    let fields = html! {
        (kit::field::Field::new("topic", "What has happened").value(topic).select(&options("Anything", TOPICS)))
        (kit::field::Field::new("whom", "Who needs help").value(whom).select(&options("Anybody", WHOM)))
    };
    filter("/help-directory", "/help-directory", &narrowed, fields)
}

fn one(view: &View<'_>, help: &Help, leads: bool) -> Markup {
    let mut rows = vec![Fact::new("For", &help.is_for)];
    if !help.phone.is_empty() {
        let digits: String = help.phone.chars().filter(char::is_ascii_digit).collect();
        let ring = text::link(&format!("tel:{digits}"), &help.phone);
        rows.push(Fact::new("Telephone", ring));
    }
    if !help.hours.is_empty() {
        rows.push(Fact::new("When", &help.hours));
    }
    if !help.site.is_empty() {
        rows.push(Fact::new(
            "On the web",
            text::link(&help.site, shown(&help.site)),
        ));
    }
    let education = &view.setting.education;
    if leads {
        let looked = education.looked(&help.id).map_or_else(
            || "Not yet by anybody here".to_owned(),
            |looked| match looked.by {
                Some(by) => format!("{}, by {}", date_in_words(looked.day), view.name(by)),
                None => date_in_words(looked.day),
            },
        );
        rows.push(Fact::new("Looked at", looked));
        if let Some(since) = education.silent_since(&help.id) {
            let says = format!(
                "The address has not answered since {}.",
                date_in_words(since.date())
            );
            rows.push(Fact::new("Look at this", says));
        }
        let change = address("/help-directory/change", &[("id", &help.id)]);
        let remove = address("/help-directory/remove", &[("id", &help.id)]);
        let links = html! {
            (text::link_about(&change, "Put right", &help.name)) " · "
            (text::link_about(&remove, "Take out", &help.name))
        };
        rows.push(Fact::new("Change", links));
    }
    card(&help.name, facts(&rows))
}

/// An address as people read it.
fn shown(site: &str) -> &str {
    let rest = site.split_once("//").map_or(site, |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/')
}

fn document(view: &View<'_>, params: &Params) -> Document {
    let all = chosen(view, params);
    let mut document = Document::new("Find help").with(Block::Note(
        "If somebody is in danger now, ring 999.".to_owned(),
    ));
    for (topic, helps) in by_topic(&all, params) {
        let rows = helps.iter().map(|help| {
            vec![
                help.name.clone(),
                help.is_for.clone(),
                help.phone.clone(),
                help.hours.clone(),
                shown(&help.site).to_owned(),
            ]
        });
        document = document
            .with(Block::Heading(topic.in_words().to_owned()))
            .with(Block::Table(Table {
                caption: topic.in_words().to_owned(),
                head: ["Who", "What for", "Telephone", "When", "On the web"]
                    .map(str::to_owned)
                    .to_vec(),
                rows: rows.collect(),
                numeric: Vec::new(),
            }));
    }
    document
}
