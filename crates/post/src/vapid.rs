//! The key with which a setting shows who it is to push services (RFC 8292): ES256, made once.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING as ES256, EcdsaKeyPair, KeyPair},
};

/// How long a token is good, in seconds: push services take up to a day.
const GOOD_SECONDS: i64 = 12 * 3600;

/// A new key as text.
pub struct Fresh {
    /// The public half, as browsers take it.
    pub public: String,
    /// Both halves, to be kept sealed.
    pub secret: String,
}

/// A key.
pub struct Vapid {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

/// The key can't be made or read.
#[derive(Debug, thiserror::Error)]
#[error("the key for push services can’t be made or read")]
pub struct KeyError;

impl Vapid {
    /// Makes a new key.
    ///
    /// # Errors
    /// The system gave no randomness.
    pub fn generate() -> Result<Fresh, KeyError> {
        let random = SystemRandom::new();
        let both = EcdsaKeyPair::generate_pkcs8(&ES256, &random).map_err(|_| KeyError)?;
        let secret = BASE64.encode(both.as_ref());
        let public = Vapid::read(&secret)?.public();
        Ok(Fresh { public, secret })
    }

    /// Reads a key that was kept.
    ///
    /// # Errors
    /// It isn't one.
    pub fn read(secret: &str) -> Result<Vapid, KeyError> {
        let both = BASE64.decode(secret).map_err(|_| KeyError)?;
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ES256, &both, &random).map_err(|_| KeyError)?;
        Ok(Vapid { pair, random })
    }

    /// The public half, as browsers take it.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.pair.public_key().as_ref())
    }

    /// What the head of a push says: a token for this push service (`https://push.example.org`),
    /// with whom to turn to (`mailto:…` or `https://…`); `now` in seconds since 1970.
    ///
    /// # Errors
    /// The token can't be signed.
    pub fn authorization(
        &self,
        service: &str,
        turn_to: &str,
        now: i64,
    ) -> Result<String, KeyError> {
        let claims = serde_json::json!({
            "aud": service,
            "exp": now.saturating_add(GOOD_SECONDS),
            "sub": turn_to,
        });
        let head = BASE64.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", BASE64.encode(claims.to_string()));
        let signature = self.pair.sign(&self.random, signed.as_bytes());
        let signature = BASE64.encode(signature.map_err(|_| KeyError)?.as_ref());
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public()))
    }
}
