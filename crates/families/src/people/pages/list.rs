//! The list of people: whom the reader may know, searched by name, filtered by group and room.

use super::{
    known::{self, Listed},
    visitors,
};
use crate::{
    people::group::Group,
    spine::{
        act::{Person, Room},
        page::{Page, Params, Shown, address},
        permit::Need,
        view::View,
    },
};
use kit::{
    button::{button, buttons},
    choice::Choice,
    field::Field,
    filter::{self, Chosen},
    form, guide, navigation,
    table::{Column, Table},
    text,
};
use maud::{Markup, html};

/// People on one page of the list.
const PAGE: usize = 50;

/// The list of people.
pub(super) const PEOPLE: Page = Page {
    path: "/people",
    title: "People",
    menu: 30,
    help: "Here is everybody whom you may know about: who works here, who sits on the committee, and, as far as your work or your family asks for it, children and their parents and carers.\nSearch by a part of the name, or choose a group or a room. The name leads to the record of the person.\nOnly a manager or deputy manager adds people. Whoever leaves stays in the list of people who have left until what is kept about them is erased.",
    need: |_, _| Need::SignedIn,
    lines: None,
    show,
};

/// What the list is narrowed down to.
struct Wanted {
    name: String,
    group: Option<Group>,
    room: Option<Room>,
    left: bool,
}

impl Wanted {
    fn read(view: &View<'_>, params: &Params) -> Wanted {
        Wanted {
            name: params.get("name").trim().chars().take(100).collect(),
            group: Group::from_key(params.get("group")),
            room: known::room(view, params),
            left: params.get("who") == "left",
        }
    }

    /// Whether somebody fits what was chosen, but for the name.
    fn fits(&self, view: &View<'_>, person: Person) -> bool {
        let people = &view.setting.people;
        // Visitors have a page of their own.
        people.visit(person).is_none()
            && people.has_left(person, view.today) == self.left
            && self
                .room
                .is_none_or(|room| people.rooms_of(person).contains(&room))
            && self.group.is_none_or(|group| {
                people.is_in_group(person, group) && known::groups(view, person).contains(&group)
            })
    }

    fn has_name(&self, one: &Listed) -> bool {
        self.name.is_empty() || one.name.to_lowercase().contains(&self.name.to_lowercase())
    }

    /// The address of the list, with one word left out or a page chosen.
    fn address(&self, without: &str, page: usize) -> String {
        let keep = |name: &str, word: String| if name == without { String::new() } else { word };
        let group = self.group.map_or("", Group::key).to_owned();
        let room = self.room.map_or_else(String::new, |room| room.to_string());
        let who = if self.left { "left" } else { "" };
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        address(
            "/people",
            &[
                ("name", &keep("name", self.name.clone())),
                ("group", &keep("group", group)),
                ("room", &keep("room", room)),
                ("who", &keep("who", who.to_owned())),
                ("page", &page),
            ],
        )
    }

    fn chosen(&self, view: &View<'_>) -> Vec<Chosen> {
        let mut chosen = Vec::new();
        let mut add = |name: &str, words: String| {
            chosen.push(Chosen {
                words,
                without: self.address(name, 1),
            });
        };
        if !self.name.is_empty() {
            add("name", format!("Name has “{}”", self.name));
        }
        if let Some(group) = self.group {
            add("group", known::label(group).to_owned());
        }
        if let Some(room) = self.room {
            add("room", view.room(room));
        }
        if self.left {
            add("who", "Has left".to_owned());
        }
        chosen
    }
}

fn show(view: &View<'_>, params: &Params) -> Shown {
    let wanted = Wanted::read(view, params);
    let fit = view.setting.people.all();
    let mut all = known::named(view, fit.filter(|person| wanted.fits(view, *person)));
    all.retain(|one| wanted.has_name(one));
    let last = all.len().div_ceil(PAGE).max(1);
    let page = params.number("page").unwrap_or(1).clamp(1, last);
    let from = (page - 1).saturating_mul(PAGE);
    let shown: Vec<&Listed> = all.iter().skip(from).take(PAGE).collect();
    let content = html! {
        (text::h1("People"))
        (visitors::reminder(view))
        @if view.has(&Need::management()) {
            (buttons(html! {
                (button("Add a person").to("/people/add"))
                (button("Take in a table").to("/people/import").secondary())
                (button("Rooms").to("/rooms").secondary())
                (button("Visitors").to("/visitors").secondary())
            }))
        } @else {
            (text::paragraph(text::link("/rooms", "See the rooms")))
            @if view.has(&visitors::need()) {
                (text::paragraph(text::link("/visitors", "See who visits today")))
            }
        }
        (filter::search_box("/people", "Find somebody by any part of their name", "name", &wanted.name))
        (filter::filtered(panel(view, &wanted), html! {
            @if shown.is_empty() { (nobody(view, &wanted)) }
            @else {
                (text::paragraph(counted(all.len())))
                (table(view, &shown))
                (navigation::pagination(page, last, &|page| wanted.address("", page)))
            }
        }))
    };
    Shown::Page("People".to_owned(), content)
}

fn counted(count: usize) -> String {
    match count {
        1 => "1 person".to_owned(),
        more => format!("{more} people"),
    }
}

fn nobody(view: &View<'_>, wanted: &Wanted) -> Markup {
    let first = view
        .has(&Need::management())
        .then_some(("/people/add", "Add a person"));
    let narrowed = !wanted.chosen(view).is_empty();
    if narrowed {
        let words = "There is nobody here who fits what you chose, or whom you may know about. Choose less, or show all.";
        return guide::empty(words, None);
    }
    guide::empty(
        "Here you find the people of the setting. There is nobody in the list yet.",
        first,
    )
}

fn panel(view: &View<'_>, wanted: &Wanted) -> Markup {
    let mut groups = vec![Choice::new("", "All")];
    groups.extend(Group::ALL.map(|group| Choice::new(group.key(), known::label(group))));
    let mut rooms = vec![Choice::new("", "All")];
    rooms.extend(
        known::rooms_to_choose(view)
            .into_iter()
            .map(|(key, name)| Choice::new(key, name)),
    );
    let who = [
        Choice::new("", "People who are here").chosen(!wanted.left),
        Choice::new("left", "People who have left"),
    ];
    let room = wanted
        .room
        .map_or_else(String::new, |room| room.to_string());
    let fields = html! {
        @if !wanted.name.is_empty() { (form::hidden("name", &wanted.name)) }
        (Field::new("group", "Group").value(wanted.group.map_or("", Group::key)).select(&groups))
        (Field::new("room", "Room").value(room).select(&rooms))
        @if view.has(&Need::leadership()) {
            (Field::new("who", "Who").value(if wanted.left { "left" } else { "" }).radios(&who))
        }
    };
    filter::filter("/people", "/people", &wanted.chosen(view), fields)
}

fn table(view: &View<'_>, shown: &[&Listed]) -> Table {
    let columns = ["Name", "Who they are", "Rooms", "Stands"].map(Column::words);
    let rows = shown.iter().map(|one| {
        vec![
            text::link(&format!("/people/{}", one.person), &one.name),
            text::text(known::what(view, one.person)),
            text::text(known::rooms(view, one.person)),
            text::text(known::presence(view, one.person)),
        ]
    });
    Table::new("People", columns)
        .caption_unseen()
        .first_cell_heads()
        .rows(rows)
}
