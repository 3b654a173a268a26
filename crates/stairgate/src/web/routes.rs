//! From an address to a page, a form, the API or a file: the families' lists are the map. What is
//! spelled out in an address goes before what is filled in.

use super::{
    anew, api,
    app::App,
    attempts, calendar, codes, devices, help, kiosk, late, lock, oidc, say, send, show, sign_in,
    steps, transfer_link, upload,
    visitor::{self, Visitor},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use families::{
    access::register::steps as register,
    concerns::transfer::pages::CARD,
    families as all,
    spine::{
        answers::{Answers, Upload},
        draw::ACT_FIELD,
        page::Params,
        tongue::Tongue,
    },
};
use kit::form::{CSRF_FIELD, Problems};
use std::{net::SocketAddr, time::Duration};
use tokio::sync::Semaphore;

/// The largest form without files, in bytes.
const FORM_BYTES_MAX: usize = 2 << 20;
/// The largest form of somebody who has not signed in, in bytes.
pub(crate) const STRANGER_BYTES_MAX: usize = 64 << 10;
/// The largest form with files, in bytes.
const UPLOAD_BYTES_MAX: usize = 40 << 20;
/// How long a device keeps the language that was chosen on it, in seconds.
const LANGUAGE_SECONDS: u64 = 365 * 24 * 3600;
/// How long a form may take to arrive.
pub(crate) const FORM_WAIT: Duration = Duration::from_secs(30);
/// How long a form with files may take to arrive.
const UPLOAD_WAIT: Duration = Duration::from_secs(240);
/// How many forms with files are taken in at the same time: each lies in memory whole.
const UPLOADS_AT_ONCE: usize = 4;
static UPLOADS: Semaphore = Semaphore::const_new(UPLOADS_AT_ONCE);

/// What browsers may do with our pages: nothing that we did not serve ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// Answers a request, with the headers that every answer carries.
pub(crate) async fn respond(app: &App, from: SocketAddr, request: Request) -> Response<Body> {
    let asset = request.uri().path().starts_with("/assets/");
    let mut answer = answer(app, from, request).await;
    let headers = answer.headers_mut();
    let set = |headers: &mut HeaderMap, name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    // A file that is sent to keep may do less than a page.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, "content-security-policy", POLICY);
    }
    set(headers, "x-content-type-options", "nosniff");
    set(headers, "x-frame-options", "DENY");
    set(headers, "referrer-policy", "same-origin");
    set(headers, "cross-origin-opener-policy", "same-origin");
    set(headers, "cross-origin-resource-policy", "same-origin");
    set(
        headers,
        "permissions-policy",
        "camera=(), microphone=(), geolocation=()",
    );
    if !asset {
        set(headers, "cache-control", "no-store");
    }
    if app.secure {
        set(headers, "strict-transport-security", "max-age=31536000");
    }
    answer
}

async fn answer(app: &App, from: SocketAddr, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/assets/") {
        return asset(rest, request.headers());
    }
    if path.starts_with("/api/") {
        return api::answer(app, request).await;
    }
    if let Some(secret) = calendar::secret_in(&path)
        && request.method().is_safe()
    {
        return calendar::feed(app, secret, request.headers());
    }
    let from = network_of(app, from, request.headers());
    if path == late::PATH && request.method() == Method::POST {
        return late::take(app, &from, request).await;
    }
    let visitor = Visitor::of(app, request.headers());
    let method = request.method().clone();
    let mut answer = if method == Method::GET || method == Method::HEAD {
        match held(app, &visitor, request.uri()) {
            Some(answer) => answer,
            None if oidc::is_way(&path) && method == Method::GET => {
                oidc::get(app, &visitor, request.uri(), &from).await
            }
            None => app.looking(|| {
                let uri = request.uri();
                let asked = query(uri.query().unwrap_or_default());
                let show = |asked: &Params| get(app, &visitor, uri, asked);
                codes::get(app, &visitor, uri.path(), &asked, &from, show)
            }),
        }
    } else if method == Method::POST {
        post(app, &visitor, request, &from).await
    } else {
        say::html(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and POST are known here.".to_owned(),
        )
    };
    show::forget_done(app, &visitor, &mut answer);
    answer
}

