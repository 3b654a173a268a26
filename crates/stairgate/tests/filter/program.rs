//! The filter as a process, in a folder with a plan, lists and a certificate.

use crate::upstream::Upstream;
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

pub(crate) const PLAN: &str = r#"
strangers = "staff"
[closing]
answer = "page"
page4 = "192.0.2.80"
[[profile]]
name = "staff"
closed = ["adult"]
[[profile]]
name = "children"
children = true
limited = true
approved = ["songs.example"]
[[device]]
name = "tablet"
key = "tablet-4f2a91c07b"
profile = "children"
[[exception]]
name = "news.example"
open = false
reason = "Not now"
"#;

/// A filter that runs; it ends with this.
pub(crate) struct Filter {
    pub(crate) child: Child,
    pub(crate) plain: SocketAddr,
    pub(crate) tls: Option<SocketAddr>,
    pub(crate) https: Option<SocketAddr>,
}

impl Drop for Filter {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Lists, a plan and a certificate.
pub(crate) fn prepare(folder: &Path) {
    let list = folder.join("adult.txt");
    std::fs::write(&list, "adult.example\n").unwrap();
    let done = stairgate(&["filter", "compile"])
        .arg(format!("adult={}", list.display()))
        .arg("-o")
        .arg(folder.join("names"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    std::fs::write(folder.join("plan.toml"), format!("{PLAN}# end\n")).unwrap();
}

/// A certificate for `filter.example` and all names below it.
pub(crate) fn certificate(folder: &Path) {
    let done = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ])
        .args(["-days", "2", "-subj", "/CN=filter.example"])
        .args([
            "-addext",
            "subjectAltName=DNS:filter.example,DNS:*.filter.example",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("certificate.pem"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

pub(crate) fn stairgate(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stairgate"));
    command.args(words);
    command
}

/// Begins a filter and waits until it says that it answers; nothing where it does not.
pub(crate) fn serve(folder: &Path, upstream: &str, more: &[&str]) -> Option<Filter> {
    let mut child = stairgate(&["filter", "serve", "--listen", "127.0.0.1:0"])
        .arg("--plan")
        .arg(folder.join("plan.toml"))
        .arg("--file")
        .arg(folder.join("names"))
        .args(["--upstream", upstream])
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let wanted = 1 + more
        .iter()
        .filter(|word| ["--tls", "--https"].contains(word))
        .count();
    let mut at = |_| Some(lines.next()?.ok()?.rsplit(' ').next()?.parse().unwrap());
    let all: Vec<Option<SocketAddr>> = (0..wanted).map(&mut at).collect();
    // What it says later is read, so that it never waits for a reader.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    let mut filter = Filter {
        child,
        plain: "127.0.0.1:9".parse().unwrap(),
        tls: all.get(1).copied().flatten(),
        https: all.get(2).copied().flatten(),
    };
    match all[0] {
        Some(plain) => {
            filter.plain = plain;
            Some(filter)
        }
        None => {
            assert!(!filter.child.wait().unwrap().success());
            None
        }
    }
}

/// A resolver behind it.
pub(crate) fn upstream() -> (Upstream, String) {
    let upstream = Upstream::begin();
    let at = format!("udp://{}", upstream.at);
    (upstream, at)
}
