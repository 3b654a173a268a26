//! DNS over HTTPS (RFC 8484): `/dns-query`, and `/dns-query/KEY` for a device that is elsewhere.

use super::{
    filter::Filter,
    question::QUESTION_BYTES_MAX,
    say::Way,
    stream::{Doors, accept, key_of},
};
use crate::{plan::Asker, traces::Door};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CACHE_CONTROL, CONTENT_TYPE},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use std::{convert::Infallible, net::IpAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const PATH: &str = "/dns-query";
const MESSAGE: &str = "application/dns-message";

/// Questions of one connection that are under way at once.
const UNDER_WAY_MAX: u32 = 64;

/// How long somebody may take to shake hands, to send a head, or to show that they are there.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is looked whether anybody is there.
const STILL_THERE: Duration = Duration::from_secs(30);

/// The longest time that one connection is used; devices make a new one.
const CONNECTION_MAX: Duration = Duration::from_secs(3600);

/// Takes connections for ever.
pub(super) async fn listen(
    filter: Arc<Filter>,
    listener: TcpListener,
    tls: TlsAcceptor,
    doors: Doors,
) {
    loop {
        let Some((stream, from, entered)) = accept(&listener, &doors).await else {
            continue;
        };
        let (filter, tls) = (Arc::clone(&filter), tls.clone());
        tokio::spawn(async move {
            let entered = entered;
            let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, tls.accept(stream)).await else {
                return;
            };
            let at = from.ip().to_canonical();
            let named = stream.get_ref().1.server_name().and_then(key_of);
            let service = service_fn(move |request| {
                let (filter, named) = (Arc::clone(&filter), named.clone());
                async move { Ok::<_, Infallible>(answer(&filter, request, at, named).await) }
            });
            let mut builder = auto::Builder::new(TokioExecutor::new());
            builder
                .http1()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(16 << 10);
            builder
                .http2()
                .timer(TokioTimer::new())
                .keep_alive_interval(STILL_THERE)
                .keep_alive_timeout(PATIENCE)
                .max_header_list_size(16 << 10)
                .max_concurrent_streams(UNDER_WAY_MAX);
            let serving = builder.serve_connection(TokioIo::new(stream), service);
            if let Ok(Err(error)) = tokio::time::timeout(CONNECTION_MAX, serving).await {
                tracing::debug!(%error, "a connection ended");
            }
            drop(entered);
        });
    }
}

async fn answer(
    filter: &Arc<Filter>,
    request: Request<Incoming>,
    at: IpAddr,
    named: Option<String>,
) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    let key = match path.strip_prefix(PATH) {
        Some("" | "/") => named,
        Some(rest) => match rest.strip_prefix('/').filter(|key| !key.contains('/')) {
            Some(key) => Some(key.to_ascii_lowercase()),
            None => return say(StatusCode::NOT_FOUND, "there is nothing here\n"),
        },
        None => return say(StatusCode::NOT_FOUND, "there is nothing here\n"),
    };
    let message = match message(request).await {
        Ok(message) => message,
        Err(answer) => return answer,
    };
    let asker = key.as_deref().map_or(Asker::At(at), Asker::Key);
    let Some(answer) = filter.answer(&message, asker, Door::Doh, Way::Stream).await else {
        return say(StatusCode::BAD_REQUEST, "that is not a question\n");
    };
    let seconds = seconds(&answer);
    let response = Response::builder()
        .header(CONTENT_TYPE, MESSAGE)
        .header(CACHE_CONTROL, format!("private, max-age={seconds}"));
    response
        .body(Full::new(Bytes::from(answer)))
        .unwrap_or_default()
}

/// The message that was sent, in the body or in the address.
async fn message(request: Request<Incoming>) -> Result<Vec<u8>, Response<Full<Bytes>>> {
    match *request.method() {
        Method::GET => {
            let query = request.uri().query().unwrap_or_default();
            let mut parts = query.split('&').filter_map(|part| part.split_once('='));
            let text = parts.find(|(name, _)| *name == "dns").map(|(_, text)| text);
            let bytes = text.and_then(|text| {
                let text = text.trim_end_matches('=');
                BASE64_URL_SAFE_NO_PAD.decode(text).ok()
            });
            bytes.ok_or_else(|| {
                say(
                    StatusCode::BAD_REQUEST,
                    "dns= is missing or is no question\n",
                )
            })
        }
        Method::POST => {
            let is_message = request
                .headers()
                .get(CONTENT_TYPE)
                .is_some_and(|kind| kind.as_bytes().eq_ignore_ascii_case(MESSAGE.as_bytes()));
            if !is_message {
                let words = "the body has to be application/dns-message\n";
                return Err(say(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
            }
            let body = Limited::new(request.into_body(), QUESTION_BYTES_MAX).collect();
            match tokio::time::timeout(PATIENCE, body).await {
                Ok(Ok(body)) => Ok(body.to_bytes().to_vec()),
                Ok(Err(_)) => Err(say(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "too long for a question\n",
                )),
                Err(_) => Err(say(
                    StatusCode::REQUEST_TIMEOUT,
                    "the question did not come\n",
                )),
            }
        }
        _ => Err(say(StatusCode::METHOD_NOT_ALLOWED, "GET or POST\n")),
    }
}

/// For how long an answer may be kept: as long as its first record says.
fn seconds(answer: &[u8]) -> u32 {
    let begins = super::question::skip_name(answer, super::question::HEAD_BYTES);
    let record = begins.and_then(|at| super::question::skip_name(answer, at + 4));
    let bytes = record.and_then(|at| answer.get(at + 4..)?.first_chunk::<4>());
    let has_records = answer.get(6..10) != Some([0; 4].as_slice());
    match bytes.filter(|_| has_records) {
        Some(bytes) => u32::from_be_bytes(*bytes),
        None => 0,
    }
}

fn say(status: StatusCode, words: &'static str) -> Response<Full<Bytes>> {
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8");
    response
        .body(Full::new(Bytes::from_static(words.as_bytes())))
        .unwrap_or_default()
}