fn asset(name: &str, headers: &HeaderMap) -> Response<Body> {
    let Some(asset) = assets::find(&format!("/assets/{name}")) else {
        return say::html(StatusCode::NOT_FOUND, "There is no such file.".to_owned());
    };
    let said = |name: header::HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let tag = format!("\"{}\"", asset.hash);
    let packed = asset
        .gzipped
        .filter(|_| said(header::ACCEPT_ENCODING).contains("gzip"));
    let unchanged = said(header::IF_NONE_MATCH) == tag;
    let body = if unchanged {
        Body::empty()
    } else {
        Body::from(Bytes::from_static(packed.unwrap_or(asset.bytes)))
    };
    let mut answer = Response::new(body);
    if unchanged {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if asset.name == "offline.js" {
        // It stands in for the pages on which concerns are reported, and for no others.
        let scope = HeaderValue::from_static("/concerns/");
        headers.insert("service-worker-allowed", scope);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    answer
}

/// What somebody sees instead of what they ask for: a kiosk its own pages, whoever locked the
/// session the lock, whoever needs a second step and is past the day where to set it up.
fn held(app: &App, visitor: &Visitor, uri: &Uri) -> Option<Response<Body>> {
    let path = uri.path();
    if kiosk::is_one(&visitor.actor) {
        return (!kiosk::may(app, visitor, path)).then(|| say::go_to(kiosk::HOME));
    }
    if path == "/health" || path == "/favicon.ico" {
        return None;
    }
    if visitor.locked().is_some() {
        let waits = lock::Waits {
            at: sign_in::safe(uri.path_and_query().map_or(path, |whole| whole.as_str())),
            typed: String::new(),
        };
        return Some(lock::page(app, visitor, &waits, &Problems::none()));
    }
    if is_overdue(app, visitor) && !sets_up(path) {
        return Some(say::go_to("/account/app"));
    }
    let asks = !visitor.is_fresh_to_begin(app)
        && anew::is_asked(
            app,
            visitor,
            uri,
            &query(uri.query().unwrap_or_default()),
            "",
        );
    asks.then(|| say::go_to(&anew::before(uri)))
}

/// Whether the day has passed by which somebody was to set up a second step.
fn is_overdue(app: &App, visitor: &Visitor) -> bool {
    let Some(person) = visitor.actor.person() else {
        return false;
    };
    let (state, today) = (app.desk.state(), app.now().date());
    register::owed(&state.setting, &state.in_force, person, today).is_some_and(|due| due < today)
}

/// Where a second step is set up, and the way out.
fn sets_up(path: &str) -> bool {
    matches!(
        path,
        "/account/app" | "/account/passkeys/make" | anew::AT | "/sign-out" | "/lock"
    ) || path.starts_with("/help")
}

fn get(app: &App, visitor: &Visitor, uri: &Uri, query: &Params) -> Response<Body> {
    let path = uri.path();
    let address = uri.path_and_query().map_or(path, |whole| whole.as_str());
    match path {
        "/sign-in" => {
            let then = query.get("then").to_owned();
            return sign_in::page(app, visitor, &then, "", &Problems::none());
        }
        "/sign-in/step" => return steps::page(app, visitor, &Problems::none()),
        "/account/app" => return steps::app_page(app, visitor),
        "/account/passkeys/make" => return steps::passkey_page(app, visitor, &Problems::none()),
        "/account/devices" => return devices::page(app, visitor),
        anew::AT => return anew::asked(app, visitor, query),
        kiosk::HOME if kiosk::is_one(&visitor.actor) => return kiosk::home(app, visitor),
        "/help" => return help::help(app, visitor, ""),
        "/health" => return say::html(StatusCode::OK, "Stairgate is running.".to_owned()),
        "/favicon.ico" => return say::go_to(assets::path("icon.svg")),
        _ => {}
    }
    if let Some(chapter) = path.strip_prefix("/help/") {
        return help::help(app, visitor, chapter);
    }
    if let Some(code) = path.strip_prefix("/language/") {
        return language(app, visitor, code, query.get("then"));
    }
    if let Some(secret) = path.strip_prefix(transfer_link::LINK) {
        return transfer_link::page(app, visitor, secret);
    }
    if let Some(number) = path.strip_prefix(transfer_link::RECEIPT) {
        return transfer_link::signed_receipt(app, visitor, number);
    }
    if path == CARD {
        return transfer_link::card(app, visitor);
    }
    if path == "/" && !app.desk.state().setting.access.is_set_up() {
        return say::go_to("/set-up");
    }
    let page = find(all::pages(), |page| page.path, path, query);
    let form = find(all::forms(), |form| form.path, path, query);
    let filled = |path: &str| path.matches('{').count();
    // `/people/add` is spelled out, so it goes before `/people/{person}`; a page goes before the
    // forms that stand on it.
    let form_first = match (&page, &form) {
        (Some((page, _)), Some((form, _))) => filled(form.path) < filled(page.path),
        (page, _) => page.is_none(),
    };
    let shown = match (page, form) {
        (Some((page, params)), _) if !form_first => {
            show::page(app, visitor, page, &params, address)
        }
        (_, Some((form, params))) => show::form(app, visitor, form, &params, address),
        _ => return say::nothing_here(app, visitor),
    };
    sign_in::with_device(app, visitor, shown)
}

/// Takes a language for this device, and goes back to where it was chosen.
fn language(app: &App, visitor: &Visitor, code: &str, then: &str) -> Response<Body> {
    let Some(tongue) = Tongue::from_code(code) else {
        return say::nothing_here(app, visitor);
    };
    let mut answer = say::go_to(&sign_in::safe(then));
    let cookie = visitor::set(
        app,
        visitor::LANGUAGE,
        tongue.code(),
        Some(LANGUAGE_SECONDS),
    );
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    answer
}

async fn post(app: &App, visitor: &Visitor, request: Request, from: &str) -> Response<Body> {
    let uri = request.uri().clone();
    let path = uri.path();
    if is_foreign(request.headers()) {
        return say::forged(app, visitor);
    }
    let answers = match answers(request, visitor.secret.is_some()).await {
        Ok(answers) => answers,
        Err(says) => return say::unread(app, visitor, says),
    };
    if !visitor.sent(answers.raw(CSRF_FIELD)) {
        return say::forged(app, visitor);
    }
    if let Some(answer) = held_back(app, visitor, path, &uri, &answers) {
        return answer;
    }
    if path == "/unlock" {
        return match lock::unlock(app, visitor, &answers).await {
            lock::Unlocked::Not(answer) => *answer,
            lock::Unlocked::Open(waits) => after_unlocking(app, visitor, &waits, from).await,
        };
    }
    if path == anew::AT {
        return match anew::take(app, visitor, &answers).await {
            lock::Unlocked::Not(answer) => *answer,
            lock::Unlocked::Open(waits) => after_unlocking(app, visitor, &waits, from).await,
        };
    }
    take(app, visitor, &uri, answers, from).await
}

/// What is answered instead of taking a form.
fn held_back(
    app: &App,
    visitor: &Visitor,
    path: &str,
    uri: &Uri,
    answers: &Answers,
) -> Option<Response<Body>> {
    if kiosk::is_one(&visitor.actor) {
        return (!kiosk::may(app, visitor, path)).then(|| say::go_to(kiosk::HOME));
    }
    if visitor.locked().is_some() && path != "/unlock" && path != "/sign-out" {
        let waits = lock::Waits {
            at: sign_in::safe(uri.path_and_query().map_or(path, |whole| whole.as_str())),
            typed: typed(answers),
        };
        return Some(lock::page(app, visitor, &waits, &Problems::none()));
    }
    if is_overdue(app, visitor) && !sets_up(path) {
        return Some(say::go_to("/account/app"));
    }
    let act = answers.text(ACT_FIELD).unwrap_or_default();
    let mut asked = query(uri.query().unwrap_or_default());
    if let Some(person) = answers.person("person") {
        asked
            .0
            .entry("person".to_owned())
            .or_insert(person.to_string());
    }
    let asks = !visitor.actor.fresh && anew::is_asked(app, visitor, uri, &asked, &act);
    asks.then(|| {
        let waits = lock::Waits {
            at: sign_in::safe(uri.path_and_query().map_or(path, |whole| whole.as_str())),
            typed: if has_secrets(answers) {
                String::new()
            } else {
                typed(answers)
            },
        };
        anew::page(app, visitor, &waits, &Problems::none())
    })
}

/// What was typed, as it is carried along while a session is locked: without the mark, passwords
/// and files, which are asked for again.
fn typed(answers: &Answers) -> String {
    let goes_along = |name: &str| name != CSRF_FIELD && !SECRETS.contains(&name);
    let mut body = form_urlencoded::Serializer::new(String::new());
    for (name, words) in answers.iter().filter(|(name, _)| goes_along(name)) {
        for words in words {
            body.append_pair(name, words);
        }
    }
    let body = body.finish();
    if body.len() > STRANGER_BYTES_MAX {
        return String::new();
    }
    body
}

/// Fields that are asked for again rather than carried along.
const SECRETS: [&str; 8] = [
    "password",
    "again",
    "current",
    "pin",
    "pin-again",
    "secret",
    "code",
    "key",
];

/// Whether something was typed that is not carried along, so that the form is to be filled in again.
fn has_secrets(answers: &Answers) -> bool {
    let has = |name: &&str| answers.raw(name).is_some_and(|words| !words.is_empty());
    SECRETS.iter().any(has)
}

/// Goes on where somebody was when the session was found locked, or when they were asked once more
/// who they are; a form is sent now.
async fn after_unlocking(
    app: &App,
    visitor: &Visitor,
    waits: &lock::Waits,
    from: &str,
) -> Response<Body> {
    let open = visitor.opened(app);
    let (Some(_), Ok(uri)) = (&open.session, waits.at.parse::<Uri>()) else {
        return say::go_to("/");
    };
    if waits.typed.is_empty() {
        return say::go_to(&waits.at);
    }
    let mut answers = Answers::default();
    for (name, words) in pairs(waits.typed.as_bytes()) {
        answers.add(&name, &words);
    }
    // What holds somebody back at each form holds them back here.
    if let Some(answer) = held_back(app, &open, uri.path(), &uri, &answers) {
        return answer;
    }
    Box::pin(take(app, &open, &uri, answers, from)).await
}

/// Takes a form that may be taken.
async fn take(
    app: &App,
    visitor: &Visitor,
    uri: &Uri,
    answers: Answers,
    from: &str,
) -> Response<Body> {
    let path = uri.path();
    match path {
        "/lock" => return lock::lock(app, visitor),
        "/sign-in/step" => return steps::take(app, visitor, &answers).await,
        "/sign-in/passkey" => return sign_in::with_passkey(app, visitor, &answers, from).await,
        "/account/app" => return steps::add_app(app, visitor, &answers).await,
        "/account/passkeys/make" => return steps::add_passkey(app, visitor, &answers).await,
        "/kiosk/begin" => return kiosk::begin(app, visitor, &answers, from).await,
        oidc::LINK => return oidc::link(app, visitor).await,
        oidc::TRY => return oidc::try_it(app, visitor).await,
        "/account/devices/end" => return devices::end(app, visitor, &answers).await,
        "/sign-in" => return sign_in::sign_in(app, visitor, &answers, from).await,
        codes::SIGN => {
            let code = answers.text("code").unwrap_or_default();
            return codes::carry(app, visitor, path, &code, from);
        }
        "/sign-out" => return sign_in::sign_out(app, visitor).await,
        "/activity/check" => return upload::check_ledger(app, visitor),
        "/policy/upload" => return upload::policy(app, visitor, &answers).await,
        "/people/import" => return upload::people(app, visitor, answers).await,
        _ => {}
    }
    if let Some(secret) = path.strip_prefix(transfer_link::LINK) {
        return transfer_link::take(app, visitor, secret, &answers, from).await;
    }
    let query = query(uri.query().unwrap_or_default());
    let act = answers.text(ACT_FIELD).unwrap_or_default();
    let wanted = all::forms().filter(|form| act.is_empty() || form.act == act);
    match find(wanted, |form| form.path, path, &query) {
        Some((form, params)) => {
            let address = uri.path_and_query().map_or(path, |whole| whole.as_str());
            let code = answers.text("code").unwrap_or_default();
            if let Some(wait) = codes::slowed(app, visitor, path, &code, from) {
                return wait;
            }
            // Codes are guessed as passwords are.
            let guessable = form.act == "access.take-up";
            if guessable && app.attempts.wait_minutes(from, app.now()) > 0 {
                return say::slow_down(app, visitor);
            }
            let answer = send::form(app, visitor, form, &params, answers, address, from).await;
            if guessable && answer.status() == StatusCode::UNPROCESSABLE_ENTITY {
                app.attempts.note(from, app.now());
            }
            answer
        }
        None => say::nothing_here(app, visitor),
    }
}

/// Whether a browser says that the form came from somewhere else.
pub(crate) fn is_foreign(headers: &HeaderMap) -> bool {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|site| site.to_str().ok());
    matches!(site, Some("cross-site" | "same-site"))
}

/// The bytes of a form, if they are few enough and come soon enough.
pub(crate) async fn bytes(
    body: Body,
    most: usize,
    wait: Duration,
    large: &'static str,
) -> Result<Bytes, &'static str> {
    match tokio::time::timeout(wait, to_bytes(body, most)).await {
        Ok(read) => read.map_err(|_| large),
        Err(_) => Err("The form took too long to arrive. Try again."),
    }
}

