//! A page is fetched for somebody, if it is open for them, and handed on as it comes.

use super::{
    PageAddress,
    asked::{Client, Host, Place},
    closed::{self, Blocked, Body, BodyError},
    outward::{NotSent, Speaks},
    passing::{self, Judging},
    scan::{self, Scanned},
    serve::Proxy,
    tunnel,
};
use crate::{
    content::{BodyJudge, judge_search, search_words},
    dns::Led,
    plan::{Because, Decision, Profile, THRESHOLD, Verdict},
    traces::{Answer, Door},
};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode, Uri, Version,
    body::{Body as _, Bytes, Frame, Incoming, SizeHint},
    header::{
        ACCEPT_ENCODING, CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderName, HeaderValue,
        TE, TRAILER, TRANSFER_ENCODING, UPGRADE, VIA,
    },
};
use hyper_util::rt::TokioIo;
use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::timeout;

/// How long a place may take until it begins to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a proxy says of itself on the way.
const VIA_WORDS: &str = "1.1 stairgate";

/// Packings that can be judged.
const CODINGS: [&str; 5] = ["gzip", "br", "deflate", "zstd", "identity"];

/// Heads that are for one stretch of the way only.
const OF_A_STRETCH: [HeaderName; 7] = [
    CONNECTION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
];

/// Answers a request for a page at a place.
pub(super) async fn answer(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
    request: Request<Incoming>,
) -> Response<Body> {
    if goes_round(request.headers()) {
        return closed::words(StatusCode::LOOP_DETECTED, "this leads back to the filter");
    }
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let host = place.host.text();
    // What is illegal comes first; nothing that anybody sets up is asked before.
    let Some(page) = place.page(path).or_else(|| match place.host {
        Host::Address(_) => crate::proxy::PageAddress::read("address.invalid/"),
        Host::Name(_) => None,
    }) else {
        return closed::words(StatusCode::BAD_REQUEST, "that is no address of a page");
    };
    if proxy.pages().has(&page) {
        let led = proxy.filter().illegal(client.asker());
        // Which page it was is not written down.
        proxy.filter().tell(&led, Door::Page, &host);
        return blocked(proxy, &led, &host);
    }
    let led = lead(proxy, client, &place.host).await;
    let asked = format!("{host}{}", request.uri().path());
    if led.decision.open
        && !led.addresses.is_empty()
        && let Some(closed) = search(proxy, &led, &page)
    {
        proxy.filter().tell(&closed, Door::Page, &asked);
        return blocked(proxy, &closed, &host);
    }
    proxy.filter().tell(&led, Door::Page, &asked);
    if !led.decision.open || led.addresses.is_empty() {
        return blocked(proxy, &led, &host);
    }
    let way = Way {
        proxy,
        client,
        place,
        led: &led,
        asked,
        method: request.method().clone(),
    };
    way.fetch(request).await
}

/// Looks at words that are searched for. Something, where they are closed.
fn search(proxy: &Arc<Proxy>, led: &Led, page: &PageAddress) -> Option<Led> {
    let words = search_words(&page.host, page.query.as_deref())?;
    let plan = led.gate.plan();
    let profile = plan.profile_of(led.seat)?;
    let told = plan.alerts.themes.iter().filter_map(|theme| {
        let named = crate::content::Theme::ALL.into_iter();
        let mut named = named.filter(|own| own.key() == theme.name);
        Some((named.next()?, THRESHOLD))
    });
    let mut looked_for = profile.content.clone();
    for (theme, weight) in told {
        looked_for.entry(theme).or_insert(weight);
    }
    let theme = judge_search(&words, &looked_for)?.theme;
    if !profile.content.contains_key(&theme) {
        proxy.filter().tell_search(led, theme, &words);
        return None;
    }
    let closed = closed_by(led, Because::Words(theme));
    proxy.filter().tell_search(&closed, theme, &words);
    Some(closed)
}

/// The same, closed by something that only the proxy sees.
fn closed_by(led: &Led, because: Because) -> Led {
    Led {
        gate: Arc::clone(&led.gate),
        seat: led.seat,
        at: led.at,
        decision: Decision {
            open: false,
            because,
            hit: None,
        },
        answer: Answer::Closed,
        addresses: Vec::new(),
    }
}

/// Where a host leads, for somebody.
pub(super) async fn lead(proxy: &Arc<Proxy>, client: &Client, host: &Host) -> Led {
    match host {
        Host::Name(name) => proxy.filter().lead(name, client.asker()).await,
        Host::Address(address) => proxy.filter().lead_address(*address, client.asker()),
    }
}

/// That it is closed, and why.
pub(super) fn blocked(proxy: &Proxy, led: &Led, host: &str) -> Response<Body> {
    let illegal = led.decision.because == Because::Illegal;
    let failed = led.decision.open;
    let verdict = match illegal {
        true => Verdict::default(),
        false => led.gate.explain_for(led.seat, host, led.decision),
    };
    let html = proxy.say_closed(&Blocked {
        host: host.to_owned(),
        verdict,
        illegal,
        failed,
        about: match led.decision.because {
            Because::Words(theme) => Some(theme),
            _ => None,
        },
    });
    let status = match (failed, illegal) {
        (true, _) if led.answer == Answer::Failed => StatusCode::BAD_GATEWAY,
        (_, true) => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
        (_, false) => StatusCode::FORBIDDEN,
    };
    closed::page(status, html)
}

