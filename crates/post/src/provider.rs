//! Asks a provider of accounts: what it says of itself, its keys, and who has signed in there. Only
//! where it may be asked: the public internet, or the provider's own name when that is inside of the
//! setting's network. By https, without following anybody elsewhere, and only so much and so long.

use crate::{public::is_public, push::look_up};
use std::{net::IpAddr, time::Duration};
use ureq::{
    Agent, Body,
    config::Config,
    http::{Response, Uri},
    tls::{RootCerts, TlsConfig},
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// How long one answer may take, whole.
const WAIT: Duration = Duration::from_secs(10);
/// The longest answer, in bytes.
const ANSWER_BYTES_MAX: u64 = 256 << 10;
/// The most addresses of a name that are tried.
const ADDRESSES_MAX: usize = 4;

/// Asks one provider.
#[derive(Clone, Debug)]
pub struct Provider {
    agent: Agent,
    plain: bool,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unasked {
    /// The address is not one that may be asked.
    #[error("the address does not begin with https")]
    Plain,
    /// No such name, or one that leads to the inside of a network.
    #[error("there is no such name, or it leads to the inside of a network")]
    NotThere,
    /// Whoever answers shows a certificate that is not believed.
    #[error("its certificate is not one that browsers believe")]
    NotBelieved,
    /// It took too long.
    #[error("it did not answer in time")]
    Late,
    /// The answer is too long.
    #[error("its answer is too long")]
    Long,
    /// Something else on the way.
    #[error("it could not be reached")]
    Lost,
}

/// Finds addresses: public ones, and for the provider's own name those inside of a network.
#[derive(Debug)]
struct Careful {
    /// Name and port of the provider itself.
    own: Option<(String, u16)>,
}

impl Provider {
    /// For a provider at this address. `plain` is for tests: the address may begin with `http` on
    /// this same machine.
    #[must_use]
    pub fn at(issuer: &str, plain: bool) -> Provider {
        let own = issuer.parse::<Uri>().ok();
        let own = own.and_then(|uri| Some((uri.host()?.to_ascii_lowercase(), port(&uri))));
        let tls = TlsConfig::builder().root_certs(RootCerts::WebPki).build();
        let config = Config::builder()
            .https_only(!plain)
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .max_idle_connections(0)
            .user_agent("Stairgate")
            .timeout_global(Some(WAIT))
            .tls_config(tls)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Careful { own });
        Provider { agent, plain }
    }

    /// Gets what is at an address.
    ///
    /// # Errors
    /// Nothing came back.
    pub fn get(&self, address: &str) -> Result<Said, Unasked> {
        self.check(address)?;
        let request = self.agent.get(address).header("accept", "application/json");
        read(request.call())
    }

    /// Sends a form, and the name and password of this program where they go beside it.
    ///
    /// # Errors
    /// Nothing came back.
    pub fn post(&self, address: &str, form: &str, shows: Option<&str>) -> Result<Said, Unasked> {
        self.check(address)?;
        let mut request = self
            .agent
            .post(address)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(shows) = shows {
            request = request.header("authorization", shows);
        }
        read(request.send(form))
    }

    fn check(&self, address: &str) -> Result<(), Unasked> {
        let uri: Uri = address.parse().map_err(|_| Unasked::NotThere)?;
        match uri.scheme_str() {
            Some("https") => Ok(()),
            Some("http") if self.plain && uri.host().is_some_and(is_here) => Ok(()),
            _ => Err(Unasked::Plain),
        }
    }
}

fn read(answer: Result<Response<Body>, ureq::Error>) -> Result<Said, Unasked> {
    let mut answer = answer.map_err(|error| why(&error))?;
    let status = answer.status().as_u16();
    let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX);
    let body = body.read_to_vec().map_err(|error| why(&error))?;
    Ok(Said { status, body })
}

/// Why, without what a stranger's server said.
fn why(error: &ureq::Error) -> Unasked {
    match error {
        ureq::Error::HostNotFound => Unasked::NotThere,
        ureq::Error::Timeout(_) => Unasked::Late,
        ureq::Error::BodyExceedsLimit(_) => Unasked::Long,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Unasked::NotBelieved,
        ureq::Error::RequireHttpsOnly(_) => Unasked::Plain,
        // A certificate that is not believed is found while talking, and comes as that.
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Unasked::NotBelieved
        }
        _ => Unasked::Lost,
    }
}

