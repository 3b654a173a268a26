//! Induction: what a new starter goes through, item by item, and who is not finished.

use crate::{
    agreements::{
        acts::Act,
        controls::induction::{WITHIN_DAYS, place},
        induction::{self, About, Item},
    },
    people::pages::known,
    spine::{
        act::{Act as AnyAct, Person},
        answers::Answers,
        draw,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start},
        permit::Need,
        view::View,
    },
};
use kernel::moment::{Date, date_in_words, plus_days};
use kit::{
    guide, navigation,
    table::{Column, Table},
    tag, text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/induction",
    title: "Induction",
    menu: 0,
    help: "Whoever starts here after the policy came into force goes through a list: what our policy asks of them, what they sign, and where to find things.\n\
        What the program sees by itself, such as a signature, is ticked by itself. The rest is said by whoever did it.\n\
        The manager sees who is not finished, and says at the end that it is complete.",
    need: |_, _| Need::Team,
    lines: None,
    show,
};

pub(super) const ONE: Page = Page {
    path: "/induction/{person}",
    title: "Somebody’s induction",
    menu: 0,
    help: "The list of one starter, with what is done and what is open. Say of each item that it is done when you have gone through it.",
    need: |params, _| match params.person("person") {
        Some(person) => Need::AnyOf(vec![Need::Oneself(person), Need::leadership()]),
        None => Need::Nobody,
    },
    lines: None,
    show: show_one,
};

const PERSON: Field = Field::new("person", "Who", FieldKind::Hidden);

pub(super) const DONE: Form = Form {
    act: "agreements.induction-done",
    path: "/induction/{person}/done",
    title: "Say that an item is done",
    button: "It is done",
    help: "Say it when you have gone through it, not before.",
    need: ONE.need,
    fields: &[PERSON, Field::new("item", "Item", FieldKind::Hidden)],
    start,
    read: |answers| {
        Some(AnyAct::Agreements(Act::InductionDone {
            person: answers.person("person")?,
            item: answers.text("item")?,
        }))
    },
    then: back,
};

pub(super) const SEEN: Form = Form {
    act: "agreements.induction-seen",
    path: "/induction/{person}/seen",
    title: "Say that an induction is complete",
    button: "It is complete",
    help: "Every item is done, and you have spoken with the person about it.",
    need: |_, _| Need::management(),
    fields: &[PERSON],
    start,
    read: |answers| {
        Some(AnyAct::Agreements(Act::InductionSeen {
            person: answers.person("person")?,
        }))
    },
    then: back,
};

fn back(answers: &Answers) -> String {
    format!("/induction/{}", answers.text("person").unwrap_or_default())
}

fn start(view: &View<'_>, params: &Params) -> Start {
    if found(view, params).is_none() {
        return super::forms::not_here();
    }
    Start {
        answers: Answers::from_params(params),
        above: None,
        not_here: false,
    }
}

/// The starter of the address, their first day, and their items.
fn found(view: &View<'_>, params: &Params) -> Option<(Person, Date, Vec<Item>)> {
    let person = params.person("person")?;
    let items = induction::in_force(view.in_force)?;
    let starters = induction::starters(view.setting, view.today);
    let (_, since) = starters
        .into_iter()
        .find(|(starter, _)| *starter == person)?;
    let of = induction::of(view.setting, &items, person, view.today);
    Some((person, since, of))
}

fn show(view: &View<'_>, _: &Params) -> Shown {
    let title = "Induction".to_owned();
    let Some(items) = induction::in_force(view.in_force) else {
        let content = html! {
            (text::h1(&title))
            (guide::empty("Here new starters go through what they have to know. The policy in force does not ask for induction.", None))
        };
        return Shown::Page(title, content);
    };
    let starters = induction::starters(view.setting, view.today);
    let mine = starters
        .iter()
        .find(|(person, _)| view.person() == Some(*person));
    let leads = view.has(&Need::leadership());
    let words: Vec<&str> = items.iter().map(|(_, words)| words.as_str()).collect();
    let content = html! {
        (text::h1(&title))
        @if let Some((person, since)) = mine {
            (text::h2("Your list"))
            (list(view, *person, *since, &induction::of(view.setting, &items, *person, view.today)))
        }
        @if leads { (everybody(view, &starters, &items)) }
        @if mine.is_none() {
            (text::h2("What a new starter goes through"))
            (text::bullets(&words))
        }
    };
    Shown::Page(title, content)
}

