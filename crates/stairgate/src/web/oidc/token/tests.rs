//! Tokens of somebody who means harm, each wrong in one thing.

use super::*;
use crate::web::passkeys::encode;
use ring::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair},
};
use serde_json::{Value, json};

const ISSUER: &str = "https://id.larkrise.example";
const NOW_SECONDS: i64 = 1_795_000_000;

struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Signer {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
        let made = made.unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random);
        Signer(pair.unwrap())
    }

    fn jwk(&self, name: &str) -> Value {
        let point = self.0.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "kid": name,
            "x": encode(&point[1..33]), "y": encode(&point[33..]),
        })
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        signed(header, claims, |message| {
            let made = self.0.sign(&SystemRandom::new(), message).unwrap();
            made.as_ref().to_vec()
        })
    }
}

fn signed(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let part = |value: &Value| encode(value.to_string().as_bytes());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = encode(&sign(message.as_bytes()));
    format!("{message}.{signature}")
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "248289761001", "aud": "stairgate", "nonce": "n-0S6",
        "iat": NOW_SECONDS - 5, "exp": NOW_SECONDS + 300,
        "email": "tomos@larkrise.example", "email_verified": true,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn header() -> Value {
    json!({"alg": "ES256", "kid": "one", "typ": "JWT"})
}

fn expected() -> Expected<'static> {
    Expected {
        issuer: ISSUER,
        client: "stairgate",
        nonce: "n-0S6",
        now: Moment::from_micros(NOW_SECONDS * 1_000_000),
    }
}

fn set(keys: &[Value]) -> Vec<Jwk> {
    super::keys(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn doubt(token: &str, keys: &[Jwk]) -> Option<Doubt> {
    check(token, keys, &expected()).err()
}

#[test]
fn a_token_that_is_right_in_all_is_believed() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    let read = check(&signer.token(&header(), &claims()), &keys, &expected()).unwrap();
    assert_eq!(read.sub, "248289761001");
    assert_eq!(read.verified_email(), Some("tomos@larkrise.example"));
    assert_eq!(read.shown(), "tomos@larkrise.example");
    let alone = with("aud", json!(["stairgate"]));
    assert_eq!(doubt(&signer.token(&header(), &alone), &keys), None);
    let party = with("azp", json!("stairgate"));
    assert_eq!(doubt(&signer.token(&header(), &party), &keys), None);
}

#[test]
fn a_claim_that_is_wrong_or_missing_is_found_each_by_itself() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    let now = NOW_SECONDS;
    for (claims, why) in [
        (with("iss", json!("https://evil.example")), Doubt::Issuer),
        (with("iss", json!(format!("{ISSUER}/"))), Doubt::Issuer),
        (with("iss", json!([ISSUER])), Doubt::Unread),
        (without("iss"), Doubt::Unread),
        (with("aud", json!("another")), Doubt::Audience),
        (with("aud", json!([])), Doubt::Audience),
        (
            with("aud", json!(["stairgate", "another"])),
            Doubt::Audience,
        ),
        (without("aud"), Doubt::Unread),
        (with("azp", json!("another")), Doubt::Party),
        (with("nonce", json!("n-0S7")), Doubt::Nonce),
        (with("nonce", json!("")), Doubt::Nonce),
        (without("nonce"), Doubt::Nonce),
        (with("exp", json!(now - 61)), Doubt::Time),
        (without("exp"), Doubt::Unread),
        (with("exp", json!("never")), Doubt::Unread),
        (with("iat", json!(now - 700)), Doubt::Time),
        (with("iat", json!(now + 120)), Doubt::Time),
        (without("iat"), Doubt::Unread),
        (with("nbf", json!(now + 120)), Doubt::Time),
        (with("auth_time", json!(now - 700)), Doubt::Time),
        (with("auth_time", json!(now + 120)), Doubt::Time),
        (with("sub", json!("")), Doubt::Subject),
        (with("sub", json!("a".repeat(256))), Doubt::Subject),
        (without("sub"), Doubt::Unread),
    ] {
        let token = signer.token(&header(), &claims);
        assert_eq!(doubt(&token, &keys), Some(why), "{claims}");
    }
    let mut unasked = expected();
    unasked.nonce = "";
    let empty = signer.token(&header(), &with("nonce", json!("")));
    assert_eq!(check(&empty, &keys, &unasked).err(), Some(Doubt::Nonce));
}

#[test]
fn a_token_without_a_signature_is_not_believed_however_none_is_written() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    for none in ["none", "None", "NONE", "nOnE", ""] {
        let header = json!({"alg": none, "kid": "one"});
        let token = signed(&header, &claims(), |_| Vec::new());
        assert_eq!(doubt(&token, &keys), Some(Doubt::Algorithm), "{none}");
    }
    let whole = signer.token(&header(), &claims());
    let (start, _) = whole.rsplit_once('.').unwrap();
    assert_eq!(doubt(&format!("{start}."), &keys), Some(Doubt::Signature));
    for broken in [start, "", "a.b", "a.b.c.d", &"a".repeat(20_000)] {
        assert!(doubt(broken, &keys).is_some());
    }
}

