//! Passkeys (WebAuthn level 2): challenges, and checking what a device answers. No attestation is
//! asked for; ES256 and RS256 keys are taken, which is what phones and computers make.

use super::app::App;
use ciborium::Value;
use families::spine::page::encoded;
use kernel::moment::Moment;
use ring::{hmac, signature};
use sha2::{Digest, Sha256};

/// How long a challenge is good, in minutes.
const CHALLENGE_MINUTES: i64 = 5;
/// The most characters of any part of an answer.
const PART_CHARS_MAX: usize = 8_192;

/// Where this Stairgate is reached: passkeys are bound to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    /// The host's name.
    pub(crate) host: String,
    /// Scheme, host and port, as browsers say it.
    pub(crate) origin: String,
}

/// What a device answered, each part base64 for addresses.
pub(crate) struct Answered<'a> {
    /// The passkey's id.
    pub(crate) id: &'a str,
    /// What the browser says it did.
    pub(crate) client: &'a str,
    /// The authenticator data, or the attestation object when a passkey is made.
    pub(crate) data: &'a str,
    /// The signature; empty when a passkey is made.
    pub(crate) signature: &'a str,
}

/// A passkey that was made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Its id.
    pub(crate) id: String,
    /// Its public key in COSE form.
    pub(crate) key: String,
}

impl Site {
    /// From an address such as `https://stairgate.example`.
    pub(crate) fn at(address: &str) -> Option<Site> {
        let origin = address.trim_end_matches('/').to_ascii_lowercase();
        let rest = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"))?;
        let host = rest.split(':').next()?.to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        (!host.is_empty() && host.chars().all(plain)).then_some(Site { host, origin })
    }
}

/// A challenge for this device: it says when it was made and carries a mark, so that nothing has
/// to be remembered until it comes back.
pub(crate) fn challenge(app: &App, device: &str) -> String {
    let at = app.now().micros();
    let nonce = super::visitor::secret(16);
    let words = format!("{at}.{nonce}");
    let mark = mark(app, device, &words);
    encode(format!("{words}.{mark}").as_bytes())
}

fn mark(app: &App, device: &str, words: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.secret);
    let tag = hmac::sign(&key, format!("passkey {device} {words}").as_bytes());
    ledger::hex::encode(tag.as_ref())
}

/// Whether a challenge is ours, for this device, fresh, and was not answered before.
fn is_ours(app: &App, device: &str, challenge: &str) -> bool {
    let Some(text) = decode(challenge).and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return false;
    };
    let Some((words, given)) = text.rsplit_once('.') else {
        return false;
    };
    let ours = mark(app, device, words);
    let same: bool = subtle::ConstantTimeEq::ct_eq(ours.as_bytes(), given.as_bytes()).into();
    let at = words.split('.').next().and_then(|at| at.parse().ok());
    let Some(at) = at.map(Moment::from_micros).filter(|_| same) else {
        return false;
    };
    let now = app.now();
    let fresh = at <= now && now <= at.plus_minutes(CHALLENGE_MINUTES);
    fresh && app.spent.spend(challenge, now)
}

/// Checks what a device answered to a challenge for making a passkey.
pub(crate) fn made(app: &App, device: &str, answered: &Answered<'_>) -> Option<Made> {
    said(app, device, answered, "webauthn.create")?;
    let object = decode(answered.data)?;
    let object: Value = ciborium::from_reader(object.as_slice()).ok()?;
    let data = field(&object, "authData")?.as_bytes()?;
    let data = Data::read(app, data)?;
    let (id, key) = data.credential?;
    Key::read(&key)?;
    let id = encode(&id);
    (id == answered.id).then_some(Made {
        id,
        key: encode(&key),
    })
}

/// Checks what a device answered to a challenge for signing in with a passkey whose public key is
/// known. Its counter, when it counts, must have grown.
pub(crate) fn signed(app: &App, device: &str, answered: &Answered<'_>, key: &str) -> Option<()> {
    let client = said(app, device, answered, "webauthn.get")?;
    let bytes = decode(answered.data)?;
    let data = Data::read(app, &bytes)?;
    let mut message = bytes.clone();
    message.extend_from_slice(&Sha256::digest(&client));
    let key = Key::read(&decode(key)?)?;
    key.verify(&message, &decode(answered.signature)?)?;
    if data.counter > 0 {
        let what = format!("passkey:{}", answered.id);
        let grown = app.sessions.count_up(&what, i64::from(data.counter)).ok()?;
        return grown.then_some(());
    }
    Some(())
}

