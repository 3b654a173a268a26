//! Signing in and out.

use super::{
    app::App,
    frame, say,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use families::{
    access::acts::Act as Access,
    spine::{
        act::{Act, Actor, Person, Proof, Who},
        answers::Answers,
        page::address,
        tongue,
    },
};
use kit::{button::button, field::Field, form, form::Problems, text};
use maud::html;

/// How long a device is remembered, in seconds: so that the ledger tells devices apart.
const DEVICE_SECONDS: u64 = 400 * 24 * 3600;

/// The page for signing in.
pub(crate) fn page(
    app: &App,
    visitor: &Visitor,
    then: &str,
    user: &str,
    problems: &Problems,
) -> Response<Body> {
    if !app.desk.state().setting.access.is_set_up() {
        return say::go_to("/set-up");
    }
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let drawn = app.desk.view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
        let words = tongue::words(view.tongue());
        let title = view.say("sign-in");
        let field = |name: &str, id: &str| Field::new(name, view.say(id)).words(words).problems(problems);
        let content = html! {
            (form::error_summary_in(words, problems))
            (text::h1(&title))
            (form::form("/sign-in", view.csrf, html! {
                (form::hidden("then", then))
                (field("user", "sign-in-user").value(user).autocomplete("username").no_spellcheck().text())
                (field("password", "sign-in-password").autocomplete("current-password").password())
                (button(view.say("sign-in-button")))
            }))
            (text::paragraph(html! {
                (view.say("sign-in-code")) " " (text::link("/take-up", view.say("sign-in-code-link")))
            }))
            (text::paragraph(view.say("sign-in-help")))
        };
        let about = frame::About {
            title: &title,
            path: "/sign-in",
            offers_at: &address("/sign-in", &[("then", then)]),
            has_problems: !problems.is_empty(),
            narrow: true,
            ..frame::About::default()
        };
        frame::page(view, about, content)
    });
    match drawn {
        Ok(page) => with_device(app, visitor, say::html(status, page)),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// Signs somebody in.
pub(crate) async fn sign_in(
    app: &App,
    visitor: &Visitor,
    answers: &Answers,
    address: &str,
) -> Response<Body> {
    let user = answers.text("user").unwrap_or_default().to_lowercase();
    let password: String = answers
        .raw("password")
        .unwrap_or_default()
        .chars()
        .take(256)
        .collect();
    let then = safe(&answers.text("then").unwrap_or_default());
    let tongue = visitor.actor.tongue;
    let mut problems = Problems::none();
    if user.is_empty() || user.len() > 60 {
        problems.add("user", tongue.say("sign-in-enter-user"));
    }
    if password.is_empty() {
        problems.add("password", tongue.say("sign-in-enter-password"));
    }
    if !problems.is_empty() {
        return page(app, visitor, &then, &user, &problems);
    }
    let key = format!("account:{user}");
    if let Err(wait) = app.attempts.begin(&key, address, app.now()) {
        problems.add(
            "password",
            tongue.say_with("sign-in-wait", &[("minutes", i64::from(wait).into())]),
        );
        return page(app, visitor, &then, &user, &problems);
    }
    match account(app, &user, &password).await {
        Ok(Some((person, epoch))) => {
            app.attempts.forget(&key);
            begin(app, visitor, person, epoch, &then).await
        }
        Ok(None) => {
            app.attempts.note(address, app.now());
            problems.add("password", tongue.say("sign-in-wrong"));
            page(app, visitor, &then, &user, &problems)
        }
        Err(error) => {
            app.attempts.take_back(&key, app.now());
            tracing::error!(%error, "a password could not be checked");
            say::trouble(app, visitor, "The password could not be checked just now.")
        }
    }
}

/// The person with this user name and password, who is here today.
async fn account(app: &App, user: &str, password: &str) -> anyhow::Result<Option<(Person, u32)>> {
    let today = app.now().date();
    let found = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let access = &view.setting.access;
            let person = access.find_user(|sealed| view.open(sealed).as_deref() == Some(user))?;
            let hash = access.hash(person).and_then(|hash| view.open(hash))?;
            Some((
                person,
                access.epoch(person)?,
                hash,
                view.setting.people.is_here(person, today),
            ))
        })?;
    let hash = found.as_ref().map(|(_, _, hash, _)| hash.clone());
    let fits = app.passwords.fits(password, hash).await?;
    if let (Some((person, ..)), false) = (&found, fits) {
        // Not waited for: the time that writing takes would tell who has an account.
        let failed = Act::Access(Access::RecordFailedSignIn { person: *person });
        app.desk
            .ask(&Actor::nobody(), failed, &[], app.now(), Box::new(drop));
    }
    Ok(found
        .filter(|(_, _, _, here)| fits && *here)
        .map(|(person, epoch, ..)| (person, epoch)))
}