fn port(uri: &Uri) -> u16 {
    let usual = if uri.scheme_str() == Some("http") {
        80
    } else {
        443
    };
    uri.port_u16().unwrap_or(usual)
}

/// Whether a name or number is this same machine.
fn is_here(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || number
            .parse::<IpAddr>()
            .is_ok_and(|number| number.is_loopback())
}

/// Whether a provider may be there, when a manager named it: not where machines tell their own
/// secrets to themselves, and not at everybody.
fn may_be_own(ip: IpAddr) -> bool {
    if is_public(ip) {
        return true;
    }
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_loopback(),
    }
}

impl Resolver for Careful {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let host = host.to_ascii_lowercase();
        let port = port(uri);
        let own = self.own.as_ref() == Some(&(host.clone(), port));
        let plain = host.trim_start_matches('[').trim_end_matches(']');
        let all = look_up(plain.to_owned(), port).ok_or(ureq::Error::HostNotFound)?;
        let fits = |ip: IpAddr| is_public(ip) || (own && may_be_own(ip));
        // One address that may not be asked is enough to ask none.
        if all.is_empty() || !all.iter().all(|one| fits(one.ip())) {
            return Err(ureq::Error::HostNotFound);
        }
        let mut found = self.empty();
        for one in all.into_iter().take(ADDRESSES_MAX) {
            found.push(one);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

    /// A server that answers so many requests with these words, and its port.
    fn serving(answer: String, times: usize) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().take(times) {
                let mut stream = stream.unwrap();
                drop(stream.read(&mut [0; 4096]));
                drop(stream.write_all(answer.as_bytes()));
            }
        });
        port
    }

    fn ok(body: &str) -> String {
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
    }

    #[test]
    fn only_https_is_spoken_but_for_tests_on_this_machine() {
        let port = serving(ok("{}"), 1);
        let here = format!("http://127.0.0.1:{port}");
        assert_eq!(Provider::at(&here, false).get(&here), Err(Unasked::Plain));
        assert_eq!(Provider::at(&here, true).get(&here).unwrap().status, 200);
        for other in ["http://id.example", "ftp://id.example"] {
            let asked = Provider::at(other, true).get(other);
            assert_eq!(asked, Err(Unasked::Plain), "{other}");
        }
    }

    #[test]
    fn nothing_inside_of_a_network_is_asked_but_the_provider_itself() {
        let own = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = own.local_addr().unwrap().port();
        let other = serving(ok("{}"), 1);
        let provider = Provider::at(&format!("http://127.0.0.1:{port}"), true);
        let asked = provider.get(&format!("http://127.0.0.1:{other}/keys"));
        assert_eq!(asked, Err(Unasked::NotThere), "another port is another");
        let outside = Provider::at("https://id.example", false);
        for inside in [
            "https://127.0.0.1/",
            "https://10.0.0.1/",
            "https://192.168.1.1/",
            "https://[::1]/",
            "https://[fd00::1]/",
            "https://localhost/",
        ] {
            assert_eq!(outside.get(inside), Err(Unasked::NotThere), "{inside}");
        }
        for never in [
            "https://169.254.169.254",
            "https://0.0.0.0",
            "https://[fe80::1]",
        ] {
            let asked = Provider::at(never, false).get(never);
            assert_eq!(asked, Err(Unasked::NotThere), "{never}");
        }
    }

    #[test]
    fn nobody_is_followed_elsewhere_and_an_endless_answer_is_not_read() {
        let moved = "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        let here = format!("http://127.0.0.1:{}", serving(moved.to_owned(), 1));
        assert_eq!(Provider::at(&here, true).get(&here).unwrap().status, 302);
        let here = format!(
            "http://127.0.0.1:{}",
            serving(ok(&"a".repeat(300 << 10)), 1)
        );
        assert_eq!(Provider::at(&here, true).get(&here), Err(Unasked::Long));
    }
}
