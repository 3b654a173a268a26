//! The proxy while it runs: one door for those who are set up to use it, and two for those whom the
//! name server leads here because a host has illegal pages.

use super::{
    asked::{self, Asked, Client, Host, Place},
    authority::Authority,
    closed::{self, Blocked, Body},
    enrol, forward, inspect,
    learned::{Learned, NotCovered},
    outward::Outward,
    pages::Pages,
    scan::{Scanner, ScannerAt},
    tunnel,
};
use crate::{
    dns::{Doors, Filter, ServeError, accept, roots},
    names::upwards,
    ours::never_looked_into,
};
use hyper::{Request, Response, StatusCode, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use rustls::{AlertDescription, server::Acceptor};
use std::{convert::Infallible, path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// How long somebody may take to send a head.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest head.
const HEAD_MAX: usize = 64 << 10;
/// Requests of one connection that are under way at once.
const UNDER_WAY_MAX: u32 = 100;

/// Says in a page that something is closed.
pub type SayClosed = dyn Fn(&Blocked) -> String + Send + Sync;

/// How to serve.
pub struct Options {
    /// How devices reach the proxy: a host and a port, as `PAC` files have it.
    pub name: String,
    /// Signs certificates for hosts that have illegal pages. Without one, nothing of them is open.
    pub authority: Option<Authority>,
    /// Says that something is closed.
    pub say_closed: Box<SayClosed>,
    /// A file with further authorities whose certificates are believed on the way out.
    pub authorities: Option<PathBuf>,
    /// Ports that may be led to, beside those that the web uses.
    pub further_ports: Vec<u16>,
    /// Where it is kept what was learned of devices; nowhere, and it is learned anew at each start.
    pub learned: Option<PathBuf>,
    /// The scanner of downloads; without one they are not scanned.
    pub scanner: Option<ScannerAt>,
}

/// The proxy.
pub struct Proxy {
    filter: Arc<Filter>,
    outward: Arc<Outward>,
    authority: Option<Authority>,
    say_closed: Box<SayClosed>,
    name: String,
    further_ports: Vec<u16>,
    learned: Learned,
    scanner: Option<Scanner>,
    doors: Doors,
}

/// A door of the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listening {
    /// For whoever is set up to use a proxy, and for pages that were led here.
    Requests,
    /// For hosts under TLS that were led here.
    Led,
}

impl Proxy {
    /// Begins, behind a filter that runs.
    ///
    /// # Errors
    ///
    /// The further authorities can't be used.
    pub fn new(filter: Arc<Filter>, options: Options) -> Result<Arc<Proxy>, ServeError> {
        let roots = Arc::new(roots(options.authorities.as_deref())?);
        Ok(Arc::new(Proxy {
            filter,
            outward: Arc::new(Outward::new(roots).map_err(ServeError::Tls)?),
            authority: options.authority,
            say_closed: options.say_closed,
            name: options.name,
            further_ports: options.further_ports,
            learned: Learned::begin(options.learned),
            scanner: options.scanner.map(Scanner::new),
            doors: Doors::default(),
        }))
    }

    pub(super) fn filter(&self) -> &Arc<Filter> {
        &self.filter
    }

    pub(super) fn outward(&self) -> &Arc<Outward> {
        &self.outward
    }

    pub(super) fn authority(&self) -> Option<&Authority> {
        self.authority.as_ref()
    }

    pub(super) fn scanner(&self) -> Option<&Scanner> {
        self.scanner.as_ref()
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Hosts that are not looked into for some device, because something on it refuses our
    /// certificate.
    #[must_use]
    pub fn not_covered(&self) -> Vec<NotCovered> {
        self.learned.not_covered(self.filter.now())
    }

    /// Whether what the pages of a host say is looked into for somebody: the plan asks for it, the
    /// device trusts our authority, and neither the host nor the device is left alone.
    pub(super) fn looks_into(&self, client: &Client, host: &str) -> bool {
        let (gate, now) = (self.filter.gate(), self.filter.now());
        let (seat, plan) = (gate.seat(client.asker(), now), gate.plan());
        let named = seat.device.and_then(|at| plan.devices.get(usize::from(at)));
        let Some(device) = named.map(|device| device.name.as_str()) else {
            return false;
        };
        self.authority.is_some()
            && plan.looks_into(seat)
            && (plan.trusts_authority(seat) || self.learned.trusts(device))
            && !never_looked_into(host)
            && !upwards(host).any(|above| plan.never_looked_into.iter().any(|own| own == above))
            && !self.learned.refuses(device, host, now)
    }

    /// Learns from how shaking hands under our authority went.
    pub(super) fn learn(&self, client: &Client, host: &str, error: Option<&std::io::Error>) {
        let (gate, now) = (self.filter.gate(), self.filter.now());
        let seat = gate.seat(client.asker(), now);
        let named = seat
            .device
            .and_then(|at| gate.plan().devices.get(usize::from(at)));
        let Some(device) = named.map(|device| device.name.as_str()) else {
            return;
        };
        match error {
            None => self.learned.shook_hands(device),
            Some(error) if is_refusal(error) => self.learned.refused(device, host, now),
            Some(_) => {}
        }
    }

    pub(super) fn say_closed(&self, blocked: &Blocked) -> String {
        (self.say_closed)(blocked)
    }

    /// The illegal pages that hold now.
    pub(super) fn pages(&self) -> Arc<Pages> {
        Arc::clone(self.filter.gate().pages())
    }

    /// Takes connections for ever.
    pub async fn listen(self: Arc<Proxy>, listener: TcpListener, door: Listening) {
        loop {
            let Some((stream, from, entered)) = accept(&listener, &self.doors).await else {
                continue;
            };
            let proxy = Arc::clone(&self);
            tokio::spawn(async move {
                let client = Client {
                    at: from.ip().to_canonical(),
                    key: None,
                    _entered: Some(Arc::new(entered)),
                };
                match door {
                    Listening::Requests => proxy.serve(stream, client).await,
                    Listening::Led => proxy.serve_led(stream, client).await,
                }
            });
        }
    }

    async fn serve(self: Arc<Proxy>, stream: TcpStream, client: Client) {
        let proxy = Arc::clone(&self);
        let service = service_fn(move |request| {
            let (proxy, client) = (Arc::clone(&proxy), client.clone());
            async move { Ok::<_, Infallible>(answer(&proxy, &client, request).await) }
        });
        let serving = build()
            .http1_only()
            .serve_connection_with_upgrades(TokioIo::new(stream), service)
            .await;
        if let Err(error) = serving {
            tracing::debug!(%error, "a connection to the proxy ended");
        }
    }

    /// A device that was led here for a host, and believes to speak to it.
    async fn serve_led(self: Arc<Proxy>, stream: TcpStream, client: Client) {
        let Some(name) = peeked_name(&stream).await else {
            return;
        };
        let Some(host @ Host::Name(_)) = Host::read(&name) else {
            return;
        };
        // Only hosts that were led here: this is no way round for others.
        if !self.pages().has_host(&host.text()) {
            return;
        }
        let place = Place {
            host,
            port: 443,
            under_tls: true,
        };
        if let Err(error) = inspect::run(&self, &client, &place, stream).await {
            tracing::debug!(%error, "a connection that was led here ended");
        }
    }
}

/// Whether a device said that it does not take our certificate.
fn is_refusal(error: &std::io::Error) -> bool {
    let error = error.get_ref().and_then(|error| error.downcast_ref());
    let Some(rustls::Error::AlertReceived(alert)) = error else {
        return false;
    };
    matches!(
        alert,
        AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
    )
}

/// The name in the beginning of a connection, which stays unread.
async fn peeked_name(stream: &TcpStream) -> Option<String> {
    let mut bytes = vec![0; 16 << 10];
    let look = async {
        loop {
            let seen = stream
                .peek(&mut bytes)
                .await
                .ok()
                .filter(|seen| *seen > 0)?;
            let mut acceptor = Acceptor::default();
            let mut rest = bytes.get(..seen)?;
            while !rest.is_empty() {
                acceptor.read_tls(&mut rest).ok().filter(|read| *read > 0)?;
                if let Some(accepted) = acceptor.accept().ok()? {
                    return accepted.client_hello().server_name().map(str::to_owned);
                }
            }
            if seen == bytes.len() {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, look).await.ok().flatten()
}

/// How connections are spoken.
pub(super) fn build() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .preserve_header_case(true)
        .max_buf_size(HEAD_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEAD_MAX).unwrap_or(u32::MAX))
        .max_concurrent_streams(UNDER_WAY_MAX);
    builder
}

async fn answer(
    proxy: &Arc<Proxy>,
    client: &Client,
    mut request: Request<Incoming>,
) -> Response<Body> {
    let gate = proxy.filter.gate();
    let client = client.with_key_of(request.headers(), &gate);
    let asked = asked::asked(&request, &proxy.further_ports);
    if let Asked::Page(place) = &asked
        && place.host.text() == enrol::HOST
    {
        let path = request.uri().path();
        return enrol::answer(proxy.authority(), path, &proxy.name, false);
    }
    if gate.plan().log_in
        && matches!(asked, Asked::Page(_) | Asked::Tunnel(_))
        && request.uri().authority().is_some()
        && !client
            .key
            .as_deref()
            .map_or(gate.is_device_at(client.at), |key| gate.knows_key(key))
    {
        return closed::log_in();
    }
    match asked {
        Asked::Page(place) => forward::answer(proxy, &client, &place, request).await,
        Asked::Tunnel(place) => {
            let upgrade = hyper::upgrade::on(&mut request);
            match tunnel::open(proxy, &client, &place).await {
                Err(led) => forward::blocked(proxy, &led, &place.host.text()),
                Ok(found) => {
                    let proxy = Arc::clone(proxy);
                    tokio::spawn(async move {
                        let done = tunnel::run(proxy, client, place, found, upgrade).await;
                        if let Err(error) = done {
                            tracing::debug!(%error, "a tunnel ended");
                        }
                    });
                    closed::say(StatusCode::OK, "text/plain", "")
                }
            }
        }
        Asked::Pac => closed::say(
            StatusCode::OK,
            "application/x-ns-proxy-autoconfig",
            pac(&proxy.name),
        ),
        Asked::Certificate => match &proxy.authority {
            Some(authority) => closed::say(
                StatusCode::OK,
                "application/x-x509-ca-cert",
                authority.certificate().to_vec(),
            ),
            None => closed::words(StatusCode::NOT_FOUND, "there is no authority here"),
        },
        Asked::Enrol(path) => enrol::answer(proxy.authority(), path, &proxy.name, false),
        Asked::Nothing(why) => closed::words(StatusCode::BAD_REQUEST, why),
    }
}

/// How devices find the proxy. There is no way past it when it does not answer.
fn pac(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || ".-:[]".contains(*letter))
        .collect();
    format!(
        "function FindProxyForURL(url, host) {{\n  if (isPlainHostName(host) || host === \"127.0.0.1\") return \"DIRECT\";\n  return \"PROXY {name}\";\n}}\n"
    )
}
