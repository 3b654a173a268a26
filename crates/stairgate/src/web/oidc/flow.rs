//! What this browser carries while somebody is away at a provider, and between coming back and
//! linking: sealed in a cookie, for this device, for ten minutes. So nothing has to be remembered for
//! whoever only begins, and nobody can go on with what another browser began.

use crate::web::{
    app::App,
    passkeys::encode,
    visitor::{self, Visitor},
};
use axum::{
    body::Body,
    http::{Response, header},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use families::{access::acts::oidc::Identity, spine::act::Person};
use kernel::moment::Moment;
use ring::{aead, digest, hmac};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How long it is good, in minutes.
const MINUTES: i64 = 10;
/// The largest cookie that browsers keep, in characters.
const COOKIE_CHARS_MAX: usize = 3_600;
/// Bytes of randomness in what nobody may guess.
const RANDOM_BYTES: usize = 32;

/// Somebody is away at the provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Away {
    /// Comes back with them, once.
    pub(super) state: String,
    /// Comes back in the token.
    pub(super) nonce: String,
    /// Shows the provider that who asks for the token is who began.
    pub(super) verifier: String,
    /// Which provider was asked, and as whom.
    pub(super) issuer: String,
    pub(super) client: String,
    /// Where they want to go.
    pub(super) then: String,
    /// Who wants to link, when that is what it is for.
    pub(super) links: Option<Person>,
}

/// Somebody came back with an account that is not linked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unlinked {
    issuer: String,
    subject: String,
    pub(super) shown: String,
}

/// What is sealed, and when.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    made: i64,
    what: T,
}

/// What the cookie is for: one is not taken for the other.
pub(super) trait Carried: Serialize + DeserializeOwned {
    /// Its name, under which it is sealed.
    const NAME: &'static str;
}

impl Carried for Away {
    const NAME: &'static str = "away";
}

impl Carried for Unlinked {
    const NAME: &'static str = "unlinked";
}

impl Away {
    /// Begins with this provider.
    pub(super) fn begin(issuer: &str, client: &str, then: &str, links: Option<Person>) -> Away {
        let random = || visitor::secret(RANDOM_BYTES);
        Away {
            state: random(),
            nonce: random(),
            verifier: random(),
            issuer: issuer.to_owned(),
            client: client.to_owned(),
            then: then.to_owned(),
            links,
        }
    }

    /// What the provider is told of the verifier, to know it by later.
    pub(super) fn challenge(&self) -> String {
        let hash = digest::digest(&digest::SHA256, self.verifier.as_bytes());
        encode(hash.as_ref())
    }
}

impl Unlinked {
    pub(super) fn new(identity: Identity) -> Unlinked {
        Unlinked {
            issuer: identity.issuer,
            subject: identity.subject,
            shown: identity.shown,
        }
    }

    pub(super) fn identity(&self) -> Identity {
        Identity {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            shown: self.shown.clone(),
        }
    }
}

/// Gives this browser something to carry.
pub(super) fn give<T: Carried>(app: &App, visitor: &Visitor, what: T, answer: &mut Response<Body>) {
    let sealed = seal(&app.secret, &visitor.device, what, app.now());
    let sealed = sealed.filter(|sealed| sealed.len() <= COOKIE_CHARS_MAX);
    let seconds = u64::try_from(MINUTES * 60).ok();
    let cookie = visitor::set(app, visitor::PROVIDER, &sealed.unwrap_or_default(), seconds);
    answer.headers_mut().append(header::SET_COOKIE, cookie);
}

/// Whether a cookie that is set is the one of this folder.
pub(super) fn is_ours(cookie: &[u8]) -> bool {
    let plain = cookie.strip_prefix(b"__Host-").unwrap_or(cookie);
    let after = plain.strip_prefix(visitor::PROVIDER.as_bytes());
    after.is_some_and(|after| after.starts_with(b"="))
}

/// Takes from this browser what it carried.
pub(super) fn take_away(app: &App, answer: &mut Response<Body>) {
    let cookie = visitor::set(app, visitor::PROVIDER, "", Some(0));
    answer.headers_mut().append(header::SET_COOKIE, cookie);
}

