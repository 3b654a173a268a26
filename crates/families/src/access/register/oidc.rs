//! Accounts somewhere else: the provider that people may sign in with, and whose account there
//! belongs to which person here.

use crate::{
    access::entries::oidc::{Entry, ProviderSet},
    spine::{act::Person, setting::At},
};
use kernel::{moment::Moment, sealed::Private};
use serde::{Deserialize, Serialize};

/// An account somewhere else that belongs to a person here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The provider's address.
    pub issuer: String,
    /// What the provider calls the person.
    pub subject: Private,
    /// What the account is called there, for people to read.
    pub shown: Private,
    /// When it was linked.
    pub made: Moment,
}

impl super::Register {
    pub(super) fn fold_oidc(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::ProviderSet(fact) => self.provider = Some(fact.clone()),
            Entry::Linked(fact) => self.change(fact.person, |account| {
                account.link = Some(Link {
                    issuer: fact.issuer.clone(),
                    subject: fact.subject.clone(),
                    shown: fact.shown.clone(),
                    made: at.moment,
                });
            }),
            Entry::Unlinked(fact) => self.change(fact.person, |account| account.link = None),
            Entry::SignedIn => self.signed_in(at),
        }
    }

    /// With which provider people may sign in, also when that is off.
    #[must_use]
    pub fn provider(&self) -> Option<&ProviderSet> {
        self.provider.as_ref()
    }

    /// With which provider people may sign in now.
    #[must_use]
    pub fn provider_in_use(&self) -> Option<&ProviderSet> {
        self.provider.as_ref().filter(|provider| provider.on)
    }

    /// Somebody's account with the provider of now.
    #[must_use]
    pub fn link(&self, person: Person) -> Option<&Link> {
        let link = self.accounts.get(&person)?.link.as_ref()?;
        let provider = self.provider.as_ref()?;
        (link.issuer == provider.issuer).then_some(link)
    }

    /// Whose account with the provider of now it is whose sealed name fits.
    pub fn whose_link(&self, fits: impl Fn(&Private) -> bool) -> Option<Person> {
        self.people().find(|person| {
            let link = self.link(*person);
            link.is_some_and(|link| fits(&link.subject))
        })
    }

    /// Whether a session that somebody began with their account elsewhere may go on: people may
    /// sign in so, and the account is still the one that was linked when it began.
    #[must_use]
    pub fn link_stands(&self, person: Person, began: Moment) -> bool {
        let linked = self.link(person).is_some_and(|link| link.made <= began);
        linked && self.provider_in_use().is_some()
    }
}
