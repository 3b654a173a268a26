//! A host some of whose pages are illegal, or whose pages are judged by what they say: the proxy
//! speaks for it, under a certificate of the setting's own authority, and looks at each page. A
//! device that does not trust the authority gets no page of a host that has illegal ones.

use super::{
    asked::{Client, Host, Place, place},
    closed, enrol, forward,
    serve::{Proxy, build},
};
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    header::{HOST, HeaderValue},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use std::{convert::Infallible, io, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

/// How long somebody may take to shake hands.
const PATIENCE: Duration = Duration::from_secs(10);

/// Speaks for a place to somebody.
pub(super) async fn run(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
) -> io::Result<()> {
    let (Some(authority), Host::Name(name)) = (proxy.authority(), &place.host) else {
        return Ok(());
    };
    let config = authority
        .speak_for(name, proxy.filter().now().date())
        .map_err(io::Error::other)?;
    let accepted = timeout(PATIENCE, TlsAcceptor::from(config).accept(stream)).await?;
    proxy.learn(client, name, accepted.as_ref().err());
    let stream = accepted?;
    let (proxy, client, place) = (Arc::clone(proxy), client.clone(), place.clone());
    let service = service_fn(move |request| {
        let (proxy, client, place) = (Arc::clone(&proxy), client.clone(), place.clone());
        async move { Ok::<_, Infallible>(answer(&proxy, &client, &place, request).await) }
    });
    build()
        .serve_connection_with_upgrades(TokioIo::new(stream), service)
        .await
        .map_err(io::Error::other)
}

async fn answer(
    proxy: &Arc<Proxy>,
    client: &Client,
    at: &Place,
    request: Request<Incoming>,
) -> Response<closed::Body> {
    // A request on this connection for another host would be looked at as one for this.
    let said = request.headers().get(HOST).map(HeaderValue::as_bytes);
    let said = said.and_then(|host| {
        format!("https://{}/", String::from_utf8_lossy(host))
            .parse()
            .ok()
    });
    let named = match (request.uri().authority(), said) {
        (Some(_), _) => place(request.uri(), 443, &[at.port]),
        (None, Some(said)) => place(&said, 443, &[at.port]),
        (None, None) => None,
    };
    if named.is_none_or(|named| named.host != at.host || named.port != at.port) {
        return closed::words(
            StatusCode::MISDIRECTED_REQUEST,
            "this connection is for another host",
        );
    }
    if at.host.text() == enrol::HOST {
        return enrol::answer(proxy.authority(), request.uri().path(), proxy.name(), true);
    }
    forward::answer(proxy, client, at, request).await
}
