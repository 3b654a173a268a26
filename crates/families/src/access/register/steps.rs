//! Second steps: who has which, who is asked for one and by when, and how people came back who had
//! lost theirs.

use crate::{
    access::entries::steps::Entry,
    roles::role::Role,
    spine::{
        act::Person,
        in_force::InForce,
        setting::{At, Setting},
    },
};
use kernel::{
    moment::{Date, Moment, plus_days},
    sealed::Private,
};
use serde::{Deserialize, Serialize};

/// How long somebody has to set up a second step, in days.
pub const SET_UP_DAYS: i64 = 14;
/// How long a second person has to agree to a reset, in hours.
pub const RESET_HOURS: i64 = 24;
/// The most resets that wait to be looked at.
const UNSEEN_MAX: usize = 200;

/// The second steps of one account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Steps {
    app: Option<Private<String>>,
    codes: Vec<String>,
    passkeys: Vec<Passkey>,
    pin: Option<Private<String>>,
    /// Who asked for a reset, and when.
    asked: Option<(Option<Person>, Moment)>,
    /// When the steps were last taken away by others.
    reset: Option<Moment>,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Its id, base64 for addresses.
    pub id: String,
    /// Its public key in COSE form, base64 for addresses.
    pub key: String,
    /// What the person calls it.
    pub name: Private<String>,
    /// When it was made.
    pub made: Moment,
}

/// Somebody was let in again, and nobody has looked at it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// Who.
    pub person: Person,
    /// Who had part in it; nobody when it was done from the machine.
    pub by: Vec<Person>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

impl Steps {
    /// Whether there is any.
    #[must_use]
    pub fn any(&self) -> bool {
        self.app.is_some() || !self.passkeys.is_empty()
    }

    /// The sealed secret of the authenticator app.
    #[must_use]
    pub fn app(&self) -> Option<&Private<String>> {
        self.app.as_ref()
    }

    /// The passkeys.
    #[must_use]
    pub fn passkeys(&self) -> &[Passkey] {
        &self.passkeys
    }

    /// The sealed hash of the PIN.
    #[must_use]
    pub fn pin(&self) -> Option<&Private<String>> {
        self.pin.as_ref()
    }

    /// How many recovery codes are left.
    #[must_use]
    pub fn codes_left(&self) -> usize {
        self.codes.len()
    }

    /// Whether a recovery code is good, by its digest.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.codes.iter().any(|kept| kept == code)
    }

    /// When others last took the steps away.
    #[must_use]
    pub fn reset(&self) -> Option<Moment> {
        self.reset
    }

    /// Who asked for a reset that is still waiting for a second person.
    #[must_use]
    pub fn asked(&self, now: Moment) -> Option<Option<Person>> {
        let (by, at) = self.asked?;
        (now <= at.plus_hours(RESET_HOURS)).then_some(by)
    }

    /// What is remembered of them when the account is closed: a PIN belongs to devices that are
    /// signed in.
    pub(super) fn without_pin(self) -> Steps {
        Steps { pin: None, ..self }
    }

    fn clear(&mut self, at: Moment) {
        let pin = self.pin.take();
        *self = Steps {
            pin,
            reset: Some(at),
            ..Steps::default()
        };
    }
}

impl super::Register {
    pub(super) fn fold_step(&mut self, entry: &Entry, at: At<'_>) {
        match entry {
            Entry::Begun => {
                self.steps_begun.get_or_insert(at.day);
            }
            Entry::AppAdded(fact) => self.step(fact.person, |steps| {
                steps.app = Some(fact.secret.clone());
            }),
            Entry::AppRemoved(fact) => self.step(fact.person, |steps| steps.app = None),
            Entry::CodesMade(fact) => self.step(fact.person, |steps| {
                steps.codes.clone_from(&fact.codes);
            }),
            Entry::CodeUsed(fact) => self.step(fact.person, |steps| {
                steps.codes.retain(|code| *code != fact.code);
            }),
            Entry::PasskeyAdded(fact) => self.step(fact.person, |steps| {
                steps.passkeys.push(Passkey {
                    id: fact.id.clone(),
                    key: fact.key.clone(),
                    name: fact.name.clone(),
                    made: at.moment,
                });
            }),
            Entry::PasskeyRemoved(fact) => self.step(fact.person, |steps| {
                steps.passkeys.retain(|passkey| passkey.id != fact.id);
            }),
            Entry::PinChosen(fact) => self.step(fact.person, |steps| {
                steps.pin = Some(fact.hash.clone());
            }),
            Entry::ResetAsked(fact) => self.step(fact.person, |steps| {
                steps.asked = Some((at.by.person(), at.moment));
            }),
            Entry::Reset(fact) => {
                let asked = self.steps(fact.person).and_then(|steps| steps.asked);
                let asked = asked.and_then(|(by, _)| by);
                self.let_in(fact.person, asked.into_iter().chain(at.by.person()), at);
            }
            Entry::Recovered(fact) => {
                self.let_in(fact.person, std::iter::empty(), at);
                self.change(fact.person, |account| {
                    account.code = Some((fact.code.clone(), fact.until));
                    account.code_by = None;
                });
            }
            Entry::ResetSeen(fact) => self.unseen.retain(|one| one.seq != fact.seq),
            Entry::Slowed(fact) => self.change(fact.person, |account| {
                account.slowed = Some(at.moment);
            }),
            Entry::Unlocked(_) => {}
        }
    }

