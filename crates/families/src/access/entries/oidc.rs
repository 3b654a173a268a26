//! Facts about accounts somewhere else: with which provider people may sign in, whose account there
//! belongs to which person here, and that somebody signed in with one.

use crate::{
    roles::role::Role,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::sealed::Private;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about accounts somewhere else.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// It was said with which provider people may sign in.
    ProviderSet(ProviderSet),
    /// Somebody linked their account there with their account here.
    Linked(Linked),
    /// Such a link was taken away.
    Unlinked(Unlinked),
    /// Whoever made the entry signed in with their account there.
    SignedIn,
}

/// With which provider people may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderSet {
    /// What people call it, as the button says it.
    pub name: String,
    /// Its address, as it says it itself.
    pub issuer: String,
    /// What it calls this program.
    pub client: String,
    /// The secret that shows it that this program asks, sealed.
    #[serde(default)]
    pub secret: Option<Private>,
    /// Of which domains an email address must be; none: of any.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Whether people may sign in with it now.
    pub on: bool,
}

/// Somebody linked their account there with their account here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Who.
    pub person: Person,
    /// The provider's address.
    pub issuer: String,
    /// What the provider calls the person, for ever the same.
    pub subject: Private,
    /// What the account is called there, for people to read.
    pub shown: Private,
}

/// A link was taken away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlinked {
    /// Whose.
    pub person: Person,
}

#[derive(Serialize, Deserialize)]
struct Empty {}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::ProviderSet(fact) => Written::of("access.provider-set", 1, fact),
            Entry::Linked(fact) => Written::of("access.provider-linked", 1, fact),
            Entry::Unlinked(fact) => Written::of("access.provider-unlinked", 1, fact),
            Entry::SignedIn => Written::of("access.provider-signed-in", 1, &Empty {}),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::ProviderSet(fact) if fact.on => {
                format!("let people sign in with {}", fact.name)
            }
            Entry::ProviderSet(fact) => {
                format!("set up signing in with {}, and left it off", fact.name)
            }
            Entry::Linked(fact) => {
                format!("linked the work account of {}", fact.person.mark())
            }
            Entry::Unlinked(fact) => {
                format!("unlinked the work account of {}", fact.person.mark())
            }
            Entry::SignedIn => "signed in with a work account".to_owned(),
        }
    }

    /// Whoever is told at once: how they sign in has changed.
    #[must_use]
    pub fn told(&self) -> Option<Person> {
        match self {
            Entry::Linked(Linked { person, .. }) | Entry::Unlinked(Unlinked { person }) => {
                Some(*person)
            }
            Entry::ProviderSet(_) | Entry::SignedIn => None,
        }
    }

    /// Those of the leaders who are told: whoever runs a provider vouches for people from then on.
    #[must_use]
    pub fn told_to_leaders(&self) -> &'static [Role] {
        match self {
            Entry::ProviderSet(_) => &[
                Role::Manager,
                Role::DeputyManager,
                Role::Lead,
                Role::DeputyLead,
            ],
            Entry::Linked(_) | Entry::Unlinked(_) | Entry::SignedIn => &[],
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::Oidc(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 4] = [
    Shape::new(
        "access.provider-set",
        1,
        |body| of(body, Entry::ProviderSet),
        r#"{"name":"Larkrise","issuer":"https://id.larkrise.example","client":"stairgate","secret":{"of":"secret:oidc","sealed":"AAAA"},"domains":["larkrise.example"],"on":true}"#,
    ),
    Shape::new(
        "access.provider-linked",
        1,
        |body| of(body, Entry::Linked),
        r#"{"person":7,"issuer":"https://id.larkrise.example","subject":{"of":"person:7","sealed":"AAAA"},"shown":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.provider-unlinked",
        1,
        |body| of(body, Entry::Unlinked),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.provider-signed-in",
        1,
        |body| of(body, |_: Empty| Entry::SignedIn),
        "{}",
    ),
];