/// A request on its way, and its answer.
struct Way<'a> {
    proxy: &'a Arc<Proxy>,
    client: &'a Client,
    place: &'a Place,
    led: &'a Led,
    /// As traces have it.
    asked: String,
    method: Method,
}

impl Way<'_> {
    async fn fetch(&self, mut request: Request<Incoming>) -> Response<Body> {
        let upgrade = wants_socket(request.headers()).then(|| hyper::upgrade::on(&mut request));
        let judged = self.judged().is_some();
        let Some(mut outgoing) = outgoing(self.place, request, upgrade.is_some(), judged) else {
            return closed::words(StatusCode::BAD_REQUEST, "that request can’t be handed on");
        };
        let speaks = match upgrade {
            Some(_) => Speaks::One,
            None => Speaks::Any,
        };
        for is_last in [false, true] {
            let outward = self.proxy.outward();
            let lent = outward.lend(self.place, &self.led.addresses, speaks);
            let Ok(Ok(mut lent)) = timeout(PATIENCE, lent).await else {
                return no_answer();
            };
            match timeout(PATIENCE, lent.sender.send(self.place, outgoing)).await {
                Ok(Ok(response)) if response.status() == StatusCode::SWITCHING_PROTOCOLS => {
                    return switch(self.proxy, self.client, self.place, upgrade, response);
                }
                Ok(Ok(response)) => {
                    outward.give_back(lent);
                    return self.hand_on(response).await;
                }
                // It had waited, and was closed before it took the request: another is tried once.
                Ok(Err(NotSent(Some(request)))) if !is_last => outgoing = *request,
                Ok(Err(NotSent(_))) | Err(_) => return no_answer(),
            }
        }
        no_answer()
    }

    /// The profile, where what pages say is judged for it here. Who asks for help is left alone.
    fn judged(&self) -> Option<&Profile> {
        let profile = self.led.gate.plan().profile_of(self.led.seat);
        profile.filter(|profile| !profile.content.is_empty() && !self.is_help())
    }

    fn is_help(&self) -> bool {
        matches!(
            self.led.decision.because,
            Because::Help | Because::MustStayOpen
        )
    }

    /// The answer as it goes on, ending when the page is closed meanwhile.
    async fn hand_on(&self, response: Response<Incoming>) -> Response<Body> {
        let (mut parts, body) = response.into_parts();
        clean(&mut parts.headers);
        parts.version = Version::HTTP_11;
        let is_empty = self.method == Method::HEAD || body.is_end_stream();
        if is_empty {
            return Response::from_parts(parts, body.map_err(BodyError::from).boxed_unsync());
        }
        let strict = self.led.gate.plan().profile_of(self.led.seat);
        let strict = strict.is_none_or(|profile| profile.children);
        if let Some(profile) = self.judged() {
            // What says nothing of itself is taken for a page, as browsers do.
            let kind =
                text(&parts.headers, &CONTENT_TYPE).unwrap_or_else(|| "text/html".to_owned());
            let coding = text(&parts.headers, &CONTENT_ENCODING).unwrap_or_default();
            match BodyJudge::begin(&profile.content, &kind, &coding) {
                Ok(Some(judge)) => {
                    let judging = Judging {
                        judge,
                        strict,
                        on_stop: self.on_stop(),
                    };
                    return match passing::pass(body, judging, self.cut()).await {
                        Ok(body) => Response::from_parts(parts, body),
                        Err(stop) => self.stopped(stop.because()),
                    };
                }
                Err(_) if strict => return self.stopped(Because::NotLookedInto),
                Ok(None) | Err(_) => {}
            }
        }
        if let Some(scanner) = self.proxy.scanner()
            && !self.is_help()
            && scan::is_download(&parts.headers)
        {
            return self.scanned(scanner, parts, body).await;
        }
        // What comes at once needs nobody to watch it.
        if body.size_hint().exact().is_some_and(|size| size < 64 << 10) {
            return Response::from_parts(parts, body.map_err(BodyError::from).boxed_unsync());
        }
        let cut = Box::pin(self.cut());
        Response::from_parts(parts, Until { body, cut }.boxed_unsync())
    }

    async fn scanned(
        &self,
        scanner: &scan::Scanner,
        parts: hyper::http::response::Parts,
        body: Incoming,
    ) -> Response<Body> {
        let Ok(download) = scanner.take(&parts.headers, body).await else {
            return no_answer();
        };
        let profile = self.led.gate.plan().profile_of(self.led.seat);
        let needs = profile.is_none_or(|profile| profile.children || profile.scanned_only);
        match download.scanned {
            Scanned::Harmful => self.stopped(Because::Harmful),
            Scanned::Unknown if needs => self.stopped(Because::NotLookedInto),
            Scanned::Clean | Scanned::Unknown => Response::from_parts(parts, download.body),
        }
    }

    /// That it is closed by something that only the proxy sees, told and said.
    fn stopped(&self, because: Because) -> Response<Body> {
        let closed = closed_by(self.led, because);
        self.proxy.filter().tell(&closed, Door::Page, &self.asked);
        blocked(self.proxy, &closed, &self.place.host.text())
    }

    /// What is told when an answer stops on its way.
    fn on_stop(&self) -> passing::OnStop {
        let proxy = Arc::clone(self.proxy);
        let mut closed = closed_by(self.led, Because::NotLookedInto);
        let asked = self.asked.clone();
        Box::new(move |stop| {
            closed.decision.because = stop.because();
            proxy.filter().tell(&closed, Door::Page, &asked);
        })
    }

    fn cut(&self) -> impl Future<Output = ()> + Send + 'static {
        tunnel::closed_meanwhile(
            Arc::clone(self.proxy),
            self.client.clone(),
            self.place.host.text(),
        )
    }
}

