//! Pages and forms of this family: what the setting is called, and its calendar.

pub(crate) mod forms;
mod overview;
mod terms;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[overview::SETTINGS, terms::TERMS];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::DESCRIBE,
    forms::SET_TERM,
    forms::REMOVE_TERM,
    forms::CLOSE,
    forms::REMOVE_CLOSURE,
];
