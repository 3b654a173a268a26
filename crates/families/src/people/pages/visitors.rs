//! Who visits: who is in the building now, signing in and out, and, for management, who was here on
//! earlier days.

use super::known;
use crate::{
    people::acts::{Act, NewVisitor},
    spine::{
        act::{Act as AnyAct, Person},
        draw,
        page::{Field, FieldKind, Form, Page, Params, Shown, Start, address, from_address},
        permit::{self, Need},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::{
    button::button,
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// Visits on one page of the list.
const PAGE: usize = 50;

/// Who visits.
pub(super) const VISITORS: Page = Page {
    path: "/visitors",
    title: "Visitors",
    menu: 0,
    help: "Who is in the building now, apart from those who belong here. Sign visitors in when they come and out when they go: in a fire, this is the list.\nEverybody who works here sees the visitors of today. Visitors of earlier days are seen by the manager and the deputy manager only.",
    need: |_, _| need(),
    lines: None,
    show,
};

const VISITOR: Field = Field::new("person", "Visitor", FieldKind::Hidden);

/// Sign a visitor in.
pub(super) const SIGN_IN: Form = Form {
    act: "people.sign-visitor-in",
    path: "/visitors/sign-in",
    title: "Sign a visitor in",
    button: "Sign in",
    help: "The name is sealed under a key of its own. People who work here see it today; later only the manager and the deputy manager do.",
    need: |_, _| may_sign(),
    fields: &[
        Field::new("name", "Name", FieldKind::Line(120)),
        Field::new("from", "Where from?", FieldKind::Line(120))
            .hint("A company, the council, a family")
            .optional(),
        Field::new("visits", "Whom do they visit?", FieldKind::ChoiceOf(hosts)).optional(),
    ],
    start: from_address,
    read: |answers| {
        Some(AnyAct::People(Act::SignVisitorIn(NewVisitor {
            name: answers.text("name")?,
            from: answers.text("from"),
            visits: answers.person("visits"),
        })))
    },
    then: |_| "/visitors".to_owned(),
};

/// Sign a visitor out.
pub(super) const SIGN_OUT: Form = Form {
    act: "people.sign-visitor-out",
    path: "/visitors/{person}/out",
    title: "Sign a visitor out",
    button: "Sign out",
    help: "The visitor has left the building.",
    need: |_, _| need(),
    fields: &[VISITOR],
    start: out,
    read: |answers| {
        let person = answers.person("person")?;
        Some(AnyAct::People(Act::SignVisitorOut { person }))
    },
    then: |_| "/visitors".to_owned(),
};

/// Sign oneself out, at a kiosk by the door.
pub(super) const SELF_OUT: Form = Form {
    act: "people.sign-self-out",
    path: "/visitors/sign-out",
    title: "I am leaving",
    button: "Sign out",
    help: "Type your name as you did when you came. In a fire, we look for everybody who has not signed out.",
    need: |_, _| Need::Kiosk,
    fields: &[Field::new("name", "Your name", FieldKind::Line(120))],
    start: from_address,
    read: |answers| {
        let name = answers.text("name")?;
        Some(AnyAct::People(Act::SignSelfOut { name }))
    },
    then: |_| "/kiosk".to_owned(),
};

/// Who sees who visits today.
#[must_use]
pub(crate) fn need() -> Need {
    Need::AnyOf(vec![Need::Team, Need::leadership()])
}

/// Who signs visitors in: they themselves do it at a kiosk.
#[must_use]
pub(crate) fn may_sign() -> Need {
    Need::AnyOf(vec![Need::Team, Need::leadership(), Need::Kiosk])
}

/// Visitors of earlier days who were never signed out, for whoever may know of them.
#[must_use]
pub(crate) fn forgotten(view: &View<'_>) -> Vec<Person> {
    let visits = view.setting.people.visits();
    let open = visits.filter(|(_, visit)| visit.day < view.today && visit.went.is_none());
    open.map(|(person, _)| person)
        .filter(|person| known::sees(view, *person))
        .collect()
}

fn hosts(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let hosts = people.here(view.today).filter(|person| {
        people.is_team(*person, view.today)
            || people.is_of(*person, crate::people::group::Group::Committee, view.today)
    });
    let hosts = known::named(view, hosts).into_iter();
    hosts
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

fn out(view: &View<'_>, params: &Params) -> Start {
    let visitor =
        known::person(view, params).filter(|person| view.setting.people.visit(*person).is_some());
    let Some(person) = visitor else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    Start {
        above: Some(text::inset(view.name(person))),
        ..from_address(view, params)
    }
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let visits = view.setting.people.visits();
    let inside: Vec<Person> = visits
        .filter(|(_, visit)| visit.day == view.today && visit.went.is_none())
        .map(|(person, _)| person)
        .collect();
    let forgotten = forgotten(view);
    let content = html! {
        (navigation::breadcrumbs(&[("/people", "People")]))
        (text::h1("Visitors"))
        (button(SIGN_IN.title).to("/visitors/sign-in"))
        @if !forgotten.is_empty() {
            (text::warning("These visitors of earlier days were not signed out. Find out whether they have gone, and sign them out:"))
            (table(view, "Not signed out", &forgotten))
        }
        (text::h2("In the building now"))
        @if inside.is_empty() {
            (guide::empty("No visitor is signed in just now.", None))
        } @else {
            (text::paragraph(match inside.len() { 1 => "1 visitor".to_owned(), more => format!("{more} visitors") }))
            (table(view, "In the building now", &inside))
        }
        (earlier(view, params))
    };
    Shown::Page("Visitors".to_owned(), content)
}

fn table(view: &View<'_>, caption: &str, visitors: &[Person]) -> Table {
    let columns = ["Name", "From", "Visits", "Came", "Went"].map(Column::words);
    let rows = visitors.iter().filter_map(|person| {
        let visit = view.setting.people.visit(*person)?;
        let went = match visit.went {
            Some(went) => text::text(went.in_words()),
            None => {
                let sends = [("person", person.to_string())];
                let sends = sends.each_ref().map(|(name, word)| (*name, word.as_str()));
                let action = format!("/visitors/{person}/out");
                draw::press(&SIGN_OUT, view, &action, &sends, &view.name(*person))
            }
        };
        Some(vec![
            text::text(view.name(*person)),
            text::text(known::said(view, visit.from.as_ref()).unwrap_or_default()),
            text::text(
                visit
                    .visits
                    .map_or_else(String::new, |host| view.name(host)),
            ),
            text::text(visit.came.in_words()),
            went,
        ])
    });
    Table::new(caption, columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows)
}

/// Visits that are over, for who may know of them.
fn earlier(view: &View<'_>, params: &Params) -> Markup {
    if !view.has(&permit::need_for_past_visits()) {
        return html! {};
    }
    let visits = view.setting.people.visits();
    let over: Vec<Person> = visits
        .filter(|(person, visit)| visit.went.is_some() && !view.setting.data.is_erased(*person))
        .map(|(person, _)| person)
        .collect();
    if over.is_empty() {
        return html! {};
    }
    let last = over.len().div_ceil(PAGE).max(1);
    let page = params.number("page").unwrap_or(1).clamp(1, last);
    let from = (page - 1).saturating_mul(PAGE);
    let shown: Vec<Person> = over.into_iter().skip(from).take(PAGE).collect();
    html! {
        (text::h2("Visits that are over"))
        (table(view, "Visits that are over", &shown))
        (navigation::pagination(page, last, &|page| address("/visitors", &[("page", &page.to_string())])))
    }
}

/// One line about visitors who were not signed out, for pages that say what is to be done.
#[must_use]
pub(crate) fn reminder(view: &View<'_>) -> Markup {
    let forgotten = forgotten(view);
    let Some(first) = forgotten
        .first()
        .and_then(|person| view.setting.people.visit(*person))
    else {
        return html! {};
    };
    let words = match forgotten.len() {
        1 => format!(
            "A visitor of {} was not signed out",
            date_in_words(first.day)
        ),
        more => format!("{more} visitors of earlier days were not signed out"),
    };
    text::inset(text::link("/visitors", words))
}
