//! Asking under encryption. Connections are kept and used again; over TLS one carries one question
//! at a time, over HTTPS one carries all of them.

use super::plain::exchange;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, body::Bytes, client::conn::http2::SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Connections that are kept for later.
const KEPT_MAX: usize = 8;

const ANSWER_BYTES_MAX: usize = 65_535;

/// A resolver under TLS.
pub(super) struct Tls {
    at: SocketAddr,
    name: String,
    connector: TlsConnector,
    kept: Mutex<Vec<TlsStream<TcpStream>>>,
}

impl Tls {
    pub(super) fn new(
        at: SocketAddr,
        name: &str,
        roots: &Arc<RootCertStore>,
        speaks: &[&[u8]],
    ) -> Tls {
        let mut config = ClientConfig::builder_with_provider(super::super::serve::provider())
            .with_safe_default_protocol_versions()
            .map(|begun| {
                begun
                    .with_root_certificates(Arc::clone(roots))
                    .with_no_client_auth()
            })
            // INVARIANT: the provider knows the versions that are usual.
            .unwrap_or_else(|_| {
                ClientConfig::builder()
                    .with_root_certificates(RootCertStore::empty())
                    .with_no_client_auth()
            });
        config.alpn_protocols = speaks.iter().map(|word| word.to_vec()).collect();
        Tls {
            at,
            name: name.to_owned(),
            connector: TlsConnector::from(Arc::new(config)),
            kept: Mutex::default(),
        }
    }

    pub(super) async fn ask(&self, question: &[u8]) -> io::Result<Vec<u8>> {
        let kept = self.lock().pop();
        if let Some(mut stream) = kept
            // It may have been closed while it was kept: then a new one is made.
            && let Ok(answer) = exchange(&mut stream, question).await
        {
            self.keep(stream);
            return Ok(answer);
        }
        let mut stream = self.connect().await?;
        let answer = exchange(&mut stream, question).await?;
        self.keep(stream);
        Ok(answer)
    }

    async fn connect(&self) -> io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(self.at).await?;
        stream.set_nodelay(true)?;
        let name = ServerName::try_from(self.name.clone()).map_err(io::Error::other)?;
        self.connector.connect(name, stream).await
    }

    fn keep(&self, stream: TlsStream<TcpStream>) {
        let mut kept = self.lock();
        if kept.len() < KEPT_MAX {
            kept.push(stream);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<TlsStream<TcpStream>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A resolver over HTTPS.
pub(super) struct Https {
    tls: Tls,
    to: String,
    open: tokio::sync::Mutex<Option<SendRequest<Full<Bytes>>>>,
}

impl Https {
    pub(super) fn new(at: SocketAddr, name: &str, path: &str, roots: &Arc<RootCertStore>) -> Https {
        Https {
            tls: Tls::new(at, name, roots, &[b"h2"]),
            to: format!("https://{name}{path}"),
            open: tokio::sync::Mutex::default(),
        }
    }

    pub(super) async fn ask(&self, question: &[u8]) -> io::Result<Vec<u8>> {
        let request = Request::post(&self.to)
            .header("content-type", "application/dns-message")
            .header("accept", "application/dns-message")
            .body(Full::new(Bytes::copy_from_slice(question)))
            .map_err(io::Error::other)?;
        let mut open = self.open().await?;
        let answer = open.send_request(request).await.map_err(io::Error::other)?;
        if !answer.status().is_success() {
            return Err(io::Error::other(format!("it said {}", answer.status())));
        }
        let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX)
            .collect()
            .await;
        Ok(body.map_err(io::Error::other)?.to_bytes().to_vec())
    }

    /// The connection that is open, or a new one.
    async fn open(&self) -> io::Result<SendRequest<Full<Bytes>>> {
        let mut open = self.open.lock().await;
        if let Some(open) = open.as_ref().filter(|open| !open.is_closed()) {
            return Ok(open.clone());
        }
        let stream = TokioIo::new(self.tls.connect().await?);
        let made = hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await;
        let (send, connection) = made.map_err(io::Error::other)?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to a resolver ended");
            }
        });
        *open = Some(send.clone());
        Ok(send)
    }
}
