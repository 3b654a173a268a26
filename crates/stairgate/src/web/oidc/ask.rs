//! Asks the provider: what it says of itself, its keys, and for the token of whoever comes back. What
//! it says of itself is kept for an hour; its keys are asked for again when a new one turns up, at
//! most once a minute.

use super::token::{self, Claims, Doubt, Expected};
use base64::{Engine, engine::general_purpose::STANDARD};
use families::{access::entries::oidc::ProviderSet, spine::page::encoded};
use jsonwebtoken::jwk::Jwk;
use kernel::moment::Moment;
use post::provider::{Provider, Said, Unasked};
use serde::Deserialize;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Semaphore;

/// How long what a provider says of itself is kept, in hours.
const KEPT_HOURS: i64 = 1;
/// How long its keys are not asked for again, in minutes.
const KEYS_MINUTES: i64 = 1;
/// How many ask at the same time; more wait.
const AT_ONCE: usize = 4;
/// How many may wait; whoever comes then is told to come again.
const WAITING_MAX: usize = 64;
/// Where every provider says how it is asked.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";
/// The longest address that a provider may give, in characters.
const ADDRESS_CHARS_MAX: usize = 1_000;

/// What is known of the provider.
#[derive(Debug)]
pub(crate) struct Providers {
    known: Mutex<Option<Arc<Known>>>,
    turn: Semaphore,
    line: Semaphore,
    plain: AtomicBool,
}

/// What a provider said of itself, and when.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) about: About,
    pub(super) keys: Vec<Jwk>,
    asked: Moment,
    keys_asked: Moment,
}

/// What a provider says of itself, as far as we read it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct About {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    pub(super) jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
    #[serde(default)]
    pub(super) response_types_supported: Vec<String>,
    #[serde(default)]
    pub(super) code_challenge_methods_supported: Option<Vec<String>>,
}

