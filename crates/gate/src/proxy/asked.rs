//! What a request asks for, and for whom. A request that says two different things is refused.

use crate::{
    dns::Entered,
    names::normal,
    plan::{Asker, Gate},
    proxy::{PageAddress, authority, enrol},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use hyper::{
    HeaderMap, Method, Request, Uri,
    header::{HOST, HeaderName},
};
use std::{net::IpAddr, sync::Arc};

/// Ports that the web uses. To all others nothing leads, but to those that the setting names.
const PORTS: [u16; 5] = [80, 443, 8000, 8080, 8443];

/// Says who asks, to a proxy.
const PROXY_AUTHORIZATION: HeaderName = HeaderName::from_static("proxy-authorization");

/// Who asks.
#[derive(Clone)]
pub(super) struct Client {
    /// From where.
    pub(super) at: IpAddr,
    /// The key of the device or person, where they said one.
    pub(super) key: Option<String>,
    /// Their connection is counted for as long as anything goes on for it.
    pub(super) _entered: Option<Arc<Entered>>,
}

impl Client {
    /// As the plan knows them.
    pub(super) fn asker(&self) -> Asker<'_> {
        match &self.key {
            Some(key) => Asker::Key(key),
            None => Asker::At(self.at),
        }
    }

    /// The same, with the key that a request carries: the user name of its log-in, or what stands
    /// for its password. A person’s code counts on devices that are not known by their address; a
    /// known one keeps its own profile, whoever carries it.
    pub(super) fn with_key_of(&self, headers: &HeaderMap, gate: &Gate) -> Client {
        let key = log_in(headers).map(|(name, code)| {
            let named = gate.knows_key(&name) || !gate.knows_key(&code);
            if named { name } else { code }
        });
        let counts = |key: &String| !gate.is_persons_key(key) || !gate.is_device_at(self.at);
        let key = key.filter(|key| !key.is_empty()).filter(counts);
        Client {
            at: self.at,
            key: key.or_else(|| self.key.clone()),
            _entered: self._entered.clone(),
        }
    }
}

/// The name and the code of a log-in, in small letters.
fn log_in(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, coded) = headers
        .get(PROXY_AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let plain = BASE64_STANDARD.decode(coded.trim()).ok()?;
    let plain = String::from_utf8(plain).ok()?.to_ascii_lowercase();
    let (name, code) = plain.split_once(':')?;
    Some((name.to_owned(), code.to_owned()))
}

/// A place of the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The host: a name in its normal form, or an address.
    pub(super) host: Host,
    /// The port.
    pub(super) port: u16,
    /// Whether it is spoken to under TLS.
    pub(super) under_tls: bool,
}

/// A name or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host {
    Name(String),
    Address(IpAddr),
}

impl Host {
    pub(super) fn read(text: &str) -> Option<Host> {
        let bare = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        if let Ok(address) = bare.unwrap_or(text).parse::<IpAddr>() {
            return Some(Host::Address(address));
        }
        let name = normal(text.trim_end_matches('.')).ok()?.into_owned();
        // Numbers are addresses in another way of writing; names do not end in them.
        let last = name.rsplit('.').next()?;
        (!last.bytes().all(|byte| byte.is_ascii_digit()) && !last.starts_with("0x"))
            .then_some(Host::Name(name))
    }

    pub(super) fn text(&self) -> String {
        match self {
            Host::Name(name) => name.clone(),
            Host::Address(IpAddr::V6(address)) => format!("[{address}]"),
            Host::Address(IpAddr::V4(address)) => address.to_string(),
        }
    }
}

impl Place {
    /// What stands in `Host` and in the address of a request.
    pub(super) fn authority(&self) -> String {
        let usual = if self.under_tls { 443 } else { 80 };
        if self.port == usual {
            self.host.text()
        } else {
            format!("{}:{}", self.host.text(), self.port)
        }
    }

