//! The second step: asked for after the password, and set up on one's own account. Secrets are made
//! and checked here; acts carry them sealed or as digests.

use super::{
    app::App,
    app_codes, frame,
    made::codes,
    passkeys::{self, Answered},
    passwords::digest,
    say,
    sign_in::{self, Shown},
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};
use desk::desk::Failed;
use families::{
    access::acts::{Act as Access, steps::Act as Step},
    spine::{
        act::{Act, Actor, Person, Proof, Who},
        answers::Answers,
        judge::No,
    },
};
use kit::{
    button::{button, buttons},
    field::{Field, Width},
    form,
    form::{CSRF_FIELD, Problems},
    text,
};
use maud::{Markup, html};

/// What stands on a page that asks who somebody is.
pub(super) struct Drawn<'a> {
    pub(super) title: &'a str,
    pub(super) path: &'a str,
    pub(super) help: &'a str,
    pub(super) problems: &'a Problems,
}

/// Draws such a page, with what is wrong above it.
pub(super) fn draw(
    app: &App,
    visitor: &Visitor,
    drawn: &Drawn<'_>,
    content: &Markup,
) -> Response<Body> {
    let status = if drawn.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = app
        .desk
        .view(&visitor.actor, app.now(), &visitor.csrf, None, |view| {
            let about = frame::About {
                title: drawn.title,
                path: drawn.path,
                help: drawn.help,
                has_problems: !drawn.problems.is_empty(),
                narrow: true,
                ..frame::About::default()
            };
            let content = html! {
                (form::error_summary(drawn.problems))
                (text::h1(drawn.title))
                (content)
            };
            frame::page(view, about, content)
        });
    match page {
        Ok(page) => sign_in::with_device(app, visitor, say::html(status, page)),
        Err(error) => say::trouble(
            app,
            visitor,
            &format!("The ledger could not be read: {error}."),
        ),
    }
}

/// The form of a passkey: without JavaScript there is nothing to press, and the page says so where
/// it matters. The script fills in what the device answers and sends the form.
pub(crate) fn passkey_form(
    app: &App,
    visitor: &Visitor,
    action: &str,
    words: &str,
    then: &str,
) -> Markup {
    let Some(site) = app.site() else {
        return html! {};
    };
    html! {
        form class="sg-passkey" action=(action) method="post" hidden data-passkey="get"
            data-host=(site.host) data-challenge=(passkeys::challenge(app, &visitor.device)) {
            (form::hidden(CSRF_FIELD, &visitor.csrf))
            (form::hidden("then", then))
            @for name in ["id", "client", "data", "signature"] { (form::hidden(name, "")) }
            (button(words))
            p class="govuk-body sg-passkey__said" role="status" {}
        }
    }
}

/// Asks for the second step of somebody who has shown the first.
pub(crate) fn ask(app: &App, visitor: &Visitor, shown: &Shown, then: &str) -> Response<Body> {
    let secret = visitor::secret(32);
    if !app.halfway.begin(&secret, shown, then, app.now()) {
        return say::trouble(app, visitor, "Too many people are signing in just now.");
    }
    let mut answer = say::go_to("/sign-in/step");
    let cookie = visitor::set(app, visitor::HALF, &secret, Some(600));
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    sign_in::with_device(app, visitor, answer)
}

/// The page of the second step.
pub(crate) fn page(app: &App, visitor: &Visitor, problems: &Problems) -> Response<Body> {
    let half = visitor.half.as_ref();
    let Some(half) = half.and_then(|secret| app.halfway.find(secret, app.now())) else {
        return say::go_to("/sign-in");
    };
    let content = html! {
        (passkey_form(app, visitor, "/sign-in/passkey", "Use your passkey", &half.then))
        (form::form("/sign-in/step", &visitor.csrf, html! {
            (Field::new("code", "Code from your app")
                .hint("Six digits, or one of your recovery codes")
                .problems(problems).autocomplete("one-time-code").width(Width::Twenty).no_spellcheck().text())
            (button("Go on"))
        }))
        (text::paragraph("Lost your phone? Use one of your recovery codes. If you have none, ask your manager: two people who lead can let you in again."))
        (text::paragraph(text::link("/sign-in", "Begin again")))
    };
    let drawn = Drawn {
        title: "Second step",
        path: "/sign-in",
        help: "",
        problems,
    };
    draw(app, visitor, &drawn, &content)
}

