//! The way out: connections to places of the web, by addresses that the filter gave, in HTTP/2 where
//! a place speaks it. Ones that are not in use wait a little for the next request to the same place.

use super::{asked::Place, closed::Body};
use crate::dns::provider;
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::{http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

/// How long an address is tried.
const PATIENCE: Duration = Duration::from_secs(4);
/// The most addresses of a place that are tried.
const TRIES: usize = 4;
/// How long a connection waits for another request, and how many do.
const IDLE: Duration = Duration::from_secs(15);
const IDLE_EACH: usize = 8;
const IDLE_ALL: usize = 256;
/// The longest head of an answer, in bytes.
const HEAD_MAX: u32 = 64 << 10;
/// How often it is looked whether a shared connection still answers.
const ALIVE: Duration = Duration::from_secs(20);

/// How a connection is to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaks {
    /// As the place likes.
    Any,
    /// HTTP/1.1: it may become something else, such as a WebSocket.
    One,
}

/// A connection that takes requests.
pub(super) enum Sender {
    One(http1::SendRequest<Body>),
    Two(http2::SendRequest<Body>),
}

/// Why a request was not answered, and the request, where the connection did not take it.
pub(super) struct NotSent(pub(super) Option<Box<Request<Body>>>);

impl Sender {
    /// Sends a request that is written as for HTTP/1.1, for a place.
    pub(super) async fn send(
        &mut self,
        place: &Place,
        mut request: Request<Body>,
    ) -> Result<Response<Incoming>, NotSent> {
        match self {
            Sender::One(sender) => {
                let sent = sender.try_send_request(request).await;
                sent.map_err(|mut error| NotSent(error.take_message().map(Box::new)))
            }
            Sender::Two(sender) => {
                let own = as_two(place, &mut request);
                own.ok_or(NotSent(None))?;
                let sent = sender.try_send_request(request).await;
                sent.map_err(|mut error| {
                    let own = error.take_message().and_then(|own| as_one(place, own));
                    NotSent(own.map(Box::new))
                })
            }
        }
    }
}

/// A request in HTTP/2 names its place in its address.
fn as_two(place: &Place, request: &mut Request<Body>) -> Option<()> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    let scheme = if place.under_tls { "https" } else { "http" };
    let uri = format!("{scheme}://{}{path}", place.authority());
    *request.uri_mut() = uri.parse().ok()?;
    *request.version_mut() = hyper::Version::HTTP_2;
    request.headers_mut().remove(hyper::header::HOST);
    Some(())
}

fn as_one(place: &Place, mut request: Request<Body>) -> Option<Request<Body>> {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str());
    *request.uri_mut() = path.to_owned().parse().ok()?;
    *request.version_mut() = hyper::Version::HTTP_11;
    let host = place.authority().parse().ok()?;
    request.headers_mut().insert(hyper::header::HOST, host);
    Some(request)
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Line {
    to: SocketAddr,
    authority: String,
    under_tls: bool,
}

/// One that is not in use, and since when.
type Waiting = (http1::SendRequest<Body>, Instant);

/// Makes connections and keeps those that are not in use.
pub(super) struct Outward {
    any: TlsConnector,
    one: TlsConnector,
    idle: Mutex<HashMap<Line, Vec<Waiting>>>,
    /// Ones that take many requests at once.
    shared: Mutex<HashMap<Line, (http2::SendRequest<Body>, Instant)>>,
}

/// A connection in use, and where it goes back to.
pub(super) struct Lent {
    pub(super) sender: Sender,
    line: Line,
}

