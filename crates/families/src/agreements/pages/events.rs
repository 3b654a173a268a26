//! Events: who has signed for pictures, which children may not be in them, what is read out; and for
//! parents, whether their child may be in pictures.

use super::{event_copy, event_forms, signatures};
use crate::{
    agreements::{events, register::Event, texts},
    people::{group::Group, pages::known},
    spine::{
        act::Person,
        draw,
        page::{Page, Params, Shown},
        permit::Need,
        tongue::Tongue,
        view::View,
    },
};
use kit::{
    button::button,
    guide, navigation,
    table::{Column, Table},
    tag, text,
};
use maud::{Markup, html};

pub(super) const PAGE: Page = Page {
    path: "/events",
    title: "Events and pictures",
    menu: 0,
    help: "Events at which families may take pictures: what is coming, and what was.\n\
        Parents say here, once, whether their child may be in pictures that families take at events. They can change it at any time.\n\
        Whoever wants to take pictures signs on the page of the event that they are for the family only.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

pub(super) const ONE: Page = Page {
    path: "/events/{event}",
    title: "An event",
    menu: 0,
    help: "Here you sign if you want to take pictures at this event. Whoever works here sees who has signed and what is read out, and the names of children of their rooms who must not be in pictures.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show: show_one,
};

fn show(view: &View<'_>, _: &Params) -> Shown {
    let title = view.say("event-title");
    let all: Vec<&Event> = view.setting.agreements.events().all().collect();
    let (mut ahead, past): (Vec<&Event>, Vec<&Event>) = all
        .into_iter()
        .filter(|event| !event.called_off)
        .partition(|event| event.says.day >= view.today);
    ahead.sort_by_key(|event| event.says.day);
    let in_force = events::in_force(view.in_force).is_some();
    let plans = view.has(&Need::management());
    let content = html! {
        (text::h1(&title))
        @if !in_force && plans { (text::paragraph("The policy in force says nothing about pictures at events.")) }
        @if plans { (button("Plan an event").to("/events/plan")) }
        (own_children(view))
        (text::h2(view.say("event-coming")))
        @if ahead.is_empty() { (guide::empty(view.say("event-none"), None)) }
        @else { (list(view, &view.say("event-coming"), &ahead)) }
        @if !past.is_empty() && view.has(&Need::Team) {
            (text::h2("Past"))
            (list(view, "Past", &past))
        }
        @if view.has(&Need::leadership()) { (answers_of_all(view)) }
    };
    Shown::Page(title, content)
}

fn list(view: &View<'_>, caption: &str, all: &[&Event]) -> Markup {
    let columns = [view.say("event-name"), view.say("event-day")].map(Column::words);
    let rows = all.iter().map(|event| {
        let href = format!("/events/{}", event.says.event);
        vec![
            text::link(&href, &event.says.name),
            text::text(view.date(event.says.day)),
        ]
    });
    html! { (Table::new(caption, columns).caption_unseen().first_cell_heads().rows(rows)) }
}

/// What a parent has said about each of their children.
fn own_children(view: &View<'_>) -> Markup {
    let Some(person) = view.person() else {
        return html! {};
    };
    let people = &view.setting.people;
    let children: Vec<Person> = people
        .children_of(person)
        .filter(|child| people.is_here(*child, view.today))
        .collect();
    let columns = [
        view.say("event-child"),
        view.say("event-in-pictures"),
        view.say("event-change"),
    ]
    .map(Column::words);
    let rows = children.iter().map(|child| {
        let said = view.setting.agreements.events().said(*child, person);
        let words = match said {
            Some(said) if said.allowed => view.say("event-allowed"),
            Some(_) => view.say("event-not-allowed"),
            None => view.say("event-not-said"),
        };
        let href = format!("/events/permission/{child}");
        vec![
            text::text(view.name(*child)),
            text::text(words),
            text::link_about(&href, view.say("event-say-it"), view.name(*child)),
        ]
    });
    html! {
        @if !children.is_empty() {
            (text::h2(view.say("event-your-child")))
            (Table::new(view.say("event-your-child"), columns).caption_unseen().first_cell_heads().rows(rows))
        }
    }
}

/// For those who lead: what was said about each child, and where nobody has said anything.
fn answers_of_all(view: &View<'_>) -> Markup {
    let setting = view.setting;
    let children = known::named(view, setting.people.of(Group::Child, view.today));
    let columns = ["Child", "In pictures of events", "Change"].map(Column::words);
    let rows = children.iter().map(|one| {
        let href = format!("/events/permission/{}/record", one.person);
        vec![
            text::link(&format!("/people/{}", one.person), &one.name),
            permission_tag(events::may_be_in_pictures(setting, one.person)),
            text::link_about(
                &href,
                "Record what a parent said",
                format!("about {}", one.name),
            ),
        ]
    });
    html! {
        (text::h2("What parents said"))
        @if children.is_empty() { (text::paragraph("No child is recorded here yet.")) }
        @else { (Table::new("What parents said", columns).caption_unseen().first_cell_heads().rows(rows)) }
    }
}

fn permission_tag(said: Option<bool>) -> Markup {
    match said {
        Some(true) => tag::tag("Allowed", tag::Colour::Green),
        Some(false) => tag::tag("Not allowed", tag::Colour::Red),
        None => tag::tag("Nobody has said", tag::Colour::Yellow),
    }
}

fn show_one(view: &View<'_>, params: &Params) -> Shown {
    let number: Option<u32> = params.number("event");
    let event = number.and_then(|number| view.setting.agreements.events().event(number));
    let Some(event) = event else {
        return Shown::NotHere;
    };
    let rooms: Vec<String> = event
        .says
        .rooms
        .iter()
        .map(|room| view.room(*room))
        .collect();
    let team = view.has(&Need::AnyOf(vec![Need::Team, Need::leadership()]));
    let content = html! {
        (navigation::breadcrumbs(&[("/events", &view.say("event-title"))]))
        (text::h1_with_caption(view.date(event.says.day), &event.says.name))
        @if event.called_off { (text::inset(view.say("event-called-off"))) }
        @if !rooms.is_empty() { (text::paragraph(view.say_with("event-rooms", &[("rooms", (&rooms.join(", ")).into())]))) }
        @if !event.called_off { (pictures(view, event)) }
        @if team { (inside(view, event)) }
        @if view.has(&Need::management()) && !event.called_off && event.says.day >= view.today {
            (text::paragraph(text::link(&format!("/events/{}/call-off", event.says.event), "Call it off")))
        }
    };
    Shown::Page(event.says.name.clone(), content)
}

/// What whoever takes pictures signs.
fn pictures(view: &View<'_>, event: &Event) -> Markup {
    let signed = event.photographers.iter();
    let mine = view.person().and_then(|person| {
        let mut signed = signed.clone();
        signed.find(|one| one.person == person)
    });
    html! {
        (text::h2(view.say("event-taking-pictures")))
        @if let Some(mine) = mine {
            (text::inset(view.say_with("event-you-signed", &[("day", (&view.date(mine.at.date())).into())])))
            (text::paragraph(text::link(&event_copy::at(mine), view.say("agreement-copy"))))
        } @else if event.says.day >= view.today {
            (text::paragraph(view.say("event-sign-first")))
            (button(view.say("event-sign")).to(format!("/events/{}/sign", event.says.event)))
        }
    }
}

/// For whoever works here: who has signed, who must not be in pictures, what is read out.
fn inside(view: &View<'_>, event: &Event) -> Markup {
    let number = event.says.event;
    let signed = known::named(view, event.photographers.iter().map(|one| one.person));
    let unseen = event.photographers.len().saturating_sub(signed.len());
    let columns = ["Who", "How", "Copy"].map(Column::words);
    let rows = signed.iter().map(|one| {
        let own = event
            .photographers
            .iter()
            .find(|other| other.person == one.person);
        let copy = own.filter(|own| view.has(&signatures::see(own.person)));
        vec![
            text::text(&one.name),
            text::text(own.map_or("", |own| own.how.in_words())),
            copy.map_or_else(
                || text::text(""),
                |copy| text::link_about(&event_copy::at(copy), "Copy", format!("of {}", one.name)),
            ),
        ]
    });
    let children = events::children(view.setting, number, view.today).into_iter();
    let without =
        children.filter(|child| events::may_be_in_pictures(view.setting, *child) != Some(true));
    let without = known::named(view, without);
    html! {
        (text::h2("Who takes pictures"))
        @if event.photographers.is_empty() { (text::paragraph("Nobody has signed yet.")) }
        @else if signed.is_empty() { (text::paragraph("People of other rooms have signed.")) }
        @else {
            (Table::new("Who takes pictures", columns).caption_unseen().first_cell_heads().rows(rows))
            @if unseen > 0 { (text::small("Others, whom you do not know, have signed too.")) }
        }
        (text::paragraph(text::link(&format!("/events/{number}/paper"), "Record a signature on paper")))
        (text::h2("Children who must not be in pictures"))
        @if without.is_empty() { (text::paragraph("None of the children whom you know.")) }
        @else {
            (text::bullets(&without.iter().map(|one| one.name.as_str()).collect::<Vec<_>>()))
            (text::small("A parent said no, or nobody has said yes. Only you who know these children see their names here."))
        }
        (announcement(view, event))
    }
}

fn announcement(view: &View<'_>, event: &Event) -> Markup {
    let of_policy = events::in_force(view.in_force).map(events::of_policy);
    let says = texts::announcement(Tongue::En, &event.says.name, &of_policy.unwrap_or_default());
    let number = event.says.event.to_string();
    let begun = event.says.day <= view.today && !event.called_off;
    html! {
        (text::h2("To read out"))
        (text::inset(html! { @for line in &says { (text::paragraph(line)) } }))
        @if let Some((_, at, by)) = event.announced {
            (text::paragraph(format!("Read out by {} on {}.", by.map_or_else(|| "somebody".to_owned(), |by| view.name(by)), at.in_words())))
        } @else if begun {
            (draw::press(&event_forms::READ_OUT, view, &format!("/events/{number}/read-out"), &[("event", &number)], "the announcement"))
        }
    }
}
