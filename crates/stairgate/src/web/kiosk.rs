//! What a kiosk shows: its forms as large buttons, and nothing else. A tablet that is a kiosk gets to
//! no other page, whatever it asks for.

use super::{
    app::App,
    frame,
    made::plain,
    passwords::digest,
    say, show, sign_in,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use desk::desk::Failed;
use families::{
    access::{
        acts::{Act as Access, kiosks::Act as Kiosk},
        entries::kiosks::Purpose,
    },
    families as all,
    spine::{
        act::{Act, Actor, Who},
        answers::Answers,
    },
};
use kit::{button::button, form::Problems, text};
use maud::html;

/// Where a kiosk begins.
pub(crate) const HOME: &str = "/kiosk";
/// How long a kiosk's cookie lasts, in seconds.
const COOKIE_SECONDS: u64 = 400 * 24 * 3600;

/// Letters and digits of a code.
const CODE_CHARS: usize = 12;

/// What a kiosk offers, by its purpose.
fn places(purpose: Purpose) -> &'static [&'static str] {
    match purpose {
        Purpose::Door => &[
            "/visitors/sign-in",
            "/visitors/sign-out",
            "/concerns/report",
            "/concerns/tell",
        ],
        Purpose::Signing => &["/kiosk/sign", "/concerns/report", "/concerns/tell"],
    }
}

/// Whether this kiosk may ask for an address: its first page, what it is for, and the languages.
/// What it is shown there is for `permit` to say.
pub(crate) fn may(app: &App, visitor: &Visitor, path: &str) -> bool {
    let Who::Kiosk(number) = visitor.actor.who else {
        return false;
    };
    let state = app.desk.state();
    let purpose = state.setting.access.kiosks().find(number);
    let under = match purpose.map(|kiosk| kiosk.purpose) {
        Some(Purpose::Door) => path.starts_with("/visitors/"),
        Some(Purpose::Signing) => path.starts_with("/kiosk/") && path != "/kiosk/begin",
        None => false,
    };
    // A worry is taken wherever somebody stands.
    let tells = matches!(
        path,
        "/concerns/report" | "/concerns/sent" | "/concerns/tell" | "/concerns/told"
    );
    path == HOME || under || tells || path.starts_with("/language/")
}

/// The title of what is at an address.
fn title(at: &str) -> Option<&'static str> {
    let page = all::pages().find(|page| page.path == at);
    let form = all::forms().find(|form| form.path == at);
    page.map(|page| page.title).or(form.map(|form| form.title))
}

/// The first page of a kiosk.
pub(crate) fn home(app: &App, visitor: &Visitor) -> Response<Body> {
    let Who::Kiosk(number) = visitor.actor.who else {
        return say::nothing_here(app, visitor);
    };
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let kiosk = view.setting.access.kiosks().find(number);
            let name = kiosk.map(|kiosk| kiosk.name.clone()).unwrap_or_default();
            let purpose = kiosk.map(|kiosk| kiosk.purpose);
            let offers = purpose.map(places).unwrap_or_default();
            let content = html! {
                (text::h1("Welcome"))
                @for at in offers {
                    @if let Some(title) = title(at) { p { (button(view.phrase(title)).to(*at)) } }
                }
            };
            let about = frame::About {
                title: &name,
                path: HOME,
                offers_at: HOME,
                help: "",
                narrow: true,
                ..frame::About::default()
            };
            frame::page(view, about, content)
        });
    match drawn {
        Ok(page) => say::html(StatusCode::OK, page),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// Makes a tablet a kiosk, when the code is right.
pub(crate) async fn begin(
    app: &App,
    visitor: &Visitor,
    answers: &Answers,
    from: &str,
) -> Response<Body> {
    if app.attempts.wait_minutes(from, app.now()) > 0 {
        return say::slow_down(app, visitor);
    }
    let token = visitor::secret(24);
    let act = Kiosk::TakeUp {
        code: digest(&plain(answers.raw("code").unwrap_or_default())),
        token: digest(&token),
        device: digest(&visitor.device),
    };
    let act = Act::Access(Access::Kiosk(act));
    match app.perform(&visitor.actor, act, &[]).await {
        Ok(_) => begun(app, visitor, &token),
        Err(Failed::Unavailable(says)) => say::trouble(app, visitor, &says),
        Err(Failed::No(_)) => {
            // What can't be a code is no guess.
            if plain(answers.raw("code").unwrap_or_default()).len() == CODE_CHARS {
                app.attempts.note(from, app.now());
            }
            wrong(app, visitor)
        }
    }
}

/// The form again: the code opens no kiosk.
fn wrong(app: &App, visitor: &Visitor) -> Response<Body> {
    let Some(form) = all::forms().find(|form| form.act == "access.take-up-kiosk") else {
        return say::nothing_here(app, visitor);
    };
    let mut problems = Problems::none();
    let says = "This code opens no kiosk, or it was used before. Ask a manager for a new one";
    problems.add("code", says);
    let none = Answers::default();
    let drawn = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            show::draw_form(view, form, form.path, &none, &problems, &html! {}, None)
        });
    match drawn {
        Ok(page) => say::html(StatusCode::UNPROCESSABLE_ENTITY, page),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// Gives the tablet that took up a kiosk its token, and signs out whoever was signed in on it.
fn begun(app: &App, visitor: &Visitor, token: &str) -> Response<Body> {
    if let Some(secret) = &visitor.secret {
        app.sessions.end(secret);
    }
    let mut answer = say::go_to(HOME);
    let headers = answer.headers_mut();
    let token = visitor::set(app, visitor::KIOSK, token, Some(COOKIE_SECONDS));
    headers.append(header::SET_COOKIE, token);
    let gone = visitor::set(app, visitor::SESSION, "", Some(0));
    headers.append(header::SET_COOKIE, gone);
    sign_in::with_device(app, visitor, answer)
}

/// Whether this is a kiosk.
pub(crate) fn is_one(actor: &Actor) -> bool {
    matches!(actor.who, Who::Kiosk(_))
}
