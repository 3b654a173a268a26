//! A tunnel: bytes go both ways until somebody ends it or the host is closed meanwhile. What it
//! begins with says whether it leads where it was said to lead.

use super::{
    asked::{Client, Host, Place},
    enrol, forward, inspect, outward,
    rewound::Rewound,
    serve::Proxy,
};
use crate::{names::normal, traces::Door};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use rustls::server::Acceptor;
use std::{io, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::{sleep, timeout},
};

/// How often it is looked whether a host is still open.
const LOOK: Duration = Duration::from_millis(250);
/// How long somebody may take to begin.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most bytes of a beginning.
const HELLO_MAX: usize = 16 << 10;
/// The longest that a tunnel is open.
const OPEN_MAX: Duration = Duration::from_secs(12 * 3600);

/// Ends when a host is no longer open for somebody.
pub(super) async fn closed_meanwhile(proxy: Arc<Proxy>, client: Client, host: String) {
    let ends = tokio::time::Instant::now() + OPEN_MAX;
    while tokio::time::Instant::now() < ends && proxy.filter().is_open(&host, client.asker()) {
        sleep(LOOK).await;
    }
}

/// A tunnel that was asked for: what to do once the proxy has said yes. `None`: it is closed.
pub(super) async fn open(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
) -> Result<Tunnel, crate::dns::Led> {
    if let Host::Name(name) = &place.host
        && (proxy.pages().has_host(name) || name == enrol::HOST)
    {
        // Each of its pages is looked at, and told, by itself.
        return Ok(Tunnel::LookedAt);
    }
    let led = forward::lead(proxy, client, &place.host).await;
    proxy.filter().tell(&led, Door::Tunnel, &place.host.text());
    if !led.decision.open || led.addresses.is_empty() {
        return Err(led);
    }
    if let Host::Name(name) = &place.host
        && place.under_tls
        && proxy.looks_into(client, name)
    {
        return Ok(Tunnel::LookedInto(led.addresses));
    }
    Ok(Tunnel::To(led.addresses))
}

/// What a tunnel leads to.
pub(super) enum Tunnel {
    /// Here: the pages of its host are looked at one by one.
    LookedAt,
    /// Here: what its pages say is judged. What is not of the web, and may be, leads there.
    LookedInto(Vec<IpAddr>),
    /// There.
    To(Vec<IpAddr>),
}

/// Runs a tunnel after the proxy has said yes.
pub(super) async fn run(
    proxy: Arc<Proxy>,
    client: Client,
    place: Place,
    tunnel: Tunnel,
    upgrade: OnUpgrade,
) -> io::Result<()> {
    let inward = upgrade.await.map_err(io::Error::other)?;
    let mut inward = TokioIo::new(inward);
    let into = matches!(tunnel, Tunnel::LookedInto(_));
    let addresses = match tunnel {
        Tunnel::LookedAt if place.under_tls => {
            return inspect::run(&proxy, &client, &place, inward).await;
        }
        // Pages without TLS are asked for without a tunnel.
        Tunnel::LookedAt => return Ok(()),
        Tunnel::LookedInto(addresses) | Tunnel::To(addresses) => addresses,
    };
    let Some(begun) = begin(&proxy, &client, &place, &mut inward).await? else {
        return Ok(());
    };
    if into && let Hello::Tls(name) = hello(&begun) {
        let same = name.and_then(|name| Host::read(&name)) == Some(place.host.clone());
        if !same {
            // Another name in the beginning would be a way not to be looked into.
            return Ok(());
        }
        return inspect::run(&proxy, &client, &place, Rewound::new(begun, inward)).await;
    }
    let mut outward = outward::connect(&place, &addresses).await?;
    outward.write_all(&begun).await?;
    let cut = closed_meanwhile(Arc::clone(&proxy), client, place.host.text());
    tokio::select! {
        done = tokio::io::copy_bidirectional(&mut inward, &mut outward) => done.map(drop),
        () = cut => Ok(()),
    }
}

/// What a beginning is.
#[derive(Debug, PartialEq, Eq)]
enum Hello {
    /// Not all of it is there.
    More,
    /// Not one of TLS.
    Other,
    /// One of TLS, with the name that it is for.
    Tls(Option<String>),
}

fn hello(bytes: &[u8]) -> Hello {
    let mut acceptor = Acceptor::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        if !matches!(acceptor.read_tls(&mut rest), Ok(1..)) {
            return Hello::Other;
        }
        match acceptor.accept() {
            Ok(None) => {}
            Ok(Some(accepted)) => {
                let hello = accepted.client_hello();
                return Hello::Tls(hello.server_name().map(str::to_owned));
            }
            Err(_) => return Hello::Other,
        }
    }
    Hello::More
}

/// Reads how a tunnel begins. `None`: it leads somewhere else, or is something else than the web.
async fn begin(
    proxy: &Arc<Proxy>,
    client: &Client,
    place: &Place,
    inward: &mut (impl AsyncRead + AsyncWrite + Unpin),
) -> io::Result<Option<Vec<u8>>> {
    let mut begun = Vec::new();
    if !proxy.filter().closes_ways_round(client.asker()) && !place.under_tls {
        return Ok(Some(begun));
    }
    let mut part = [0; 4096];
    loop {
        let read = timeout(PATIENCE, inward.read(&mut part)).await??;
        begun.extend_from_slice(part.get(..read).unwrap_or_default());
        match hello(&begun) {
            Hello::More if read > 0 && begun.len() < HELLO_MAX => {}
            Hello::More | Hello::Other => {
                let free = !proxy.filter().closes_ways_round(client.asker());
                return Ok(Some(begun).filter(|_| free && read > 0));
            }
            Hello::Tls(name) => {
                let leads = leads_there(proxy, client, place, name.as_deref());
                return Ok(Some(begun).filter(|_| leads));
            }
        }
    }
}

/// Whether the name in a beginning is the one that was asked for, or may be asked for as well.
fn leads_there(proxy: &Proxy, client: &Client, place: &Place, name: Option<&str>) -> bool {
    let Some(name) = name else {
        return matches!(place.host, Host::Address(_))
            || !proxy.filter().closes_ways_round(client.asker());
    };
    let Ok(name) = normal(name) else {
        return false;
    };
    let same = matches!(&place.host, Host::Name(host) if *host == *name);
    same || proxy.filter().is_open(&name, client.asker()) && !proxy.pages().has_host(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn real() -> Vec<u8> {
        let config = rustls::ClientConfig::builder_with_provider(crate::dns::provider())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let name = "shop.example".try_into().unwrap();
        let mut client = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
        let mut bytes = Vec::new();
        client.write_tls(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_name_in_a_beginning_is_read_however_it_comes() {
        let bytes = real();
        assert_eq!(hello(&bytes), Hello::Tls(Some("shop.example".to_owned())));
        for end in 1..bytes.len() {
            assert_eq!(hello(&bytes[..end]), Hello::More, "{end}");
        }
        assert_eq!(hello(b"GET / HTTP/1.1\r\n\r\n"), Hello::Other);
        assert_eq!(hello(b"SSH-2.0-thing\r\n"), Hello::Other);
    }

    proptest! {
        #[test]
        fn any_beginning_is_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = hello(&bytes);
        }

        #[test]
        fn a_changed_beginning_is_read_without_harm(at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let mut bytes = real();
            let place = at.index(bytes.len());
            bytes[place] = to;
            let _ = hello(&bytes);
        }
    }
}
