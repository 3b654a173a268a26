//! Pages and forms of this family: holds, and erasing what is kept about somebody.

mod forms;
mod holds;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[holds::HOLDS];

/// Its forms.
pub const FORMS: &[Form] = &[forms::HOLD, forms::RELEASE, forms::ERASE];
