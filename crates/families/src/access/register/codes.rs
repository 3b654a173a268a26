//! New codes that wait for a second person or for their time, and what is remembered of accounts
//! that were closed: closing one and opening it anew is no way round either.

use super::steps::Steps;
use crate::{
    access::entries::codes::Entry,
    spine::{act::Person, setting::At},
};
use kernel::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

/// A code that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Who asked for it.
    pub by: Option<Person>,
    /// When.
    pub asked: Moment,
    /// From when it is good without a second person.
    pub from: Moment,
    /// The last day on which it is good.
    pub until: Date,
    /// Its digest.
    code: String,
}

/// What becomes of a code that somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    /// It is good.
    Good,
    /// It waits for a second person, or for this moment.
    Waits(Moment),
    /// It is no code of this account, or too old.
    Not,
}

impl super::Register {
    pub(super) fn fold_code(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Asked(fact) => self.change(fact.person, |account| {
                account.waits = Some(Waiting {
                    by: at.by.person(),
                    asked: at.moment,
                    from: fact.from,
                    until: fact.until,
                    code: fact.code.clone(),
                });
            }),
            Entry::Agreed(fact) => self.change(fact.person, |account| {
                if let Some(waits) = account.waits.take() {
                    account.code = Some((waits.code, waits.until));
                    account.code_by = waits.by;
                }
            }),
            Entry::Stopped(fact) => self.change(fact.person, |account| account.waits = None),
        }
    }

    /// Remembers the second steps of an account that is closed, for the day when it is opened anew.
    pub(super) fn close(&mut self, person: Person) {
        if let Some(account) = self.accounts.remove(&person) {
            self.closed.insert(person, account.steps.without_pin());
        }
    }

    /// The second steps that somebody had when their account was closed.
    pub(super) fn steps_of_before(&mut self, person: Person) -> Steps {
        self.closed.remove(&person).unwrap_or_default()
    }

    /// Whether somebody had an account before, which was closed.
    #[must_use]
    pub fn was_closed(&self, person: Person) -> bool {
        self.closed.contains_key(&person)
    }

    /// The code of somebody that waits, while it can still become good.
    #[must_use]
    pub fn waiting_code(&self, person: Person, today: Date) -> Option<&Waiting> {
        let waits = self.accounts.get(&person)?.waits.as_ref()?;
        (today <= waits.until).then_some(waits)
    }

    /// Who gave the code that this is, when it was somebody.
    #[must_use]
    pub fn code_giver(&self, person: Person, code: &str) -> Option<Person> {
        let account = self.accounts.get(&person)?;
        let waits = account.waits.as_ref().filter(|waits| waits.code == code);
        waits.map_or(account.code_by, |waits| waits.by)
    }

    /// Whether a code for choosing a password is one of this account, and good now.
    #[must_use]
    pub fn code_fits(&self, person: Person, code: &str, now: Moment) -> Fits {
        let Some(account) = self.accounts.get(&person) else {
            return Fits::Not;
        };
        let kept = account.code.as_ref();
        if kept.is_some_and(|(digest, until)| digest == code && now.date() <= *until) {
            return Fits::Good;
        }
        let waits = account.waits.as_ref();
        let waits = waits.filter(|waits| waits.code == code && now.date() <= waits.until);
        match waits {
            Some(waits) if now < waits.from => Fits::Waits(waits.from),
            Some(_) => Fits::Good,
            None => Fits::Not,
        }
    }
}
