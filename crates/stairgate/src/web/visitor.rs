//! Who asks: from cookies or a token to an actor, and the mark against forged forms.

use super::{app::App, passwords::digest, sessions::Session};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, header},
};
use families::{
    access::controls::unattended::Limits,
    spine::{
        act::{Actor, Person, Proof, Who},
        door::FRESH_MINUTES,
        tongue::Tongue,
    },
};
use kernel::moment::Moment;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use subtle::ConstantTimeEq;

/// The cookie of a session.
pub(crate) const SESSION: &str = "stairgate";
/// The cookie that tells devices apart.
pub(crate) const DEVICE: &str = "stairgate-device";
/// The cookie of a language that was chosen on this device.
pub(crate) const LANGUAGE: &str = "stairgate-language";
/// The cookie of somebody who is half signed in.
pub(crate) const HALF: &str = "stairgate-step";
/// The cookie of a kiosk's tablet.
pub(crate) const KIOSK: &str = "stairgate-kiosk";
/// The cookie of somebody who is away at a provider of accounts.
pub(crate) const PROVIDER: &str = "stairgate-provider";
/// The cookie of somebody who signs with a code.
pub(crate) const CODE: &str = "stairgate-code";
/// The cookie that says what was just done.
pub(crate) const DONE: &str = "stairgate-done";

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    /// The secret of the session, when signed in.
    pub(crate) secret: Option<String>,
    /// The number of the device.
    pub(crate) device: String,
    /// Whether the device's cookie has to be set.
    pub(crate) new_device: bool,
    /// The mark that forms carry.
    pub(crate) csrf: String,
    /// The act that was just done.
    pub(crate) done: Option<String>,
    /// The session, also when it is locked.
    pub(crate) session: Option<Session>,
    /// The secret of somebody who is half signed in.
    pub(crate) half: Option<String>,
    /// What this browser carries to a provider of accounts and back, sealed.
    pub(crate) carries: Option<String>,
    /// The code that this visitor signs with.
    pub(crate) code: Option<String>,
    /// Under what the pages drawn for this visitor are remembered.
    key: String,
}

impl Visitor {
    /// Who asks, by the headers of the request.
    pub(crate) fn of(app: &App, headers: &HeaderMap) -> Visitor {
        let known = cookie(app, headers, DEVICE).filter(|id| is_secret(id));
        let new_device = known.is_none();
        let device = known.unwrap_or_else(|| secret(8));
        let label = Some(format!(
            "{}-{}",
            kind_of_device(headers),
            device.get(..6).unwrap_or_default()
        ));
        let kiosk = cookie(app, headers, KIOSK)
            .filter(|token| is_secret(token))
            .and_then(|token| kiosk(app, &token, &device));
        let secret = cookie(app, headers, SESSION).filter(|secret| is_secret(secret));
        // A kiosk stands for nobody, whoever was signed in on the tablet before.
        let signed = secret.filter(|_| kiosk.is_none()).and_then(|secret| {
            let limits = Limits::of(&app.desk.state().in_force);
            let session = app.sessions.find(&secret, &device, limits, app.now())?;
            goes_on(app, &session).then_some((secret, session))
        });
        let (secret, session) = signed.unzip();
        let open = session.as_ref().filter(|session| !session.locked);
        let (who, proof) = match (open, kiosk) {
            (Some(session), _) => (Who::Person(session.person), session.proof),
            (None, Some(number)) => (Who::Kiosk(number), Proof::None),
            (None, None) => (Who::Nobody, Proof::None),
        };
        let csrf = mark(app, secret.as_deref().unwrap_or(&device));
        let fresh = open.is_some_and(|session| is_fresh(session, FRESH_MINUTES, app.now()));
        let actor = Actor {
            who,
            device: label,
            proof,
            fresh,
            elsewhere: open.is_some_and(|session| session.elsewhere),
            tongue: language(app, who, headers),
            ..Actor::default()
        };
        let code = cookie(app, headers, CODE).filter(|code| is_code(code));
        // Pages carry the mark, are in one language, and show what a code opens.
        let key = format!(
            "{csrf} {} {}",
            actor.tongue.code(),
            code.as_deref().unwrap_or_default()
        );
        let done = cookie(app, headers, DONE).filter(|done| done.len() <= 60);
        Visitor {
            actor,
            secret,
            device,
            new_device,
            csrf,
            done,
            session,
            half: cookie(app, headers, HALF).filter(|secret| is_secret(secret)),
            carries: cookie(app, headers, PROVIDER),
            code,
            key,
        }
    }

    /// The same visitor, for whom English is drawn.
    pub(crate) fn in_english(&self) -> Visitor {
        let mut visitor = self.clone();
        visitor.actor.tongue = Tongue::En;
        visitor
    }

    /// Who is signed in and has locked the session.
    pub(crate) fn locked(&self) -> Option<Person> {
        let session = self.session.as_ref()?;
        session.locked.then_some(session.person)
    }

    /// The same visitor once the session is open again.
    pub(crate) fn opened(&self, app: &App) -> Visitor {
        let mut visitor = self.clone();
        let limits = Limits::of(&app.desk.state().in_force);
        let session = self.secret.as_deref();
        let session = session
            .and_then(|secret| app.sessions.find(secret, &self.device, limits, app.now()))
            .filter(|session| !session.locked);
        if let Some(session) = &session {
            visitor.actor.who = Who::Person(session.person);
            visitor.actor.proof = session.proof;
            visitor.actor.elsewhere = session.elsewhere;
            visitor.actor.fresh = is_fresh(session, FRESH_MINUTES, app.now());
        }
        visitor.session = session;
        visitor
    }

