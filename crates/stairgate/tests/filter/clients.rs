//! Real clients: `dig` over UDP and TCP, `kdig` over TLS and HTTPS, with and without the key of a device.

use crate::program::{Filter, certificate, prepare, serve, stairgate, upstream};
use std::{net::SocketAddr, path::Path, process::Command};

fn run(program: &str, words: &[&str]) -> String {
    let done = Command::new(program).args(words).output().unwrap();
    let mut text = String::from_utf8(done.stdout).unwrap();
    text.push_str(&String::from_utf8(done.stderr).unwrap());
    text
}

/// Status and first answer, as `dig` and `kdig` write them.
fn told(text: &str) -> String {
    // Over HTTPS there is a status of HTTP before that of the answer.
    let status = text
        .rsplit("status: ")
        .next()
        .and_then(|rest| rest.split([',', ';']).next());
    let mut lines = text
        .lines()
        .skip_while(|line| !line.starts_with(";; ANSWER SECTION"));
    let answer = lines.nth(1).unwrap_or_default();
    let last = answer.split_whitespace().last().unwrap_or_default();
    format!("{} {last}", status.unwrap_or(text))
        .trim_end()
        .to_owned()
}

fn dig(at: SocketAddr, words: &[&str]) -> String {
    let port = at.port().to_string();
    let mut all = vec!["@127.0.0.1", "-p", &port, "+time=8", "+tries=1"];
    all.extend(words);
    told(&run("dig", &all))
}

fn kdig(at: SocketAddr, words: &[&str]) -> String {
    let port = at.port().to_string();
    let mut all = vec!["@127.0.0.1", "-p", &port, "+time=8", "+retry=0"];
    all.extend(words);
    told(&run("kdig", &all))
}

fn with_tls(folder: &Path, upstream: &str) -> Filter {
    certificate(folder);
    let own = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (chain, key) = (own("certificate.pem"), own("key.pem"));
    let more = [
        "--tls",
        "127.0.0.1:0",
        "--https",
        "127.0.0.1:0",
        "--certificate",
        &chain,
        "--key",
        &key,
    ];
    serve(folder, upstream, &more).unwrap()
}

#[test]
fn dig_is_answered_over_udp_and_tcp() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let (_upstream, at) = upstream();
    let filter = serve(folder.path(), &at, &[]).unwrap();
    for way in [
        "+notcp",
        "+tcp",
        "+noedns",
        "+dnssec",
        "+nocookie",
        "+bufsize=512",
    ] {
        assert_eq!(
            dig(filter.plain, &[way, "www.open.example"]),
            "NOERROR 198.51.100.1",
            "{way}"
        );
        assert_eq!(
            dig(filter.plain, &[way, "www.adult.example"]),
            "NOERROR 192.0.2.80",
            "{way}"
        );
        assert_eq!(
            dig(filter.plain, &[way, "none.example"]),
            "NXDOMAIN",
            "{way}"
        );
    }
    assert_eq!(dig(filter.plain, &["use-application-dns.net"]), "NXDOMAIN");
    assert_eq!(dig(filter.plain, &["www.open.example", "ANY"]), "REFUSED");
    assert_eq!(
        dig(filter.plain, &["+edns=1", "+noednsneg", "www.open.example"]),
        "BADVERS"
    );
    assert_eq!(dig(filter.plain, &["version.bind", "CH", "TXT"]), "REFUSED");
    // Too large for a packet: asked again in a stream.
    let big = dig(filter.plain, &["big.example", "TXT"]);
    assert!(big.starts_with("NOERROR") && big.ends_with("00\""), "{big}");
}

