//! Who somebody is, asked once more: before what lets somebody in or changes how somebody gets in.
//! An open screen is not enough for it. What was typed in a form is sent once it is shown.

use super::{
    app::App,
    lock::{self, Unlocked, Waits},
    oidc, routes, say, sign_in, steps,
    visitor::Visitor,
};
use axum::{
    body::Body,
    http::{Response, Uri},
};
use families::{
    families as all,
    spine::{
        answers::Answers,
        door,
        page::{Params, address},
    },
};
use kit::{form::Problems, text};
use maud::html;

/// Where it is asked.
pub(crate) const AT: &str = "/account/anew";

/// Whether what is at an address asks for it; `act` tells forms apart that share it.
pub(crate) fn is_asked(app: &App, visitor: &Visitor, uri: &Uri, query: &Params, act: &str) -> bool {
    if visitor.actor.person().is_none() {
        return false;
    }
    let path = uri.path();
    let (act, person) = match path {
        "/account/app" => ("access.add-app", None),
        "/account/passkeys/make" => ("access.add-passkey", None),
        oidc::LINK => ("access.link-provider", None),
        _ => {
            let forms = all::forms().filter(|form| act.is_empty() || form.act == act);
            match routes::find(forms, |form| form.path, path, query) {
                Some((form, params)) => (form.act, params.person("person")),
                None => return false,
            }
        }
    };
    door::asks_anew(act, person, &app.desk.state().setting)
}

/// The address that asks first, and then leads to this one.
pub(crate) fn before(uri: &Uri) -> String {
    let then = uri.path_and_query().map_or("/", |whole| whole.as_str());
    address(AT, &[("then", then)])
}

/// The page, as it was asked for.
pub(crate) fn asked(app: &App, visitor: &Visitor, query: &Params) -> Response<Body> {
    let waits = Waits {
        at: sign_in::safe(query.get("then")),
        typed: String::new(),
    };
    if visitor.is_fresh_to_begin(app) {
        return say::go_to(&waits.at);
    }
    page(app, visitor, &waits, &Problems::none())
}

/// The page.
pub(crate) fn page(
    app: &App,
    visitor: &Visitor,
    waits: &Waits,
    problems: &Problems,
) -> Response<Body> {
    if visitor.actor.person().is_none() {
        return say::go_to(&address("/sign-in", &[("then", &waits.at)]));
    }
    let content = html! {
        (text::paragraph("What comes next changes how people sign in here, so an open screen is not enough for it."))
        @if !waits.typed.is_empty() {
            (text::inset("What you typed is kept and is sent then."))
        }
        (steps::passkey_form(app, visitor, AT, "Use a passkey", &waits.at))
        (lock::key_form(visitor, AT, waits, problems, "Your password", "Go on"))
        (text::paragraph("If you sign in with an account somewhere else and have no password here, sign out and sign in again."))
    };
    let drawn = steps::Drawn {
        title: "Show once more that it is you",
        path: AT,
        help: "",
        problems,
    };
    steps::draw(app, visitor, &drawn, &content)
}

/// Takes the password or the passkey.
pub(crate) async fn take(app: &App, visitor: &Visitor, answers: &Answers) -> Unlocked {
    let no = |answer| Unlocked::Not(Box::new(answer));
    let waits = Waits {
        at: sign_in::safe(answers.raw("at").or(answers.raw("then")).unwrap_or("/")),
        typed: answers.raw("typed").unwrap_or_default().to_owned(),
    };
    let (Some(person), Some(secret)) = (visitor.actor.person(), &visitor.secret) else {
        return no(say::go_to("/sign-in"));
    };
    // The same tries as for the old password when a new one is chosen.
    let counted = format!("person:{}", person.0);
    if app.attempts.begin(&counted, "", app.now()).is_err() {
        return no(say::slow_down(app, visitor));
    }
    match lock::key(app, visitor, person, answers, false).await {
        Ok(Some(with)) => {
            app.attempts.forget(&counted);
            lock::showed(app, secret, with);
            Unlocked::Open(waits)
        }
        Ok(None) => {
            let mut problems = Problems::none();
            problems.add("key", "This is not your password");
            no(page(app, visitor, &waits, &problems))
        }
        Err(error) => {
            app.attempts.take_back(&counted, app.now());
            tracing::error!(%error, "a password could not be checked");
            no(say::trouble(
                app,
                visitor,
                "The password could not be checked just now.",
            ))
        }
    }
}
