//! Pages and forms of this family: who may reach what, changes, requests, and “We saw something”;
//! and whether the filter does what it says: lists, checks, ways round, coverage, providers, reviews.

mod change_forms;
mod checks;
mod coverage;
mod forms;
mod lists;
mod mail;
mod overview;
mod providers;
mod replay;
mod reports;
mod requests;
mod review;
mod ways;

use crate::spine::{
    page::{Form, Page},
    view::View,
};
use kit::navigation;
use maud::Markup;

/// Its pages.
pub const PAGES: &[Page] = &[
    overview::FILTER,
    overview::PLAN,
    requests::REQUESTS,
    lists::LISTS,
    checks::CHECKS,
    checks::CHECK,
    ways::WAYS_ROUND_PAGE,
    coverage::COVERAGE,
    providers::PROVIDERS,
    mail::MAIL,
    review::REVIEW,
    review::CHECKLISTS_PAGE,
    review::PACK,
];

/// Its forms.
pub const FORMS: &[Form] = &[
    change_forms::PROPOSE,
    change_forms::DECIDE,
    change_forms::TAKE_BACK,
    change_forms::REQUEST,
    change_forms::ANSWER,
    forms::NOTE_TOPIC,
    forms::RECORD_LIST,
    forms::END_LIST,
    forms::SAW_SOMETHING,
    lists::ADD,
    lists::PAUSE,
    lists::REMOVE,
    lists::SHORTER,
    reports::REPORT,
    reports::ANSWER,
    checks::BEGIN,
    checks::STEP,
    coverage::LINE,
    coverage::END_LINE,
    coverage::DEVICE,
    providers::NAME,
    providers::END,
    providers::REVIEW,
    mail::DOMAIN,
    mail::JUNK,
    review::ASK,
    review::WRITE,
];

/// The pages of the filter: address and words.
const AROUND: [(&str, &str); 9] = [
    ("/filter", "Filter"),
    ("/filter/requests", "Requests"),
    ("/filter/lists", "Lists"),
    ("/filter/checks", "Checks"),
    ("/filter/coverage", "Coverage"),
    ("/filter/ways-round", "Ways round"),
    ("/filter/providers", "Providers"),
    ("/filter/mail", "Mail"),
    ("/filter/review", "Review"),
];

/// The other pages of the filter, above one of them.
fn around(_view: &View<'_>, here: &str) -> Markup {
    let items = AROUND.map(|(path, words)| (path, words, path == here));
    navigation::sub_navigation("The filter", &items)
}
