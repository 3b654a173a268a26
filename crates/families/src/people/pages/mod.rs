//! Pages and forms of this family: the list, a person's record, the rooms, and what a manager
//! changes there.

mod added;
mod family_forms;
mod forms;
pub mod import;
pub(crate) mod known;
mod language;
mod list;
mod lists;
mod person;
mod room_forms;
mod rooms;
mod stay_forms;
pub(crate) mod visitors;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[
    list::PEOPLE,
    added::ADDED,
    person::PERSON,
    rooms::ROOMS,
    rooms::ROOM,
    import::IMPORT,
    import::IMPORTS,
    lists::TAKING_ON_PAGE,
    lists::LEAVING_PAGE,
    visitors::VISITORS,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::ADD,
    forms::CHANGE,
    forms::CHANGE_CONTACT,
    language::CHOOSE_LANGUAGE,
    forms::JOIN_GROUP,
    forms::LEAVE_GROUP,
    forms::PLACE,
    family_forms::TIE,
    family_forms::UNTIE,
    stay_forms::RECORD_LEAVING,
    stay_forms::RECORD_RETURN,
    room_forms::OPEN_ROOM,
    room_forms::RENAME_ROOM,
    room_forms::CLOSE_ROOM,
    import::FORM,
    import::UNDO,
    visitors::SIGN_IN,
    visitors::SIGN_OUT,
    visitors::SELF_OUT,
];
