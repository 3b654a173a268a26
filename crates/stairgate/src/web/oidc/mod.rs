//! Signing in with an account somewhere else (OpenID Connect: authorization code, PKCE, nonce). Who
//! comes back with an account that is linked is signed in as with a password; who comes back with
//! another is asked to sign in here, and then whether to link it. No email address opens anything.
//!
//! Reading order: `flow`, `ask`, `token`, `link`, `trial`.

pub(crate) mod ask;
mod flow;
mod link;
mod token;
mod trial;

use super::{
    app::App,
    say,
    sign_in::{self, Shown},
    steps,
    visitor::Visitor,
};
use ask::{Asking, Failed};
use axum::{
    body::Body,
    http::{Response, StatusCode, Uri},
};
use families::{
    access::{acts::oidc::Identity, entries::oidc::ProviderSet, pages::BACK},
    spine::{
        act::{Actor, Person, Proof},
        page::address,
        setting::Setting,
    },
};
use flow::{Away, Unlinked};
use kit::{form::Problems, text};
use maud::html;
use std::collections::BTreeMap;
use token::Claims;

pub(crate) use link::{link, unlinked};
pub(crate) use trial::try_it;

/// Where signing in so begins.
pub(crate) const BEGIN: &str = "/sign-in/provider";
/// Where linking begins.
pub(crate) const BEGIN_LINK: &str = "/account/provider";
/// Where it is asked whether to link.
pub(crate) const LINK: &str = "/sign-in/provider/link";
/// Where somebody says that they don’t want to.
pub(crate) const LEAVE: &str = "/sign-in/provider/leave";
/// Where a manager tries a provider.
pub(crate) const TRY: &str = "/settings/sign-in/try";
/// The provider that knows only some ways of asking anew who somebody is.
const GOOGLE: &str = "https://accounts.google.com";
/// The longest code that a provider gives, in characters.
const CODE_CHARS_MAX: usize = 4_096;

/// Whether an address is one of this folder.
pub(crate) fn is_way(path: &str) -> bool {
    [BEGIN, BEGIN_LINK, BACK, LINK, LEAVE].contains(&path)
}

/// Answers the addresses of this folder that are asked for.
pub(crate) async fn get(app: &App, visitor: &Visitor, uri: &Uri, from: &str) -> Response<Body> {
    match uri.path() {
        BEGIN => begin(app, visitor, uri, None, from).await,
        BEGIN_LINK => match visitor.actor.person() {
            Some(person) => begin(app, visitor, uri, Some(person), from).await,
            None => say::go_to(&address("/sign-in", &[("then", BEGIN_LINK)])),
        },
        BACK => back(app, visitor, uri, from).await,
        LINK => unlinked(app, visitor, &Problems::none()),
        LEAVE => link::leave(app),
        _ => say::nothing_here(app, visitor),
    }
}

/// With which provider people sign in now.
fn in_use(app: &App) -> Option<ProviderSet> {
    let state = app.desk.state();
    state.setting.access.provider_in_use().cloned()
}

/// Where the provider sends people back to.
fn back_address(app: &App) -> Option<String> {
    app.site().map(|site| format!("{}{BACK}", site.origin))
}

/// Sends somebody to the provider.
async fn begin(
    app: &App,
    visitor: &Visitor,
    uri: &Uri,
    links: Option<Person>,
    from: &str,
) -> Response<Body> {
    let (Some(provider), Some(back)) = (in_use(app), back_address(app)) else {
        return say::nothing_here(app, visitor);
    };
    if app.attempts.wait_minutes(from, app.now()) > 0 {
        return say::slow_down(app, visitor);
    }
    let query = words(uri);
    let then = query.get("then").map(String::as_str).unwrap_or_default();
    let then = sign_in::safe(then);
    let known = match app.providers.known(&provider.issuer, app.now()).await {
        Ok(known) => known,
        Err(failed) => return not_signed_in(app, visitor, &provider, links, &failed),
    };
    let away = Away::begin(&provider.issuer, &provider.client, &then, links);
    let mut asks = form_urlencoded::Serializer::new(String::new());
    asks.append_pair("response_type", "code")
        .append_pair("scope", "openid email")
        .append_pair("client_id", &provider.client)
        .append_pair("redirect_uri", &back)
        .append_pair("state", &away.state)
        .append_pair("nonce", &away.nonce)
        .append_pair("code_challenge", &away.challenge())
        .append_pair("code_challenge_method", "S256")
        .append_pair("max_age", "0")
        .append_pair("prompt", prompt(&provider.issuer));
    let at = &known.about.authorization_endpoint;
    let joint = if at.contains('?') { '&' } else { '?' };
    let mut answer = say::go_to(&format!("{at}{joint}{}", asks.finish()));
    flow::give(app, visitor, away, &mut answer);
    sign_in::with_device(app, visitor, answer)
}