/// What the browser says it did, when it is what was asked for: this kind of thing, our challenge,
/// our own page.
fn said(app: &App, device: &str, answered: &Answered<'_>, kind: &str) -> Option<Vec<u8>> {
    let parts = [
        answered.id,
        answered.client,
        answered.data,
        answered.signature,
    ];
    if parts.iter().any(|part| part.len() > PART_CHARS_MAX) {
        return None;
    }
    let client = decode(answered.client)?;
    let said: serde_json::Value = serde_json::from_slice(&client).ok()?;
    let text = |name: &str| said.get(name).and_then(serde_json::Value::as_str);
    let crossed = said.get("crossOrigin").and_then(serde_json::Value::as_bool);
    let site = app.site()?;
    let fits = text("type") == Some(kind)
        && text("origin") == Some(site.origin.as_str())
        && crossed != Some(true)
        && is_ours(app, device, text("challenge")?);
    fits.then_some(client)
}

/// The part of authenticator data that we look at.
struct Data {
    counter: u32,
    /// Id and public key, when a passkey is made.
    credential: Option<(Vec<u8>, Vec<u8>)>,
}

impl Data {
    /// Reads it. For us, and with the person shown to be there and to be themselves, or not at all.
    fn read(app: &App, bytes: &[u8]) -> Option<Data> {
        let site = app.site()?;
        let (host, rest) = bytes.split_at_checked(32)?;
        let (flags, rest) = rest.split_first()?;
        let (counter, rest) = rest.split_at_checked(4)?;
        let ours = host == Sha256::digest(site.host.as_bytes()).as_slice();
        // Present and verified.
        if !ours || flags & 0b101 != 0b101 {
            return None;
        }
        let counter = u32::from_be_bytes(counter.try_into().ok()?);
        let credential = if flags & 0b100_0000 == 0 {
            None
        } else {
            let (_, rest) = rest.split_at_checked(16)?;
            let (length, rest) = rest.split_at_checked(2)?;
            let length = u16::from_be_bytes(length.try_into().ok()?);
            let (id, rest) = rest.split_at_checked(usize::from(length))?;
            let mut after = rest;
            let _: Value = ciborium::from_reader(&mut after).ok()?;
            let key = rest.get(..rest.len().checked_sub(after.len())?)?;
            Some((id.to_vec(), key.to_vec()))
        };
        Some(Data {
            counter,
            credential,
        })
    }
}

/// A public key.
enum Key {
    /// A point on P-256, uncompressed.
    Curve(Vec<u8>),
    /// Modulus and exponent.
    Rsa(Vec<u8>, Vec<u8>),
}

impl Key {
    /// Reads COSE.
    fn read(bytes: &[u8]) -> Option<Key> {
        let value: Value = ciborium::from_reader(bytes).ok()?;
        let map = value.as_map()?;
        let get = |number: i64| {
            let found = map.iter().find(|(key, _)| *key == Value::from(number));
            found.map(|(_, value)| value)
        };
        let is = |number: i64, wanted: i64| get(number) == Some(&Value::from(wanted));
        if is(1, 2) && is(3, -7) && is(-1, 1) {
            let (x, y) = (get(-2)?.as_bytes()?, get(-3)?.as_bytes()?);
            if x.len() != 32 || y.len() != 32 {
                return None;
            }
            let mut point = vec![4];
            point.extend_from_slice(x);
            point.extend_from_slice(y);
            return Some(Key::Curve(point));
        }
        if is(1, 3) && is(3, -257) {
            return Some(Key::Rsa(
                get(-1)?.as_bytes()?.clone(),
                get(-2)?.as_bytes()?.clone(),
            ));
        }
        None
    }

    fn verify(&self, message: &[u8], signature: &[u8]) -> Option<()> {
        match self {
            Key::Curve(point) => {
                let key =
                    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point);
                key.verify(message, signature).ok()
            }
            Key::Rsa(n, e) => {
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
                    .ok()
            }
        }
    }
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let map = value.as_map()?;
    let mut found = map.iter().filter(|(key, _)| key.as_text() == Some(name));
    found.next().map(|(_, value)| value)
}

/// Base64 for addresses, without padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .ok()
}

/// A person's handle on a passkey: not their name, and the same for all their passkeys here.
pub(crate) fn handle(app: &App, person: u32) -> String {
    let mut hash = Sha256::new();
    hash.update(app.secret);
    hash.update(format!("handle {}", encoded(&person.to_string())).as_bytes());
    encode(&hash.finalize())
}
