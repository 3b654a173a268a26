//! What can be asked for about accounts somewhere else. What a provider said was checked before an
//! act is read: an act carries who it said it was.

use crate::{
    access::{
        administrators::administering,
        entries::{
            Entry as AccessEntry,
            oidc::{Entry, Linked, ProviderSet, Unlinked},
        },
    },
    notices::{acts::Secret, address},
    spine::{
        act::{Case, Person, Proof, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{ruling::Mistake, sealed::Private};

/// Under whose key the secret of the provider is sealed.
const PROVIDER_SECRET: &str = "secret:oidc";
/// The most domains that email addresses may be of.
const DOMAINS_MAX: usize = 20;
/// The most characters of what a provider calls somebody.
pub const SUBJECT_CHARS_MAX: usize = 255;
/// Where every provider says how it is asked.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";
/// Addresses that let in accounts of every organisation, and so have no address of their own.
const EVERYBODY: [&str; 3] = [
    "https://login.microsoftonline.com/common",
    "https://login.microsoftonline.com/organizations",
    "https://login.microsoftonline.com/consumers",
];

/// What can be asked for about accounts somewhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Say with which provider people may sign in.
    SetProvider(Box<Provider>),
    /// Link my account there with mine here; that it is mine was shown on both sides.
    Link(Identity),
    /// Take the link of my own account away.
    Unlink,
    /// Take the link of somebody's account away.
    UnlinkOf {
        /// Whose.
        person: Person,
    },
    /// Record that somebody signed in with their account there.
    RecordSignIn,
}

/// With which provider people may sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provider {
    /// What people call it.
    pub name: String,
    /// Its address.
    pub issuer: String,
    /// What it calls this program.
    pub client: String,
    /// The secret; `None`: the one that is kept.
    pub secret: Option<Secret>,
    /// Of which domains an email address must be, with spaces or commas between.
    pub domains: String,
    /// Whether people may sign in with it.
    pub on: bool,
}

/// Who somebody is, as a provider said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider's address.
    pub issuer: String,
    /// What it calls them.
    pub subject: String,
    /// What the account is called there, for people to read.
    pub shown: String,
}

type Answer<T> = Result<T, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::SetProvider(_) => "access.set-provider",
            Act::Link(_) => "access.link-provider",
            Act::Unlink => "access.unlink-provider",
            Act::UnlinkOf { .. } => "access.unlink-provider-of",
            Act::RecordSignIn => "access.record-provider-sign-in",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::SetProvider(_) => setting_up(),
            Act::UnlinkOf { .. } => administering(setting),
            Act::Link(_) | Act::Unlink | Act::RecordSignIn => Need::SignedIn,
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer<Vec<AnyEntry>> {
        let entry = match self {
            Act::SetProvider(provider) => set_provider(provider, case)?,
            Act::Link(identity) => link(identity, case)?,
            Act::Unlink => {
                let person = super::myself(case)?;
                let steps = case.setting.access.steps(person);
                proven(steps.is_some_and(|steps| steps.any()), case)?;
                unlink(person, case)?
            }
            Act::UnlinkOf { person } => unlink(*person, case)?,
            Act::RecordSignIn => {
                let person = super::myself(case)?;
                // What was linked when the provider was asked may be gone by now.
                let access = &case.setting.access;
                if access.link(person).is_none() || access.provider_in_use().is_none() {
                    return no("", "This work account does not open anything here any more");
                }
                Entry::SignedIn
            }
        };
        Ok(vec![AnyEntry::Access(AccessEntry::Oidc(entry))])
    }
}

/// Who may say with which provider people sign in.
#[must_use]
pub(in crate::access) fn setting_up() -> Need {
    Need::Proven(Box::new(Need::management()))
}

