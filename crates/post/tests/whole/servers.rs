//! A mail server and a push service for tests, each a process of its own with a folder: what they
//! are to do is a file in it, and what they got another.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

const SMTP: &str = include_str!("smtp_server.py");
const PUSH: &str = include_str!("push_server.py");

/// A server that runs until it is dropped.
pub(crate) struct Running {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) port: u16,
    child: Child,
}

impl Running {
    /// A mail server: `tls`, `starttls` or `plain`.
    pub(crate) fn mail(kind: &str) -> Running {
        start(SMTP, &[kind])
    }

    /// A push service.
    pub(crate) fn push() -> Running {
        start(PUSH, &[])
    }

    /// The certificate to believe.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// What it is to do from now on.
    pub(crate) fn does(&self, file: &str, mode: &str) {
        std::fs::write(self.folder.path().join(file), mode).unwrap();
    }

    /// What it got: a line of JSON each.
    pub(crate) fn got(&self, file: &str) -> Vec<String> {
        let text = std::fs::read_to_string(self.folder.path().join(file)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn start(script: &str, more: &[&str]) -> Running {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path());
    let path = folder.path().join("server.py");
    std::fs::write(&path, script).unwrap();
    // Debian's own, which has the package for mail.
    let mut child = Command::new("/usr/bin/python3")
        .arg(&path)
        .arg(folder.path())
        .args(more)
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 of the system");
    let mut line = String::new();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let port = line.trim().parse();
    let port = port.expect("a server that says its port; python3-aiosmtpd is needed");
    Running {
        folder,
        port,
        child,
    }
}

/// A certificate for a few names that is good for a week.
fn certify(folder: &Path) {
    let done = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args(["-nodes", "-days", "7", "-subj", "/CN=localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args([
            "-addext",
            "subjectAltName=DNS:localhost,DNS:push.example.org,IP:127.0.0.1",
        ])
        .arg("-keyout")
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("cert.pem"))
        .stderr(Stdio::null())
        .status()
        .expect("openssl of the system");
    assert!(done.success(), "no certificate");
}
