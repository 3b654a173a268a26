//! A site, and clients that ask for it through a proxy.

use super::Outcome;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// Clients at once.
const CLIENTS: usize = 16;
/// What a site says.
const SAYS: &str = "<p>Fields of barley in the wind, and a duck on the pond.</p>";

/// What a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Pages on a connection that stays.
    Page,
    /// A tunnel each time, one page in it.
    Tunnel,
    /// A site that is closed, on a connection that stays where the proxy lets it.
    Closed,
}

/// Answers each request on each connection; under TLS where there is a folder for its certificate.
pub(super) fn site(at: SocketAddr, folder: Option<&Path>) -> Outcome<()> {
    let config = folder.map(tls).transpose()?;
    let listener = TcpListener::bind(at)?;
    for stream in listener.incoming() {
        let (stream, config) = (stream?, config.clone());
        std::thread::spawn(move || {
            drop(stream.set_nodelay(true));
            match config {
                None => answer(stream),
                Some(config) => {
                    if let Ok(connection) = rustls::ServerConnection::new(config) {
                        answer(rustls::StreamOwned::new(connection, stream));
                    }
                }
            }
        });
    }
    Ok(())
}

fn tls(folder: &Path) -> Outcome<Arc<rustls::ServerConfig>> {
    let made = rcgen::generate_simple_self_signed(vec!["site.bench.example".to_owned()])?;
    let root = made.cert.der().clone();
    let text = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &root);
    std::fs::write(
        folder.join("site.pem"),
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"),
    )?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![root], key)?;
    Ok(Arc::new(config))
}

fn answer(mut stream: impl Read + Write) {
    let said = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{SAYS}",
        SAYS.len()
    );
    let (mut bytes, mut kept) = ([0; 4096], Vec::new());
    while let Ok(read @ 1..) = stream.read(&mut bytes) {
        kept.extend_from_slice(bytes.get(..read).unwrap_or_default());
        while let Some(at) = kept.windows(4).position(|part| part == b"\r\n\r\n") {
            kept.drain(..at + 4);
            if stream.write_all(said.as_bytes()).is_err() || stream.flush().is_err() {
                return;
            }
        }
    }
}

/// How often clients got what they asked for, in a time.
pub(super) fn run(kind: Kind, proxy: SocketAddr, site: SocketAddr, each: Duration) -> Outcome<f64> {
    let port = site.port();
    let ask = move |over: &AtomicBool| -> std::io::Result<u64> {
        let host = match kind {
            Kind::Page | Kind::Tunnel => format!("site.bench.example:{port}"),
            Kind::Closed => format!("closed7.invalid.example:{port}"),
        };
        let page = format!("GET http://{host}/ HTTP/1.1\r\nhost: {host}\r\n\r\n");
        let mut done = 0;
        let mut stream = connect(proxy)?;
        while !over.load(Ordering::Relaxed) {
            if kind == Kind::Tunnel {
                stream = connect(proxy)?;
                stream.write_all(
                    format!("CONNECT {host} HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes(),
                )?;
                read_answer(&mut stream, b" 200")?;
                stream.write_all(format!("GET / HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes())?;
                read_answer(&mut stream, b" 200")?;
                done += 1;
                continue;
            }
            let wanted: &[u8] = if kind == Kind::Page { b" 200" } else { b" 403" };
            stream.write_all(page.as_bytes())?;
            let stays = read_answer(&mut stream, wanted)?;
            done += 1;
            if !stays {
                stream = connect(proxy)?;
            }
        }
        Ok(done)
    };
    clients(each, ask)
}

/// How many new connections under TLS were looked into, with a page each.
pub(super) fn run_tls(
    proxy: SocketAddr,
    site: SocketAddr,
    folder: &Path,
    each: Duration,
) -> Outcome<f64> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from(std::fs::read(
        folder.join("authority.der"),
    )?))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = rustls::client::Resumption::disabled();
    let config = Arc::new(config);
    let host = format!("site.bench.example:{}", site.port());
    let ask = move |over: &AtomicBool| -> std::io::Result<u64> {
        let mut done = 0;
        while !over.load(Ordering::Relaxed) {
            let mut stream = connect(proxy)?;
            stream
                .write_all(format!("CONNECT {host} HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes())?;
            read_answer(&mut stream, b" 200")?;
            let name = "site.bench.example"
                .try_into()
                .map_err(std::io::Error::other)?;
            let client = rustls::ClientConnection::new(Arc::clone(&config), name);
            let mut stream =
                rustls::StreamOwned::new(client.map_err(std::io::Error::other)?, stream);
            stream.write_all(format!("GET / HTTP/1.1\r\nhost: {host}\r\n\r\n").as_bytes())?;
            read_answer(&mut stream, b" 200")?;
            done += 1;
        }
        Ok(done)
    };
    clients(each, ask)
}

fn clients(
    each: Duration,
    ask: impl Fn(&AtomicBool) -> std::io::Result<u64> + Clone + Send + 'static,
) -> Outcome<f64> {
    let over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let threads: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (over, ask) = (Arc::clone(&over), ask.clone());
            std::thread::spawn(move || ask(&over))
        })
        .collect();
    std::thread::park_timeout(each);
    over.store(true, Ordering::Relaxed);
    let took = begun.elapsed().as_secs_f64();
    let mut all = 0;
    for thread in threads {
        all += thread.join().map_err(|_| "a client gave up")??;
    }
    let all = u32::try_from(all)?;
    Ok(f64::from(all) * each.as_secs_f64() / took)
}

fn connect(proxy: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(proxy)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    Ok(stream)
}

/// Reads one answer; whether the connection stays.
fn read_answer(stream: &mut impl Read, wanted: &[u8]) -> std::io::Result<bool> {
    let (mut bytes, mut kept) = ([0; 8192], Vec::new());
    loop {
        let read = stream.read(&mut bytes)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        kept.extend_from_slice(bytes.get(..read).unwrap_or_default());
        let Some(at) = kept.windows(4).position(|part| part == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(kept.get(..at).unwrap_or_default()).to_ascii_lowercase();
        if kept.get(8..12) != Some(wanted) {
            return Err(std::io::Error::other(head));
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(0);
        if kept.len() >= at + 4 + length {
            return Ok(!head.contains("connection: close"));
        }
    }
}
