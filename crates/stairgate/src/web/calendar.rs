//! Calendar feeds: what a person owes, for calendar programs, which can't sign in. Whoever has the
//! address has the feed; a wrong one, an old one and one of somebody who left answer the same.

use super::{app::App, passwords::digest, say};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};
use families::{
    notices::{calendar, register},
    spine::act::Actor,
};

/// The secret in an address of a feed: `/calendar/<secret>.ics`.
pub(crate) fn secret_in(path: &str) -> Option<&str> {
    path.strip_prefix("/calendar/")?.strip_suffix(".ics")
}

/// The feed.
pub(crate) fn feed(app: &App, secret: &str, headers: &HeaderMap) -> Response<Body> {
    let now = app.now();
    let state = app.desk.state();
    // A digest is looked up, so that the time it takes says nothing about the secret.
    let person = register::whose_feed(&digest(secret), &state.setting, now.date());
    let text = person.and_then(|person| {
        let who = Actor::person_only(person);
        app.desk.view(&who, now, "", None, calendar::feed).ok()
    });
    let Some(text) = text else {
        return say::html(
            StatusCode::NOT_FOUND,
            "There is no calendar at this address.".to_owned(),
        );
    };
    let tag = format!("\"{}\"", digest(&text));
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut answer = Response::new(if known { Body::empty() } else { text.into() });
    if known {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = answer.headers_mut();
    let mime = HeaderValue::from_static("text/calendar; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, mime);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    answer
}