fn everybody(view: &View<'_>, starters: &[(Person, Date)], items: &[(About, String)]) -> Markup {
    let started = view.setting.agreements.started();
    let people = known::named(view, starters.iter().map(|(person, _)| *person));
    let columns = ["Who", "Since", "Done", "Stands"].map(Column::words);
    let rows = people.iter().map(|one| {
        let of = induction::of(view.setting, items, one.person, view.today);
        let done = of.iter().filter(|item| item.done.is_some()).count();
        let since = starters
            .iter()
            .find(|(person, _)| *person == one.person)
            .map_or(view.today, |(_, since)| *since);
        let stands = if let Some(seen) = started.seen(one.person) {
            html! { (tag::tag("Complete", tag::Colour::Green)) " " (date_in_words(seen.at.date())) }
        } else if done == of.len() {
            tag::tag("To be seen by the manager", tag::Colour::Yellow)
        } else if plus_days(since, WITHIN_DAYS) < view.today {
            tag::tag("Late", tag::Colour::Red)
        } else {
            tag::tag("Not finished", tag::Colour::Yellow)
        };
        vec![
            text::link(&format!("/induction/{}", one.person), &one.name),
            text::text(date_in_words(since)),
            html! { (done) " of " (of.len()) },
            stands,
        ]
    });
    html! {
        (text::h2("New starters"))
        @if people.is_empty() { (text::paragraph("Nobody has started since the policy came to ask for induction.")) }
        @else { (Table::new("New starters", columns).caption_unseen().first_cell_heads().rows(rows)) }
    }
}

fn show_one(view: &View<'_>, params: &Params) -> Shown {
    let Some((person, since, items)) = found(view, params) else {
        return Shown::NotHere;
    };
    let title = format!("Induction of {}", view.name(person));
    let complete = items.iter().all(|item| item.done.is_some());
    let seen = view.setting.agreements.started().seen(person);
    let may_see = view.has(&Need::management()) && view.person() != Some(person);
    let content = html! {
        (navigation::breadcrumbs(&[("/induction", "Induction")]))
        (text::h1(&title))
        (list(view, person, since, &items))
        @if let Some(seen) = seen {
            (text::inset(format!("{} saw on {} that it is complete.", seen.by.map_or_else(|| "The manager".to_owned(), |by| view.name(by)), date_in_words(seen.at.date()))))
        } @else if complete && may_see {
            (draw::press(&SEEN, view, &format!("/induction/{person}/seen"), &[("person", &person.to_string())], "this induction"))
        }
    };
    Shown::Page(title, content)
}

fn list(view: &View<'_>, person: Person, since: Date, items: &[Item]) -> Markup {
    let columns = ["Item", "Stands", "Change"].map(Column::words);
    let rows = items.iter().map(|item| row(view, person, item));
    html! {
        (text::paragraph(format!("Since {}, to be finished by {}.", date_in_words(since), date_in_words(plus_days(since, WITHIN_DAYS)))))
        (Table::new("The list", columns).caption_unseen().first_cell_heads().rows(rows))
    }
}

fn row(view: &View<'_>, person: Person, item: &Item) -> Vec<Markup> {
    let stands = match item.done {
        Some((_, at)) => html! {
            (tag::tag("Done", tag::Colour::Green)) " " (date_in_words(at.date()))
            @if item.by_itself { (text::small("Seen by the program")) }
        },
        None => tag::tag("Open", tag::Colour::Yellow),
    };
    let own = view.person() == Some(person);
    let change = match (item.done, place(item.about).filter(|_| own)) {
        (Some(_), _) => html! {},
        (None, Some(at)) => text::link_about(at, "Do it", &item.words),
        (None, None) => {
            let id = person.to_string();
            let sends = [("person", id.as_str()), ("item", item.words.as_str())];
            draw::press(
                &DONE,
                view,
                &format!("/induction/{person}/done"),
                &sends,
                &item.words,
            )
        }
    };
    vec![text::text(&item.words), stands, change]
}
