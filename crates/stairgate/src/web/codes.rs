//! Codes to sign with. They are guessed as passwords are: wherever one is read, in an address or in a
//! form, one that is nobody's counts against where it came from, and after too many there is a wait.
//! A browser keeps addresses, and servers in front write them down, so a code that comes in one is
//! taken out of it at once and carried in a cookie.

use super::{
    app::App,
    made::plain,
    passwords::digest,
    say, sign_in,
    visitor::{self, Visitor},
};
use axum::{body::Body, http::Response};
use families::spine::page::Params;

/// Where somebody signs with a code.
pub(crate) const SIGN: &str = "/sign";
/// The name of the code, in addresses and forms.
const CODE: &str = "code";
/// How long a browser carries a code along, in seconds.
const CARRIED_SECONDS: u64 = 3600;
/// The most letters of a code that are carried.
const LETTERS_MAX: usize = 20;

fn is_signing(path: &str) -> bool {
    path.strip_prefix(SIGN)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What is answered instead of looking at one more code from here.
pub(crate) fn slowed(
    app: &App,
    visitor: &Visitor,
    path: &str,
    code: &str,
    from: &str,
) -> Option<Response<Body>> {
    let code = plain(code);
    if code.is_empty() || !is_signing(path) {
        return None;
    }
    let now = app.now();
    if app.attempts.wait_minutes(from, now) > 0 {
        return Some(say::slow_down(app, visitor));
    }
    if !is_good(app, &code) {
        app.attempts.note(from, now);
    }
    None
}

fn is_good(app: &App, code: &str) -> bool {
    let (state, today) = (app.desk.state(), app.now().date());
    let setting = &state.setting;
    let whose = setting
        .agreements
        .whose_code(&digest(&plain(code)), &setting.people, today);
    whose.is_some()
}

/// A page where somebody signs with a code. One that stands in the address is taken out of it; one
/// that is carried along goes to the page, for which `show` is asked.
pub(crate) fn get(
    app: &App,
    visitor: &Visitor,
    path: &str,
    query: &Params,
    from: &str,
    show: impl FnOnce(&Params) -> Response<Body>,
) -> Response<Body> {
    if !is_signing(path) {
        return show(query);
    }
    let given = query.get(CODE);
    if !given.is_empty() {
        return carry(app, visitor, path, given, from);
    }
    let Some(code) = visitor.code.as_deref() else {
        return show(query);
    };
    if let Some(wait) = slowed(app, visitor, path, code, from) {
        return wait;
    }
    let mut query = query.clone();
    query.0.insert(CODE.to_owned(), code.to_owned());
    let mut answer = show(&query);
    // A wrong one is said once, and not counted again whenever the page is looked at.
    if !is_good(app, code) {
        let gone = visitor::set(app, visitor::CODE, "", Some(0));
        visitor::add(&mut answer, gone);
    }
    answer
}

/// Takes a code along to where something is signed with it.
pub(crate) fn carry(
    app: &App,
    visitor: &Visitor,
    path: &str,
    code: &str,
    from: &str,
) -> Response<Body> {
    if app.attempts.wait_minutes(from, app.now()) > 0 {
        return say::slow_down(app, visitor);
    }
    let code: String = plain(code).chars().take(LETTERS_MAX).collect();
    let mut answer = say::go_to(path);
    let cookie = visitor::set(app, visitor::CODE, &code, Some(CARRIED_SECONDS));
    visitor::add(&mut answer, cookie);
    sign_in::with_device(app, visitor, answer)
}
