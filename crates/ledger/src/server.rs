//! The way to a PostgreSQL server: who may be spoken to in the clear, and whose certificate is
//! believed. A server on this machine may be asked without encryption; any other must show a
//! certificate, unless the address says `sslmode=disable`.

use crate::store::StoreError;
use postgres::{
    Client, Config, NoTls,
    config::{Host, SslMode},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// A server that answers before it writes is told to write first; a stricter one stays strict.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// Where a server is and how it proves itself.
#[derive(Clone, Debug)]
pub struct Server {
    /// `postgres://user:password@host/database`, as libpq writes it.
    pub url: String,
    /// A file of certificates (PEM) to believe instead of the public ones.
    pub authorities: Option<PathBuf>,
}

impl Server {
    /// A server that is believed when a public authority vouches for it.
    #[must_use]
    pub fn at(url: &str) -> Server {
        Server {
            url: url.to_owned(),
            authorities: None,
        }
    }

    /// A new connection, on which what is answered is on disk.
    ///
    /// # Errors
    /// The address isn't one, or the server can't be reached or proved.
    pub fn connect(&self) -> Result<Client, StoreError> {
        let mut config: Config = self
            .url
            .parse()
            .map_err(|error| said("reading the database's address", &error))?;
        config.connect_timeout(CONNECT);
        let clear = match config.get_ssl_mode() {
            SslMode::Disable => true,
            SslMode::Prefer => config.get_hosts().iter().all(is_this_machine),
            _ => false,
        };
        let connected = if clear {
            config.ssl_mode(SslMode::Disable).connect(NoTls)
        } else {
            config.ssl_mode(SslMode::Require).connect(self.tls()?)
        };
        let doing = "connecting to the database";
        let mut client = connected.map_err(|error| said(doing, &error))?;
        // What is answered is on disk, whatever the server was told for others.
        client
            .batch_execute(DURABLE)
            .map_err(|error| said(doing, &error))?;
        Ok(client)
    }

    fn tls(&self) -> Result<MakeRustlsConnect, StoreError> {
        let mut roots = RootCertStore::empty();
        match &self.authorities {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(path) => {
                let doing = "reading the database's certificates";
                let certificates =
                    CertificateDer::pem_file_iter(path).map_err(|error| said(doing, &error))?;
                for certificate in certificates {
                    let certificate = certificate.map_err(|error| said(doing, &error))?;
                    roots
                        .add(certificate)
                        .map_err(|error| said(doing, &error))?;
                }
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| said("preparing encryption", &error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

/// An error of the world outside, with all that its causes say.
pub(crate) fn said(doing: &str, error: &dyn std::error::Error) -> StoreError {
    let mut why = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        why = format!("{why}: {deeper}");
        cause = deeper.source();
    }
    StoreError::Outside {
        doing: doing.to_owned(),
        why,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        let clear = ["localhost", "127.0.0.1", "::1"];
        let encrypted = ["db.example", "10.0.0.4", "localhost.example"];
        assert!(
            clear
                .iter()
                .all(|name| is_this_machine(&Host::Tcp((*name).to_owned())))
        );
        assert!(
            !encrypted
                .iter()
                .any(|name| is_this_machine(&Host::Tcp((*name).to_owned())))
        );
    }

    #[test]
    fn an_address_that_is_none_is_an_error_in_words() {
        let error = Server::at("not an address")
            .connect()
            .err()
            .map(|error| error.to_string());
        assert!(error.is_some_and(|words| words.starts_with("reading the database's address")));
    }
}