/// The network that a request comes from, to slow guessing. A server for HTTPS before this one adds
/// the address that it saw as the last of `X-Forwarded-For`; nobody else is believed.
fn network_of(app: &App, from: SocketAddr, headers: &HeaderMap) -> String {
    let forwarded = || {
        let lines = headers.get_all("x-forwarded-for").iter();
        let line = lines.filter_map(|value| value.to_str().ok()).next_back()?;
        line.rsplit(',').next()?.trim().parse().ok()
    };
    let seen = app.secure.then(forwarded).flatten();
    attempts::network(seen.unwrap_or(from.ip()))
}

/// What was filled in. Large forms are for people who have signed in.
async fn answers(request: Request, signed_in: bool) -> Result<Answers, &'static str> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        return from_parts(request, signed_in).await;
    }
    let too_large = "The form was too large to be taken.";
    let most = if signed_in {
        FORM_BYTES_MAX
    } else {
        STRANGER_BYTES_MAX
    };
    let body = bytes(request.into_body(), most, FORM_WAIT, too_large).await?;
    let mut answers = Answers::default();
    for (name, words) in pairs(&body) {
        answers.add(&name, &words);
    }
    Ok(answers)
}

/// The answers and files in a form of parts.
pub(crate) async fn from_parts(request: Request, signed_in: bool) -> Result<Answers, &'static str> {
    let broken = "The file did not arrive whole. Try again.";
    let large = "The file is too large: 40 MB are taken at most.";
    let (parts, body) = request.into_parts();
    let (most, wait) = if signed_in {
        (UPLOAD_BYTES_MAX, UPLOAD_WAIT)
    } else {
        (STRANGER_BYTES_MAX, FORM_WAIT)
    };
    // A file that is sent slowly by one must not keep out all others for long.
    let turn = tokio::time::timeout(FORM_WAIT, UPLOADS.acquire()).await;
    let Ok(Ok(_turn)) = turn else {
        return Err("Several files are being taken in just now. Try again in a minute.");
    };
    let body = bytes(body, most, wait, large).await?;
    let mut request = Request::from_parts(parts, Body::from(body));
    // The limits above hold; the library’s own is far smaller than a scanned policy.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| broken)?;
    let mut answers = Answers::default();
    let mut count = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| broken)? {
        count += 1;
        if count > 2_000 {
            return Err("The form has too many fields.");
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| broken)?;
        match file {
            Some(file) => answers.add_file(
                &name,
                Upload {
                    name: file.chars().take(200).collect(),
                    bytes: bytes.to_vec(),
                },
            ),
            None => answers.add(&name, &String::from_utf8_lossy(&bytes)),
        }
    }
    Ok(answers)
}

