//! Pages and forms of this family: reporting, the cases, what was learned.

mod case;
mod draw;
mod figures;
mod forms;
mod lessons;
mod list;
mod report;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[
    report::SENT,
    report::DOORS,
    list::CASES,
    case::CASE,
    case::PRINT,
    figures::FIGURES,
    lessons::LESSON,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    report::REPORT,
    forms::TAKE_ON,
    forms::WRITE,
    forms::DECIDE,
    forms::CONTACT,
    forms::TELL_PARENTS,
    forms::HEAR_CHILD,
    forms::SHARE,
    forms::UNSHARE,
    forms::SET_TASK,
    forms::FINISH_TASK,
    forms::LINK,
    forms::CLOSE,
    forms::REOPEN,
    forms::TALK_OVER,
    forms::SET_LESSON,
    lessons::FINISH_LESSON,
];