/// Takes the second step.
pub(crate) async fn take(app: &App, visitor: &Visitor, answers: &Answers) -> Response<Body> {
    let Some(secret) = &visitor.half else {
        return say::go_to("/sign-in");
    };
    let Some(half) = app.halfway.find(secret, app.now()) else {
        return say::go_to("/sign-in");
    };
    let key = format!("step:{}", half.person.0);
    let waits = app.attempts.begin(&key, "", app.now());
    if waits.is_err() || !app.halfway.try_one(secret) {
        app.halfway.end(secret);
        return say::slow_down(app, visitor);
    }
    let code: String = answers
        .raw("code")
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    match fits(app, visitor, half.person, &code).await {
        Ok(true) => {
            app.attempts.forget(&key);
            app.halfway.end(secret);
            let shown = Shown {
                person: half.person,
                epoch: half.epoch,
                proof: Proof::Two,
                elsewhere: half.elsewhere,
            };
            sign_in::begin(app, visitor, &shown, &half.then).await
        }
        Ok(false) => {
            let failed = Access::RecordFailedSignIn {
                person: half.person,
            };
            let nobody = Actor::nobody();
            app.desk
                .ask(&nobody, Act::Access(failed), &[], app.now(), Box::new(drop));
            let mut problems = Problems::none();
            problems.add("code", "This code is wrong, too old, or was used before. Wait for the next one and type it");
            page(app, visitor, &problems)
        }
        Err(error) => {
            tracing::error!(%error, "a code could not be checked");
            say::trouble(app, visitor, "The code could not be checked just now.")
        }
    }
}

/// Whether a code of somebody's app, or one of their recovery codes, fits; it is used up with that.
async fn fits(app: &App, visitor: &Visitor, person: Person, code: &str) -> anyhow::Result<bool> {
    let secret = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let steps = view.setting.access.steps(person)?;
            view.open(steps.app()?)
        })?;
    if let Some(secret) = secret
        && app_codes::fits(app, person, &secret, code)?
    {
        return Ok(true);
    }
    let code = digest(&super::made::plain(code));
    let state = app.desk.state();
    let has = state.setting.access.steps(person);
    if !has.is_some_and(|steps| steps.has_code(&code)) {
        return Ok(false);
    }
    let actor = Actor {
        who: Who::Person(person),
        device: visitor.actor.device.clone(),
        proof: Proof::One,
        ..Actor::default()
    };
    let used = Act::Access(Access::Step(Step::UseCode { code }));
    Ok(app.perform(&actor, used, &[]).await.is_ok())
}

/// The page for setting up an authenticator app, with a secret that was made for it.
pub(crate) fn app_page(app: &App, visitor: &Visitor) -> Response<Body> {
    app_page_with(app, visitor, &app_codes::secret(), &Problems::none())
}