#[test]
fn a_public_key_is_no_shared_secret_and_an_encrypted_token_is_no_signed_one() {
    let signer = Signer::new();
    let jwk = signer.jwk("one");
    let keys = set(std::slice::from_ref(&jwk));
    let point = signer.0.public_key().as_ref().to_vec();
    for secret in [
        point,
        jwk.to_string().into_bytes(),
        b"the client secret".to_vec(),
    ] {
        for algorithm in ["HS256", "HS384", "HS512"] {
            let header = json!({"alg": algorithm, "kid": "one"});
            let token = signed(&header, &claims(), |message| {
                let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
                hmac::sign(&key, message).as_ref().to_vec()
            });
            assert_eq!(doubt(&token, &keys), Some(Doubt::Algorithm));
        }
    }
    // A secret among the keys is none that is looked for.
    let shared = set(&[json!({"kty": "oct", "kid": "one", "k": encode(b"secret")})]);
    assert!(!any_usable(&shared));
    let token = signer.token(&header(), &claims());
    assert_eq!(doubt(&token, &shared), Some(Doubt::Key));
}

#[test]
fn a_key_is_taken_only_for_its_own_kind_of_signature() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    for algorithm in ["RS256", "PS256", "EdDSA"] {
        let token = signer.token(&json!({"alg": algorithm, "kid": "one"}), &claims());
        assert_eq!(doubt(&token, &keys), Some(Doubt::Key), "{algorithm}");
    }
    let token = signer.token(&json!({"alg": "ES384", "kid": "one"}), &claims());
    assert_eq!(doubt(&token, &keys), Some(Doubt::Signature));
    let mut other = signer.jwk("one");
    other["alg"] = json!("ES384");
    let token = signer.token(&header(), &claims());
    assert_eq!(doubt(&token, &set(&[other])), Some(Doubt::Key));
    let mut encrypts = signer.jwk("one");
    encrypts["use"] = json!("enc");
    assert_eq!(doubt(&token, &set(&[encrypts])), Some(Doubt::Key));
}

#[test]
fn keys_and_addresses_in_the_token_itself_are_not_looked_at() {
    let (signer, stranger) = (Signer::new(), Signer::new());
    let keys = set(&[signer.jwk("one")]);
    let mut header = header();
    header["jwk"] = stranger.jwk("one");
    header["jku"] = json!("https://evil.example/keys");
    header["x5u"] = json!("https://evil.example/chain");
    let token = stranger.token(&header, &claims());
    assert_eq!(doubt(&token, &keys), Some(Doubt::Signature));
    header["kid"] = json!("../../etc/passwd");
    let token = stranger.token(&header, &claims());
    assert_eq!(doubt(&token, &keys), Some(Doubt::Key));
}

#[test]
fn a_token_of_another_kind_or_with_what_must_be_understood_is_not_taken() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    for (name, value) in [
        ("typ", json!("at+jwt")),
        ("typ", json!("logout+jwt")),
        ("crit", json!(["b64"])),
    ] {
        let mut header = header();
        header[name] = value;
        let token = signer.token(&header, &claims());
        assert_eq!(doubt(&token, &keys), Some(Doubt::Unread), "{header}");
    }
}

#[test]
fn what_was_changed_after_signing_is_found() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    let token = signer.token(&header(), &claims());
    let parts: Vec<&str> = token.split('.').collect();
    let other = encode(with("sub", json!("1")).to_string().as_bytes());
    let changed = format!("{}.{other}.{}", parts[0], parts[2]);
    assert_eq!(doubt(&changed, &keys), Some(Doubt::Signature));
}

#[test]
fn a_key_without_a_name_is_found_among_several_and_an_unknown_one_spoils_none() {
    let (signer, other) = (Signer::new(), Signer::new());
    let unknown = json!({"kty": "AKP", "kid": "new", "alg": "ML-DSA-44", "pub": "AAAA"});
    let broken = json!({"kty": "EC", "crv": "P-256"});
    let keys = set(&[unknown, broken, other.jwk("two"), signer.jwk("one")]);
    let nameless = json!({"alg": "ES256"});
    let token = signer.token(&nameless, &claims());
    assert_eq!(doubt(&token, &keys), None);
    assert_eq!(doubt(&signer.token(&header(), &claims()), &keys), None);
    assert!(super::keys(b"{}").is_none() && super::keys(b"<html>").is_none());
}

#[test]
fn edwards_keys_are_taken_too() {
    let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap();
    let x = encode(pair.public_key().as_ref());
    let keys = set(&[json!({"kty": "OKP", "crv": "Ed25519", "kid": "one", "x": x})]);
    let header = json!({"alg": "EdDSA", "kid": "one"});
    let token = signed(&header, &claims(), |message| {
        pair.sign(message).as_ref().to_vec()
    });
    assert_eq!(doubt(&token, &keys), None);
}

#[test]
fn an_address_counts_only_when_the_provider_has_verified_it() {
    let signer = Signer::new();
    let keys = set(&[signer.jwk("one")]);
    let read =
        |claims: &Value| check(&signer.token(&header(), claims), &keys, &expected()).unwrap();
    for yes in [json!(true), json!("true"), json!("1"), json!(1)] {
        let read = read(&with("email_verified", yes));
        assert!(read.verified_email().is_some());
    }
    for no in [json!(false), json!("false"), json!("yes"), json!(0)] {
        let read = read(&with("email_verified", no));
        assert!(read.verified_email().is_none());
    }
    assert!(read(&without("email_verified")).verified_email().is_none());
    let mut microsoft = without("email_verified");
    microsoft["xms_edov"] = json!("1");
    assert!(read(&microsoft).verified_email().is_some());
    assert_eq!(read(&without("email")).shown(), "248289761001");
}
