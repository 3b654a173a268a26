//! Pages and forms of this family: how mail is sent and what became of it, and how I am told.

mod mail;
mod mine;

use crate::spine::page::{Form, Page};

/// Its pages.
pub const PAGES: &[Page] = &[mail::MAIL, mine::MINE];

/// Its forms.
pub const FORMS: &[Form] = &[
    mail::SET_MAIL,
    mail::STOP_MAIL,
    mail::ASK_TEST,
    mail::START_PUSH,
    mail::STOP_PUSH,
    mail::SETTLE,
    mine::CHOOSE,
    mine::ADD_DEVICE,
    mine::REMOVE_DEVICE,
    mine::MAKE_FEED,
    mine::END_FEED,
];