/// The words of an address after the question mark. Empty ones are left out.
pub(crate) fn query(text: &str) -> Params {
    let all = pairs(text.as_bytes()).filter(|(_, words)| !words.is_empty());
    let plain = all.map(|(name, words)| (name, kernel::naming::strip(&words)));
    Params(plain.take(100).collect())
}

pub(crate) fn pairs(text: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(text)
        .map(|(name, words)| (name.into_owned(), words.into_owned()))
        .take(5_000)
}

/// The first of a list whose path fits, what is spelled out before what is filled in.
pub(super) fn find<T>(
    all: impl Iterator<Item = &'static T>,
    path_of: impl Fn(&T) -> &'static str,
    path: &str,
    query: &Params,
) -> Option<(&'static T, Params)> {
    let fits =
        all.filter_map(|one| fit(path_of(one), path).map(|params| (params.len(), one, params)));
    let (_, one, params) = fits.min_by_key(|(filled, ..)| *filled)?;
    let mut all = query.clone();
    all.0.extend(params);
    Some((one, all))
}

/// The parts that are filled in when an address fits a pattern: `/people/{person}`.
fn fit(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut filled = Vec::new();
    let mut parts = path.split('/');
    for expected in pattern.split('/') {
        let part = parts.next()?;
        match expected
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) if !part.is_empty() => filled.push((name.to_owned(), decode(part)?)),
            Some(_) => return None,
            None if expected == part => {}
            None => return None,
        }
    }
    parts.next().is_none().then_some(filled)
}