fn app_page_with(
    app: &App,
    visitor: &Visitor,
    secret: &str,
    problems: &Problems,
) -> Response<Body> {
    let Some(person) = visitor.actor.person() else {
        return say::go_to("/sign-in?then=/account/app");
    };
    let named = app.desk.view(&visitor.actor, app.now(), "", None, |view| {
        let user = view
            .setting
            .access
            .user(person)
            .and_then(|user| view.open(user));
        Some((user?, view.setting.place.name().to_owned()))
    });
    let Ok(Some((user, setting))) = named else {
        return say::nothing_here(app, visitor);
    };
    let spaced: Vec<String> = secret
        .as_bytes()
        .chunks(4)
        .map(|four| String::from_utf8_lossy(four).into_owned())
        .collect();
    let content = html! {
        (text::paragraph("An authenticator app on your phone shows a new code every 30 seconds. After your password you type the code."))
        (text::paragraph("1. Open your app and let it take this picture. Any app for one-time codes will do."))
        (app_codes::picture(&app_codes::address(secret, &user, &setting)))
        (text::paragraph(html! { "Or type this key into the app: " code class="sg-key" { (spaced.join(" ")) } }))
        (text::paragraph("2. Type the code that the app shows now."))
        (form::form("/account/app", &visitor.csrf, html! {
            (form::hidden("secret", secret))
            (Field::new("code", "Code from the app").problems(problems).autocomplete("one-time-code").width(Width::Twenty).no_spellcheck().text())
            (button("Set it up"))
        }))
    };
    let drawn = Drawn {
        title: "Set up an authenticator app",
        path: "/account/app",
        help: "Nothing is set up until a code of the app was right. Afterwards you see ten recovery codes, once.",
        problems,
    };
    draw(app, visitor, &drawn, &content)
}

/// Sets up an authenticator app once a code of it is right, and shows recovery codes.
pub(crate) async fn add_app(app: &App, visitor: &Visitor, answers: &Answers) -> Response<Body> {
    let Some(person) = visitor.actor.person() else {
        return say::go_to("/sign-in");
    };
    let secret: String = answers
        .raw("secret")
        .unwrap_or_default()
        .chars()
        .take(64)
        .collect();
    let code = answers.raw("code").unwrap_or_default();
    let mut problems = Problems::none();
    match app_codes::fits(app, person, &secret, code) {
        Ok(true) => {}
        Ok(false) => {
            problems.add("code", "This code is not the one that the app shows now. Check the clock of your phone and type the next one");
            return app_page_with(app, visitor, &secret, &problems);
        }
        Err(error) => {
            tracing::error!(%error, "a code could not be checked");
            return say::trouble(app, visitor, "The code could not be checked just now.");
        }
    }
    let added = perform(
        app,
        visitor,
        Step::AddApp {
            secret: secret.clone(),
        },
    )
    .await;
    if let Err(says) = added {
        problems.add("", says);
        return app_page_with(app, visitor, &secret, &problems);
    }
    if let Some(session) = &visitor.secret {
        app.sessions.prove(session);
    }
    show_codes(app, visitor).await
}

/// Makes recovery codes and shows them: once.
async fn show_codes(app: &App, visitor: &Visitor) -> Response<Body> {
    let mut visitor = visitor.clone();
    visitor.actor.proof = Proof::Two;
    let (shown, digests) = codes();
    let made = perform(app, &visitor, Step::MakeCodes { codes: digests }).await;
    if let Err(says) = made {
        return say::trouble(app, &visitor, &says);
    }
    let content = html! {
        (text::paragraph("It is set up. These are your recovery codes, each good once, for the day when you lose your phone. They are shown only now: print them, or write them down, and keep them where only you find them."))
        (text::inset(html! { @for code in &shown { p class="sg-code" { (code) } } }))
        (button("Go on").to("/account"))
    };
    let none = Problems::none();
    let drawn = Drawn {
        title: "Your recovery codes",
        path: "/account/app",
        help: "",
        problems: &none,
    };
    draw(app, &visitor, &drawn, &content)
}

async fn perform(app: &App, visitor: &Visitor, act: Step) -> Result<(), String> {
    let act = Act::Access(Access::Step(act));
    match app.perform(&visitor.actor, act, &[]).await {
        Ok(_) => Ok(()),
        Err(Failed::No(No::Mistakes(mistakes))) => {
            let says: Vec<String> = mistakes.into_iter().map(|mistake| mistake.says).collect();
            Err(says.join(". "))
        }
        Err(Failed::No(No::Refused(refusals))) => {
            let says: Vec<String> = refusals.into_iter().map(|refusal| refusal.reason).collect();
            Err(says.join(" "))
        }
        Err(Failed::No(No::Ask(_) | No::NotAllowed(_))) => Err("You may not do this".to_owned()),
        Err(Failed::Unavailable(says)) => Err(says),
    }
}

