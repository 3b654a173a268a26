//! Pages and forms of this family: what is open now, what was looked at, and the minutes of rooms.

mod forms;
mod minutes;
mod now;
mod sites;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[
    now::NOW,
    now::PAST,
    sites::SITES,
    sites::SITE,
    minutes::MINUTES,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::OPEN,
    forms::EXTEND,
    forms::END,
    forms::BREAK,
    forms::LOOK_AT,
    forms::DROP,
    forms::CHOOSE_TOOL,
];