/// The values of a head, as one.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let all = headers.get_all(name).into_iter();
    let all: Vec<&str> = all.filter_map(|value| value.to_str().ok()).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

fn no_answer() -> Response<Body> {
    closed::words(StatusCode::BAD_GATEWAY, "that place does not answer")
}

/// The request as it goes out.
fn outgoing(
    place: &Place,
    request: Request<Incoming>,
    upgrade: bool,
    judged: bool,
) -> Option<Request<Body>> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse::<Uri>().ok()?;
    parts.version = Version::HTTP_11;
    let kind = parts.headers.get(UPGRADE).cloned();
    clean(&mut parts.headers);
    parts
        .headers
        .remove(HeaderName::from_static("proxy-authorization"));
    let host = HeaderValue::from_str(&place.authority()).ok()?;
    parts.headers.insert(HOST, host);
    parts
        .headers
        .append(VIA, HeaderValue::from_static(VIA_WORDS));
    if let Some(kind) = kind.filter(|_| upgrade) {
        parts.headers.insert(UPGRADE, kind);
        parts
            .headers
            .insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
    if judged && let Some(wanted) = text(&parts.headers, &ACCEPT_ENCODING) {
        let known = wanted.split(',').map(str::trim).filter(|one| {
            let name = one.split(';').next().unwrap_or_default().trim();
            CODINGS.iter().any(|own| own.eq_ignore_ascii_case(name))
        });
        let known = known.collect::<Vec<_>>().join(", ");
        let known = HeaderValue::from_str(&known).ok()?;
        parts.headers.insert(ACCEPT_ENCODING, known);
    }
    let body = body.map_err(BodyError::from).boxed_unsync();
    Some(Request::from_parts(parts, body))
}

/// A connection that becomes something else, such as a WebSocket.
fn switch(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
    upgrade: Option<hyper::upgrade::OnUpgrade>,
    mut response: Response<Incoming>,
) -> Response<Body> {
    let Some(inward) = upgrade else {
        return no_answer();
    };
    let outward = hyper::upgrade::on(&mut response);
    let cut = tunnel::closed_meanwhile(Arc::clone(proxy), client.clone(), place.host.text());
    tokio::spawn(async move {
        let (Ok(inward), Ok(outward)) = (inward.await, outward.await) else {
            return;
        };
        let (mut inward, mut outward) = (TokioIo::new(inward), TokioIo::new(outward));
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut inward, &mut outward) => {}
            () = cut => {}
        }
    });
    let (mut parts, body) = response.into_parts();
    let kind = parts.headers.get(UPGRADE).cloned();
    clean(&mut parts.headers);
    if let Some(kind) = kind {
        parts.headers.insert(UPGRADE, kind);
        parts
            .headers
            .insert(CONNECTION, HeaderValue::from_static("upgrade"));
    }
    Response::from_parts(parts, body.map_err(BodyError::from).boxed_unsync())
}

fn wants_socket(headers: &HeaderMap) -> bool {
    let kind = headers.get(UPGRADE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case(b"websocket"))
}

fn goes_round(headers: &HeaderMap) -> bool {
    let mut ways = headers.get_all(VIA).into_iter();
    ways.any(|way| way.to_str().is_ok_and(|way| way.contains("stairgate")))
}

/// Takes away what is for one stretch of the way only, and what `Connection` names.
fn clean(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&OF_A_STRETCH) {
        headers.remove(name);
    }
}

/// A body that ends when something happens.
struct Until<F> {
    body: Incoming,
    cut: Pin<Box<F>>,
}

impl<F: Future<Output = ()>> hyper::body::Body for Until<F> {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.cut.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err("it was closed meanwhile".into())));
        }
        let next = Pin::new(&mut self.body).poll_frame(context);
        next.map(|frame| frame.map(|frame| frame.map_err(BodyError::from)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
