//! Passkeys with an authenticator made of software: what a right one does, and what every wrong one
//! does not.

use crate::{
    people::done,
    program::{Answer, Browser, Program, mark},
    signing_in::hidden,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ciborium::Value;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use sha2::{Digest, Sha256};

/// A device with one passkey.
pub(crate) struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    origin: String,
    host: String,
    counter: u32,
    flags: u8,
}

impl Device {
    pub(crate) fn new(program: &Program) -> Device {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &random)
            .unwrap();
        let port = program.address().rsplit(':').next().unwrap();
        Device {
            id: Sha256::digest(key.public_key().as_ref()).to_vec(),
            key,
            origin: format!("http://localhost:{port}"),
            host: "localhost".to_owned(),
            counter: 0,
            flags: 0b101,
        }
    }

    /// The program is at another address now.
    pub(crate) fn moved(&mut self, program: &Program) {
        self.origin = Device::new(program).origin;
    }

    fn client(&self, kind: &str, challenge: &str) -> Vec<u8> {
        let said = serde_json::json!({
            "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false
        });
        said.to_string().into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.host.as_bytes()).to_vec();
        data.push(flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    fn object(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let int = |number: i64| Value::from(number);
        let cose = Value::Map(vec![
            (int(1), int(2)),
            (int(3), int(-7)),
            (int(-1), int(1)),
            (int(-2), Value::Bytes(point[1..33].to_vec())),
            (int(-3), Value::Bytes(point[33..65].to_vec())),
        ]);
        let mut data = self.data(self.flags | 0b100_0000);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&self.id);
        ciborium::into_writer(&cose, &mut data).unwrap();
        let text = |text: &str| Value::Text(text.to_owned());
        let object = Value::Map(vec![
            (text("fmt"), text("none")),
            (text("attStmt"), Value::Map(Vec::new())),
            (text("authData"), Value::Bytes(data)),
        ]);
        let mut bytes = Vec::new();
        ciborium::into_writer(&object, &mut bytes).unwrap();
        bytes
    }

    /// Makes a passkey for whoever is signed in.
    pub(crate) fn make(&self, browser: &mut Browser) -> Answer {
        let page = browser.get("/account/passkeys/make").body;
        let client = self.client("webauthn.create", &challenge(&page));
        browser.post(
            "/account/passkeys/make",
            &[
                ("csrf", &mark(&page).unwrap()),
                ("id", &BASE64.encode(&self.id)),
                ("client", &BASE64.encode(client)),
                ("data", &BASE64.encode(self.object())),
                ("name", "my phone"),
            ],
        )
    }

    /// What it answers to a challenge for signing in.
    fn answer(&self, challenge: &str) -> [(&'static str, String); 4] {
        let client = self.client("webauthn.get", challenge);
        let data = self.data(self.flags);
        let mut message = data.clone();
        message.extend_from_slice(&Sha256::digest(&client));
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        [
            ("id", BASE64.encode(&self.id)),
            ("client", BASE64.encode(client)),
            ("data", BASE64.encode(data)),
            ("signature", BASE64.encode(signature)),
        ]
    }

    pub(crate) fn sign_in(&self, browser: &mut Browser) -> Answer {
        let page = browser.get("/sign-in").body;
        send(browser, &page, &self.answer(&challenge(&page)))
    }
}

fn challenge(page: &str) -> String {
    let after = page.split("data-challenge=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn send(browser: &mut Browser, page: &str, parts: &[(&'static str, String); 4]) -> Answer {
    send_to(browser, "/sign-in/passkey", "/account", page, parts)
}

fn send_to(
    browser: &mut Browser,
    path: &str,
    then: &str,
    page: &str,
    parts: &[(&'static str, String); 4],
) -> Answer {
    let mark = mark(page).unwrap();
    let mut fields = vec![("csrf", mark.as_str()), ("then", then)];
    fields.extend(parts.iter().map(|(name, value)| (*name, value.as_str())));
    browser.post(path, &fields)
}

/// What comes of it when a page asks for the passkey, wherever that is.
pub(crate) fn answer_at(browser: &mut Browser, path: &str, page: &str, device: &Device) -> Answer {
    let then = hidden(page, "then");
    send_to(browser, path, &then, page, &device.answer(&challenge(page)))
}

#[test]
fn a_passkey_signs_in_without_a_user_name_and_counts_as_two_things() {
    let (program, mut maya) = Program::set_up();
    let device = Device::new(&program);
    let made = device.make(&mut maya);
    assert!(made.body.contains("Your recovery codes"), "{}", made.body);
    let mut browser = program.browser();
    done(&device.sign_in(&mut browser));
    let page = browser.get("/account/devices").body;
    assert!(page.contains("Two steps"), "{page}");
    let page = browser.get("/account").body;
    assert!(page.contains("my phone") && !hidden(&page, "csrf").is_empty());
}

#[test]
fn an_answer_that_was_sent_before_is_not_taken_again() {
    let (program, mut maya) = Program::set_up();
    let device = Device::new(&program);
    device.make(&mut maya);
    let mut browser = program.browser();
    let page = browser.get("/sign-in").body;
    let parts = device.answer(&challenge(&page));
    done(&send(&mut browser, &page, &parts));
    let mut again = browser.again(&program);
    let fresh = again.get("/account").body;
    let replayed = send(&mut again, &fresh, &parts);
    assert_eq!(replayed.status, 422);
    // The challenge of one device is worth nothing on another.
    let mut one = program.browser();
    let page = one.get("/sign-in").body;
    let parts = device.answer(&challenge(&page));
    let mut other = program.browser();
    let page = other.get("/sign-in").body;
    assert_eq!(send(&mut other, &page, &parts).status, 422);
}

#[test]
fn no_wrong_answer_signs_in() {
    let (program, mut maya) = Program::set_up();
    let mut device = Device::new(&program);
    device.make(&mut maya);
    let tried = |device: &Device| device.sign_in(&mut program.browser()).status;
    let right = device.origin.clone();
    device.origin = "https://elsewhere.example".to_owned();
    assert_eq!(tried(&device), 422, "another page asked");
    device.origin = right;
    device.host = "elsewhere.example".to_owned();
    assert_eq!(tried(&device), 422, "a passkey of another address");
    device.host = "localhost".to_owned();
    device.flags = 0b001;
    assert_eq!(tried(&device), 422, "the person was not verified");
    device.flags = 0b101;
    let stranger = Device {
        id: device.id.clone(),
        ..Device::new(&program)
    };
    assert_eq!(tried(&stranger), 422, "the key of somebody else");
    assert_eq!(
        tried(&Device::new(&program)),
        422,
        "a passkey that nobody has"
    );
    assert_eq!(tried(&device), 303);
}

#[test]
fn a_counter_that_does_not_grow_is_a_copy_and_is_not_taken() {
    let (program, mut maya) = Program::set_up();
    let mut device = Device::new(&program);
    device.make(&mut maya);
    device.counter = 7;
    done(&device.sign_in(&mut program.browser()));
    assert_eq!(device.sign_in(&mut program.browser()).status, 422);
    device.counter = 8;
    done(&device.sign_in(&mut program.browser()));
}