fn set_provider(provider: &Provider, case: &Case<'_>) -> Answer<Entry> {
    let issuer = provider.issuer.trim();
    let issuer = issuer.strip_suffix(WELL_KNOWN).unwrap_or(issuer);
    let client = provider.client.trim();
    let name = provider.name.trim();
    let domains = read_domains(&provider.domains);
    let mut wrong = Vec::new();
    let mut check = |fits: bool, field: &str, says: &str| {
        if !fits {
            wrong.push(Mistake::at(field, says));
        }
    };
    let plain = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
    check(
        plain(name) && name.chars().count() <= 40,
        "name",
        "Enter a short name, such as Microsoft",
    );
    check(
        address::is_web(issuer),
        "issuer",
        "Enter the address of the provider as it stands there, such as https://accounts.google.com",
    );
    let everybody = EVERYBODY.iter().any(|start| issuer.starts_with(start));
    check(
        !everybody,
        "issuer",
        "This address is for accounts of every organisation. Put the Directory (tenant) ID of your own in the place of its last word before v2.0",
    );
    check(
        client.len() <= 200 && !client.is_empty() && client.chars().all(|c| c.is_ascii_graphic()),
        "client",
        "Enter the client ID as the provider shows it",
    );
    check(
        domains.len() <= DOMAINS_MAX && domains.iter().all(|domain| is_domain(domain)),
        "domains",
        "Enter names such as example.org, with a space between them, or nothing",
    );
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Entry::ProviderSet(ProviderSet {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        client: client.to_owned(),
        secret: secret(provider, issuer, client, case)?,
        domains,
        on: provider.on,
    }))
}

/// The domains in a text, in small letters.
fn read_domains(text: &str) -> Vec<String> {
    let apart = |c: char| c.is_whitespace() || c == ',' || c == ';';
    let words = text.split(apart).filter(|word| !word.is_empty());
    let domains = words.map(|word| word.trim_start_matches('@').to_ascii_lowercase());
    domains.take(DOMAINS_MAX + 1).collect()
}

fn is_domain(domain: &str) -> bool {
    address::is_mail(&format!("a@{domain}"))
}

/// The secret that goes with the new way. One that is kept is not shown to another provider.
fn secret(
    provider: &Provider,
    issuer: &str,
    client: &str,
    case: &Case<'_>,
) -> Answer<Option<Private>> {
    if let Some(Secret(secret)) = &provider.secret {
        let secret = secret.trim();
        if secret.len() > 500 || secret.chars().any(|c| !c.is_ascii_graphic()) {
            return no("secret", "Enter the secret in one line, without spaces");
        }
        if !secret.is_empty() {
            let sealed = case.sealer.seal_words(PROVIDER_SECRET, secret);
            return sealed.map(Some).map_err(|erased| vec![erased.into()]);
        }
    }
    let Some(kept) = case.setting.access.provider() else {
        return Ok(None);
    };
    if (kept.issuer.as_str(), kept.client.as_str()) == (issuer, client) {
        return Ok(kept.secret.clone());
    }
    if kept.secret.is_none() {
        return Ok(None);
    }
    no(
        "secret",
        "Enter the secret. It has to be typed again whenever the address or the client ID changes",
    )
}

fn link(identity: &Identity, case: &Case<'_>) -> Answer<Entry> {
    let person = super::myself(case)?;
    super::has_account(person, case)?;
    let access = &case.setting.access;
    let in_use = access.provider_in_use();
    if in_use.is_none_or(|provider| provider.issuer != identity.issuer) {
        return no("", "Nobody signs in here with this provider any more");
    }
    let steps = access.steps(person);
    proven(steps.is_some_and(|steps| steps.any()), case)?;
    let subject = &identity.subject;
    if subject.is_empty() || subject.chars().count() > SUBJECT_CHARS_MAX {
        return no("", "The provider did not say whose account this is");
    }
    let whose = access.whose_link(|sealed| case.sealer.open(sealed).as_ref() == Some(subject));
    if whose == Some(person) {
        return no("", "This work account is linked with yours already");
    }
    if whose.is_some() {
        return no(
            "",
            "This work account is linked with another account here. Sign in with that one, or ask your manager",
        );
    }
    if access.link(person).is_some() {
        return no(
            "",
            "You have linked another work account. Unlink that one first",
        );
    }
    Ok(Entry::Linked(Linked {
        person,
        issuer: identity.issuer.clone(),
        subject: case.seal_words(person, subject)?,
        shown: case.seal_words(person, &identity.shown)?,
    }))
}

fn unlink(person: Person, case: &Case<'_>) -> Answer<Entry> {
    super::has_account(person, case)?;
    if case.setting.access.link(person).is_none() {
        return no("person", "No work account is linked here");
    }
    Ok(Entry::Unlinked(Unlinked { person }))
}

/// Whoever has a second step makes another way in only after using it, as with passkeys.
fn proven(has: bool, case: &Case<'_>) -> Answer<()> {
    if has && case.who.proof != Proof::Two {
        return no("", "Sign in with your second step first");
    }
    Ok(())
}