impl Outward {
    pub(super) fn new(roots: Arc<RootCertStore>) -> Result<Outward, rustls::Error> {
        let one = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut any = one.clone();
        any.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Outward {
            any: TlsConnector::from(Arc::new(any)),
            one: TlsConnector::from(Arc::new(one)),
            idle: Mutex::default(),
            shared: Mutex::default(),
        })
    }

    /// A connection that takes a request to a place.
    pub(super) async fn lend(
        self: &Arc<Outward>,
        place: &Place,
        addresses: &[IpAddr],
        speaks: Speaks,
    ) -> io::Result<Lent> {
        let lines = addresses.iter().map(|address| Line {
            to: SocketAddr::new(*address, place.port),
            authority: place.authority(),
            under_tls: place.under_tls,
        });
        let lines: Vec<Line> = lines.collect();
        if speaks == Speaks::Any
            && let Some(lent) = lines.iter().find_map(|line| self.shared(line))
        {
            return Ok(lent);
        }
        if let Some(lent) = lines.iter().find_map(|line| self.waiting(line)) {
            return Ok(lent);
        }
        let stream = connect(place, addresses).await?;
        let line = Line {
            to: stream.peer_addr()?,
            authority: place.authority(),
            under_tls: place.under_tls,
        };
        if !place.under_tls {
            let sender = Sender::One(begin_one(stream).await?);
            return Ok(Lent { sender, line });
        }
        let name = ServerName::try_from(place.host.text()).map_err(io::Error::other)?;
        let tls = match speaks {
            Speaks::Any => &self.any,
            Speaks::One => &self.one,
        };
        let stream = timeout(PATIENCE, tls.connect(name, stream)).await??;
        let sender = if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
            let sender = begin_two(stream).await?;
            self.share(&line, &sender);
            Sender::Two(sender)
        } else {
            Sender::One(begin_one(stream).await?)
        };
        Ok(Lent { sender, line })
    }

    fn shared(&self, line: &Line) -> Option<Lent> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let (sender, since) = shared.get_mut(line)?;
        if sender.is_closed() || !sender.is_ready() {
            shared.remove(line);
            return None;
        }
        *since = Instant::now();
        Some(Lent {
            sender: Sender::Two(sender.clone()),
            line: line.clone(),
        })
    }

    fn share(&self, line: &Line, sender: &http2::SendRequest<Body>) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is forgotten ends with its last request.
        shared.retain(|_, (sender, since)| since.elapsed() < IDLE && !sender.is_closed());
        if shared.len() < IDLE_ALL {
            shared.insert(line.clone(), (sender.clone(), Instant::now()));
        }
    }

    fn waiting(&self, line: &Line) -> Option<Lent> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let own = idle.get_mut(line)?;
        let mut found = None;
        while let Some((sender, since)) = own.pop() {
            if since.elapsed() < IDLE && sender.is_ready() {
                found = Some(sender);
                break;
            }
        }
        if own.is_empty() {
            idle.remove(line);
        }
        Some(Lent {
            sender: Sender::One(found?),
            line: line.clone(),
        })
    }

    /// Takes a connection back, once its answer has been read to the end.
    pub(super) fn give_back(self: &Arc<Outward>, lent: Lent) {
        let Lent {
            sender: Sender::One(mut sender),
            line,
        } = lent
        else {
            return;
        };
        let outward = Arc::clone(self);
        tokio::spawn(async move {
            if !matches!(timeout(IDLE, sender.ready()).await, Ok(Ok(()))) {
                return;
            }
            let mut idle = outward.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let all: usize = idle.values().map(Vec::len).sum();
            if all >= IDLE_ALL {
                idle.retain(|_, own| {
                    own.retain(|(sender, since)| since.elapsed() < IDLE && !sender.is_closed());
                    !own.is_empty()
                });
            }
            let own = idle.entry(line).or_default();
            if own.len() < IDLE_EACH && all < IDLE_ALL {
                own.push((sender, Instant::now()));
            }
        });
    }
}

/// A connection to a place, by the first of its addresses that answers.
pub(super) async fn connect(place: &Place, addresses: &[IpAddr]) -> io::Result<TcpStream> {
    let mut last = io::Error::new(io::ErrorKind::NotFound, "it has no address");
    for address in addresses.iter().take(TRIES) {
        let to = SocketAddr::new(*address, place.port);
        match timeout(PATIENCE, TcpStream::connect(to)).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

async fn begin_one(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
) -> io::Result<http1::SendRequest<Body>> {
    let (sender, connection) = timeout(PATIENCE, http1::handshake(TokioIo::new(stream)))
        .await?
        .map_err(io::Error::other)?;
    tokio::spawn(async move {
        if let Err(error) = connection.with_upgrades().await {
            tracing::debug!(%error, "a connection outward ended");
        }
    });
    Ok(sender)
}

async fn begin_two(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
) -> io::Result<http2::SendRequest<Body>> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .keep_alive_interval(ALIVE)
        .max_header_list_size(HEAD_MAX);
    let (sender, connection) = timeout(PATIENCE, builder.handshake(TokioIo::new(stream)))
        .await?
        .map_err(io::Error::other)?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection outward ended");
        }
    });
    Ok(sender)
}
