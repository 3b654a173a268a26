//! Whoever answers what the filter does not know: one after the other until one does. One that fails
//! is left alone for a while, and asked again later.

mod encrypted;
mod plain;

use super::{
    kept::{self, Asked, Kept},
    made,
    say::UDP_ROOM,
};
use encrypted::{Https, Tls};
use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::sync::Semaphore;

/// How long one that failed is left alone, in seconds.
const ALONE_SECONDS: u32 = 5;

/// How long one is waited for before the next is asked.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The most questions that are out at once.
const OUT_MAX: usize = 1024;

/// Who is asked, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolver {
    /// As it always was.
    Plain(SocketAddr),
    /// Under TLS, with this name in its certificate.
    Tls(SocketAddr, String),
    /// Over HTTPS, with this name and this path.
    Https(SocketAddr, String, String),
}

/// Why some words name no resolver.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no resolver: 192.0.2.1, tls://dns.example@192.0.2.1 or https://dns.example/dns-query@192.0.2.1"
)]
pub struct NoResolver(String);

impl std::str::FromStr for Resolver {
    type Err = NoResolver;

    fn from_str(text: &str) -> Result<Resolver, NoResolver> {
        let no = || NoResolver(text.to_owned());
        let name = |name: &str| crate::names::normal(name).map(|name| name.into_owned());
        if let Some(rest) = text.strip_prefix("tls://") {
            let (host, at) = rest.rsplit_once('@').ok_or_else(no)?;
            let host = name(host).map_err(|_| no())?;
            return Ok(Resolver::Tls(address(at, 853).ok_or_else(no)?, host));
        }
        if let Some(rest) = text.strip_prefix("https://") {
            let (host, at) = rest.rsplit_once('@').ok_or_else(no)?;
            let (host, path) = host.split_once('/').ok_or_else(no)?;
            let host = name(host).map_err(|_| no())?;
            if !path.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(no());
            }
            let at = address(at, 443).ok_or_else(no)?;
            return Ok(Resolver::Https(at, host, format!("/{path}")));
        }
        let at = text.strip_prefix("udp://").unwrap_or(text);
        address(at, 53).map(Resolver::Plain).ok_or_else(no)
    }
}

/// An address, with the usual port where none is said.
fn address(text: &str, port: u16) -> Option<SocketAddr> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(SocketAddr::new(address, port));
    }
    text.parse().ok()
}

/// All resolvers.
pub(super) struct Upstream {
    all: Vec<One>,
    out: Semaphore,
}

struct One {
    way: Way,
    failed: AtomicU32,
}

enum Way {
    Plain(SocketAddr),
    Tls(Tls),
    Https(Https),
    MadeUp(MadeUp),
}

/// Answers questions without a network: for trials.
pub(in crate::dns) type MadeUp = Arc<dyn Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync>;

impl Upstream {
    /// Nobody elsewhere: every question is answered by this.
    pub(in crate::dns) fn made_up(answers: MadeUp) -> Upstream {
        let one = One {
            way: Way::MadeUp(answers),
            failed: AtomicU32::new(0),
        };
        Upstream {
            all: vec![one],
            out: Semaphore::new(OUT_MAX),
        }
    }

    pub(super) fn new(resolvers: &[Resolver], roots: &Arc<rustls::RootCertStore>) -> Upstream {
        let ways = resolvers.iter().map(|resolver| match resolver {
            Resolver::Plain(at) => Way::Plain(*at),
            Resolver::Tls(at, name) => Way::Tls(Tls::new(*at, name, roots, &[])),
            Resolver::Https(at, name, path) => Way::Https(Https::new(*at, name, path, roots)),
        });
        let all = ways.map(|way| One {
            way,
            failed: AtomicU32::new(0),
        });
        Upstream {
            all: all.collect(),
            out: Semaphore::new(OUT_MAX),
        }
    }

    /// Asks one after the other, those that answered last time first.
    pub(super) async fn ask(&self, asked: Asked<'_>, now: u32) -> Option<Kept> {
        let _out = self.out.try_acquire().ok()?;
        let alone = |one: &One| {
            let failed = one.failed.load(Ordering::Relaxed);
            failed != 0 && now < failed.saturating_add(ALONE_SECONDS)
        };
        let (late, first): (Vec<&One>, Vec<&One>) = self.all.iter().partition(|one| alone(one));
        for one in first.into_iter().chain(late) {
            if let Some(kept) = one.ask(asked, now).await {
                one.failed.store(0, Ordering::Relaxed);
                return Some(kept);
            }
            one.failed.store(now.max(1), Ordering::Relaxed);
        }
        None
    }
}

impl One {
    async fn ask(&self, asked: Asked<'_>, now: u32) -> Option<Kept> {
        let mut chance = [0_u8; 34];
        getrandom::fill(&mut chance).ok()?;
        let name = asked.safe.unwrap_or(asked.name);
        let mut question = made::question(name, asked.kind, Some(UDP_ROOM));
        if matches!(self.way, Way::Plain(_)) {
            made::disguise(&mut question, &chance);
        }
        let question = question.as_slice();
        let answer = async {
            match &self.way {
                Way::Plain(at) => plain::ask(*at, question).await,
                Way::Tls(tls) => tls.ask(question).await,
                Way::Https(https) => https.ask(question).await,
                Way::MadeUp(answers) => {
                    answers(question).ok_or_else(|| std::io::Error::other("no answer"))
                }
            }
        };
        let answer = match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => {
                tracing::debug!(%error, "a resolver could not be asked");
                return None;
            }
            Err(_) => return None,
        };
        match kept::take(&answer, question, asked, now) {
            Ok(kept) => Some(kept),
            Err(error) => {
                tracing::debug!(%error, "an answer is not used");
                None
            }
        }
    }
}