fn decode(part: &str) -> Option<String> {
    let words = percent_encoding::percent_decode_str(part)
        .decode_utf8()
        .ok()?;
    let words = kernel::naming::strip(&words);
    (words.len() <= 300 && !words.chars().any(char::is_control)).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_fits_its_pattern_and_fills_in_its_parts() {
        assert_eq!(
            fit("/people/{person}", "/people/12"),
            Some(vec![("person".to_owned(), "12".to_owned())])
        );
        assert_eq!(fit("/people/{person}", "/people/"), None);
        assert_eq!(fit("/people/{person}", "/people/12/change"), None);
        assert_eq!(fit("/", "/"), Some(Vec::new()));
        let spaced = fit("/roles/{role}", "/roles/special%20needs");
        assert_eq!(
            spaced,
            Some(vec![("role".to_owned(), "special needs".to_owned())])
        );
    }

    #[test]
    fn every_address_is_used_by_one_page_only_and_every_act_by_one_form() {
        let mut paths: Vec<&str> = all::pages().map(|page| page.path).collect();
        let mut acts: Vec<&str> = all::forms().map(|form| form.act).collect();
        let (before, acts_before) = (paths.len(), acts.len());
        paths.sort_unstable();
        paths.dedup();
        acts.sort_unstable();
        acts.dedup();
        assert_eq!((paths.len(), acts.len()), (before, acts_before));
    }
}