/// The provider is asked to have people show each time who they are: on a tablet that several people
/// use, whoever was there before must not sign others in. Google only lets them choose an account, so
/// what it says is not enough on such a tablet (`is_shared`).
fn prompt(issuer: &str) -> &'static str {
    if issuer == GOOGLE {
        "select_account"
    } else {
        "login"
    }
}

/// Whether this browser is one of the setting's devices, which several people may use.
fn is_shared(setting: &Setting, visitor: &Visitor) -> bool {
    let label = visitor.actor.device.as_deref();
    label.is_some_and(|label| setting.devices.enrolled(label).is_some())
}

/// The words of an address after the question mark; empty when one is there twice.
fn words(uri: &Uri) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    for (name, word) in pairs.take(50) {
        if words.insert(name.into_owned(), word.into_owned()).is_some() {
            return BTreeMap::new();
        }
    }
    words
}

/// Takes somebody who comes back from the provider.
async fn back(app: &App, visitor: &Visitor, uri: &Uri, from: &str) -> Response<Body> {
    let mut answer = come_back(app, visitor, uri, from).await;
    let given = answer
        .headers()
        .get_all(axum::http::header::SET_COOKIE)
        .iter()
        .any(|cookie| flow::is_ours(cookie.as_bytes()));
    if !given {
        flow::take_away(app, &mut answer);
    }
    answer
}

async fn come_back(app: &App, visitor: &Visitor, uri: &Uri, from: &str) -> Response<Body> {
    let Some(provider) = in_use(app) else {
        return say::nothing_here(app, visitor);
    };
    if app.attempts.wait_minutes(from, app.now()) > 0 {
        return say::slow_down(app, visitor);
    }
    let words = words(uri);
    let word = |name: &str| words.get(name).map(String::as_str).unwrap_or_default();
    let Some(away) = flow::carried::<Away>(app, visitor)
        .filter(|away| is_answered(app, visitor, away, &provider, word("state")))
    else {
        app.attempts.note(from, app.now());
        return no(app, visitor, &provider, None, "provider-late");
    };
    let links = away.links;
    // Who answers says who it is, where it can: another provider’s answer is not taken for this one’s.
    let iss = words.get("iss");
    if iss.is_some_and(|iss| *iss != away.issuer) {
        return no(app, visitor, &provider, links, "provider-doubtful");
    }
    let code = word("code");
    if words.contains_key("error") || code.is_empty() || code.len() > CODE_CHARS_MAX {
        let error = ask::plain(words.get("error").cloned(), 0);
        tracing::info!(error, "the provider signed nobody in");
        return no(app, visitor, &provider, links, "provider-refused");
    }
    match who(app, &provider, &away, code, iss.is_some()).await {
        Ok(claims) => let_in(app, visitor, &provider, &away, &claims, from).await,
        Err(failed) => {
            if matches!(failed, Failed::Doubtful(_) | Failed::NoToken(_)) {
                app.attempts.note(from, app.now());
            }
            not_signed_in(app, visitor, &provider, links, &failed)
        }
    }
}

/// Whether somebody comes back with what they went away with, for the first time, to the provider of
/// now; and as who they went, when they want to link.
fn is_answered(
    app: &App,
    visitor: &Visitor,
    away: &Away,
    provider: &ProviderSet,
    state: &str,
) -> bool {
    let same: bool = subtle::ConstantTimeEq::ct_eq(state.as_bytes(), away.state.as_bytes()).into();
    let asked = (&away.issuer, &away.client) == (&provider.issuer, &provider.client);
    let who = away.links.is_none() || away.links == visitor.actor.person();
    same && asked && who && app.spent.spend(&away.state, app.now())
}

/// Who came back, as the provider says.
async fn who(
    app: &App,
    provider: &ProviderSet,
    away: &Away,
    code: &str,
    said_who: bool,
) -> Result<Claims, Failed> {
    let known = app.providers.known(&provider.issuer, app.now()).await?;
    if known.about.authorization_response_iss_parameter_supported && !said_who {
        return Err(Failed::Doubtful(token::Doubt::Issuer));
    }
    let back = back_address(app).unwrap_or_default();
    let asking = Asking {
        provider,
        secret: secret(app, provider),
        code,
        verifier: &away.verifier,
        back: &back,
    };
    app.providers.who(&asking, &away.nonce, app.now()).await
}

/// The secret that shows the provider that this program asks.
fn secret(app: &App, provider: &ProviderSet) -> Option<String> {
    let sealed = provider.secret.as_ref()?;
    let nobody = Actor::nobody();
    let opened = app
        .desk
        .view(&nobody, app.now(), "", None, |view| view.open(sealed));
    opened.ok().flatten()
}

