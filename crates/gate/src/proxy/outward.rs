//! The way out: connections to places of the web, by addresses that the filter gave. Ones that are
//! not in use wait a little for the next request to the same place.

use super::{asked::Place, closed::Body};
use crate::dns::provider;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
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

/// A connection that takes requests.
pub(super) type Sender = SendRequest<Body>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Line {
    to: SocketAddr,
    authority: String,
    under_tls: bool,
}

/// Makes connections and keeps those that are not in use.
pub(super) struct Outward {
    tls: TlsConnector,
    idle: Mutex<HashMap<Line, Vec<(Sender, Instant)>>>,
}

/// A connection in use, and where it goes back to.
pub(super) struct Lent {
    pub(super) sender: Sender,
    line: Line,
}

impl Outward {
    pub(super) fn new(roots: Arc<RootCertStore>) -> Result<Outward, rustls::Error> {
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Outward {
            tls: TlsConnector::from(Arc::new(config)),
            idle: Mutex::default(),
        })
    }

    /// A connection that takes a request to a place.
    pub(super) async fn lend(
        self: &Arc<Outward>,
        place: &Place,
        addresses: &[IpAddr],
    ) -> io::Result<Lent> {
        let lines = addresses.iter().map(|address| Line {
            to: SocketAddr::new(*address, place.port),
            authority: place.authority(),
            under_tls: place.under_tls,
        });
        let lines: Vec<Line> = lines.collect();
        if let Some(lent) = lines.iter().find_map(|line| self.waiting(line)) {
            return Ok(lent);
        }
        let stream = connect(place, addresses).await?;
        let line = Line {
            to: stream.peer_addr()?,
            authority: place.authority(),
            under_tls: place.under_tls,
        };
        let sender = if place.under_tls {
            let name = ServerName::try_from(place.host.text()).map_err(io::Error::other)?;
            let stream = timeout(PATIENCE, self.tls.connect(name, stream)).await??;
            begin(stream).await?
        } else {
            begin(stream).await?
        };
        Ok(Lent { sender, line })
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
            sender: found?,
            line: line.clone(),
        })
    }

    /// Takes a connection back, once its answer has been read to the end.
    pub(super) fn give_back(self: &Arc<Outward>, lent: Lent) {
        let outward = Arc::clone(self);
        tokio::spawn(async move {
            let Lent { mut sender, line } = lent;
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

async fn begin(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> io::Result<Sender> {
    let (sender, connection) = timeout(PATIENCE, handshake(TokioIo::new(stream)))
        .await?
        .map_err(io::Error::other)?;
    tokio::spawn(async move {
        if let Err(error) = connection.with_upgrades().await {
            tracing::debug!(%error, "a connection outward ended");
        }
    });
    Ok(sender)
}
