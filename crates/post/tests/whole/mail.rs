//! What a mail server gets, and what comes of what it answers.

use crate::servers::Running;
use post::mail::{Encryption, Letter, NotSent, Server, send};
use std::time::{Duration, Instant, SystemTime};

fn letter() -> Letter<'static> {
    Letter {
        from_name: "Larkrise Preschool",
        from: "office@larkrise.example",
        to: "ada@finch.example",
        subject: "Larkrise Preschool: something is waiting for you",
        text: "Something is waiting for you in Stairgate. Sign in to see what it is:\n\nhttps://stairgate.larkrise.example\n",
        id: "work:2026-11-25/7/mail",
        at: SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000),
    }
}

fn to(running: &Running, encryption: Encryption) -> Server {
    Server {
        host: "localhost".to_owned(),
        port: running.port,
        encryption,
        sign_in: Some(("stairgate".to_owned(), "plum tree hat".to_owned())),
        believed: Some(std::fs::read(running.certificate()).unwrap()),
        wait: Some(Duration::from_secs(2)),
    }
}

fn trouble(answer: Result<(), NotSent>) -> String {
    match answer {
        Err(NotSent::Trouble(says)) => says,
        other => panic!("{other:?}"),
    }
}

#[test]
fn mail_arrives_encrypted_and_signed_in() {
    for (kind, encryption) in [("tls", Encryption::Tls), ("starttls", Encryption::Starttls)] {
        let running = Running::mail(kind);
        send(&to(&running, encryption), &letter()).unwrap();
        let got = running.got("received.jsonl");
        let [one] = got.as_slice() else {
            panic!("{got:?}");
        };
        let one: serde_json::Value = serde_json::from_str(one).unwrap();
        assert_eq!(one["to"], serde_json::json!(["ada@finch.example"]));
        assert_eq!(
            (&one["encrypted"], &one["signed_in"]),
            (&true.into(), &true.into())
        );
        let text = one["text"].as_str().unwrap();
        assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
        assert!(
            text.contains("https://stairgate.larkrise.example"),
            "{text}"
        );
    }
}

#[test]
fn nothing_is_sent_where_the_way_is_not_encrypted_as_it_should_be() {
    let plain = Running::mail("plain");
    let says = trouble(send(&to(&plain, Encryption::Starttls), &letter()));
    assert!(says.contains("offers no encryption"), "{says}");
    let tls = Running::mail("tls");
    let mut server = to(&tls, Encryption::Tls);
    server.believed = None;
    let says = trouble(send(&server, &letter()));
    assert!(says.contains("not believed"), "{says}");
    assert_eq!(
        plain.got("received.jsonl").len() + tls.got("received.jsonl").len(),
        0
    );
}

#[test]
fn a_wrong_password_is_trouble_with_the_settings_and_refuses_no_message() {
    let running = Running::mail("starttls");
    let mut server = to(&running, Encryption::Starttls);
    server.sign_in = Some(("stairgate".to_owned(), "wrong".to_owned()));
    let says = trouble(send(&server, &letter()));
    assert!(says.contains("user name and password (535)"), "{says}");
}

#[test]
fn what_a_server_refuses_for_now_is_tried_again_and_for_good_is_not() {
    let running = Running::mail("plain");
    let mut server = to(&running, Encryption::None);
    server.sign_in = None;
    for (mode, for_good) in [
        ("rcpt-450", false),
        ("data-451", false),
        ("rcpt-530", false),
        ("rcpt-550", true),
        ("data-554", true),
    ] {
        running.does("mode", mode);
        let answer = send(&server, &letter());
        let refused = matches!(answer, Err(NotSent::Refused(_)));
        assert_eq!(refused, for_good, "{mode}: {answer:?}");
        assert!(answer.is_err(), "{mode}");
    }
    running.does("mode", "");
    send(&server, &letter()).unwrap();
    assert_eq!(running.got("received.jsonl").len(), 1);
}

#[test]
fn a_server_that_is_slow_breaks_off_or_is_not_there_holds_nobody_up() {
    let running = Running::mail("plain");
    let mut server = to(&running, Encryption::None);
    server.sign_in = None;
    let began = Instant::now();
    running.does("mode", "slow");
    let says = trouble(send(&server, &letter()));
    assert!(says.contains("in time"), "{says}");
    running.does("mode", "drop");
    trouble(send(&server, &letter()));
    server.port = 1;
    let says = trouble(send(&server, &letter()));
    assert!(says.contains("could not be reached"), "{says}");
    assert!(began.elapsed() < Duration::from_secs(10));
}
