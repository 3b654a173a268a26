//! Downloads are held until a scanner has seen them: `clamd`, by its stream of pieces over a socket.
//! What it does not say is clean stays here. A download waits on the disk, in a file without a name.

use super::closed::{Body, BodyError};
use http_body_util::BodyExt;
use hyper::{
    HeaderMap,
    body::{Bytes, Frame, Incoming, SizeHint},
    header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE},
};
use std::{
    io::{self, SeekFrom},
    net::SocketAddr,
    path::PathBuf,
    pin::Pin,
    str::FromStr,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncReadExt, AsyncSeekExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::{TcpStream, UnixStream},
    sync::Semaphore,
    time::timeout,
};

/// The largest download that is scanned, in bytes: what `clamd` takes where nobody changed it.
const BYTES_MAX: u64 = 25 << 20;
/// Downloads that are scanned at once.
const AT_ONCE: usize = 8;
/// How long is waited for the scanner, or the next piece.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest answer of the scanner.
const ANSWER_MAX: u64 = 1_024;
/// Bytes that go on at a time.
const PIECE_BYTES: usize = 64 << 10;

/// Where the scanner listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScannerAt {
    /// A socket in the file system.
    File(PathBuf),
    /// An address.
    Net(SocketAddr),
}

impl FromStr for ScannerAt {
    type Err = String;

    fn from_str(text: &str) -> Result<ScannerAt, String> {
        if let Ok(address) = text.parse() {
            return Ok(ScannerAt::Net(address));
        }
        match text.starts_with('/') {
            true => Ok(ScannerAt::File(PathBuf::from(text))),
            false => Err("a scanner is at /path/of/its.socket or at ADDRESS:PORT".to_owned()),
        }
    }
}

/// What a scanner says of a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    Clean,
    Harmful,
    /// It said nothing, or not that it is clean.
    Unknown,
}

/// What became of a download.
pub(super) struct Download {
    pub(super) scanned: Scanned,
    /// All of it, or what there is and the rest as it comes.
    pub(super) body: Body,
}

/// Asks a scanner.
pub(super) struct Scanner {
    at: ScannerAt,
    free: Semaphore,
}

/// Whether an answer is something that is kept and opened, rather than shown.
pub(super) fn is_download(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &hyper::header::HeaderValue| value.to_str().ok())
    };
    let kept = text(CONTENT_DISPOSITION).is_some_and(|value| {
        value
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("attachment")
    });
    let kind = text(CONTENT_TYPE).unwrap_or("application/octet-stream");
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let shown = ["text/", "image/", "audio/", "video/", "font/"];
    let program = [
        "javascript",
        "json",
        "xml",
        "wasm",
        "font",
        "mpegurl",
        "dash",
        "grpc",
        "protobuf",
    ];
    kept || !(shown.iter().any(|own| kind.starts_with(own))
        || program.iter().any(|own| kind.contains(own)))
}

impl Scanner {
    pub(super) fn new(at: ScannerAt) -> Scanner {
        Scanner {
            at,
            free: Semaphore::new(AT_ONCE),
        }
    }