/// Why somebody was not signed in.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failed {
    /// The provider could not be asked.
    #[error("the provider could not be asked: {0}")]
    Unasked(#[from] Unasked),
    /// Too many ask just now.
    #[error("too many ask the provider just now")]
    Busy,
    /// What it says of itself makes no sense.
    #[error("what the provider says of itself can’t be used: {0}")]
    About(&'static str),
    /// It did not give a token.
    #[error("the provider gave no token: {0}")]
    NoToken(String),
    /// Its token is not believed.
    #[error("the token is not believed: {0}")]
    Doubtful(#[from] Doubt),
}

/// How a token is asked for.
#[derive(Clone, Debug)]
pub(super) struct Asking<'a> {
    pub(super) provider: &'a ProviderSet,
    pub(super) secret: Option<String>,
    pub(super) code: &'a str,
    pub(super) verifier: &'a str,
    pub(super) back: &'a str,
}

impl Default for Providers {
    fn default() -> Providers {
        Providers {
            known: Mutex::new(None),
            turn: Semaphore::new(AT_ONCE),
            line: Semaphore::new(WAITING_MAX),
            plain: AtomicBool::new(false),
        }
    }
}

impl Providers {
    /// For tests: a provider may be on this same machine, without encryption.
    pub(crate) fn allow_plain(&self) {
        self.plain.store(true, Ordering::Relaxed);
    }

    fn is_plain(&self) -> bool {
        self.plain.load(Ordering::Relaxed)
    }

    fn at_hand(&self, issuer: &str, now: Moment) -> Option<Arc<Known>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.as_ref()?;
        let fresh = known.asked <= now && now <= known.asked.plus_hours(KEPT_HOURS);
        (known.about.issuer == issuer && fresh).then(|| Arc::clone(known))
    }

    fn keep(&self, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        let mut kept = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(Arc::clone(&known));
        known
    }

    /// Asks on a thread where waiting holds nobody up, a few at a time.
    async fn asking<T: Send + 'static>(
        &self,
        issuer: &str,
        ask: impl FnOnce(&Provider) -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        let _place = self.line.try_acquire().map_err(|_| Failed::Busy)?;
        let _turn = self.turn.acquire().await.map_err(|_| Failed::Busy)?;
        let provider = Provider::at(issuer, self.is_plain());
        let asked = tokio::task::spawn_blocking(move || ask(&provider)).await;
        asked.unwrap_or(Err(Failed::Busy))
    }

    /// What a provider says of itself: as it is kept, or asked for now.
    ///
    /// # Errors
    /// It could not be asked, or says nothing that can be used.
    pub(super) async fn known(&self, issuer: &str, now: Moment) -> Result<Arc<Known>, Failed> {
        match self.at_hand(issuer, now) {
            Some(known) => Ok(known),
            None => self.ask_anew(issuer, now).await,
        }
    }

    /// The same, asked for now whatever is kept.
    ///
    /// # Errors
    /// It could not be asked, or says nothing that can be used.
    pub(super) async fn ask_anew(&self, issuer: &str, now: Moment) -> Result<Arc<Known>, Failed> {
        let (own, plain) = (issuer.to_owned(), self.is_plain());
        let ask = move |provider: &Provider| {
            let at = format!("{}{WELL_KNOWN}", own.trim_end_matches('/'));
            let about = About::read(&provider.get(&at)?, &own, plain)?;
            let keys = read_keys(&provider.get(&about.jwks_uri)?)?;
            Ok((about, keys))
        };
        let (about, keys) = self.asking(issuer, ask).await?;
        Ok(self.keep(Known {
            about,
            keys,
            asked: now,
            keys_asked: now,
        }))
    }

    /// The same with its keys of now; as it is when they were asked for a moment ago.
    async fn with_new_keys(&self, known: Arc<Known>, now: Moment) -> Result<Arc<Known>, Failed> {
        if now <= known.keys_asked.plus_minutes(KEYS_MINUTES) {
            return Ok(known);
        }
        let at = known.about.jwks_uri.clone();
        let ask = move |provider: &Provider| read_keys(&provider.get(&at)?);
        let keys = self.asking(&known.about.issuer, ask).await?;
        Ok(self.keep(Known {
            keys,
            keys_asked: now,
            ..Known::clone(&known)
        }))
    }

    /// Who came back with a code, when the provider's token says so and is believed.
    ///
    /// # Errors
    /// Why not.
    pub(super) async fn who(
        &self,
        asking: &Asking<'_>,
        nonce: &str,
        now: Moment,
    ) -> Result<Claims, Failed> {
        let known = self.known(&asking.provider.issuer, now).await?;
        let (at, form, shows) = request(asking, &known.about);
        let ask = move |provider: &Provider| Ok(provider.post(&at, &form, shows.as_deref())?);
        let said = self.asking(&asking.provider.issuer, ask).await?;
        let token = token_in(&said)?;
        let expected = Expected {
            issuer: &asking.provider.issuer,
            client: &asking.provider.client,
            nonce,
            now,
        };
        match token::check(&token, &known.keys, &expected) {
            // Keys change from time to time, and the new one is signed with before we know it. One
            // without a name may be told from the one before only by its signature.
            Err(Doubt::Key | Doubt::Signature) => {
                let known = self.with_new_keys(known, now).await?;
                Ok(token::check(&token, &known.keys, &expected)?)
            }
            checked => Ok(checked?),
        }
    }

    /// What the provider answers to a code that it never gave: whether it knows this program.
    ///
    /// # Errors
    /// Why it does not, or could not be asked.
    pub(super) async fn knows_us(&self, asking: &Asking<'_>, known: &Known) -> Result<(), Failed> {
        let (at, form, shows) = request(asking, &known.about);
        let ask = move |provider: &Provider| Ok(provider.post(&at, &form, shows.as_deref())?);
        let said = self.asking(&asking.provider.issuer, ask).await?;
        match token_in(&said) {
            Err(Failed::NoToken(why)) if is_of_client(&why) => Err(Failed::NoToken(why)),
            _ => Ok(()),
        }
    }
}

