//! Pages and forms of this family: what to do, for everybody; a procedure at work in a case; the
//! register of breaches.

mod breaches;
mod forms;
mod in_case;
mod parts;
mod run;
mod sheets;

pub(crate) use in_case::{in_case, printed};

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[
    sheets::ALL,
    sheets::ONE,
    sheets::PRINT,
    run::RUN,
    breaches::BREACHES,
    breaches::PRINT,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    forms::START,
    forms::MARK,
    forms::ANSWER,
    forms::ASSESS,
    forms::AGREE,
    forms::SUSPEND,
    forms::RESTORE,
    breaches::LOOK_THROUGH,
];