async fn begin(
    app: &App,
    visitor: &Visitor,
    person: Person,
    epoch: u32,
    then: &str,
) -> Response<Body> {
    let actor = Actor {
        who: Who::Person(person),
        device: visitor.actor.device.clone(),
        proof: Proof::One,
        ..Actor::default()
    };
    if let Err(failed) = app
        .perform(&actor, Act::Access(Access::RecordSignIn), &[])
        .await
    {
        tracing::error!(?failed, "a sign-in could not be recorded");
        return say::trouble(
            app,
            visitor,
            "Signing in could not be recorded, so it was not done.",
        );
    }
    // A new secret at each sign-in: whoever knew the one before knows nothing now.
    let secret = visitor::secret(32);
    if let Some(old) = &visitor.secret {
        app.sessions.end(old);
    }
    if let Err(error) = app.sessions.begin(&secret, person, epoch, app.now()) {
        tracing::error!(%error, "a session could not be kept");
        return say::trouble(app, visitor, "Signing in could not be kept on the disk.");
    }
    let mut answer = say::go_to(then);
    answer.headers_mut().append(
        header::SET_COOKIE,
        visitor::set(app, visitor::SESSION, &secret, None),
    );
    if app.desk.state().setting.people.speaks(person).is_some() {
        // What was chosen on this device before was chosen by whoever it was.
        visitor::forget_language(app, &mut answer);
    }
    with_device(app, visitor, answer)
}

/// Signs out.
pub(crate) async fn sign_out(app: &App, visitor: &Visitor) -> Response<Body> {
    if let Some(secret) = &visitor.secret {
        app.sessions.end(secret);
        drop(
            app.perform(&visitor.actor, Act::Access(Access::RecordSignOut), &[])
                .await,
        );
    }
    let mut answer = say::go_to("/sign-in");
    answer.headers_mut().append(
        header::SET_COOKIE,
        visitor::set(app, visitor::SESSION, "", Some(0)),
    );
    answer
}

/// Sets the device's number where there is none yet.
pub(crate) fn with_device(
    app: &App,
    visitor: &Visitor,
    mut answer: Response<Body>,
) -> Response<Body> {
    if visitor.new_device {
        let cookie = visitor::set(app, visitor::DEVICE, &visitor.device, Some(DEVICE_SECONDS));
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// An address inside this site, whatever was asked for.
pub(crate) fn safe(then: &str) -> String {
    let inside = then.starts_with('/') && !then.starts_with("//") && !then.contains('\\');
    let plain = then.chars().all(|c| c.is_ascii_graphic());
    if inside && plain && then.len() <= 300 {
        then.to_owned()
    } else {
        "/".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_sent_elsewhere() {
        assert_eq!(safe("/policy?family=roles"), "/policy?family=roles");
        for outside in [
            "https://x.example",
            "//x.example",
            "/\\x.example",
            "javascript:1",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(safe(outside), "/", "{outside}");
        }
    }
}
