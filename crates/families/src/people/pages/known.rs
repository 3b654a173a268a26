//! What a reader may know about people: whom they see in lists, and what of each. Every page about
//! people asks here, so that somebody who may not be seen is as absent as somebody who never came.

use crate::{
    people::{entries::Relation, group::Group},
    spine::{
        act::{Person, Room},
        answers::Answers,
        page::{Params, Start},
        permit::{self, Need},
        view::View,
    },
};
use kernel::moment::date_in_words;
use kit::guide;
use maud::{Markup, html};

/// Somebody in a list.
pub(crate) struct Listed {
    /// Who.
    pub(crate) person: Person,
    /// The name.
    pub(crate) name: String,
}

/// Whether the reader may see that there is this person.
pub(crate) fn sees(view: &View<'_>, person: Person) -> bool {
    let setting = view.setting;
    setting.people.is_known(person)
        && !setting.data.is_erased(person)
        && view.has(&permit::need_to_know(person, setting, view.today))
}

/// Whether the reader may know more than the name.
pub(crate) fn sees_details(view: &View<'_>, person: Person) -> bool {
    let setting = view.setting;
    sees(view, person) && view.has(&permit::need_for_details(person, setting, view.today))
}

/// Whether the reader may know that somebody is a parent or carer of a child.
pub(crate) fn sees_tie(view: &View<'_>, parent: Person, child: Person) -> bool {
    let need = permit::need_for_tie(parent, child, view.setting, view.today);
    sees(view, parent) && sees(view, child) && view.has(&need)
}

/// The person of an address, if the reader may see them.
pub(crate) fn person(view: &View<'_>, params: &Params) -> Option<Person> {
    params.person("person").filter(|person| sees(view, *person))
}

/// Those of some people whom the reader may see, by name.
pub(crate) fn named(view: &View<'_>, people: impl Iterator<Item = Person>) -> Vec<Listed> {
    let mut listed: Vec<Listed> = people
        .filter(|person| sees(view, *person))
        .map(|person| Listed {
            person,
            name: seen_name(view, person),
        })
        .collect();
    listed.sort_by_cached_key(|listed| (listed.name.to_lowercase(), listed.person));
    listed
}

/// The name of somebody whom the reader was found to see.
fn seen_name(view: &View<'_>, person: Person) -> String {
    let people = &view.setting.people;
    let name = people.name(person).and_then(|name| view.open(name));
    name.unwrap_or_else(|| people.what_is(person).to_owned())
}

/// The groups of a person that the reader may know: that a colleague is a parent here, too, is
/// theirs to tell.
pub(crate) fn groups(view: &View<'_>, person: Person) -> Vec<Group> {
    let all = view.setting.people.groups(person);
    let details = sees_details(view, person);
    let open = |group: &Group| Group::TEAM.contains(group) || *group == Group::Committee;
    all.into_iter()
        .filter(|group| details || open(group))
        .collect()
}

/// What a person is, as far as the reader may know: "Staff, parent or carer".
pub(crate) fn what(view: &View<'_>, person: Person) -> String {
    let groups = groups(view, person);
    let names: Vec<&str> = groups.iter().map(|group| label(*group)).collect();
    names.join(", ")
}

/// What one of a group is called in a list.
pub(crate) fn label(group: Group) -> &'static str {
    match group {
        Group::Staff => "Staff",
        Group::Volunteer => "Volunteer",
        Group::Student => "Student",
        Group::Committee => "Committee member",
        Group::Parent => "Parent or carer",
        Group::Child => "Child",
        Group::Visitor => "Visitor",
        Group::Contractor => "Contractor",
        Group::Community => "Community user",
    }
}

/// The names of a person's rooms.
pub(crate) fn rooms(view: &View<'_>, person: Person) -> String {
    let rooms = view.setting.people.rooms_of(person);
    let names: Vec<String> = rooms.iter().map(|room| view.room(*room)).collect();
    names.join(", ")
}

