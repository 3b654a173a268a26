//! A provider of accounts that the tests run in their own process, and that lies when it is told to.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::{
    digest,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::UNIX_EPOCH,
};

/// What it calls the program that asks, and the secret that it gave it.
pub(crate) const CLIENT: &str = "stairgate";
pub(crate) const SECRET: &str = "nine-plum-trees";

/// A running provider.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) issuer: String,
    inside: Arc<Mutex<Inside>>,
}

/// What it would do.
pub(crate) struct Inside {
    /// Its keys, by name; the last one signs.
    keys: Vec<(String, EcdsaKeyPair)>,
    /// Keys that it signs with and does not show.
    pub(crate) hides_keys: bool,
    /// What it says of itself besides, or otherwise.
    pub(crate) about: Value,
    /// What its token says besides, or otherwise; null takes a claim away.
    pub(crate) claims: Value,
    /// What its token's header says besides.
    pub(crate) header: Value,
    /// Whether it answers that it is out of order.
    pub(crate) broken: bool,
    /// What came with whoever was sent here last.
    sent: Vec<(String, String)>,
    /// What it was asked for: paths, and the forms.
    pub(crate) asked: Vec<(String, String)>,
}

impl Provider {
    pub(crate) fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inside = Inside {
            keys: vec![("one".to_owned(), key())],
            hides_keys: false,
            about: json!({}),
            claims: json!({}),
            header: json!({}),
            broken: false,
            sent: Vec::new(),
            asked: Vec::new(),
        };
        let provider = Provider {
            issuer,
            inside: Arc::new(Mutex::new(inside)),
        };
        let own = provider.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                own.answer(stream.unwrap());
            }
        });
        provider
    }

    pub(crate) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    /// From now on it signs with another key.
    pub(crate) fn turn_key(&self, name: &str) {
        let mut inside = self.inside();
        inside.keys = vec![(name.to_owned(), key())];
    }

    /// What somebody who was sent to this address brings along.
    pub(crate) fn comes(&self, location: &str) -> Vec<(String, String)> {
        let start = format!("{}/authorize?", self.issuer);
        let query = location.strip_prefix(&start);
        let query = query.unwrap_or_else(|| panic!("not sent here: {location}"));
        let sent = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        self.inside().sent = sent;
        self.inside().sent.clone()
    }

    /// Goes on with somebody who was sent here before others.
    pub(crate) fn goes_on_with(&self, sent: &[(String, String)]) {
        self.inside().sent = sent.to_vec();
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut first = String::new();
        if reader.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let (mut length, mut shows) = (0, String::new());
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "authorization" => shows = value.to_owned(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let body = String::from_utf8(body).unwrap();
        self.inside().asked.push((path.clone(), body.clone()));
        let (status, said) = self.say(&path, &body, &shows);
        let said = said.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            said.len()
        );
        drop(stream.write_all(format!("{head}{said}").as_bytes()));
    }

    fn say(&self, path: &str, body: &str, shows: &str) -> (u16, Value) {
        let inside = self.inside();
        if inside.broken {
            return (503, json!({}));
        }
        match path {
            "/.well-known/openid-configuration" => {
                let at = |path: &str| format!("{}{path}", self.issuer);
                let mut about = json!({
                    "issuer": self.issuer,
                    "authorization_endpoint": at("/authorize"),
                    "token_endpoint": at("/token"),
                    "jwks_uri": at("/keys"),
                    "response_types_supported": ["code"],
                    "code_challenge_methods_supported": ["S256"],
                });
                merge(&mut about, &inside.about);
                (200, about)
            }
            "/keys" if inside.hides_keys => (200, json!({"keys": []})),
            "/keys" => {
                let keys: Vec<Value> = inside
                    .keys
                    .iter()
                    .map(|(name, key)| jwk(name, key))
                    .collect();
                (200, json!({ "keys": keys }))
            }
            "/token" => inside.token(&self.issuer, body, shows),
            _ => (404, json!({})),
        }
    }
}

impl Inside {
    fn sent(&self, name: &str) -> &str {
        let found = self.sent.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The token, for whoever asks as it was agreed: the secret, the code, the verifier, the address.
    fn token(&self, issuer: &str, body: &str, shows: &str) -> (u16, Value) {
        let form: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes())
            .into_owned()
            .collect();
        let said = |name: &str| {
            let found = form.iter().find(|(known, _)| known == name);
            found.map_or("", |(_, value)| value.as_str())
        };
        let pair = base64::prelude::BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}"));
        if shows != format!("Basic {pair}") {
            return (401, json!({"error": "invalid_client"}));
        }
        let hash = digest::digest(&digest::SHA256, said("code_verifier").as_bytes());
        let fits = said("grant_type") == "authorization_code"
            && said("code") == "good"
            && BASE64.encode(hash.as_ref()) == self.sent("code_challenge")
            && said("redirect_uri") == self.sent("redirect_uri");
        if !fits {
            return (400, json!({"error": "invalid_grant"}));
        }
        let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
        let mut claims = json!({
            "iss": issuer, "sub": "tomos-1", "aud": CLIENT, "nonce": self.sent("nonce"),
            "iat": now, "exp": now + 300, "email": "tomos@larkrise.example",
        });
        merge(&mut claims, &self.claims);
        let (name, key) = self.keys.last().unwrap();
        let mut header = json!({"alg": "ES256", "kid": name});
        merge(&mut header, &self.header);
        let part = |value: &Value| BASE64.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(&claims));
        let signature = key.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        let token = format!("{message}.{}", BASE64.encode(signature.as_ref()));
        (
            200,
            json!({"access_token": "not-wanted", "token_type": "Bearer", "id_token": token}),
        )
    }
}

fn merge(whole: &mut Value, part: &Value) {
    for (name, value) in part.as_object().unwrap() {
        if value.is_null() {
            whole.as_object_mut().unwrap().remove(name);
        } else {
            whole[name] = value.clone();
        }
    }
}

fn key() -> EcdsaKeyPair {
    let (how, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let made = EcdsaKeyPair::generate_pkcs8(how, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(how, made.as_ref(), &random).unwrap()
}

fn jwk(name: &str, key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": name,
        "x": BASE64.encode(&point[1..33]), "y": BASE64.encode(&point[33..]),
    })
}
