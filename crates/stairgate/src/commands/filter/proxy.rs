//! The web proxy beside the name server, and the file of single pages that are illegal.

use super::super::say;
use crate::clock;
use anyhow::Context;
use gate::{
    dns::Serving,
    proxy::{Authority, Listening, Options, Pages, Proxy, ScannerAt, say_plainly},
};
use std::{
    fs,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// How the proxy serves.
#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Asked {
    /// An address for a web proxy. Devices find it by http://ADDRESS/proxy.pac.
    #[arg(long)]
    proxy: Vec<SocketAddr>,
    /// An address for hosts under TLS that the name server leads to the proxy: port 443 of the
    /// address that the plan gives as 'proxy4'.
    #[arg(long, requires = "authority")]
    led: Vec<SocketAddr>,
    /// How devices reach the proxy: a name and a port. The first address where nothing is said.
    #[arg(long)]
    proxy_name: Option<String>,
    /// The file of illegal pages that 'filter pages' made.
    #[arg(long, requires = "secret")]
    pages: Option<PathBuf>,
    /// The file of the setting's own authority; it is made where there is none. Devices that are
    /// to see pages of hosts with illegal ones trust it.
    #[arg(long, requires = "secret")]
    authority: Option<PathBuf>,
    /// What devices show of the authority.
    #[arg(long, default_value = "Stairgate")]
    authority_name: String,
    /// Where clamd listens, to scan downloads: /path/of/its.socket or ADDRESS:PORT.
    #[arg(long)]
    clamd: Option<ScannerAt>,
    /// The file with the secret under which pages and authority lie: 64 digits from 0 to f.
    #[arg(long)]
    secret: Option<PathBuf>,
}

/// Makes the file of illegal pages.
#[derive(clap::Args)]
pub(crate) struct MakePages {
    /// Lists: a page on each line, or the SHA-256 of its normal form and its host.
    #[arg(required = true)]
    lists: Vec<PathBuf>,
    /// The file to make. One that is there is replaced only when all is well.
    #[arg(short = 'o', long = "file")]
    file: PathBuf,
    /// The file with the secret; it is made where there is none.
    #[arg(long)]
    secret: PathBuf,
}

pub(super) fn make_pages(asked: &MakePages) -> anyhow::Result<ExitCode> {
    let key = secret(&asked.secret, true)?;
    let mut pages = Pages::default();
    for list in &asked.lists {
        let taken = pages
            .read_list(list)
            .with_context(|| list.display().to_string())?;
        say(&format!(
            "{}: {} pages, {} sums of pages, {} remarks, {} lines that name no page",
            list.display(),
            taken.pages,
            taken.sums,
            taken.remarks,
            taken.skipped
        ));
    }
    pages.write(&asked.file, &key)?;
    say(&format!(
        "{} pages are in {}",
        pages.len(),
        asked.file.display()
    ));
    Ok(ExitCode::SUCCESS)
}

impl Asked {
    /// The key of traces, pages and authority. A secret is made where there is none.
    pub(super) fn key(&self) -> anyhow::Result<Option<[u8; 32]>> {
        let path = self.secret.as_deref();
        path.map(|path| secret(path, true)).transpose()
    }

    /// The file of illegal pages and the key that it is sealed under.
    pub(super) fn pages(&self) -> anyhow::Result<Option<(PathBuf, [u8; 32])>> {
        match (&self.pages, &self.secret) {
            (Some(pages), Some(path)) => Ok(Some((pages.clone(), secret(path, false)?))),
            _ => Ok(None),
        }
    }

    /// Opens the proxy's doors, where there are to be any.
    pub(super) fn open(
        self,
        serving: &Serving,
        authorities: Option<PathBuf>,
    ) -> anyhow::Result<()> {
        let Some(first) = self.proxy.first().or(self.led.first()) else {
            return Ok(());
        };
        let authority = match (&self.authority, &self.secret) {
            (Some(path), Some(key)) => {
                let key = secret(key, true)?;
                let name = &self.authority_name;
                Some(Authority::begin(path, &key, name, clock::now())?)
            }
            _ => None,
        };
        let options = Options {
            name: self.proxy_name.unwrap_or_else(|| first.to_string()),
            authority,
            say_closed: Box::new(say_plainly),
            authorities,
            further_ports: Vec::new(),
            learned: self.authority.map(|path| path.with_extension("devices")),
            scanner: self.clamd,
        };
        let proxy = Proxy::new(Arc::clone(serving.filter()), options)?;
        for (what, door, addresses) in [
            ("web proxy", Listening::Requests, &self.proxy),
            (
                "web proxy for hosts that are led to it",
                Listening::Led,
                &self.led,
            ),
        ] {
            for address in serving.open(&proxy, door, addresses)? {
                say(&format!("{what} at {address}"));
            }
        }
        Ok(())
    }
}

/// The secret of a file; a new one where there is none and one may be made.
pub(crate) fn secret(path: &Path, make: bool) -> anyhow::Result<[u8; 32]> {
    if make && !path.exists() {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        let mut options = fs::OpenOptions::new();
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.write(true).create_new(true).open(path)?;
        file.write_all(ledger::hex::encode(&key).as_bytes())?;
        file.sync_all()?;
        return Ok(key);
    }
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    ledger::hex::decode(text.trim())
        .with_context(|| format!("{} does not hold 64 digits from 0 to f", path.display()))
}
