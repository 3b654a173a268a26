//! Who to turn to, for the foot of every page, posters, the page of a block and forms for concerns.
//! The names of those who lead are told to everyone, also to those who have not signed in.

use super::{register::Contact, report::document::sentence};
use crate::spine::view::View;
use kit::page;

/// Who leads, in the order in which to turn to them.
#[must_use]
pub fn contacts(view: &View<'_>) -> Vec<page::Contact> {
    let contacts = view.setting.roles.contacts(view.today);
    contacts.iter().map(|contact| told(contact, view)).collect()
}

/// The first to turn to; `None` when nobody leads.
#[must_use]
pub fn first(view: &View<'_>) -> Option<page::Contact> {
    let contacts = view.setting.roles.contacts(view.today);
    contacts.first().map(|contact| told(contact, view))
}

fn told(contact: &Contact, view: &View<'_>) -> page::Contact {
    let people = &view.setting.people;
    let name = people.name(contact.person).and_then(|name| view.open(name));
    page::Contact {
        name: name.unwrap_or_else(|| people.what_is(contact.person).to_owned()),
        role: sentence(&contact.role.in_words()),
        reach: reach(contact, view),
    }
}

/// How somebody is reached: as it was written down, else as the setting is.
#[must_use]
pub fn reach(contact: &Contact, view: &View<'_>) -> String {
    let own = contact.reach.as_ref().and_then(|reach| view.open(reach));
    own.unwrap_or_else(|| {
        let phone = view
            .setting
            .place
            .described()
            .map(|place| place.phone.trim());
        match phone {
            Some(phone) if !phone.is_empty() => format!("ask in the setting, or call {phone}"),
            _ => "ask in the setting".to_owned(),
        }
    })
}