/// Signs in whose account it is; else keeps at hand what came back, to be linked.
async fn let_in(
    app: &App,
    visitor: &Visitor,
    provider: &ProviderSet,
    away: &Away,
    claims: &Claims,
    from: &str,
) -> Response<Body> {
    if !is_of_domain(provider, claims) {
        app.attempts.note(from, app.now());
        return no(app, visitor, provider, away.links, "provider-domain");
    }
    let whose = app
        .desk
        .view(&Actor::nobody(), app.now(), "", None, |view| {
            let access = &view.setting.access;
            access.whose_link(|sealed| view.open(sealed).as_ref() == Some(&claims.sub))
        });
    let whose = match whose {
        Ok(whose) => whose,
        Err(error) => {
            let says = format!("The ledger could not be read: {error}.");
            return say::trouble(app, visitor, &says);
        }
    };
    if away.links.is_some() && whose == away.links {
        return say::go_to("/account");
    }
    let Some(person) = whose.filter(|_| away.links.is_none()) else {
        let mut answer = say::go_to(LINK);
        let identity = Identity {
            issuer: provider.issuer.clone(),
            subject: claims.sub.clone(),
            shown: claims.shown(),
        };
        flow::give(app, visitor, Unlinked::new(identity), &mut answer);
        return sign_in::with_device(app, visitor, answer);
    };
    let state = app.desk.state();
    let access = &state.setting.access;
    let here = state.setting.lets_in(person, app.now().date());
    let Some(epoch) = access.epoch(person).filter(|_| here) else {
        app.attempts.note(from, app.now());
        // Somebody who is suspended sees what anybody sees whom the provider did not sign in.
        let suspended = state.setting.people.is_here(person, app.now().date());
        let says = match suspended && access.epoch(person).is_some() {
            true => "provider-refused",
            false => "provider-gone",
        };
        return no(app, visitor, provider, None, says);
    };
    let has_step = access.steps(person).is_some_and(|steps| steps.any());
    if claims.auth_time.is_none() && !has_step && is_shared(&state.setting, visitor) {
        return no(app, visitor, provider, None, "provider-shared");
    }
    let shown = Shown {
        person,
        epoch,
        proof: Proof::One,
        elsewhere: true,
    };
    if access.steps(person).is_some_and(|steps| steps.any()) {
        return steps::ask(app, visitor, &shown, &away.then);
    }
    sign_in::begin(app, visitor, &shown, &away.then).await
}

/// Whether the account is of a domain that may sign in. Only what the provider vouches for counts:
/// that it has verified the address, or, at Google, that a Workspace of that domain manages it.
fn is_of_domain(provider: &ProviderSet, claims: &Claims) -> bool {
    if provider.domains.is_empty() {
        return true;
    }
    let domain = if provider.issuer == GOOGLE {
        claims.hd.as_deref()
    } else {
        let email = claims.verified_email();
        email.and_then(|email| Some(email.rsplit_once('@')?.1))
    };
    let domain = domain.map(str::to_ascii_lowercase);
    domain.is_some_and(|domain| provider.domains.contains(&domain))
}

/// Says why somebody was not signed in: to them in words that help, to the log the reason.
fn not_signed_in(
    app: &App,
    visitor: &Visitor,
    provider: &ProviderSet,
    links: Option<Person>,
    failed: &Failed,
) -> Response<Body> {
    tracing::warn!(%failed, "nobody was signed in with an account elsewhere");
    let says = match failed {
        Failed::Unasked(_) | Failed::Busy | Failed::About(_) => "provider-unreached",
        Failed::NoToken(_) => "provider-refused",
        Failed::Doubtful(_) => "provider-doubtful",
    };
    no(app, visitor, provider, links, says)
}

/// Says no, where somebody came from: on the page for signing in, or to whoever wanted to link.
fn no(
    app: &App,
    visitor: &Visitor,
    provider: &ProviderSet,
    links: Option<Person>,
    says: &str,
) -> Response<Body> {
    let tongue = visitor.actor.tongue;
    let name = provider.name.as_str();
    let says = tongue.say_with(says, &[("name", name.into())]);
    if links.is_none() || visitor.actor.person().is_none() {
        let mut problems = Problems::none();
        problems.add("", says);
        return sign_in::page(app, visitor, "/", "", &problems);
    }
    let title = tongue.say_with("provider-link", &[("name", name.into())]);
    let content = html! {
        (text::h1(&title))
        (text::warning(says))
        (text::paragraph(text::link("/account", tongue.say("go-on"))))
    };
    say::simple(
        app,
        visitor,
        StatusCode::UNPROCESSABLE_ENTITY,
        &title,
        content,
    )
}