    /// Takes a download in, all of it where it is not too large, and asks.
    pub(super) async fn take(&self, headers: &HeaderMap, body: Incoming) -> io::Result<Download> {
        let length = headers
            .get(CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok());
        let is_large = length
            .and_then(|text| text.parse::<u64>().ok())
            .is_some_and(|own| own > BYTES_MAX);
        if is_large {
            return Ok(Download {
                scanned: Scanned::Unknown,
                body: body.map_err(BodyError::from).boxed_unsync(),
            });
        }
        let _one = self.free.acquire().await.map_err(io::Error::other)?;
        let mut file = File::from_std(tempfile::tempfile()?);
        let mut said = match timeout(PATIENCE, connect(&self.at)).await {
            Ok(Ok(stream)) => Some(stream),
            Ok(Err(_)) | Err(_) => None,
        };
        let (mut body, mut taken) = (body, 0_u64);
        let whole = loop {
            let next = timeout(PATIENCE, body.frame()).await?;
            let Some(frame) = next.transpose().map_err(io::Error::other)? else {
                break true;
            };
            let Some(data) = frame.data_ref() else {
                continue;
            };
            taken = taken.saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
            file.write_all(data).await?;
            if let Some(stream) = &mut said
                && !matches!(timeout(PATIENCE, piece(stream, data)).await, Ok(Ok(())))
            {
                // It may have said no already; without its word nothing is clean.
                said = None;
            }
            if taken > BYTES_MAX {
                break false;
            }
        };
        file.flush().await?;
        file.seek(SeekFrom::Start(0)).await?;
        let scanned = match said {
            Some(stream) if whole => timeout(PATIENCE, answer(stream))
                .await
                .unwrap_or(Ok(Scanned::Unknown)),
            Some(_) | None => Ok(Scanned::Unknown),
        };
        Ok(Download {
            scanned: scanned.unwrap_or(Scanned::Unknown),
            body: Kept {
                file,
                left: taken,
                rest: (!whole).then_some(body),
            }
            .boxed_unsync(),
        })
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

async fn connect(at: &ScannerAt) -> io::Result<Box<dyn Stream>> {
    let mut stream: Box<dyn Stream> = match at {
        ScannerAt::File(path) => Box::new(UnixStream::connect(path).await?),
        ScannerAt::Net(address) => Box::new(TcpStream::connect(address).await?),
    };
    stream.write_all(b"zINSTREAM\0").await?;
    Ok(stream)
}

async fn piece(stream: &mut Box<dyn Stream>, data: &[u8]) -> io::Result<()> {
    for part in data.chunks(PIECE_BYTES) {
        let length = u32::try_from(part.len()).map_err(io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(part).await?;
    }
    Ok(())
}

async fn answer(mut stream: Box<dyn Stream>) -> io::Result<Scanned> {
    stream.write_all(&[0; 4]).await?;
    stream.flush().await?;
    let mut said = Vec::new();
    stream.take(ANSWER_MAX).read_to_end(&mut said).await?;
    let said = String::from_utf8_lossy(&said);
    let said = said.trim_end_matches(['\0', '\n', '\r', ' ']);
    Ok(match said {
        "stream: OK" => Scanned::Clean,
        said if said.starts_with("stream: ") && said.ends_with(" FOUND") => Scanned::Harmful,
        _ => Scanned::Unknown,
    })
}

/// A download out of its file, and what did not go into it.
struct Kept {
    file: File,
    left: u64,
    rest: Option<Incoming>,
}

impl hyper::body::Body for Kept {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.left == 0 {
            let Some(rest) = &mut self.rest else {
                return Poll::Ready(None);
            };
            let next = ready!(Pin::new(rest).poll_frame(context));
            return Poll::Ready(next.map(|frame| frame.map_err(BodyError::from)));
        }
        let mut bytes = vec![0; PIECE_BYTES];
        let mut read = ReadBuf::new(&mut bytes);
        ready!(Pin::new(&mut self.file).poll_read(context, &mut read))?;
        let length = read.filled().len();
        if length == 0 {
            return Poll::Ready(Some(Err("the file of a download ended early".into())));
        }
        bytes.truncate(length);
        self.left = self
            .left
            .saturating_sub(u64::try_from(length).unwrap_or(u64::MAX));
        Poll::Ready(Some(Ok(Frame::data(bytes.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.rest.as_ref().is_none_or(|rest| rest.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.rest {
            None => SizeHint::with_exact(self.left),
            Some(_) => SizeHint::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(kind: &str, disposition: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)] {
            if !value.is_empty() {
                headers.insert(name, value.parse().unwrap());
            }
        }
        headers
    }

    #[test]
    fn what_is_kept_and_opened_is_a_download() {
        for (kind, disposition) in [
            ("application/zip", ""),
            ("application/pdf", ""),
            ("", ""),
            ("application/vnd.microsoft.portable-executable", ""),
            ("text/html", "Attachment; filename=a.html"),
        ] {
            assert!(is_download(&headers(kind, disposition)), "{kind}");
        }
        for kind in [
            "text/html; charset=utf-8",
            "image/png",
            "application/json",
            "font/woff2",
        ] {
            assert!(!is_download(&headers(kind, "inline")), "{kind}");
        }
    }
}
