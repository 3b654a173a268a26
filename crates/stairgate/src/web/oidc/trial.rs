//! Trying a provider: what it says of itself, its keys, and whether it knows this program; each said in
//! words, with what to do.

use super::{
    ask::{Asking, Failed, Known},
    back_address, secret, token,
};
use crate::web::{app::App, say, visitor::Visitor};
use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use families::{
    access::{
        acts::{
            Act as Access,
            oidc::{Act as Oidc, Provider},
        },
        entries::oidc::ProviderSet,
    },
    spine::act::Act,
};
use kit::text;
use maud::html;

/// What was found of one thing: whether it is well, and in words.
type Found = (bool, String);

/// Asks the provider now, for whoever may set it up, and says what came of it.
pub(crate) async fn try_it(app: &App, visitor: &Visitor) -> Response<Body> {
    let (provider, may) = {
        let state = app.desk.state();
        let act = Oidc::SetProvider(Box::<Provider>::default());
        let need = Act::Access(Access::Oidc(act)).need(&state.setting);
        let may = app
            .desk
            .view(&visitor.actor, app.now(), "", None, |view| view.has(&need));
        (
            state.setting.access.provider().cloned(),
            may.unwrap_or(false),
        )
    };
    let Some(provider) = provider.filter(|_| may) else {
        return say::nothing_here(app, visitor);
    };
    let found = look(app, &provider).await;
    let well = found.iter().all(|(well, _)| *well);
    let title = if well {
        format!("{} can be used", provider.name)
    } else {
        format!("{} can’t be used yet", provider.name)
    };
    let lines: Vec<String> = found
        .into_iter()
        .map(|(well, says)| {
            let mark = if well { "Well" } else { "To mend" };
            format!("{mark}: {says}")
        })
        .collect();
    let content = html! {
        (text::h1(&title))
        (text::bullets(&lines))
        @if well {
            (text::paragraph("Turn it on, sign out, and sign in with it once yourself. You will be asked to link your account."))
        }
        (text::paragraph(text::link("/settings/sign-in", "Back to signing in with a work account")))
    };
    say::simple(app, visitor, StatusCode::OK, &title, content)
}

async fn look(app: &App, provider: &ProviderSet) -> Vec<Found> {
    let known = match app.providers.ask_anew(&provider.issuer, app.now()).await {
        Ok(known) => known,
        Err(failed) => return vec![(false, unusable(&failed))],
    };
    let mut found = vec![(
        true,
        "It answers, and calls itself by the address that you entered.".to_owned(),
    )];
    found.extend(of_itself(&known));
    found.push(knows_us(app, provider, &known).await);
    found
}

/// Why what it says of itself can't be used, with what to do.
fn unusable(failed: &Failed) -> String {
    let hint = match failed {
        Failed::About("it calls itself by another address") => {
            "Compare the address with what the provider calls its issuer, letter by letter, with or without the stroke at the end."
        }
        Failed::About(_) => {
            "Open the address with /.well-known/openid-configuration behind it in a browser, and see whether it is the right one."
        }
        Failed::Unasked(_) => {
            "Check the address, and that this computer reaches it. A provider inside of your network needs a certificate that browsers believe."
        }
        Failed::Busy => "Try again in a minute.",
        Failed::NoToken(_) | Failed::Doubtful(_) => "Ask whoever looks after the provider.",
    };
    let mut says = failed.to_string();
    if let Some(first) = says.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{says}. {hint}")
}

fn of_itself(known: &Known) -> Vec<Found> {
    let about = &known.about;
    let mut found = Vec::new();
    let codes = about
        .response_types_supported
        .iter()
        .any(|one| one == "code");
    if !codes {
        let says = "It does not say that it gives authorization codes. Choose the authorization code flow there.";
        found.push((false, says.to_owned()));
    }
    let pkce = about.code_challenge_methods_supported.as_deref();
    if pkce.is_some_and(|all| !all.iter().any(|one| one == "S256")) {
        let says = "It does not take PKCE with S256. Turn it on there for this client.";
        found.push((false, says.to_owned()));
    }
    if token::any_usable(&known.keys) {
        let says = format!("It shows {} keys with which it signs.", known.keys.len());
        found.push((true, says));
    } else {
        let says = "It shows no key of a kind that is taken. Have it sign with RS256 or ES256.";
        found.push((false, says.to_owned()));
    }
    found
}

async fn knows_us(app: &App, provider: &ProviderSet, known: &Known) -> Found {
    let back = back_address(app).unwrap_or_default();
    let asking = Asking {
        provider,
        secret: secret(app, provider),
        code: "a-code-that-was-never-given",
        verifier: "a-verifier-that-belongs-to-no-code-at-all-only-to-try",
        back: &back,
    };
    match app.providers.knows_us(&asking, known).await {
        Ok(()) => (
            true,
            "It knows the client ID, and takes the secret.".to_owned(),
        ),
        Err(Failed::NoToken(_)) => (
            false,
            "It does not know the client ID, or the secret is wrong or has run out. Copy both again; at Microsoft Entra it is the secret’s value, not its ID.".to_owned(),
        ),
        Err(failed) => (false, unusable(&failed)),
    }
}
