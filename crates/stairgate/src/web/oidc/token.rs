//! Whether an ID token can be believed: signed by a key of the provider, in a way that we take, for
//! us, just now, in answer to what we asked. What the library reads and checks is the signature; what
//! the token says is held against what we know here, strictly.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, Header, Validation,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    decode, decode_header,
    errors::{Error, ErrorKind},
    jwk::{Jwk, PublicKeyUse},
    signature::{self as signed, Verifier},
};
use kernel::moment::Moment;
use ring::signature;
use serde::Deserialize;
use std::sync::Once;
use subtle::ConstantTimeEq;

/// How far the provider's clock may be from ours, in seconds.
const CLOCKS_SECONDS: i64 = 60;
/// How old a token may be, in seconds: as long as signing in there may take.
const OLD_SECONDS_MAX: i64 = 600;
/// How long somebody may take to the provider and back, in seconds; as long as the state is good.
const AWAY_SECONDS_MAX: i64 = 600;
/// The longest token, in characters.
const TOKEN_CHARS_MAX: usize = 16 << 10;
/// The most keys of a provider that are looked at.
const KEYS_MAX: usize = 50;
/// The signatures that we take. Those with a shared secret are not among them: whoever knows a
/// public key could make one.
const TAKEN: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// What a token is held against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Moment,
}

/// What a token says, as far as we read it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    pub(super) sub: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    /// When the person last showed there who they are.
    pub(super) auth_time: Option<i64>,
    nonce: Option<String>,
    azp: Option<String>,
    pub(super) email: Option<String>,
    email_verified: Option<Flag>,
    /// What Microsoft Entra says of an address whose domain it has verified.
    xms_edov: Option<Flag>,
    /// The Workspace that manages an account at Google.
    pub(super) hd: Option<String>,
    preferred_username: Option<String>,
    name: Option<String>,
}

/// For whom a token is.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Yes or no, as providers write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Flag {
    Said(bool),
    Written(String),
    Counted(i64),
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Doubt {
    #[error("it can’t be read")]
    Unread,
    #[error("it is not signed in a way that is taken")]
    Algorithm,
    #[error("it is signed with a key that the provider does not show")]
    Key,
    #[error("its signature is wrong")]
    Signature,
    #[error("it is from another provider")]
    Issuer,
    #[error("it is for another program")]
    Audience,
    #[error("it was given to another program")]
    Party,
    #[error("it answers another question")]
    Nonce,
    #[error("it is too old, or of another time")]
    Time,
    #[error("it does not say for whom it is")]
    Subject,
}

impl Flag {
    fn is_yes(&self) -> bool {
        match self {
            Flag::Said(yes) => *yes,
            Flag::Written(words) => words == "true" || words == "1",
            Flag::Counted(number) => *number == 1,
        }
    }
}

impl Claims {
    /// The email address, when the provider says that it is theirs.
    pub(super) fn verified_email(&self) -> Option<&str> {
        let flags = [&self.email_verified, &self.xms_edov];
        let verified = flags.into_iter().flatten().any(Flag::is_yes);
        self.email.as_deref().filter(|_| verified)
    }

    /// What the account is called there, for people to read.
    pub(super) fn shown(&self) -> String {
        let said = [&self.email, &self.preferred_username, &self.name];
        let said = said.into_iter().flatten().map(String::as_str);
        let first = said.chain([self.sub.as_str()]).map(kernel::naming::strip);
        let mut plain = first.map(|words| {
            words
                .chars()
                .filter(|c| !c.is_control())
                .take(120)
                .collect::<String>()
        });
        plain
            .find(|words| !words.trim().is_empty())
            .unwrap_or_default()
    }
}

/// The keys in what a provider shows; one that we do not know does not spoil the others.
pub(super) fn keys(body: &[u8]) -> Option<Vec<Jwk>> {
    let said: serde_json::Value = serde_json::from_slice(body).ok()?;
    let keys = said.get("keys")?.as_array()?;
    let known = keys.iter().take(KEYS_MAX).filter_map(|key| {
        let key: Jwk = serde_json::from_value(key.clone()).ok()?;
        let signs = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
        signs.then_some(key)
    });
    Some(known.collect())
}

/// Whether any of these keys could sign what we take.
pub(super) fn any_usable(keys: &[Jwk]) -> bool {
    TAKEN
        .iter()
        .any(|algorithm| keys.iter().any(|key| fits(key, *algorithm)))
}

/// Checks a token.
///
/// # Errors
/// Why it is not believed.
pub(super) fn check(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Claims, Doubt> {
    if token.len() > TOKEN_CHARS_MAX {
        return Err(Doubt::Unread);
    }
    let header = decode_header(token).map_err(|error| match error.kind() {
        // Such as "none".
        ErrorKind::Json(_) | ErrorKind::InvalidAlgorithmName => Doubt::Algorithm,
        _ => Doubt::Unread,
    })?;
    if !TAKEN.contains(&header.alg) {
        return Err(Doubt::Algorithm);
    }
    // What must be understood, is not; and a token of another kind is no ID token.
    let kind = header.typ.as_deref().unwrap_or("JWT");
    if header.crit.is_some() || !kind.eq_ignore_ascii_case("JWT") {
        return Err(Doubt::Unread);
    }
    let claims = signed_by_one(token, &header, keys)?;
    hold(&claims, expected)?;
    Ok(claims)
}

/// What the token says, when one of the keys has signed it. The header only says which key to try;
/// keys and addresses that stand in it are not looked at.
fn signed_by_one(token: &str, header: &Header, keys: &[Jwk]) -> Result<Claims, Doubt> {
    let mut validation = Validation::new(header.alg);
    // Held against what we know below, by our own clock.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let named = |key: &&Jwk| header.kid.is_none() || key.common.key_id == header.kid;
    let mut found = keys
        .iter()
        .filter(named)
        .filter(|key| fits(key, header.alg))
        .peekable();
    if found.peek().is_none() {
        return Err(Doubt::Key);
    }
    with_ring();
    let mut doubt = Doubt::Signature;
    for key in found {
        let Ok(key) = DecodingKey::from_jwk(key) else {
            continue;
        };
        match decode::<Claims>(token, &key, &validation) {
            Ok(read) => return Ok(read.claims),
            Err(error) if matches!(error.kind(), ErrorKind::InvalidSignature) => {}
            Err(_) => doubt = Doubt::Unread,
        }
    }
    Err(doubt)
}

/// Whether a key is of the kind that a signature needs, and is not kept for another.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let family = DecodingKey::from_jwk(key).map(|key| key.family());
    let same = match key.common.key_algorithm {
        Some(own) => Algorithm::try_from(own).is_ok_and(|own| own == algorithm),
        None => true,
    };
    same && family.is_ok_and(|family| family == algorithm.family())
}

