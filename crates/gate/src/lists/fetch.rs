//! Fetches a list over HTTP or HTTPS: only what is new, never more than a list may have, and never
//! from where nobody sent it. What comes is a file beside the one in use, until somebody judges it.

use super::subscribe::Subscription;
use crate::dns::{ServeError, is_private, provider, roots};
use flate2::write::GzDecoder;
use http_body_util::{BodyExt, Empty};
use hyper::{
    Request, Response, StatusCode, Uri,
    body::{Bytes, Incoming},
    client::conn::http1,
    header::{
        ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderName,
        IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, USER_AGENT,
    },
};
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, pki_types::ServerName};
use sha2::{Digest, Sha256};
use std::{
    io::{self, Write},
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

/// How often one place may lead to another.
const LED_MAX: usize = 5;

/// The longest beginning of a list that is looked at for what it is.
const BEGINNING: usize = 512;

/// What a list may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes of the list, unpacked.
    pub bytes_max: u64,
    /// How long a place may be silent.
    pub silence: Duration,
    /// How long it may take in all.
    pub patience: Duration,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            bytes_max: 512 << 20,
            silence: Duration::from_secs(30),
            patience: Duration::from_secs(900),
        }
    }
}

/// What is known of the version that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What the place calls it.
    pub etag: Option<String>,
    /// When the place says that it changed.
    pub modified: Option<String>,
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// Nothing new.
    Same,
    /// Another version, in the file that was named.
    New {
        /// What is known of it now.
        known: Known,
        /// Its SHA-256, as 64 digits from 0 to f.
        sum: String,
    },
}