/// What this browser carries, if it was given here, to this device, not too long ago.
pub(super) fn carried<T: Carried>(app: &App, visitor: &Visitor) -> Option<T> {
    let text = visitor.carries.as_deref()?;
    open(&app.secret, &visitor.device, text, app.now())
}

fn key(secret: &[u8]) -> Option<aead::LessSafeKey> {
    let own = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let derived = hmac::sign(&own, b"what a browser carries to a provider and back");
    let key = aead::UnboundKey::new(&aead::CHACHA20_POLY1305, derived.as_ref()).ok()?;
    Some(aead::LessSafeKey::new(key))
}

fn about<T: Carried>(device: &str) -> aead::Aad<Vec<u8>> {
    aead::Aad::from(format!("{} {device}", T::NAME).into_bytes())
}

fn seal<T: Carried>(secret: &[u8], device: &str, what: T, now: Moment) -> Option<String> {
    let made = now.micros();
    let mut text = serde_json::to_vec(&Sealed { made, what }).ok()?;
    let mut nonce = [0; aead::NONCE_LEN];
    getrandom::fill(&mut nonce).ok()?;
    let once = aead::Nonce::assume_unique_for_key(nonce);
    key(secret)?
        .seal_in_place_append_tag(once, about::<T>(device), &mut text)
        .ok()?;
    Some(encode(&[nonce.as_slice(), &text].concat()))
}

fn open<T: Carried>(secret: &[u8], device: &str, text: &str, now: Moment) -> Option<T> {
    if text.len() > COOKIE_CHARS_MAX {
        return None;
    }
    let mut bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (nonce, sealed) = bytes.split_at_mut_checked(aead::NONCE_LEN)?;
    let once = aead::Nonce::try_assume_unique_for_key(nonce).ok()?;
    let opened = key(secret)?
        .open_in_place(once, about::<T>(device), sealed)
        .ok()?;
    let Sealed { made, what } = serde_json::from_slice(opened).ok()?;
    let made = Moment::from_micros(made);
    (made <= now && now <= made.plus_minutes(MINUTES)).then_some(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: [u8; 32] = [7; 32];

    fn sealed() -> (Away, String, Moment) {
        let now = Moment::START.plus_hours(500_000);
        let away = Away::begin("https://id.example", "stairgate", "/people", None);
        let text = seal(&SECRET, "tablet", away.clone(), now).unwrap();
        (away, text, now)
    }

    #[test]
    fn what_a_browser_carries_is_read_back_by_us_for_ten_minutes() {
        let (away, text, now) = sealed();
        let back = |minutes| open::<Away>(&SECRET, "tablet", &text, now.plus_minutes(minutes));
        assert_eq!(back(0), Some(away.clone()));
        assert_eq!(back(10), Some(away));
        assert_eq!(back(11), None);
        assert_eq!(back(-1), None);
    }

    #[test]
    fn it_is_worth_nothing_on_another_device_or_changed_or_for_something_else() {
        let (away, text, now) = sealed();
        assert_eq!(open::<Away>(&SECRET, "elsewhere", &text, now), None);
        assert_eq!(open::<Away>(&[8; 32], "tablet", &text, now), None);
        assert_eq!(open::<Unlinked>(&SECRET, "tablet", &text, now), None);
        for at in [0, 20, text.len() - 1] {
            let mut changed: Vec<char> = text.chars().collect();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            let changed: String = changed.into_iter().collect();
            assert_eq!(open::<Away>(&SECRET, "tablet", &changed, now), None);
        }
        assert_eq!(open::<Away>(&SECRET, "tablet", "", now), None);
        assert!(!text.contains(&away.state) && !text.contains(&away.verifier));
    }

    #[test]
    fn nothing_is_begun_twice_alike_and_the_challenge_hides_the_verifier() {
        let one = sealed().0;
        let other = sealed().0;
        assert!(one.state != other.state && one.nonce != other.nonce);
        assert_ne!(one.state, one.nonce);
        assert_eq!(one.challenge().len(), 43);
        assert_ne!(one.challenge(), other.challenge());
    }
}