    /// Whether this visitor has shown who they are lately enough to begin on something for which it
    /// is asked: there is time left to send it.
    pub(crate) fn is_fresh_to_begin(&self, app: &App) -> bool {
        let session = self.session.as_ref();
        session.is_some_and(|session| is_fresh(session, FRESH_MINUTES / 2, app.now()))
    }

    /// Whether a form carries this visitor's mark.
    pub(crate) fn sent(&self, mark: Option<&str>) -> bool {
        mark.is_some_and(|mark| mark.as_bytes().ct_eq(self.csrf.as_bytes()).into())
    }

    /// Under what the pages drawn for this visitor are remembered.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

fn is_fresh(session: &Session, minutes: i64, now: Moment) -> bool {
    now <= session.shown.plus_minutes(minutes)
}

/// The language in which somebody reads: what was chosen on this device, else what the person has
/// chosen for good, else what the browser likes; for those who work here English, unless they chose.
fn language(app: &App, who: Who, headers: &HeaderMap) -> Tongue {
    if let Some(tongue) = cookie(app, headers, LANGUAGE).and_then(|code| Tongue::from_code(&code)) {
        return tongue;
    }
    let state = app.desk.state();
    let people = &state.setting.people;
    if let Who::Person(person) = who {
        let reader = Actor::person_only(person);
        let chosen = people.speaks(person).and_then(|sealed| {
            let opened = app
                .desk
                .view(&reader, app.now(), "", None, |view| view.open(sealed));
            opened.ok().flatten()
        });
        if let Some(tongue) = chosen {
            return tongue;
        }
        if people.is_team(person, app.now().date()) {
            return Tongue::En;
        }
    }
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|accepted| accepted.to_str().ok());
    accepted.and_then(Tongue::preferred).unwrap_or_default()
}

/// Whether a session still stands: the person is here, and has neither chosen another password nor
/// been given another account since; and the account elsewhere that it began with is still linked.
fn goes_on(app: &App, session: &Session) -> bool {
    let state = app.desk.state();
    let (access, person) = (&state.setting.access, session.person);
    let stands = !session.elsewhere || access.link_stands(person, session.made);
    stands
        && access.epoch(person) == Some(session.epoch)
        && access.opened(person).is_some_and(|at| at <= session.made)
        && state.setting.lets_in(person, app.now().date())
}

/// The kiosk that this tablet is: its token is worth nothing on another device.
fn kiosk(app: &App, token: &str, device: &str) -> Option<u32> {
    let state = app.desk.state();
    let kiosks = state.setting.access.kiosks();
    kiosks.of_tablet(&digest(token), &digest(device))
}

/// The actor whose token a program shows.
pub(crate) fn of_token(app: &App, headers: &HeaderMap) -> Option<Actor> {
    let token = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")?;
    if !is_secret(token) {
        return None;
    }
    let state = app.desk.state();
    let person = state.setting.access.whose_token(&digest(token))?;
    if !state.setting.lets_in(person, app.now().date()) {
        return None;
    }
    Some(Actor {
        who: Who::Person(person),
        device: Some("token".to_owned()),
        proof: Proof::Token,
        ..Actor::default()
    })
}

fn mark(app: &App, of: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(app.secret);
    hash.update(of.as_bytes());
    ledger::hex::encode(&hash.finalize())
}

/// A secret of so many bytes, in hex.
pub(crate) fn secret(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    let mut fill = desk::folder::entropy();
    fill(&mut random);
    ledger::hex::encode(&random)
}

fn is_secret(text: &str) -> bool {
    (16..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_code(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn cookie(app: &App, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = called(app.secure, name);
    let all = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| **key == *name)
        .map(|(_, value)| value.to_owned())
}

/// Takes away the language that was chosen on this device: the person's own choice goes before it.
pub(crate) fn forget_language(app: &App, answer: &mut Response<Body>) {
    let cookie = set(app, LANGUAGE, "", Some(0));
    answer.headers_mut().append(header::SET_COOKIE, cookie);
}

/// What kind of device it is, as far as it says itself: a word or two, no personal data.
fn kind_of_device(headers: &HeaderMap) -> &'static str {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    let kinds = [
        ("iPad", "ipad"),
        ("iPhone", "iphone"),
        ("Android", "android"),
        ("CrOS", "chromebook"),
        ("Windows", "windows"),
        ("Macintosh", "mac"),
        ("Linux", "linux"),
    ];
    kinds
        .iter()
        .find(|(part, _)| agent.contains(part))
        .map_or("device", |(_, kind)| kind)
}

/// What a cookie is called. Behind HTTPS its name begins so that browsers take it from this very host
/// only, and over HTTPS only: nobody on a host beside it can put another in its place.
fn called(secure: bool, name: &str) -> Cow<'_, str> {
    if secure {
        Cow::Owned(format!("__Host-{name}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// Sets a cookie along with an answer.
pub(crate) fn add(answer: &mut Response<Body>, cookie: HeaderValue) {
    answer.headers_mut().append(header::SET_COOKIE, cookie);
}

/// A cookie to set. `None` for the age: until the browser closes; 0: take it away.
pub(crate) fn set(app: &App, name: &str, value: &str, seconds: Option<u64>) -> HeaderValue {
    let age = seconds
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    let secure = if app.secure { "; Secure" } else { "" };
    let name = called(app.secure, name);
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}