#[test]
fn kdig_is_answered_over_tls_and_https_and_a_key_says_which_device_it_is() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let (_upstream, at) = upstream();
    let filter = with_tls(folder.path(), &at);
    let (tls, https) = (filter.tls.unwrap(), filter.https.unwrap());
    let ca = format!(
        "+tls-ca={}",
        folder.path().join("certificate.pem").display()
    );
    let host = "+tls-hostname=filter.example";
    assert_eq!(
        kdig(tls, &["+tls", &ca, host, "www.open.example"]),
        "NOERROR 198.51.100.1"
    );
    assert_eq!(
        kdig(tls, &["+tls", &ca, host, "www.adult.example"]),
        "NOERROR 192.0.2.80"
    );
    let own = "+tls-hostname=tablet-4f2a91c07b.filter.example";
    let sni = "+tls-sni=tablet-4f2a91c07b.filter.example";
    assert_eq!(
        kdig(tls, &["+tls", &ca, own, sni, "www.open.example"]),
        "NOERROR 192.0.2.80"
    );
    assert_eq!(
        kdig(tls, &["+tls", &ca, own, sni, "songs.example"]),
        "NOERROR 198.51.100.1"
    );
    for way in ["+https=/dns-query", "+https-get=/dns-query"] {
        assert_eq!(
            kdig(https, &[way, &ca, host, "www.open.example"]),
            "NOERROR 198.51.100.1"
        );
    }
    let own = "+https=filter.example/dns-query/tablet-4f2a91c07b";
    assert_eq!(
        kdig(https, &[own, &ca, host, "www.open.example"]),
        "NOERROR 192.0.2.80"
    );
    assert_eq!(
        kdig(https, &[own, &ca, host, "songs.example"]),
        "NOERROR 198.51.100.1"
    );
    // A key that nobody has: all but help is closed.
    let other = "+https=filter.example/dns-query/tablet-0000000000";
    assert_eq!(
        kdig(https, &[other, &ca, host, "songs.example"]),
        "NOERROR 192.0.2.80"
    );
    assert_eq!(
        kdig(https, &[other, &ca, host, "childline.org.uk"]),
        "NOERROR 198.51.100.1"
    );
}

#[test]
fn a_filter_can_ask_another_one_over_tls_and_https() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let (_upstream, at) = upstream();
    let behind = with_tls(folder.path(), &at);
    let ca = folder
        .path()
        .join("certificate.pem")
        .to_string_lossy()
        .into_owned();
    for at in [
        format!("tls://filter.example@{}", behind.tls.unwrap()),
        format!("https://filter.example/dns-query@{}", behind.https.unwrap()),
    ] {
        let filter = serve(folder.path(), &at, &["--authorities", &ca]).unwrap();
        for name in ["a.open.example", "b.open.example", "c.open.example"] {
            assert_eq!(dig(filter.plain, &[name]), "NOERROR 198.51.100.1", "{at}");
        }
        // Without the authority nobody vouches for it, and nothing is said.
        let strict = serve(folder.path(), &at, &[]).unwrap();
        assert_eq!(dig(strict.plain, &["a.open.example"]), "SERVFAIL");
        assert_eq!(dig(strict.plain, &["adult.example"]), "NOERROR 192.0.2.80");
    }
}

#[test]
fn a_trace_that_can_not_be_written_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let (_upstream, at) = upstream();
    // A disk that is full.
    let filter = serve(folder.path(), &at, &["--trace", "/dev/full"]).unwrap();
    for _ in 0..20 {
        assert_eq!(dig(filter.plain, &["adult.example"]), "NOERROR 192.0.2.80");
        assert_eq!(
            dig(filter.plain, &["www.open.example"]),
            "NOERROR 198.51.100.1"
        );
    }
    drop(filter);
    let trace = folder.path().join("trace");
    let path = trace.to_string_lossy();
    let filter = serve(folder.path(), &at, &["--trace", &path]).unwrap();
    assert_eq!(
        dig(filter.plain, &["www.news.example"]),
        "NOERROR 192.0.2.80"
    );
    let mut text = String::new();
    while !text.ends_with('\n') {
        text = std::fs::read_to_string(&trace).unwrap();
    }
    let line: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(line["why"], "an exception: Not now");
    assert_eq!(line["answer"], "closed");
}

#[test]
fn it_says_why_nobody_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let plan = folder.path().join("plan.toml");
    std::fs::write(&plan, "[[profile]]\nname = \"staff\"\n").unwrap();
    let done = stairgate(&["filter", "serve", "--upstream", "192.0.2.1", "--plan"])
        .arg(&plan)
        .arg("--file")
        .arg(folder.path().join("names"))
        .output()
        .unwrap();
    assert!(!done.status.success());
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(
        words.contains("nobody is answered") && words.contains("# end"),
        "{words}"
    );
}
