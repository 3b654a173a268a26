//! The web proxy beside squid, where it is installed: the same list, the same site, the same client,
//! one processor for each proxy, rounds interleaved. Then pages under TLS that are looked into.
//!
//! `cargo bench -p gate --bench proxy` does all; `-- SECONDS ROUNDS NAMES` says how long a round
//! takes, how many there are, and how many names are closed.

mod load;
mod peers;

use load::Kind;
use peers::{Server, ours, squid};
use std::{error::Error, io::Write, net::SocketAddr, time::Duration};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", folder, resolver, site] => {
            return peers::serve(folder.as_ref(), resolver.parse()?, site.parse()?);
        }
        ["resolver", at] => return peers::resolver(at.parse()?),
        ["site", at] => return load::site(at.parse()?, None),
        ["tls-site", at, folder] => return load::site(at.parse()?, Some(folder.as_ref())),
        _ => {}
    }
    let numbers: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let number = |at: usize, usual: u64| numbers.get(at).copied().unwrap_or(usual);
    let (each, rounds) = (Duration::from_secs(number(0, 2)), number(1, 3));
    let folder = tempfile::tempdir()?;
    peers::stay_on_second()?;
    peers::write_files(folder.path(), number(2, 100_000))?;
    let resolver = Server::own("1", &["resolver", "AT"])?;
    let site = Server::own("1", &["site", "AT"])?;
    let mut servers = vec![ours(folder.path(), resolver.at, site.at)?];
    match squid(folder.path(), site.at) {
        Ok(server) => servers.push(server),
        Err(error) => say(&format!("squid is left out: {error}"))?,
    }
    for kind in [Kind::Page, Kind::Tunnel, Kind::Closed] {
        let mut all: Vec<Vec<(f64, f64)>> = vec![Vec::new(); servers.len()];
        for _ in 0..rounds {
            for (server, own) in servers.iter().zip(&mut all) {
                let before = server.processor_seconds()?;
                let done = load::run(kind, server.at, site.at, each)?;
                let worked = server.processor_seconds()? - before;
                own.push((done / each.as_secs_f64(), worked * 1e6 / done.max(1.0)));
            }
        }
        for (server, own) in servers.iter().zip(&mut all) {
            let (rate, work) = (
                median(own.iter().map(|one| one.0)),
                median(own.iter().map(|one| one.1)),
            );
            say(&format!(
                "{kind:?}: {}: {rate:.0} a second, {work:.1} µs of the processor each",
                server.name
            ))?;
        }
    }
    under_tls(folder.path(), resolver.at, each, rounds)
}

/// New connections under TLS, each looked into, with a request.
fn under_tls(
    folder: &std::path::Path,
    resolver: SocketAddr,
    each: Duration,
    rounds: u64,
) -> Outcome<()> {
    let path = folder.to_string_lossy().into_owned();
    let site = Server::own("1", &["tls-site", "AT", &path])?;
    let server = ours(folder, resolver, site.at)?;
    let mut own = Vec::new();
    for _ in 0..rounds {
        let before = server.processor_seconds()?;
        let done = load::run_tls(server.at, site.at, folder, each)?;
        let worked = server.processor_seconds()? - before;
        own.push((done / each.as_secs_f64(), done / worked.max(0.01)));
    }
    let (rate, core) = (
        median(own.iter().map(|one| one.0)),
        median(own.iter().map(|one| one.1)),
    );
    say(&format!(
        "looked into under TLS: {rate:.0} new connections a second, {core:.0} for a second of the processor"
    ))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

fn say(words: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout().lock(), "{words}")?)
}
