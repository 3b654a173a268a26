//! Signing in and out.

use super::{
    app::App,
    attempts::FREE,
    frame, oidc,
    passkeys::{self, Answered},
    passwords, say,
    sessions::Begin,
    steps,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use desk::desk::Failed;
use families::{
    access::acts::{Act as Access, oidc::Act as Oidc, steps::Act as Step},
    spine::{
        act::{Act, Actor, Person, Proof, Who},
        answers::Answers,
        judge::No,
        page::address,
        tongue,
        view::View,
    },
};
use kernel::value::Value;
use kit::{button::button, field::Field, form, form::Problems, text};
use maud::{Markup, html};

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
    page_with(app, visitor, then, user, problems, &html! {})
}

/// The same, with something to say above the fields.
pub(crate) fn page_with(
    app: &App,
    visitor: &Visitor,
    then: &str,
    user: &str,
    problems: &Problems,
    above: &Markup,
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
            (above)
            (provider_button(view, then))
            (steps::passkey_form(app, visitor, "/sign-in/passkey", &view.phrase("Sign in with a passkey"), then))
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
            (families::monitor::pages::line_for_signing_in(view))
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

/// The way to sign in with an account somewhere else, where there is one. Whoever has just come
/// back from there is not sent there again.
fn provider_button(view: &View<'_>, then: &str) -> Markup {
    let provider = view.setting.access.provider_in_use();
    let Some(provider) = provider.filter(|_| then != oidc::LINK) else {
        return html! {};
    };
    let name = provider.name.as_str();
    let words = view.say_with("provider-sign-in", &[("name", name.into())]);
    let to = address(oidc::BEGIN, &[("then", then)]);
    html! { (button(words).to(to).secondary()) }
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
    let (found, hash) = match find(app, &user) {
        Ok(found) => found,
        Err(error) => {
            let says = format!("The ledger could not be read: {error}.");
            return say::trouble(app, visitor, &says);
        }
    };
    let key = counted_as(app, visitor, &user, found.as_ref());
    let slows = match app.attempts.begin_with(&key, address, free(app), app.now()) {
        Ok(slows) => slows,
        Err(wait) => {
            problems.add(
                "password",
                tongue.say_with("sign-in-wait", &[("minutes", wait.into())]),
            );
            return page(app, visitor, &then, &user, &problems);
        }
    };
    match app.passwords.fits(&password, Some(hash.clone())).await {
        Ok(true) => {}
        Ok(false) => {
            record_wrong(app, found.as_ref(), slows);
            app.attempts.note(address, app.now());
            problems.add("password", tongue.say("sign-in-wrong"));
            return page(app, visitor, &then, &user, &problems);
        }
        Err(error) => {
            app.attempts.take_back(&key, app.now());
            tracing::error!(%error, "a password could not be checked");
            return say::trouble(app, visitor, "The password could not be checked just now.");
        }
    }
    let Some(found) = found.filter(|found| found.here) else {
        problems.add("password", tongue.say("sign-in-wrong"));
        return page(app, visitor, &then, &user, &problems);
    };
    app.attempts.forget(&key);
    if !passwords::is_of_today(&hash) {
        hash_anew(app, &found, &password).await;
    }
    if found.steps {
        return steps::ask(app, visitor, &found.shown(Proof::One), &then);
    }
    begin(app, visitor, &found.shown(Proof::One), &then).await
}

/// An account, as far as signing in has to know it.
struct Found {
    person: Person,
    epoch: u32,
    here: bool,
    steps: bool,
}

/// Who has shown who they are, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) person: Person,
    pub(crate) epoch: u32,
    pub(crate) proof: Proof,
    /// Whether it was an account somewhere else that was shown first, and not a password here.
    pub(crate) elsewhere: bool,
}

impl Found {
    fn shown(&self, proof: Proof) -> Shown {
        Shown {
            person: self.person,
            epoch: self.epoch,
            proof,
            elsewhere: false,
        }
    }
}

