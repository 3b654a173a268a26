//! Accounts: who has one, with which password, and when they last signed in.

use super::entries::Entry;
use crate::spine::{act::Person, setting::At};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Accounts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    accounts: BTreeMap<Person, Account>,
    set_up: bool,
}

/// An account.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Account {
    user: Private<String>,
    hash: Option<Private<String>>,
    code: Option<(String, Date)>,
    tokens: Vec<Token>,
    opened: Moment,
    last_sign_in: Option<Moment>,
    /// Counts password changes: sessions made before the last one end.
    epoch: u32,
}

/// A token with which a program acts as a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token, in hex.
    pub digest: String,
    /// When it was made.
    pub made: Moment,
}

impl Register {
    pub(crate) fn fold(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::AccountOpened(fact) => {
                let account = Account {
                    user: fact.user.clone(),
                    hash: fact.hash.clone(),
                    code: fact.code.clone().zip(fact.until),
                    tokens: Vec::new(),
                    opened: at.moment,
                    last_sign_in: None,
                    epoch: 0,
                };
                self.accounts.insert(fact.person, account);
                self.set_up = true;
            }
            Entry::CodeGiven(fact) => self.change(fact.person, |account| {
                account.code = Some((fact.code.clone(), fact.until));
            }),
            Entry::PasswordChosen(fact) => self.change(fact.person, |account| {
                account.hash = Some(fact.hash.clone());
                account.code = None;
                account.epoch = account.epoch.saturating_add(1);
                // Whoever knew the old password may have made tokens with it.
                account.tokens.clear();
            }),
            Entry::AccountClosed(fact) => {
                self.accounts.remove(&fact.person);
            }
            Entry::SignedIn => {
                if let Some(person) = at.by.person() {
                    self.change(person, |account| account.last_sign_in = Some(at.moment));
                }
            }
            Entry::SignedOut | Entry::SignInFailed(_) => {}
            Entry::TokenMade(fact) => self.change(fact.person, |account| {
                account.tokens.push(Token {
                    name: fact.name.clone(),
                    digest: fact.digest.clone(),
                    made: at.moment,
                });
            }),
            Entry::TokenRevoked(fact) => self.change(fact.person, |account| {
                account.tokens.retain(|token| token.digest != fact.digest);
            }),
        }
    }

    fn change(&mut self, person: Person, how: impl FnOnce(&mut Account)) {
        if let Some(account) = self.accounts.get_mut(&person) {
            how(account);
        }
    }

    /// Whether this Stairgate has its first account.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        self.set_up
    }

    /// Whether somebody has an account.
    #[must_use]
    pub fn has_account(&self, person: Person) -> bool {
        self.accounts.contains_key(&person)
    }

    /// Everybody who has an account, by number.
    pub fn people(&self) -> impl Iterator<Item = Person> {
        self.accounts.keys().copied()
    }

    /// The last day on which somebody's code for choosing a password is good.
    #[must_use]
    pub fn code_until(&self, person: Person) -> Option<Date> {
        self.accounts
            .get(&person)?
            .code
            .as_ref()
            .map(|(_, until)| *until)
    }

    /// The person whose sealed user name fits.
    pub fn find_user(&self, fits: impl Fn(&Private<String>) -> bool) -> Option<Person> {
        self.accounts
            .iter()
            .find(|(_, account)| fits(&account.user))
            .map(|(person, _)| *person)
    }

    /// Somebody's sealed user name.
    #[must_use]
    pub fn user(&self, person: Person) -> Option<&Private<String>> {
        self.accounts.get(&person).map(|account| &account.user)
    }

    /// Somebody's sealed password hash; `None` until a password is chosen.
    #[must_use]
    pub fn hash(&self, person: Person) -> Option<&Private<String>> {
        self.accounts.get(&person)?.hash.as_ref()
    }

    /// How often somebody has chosen a password: a session of an earlier count is over.
    #[must_use]
    pub fn epoch(&self, person: Person) -> Option<u32> {
        self.accounts.get(&person).map(|account| account.epoch)
    }

    /// Whether a code for choosing a password fits and is still good.
    #[must_use]
    pub fn code_fits(&self, person: Person, code: &str, today: Date) -> bool {
        let kept = self
            .accounts
            .get(&person)
            .and_then(|account| account.code.as_ref());
        kept.is_some_and(|(digest, until)| digest == code && today <= *until)
    }

    /// When somebody last signed in.
    #[must_use]
    pub fn last_sign_in(&self, person: Person) -> Option<Moment> {
        self.accounts.get(&person)?.last_sign_in
    }

    /// When somebody's account was opened.
    #[must_use]
    pub fn opened(&self, person: Person) -> Option<Moment> {
        self.accounts.get(&person).map(|account| account.opened)
    }

    /// Somebody's tokens.
    #[must_use]
    pub fn tokens(&self, person: Person) -> &[Token] {
        self.accounts
            .get(&person)
            .map(|account| account.tokens.as_slice())
            .unwrap_or_default()
    }

    /// The person whose token has this digest.
    #[must_use]
    pub fn whose_token(&self, digest: &str) -> Option<Person> {
        let has = |account: &Account| account.tokens.iter().any(|token| token.digest == digest);
        self.accounts
            .iter()
            .find(|(_, account)| has(account))
            .map(|(person, _)| *person)
    }

    /// The digest of somebody's token that begins so.
    #[must_use]
    pub fn token_of(&self, person: Person, start: &str) -> Option<&str> {
        let fits = |token: &&Token| start.len() >= 8 && token.digest.starts_with(start);
        self.tokens(person)
            .iter()
            .find(fits)
            .map(|token| token.digest.as_str())
    }
}
