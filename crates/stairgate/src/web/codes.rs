//! Codes to sign with are guessed as passwords are. Wherever one is read, in an address or in a form,
//! one that is nobody's counts against where it came from, and after too many there is a wait.

use super::{app::App, made::plain, passwords::digest, say, visitor::Visitor};
use axum::{body::Body, http::Response};

/// What is answered instead of looking at one more code from here.
pub(crate) fn slowed(
    app: &App,
    visitor: &Visitor,
    path: &str,
    code: &str,
    from: &str,
) -> Option<Response<Body>> {
    let code = plain(code);
    if code.is_empty() || !(path == "/sign" || path.starts_with("/sign/")) {
        return None;
    }
    let now = app.now();
    if app.attempts.wait_minutes(from, now) > 0 {
        return Some(say::slow_down(app, visitor));
    }
    let state = app.desk.state();
    let agreements = &state.setting.agreements;
    if agreements.whose_code(&digest(&code), now.date()).is_none() {
        app.attempts.note(from, now);
    }
    None
}