/// The account with this user name, and the hash that its password is held against: without an
/// account one that no password fits, at the cost that some account has.
fn find(app: &App, user: &str) -> anyhow::Result<(Option<Found>, String)> {
    let today = app.now().date();
    let found = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let access = &view.setting.access;
            let hash = |person| access.hash(person).and_then(|hash| view.open(hash));
            let person = access.find_user(|sealed| view.open(sealed).as_deref() == Some(user));
            let found = person.and_then(|person| {
                let found = Found {
                    person,
                    epoch: access.epoch(person)?,
                    here: view.setting.lets_in(person, today),
                    steps: access.steps(person).is_some_and(|steps| steps.any()),
                };
                Some((Some(found), hash(person)?))
            });
            found.unwrap_or_else(|| {
                let chosen: Vec<Person> = access
                    .people()
                    .filter(|person| access.hash(*person).is_some())
                    .collect();
                let like = chosen.get(app.passwords.like(user, chosen.len()));
                let like = like.and_then(|person| hash(*person));
                (None, app.passwords.nobodys(like.as_deref()))
            })
        })?;
    Ok(found)
}

/// Keeps a password that was right under a hash of today. That it could not be is no reason to let
/// nobody in: the next time will do.
async fn hash_anew(app: &App, found: &Found, password: &str) {
    let Ok(hash) = app.passwords.make(password).await else {
        return;
    };
    let act = Act::Access(Access::HashAnew {
        hash,
        epoch: found.epoch,
    });
    let actor = Actor::person_only(found.person);
    if let Err(failed) = app.perform(&actor, act, &[]).await {
        tracing::warn!(?failed, "a password could not be hashed anew");
    }
}

/// Under which name wrong passwords are counted: a device on which the person has signed in before
/// counts apart, so that strangers can't keep them out.
fn counted_as(app: &App, visitor: &Visitor, user: &str, found: Option<&Found>) -> String {
    let known = found.is_some_and(|found| app.sessions.knows(&visitor.device, found.person));
    if known {
        format!("account:{user} on {}", visitor.device)
    } else {
        format!("account:{user}")
    }
}

/// How many wrong passwords the policy leaves free.
fn free(app: &App) -> u32 {
    let state = app.desk.state();
    let chosen = state
        .in_force
        .find("access.attempts")
        .and_then(|control| control.bound.values.get("attempts"));
    match chosen {
        Some(Value::Number(number)) => u32::try_from((*number).clamp(1, 100)).unwrap_or(FREE),
        _ => FREE,
    }
}

/// Records a wrong password. Not waited for: the time that writing takes would tell who has an
/// account.
fn record_wrong(app: &App, found: Option<&Found>, slows: bool) {
    let Some(person) = found.map(|found| found.person) else {
        return;
    };
    let mut acts = vec![Access::RecordFailedSignIn { person }];
    if slows {
        acts.push(Access::Step(Step::RecordSlowed { person }));
    }
    for act in acts {
        let act = Act::Access(act);
        app.desk
            .ask(&Actor::nobody(), act, &[], app.now(), Box::new(drop));
    }
}

