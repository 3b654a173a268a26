//! Pages and forms of this family.

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[];

/// Its forms.
pub const FORMS: &[Form] = &[];