    fn step(&mut self, person: Person, how: impl FnOnce(&mut Steps)) {
        self.change(person, |account| how(&mut account.steps));
    }

    /// Takes all steps away, and ends all sessions.
    fn let_in(&mut self, person: Person, by: impl Iterator<Item = Person>, at: At<'_>) {
        self.change(person, |account| {
            account.steps.clear(at.moment);
            account.epoch = account.epoch.saturating_add(1);
            account.tokens.clear();
        });
        if self.unseen.len() >= UNSEEN_MAX {
            self.unseen.remove(0);
        }
        self.unseen.push(Unseen {
            person,
            by: by.collect(),
            seq: at.seq,
            at: at.moment,
        });
    }

    /// Somebody's second steps; `None` without an account.
    #[must_use]
    pub fn steps(&self, person: Person) -> Option<&Steps> {
        self.accounts.get(&person).map(|account| &account.steps)
    }

    /// Since when people are asked for a second step.
    #[must_use]
    pub fn steps_begun(&self) -> Option<Date> {
        self.steps_begun
    }

    /// Whose passkey this is.
    #[must_use]
    pub fn whose_passkey(&self, id: &str) -> Option<(Person, &Passkey)> {
        self.accounts.iter().find_map(|(person, account)| {
            let fits = |passkey: &&Passkey| passkey.id == id;
            Some((*person, account.steps.passkeys.iter().find(fits)?))
        })
    }

    /// Who asked for somebody's reset that waits for a second person; the inner `None` is the keeper.
    #[must_use]
    pub fn reset_asked(&self, person: Person, now: Moment) -> Option<Option<Person>> {
        self.steps(person)?.asked(now)
    }

    /// Who was let in again without anybody having looked at it since.
    #[must_use]
    pub fn unseen(&self) -> &[Unseen] {
        &self.unseen
    }
}

/// Until when somebody has to set up a second step, if they are asked for one: whoever works here,
/// whoever watches over them for the committee (a case about the manager goes to them), and whoever
/// holds a role that the policy names. Whether they have one is not looked at.
#[must_use]
pub fn asked(setting: &Setting, in_force: &InForce, person: Person, today: Date) -> Option<Date> {
    let begun = setting.access.steps_begun()?;
    let opened = setting.access.opened(person)?.date();
    let control = in_force.find("access.password-strength");
    let named: Vec<Role> = control
        .and_then(|control| control.bound.values.get("second_factor"))
        .map(|value| value.words())
        .unwrap_or_default()
        .iter()
        .flat_map(|words| Role::read(words))
        .collect();
    let watching = [Role::Chair, Role::NamedMember];
    let named = named
        .iter()
        .chain(&watching)
        .any(|role| setting.roles.holds(person, role, today));
    if !named && !setting.people.is_team(person, today) {
        return None;
    }
    let since = control
        .into_iter()
        .flat_map(|control| &control.bound.clauses)
        .map(|clause| in_force.since(&clause.id))
        .max()
        .unwrap_or(Date::MIN);
    Some(plus_days(begun.max(opened).max(since), SET_UP_DAYS))
}

/// Until when somebody still has to set up a second step; `None` when they have one or are not asked.
#[must_use]
pub fn owed(setting: &Setting, in_force: &InForce, person: Person, today: Date) -> Option<Date> {
    if setting.access.steps(person)?.any() {
        return None;
    }
    asked(setting, in_force, person, today)
}
