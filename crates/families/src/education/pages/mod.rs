//! Pages and forms of this family: the help directory.

mod directory;
mod forms;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[directory::DIRECTORY, directory::PRINT];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::ADD_HELP,
    forms::CHANGE_HELP,
    forms::REMOVE_HELP,
    forms::CONFIRM_HELP,
];