/// Why nothing came. What was there stays in use.
#[derive(Debug, thiserror::Error)]
pub enum NotFetched {
    /// The address is none of a list.
    #[error("{0} is no address of a list: http://… or https://…")]
    Address(String),
    /// It leads into a network of one's own, or round in circles.
    #[error("the list leads to {0}, from where no list is taken")]
    Led(String),
    /// The place says no.
    #[error("the place of the list answers {0}")]
    Answer(StatusCode),
    /// What came is no list.
    #[error("what came is no list: {0}")]
    NoList(&'static str),
    /// It is larger than a list may be.
    #[error("the list is larger than it may be")]
    TooLarge,
    /// It took too long.
    #[error("the place of the list is too slow")]
    Slow,
    /// The network or the disk says no.
    #[error("the list could not be fetched: {0}")]
    Io(#[from] io::Error),
}

/// Fetches lists.
pub struct Fetching {
    tls: TlsConnector,
    bounds: Bounds,
}

impl Fetching {
    /// Begins; places under HTTPS may show certificates of further authorities, in a file of PEM text.
    ///
    /// # Errors
    ///
    /// Where that file can't be used, or TLS can't be spoken.
    pub fn new(authorities: Option<&Path>, bounds: Bounds) -> Result<Fetching, ServeError> {
        let roots = roots(authorities)?;
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(ServeError::Tls)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Fetching {
            tls: TlsConnector::from(Arc::new(config)),
            bounds,
        })
    }

    /// Fetches a list into a file, where there is another version than the one that is known.
    ///
    /// # Errors
    ///
    /// Says why nothing came.
    pub async fn fetch(
        &self,
        what: &Subscription,
        known: &Known,
        into: &Path,
    ) -> Result<Came, NotFetched> {
        let fetching = self.follow(what, known, into);
        timeout(self.bounds.patience, fetching)
            .await
            .map_err(|_| NotFetched::Slow)?
    }

    async fn follow(
        &self,
        what: &Subscription,
        known: &Known,
        into: &Path,
    ) -> Result<Came, NotFetched> {
        let first = Place::read(&what.url)?;
        let mut place = first.clone();
        for _ in 0..=LED_MAX {
            let at = place.addresses().await?;
            // Whoever subscribed chose the first place, not those that it leads to.
            let own = at.iter().all(|address| is_private(address.ip()));
            if own && place.host != first.host {
                return Err(NotFetched::Led(place.host));
            }
            let mut at = at.into_iter();
            let fits = |address: &SocketAddr| own || !is_private(address.ip());
            let address = at.find(fits).ok_or(NotFetched::Slow)?;
            let answer = self.ask(&place, address, known).await?;
            let status = answer.status();
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Came::Same);
            }
            if status == StatusCode::OK {
                return self.take(answer, into).await;
            }
            if !status.is_redirection() {
                return Err(NotFetched::Answer(status));
            }
            place = place.led(text(answer.headers(), &LOCATION))?;
        }
        Err(NotFetched::Led(place.host))
    }

    async fn ask(
        &self,
        place: &Place,
        at: SocketAddr,
        known: &Known,
    ) -> Result<Response<Incoming>, NotFetched> {
        let asking = async {
            let stream = TcpStream::connect(at).await?;
            let mut request = Request::get(place.path.as_str())
                .header(HOST, place.authority())
                .header(USER_AGENT, "stairgate")
                .header(ACCEPT_ENCODING, "gzip");
            let conditions = [
                (IF_NONE_MATCH, &known.etag),
                (IF_MODIFIED_SINCE, &known.modified),
            ];
            for (name, value) in conditions {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let request = request
                .body(Empty::<Bytes>::new())
                .map_err(io::Error::other)?;
            if !place.under_tls {
                return send(TokioIo::new(stream), request).await;
            }
            let name = ServerName::try_from(place.host.clone()).map_err(io::Error::other)?;
            let stream = self.tls.connect(name, stream).await?;
            send(TokioIo::new(stream), request).await
        };
        let answer = timeout(self.bounds.silence, asking).await;
        Ok(answer.map_err(|_| NotFetched::Slow)??)
    }

    async fn take(&self, answer: Response<Incoming>, into: &Path) -> Result<Came, NotFetched> {
        let headers = answer.headers();
        let known = Known {
            etag: text(headers, &ETAG),
            modified: text(headers, &LAST_MODIFIED),
        };
        let kind = text(headers, &CONTENT_TYPE).unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        if ["text/html", "image/", "video/", "audio/", "application/pdf"]
            .iter()
            .any(|other| kind.starts_with(other))
        {
            return Err(NotFetched::NoList("a page or a picture"));
        }
        let packed = match text(headers, &CONTENT_ENCODING).as_deref() {
            None | Some("identity") => false,
            Some("gzip") => true,
            Some(_) => return Err(NotFetched::NoList("packed in a way that nobody asked for")),
        };
        let file = Taken::new(into, self.bounds.bytes_max)?;
        let mut out = match packed {
            true => Out::Packed(Box::new(GzDecoder::new(file))),
            false => Out::Plain(file),
        };
        let mut body = answer.into_body();
        loop {
            let frame = timeout(self.bounds.silence, body.frame()).await;
            let Some(frame) = frame.map_err(|_| NotFetched::Slow)? else {
                break;
            };
            // A body that ends before its length is an error here.
            let frame = frame.map_err(io::Error::other)?;
            if let Some(bytes) = frame.data_ref() {
                out.write_all(bytes).map_err(large)?;
            }
        }
        let file = match out {
            Out::Packed(packed) => packed.finish().map_err(large)?,
            Out::Plain(file) => file,
        };
        let sum = file.end(into)?;
        Ok(Came::New { known, sum })
    }
}

async fn send<T>(
    stream: TokioIo<T>,
    request: Request<Empty<Bytes>>,
) -> io::Result<Response<Incoming>>
where
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(stream).await.map_err(io::Error::other)?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "the place of a list broke off");
        }
    });
    sender.send_request(request).await.map_err(io::Error::other)
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= 1024).then(|| value.to_owned())
}

