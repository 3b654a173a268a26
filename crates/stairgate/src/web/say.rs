//! Answers that are no page of a family: not found, not allowed, something went wrong. In words, and
//! the same words whether a thing does not exist or this reader may not see it.

use super::{app::App, frame, visitor::Visitor};
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use families::spine::permit::NotAllowed;
use kit::text;
use maud::{Markup, html};

/// A page as an answer.
pub(crate) fn html(status: StatusCode, page: String) -> Response<Body> {
    let mut answer = Response::new(Body::from(page));
    *answer.status_mut() = status;
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    answer
}

/// Go there next.
pub(crate) fn go_to(address: &str) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::SEE_OTHER;
    let place = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    answer.headers_mut().insert(header::LOCATION, place);
    answer
}

/// There is nothing there, or nothing for this reader.
pub(crate) fn nothing_here(app: &App, visitor: &Visitor) -> Response<Body> {
    let tongue = visitor.actor.tongue;
    let content = html! {
        (text::h1(tongue.say("nothing-here-for-you")))
        (text::paragraph(tongue.say("nothing-here-why")))
        (text::paragraph(html! { (text::link("/", tongue.say("go-to-today"))) }))
    };
    let title = tongue.say("nothing-here");
    simple(app, visitor, StatusCode::NOT_FOUND, &title, content)
}

/// This reader may not; the same answer as when there is nothing.
pub(crate) fn not_allowed(
    app: &App,
    visitor: &Visitor,
    no: &NotAllowed,
    address: &str,
) -> Response<Body> {
    if no.sign_in {
        let place: String = address
            .chars()
            .filter(|c| c.is_ascii_graphic())
            .take(300)
            .collect();
        let then = place
            .replace('%', "%25")
            .replace('&', "%26")
            .replace('?', "%3F")
            .replace('#', "%23");
        return go_to(&format!("/sign-in?then={then}"));
    }
    nothing_here(app, visitor)
}

/// Something went wrong that is not the person's fault.
pub(crate) fn trouble(app: &App, visitor: &Visitor, says: &str) -> Response<Body> {
    let tongue = visitor.actor.tongue;
    let title = tongue.say("did-not-work");
    let content = html! {
        (text::h1(&title))
        (text::paragraph(tongue.phrase(says)))
        (text::paragraph(tongue.say("did-not-work-why")))
    };
    simple(
        app,
        visitor,
        StatusCode::SERVICE_UNAVAILABLE,
        &title,
        content,
    )
}

/// A form came without the mark that our own pages carry.
pub(crate) fn forged(app: &App, visitor: &Visitor) -> Response<Body> {
    let tongue = visitor.actor.tongue;
    let title = tongue.say("send-again");
    let content = html! {
        (text::h1(&title))
        (text::paragraph(tongue.say("send-again-why")))
    };
    simple(app, visitor, StatusCode::FORBIDDEN, &title, content)
}

/// What was sent could not be taken in.
pub(crate) fn unread(app: &App, visitor: &Visitor, says: &str) -> Response<Body> {
    let tongue = visitor.actor.tongue;
    let title = tongue.say("not-taken-in");
    let content = html! {
        (text::h1(&title))
        (text::paragraph(tongue.phrase(says)))
        (text::paragraph(tongue.say("nothing-changed")))
    };
    simple(app, visitor, StatusCode::BAD_REQUEST, &title, content)
}

/// Too much was wrong from one address.
pub(crate) fn slow_down(app: &App, visitor: &Visitor) -> Response<Body> {
    let tongue = visitor.actor.tongue;
    let title = tongue.say("later");
    let content = html! {
        (text::h1(&title))
        (text::paragraph(tongue.say("later-why")))
    };
    simple(app, visitor, StatusCode::TOO_MANY_REQUESTS, &title, content)
}

/// A short page with the frame around it.
pub(crate) fn simple(
    app: &App,
    visitor: &Visitor,
    status: StatusCode,
    title: &str,
    content: Markup,
) -> Response<Body> {
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let about = frame::About {
                title,
                narrow: true,
                ..frame::About::default()
            };
            frame::page(view, about, content)
        });
    match drawn {
        Ok(page) => html(status, page),
        Err(error) => {
            tracing::error!(%error, "a page could not be drawn");
            let plain = "Stairgate could not read its data just now. Try again in a minute.";
            html(StatusCode::SERVICE_UNAVAILABLE, plain.to_owned())
        }
    }
}
