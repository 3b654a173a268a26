//! From what is asked for on the network to the lead's mail: within five seconds, and nothing of it is
//! in the mail.

use crate::{
    program::stairgate,
    servers::Running,
    site::Program,
    told::{ask, free},
};
use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

/// A list of what may be a worry.
fn lay_out(folder: &Path) {
    let filter = folder.join("filter");
    std::fs::create_dir(&filter).unwrap();
    let list = folder.join("list.txt");
    let names: String = (0..9).map(|one| format!("hurt{one}.example\n")).collect();
    std::fs::write(&list, names).unwrap();
    let done = stairgate(&["filter", "compile"])
        .arg(format!("self-harm={}", list.display()))
        .arg("-o")
        .arg(filter.join("stairgate.names"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

#[test]
fn the_lead_is_told_of_an_alert_within_five_seconds_and_the_mail_says_nothing_of_it() {
    let mail = Running::mail("plain");
    let dns: SocketAddr = free();
    let at = dns.to_string();
    let more = [
        "--filter",
        &at,
        "--filter-upstream",
        "127.0.0.1:9",
        "--filter-ends-too",
    ];
    let program = Program::start_with(&more, lay_out);
    let mut maya = program.set_up_here();
    let port = mail.port.to_string();
    let fields = [
        ("host", "localhost"),
        ("port", port.as_str()),
        ("security", "none"),
        ("from", "office@larkrise.example"),
        ("address", "https://stairgate.larkrise.example"),
        ("hour", "8"),
    ];
    assert_eq!(maya.send("/settings/mail/set", &fields).status, 303);
    maya.send("/people/1/contact", &[("email", "maya@larkrise.example")]);
    let begun = Instant::now();
    while ask(dns, "www.gov.uk").is_none() {
        assert!(begun.elapsed() < Duration::from_secs(30), "no filter");
    }
    let before = mail.got("received.jsonl").len();
    let begun = Instant::now();
    assert_eq!(ask(dns, "www.hurt1.example"), Some(3));
    while mail.got("received.jsonl").len() == before {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody was told");
        std::thread::park_timeout(Duration::from_millis(10));
    }
    let took = begun.elapsed();
    println!("from the question to the lead's mail server: {took:?}");
    assert!(took <= Duration::from_secs(5), "{took:?}");
    let got = mail.got("received.jsonl").join("\n");
    assert!(
        !got.contains("hurt1") && !got.contains("self-harm"),
        "{got}"
    );
}
