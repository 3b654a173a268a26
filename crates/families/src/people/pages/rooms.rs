//! The rooms, and who is in each: the team for everybody, children for who works there.

use super::known::{self, Listed};
use crate::{
    people::group::Group,
    spine::{
        act::Room,
        page::{Page, Params, Shown},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    facts::card,
    guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// The rooms.
pub(super) const ROOMS: Page = Page {
    path: "/rooms",
    title: "Rooms",
    menu: 0,
    help: "The rooms of the setting and who works in them. Children stand on the page of their room, for whoever works there.\nA room is where children spend the day: it need not have walls.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show: show_all,
};

/// One room.
pub(super) const ROOM: Page = Page {
    path: "/rooms/{room}",
    title: "A room",
    menu: 0,
    help: "Who works in this room, and its children as far as you may know them. If you work here, or lead the setting, you see all of them; a parent sees their own.\nTo put somebody in a room, open the record of the person and change the rooms there.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show: show_one,
};

fn show_all(view: &View<'_>, _: &Params) -> Shown {
    let manages = view.has(&Need::management());
    let rooms: Vec<(Room, &str)> = view.setting.people.rooms().collect();
    let first = manages.then_some(("/rooms/open", "Open a room"));
    let content = html! {
        (navigation::breadcrumbs(&[("/people", "People")]))
        (text::h1("Rooms"))
        @if rooms.is_empty() {
            (guide::empty("Here you see the rooms of the setting and who is in them. There is no room yet.", first))
        } @else {
            (table(view, &rooms))
            @if manages { (button("Open a room").to("/rooms/open")) }
        }
    };
    Shown::Page("Rooms".to_owned(), content)
}

fn table(view: &View<'_>, rooms: &[(Room, &str)]) -> Table {
    let columns = [
        Column::words("Room"),
        Column::words("Team"),
        Column::numbers("Children"),
    ];
    let rows = rooms.iter().map(|(room, name)| {
        let (team, children) = inside(view, *room);
        let names: Vec<&str> = team.iter().map(|one| one.name.as_str()).collect();
        // A number only for who may know each of them: a count is knowledge, too.
        let count = known::sees_whole_room(view, *room).then_some(children.len());
        vec![
            text::link(&format!("/rooms/{room}"), name),
            text::text(names.join(", ")),
            html! { @match count { Some(count) => (count), None => (text::muted("–")) } },
        ]
    });
    Table::new("Rooms", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows)
}

/// Who is in a room today, as far as the reader may know: the team, and children.
fn inside(view: &View<'_>, room: Room) -> (Vec<Listed>, Vec<Listed>) {
    let people = &view.setting.people;
    let child = |person: &crate::spine::act::Person| people.groups(*person).contains(&Group::Child);
    let children = people.in_room(room, view.today).filter(child);
    let team = people
        .in_room(room, view.today)
        .filter(|person| people.is_team(*person, view.today));
    (known::named(view, team), known::named(view, children))
}

fn show_one(view: &View<'_>, params: &Params) -> Shown {
    let Some(room) = known::room(view, params) else {
        return Shown::NotHere;
    };
    let name = view.room(room);
    let (team, children) = inside(view, room);
    let whole = known::sees_whole_room(view, room);
    let content = html! {
        (navigation::breadcrumbs(&[("/people", "People"), ("/rooms", "Rooms")]))
        (text::h1(&name))
        (card("Team", html! {
            @if team.is_empty() { (text::paragraph("Nobody works in this room yet.")) } @else { (links(view, &team)) }
        }))
        @if whole || !children.is_empty() {
            (card("Children", html! {
                @if children.is_empty() { (text::paragraph("No child is in this room yet.")) }
                @else {
                    @if whole { (text::paragraph(format!("Children in this room: {}", children.len()))) }
                    (links(view, &children))
                }
            }))
        }
        (screen(view, room))
        @if view.has(&Need::management()) {
            (buttons(html! {
                (button("Rename the room").to(format!("/rooms/{room}/rename")).secondary())
                (button("Close the room").to(format!("/rooms/{room}/close")).secondary())
            }))
        }
    };
    Shown::Page(name, content)
}

/// The minutes that the room spent on the internet today, for who works here or leads.
fn screen(view: &View<'_>, room: Room) -> Markup {
    let sees = view.has(&Need::AnyOf(vec![Need::Team, Need::leadership()]));
    let mut days = view.setting.internet.minutes(room);
    let today = days.find(|(day, _)| *day == view.today);
    let minutes = today.map_or(0, |(_, minutes)| minutes);
    html! {
        @if sees && view.setting.internet.sessions().next().is_some() {
            (card("Internet", html! {
                (text::paragraph(html! {
                    @if minutes == 1 { "1 minute today. " } @else { (minutes) " minutes today. " }
                    (text::link("/internet/minutes", "Minutes of rooms"))
                }))
            }))
        }
    }
}

fn links(view: &View<'_>, people: &[Listed]) -> Markup {
    let links: Vec<Markup> = people
        .iter()
        .map(|one| {
            html! {
                (text::link(&format!("/people/{}", one.person), &one.name))
                @let what = known::what(view, one.person);
                @if what != "Child" { " " (text::muted(what)) }
            }
        })
        .collect();
    text::plain_list(&links)
}
