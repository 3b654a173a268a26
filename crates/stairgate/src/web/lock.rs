//! Locked sessions: the page that covers everything until PIN, password or passkey opens it again.
//! What was typed in a form goes along and is sent when the session is open.

use super::{
    app::App,
    say, sign_in, steps,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, header},
};
use desk::desk::Failed;
use families::{
    access::{
        acts::{Act as Access, steps::Act as Step},
        entries::steps::Key,
    },
    spine::{
        act::{Act, Actor, Person, Who},
        answers::Answers,
        judge::No,
    },
};
use kit::{
    button::button,
    field::{Field, Width},
    form,
    form::Problems,
    text,
};
use maud::{Markup, html};

/// What was asked for when the page was found locked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waits {
    /// The address.
    pub(crate) at: String,
    /// The form that was sent there, as it came; empty when only a page was asked for.
    pub(crate) typed: String,
}

/// The page of a locked session.
pub(crate) fn page(
    app: &App,
    visitor: &Visitor,
    waits: &Waits,
    problems: &Problems,
) -> Response<Body> {
    let Some(person) = visitor.locked() else {
        return say::go_to("/");
    };
    let name = app
        .desk
        .view(&of(visitor, person), app.now(), "", None, |view| {
            view.name(person)
        })
        .unwrap_or_default();
    let content = html! {
        (text::paragraph(html! { "Signed in as " strong { (name) } "." }))
        @if !waits.typed.is_empty() {
            (text::inset("What you typed is kept and is sent when you unlock."))
        }
        (steps::passkey_form(app, visitor, "/unlock", "Unlock with a passkey", &waits.at))
        (key_form(visitor, "/unlock", waits, problems, "PIN or password", "Unlock"))
        (form::button_form("/sign-out", &visitor.csrf, &[], &button("Sign out").secondary()))
    };
    let drawn = steps::Drawn {
        title: "This screen is locked",
        path: "",
        help: "",
        problems,
    };
    steps::draw(app, visitor, &drawn, &content)
}

/// The form that takes a key, and carries along what waits.
pub(crate) fn key_form(
    visitor: &Visitor,
    action: &str,
    waits: &Waits,
    problems: &Problems,
    label: &str,
    press: &str,
) -> Markup {
    form::form(
        action,
        &visitor.csrf,
        html! {
            (form::hidden("at", &waits.at))
            (form::hidden("typed", &waits.typed))
            (Field::new("key", label).problems(problems).width(Width::Twenty).autocomplete("current-password").password())
            (button(press))
        },
    )
}

/// Locks the session and shows that it is locked.
pub(crate) fn lock(app: &App, visitor: &Visitor) -> Response<Body> {
    if let Some(secret) = &visitor.secret {
        app.sessions.lock(secret);
    }
    say::go_to("/")
}

/// What came of trying to unlock.
pub(crate) enum Unlocked {
    /// It is open: go on with what was asked for.
    Open(Waits),
    /// It is not, or the session is over.
    Not(Box<Response<Body>>),
}

/// Tries to unlock a session.
pub(crate) async fn unlock(app: &App, visitor: &Visitor, answers: &Answers) -> Unlocked {
    let no = |answer| Unlocked::Not(Box::new(answer));
    let (Some(person), Some(secret), Some(session)) =
        (visitor.locked(), &visitor.secret, &visitor.session)
    else {
        return no(say::go_to("/"));
    };
    let waits = Waits {
        at: sign_in::safe(answers.raw("at").or(answers.raw("then")).unwrap_or("/")),
        typed: answers.raw("typed").unwrap_or_default().to_owned(),
    };
    if !app.sessions.try_key(secret) {
        app.sessions.end(secret);
        return no(over(app));
    }
    let with = match key(app, visitor, person, answers, true).await {
        Ok(Some(with)) => with,
        Ok(None) => {
            record_wrong(app, person);
            if app.sessions.end_if_spent(secret) {
                return no(over(app));
            }
            let mut problems = Problems::none();
            problems.add(
                "key",
                "This does not unlock it. After five wrong tries you sign in again",
            );
            return no(page(app, visitor, &waits, &problems));
        }
        Err(error) => {
            tracing::error!(%error, "a key could not be checked");
            return no(say::trouble(
                app,
                visitor,
                "This could not be checked just now.",
            ));
        }
    };
    let unlocked = Step::RecordUnlocked {
        with,
        began: session.made,
    };
    let act = Act::Access(Access::Step(unlocked));
    match app.perform(&of(visitor, person), act, &[]).await {
        Ok(_) => {
            if !app.sessions.unlock(secret, app.now()) {
                return no(over(app));
            }
            showed(app, secret, with);
            Unlocked::Open(waits)
        }
        Err(Failed::Unavailable(says)) => no(say::trouble(app, visitor, &says)),
        Err(Failed::No(No::Refused(_) | No::NotAllowed(_) | No::Mistakes(_) | No::Ask(_))) => {
            app.sessions.end(secret);
            no(over(app))
        }
    }
}

/// Notes what a session showed with a key: a PIN says nothing of who it is.
pub(crate) fn showed(app: &App, secret: &str, with: Key) {
    match with {
        Key::Pin => return,
        Key::Passkey => app.sessions.prove(secret),
        Key::Password => {}
    }
    app.sessions.show(secret, app.now());
}

/// What the answers unlock with, if it fits. A PIN opens nothing but a locked session on its own
/// device: it is taken nowhere else.
pub(crate) async fn key(
    app: &App,
    visitor: &Visitor,
    person: Person,
    answers: &Answers,
    takes_pin: bool,
) -> anyhow::Result<Option<Key>> {
    if answers
        .raw("signature")
        .is_some_and(|part| !part.is_empty())
    {
        let whose = sign_in::passkey_of(app, visitor, answers);
        return Ok((whose == Some(person)).then_some(Key::Passkey));
    }
    let given: String = answers
        .raw("key")
        .unwrap_or_default()
        .chars()
        .take(256)
        .collect();
    let (pin, password) = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let access = &view.setting.access;
            let pin = access.steps(person).and_then(|steps| steps.pin());
            (
                pin.and_then(|pin| view.open(pin)),
                access.hash(person).and_then(|hash| view.open(hash)),
            )
        })?;
    let is_pin = given.len() <= 12 && given.bytes().all(|byte| byte.is_ascii_digit());
    if takes_pin && is_pin && pin.is_some() {
        return Ok(app.passwords.fits(&given, pin).await?.then_some(Key::Pin));
    }
    Ok(app
        .passwords
        .fits(&given, password)
        .await?
        .then_some(Key::Password))
}

fn record_wrong(app: &App, person: Person) {
    let failed = Act::Access(Access::RecordFailedSignIn { person });
    app.desk
        .ask(&Actor::nobody(), failed, &[], app.now(), Box::new(drop));
}

fn over(app: &App) -> Response<Body> {
    let mut answer = say::go_to("/sign-in");
    let gone = visitor::set(app, visitor::SESSION, "", Some(0));
    answer.headers_mut().append(header::SET_COOKIE, gone);
    answer
}

/// Whoever locked the session, as an actor.
fn of(visitor: &Visitor, person: Person) -> Actor {
    Actor {
        who: Who::Person(person),
        device: visitor.actor.device.clone(),
        proof: visitor
            .session
            .as_ref()
            .map(|session| session.proof)
            .unwrap_or_default(),
        ..Actor::default()
    }
}
