//! Pages and forms of this family: who may reach what, changes, requests, and “We saw something”.

mod change_forms;
mod forms;
mod overview;
mod requests;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[overview::FILTER, overview::PLAN, requests::REQUESTS];

/// Its forms.
pub const FORMS: &[Form] = &[
    change_forms::PROPOSE,
    change_forms::DECIDE,
    change_forms::TAKE_BACK,
    change_forms::REQUEST,
    change_forms::ANSWER,
    forms::NOTE_TOPIC,
    forms::RECORD_LIST,
    forms::END_LIST,
    forms::SAW_SOMETHING,
];