/// What the file says that grew too large is one answer; all else is another.
fn large(error: io::Error) -> NotFetched {
    match error.kind() {
        io::ErrorKind::FileTooLarge => NotFetched::TooLarge,
        _ => NotFetched::Io(error),
    }
}

enum Out {
    Plain(Taken),
    Packed(Box<GzDecoder<Taken>>),
}

impl Out {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Out::Plain(file) => file.write_all(bytes),
            Out::Packed(packed) => packed.write_all(bytes),
        }
    }
}

/// A file that grows, up to a bound, and is summed up meanwhile.
struct Taken {
    file: tempfile::NamedTempFile,
    sum: Sha256,
    left: u64,
    beginning: Vec<u8>,
}

impl Taken {
    fn new(into: &Path, bytes_max: u64) -> io::Result<Taken> {
        let folder = into.parent().unwrap_or(Path::new("."));
        Ok(Taken {
            file: tempfile::NamedTempFile::new_in(folder)?,
            sum: Sha256::new(),
            left: bytes_max,
            beginning: Vec::with_capacity(BEGINNING),
        })
    }

    fn end(self, into: &Path) -> Result<String, NotFetched> {
        if self.beginning.is_empty() {
            return Err(NotFetched::NoList("nothing"));
        }
        let small = self.beginning.to_ascii_lowercase();
        let small = small.trim_ascii_start();
        if small.starts_with(b"<!doctype") || small.starts_with(b"<html") {
            return Err(NotFetched::NoList("a page"));
        }
        if self.beginning.contains(&0) {
            return Err(NotFetched::NoList("bytes that are no text"));
        }
        self.file.as_file().sync_all()?;
        self.file.persist(into).map_err(|error| error.error)?;
        let digits = self.sum.finalize();
        Ok(digits.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Write for Taken {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let left = self.left.checked_sub(length);
        self.left = left.ok_or(io::ErrorKind::FileTooLarge)?;
        let room = BEGINNING.saturating_sub(self.beginning.len());
        self.beginning.extend(bytes.iter().take(room));
        self.sum.update(bytes);
        self.file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    under_tls: bool,
    host: String,
    port: u16,
    path: String,
}

impl Place {
    fn read(text: &str) -> Result<Place, NotFetched> {
        let wrong = || NotFetched::Address(text.chars().take(200).collect());
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let under_tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            Some(_) | None => return Err(wrong()),
        };
        let authority = uri.authority().ok_or_else(wrong)?;
        if authority.as_str().contains('@') {
            return Err(wrong());
        }
        let host = authority
            .host()
            .trim_matches(['[', ']'])
            .to_ascii_lowercase();
        Ok(Place {
            under_tls,
            port: authority
                .port_u16()
                .unwrap_or(if under_tls { 443 } else { 80 }),
            path: uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
            host: Some(host)
                .filter(|host| !host.is_empty())
                .ok_or_else(wrong)?,
        })
    }

    /// Where this place leads to: nowhere that is less safe.
    fn led(&self, to: Option<String>) -> Result<Place, NotFetched> {
        let to = to.ok_or(NotFetched::NoList("it leads nowhere"))?;
        let place = match to.starts_with('/') && !to.starts_with("//") {
            true => Place {
                path: to,
                ..self.clone()
            },
            false => Place::read(&to)?,
        };
        if self.under_tls && !place.under_tls {
            return Err(NotFetched::Led(place.host));
        }
        Ok(place)
    }

    fn authority(&self) -> String {
        let usual = if self.under_tls { 443 } else { 80 };
        let host = match self.host.parse::<IpAddr>() {
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            Ok(IpAddr::V4(_)) | Err(_) => self.host.clone(),
        };
        match self.port == usual {
            true => host,
            false => format!("{host}:{}", self.port),
        }
    }

    async fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let found = tokio::net::lookup_host((self.host.as_str(), self.port)).await?;
        Ok(found.take(16).collect())
    }
}