/// The page for making a passkey.
pub(crate) fn passkey_page(app: &App, visitor: &Visitor, problems: &Problems) -> Response<Body> {
    let Some(person) = visitor.actor.person() else {
        return say::go_to("/sign-in?then=/account/passkeys/make");
    };
    let named = app.desk.view(&visitor.actor, app.now(), "", None, |view| {
        let user = view
            .setting
            .access
            .user(person)
            .and_then(|user| view.open(user));
        Some((user?, view.name(person)))
    });
    let Ok(Some((user, name))) = named else {
        return say::nothing_here(app, visitor);
    };
    let state = app.desk.state();
    let has = state.setting.access.steps(person);
    let ids: Vec<&str> = has
        .map(|steps| {
            steps
                .passkeys()
                .iter()
                .map(|passkey| passkey.id.as_str())
                .collect()
        })
        .unwrap_or_default();
    let content = html! {
        (text::paragraph("Your device keeps the passkey and opens it with your finger, your face or its own PIN. From then on you sign in here with one press."))
        @if let Some(site) = app.site() {
            form class="sg-passkey" action="/account/passkeys/make" method="post" data-passkey="create"
                data-host=(site.host) data-challenge=(passkeys::challenge(app, &visitor.device))
                data-user=(passkeys::handle(app, person.0)) data-user-name=(user) data-shown-name=(name)
                data-has=(ids.join(" ")) {
                (form::hidden(CSRF_FIELD, &visitor.csrf))
                @for part in ["id", "client", "data"] { (form::hidden(part, "")) }
                (Field::new("name", "What do you call this device?").hint("Such as my phone, or the office computer").problems(problems).text())
                (button("Make a passkey"))
                p class="govuk-body sg-passkey__said" role="status" {
                    "If nothing happens when you press, this browser can’t make passkeys, or Stairgate is not at " (site.origin) ". "
                }
            }
        }
        (buttons(html! { (button("Set up an app instead").to("/account/app").secondary()) }))
    };
    let drawn = Drawn {
        title: "Make a passkey",
        path: "/account/passkeys/make",
        help: "A passkey works only at this address, so nobody can trick you into using it elsewhere. It needs JavaScript; an authenticator app does not.",
        problems,
    };
    draw(app, visitor, &drawn, &content)
}

/// Keeps a passkey that a device made.
pub(crate) async fn add_passkey(app: &App, visitor: &Visitor, answers: &Answers) -> Response<Body> {
    let Some(person) = visitor.actor.person() else {
        return say::go_to("/sign-in");
    };
    let part = |name: &str| answers.raw(name).unwrap_or_default();
    let name: String = answers
        .text("name")
        .unwrap_or_default()
        .chars()
        .take(60)
        .collect();
    let mut problems = Problems::none();
    if name.is_empty() {
        problems.add("name", "Say what you call this device");
        return passkey_page(app, visitor, &problems);
    }
    let answered = Answered {
        id: part("id"),
        client: part("client"),
        data: part("data"),
        signature: "",
    };
    let Some(made) = passkeys::made(app, &visitor.device, &answered) else {
        problems.add(
            "name",
            "The passkey was not taken. Try again, or set up an app instead",
        );
        return passkey_page(app, visitor, &problems);
    };
    let first = {
        let state = app.desk.state();
        let steps = state.setting.access.steps(person);
        !steps.is_some_and(|steps| steps.any())
    };
    let act = Step::AddPasskey {
        id: made.id,
        key: made.key,
        name,
    };
    if let Err(says) = perform(app, visitor, act).await {
        problems.add("name", says);
        return passkey_page(app, visitor, &problems);
    }
    if let Some(session) = &visitor.secret {
        app.sessions.prove(session);
    }
    if first {
        return show_codes(app, visitor).await;
    }
    say::go_to("/account")
}
