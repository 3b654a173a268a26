//! What a push service gets: no body, and a token that it can check.

use crate::servers::Running;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use post::{
    push::{NotPushed, Push, Pushes},
    vapid::Vapid,
};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use std::net::TcpListener;

const NOW: i64 = 1_795_000_000;

fn push(endpoint: &str) -> Push<'_> {
    Push {
        endpoint,
        turn_to: "mailto:office@larkrise.example",
        urgent: true,
        now: NOW,
    }
}

fn pushes(running: &Running) -> Pushes {
    let pem = std::fs::read(running.certificate()).unwrap();
    let through = format!("127.0.0.1:{}", running.port).parse().unwrap();
    Pushes::new(Some(&pem), Some(through)).unwrap()
}

#[test]
fn a_push_has_no_body_and_shows_a_token_that_the_public_key_checks() {
    let running = Running::push();
    let fresh = Vapid::generate().unwrap();
    let vapid = Vapid::read(&fresh.secret).unwrap();
    let endpoint = "https://push.example.org/send/abc";
    pushes(&running).send(&vapid, &push(endpoint)).unwrap();

    let got = running.got("pushes.jsonl");
    let one: serde_json::Value = serde_json::from_str(&got[0]).unwrap();
    assert_eq!(
        (&one["path"], &one["length"]),
        (&"/send/abc".into(), &0.into())
    );
    let headers = &one["headers"];
    assert_eq!(
        (&headers["ttl"], &headers["urgency"]),
        (&"86400".into(), &"high".into())
    );
    let shown = headers["authorization"].as_str().unwrap();
    let (token, key) = shown
        .strip_prefix("vapid t=")
        .and_then(|rest| rest.split_once(", k="))
        .unwrap();
    assert_eq!(key, fresh.public);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, BASE64.decode(key).unwrap());
    let signature = BASE64.decode(signature).unwrap();
    public.verify(signed.as_bytes(), &signature).unwrap();
    let (head, claims) = signed.split_once('.').unwrap();
    let read = |part| serde_json::from_slice::<serde_json::Value>(&BASE64.decode(part).unwrap());
    assert_eq!(read(head).unwrap()["alg"], "ES256");
    let claims = read(claims).unwrap();
    assert_eq!(claims["aud"], "https://push.example.org");
    assert_eq!(claims["sub"], "mailto:office@larkrise.example");
    let lasts = claims["exp"].as_i64().unwrap() - NOW;
    assert!((1..=24 * 3600).contains(&lasts), "{lasts}");
    assert!(public.verify(b"something else", &signature).is_err());
}

#[test]
fn a_browser_that_is_gone_is_told_apart_from_a_service_in_trouble() {
    let running = Running::push();
    let vapid = Vapid::read(&Vapid::generate().unwrap().secret).unwrap();
    let send = |mode: &str| {
        running.does("push-mode", mode);
        pushes(&running).send(&vapid, &push("https://push.example.org/send/abc"))
    };
    assert_eq!(send("201"), Ok(()));
    assert_eq!(send("410"), Err(NotPushed::Gone));
    assert_eq!(send("404"), Err(NotPushed::Gone));
    for mode in ["307", "400", "403", "429", "500"] {
        assert!(matches!(send(mode), Err(NotPushed::Trouble(_))), "{mode}");
    }
}

#[test]
fn the_inside_of_the_network_is_never_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let vapid = Vapid::read(&Vapid::generate().unwrap().secret).unwrap();
    let pushes = Pushes::new(None, None).unwrap();
    for host in [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "10.0.0.1",
        "169.254.169.254",
        "2130706433",
    ] {
        let endpoint = format!("https://{host}:{port}/send");
        let answer = pushes.send(&vapid, &push(&endpoint));
        let says = "the push service is not on the public internet".to_owned();
        assert_eq!(answer, Err(NotPushed::Trouble(says)), "{host}");
    }
    let answer = pushes.send(&vapid, &push(&format!("http://localhost:{port}/send")));
    assert!(matches!(answer, Err(NotPushed::Trouble(_))));
    assert!(listener.accept().is_err(), "somebody was asked");
}
