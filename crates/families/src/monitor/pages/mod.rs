//! Pages and forms of this family: reports, alerts, who looked at what, checks by hand, the impact
//! assessment, what people are told and what is kept about them.

mod alerts;
mod care;
mod care_forms;
mod counts;
mod explain;
mod forms;
mod looks;
mod mine;
mod notice;
mod overview;

pub use alerts::on_today;
pub use notice::line_for_signing_in;

use crate::{
    filter::kinds,
    spine::{
        act::{Person, Room},
        page::{Form, Page},
        view::View,
    },
};

/// Its pages.
pub const PAGES: &[Page] = &[
    overview::MONITORING,
    overview::PRINT,
    overview::SEARCH,
    alerts::ALL,
    alerts::ONE,
    looks::LOOKS,
    looks::ONE,
    looks::PRINT,
    explain::EXPLAIN,
    care::KEPT,
    care::CHECKS,
    care::ASSESSMENT,
    care::WATCHING,
    mine::MINE,
    notice::NOTICE,
    notice::PRINT,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::LOOK,
    forms::TAKE_UP,
    forms::DISMISS,
    forms::SECOND_LOOK,
    forms::REVIEW_USE,
    care_forms::CHECK,
    care_forms::TALK,
    care_forms::ASSESS,
    care_forms::REVIEW_MONITORS,
    care_forms::SUPPORT,
];

/// Whether a page asks for traces, which change all the time: it is drawn anew each time.
#[must_use]
pub fn asks_traces(path: &str) -> bool {
    path == "/monitor" || path.starts_with("/monitor/")
}

/// A device for people; 0 is one that is not on the register.
fn device(view: &View<'_>, device: u32) -> String {
    match device {
        0 => "Not on the register".to_owned(),
        known => view.setting.devices.name(known).to_owned(),
    }
}

/// A room for people; 0 is none.
fn room(view: &View<'_>, room: Room) -> String {
    match room.0 {
        0 => "No room".to_owned(),
        _ => view.room(room),
    }
}

/// A person for people; 0 is nobody known.
fn person(view: &View<'_>, person: Person) -> String {
    match person.0 {
        0 => "Nobody in particular".to_owned(),
        _ => view.name(person),
    }
}

/// A kind of sites for people.
fn kind(key: &str) -> &str {
    match key {
        "" => "Of no kind",
        kinds::ILLEGAL => "Illegal",
        _ => kinds::KINDS
            .iter()
            .find(|(own, _)| *own == key)
            .map_or(key, |(_, words)| words),
    }
}
