//! Accounts: who has one, with which password, and when they last signed in.

pub mod codes;
pub mod exceptions;
pub mod files;
pub mod kiosks;
pub mod looks;
pub mod oidc;
pub mod steps;
pub mod systems;

use super::{
    entries::{Entry, oidc::ProviderSet},
    strength::REMEMBERED_MAX,
};
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
    /// Since when people are asked for a second step.
    #[serde(default)]
    steps_begun: Option<Date>,
    #[serde(default)]
    unseen: Vec<steps::Unseen>,
    #[serde(default)]
    kiosks: kiosks::Kiosks,
    #[serde(default)]
    systems: systems::Systems,
    #[serde(default)]
    exceptions: exceptions::Exceptions,
    #[serde(default)]
    looks: looks::Looks,
    #[serde(default)]
    files: files::Files,
    /// With which provider people may sign in.
    #[serde(default)]
    provider: Option<ProviderSet>,
    /// The second steps of accounts that were closed.
    #[serde(default)]
    closed: BTreeMap<Person, steps::Steps>,
    /// Wrong passwords, oldest first.
    #[serde(default)]
    tries: Vec<Tries>,
}

/// Wrong passwords for one account, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// Whose account it was.
    pub person: Person,
    /// How many.
    pub count: u32,
    /// Whether the next had to wait.
    pub slowed: bool,
    /// The last entry.
    pub seq: u64,
    /// When that was.
    pub at: Moment,
}

/// The most rows of wrong passwords that are kept at hand.
const TRIES_MAX: usize = 500;
/// Wrong passwords within this time stand in one row, in hours.
const TRIES_HOURS: i64 = 1;

