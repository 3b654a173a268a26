//! Pages and forms of this family: who can sign in, one's own account, the very first steps, and
//! the ledger for people.

mod account;
mod accounts;
mod activity;
mod begin;
mod chosen;
mod codes;
mod exceptions;
pub(crate) mod files;
mod kiosks;
mod made;
mod oidc;
pub(crate) mod steps;
mod system_forms;
mod systems;

pub use chosen::MADE_STRENGTH;
pub use kiosks::MADE_DEVICE;
pub use made::{MADE_CODE, MADE_HASH, MADE_PUBLIC, MADE_SECRET, MADE_TOKEN, Made, makes};
pub use oidc::BACK;
pub use steps::{MADE_CODES, MADE_PIN};

use crate::spine::{
    act::Person,
    page::{Form, Page},
    view::View,
};
use kernel::moment::date_in_words;

/// Its pages.
pub const PAGES: &[Page] = &[
    accounts::ACCOUNTS,
    account::ACCOUNT,
    activity::ACTIVITY,
    activity::ENTRY,
    kiosks::KIOSKS,
    oidc::PROVIDER,
    systems::REGISTER,
    systems::PRINT,
    exceptions::ALL,
    exceptions::ONE,
    files::FILES,
    files::THEIRS,
    files::GET,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    begin::SET_UP,
    begin::TAKE_UP,
    accounts::OPEN_ACCOUNT,
    accounts::GIVE_CODE,
    accounts::END_SESSIONS,
    accounts::CLOSE_ACCOUNT,
    codes::AGREE_CODE,
    codes::STOP_CODE,
    account::CHANGE_PASSWORD,
    account::MAKE_TOKEN,
    account::REVOKE_TOKEN,
    steps::REMOVE_APP,
    steps::MAKE_CODES,
    steps::REMOVE_PASSKEY,
    steps::CHOOSE_PIN,
    steps::ASK_RESET,
    steps::AGREE_RESET,
    steps::SEE_RESET,
    kiosks::OPEN,
    kiosks::TAKE_UP,
    kiosks::END,
    oidc::SET,
    oidc::UNLINK,
    oidc::UNLINK_OF,
    system_forms::ADD,
    system_forms::RETIRE,
    system_forms::GRANT,
    system_forms::WITHDRAW,
    system_forms::PASSWORD,
    system_forms::LEND,
    system_forms::TAKE_BACK,
    exceptions::ASK,
    exceptions::AGREE,
    exceptions::END,
    exceptions::SEE,
    files::KEEP,
    files::SHARE,
    files::UNSHARE,
    files::REPLACE,
    files::REMOVE,
    files::ASK,
];

/// How somebody's account stands, in words.
pub(crate) fn how_it_stands(view: &View<'_>, person: Person) -> String {
    let access = &view.setting.access;
    if !access.has_account(person) {
        return "No account".to_owned();
    }
    if !view.setting.people.is_here(person, view.today) {
        return "Stopped: the person is not here".to_owned();
    }
    if let Some(waits) = access.waiting_code(person, view.today)
        && view.now < waits.from
    {
        return format!(
            "A new code waits for a second person, or until {}",
            waits.from.in_words()
        );
    }
    let chosen = access.hash(person).is_some();
    match access.code_until(person) {
        Some(until) if until < view.today && !chosen => {
            "Waits for a password; the code has run out".to_owned()
        }
        Some(until) if until < view.today => "In use".to_owned(),
        Some(until) if chosen => {
            format!("In use; a new code is good until {}", date_in_words(until))
        }
        Some(until) => format!(
            "Waits for a password; the code is good until {}",
            date_in_words(until)
        ),
        None => "In use".to_owned(),
    }
}