    /// The page that is asked for at it.
    pub(super) fn page(&self, path_and_query: &str) -> Option<PageAddress> {
        PageAddress::of_request(&self.host.text(), self.port, path_and_query)
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A tunnel.
    Tunnel(Place),
    /// A page.
    Page(Place),
    /// How devices find the proxy.
    Pac,
    /// The certificate that devices are to trust.
    Certificate,
    /// How a device comes to trust it, and the file for that.
    Enrol(&'static str),
    /// Something that there is not.
    Nothing(&'static str),
}

/// What a request that came in from outside asks for.
pub(super) fn asked<B>(request: &Request<B>, further: &[u16]) -> Asked {
    if request.method() == Method::CONNECT {
        return match place(request.uri(), 443, further) {
            Some(place) => Asked::Tunnel(Place {
                under_tls: place.port != 80,
                ..place
            }),
            None => Asked::Nothing("the address of a tunnel is a host and a port of the web"),
        };
    }
    if request.uri().scheme_str().is_some() {
        let is_http = request.uri().scheme_str() == Some("http");
        let found = place(request.uri(), 80, further).filter(|_| is_http);
        return found.map_or(
            Asked::Nothing("the address of a page begins with http:// and names a host"),
            |place| {
                Asked::Page(Place {
                    under_tls: false,
                    ..place
                })
            },
        );
    }
    match request.uri().path() {
        "/proxy.pac" | "/wpad.dat" => Asked::Pac,
        authority::PATH => Asked::Certificate,
        enrol::PATH => Asked::Enrol(enrol::PATH),
        enrol::APPLE_PATH => Asked::Enrol(enrol::APPLE_PATH),
        _ => steered(request, further),
    }
}

/// A request that was led here by its name, and not sent to a proxy.
fn steered<B>(request: &Request<B>, further: &[u16]) -> Asked {
    let host = request.headers().get(HOST);
    let named = host
        .and_then(|host| host.to_str().ok())
        .and_then(|host| format!("http://{host}/").parse::<Uri>().ok())
        .and_then(|uri| place(&uri, 80, further))
        .filter(|place| matches!(place.host, Host::Name(_)));
    named.map_or(Asked::Nothing("there is nothing here"), |place| {
        Asked::Page(Place {
            under_tls: false,
            ..place
        })
    })
}

/// The place that an address names. Nothing, where somebody is named in it or the port is not one of
/// the web.
pub(super) fn place(uri: &Uri, usual: u16, further: &[u16]) -> Option<Place> {
    let authority = uri.authority()?;
    if authority.as_str().contains('@') {
        return None;
    }
    let port = authority.port_u16().unwrap_or(usual);
    Some(Place {
        host: Host::read(authority.host())?,
        port: Some(port).filter(|port| PORTS.contains(port) || further.contains(port))?,
        under_tls: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, uri: &str) -> Request<()> {
        Request::builder().method(method).uri(uri).body(()).unwrap()
    }

    fn name(text: &str, port: u16, under_tls: bool) -> Place {
        Place {
            host: Host::Name(text.to_owned()),
            port,
            under_tls,
        }
    }

    #[test]
    fn tunnels_and_pages_are_told_apart() {
        assert_eq!(
            asked(&request("CONNECT", "Shop.example:443"), &[]),
            Asked::Tunnel(name("shop.example", 443, true))
        );
        assert_eq!(
            asked(&request("GET", "http://shop.example/a?b=c"), &[]),
            Asked::Page(name("shop.example", 80, false))
        );
        assert_eq!(asked(&request("GET", "/proxy.pac"), &[]), Asked::Pac);
    }

    #[test]
    fn nothing_leads_to_other_ports_or_hides_whom_it_asks() {
        for (method, uri) in [
            ("CONNECT", "mail.example:25"),
            ("CONNECT", "shell.example:22"),
            ("GET", "http://mail.example:25/"),
            ("GET", "ftp://files.example/"),
            ("GET", "http://bank.example@evil.example/"),
            ("GET", "/elsewhere"),
            ("CONNECT", "2130706433:443"),
            ("CONNECT", "0x7f000001:443"),
            ("CONNECT", "127.1:443"),
        ] {
            let found = asked(&request(method, uri), &[9000]);
            assert!(matches!(found, Asked::Nothing(_)), "{uri}: {found:?}");
        }
    }

    #[test]
    fn whoever_logs_in_says_a_name_and_a_code() {
        let mut headers = HeaderMap::new();
        assert_eq!(log_in(&headers), None);
        let coded = BASE64_STANDARD.encode("Tablet-1-a-long-key:x");
        let value = format!("Basic {coded}");
        headers.insert(PROXY_AUTHORIZATION, value.parse().unwrap());
        let said = ("tablet-1-a-long-key".to_owned(), "x".to_owned());
        assert_eq!(log_in(&headers), Some(said));
        for nonsense in ["Basic", "Basic !!!", "Bearer abc", "Basic b25l"] {
            headers.insert(PROXY_AUTHORIZATION, nonsense.parse().unwrap());
            assert_eq!(log_in(&headers), None, "{nonsense}");
        }
    }
}