/// An account.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Account {
    user: Private<String>,
    hash: Option<Private<String>>,
    code: Option<(String, Date)>,
    /// Who gave it: it is worth nothing any more when they have left.
    #[serde(default)]
    code_by: Option<Person>,
    /// A new code that waits for a second person, or for its time.
    #[serde(default)]
    waits: Option<codes::Waiting>,
    tokens: Vec<Token>,
    opened: Moment,
    last_sign_in: Option<Moment>,
    /// Counts what ends sessions, as a new password does: those made before the last one end.
    epoch: u32,
    #[serde(default)]
    steps: steps::Steps,
    /// The passwords of before, newest last.
    #[serde(default)]
    past: Vec<Private<String>>,
    /// Wrong passwords since the last right one.
    #[serde(default)]
    wrong: u32,
    /// Wrong passwords before the last sign-in, to be told.
    #[serde(default)]
    told: u32,
    /// When the next try last had to wait.
    #[serde(default)]
    slowed: Option<Moment>,
    /// The account somewhere else that signs in here.
    #[serde(default)]
    link: Option<oidc::Link>,
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
        self.systems.hear(entry, at);
        self.exceptions.hear(entry, at);
        match entry {
            Entry::AccountOpened(fact) => {
                let steps = self.steps_of_before(fact.person);
                let account = Account {
                    user: fact.user.clone(),
                    hash: fact.hash.clone(),
                    code: fact.code.clone().zip(fact.until),
                    code_by: at.by.person(),
                    waits: None,
                    tokens: Vec::new(),
                    opened: at.moment,
                    last_sign_in: None,
                    epoch: 0,
                    steps,
                    past: Vec::new(),
                    wrong: 0,
                    told: 0,
                    slowed: None,
                    link: None,
                };
                self.accounts.insert(fact.person, account);
                self.set_up = true;
            }
            Entry::CodeGiven(fact) => self.change(fact.person, |account| {
                account.code = Some((fact.code.clone(), fact.until));
                account.code_by = at.by.person();
            }),
            Entry::PasswordChosen(fact) => self.change(fact.person, |account| {
                if let Some(old) = account.hash.replace(fact.hash.clone()) {
                    account.past.push(old);
                    let over = account.past.len().saturating_sub(REMEMBERED_MAX - 1);
                    account.past.drain(..over);
                }
                (account.code, account.waits) = (None, None);
                account.epoch = account.epoch.saturating_add(1);
                // Whoever knew the old password may have made tokens with it.
                account.tokens.clear();
            }),
            Entry::HashedAnew(fact) => self.change(fact.person, |account| {
                account.hash = Some(fact.hash.clone());
            }),
            Entry::SessionsEnded(fact) => self.change(fact.person, |account| {
                account.epoch = account.epoch.saturating_add(1);
            }),
            Entry::AccountClosed(fact) => self.close(fact.person),
            Entry::SignedIn => self.signed_in(at),
            Entry::SignedOut => {}
            Entry::SignInFailed(fact) => {
                self.change(fact.person, |account| {
                    account.wrong = account.wrong.saturating_add(1);
                });
                self.note_try(fact.person, at);
            }
            Entry::Code(entry) => self.fold_code(entry, at),
            Entry::Step(entry) => {
                self.fold_step(entry, at);
                if let super::entries::steps::Entry::Slowed(fact) = entry
                    && let Some(row) = self.tries.iter_mut().rfind(|row| row.person == fact.person)
                {
                    row.slowed = true;
                }
            }
            Entry::Kiosk(entry) => self.kiosks.fold(entry, at),
            Entry::Oidc(entry) => self.fold_oidc(entry, at),
            Entry::System(entry) => self.systems.fold(entry, at),
            Entry::Exception(entry) => self.exceptions.fold(entry, at),
            Entry::Look(entry) => self.looks.fold(entry, at),
            Entry::File(entry) => self.files.fold(entry, at),
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

    fn signed_in(&mut self, at: At<'_>) {
        if let Some(person) = at.by.person() {
            self.change(person, |account| {
                account.last_sign_in = Some(at.moment);
                account.told = std::mem::take(&mut account.wrong);
                account.slowed = None;
            });
        }
    }

    fn note_try(&mut self, person: Person, at: At<'_>) {
        let same = self.tries.iter_mut().rfind(|row| row.person == person);
        if let Some(row) = same
            && at.moment <= row.at.plus_hours(TRIES_HOURS)
        {
            row.count = row.count.saturating_add(1);
            (row.seq, row.at) = (at.seq, at.moment);
            return;
        }
        if self.tries.len() >= TRIES_MAX {
            self.tries.remove(0);
        }
        self.tries.push(Tries {
            person,
            count: 1,
            slowed: false,
            seq: at.seq,
            at: at.moment,
        });
    }

    /// Wrong passwords, oldest first.
    #[must_use]
    pub fn tries(&self) -> &[Tries] {
        &self.tries
    }

    /// How many wrong passwords were tried for an account before its owner last signed in.
    #[must_use]
    pub fn wrong_before(&self, person: Person) -> u32 {
        self.accounts.get(&person).map_or(0, |account| account.told)
    }

    /// Wrong passwords for an account since its owner last signed in, and when the next last had
    /// to wait.
    #[must_use]
    pub fn wrong_since(&self, person: Person) -> (u32, Option<Moment>) {
        self.accounts
            .get(&person)
            .map_or((0, None), |account| (account.wrong, account.slowed))
    }

    /// Somebody's sealed hashes of before, newest last, and the one of now.
    pub fn hashes(&self, person: Person) -> impl Iterator<Item = &Private<String>> {
        let account = self.accounts.get(&person);
        let past = account.into_iter().flat_map(|account| &account.past);
        past.chain(account.and_then(|account| account.hash.as_ref()))
    }

    /// Kiosks.
    #[must_use]
    pub fn kiosks(&self) -> &kiosks::Kiosks {
        &self.kiosks
    }

    /// Exceptional access.
    #[must_use]
    pub fn exceptions(&self) -> &exceptions::Exceptions {
        &self.exceptions
    }

    /// Looks of late.
    #[must_use]
    pub fn looks(&self) -> &looks::Looks {
        &self.looks
    }

    /// Files that people keep.
    #[must_use]
    pub fn files(&self) -> &files::Files {
        &self.files
    }

    /// Systems, and who may use them.
    #[must_use]
    pub fn systems(&self) -> &systems::Systems {
        &self.systems
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