/// Whether somebody is here, in words; the days only for who may know details.
pub(crate) fn presence(view: &View<'_>, person: Person) -> String {
    let people = &view.setting.people;
    if !sees_details(view, person) {
        let here = people.is_here(person, view.today);
        return if here { "Here" } else { "Not here yet" }.to_owned();
    }
    if let Some(last) = people.last_day(person) {
        let word = if people.has_left(person, view.today) {
            "Left"
        } else {
            "Leaves"
        };
        return format!("{word} {}", date_in_words(last));
    }
    match people.since(person) {
        Some(since) if since > view.today => format!("From {}", date_in_words(since)),
        _ => "Here".to_owned(),
    }
}

/// Whose record this is, so that nobody writes on the wrong one.
pub(crate) fn identity(view: &View<'_>, person: Person) -> Markup {
    let what = what(view, person);
    let rooms = rooms(view, person);
    let mut facts = vec![("Who", what.as_str())];
    if !rooms.is_empty() {
        facts.push(("Room", rooms.as_str()));
    }
    let details = sees_details(view, person);
    let born = view.setting.people.born(person).filter(|_| details);
    let born = born.and_then(|born| view.open(born)).map(date_in_words);
    if let Some(born) = &born {
        facts.push(("Born", born));
    }
    let presence = presence(view, person);
    if presence != "Here" {
        facts.push(("Stands", presence.as_str()));
    }
    guide::identity_bar(view.name(person), &facts)
}

/// A form about the person of the address, with the identity bar above it. Nothing is there when
/// the reader may not see the person.
pub(crate) fn about(
    view: &View<'_>,
    params: &Params,
    fill: impl FnOnce(Person, Answers) -> (Answers, Markup),
) -> Start {
    let Some(person) = person(view, params) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let (answers, above) = fill(person, Answers::from_params(params));
    Start {
        answers,
        above: Some(html! { (identity(view, person)) (above) }),
        not_here: false,
    }
}

/// A form about the person of the address that begins with what the address says.
pub(crate) fn about_only(view: &View<'_>, params: &Params) -> Start {
    about(view, params, |_, answers| (answers, html! {}))
}

/// The room of the address, if it is in use.
pub(crate) fn room(view: &View<'_>, params: &Params) -> Option<Room> {
    params
        .room("room")
        .filter(|room| view.setting.people.room_name(*room).is_some())
}

/// Whether the reader may know everybody who is in a room, and so how many they are.
pub(crate) fn sees_whole_room(view: &View<'_>, room: Room) -> bool {
    view.has(&Need::AnyOf(vec![Need::leadership(), Need::StaffOf(room)]))
}

/// Rooms to choose from.
pub(crate) fn rooms_to_choose(view: &View<'_>) -> Vec<(String, String)> {
    let rooms = view.setting.people.rooms();
    rooms
        .map(|(room, name)| (room.to_string(), name.to_owned()))
        .collect()
}

/// Adults who are here and whom the reader may see, to choose from.
pub(crate) fn adults_to_choose(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let adults = people.all().filter(|person| {
        !people.groups(*person).contains(&Group::Child) && !people.has_left(*person, view.today)
    });
    named(view, adults)
        .into_iter()
        .map(|one| {
            let label = format!("{} ({})", one.name, what(view, one.person));
            (one.person.to_string(), label)
        })
        .collect()
}

/// What a parent or carer is to a child, in words.
pub(crate) fn relation(relation: Relation, responsibility: bool) -> String {
    let has = if responsibility {
        "has parental responsibility"
    } else {
        "does not have parental responsibility"
    };
    format!("{}, {has}", relation.in_words())
}

/// Words of a person that may be empty: `None` when there are none or the reader may not see them.
pub(crate) fn said(
    view: &View<'_>,
    words: Option<&kernel::sealed::Private<String>>,
) -> Option<String> {
    let words = words.and_then(|words| view.open(words))?;
    (!words.is_empty()).then_some(words)
}