/// Holds what the token says against what we know.
fn hold(claims: &Claims, expected: &Expected<'_>) -> Result<(), Doubt> {
    if claims.iss != expected.issuer {
        return Err(Doubt::Issuer);
    }
    // For us alone: we trust nobody else with what lets people in here.
    let ours = match &claims.aud {
        Audience::One(one) => one == expected.client,
        Audience::Several(all) => {
            matches!(all.as_slice(), [one] if one == expected.client)
        }
    };
    if !ours {
        return Err(Doubt::Audience);
    }
    if claims
        .azp
        .as_deref()
        .is_some_and(|azp| azp != expected.client)
    {
        return Err(Doubt::Party);
    }
    let said = claims.nonce.as_deref().unwrap_or_default();
    let same: bool = said.as_bytes().ct_eq(expected.nonce.as_bytes()).into();
    if !same || expected.nonce.is_empty() {
        return Err(Doubt::Nonce);
    }
    let now = expected.now.micros() / 1_000_000;
    let over = claims.exp.saturating_add(CLOCKS_SECONDS) <= now;
    let made = now.saturating_sub(claims.iat);
    let fresh = (-CLOCKS_SECONDS..=OLD_SECONDS_MAX + CLOCKS_SECONDS).contains(&made);
    let begun = claims
        .nbf
        .is_none_or(|from| from.saturating_sub(CLOCKS_SECONDS) <= now);
    // Asked for anew each time: who showed it before they went there is perhaps somebody else.
    let shown = claims.auth_time.is_none_or(|at| {
        let ago = now.saturating_sub(at);
        (-CLOCKS_SECONDS..=AWAY_SECONDS_MAX + CLOCKS_SECONDS).contains(&ago)
    });
    if over || !fresh || !begun || !shown {
        return Err(Doubt::Time);
    }
    let long = claims.sub.chars().count() > families::access::acts::oidc::SUBJECT_CHARS_MAX;
    if claims.sub.trim().is_empty() || long {
        return Err(Doubt::Subject);
    }
    Ok(())
}

/// Lets the library check signatures with `ring`, which the program has already.
fn with_ring() {
    static BEGIN: Once = Once::new();
    static RING: CryptoProvider = CryptoProvider {
        signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
        verifier_factory: |algorithm, key| {
            let verifier = Ring {
                algorithm: *algorithm,
                key: key.clone(),
            };
            Ok(Box::new(verifier))
        },
        key_utils: KeyUtils::new_unimplemented(),
    };
    // Nobody else chooses one in this program.
    BEGIN.call_once(|| {
        if RING.install_default().is_err() {
            tracing::error!("another library checks the signatures of tokens");
        }
    });
}

/// Checks one kind of signature with one key.
struct Ring {
    algorithm: Algorithm,
    key: DecodingKey,
}

impl JwtVerifier for Ring {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl Verifier<Vec<u8>> for Ring {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signed::Error> {
        self.holds(message, signature)
            .map_err(|_| signed::Error::new())
    }
}

impl Ring {
    fn holds(&self, message: &[u8], signature: &[u8]) -> Result<(), Error> {
        let wrong = || Error::from(ErrorKind::InvalidSignature);
        if self.key.family() != self.algorithm.family() {
            return Err(wrong());
        }
        if let AlgorithmFamily::Rsa = self.algorithm.family() {
            let DecodingKeyKind::RsaModulusExponent { n, e } = self.key.kind() else {
                return Err(wrong());
            };
            let key = signature::RsaPublicKeyComponents { n, e };
            let how = rsa(self.algorithm).ok_or_else(wrong)?;
            return key.verify(how, message, signature).map_err(|_| wrong());
        }
        let how: &dyn signature::VerificationAlgorithm = match self.algorithm {
            Algorithm::ES256 => &signature::ECDSA_P256_SHA256_FIXED,
            Algorithm::ES384 => &signature::ECDSA_P384_SHA384_FIXED,
            Algorithm::EdDSA => &signature::ED25519,
            _ => return Err(wrong()),
        };
        let key = signature::UnparsedPublicKey::new(how, self.key.try_get_as_bytes()?);
        key.verify(message, signature).map_err(|_| wrong())
    }
}

fn rsa(algorithm: Algorithm) -> Option<&'static signature::RsaParameters> {
    match algorithm {
        Algorithm::RS256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::RS384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::RS512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        Algorithm::PS256 => Some(&signature::RSA_PSS_2048_8192_SHA256),
        Algorithm::PS384 => Some(&signature::RSA_PSS_2048_8192_SHA384),
        Algorithm::PS512 => Some(&signature::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
