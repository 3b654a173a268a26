//! Pages and forms of this family: the list, one device, labels, what is unknown on the network, and
//! the custody of what may be evidence.

mod custody;
mod custody_forms;
mod forms;
mod hand_forms;
mod list;
mod one;

use crate::{
    devices::register::Device,
    people::{group::Group, pages::known},
    spine::{
        act::Person,
        answers::Answers,
        page::{Form, Page, Params, Start},
        view::View,
    },
};
use kit::{guide, text};
use maud::{Markup, html};

/// Its pages.
pub const PAGES: &[Page] = &[
    list::DEVICES,
    list::PRINT,
    list::UNKNOWN,
    one::DEVICE,
    one::LABEL,
    custody::RECORDS,
    custody::RECORD,
    custody::PRINT,
    custody::LABEL,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::ADD,
    forms::CHANGE,
    forms::LOST,
    forms::FOUND,
    forms::DISPOSE,
    forms::TAKE_OUT,
    forms::BRING_BACK,
    forms::ENROL,
    forms::UNENROL,
    forms::SET_INTERNET,
    forms::SET_ROOM_INTERNET,
    forms::SETTLE,
    hand_forms::HAND_OUT,
    hand_forms::ACKNOWLEDGE,
    hand_forms::HAND_BACK,
    hand_forms::ALLOW_USE,
    hand_forms::ALLOW_PERSONAL_USE,
    hand_forms::END_PERSONAL_USE,
    custody_forms::SECURE,
    custody_forms::PASS_ON,
    custody_forms::RECEIVE,
    custody_forms::ADVICE,
    custody_forms::ASK_RELEASE,
    custody_forms::RELEASE,
];

/// The device of an address.
fn device<'a>(view: &View<'a>, params: &Params) -> Option<&'a Device> {
    view.setting.devices.find(params.number("device")?)
}

/// A form about the device of its address.
fn about(
    view: &View<'_>,
    params: &Params,
    says: impl FnOnce(&Device, Answers) -> (Answers, Markup),
) -> Start {
    let Some(found) = device(view, params).filter(|device| !device.is_gone()) else {
        return Start {
            not_here: true,
            ..Start::default()
        };
    };
    let (answers, above) = says(found, Answers::from_params(params));
    Start {
        answers,
        above: Some(html! { (bar(view, found)) (above) }),
        not_here: false,
    }
}

/// Which device this is.
fn bar(view: &View<'_>, device: &Device) -> Markup {
    let about = &device.about;
    let room = about.room.map(|room| view.room(room)).unwrap_or_default();
    let facts = [
        ("Kind", about.kind.in_words()),
        ("Label", about.tag.as_str()),
        ("Room", room.as_str()),
        ("Stands", device.in_words()),
    ];
    let facts: Vec<(&str, &str)> = facts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .collect();
    guide::identity_bar(&about.name, &facts)
}

/// Back to the device.
fn to_device(answers: &Answers) -> String {
    match answers.number::<u32>("device") {
        Some(device) => format!("/devices/{device}"),
        None => "/devices".to_owned(),
    }
}

/// Grown-ups who are here, as choices.
fn grown_ups(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let is_grown_up = |person: &Person| !people.groups(*person).contains(&Group::Child);
    let here = people.here(view.today).filter(is_grown_up);
    choices(view, here)
}

/// Whoever works here, as choices.
fn team(view: &View<'_>) -> Vec<(String, String)> {
    let people = &view.setting.people;
    let here = people.here(view.today);
    choices(view, here.filter(|one| people.is_team(*one, view.today)))
}

fn choices(view: &View<'_>, people: impl Iterator<Item = Person>) -> Vec<(String, String)> {
    known::named(view, people)
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect()
}

/// Words that may be empty.
fn or_dash(words: &str) -> Markup {
    if words.is_empty() {
        return text::muted("–");
    }
    text::text(words)
}
