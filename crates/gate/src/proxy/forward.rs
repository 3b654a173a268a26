//! A page is fetched for somebody, if it is open for them, and handed on as it comes.

use super::{
    asked::{Client, Host, Place},
    closed::{self, Blocked, Body},
    serve::Proxy,
    tunnel,
};
use crate::{
    dns::Led,
    plan::{Because, Verdict},
    traces::{Answer, Door},
};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap, Request, Response, StatusCode, Uri, Version,
    body::{Body as _, Bytes, Frame, Incoming, SizeHint},
    header::{
        CONNECTION, HOST, HeaderName, HeaderValue, TE, TRAILER, TRANSFER_ENCODING, UPGRADE, VIA,
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
    proxy.filter().tell(&led, Door::Page, &asked);
    if !led.decision.open || led.addresses.is_empty() {
        return blocked(proxy, &led, &host);
    }
    fetch(proxy, client, place, &led, request).await
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
    });
    let status = match (failed, illegal) {
        (true, _) if led.answer == Answer::Failed => StatusCode::BAD_GATEWAY,
        (_, true) => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
        (_, false) => StatusCode::FORBIDDEN,
    };
    closed::page(status, html)
}

async fn fetch(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
    led: &Led,
    mut request: Request<Incoming>,
) -> Response<Body> {
    let upgrade = wants_socket(request.headers()).then(|| hyper::upgrade::on(&mut request));
    let Some(mut outgoing) = outgoing(place, request, upgrade.is_some()) else {
        return closed::words(StatusCode::BAD_REQUEST, "that request can’t be handed on");
    };
    for is_last in [false, true] {
        let lent = timeout(PATIENCE, proxy.outward().lend(place, &led.addresses)).await;
        let Ok(Ok(mut lent)) = lent else {
            return no_answer();
        };
        let sent = timeout(PATIENCE, lent.sender.try_send_request(outgoing)).await;
        match sent {
            Ok(Ok(response)) if response.status() == StatusCode::SWITCHING_PROTOCOLS => {
                return switch(proxy, client, place, upgrade, response);
            }
            Ok(Ok(response)) => {
                proxy.outward().give_back(lent);
                return hand_on(proxy, client, place, response);
            }
            // It had waited, and was closed before it took the request: another is tried once.
            Ok(Err(mut error)) => match error.take_message().filter(|_| !is_last) {
                Some(request) => outgoing = request,
                None => return no_answer(),
            },
            Err(_) => return no_answer(),
        }
    }
    no_answer()
}

fn no_answer() -> Response<Body> {
    closed::words(StatusCode::BAD_GATEWAY, "that place does not answer")
}

/// The request as it goes out.
fn outgoing(place: &Place, request: Request<Incoming>, upgrade: bool) -> Option<Request<Body>> {
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
    Some(Request::from_parts(parts, body.boxed_unsync()))
}

/// The answer as it goes on, ending when the page is closed meanwhile.
fn hand_on(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
    response: Response<Incoming>,
) -> Response<Body> {
    let (mut parts, body) = response.into_parts();
    clean(&mut parts.headers);
    parts.version = Version::HTTP_11;
    // What comes at once needs nobody to watch it.
    if body.size_hint().exact().is_some_and(|size| size < 64 << 10) {
        return Response::from_parts(parts, body.boxed_unsync());
    }
    let cut = Box::pin(tunnel::closed_meanwhile(
        Arc::clone(proxy),
        client.clone(),
        place.host.text(),
    ));
    Response::from_parts(parts, Until { body, cut }.boxed_unsync())
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
    Response::from_parts(parts, body.boxed_unsync())
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
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        if self.cut.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