fn is_of_client(why: &str) -> bool {
    matches!(why, "invalid_client" | "unauthorized_client")
}

impl About {
    fn read(said: &Said, issuer: &str, plain: bool) -> Result<About, Failed> {
        if said.status != 200 {
            return Err(Failed::About("at its address it says nothing of itself"));
        }
        let about: About = serde_json::from_slice(&said.body)
            .map_err(|_| Failed::About("what it says of itself can’t be read"))?;
        if about.issuer != issuer {
            return Err(Failed::About("it calls itself by another address"));
        }
        let own = [
            &about.authorization_endpoint,
            &about.token_endpoint,
            &about.jwks_uri,
        ];
        let fits = |address: &&String| {
            let scheme =
                address.starts_with("https://") || (plain && address.starts_with("http://"));
            let spelled = address.chars().all(|c| c.is_ascii_graphic() && c != '#');
            scheme && spelled && address.len() <= ADDRESS_CHARS_MAX
        };
        if !own.iter().all(fits) {
            return Err(Failed::About("an address of it does not begin with https"));
        }
        Ok(about)
    }

    /// Whether the secret goes into the form, and not beside it as a name and password.
    fn wants_secret_in_form(&self) -> bool {
        let said = self.token_endpoint_auth_methods_supported.as_deref();
        said.is_some_and(|all| !all.iter().any(|one| one == "client_secret_basic"))
    }
}

fn read_keys(said: &Said) -> Result<Vec<Jwk>, Failed> {
    let keys = (said.status == 200).then(|| token::keys(&said.body));
    keys.flatten()
        .ok_or(Failed::About("its keys can’t be read"))
}

/// Where a token is asked for, with which form, and what is shown beside it.
fn request(asking: &Asking<'_>, about: &About) -> (String, String, Option<String>) {
    let client = &asking.provider.client;
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", asking.code)
        .append_pair("redirect_uri", asking.back)
        .append_pair("code_verifier", asking.verifier);
    let beside = match &asking.secret {
        Some(secret) if about.wants_secret_in_form() => {
            form.append_pair("client_id", client)
                .append_pair("client_secret", secret);
            None
        }
        Some(secret) => {
            let pair = format!("{}:{}", encoded(client), encoded(secret));
            Some(format!("Basic {}", STANDARD.encode(pair)))
        }
        None => {
            form.append_pair("client_id", client);
            None
        }
    };
    (about.token_endpoint.clone(), form.finish(), beside)
}

/// The ID token in an answer. The access token beside it is not wanted, and dropped here.
fn token_in(said: &Said) -> Result<String, Failed> {
    #[derive(Deserialize)]
    struct Answer {
        id_token: Option<String>,
        error: Option<String>,
    }
    let answer: Option<Answer> = serde_json::from_slice(&said.body).ok();
    let (token, error) = answer.map_or((None, None), |answer| (answer.id_token, answer.error));
    match token.filter(|_| said.status == 200) {
        Some(token) => Ok(token),
        None => Err(Failed::NoToken(plain(error, said.status))),
    }
}

/// What a provider says is wrong, as far as it is a plain word: it goes into the log.
pub(super) fn plain(error: Option<String>, status: u16) -> String {
    let word = |error: &String| {
        let plain = |c: char| c.is_ascii_lowercase() || c == '_';
        error.len() <= 40 && error.chars().all(plain)
    };
    error
        .filter(word)
        .unwrap_or_else(|| format!("it answered {status}"))
}

#[cfg(test)]
#[path = "../../../tests/site/oidc/provider.rs"]
#[expect(dead_code, reason = "the tests of the whole site use more of it")]
mod provider;

