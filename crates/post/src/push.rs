//! Pushes to browsers: a request without a body to the push service, which wakes the browser. Only
//! addresses of the public internet are asked; the one that was looked at is the one connected to.

use crate::{public::is_public, vapid::Vapid};
use std::{
    net::{SocketAddr, ToSocketAddrs},
    sync::{Arc, mpsc},
    time::Duration,
};
use ureq::{
    Agent,
    config::Config,
    http::Uri,
    tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem},
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// How long one push may take.
const WAIT: Duration = Duration::from_secs(20);
/// How long a push service keeps a push for a browser that is not there, in seconds.
const KEPT_SECONDS: &str = "86400";
/// The longest that finding an address may take.
const FIND: Duration = Duration::from_secs(5);

/// Sends pushes.
pub struct Pushes {
    agent: Agent,
}

/// What sending needs to know.
pub struct Push<'a> {
    /// Where the push service takes messages for the browser.
    pub endpoint: &'a str,
    /// Whom a push service can turn to.
    pub turn_to: &'a str,
    /// Whether it should wake a sleeping device.
    pub urgent: bool,
    /// Seconds since 1970.
    pub now: i64,
}

/// Why a push was not taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPushed {
    /// The browser is no longer subscribed: it must not be asked again.
    #[error("the browser is no longer subscribed")]
    Gone,
    /// It may work later, and why it did not now.
    #[error("{0}")]
    Trouble(String),
}

/// Finds addresses of push services: public ones only.
#[derive(Debug)]
struct PublicOnly {
    /// Where everything goes instead, in tests.
    through: Option<SocketAddr>,
}

impl Pushes {
    /// Believes public authorities; or those in `believed` (PEM) only. `through` is for tests:
    /// everything goes there, whatever it is called.
    ///
    /// # Errors
    /// The authorities can't be read.
    pub fn new(believed: Option<&[u8]>, through: Option<SocketAddr>) -> Result<Pushes, NotPushed> {
        let agent = agent(believed, through)?;
        Ok(Pushes { agent })
    }

    /// Sends one push.
    ///
    /// # Errors
    /// It was not taken.
    pub fn send(&self, vapid: &Vapid, push: &Push<'_>) -> Result<(), NotPushed> {
        let service = service(push.endpoint)?;
        let shown = vapid.authorization(&service, push.turn_to, push.now);
        let shown = shown.map_err(|error| NotPushed::Trouble(error.to_string()))?;
        let urgency = if push.urgent { "high" } else { "normal" };
        let request = self.agent.post(push.endpoint);
        let answer = request
            .header("authorization", shown)
            .header("ttl", KEPT_SECONDS)
            .header("urgency", urgency)
            .send_empty();
        match answer.map(|answer| answer.status().as_u16()) {
            Ok(200..=299) => Ok(()),
            Ok(404 | 410) => Err(NotPushed::Gone),
            Ok(status) => Err(NotPushed::Trouble(format!(
                "the push service answered {status}"
            ))),
            Err(ureq::Error::HostNotFound) => Err(NotPushed::Trouble(
                "the push service is not on the public internet".to_owned(),
            )),
            Err(_) => Err(NotPushed::Trouble(
                "the push service could not be reached".to_owned(),
            )),
        }
    }
}

/// Asks public addresses only, by https, and follows nobody elsewhere.
pub(crate) fn agent(
    believed: Option<&[u8]>,
    through: Option<SocketAddr>,
) -> Result<Agent, NotPushed> {
    let unread = |_| NotPushed::Trouble("the certificates to believe can’t be read".to_owned());
    let roots = match believed {
        None => RootCerts::WebPki,
        Some(pem) => {
            let mut all: Vec<Certificate<'static>> = Vec::new();
            for item in parse_pem(pem) {
                if let PemItem::Certificate(one) = item.map_err(unread)? {
                    all.push(one);
                }
            }
            RootCerts::Specific(Arc::new(all))
        }
    };
    let config = Config::builder()
        .https_only(true)
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .max_idle_connections(0)
        .user_agent("Stairgate")
        .timeout_global(Some(WAIT))
        .tls_config(TlsConfig::builder().root_certs(roots).build())
        .build();
    let finds = PublicOnly { through };
    Ok(Agent::with_parts(
        config,
        DefaultConnector::default(),
        finds,
    ))
}

/// `https://push.example.org` of a longer address.
fn service(endpoint: &str) -> Result<String, NotPushed> {
    let wrong = || NotPushed::Trouble("this is no address of a push service".to_owned());
    let uri: Uri = endpoint.parse().map_err(|_| wrong())?;
    let authority = uri.authority().ok_or_else(wrong)?;
    let host = authority.host();
    match authority.port_u16() {
        None | Some(443) => Ok(format!("https://{host}")),
        Some(port) => Ok(format!("https://{host}:{port}")),
    }
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut found = self.empty();
        if let Some(through) = self.through {
            found.push(through);
            return Ok(found);
        }
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?.to_owned();
        let port = uri.port_u16().unwrap_or(443);
        let all = look_up(host, port).ok_or(ureq::Error::HostNotFound)?;
        // One address of the inside is enough to ask none: nobody who means well has both.
        if all.is_empty() || !all.iter().all(|one| is_public(one.ip())) {
            return Err(ureq::Error::HostNotFound);
        }
        for one in all.into_iter().take(8) {
            found.push(one);
        }
        Ok(found)
    }
}

/// Asks the system, and waits for it only so long.
pub(crate) fn look_up(host: String, port: u16) -> Option<Vec<SocketAddr>> {
    let (tell, told) = mpsc::sync_channel(1);
    let asks = move || {
        let found = (host.as_str(), port).to_socket_addrs();
        drop(tell.send(found.map(Iterator::collect::<Vec<_>>)));
    };
    let asked = std::thread::Builder::new()
        .name("look-up".to_owned())
        .spawn(asks);
    asked.ok()?;
    told.recv_timeout(FIND).ok()?.ok()
}
