//! Pages and forms of this family: reporting, the cases, what was learned.

mod case;
mod charts;
mod committee;
mod draw;
mod figures;
mod forms;
mod lessons;
mod list;
mod poster;
mod report;
mod tell;

pub(super) use case::case;
pub(super) use committee::document as committee_document;
pub(super) use draw::name;
pub(crate) use draw::to_case;
pub(super) use forms::{others, start as start_in_case};
pub(super) use list::mine;

use super::{handed, keeping, low_level, own_duty, papers, transfer};
use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[
    report::SENT,
    tell::TOLD,
    poster::POSTER,
    report::DOORS,
    list::CASES,
    case::CASE,
    case::PRINT,
    papers::pages::FILE,
    figures::FIGURES,
    committee::COMMITTEE,
    lessons::LESSON,
    low_level::pages::REGISTER,
    low_level::pages::ONE,
    low_level::pages::TOLD,
    own_duty::pages::ALL,
    own_duty::pages::ONE,
    transfer::pages::REGISTER,
    transfer::pages::OUT,
    transfer::pages::IN,
    keeping::pages::GONE,
    handed::pages::ALL,
    handed::pages::ONE,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    report::REPORT,
    tell::TELL,
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
    papers::pages::ADD,
    papers::pages::MOVE,
    lessons::FINISH_LESSON,
    low_level::pages::TELL,
    low_level::pages::DECIDE,
    low_level::pages::REVIEW,
    own_duty::pages::ANSWER,
    transfer::pages::SEND,
    transfer::pages::SEND_NONE,
    transfer::pages::CONFIRM,
    transfer::pages::CALL_BACK,
    transfer::pages::RECEIVE,
    transfer::pages::TAKE_IN,
    transfer::pages::TURN_AWAY,
    transfer::pages::PAPERS,
    keeping::pages::KEEP_ON,
    keeping::pages::ASK,
    keeping::pages::LET_GO,
    keeping::pages::HOLD,
    keeping::pages::LIFT,
    handed::pages::HAND_OVER,
];