/// Begins a session for somebody who has shown who they are.
pub(crate) async fn begin(
    app: &App,
    visitor: &Visitor,
    shown: &Shown,
    then: &str,
) -> Response<Body> {
    let Shown {
        person,
        epoch,
        proof,
        elsewhere,
    } = *shown;
    let actor = Actor {
        who: Who::Person(person),
        device: visitor.actor.device.clone(),
        proof,
        elsewhere,
        ..Actor::default()
    };
    let act = if elsewhere {
        Access::Oidc(Oidc::RecordSignIn)
    } else if app.sessions.knows(&visitor.device, person) {
        Access::RecordSignIn
    } else {
        Access::Step(Step::RecordSignInAnew)
    };
    match app.perform(&actor, Act::Access(act), &[]).await {
        Ok(_) => {}
        Err(Failed::No(No::Refused(refusals))) => {
            let mut problems = Problems::none();
            for refusal in refusals {
                let says = format!("{} {}", refusal.reason, refusal.what_now);
                problems.add("password", says.trim_end_matches('.'));
            }
            return page(app, visitor, then, "", &problems);
        }
        Err(failed) => {
            tracing::error!(?failed, "a sign-in could not be recorded");
            return say::trouble(
                app,
                visitor,
                "Signing in could not be recorded, so it was not done.",
            );
        }
    }
    // A new secret at each sign-in: whoever knew the one before knows nothing now.
    let secret = visitor::secret(32);
    if let Some(old) = &visitor.secret {
        app.sessions.end(old);
    }
    let session = Begin {
        secret: &secret,
        person,
        epoch,
        proof,
        elsewhere,
        device: &visitor.device,
        label: visitor.actor.device.as_deref().unwrap_or_default(),
    };
    if let Err(error) = app.sessions.begin(&session, app.now()) {
        tracing::error!(%error, "a session could not be kept");
        return say::trouble(app, visitor, "Signing in could not be kept on the disk.");
    }
    let mut answer = say::go_to(then);
    let headers = answer.headers_mut();
    headers.append(
        header::SET_COOKIE,
        visitor::set(app, visitor::SESSION, &secret, None),
    );
    if visitor.half.is_some() {
        let gone = visitor::set(app, visitor::HALF, "", Some(0));
        headers.append(header::SET_COOKIE, gone);
    }
    with_device(app, visitor, answer)
}

/// Signs in with a passkey: no user name is asked for, the device knows whose it is.
pub(crate) async fn with_passkey(
    app: &App,
    visitor: &Visitor,
    answers: &Answers,
    address: &str,
) -> Response<Body> {
    let then = safe(&answers.text("then").unwrap_or_default());
    if app.attempts.wait_minutes(address, app.now()) > 0 {
        return say::slow_down(app, visitor);
    }
    let state = app.desk.state();
    let (setting, today) = (&state.setting, app.now().date());
    // Somebody who is shut out sees what anybody sees whose passkey is not known.
    let person = passkey_of(app, visitor, answers).filter(|who| setting.lets_in(*who, today));
    let shown = person.and_then(|person| {
        Some(Shown {
            person,
            epoch: setting.access.epoch(person)?,
            proof: Proof::Two,
            elsewhere: false,
        })
    });
    let Some(shown) = shown else {
        app.attempts.note(address, app.now());
        let mut problems = Problems::none();
        let says =
            "This passkey was not taken. Try again, or sign in with your user name and password";
        problems.add("user", says);
        return page(app, visitor, &then, "", &problems);
    };
    begin(app, visitor, &shown, &then).await
}

/// Whose passkey answered our challenge.
pub(crate) fn passkey_of(app: &App, visitor: &Visitor, answers: &Answers) -> Option<Person> {
    let part = |name: &str| answers.raw(name).unwrap_or_default();
    let answered = Answered {
        id: part("id"),
        client: part("client"),
        data: part("data"),
        signature: part("signature"),
    };
    let state = app.desk.state();
    let (person, passkey) = state.setting.access.whose_passkey(answered.id)?;
    passkeys::signed(app, &visitor.device, &answered, &passkey.key)?;
    Some(person)
}

/// Signs out.
pub(crate) async fn sign_out(app: &App, visitor: &Visitor) -> Response<Body> {
    if let Some(secret) = &visitor.secret {
        app.sessions.end(secret);
        let actor = Actor {
            who: visitor
                .session
                .as_ref()
                .map_or(Who::Nobody, |s| Who::Person(s.person)),
            ..visitor.actor.clone()
        };
        drop(
            app.perform(&actor, Act::Access(Access::RecordSignOut), &[])
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