#[cfg(test)]
mod tests {
    use super::provider::{CLIENT, Provider as Fake, SECRET};
    use super::*;
    use crate::web::oidc::flow::Away;
    use serde_json::json;

    /// Somebody who goes to a provider whose keys were asked for so many minutes ago, and comes back.
    async fn comes_back(fake: &Fake, providers: &Providers, now: Moment) -> Result<Claims, Failed> {
        let away = Away::begin(&fake.issuer, CLIENT, "/", None);
        fake.goes_on_with(&[
            ("nonce".to_owned(), away.nonce.clone()),
            ("code_challenge".to_owned(), away.challenge()),
            (
                "redirect_uri".to_owned(),
                "https://here.example/back".to_owned(),
            ),
        ]);
        let provider = ProviderSet {
            name: "Larkrise".to_owned(),
            issuer: fake.issuer.clone(),
            client: CLIENT.to_owned(),
            secret: None,
            domains: Vec::new(),
            on: true,
        };
        let asking = Asking {
            provider: &provider,
            secret: Some(SECRET.to_owned()),
            code: "good",
            verifier: &away.verifier,
            back: "https://here.example/back",
        };
        providers.who(&asking, &away.nonce, now).await
    }

    fn asked(fake: &Fake, path: &str) -> usize {
        let inside = fake.inside();
        inside.asked.iter().filter(|(at, _)| at == path).count()
    }

    async fn start(minutes_ago: i64) -> (Fake, Providers, Moment) {
        let (fake, providers) = (Fake::start(), Providers::default());
        providers.allow_plain();
        let now = crate::clock::now();
        let then = now.plus_minutes(-minutes_ago);
        providers.known(&fake.issuer, then).await.unwrap();
        (fake, providers, now)
    }

    #[tokio::test]
    async fn a_new_key_of_the_provider_is_asked_for_when_it_turns_up() {
        for name in ["two", "one"] {
            let (fake, providers, now) = start(5).await;
            assert!(comes_back(&fake, &providers, now).await.is_ok());
            // Under a new name, and under the name of the one before.
            fake.turn_key(name);
            assert!(comes_back(&fake, &providers, now).await.is_ok(), "{name}");
            assert_eq!(asked(&fake, "/keys"), 2);
        }
    }

    #[tokio::test]
    async fn made_up_keys_make_nobody_ask_again_and_again() {
        let (fake, providers, now) = start(5).await;
        fake.inside().hides_keys = true;
        fake.inside().header = json!({"kid": "made up"});
        for _ in 0..5 {
            let came = comes_back(&fake, &providers, now).await;
            assert_eq!(came.err(), Some(Failed::Doubtful(Doubt::Key)));
        }
        assert_eq!(asked(&fake, "/keys"), 2);
        assert_eq!(asked(&fake, "/.well-known/openid-configuration"), 1);
    }

    #[tokio::test]
    async fn the_secret_goes_where_the_provider_takes_it_and_nowhere_else() {
        let (fake, providers, now) = start(0).await;
        assert!(comes_back(&fake, &providers, now).await.is_ok());
        let form = fake.inside().asked.last().unwrap().1.clone();
        assert!(!form.contains(SECRET) && form.contains("code_verifier="));
        fake.inside().about =
            json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]});
        providers.ask_anew(&fake.issuer, now).await.unwrap();
        drop(comes_back(&fake, &providers, now).await);
        let form = fake.inside().asked.last().unwrap().1.clone();
        assert!(form.contains(SECRET) && form.contains("client_id=stairgate"));
    }

    #[test]
    fn what_a_provider_says_is_wrong_goes_into_the_log_only_as_a_plain_word() {
        let said = |word: &str| plain(Some(word.to_owned()), 400);
        assert_eq!(said("invalid_grant"), "invalid_grant");
        for odd in ["tomos@larkrise.example", "a\nb", &"a".repeat(99), "<b>"] {
            assert_eq!(said(odd), "it answered 400", "{odd}");
        }
    }
}
