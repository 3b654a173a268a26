//! What can be asked for about second steps. Secrets are made and checked before an act is read:
//! acts carry sealed secrets and digests only.

use crate::{
    access::{
        entries::{
            Entry as AccessEntry,
            steps::{
                AppAdded, CodeUsed, CodesMade, Entry, Key, PasskeyAdded, PasskeyRemoved, PinChosen,
                Recovered, ResetSeen, Unlocked, Whose,
            },
        },
        register::steps::RESET_HOURS,
    },
    roles::role::Role,
    spine::{
        act::{Case, Person, Proof, no},
        entry::Entry as AnyEntry,
        permit::Need,
    },
};
use kernel::{
    moment::{Moment, plus_days},
    ruling::Mistake,
};

/// The most passkeys that a person has at a time.
const PASSKEYS_MAX: usize = 10;
/// How many recovery codes are made at a time.
pub const CODES: usize = 10;
/// How long a code is good that the keeper of the machine gives, in days.
const RECOVERY_DAYS: i64 = 1;

/// What can be asked for about second steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Begin to ask people for a second step: once, when a program that knows of it first runs.
    Begin,
    /// Set up an authenticator app; a code of it was checked.
    AddApp {
        /// The secret that the app shares, in base32.
        secret: String,
    },
    /// Take the authenticator app away.
    RemoveApp,
    /// Make new recovery codes.
    MakeCodes {
        /// SHA-256 of each, in hex.
        codes: Vec<String>,
    },
    /// Use up a recovery code.
    UseCode {
        /// SHA-256 of it, in hex.
        code: String,
    },
    /// Make a passkey; what the device said was checked.
    AddPasskey {
        /// Its id, base64 for addresses.
        id: String,
        /// Its public key in COSE form, base64 for addresses.
        key: String,
        /// What the person calls it.
        name: String,
    },
    /// Take a passkey away.
    RemovePasskey {
        /// Its id.
        id: String,
    },
    /// Choose a PIN that unlocks a session on the device where it was locked, and opens nothing else.
    ChoosePin {
        /// Argon2id, as PHC text.
        hash: String,
    },
    /// Record that somebody unlocked their session.
    RecordUnlocked {
        /// With what.
        with: Key,
        /// When the session began.
        began: Moment,
    },
    /// Ask for the lost second step of somebody to be taken away.
    AskReset {
        /// Whose.
        person: Person,
    },
    /// Agree to that as a second person: it is done.
    AgreeReset {
        /// Whose.
        person: Person,
    },
    /// Say that one has looked at how somebody was let in again.
    SeeReset {
        /// The entry that let them in.
        seq: u64,
    },
    /// Let somebody in again from the machine itself.
    Recover {
        /// Whom.
        person: Person,
        /// SHA-256 of the code for choosing a password, in hex.
        code: String,
    },
    /// Record that somebody signed in on a device where they had not signed in before.
    RecordSignInAnew,
    /// Record that the next try for an account has to wait.
    RecordSlowed {
        /// Whose account it is.
        person: Person,
    },
}

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::Begin => "access.begin-steps",
            Act::AddApp { .. } => "access.add-app",
            Act::RemoveApp => "access.remove-app",
            Act::MakeCodes { .. } => "access.make-recovery-codes",
            Act::UseCode { .. } => "access.use-recovery-code",
            Act::AddPasskey { .. } => "access.add-passkey",
            Act::RemovePasskey { .. } => "access.remove-passkey",
            Act::ChoosePin { .. } => "access.choose-pin",
            Act::RecordUnlocked { .. } => "access.record-unlocked",
            Act::AskReset { .. } => "access.ask-steps-reset",
            Act::AgreeReset { .. } => "access.agree-steps-reset",
            Act::SeeReset { .. } => "access.see-steps-reset",
            Act::Recover { .. } => "access.recover",
            Act::RecordSignInAnew => "access.record-sign-in-anew",
            Act::RecordSlowed { .. } => "access.record-slowed",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self) -> Need {
        match self {
            Act::Begin | Act::Recover { .. } => Need::Machine,
            Act::AddApp { .. }
            | Act::RemoveApp
            | Act::MakeCodes { .. }
            | Act::UseCode { .. }
            | Act::AddPasskey { .. }
            | Act::RemovePasskey { .. }
            | Act::ChoosePin { .. }
            | Act::RecordUnlocked { .. }
            | Act::RecordSignInAnew => Need::SignedIn,
            Act::AskReset { .. } | Act::AgreeReset { .. } => resetting(),
            Act::SeeReset { .. } => watching(),
            Act::RecordSlowed { .. } => Need::Anyone,
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let entry = match self {
            Act::Begin => {
                if case.setting.access.steps_begun().is_some() {
                    return Ok(Vec::new());
                }
                Entry::Begun
            }
            Act::AddApp { .. }
            | Act::RemoveApp
            | Act::MakeCodes { .. }
            | Act::UseCode { .. }
            | Act::AddPasskey { .. }
            | Act::RemovePasskey { .. }
            | Act::ChoosePin { .. } => self.own(case)?,
            Act::RecordUnlocked { with, .. } => Entry::Unlocked(Unlocked { with: *with }),
            Act::AskReset { person } => ask_reset(*person, case)?,
            Act::AgreeReset { person } => agree_reset(*person, case)?,
            Act::SeeReset { seq } => see_reset(*seq, case)?,
            Act::Recover { person, code } => {
                super::has_account(*person, case)?;
                Entry::Recovered(Recovered {
                    person: *person,
                    code: code.clone(),
                    until: plus_days(case.today, RECOVERY_DAYS),
                })
            }
            Act::RecordSignInAnew => return Ok(vec![AnyEntry::Access(AccessEntry::SignedIn)]),
            Act::RecordSlowed { person } => {
                super::has_account(*person, case)?;
                Entry::Slowed(Whose { person: *person })
            }
        };
        Ok(vec![AnyEntry::Access(AccessEntry::Step(entry))])
    }

    /// What comes of what somebody asks about their own steps.
    fn own(&self, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
        let person = super::myself(case)?;
        super::has_account(person, case)?;
        let Some(steps) = case.setting.access.steps(person) else {
            return no("", "You have no account here");
        };
        if !matches!(self, Act::UseCode { .. }) {
            proven(steps.any(), case)?;
        }
        Ok(match self {
            Act::AddApp { secret } => Entry::AppAdded(AppAdded {
                person,
                secret: case.seal_words(person, secret)?,
            }),
            Act::RemoveApp => {
                if steps.app().is_none() {
                    return no("", "You have no authenticator app set up here");
                }
                not_the_last(steps.passkeys().len(), person, case)?;
                Entry::AppRemoved(Whose { person })
            }
            Act::MakeCodes { codes } => {
                if codes.len() != CODES {
                    return no("", "Ten recovery codes are made at a time");
                }
                Entry::CodesMade(CodesMade {
                    person,
                    codes: codes.clone(),
                })
            }
            Act::UseCode { code } => {
                if !steps.has_code(code) {
                    return no("code", "This code is wrong, or it was used before");
                }
                Entry::CodeUsed(CodeUsed {
                    person,
                    code: code.clone(),
                })
            }
            Act::AddPasskey { id, key, name } => {
                if steps.passkeys().len() >= PASSKEYS_MAX {
                    return no("name", "You have ten passkeys. Take one away first");
                }
                if case.setting.access.whose_passkey(id).is_some() {
                    return no("name", "This device has a passkey here already");
                }
                Entry::PasskeyAdded(PasskeyAdded {
                    person,
                    id: id.clone(),
                    key: key.clone(),
                    name: case.seal_words(person, name)?,
                })
            }
            Act::RemovePasskey { id } => {
                if !steps.passkeys().iter().any(|passkey| passkey.id == *id) {
                    return no(
                        "passkey",
                        "You have no such passkey. It may be gone already",
                    );
                }
                let app = usize::from(steps.app().is_some());
                not_the_last(steps.passkeys().len().saturating_sub(1) + app, person, case)?;
                Entry::PasskeyRemoved(PasskeyRemoved {
                    person,
                    id: id.clone(),
                })
            }
            Act::ChoosePin { hash } => Entry::PinChosen(PinChosen {
                person,
                hash: case.seal_words(person, hash)?,
            }),
            Act::Begin
            | Act::RecordUnlocked { .. }
            | Act::AskReset { .. }
            | Act::AgreeReset { .. }
            | Act::SeeReset { .. }
            | Act::Recover { .. }
            | Act::RecordSignInAnew
            | Act::RecordSlowed { .. } => return no("", "Nothing was asked about your own steps"),
        })
    }
}

/// Who may ask for a lost second step to be taken away, and agree to it.
#[must_use]
pub(in crate::access) fn resetting() -> Need {
    Need::Proven(Box::new(Need::leadership()))
}

/// Who may look afterwards: those who lead and those who watch over them.
#[must_use]
pub(in crate::access) fn watching() -> Need {
    let over = Need::Holds(vec![Role::Chair, Role::NamedMember]);
    Need::AnyOf(vec![Need::leadership(), over])
}

/// Whoever has a second step changes steps only after using it: a password that was found out must
/// not be enough to make another way in.
fn proven(has: bool, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if has && case.who.proof != Proof::Two {
        return no("", "Sign in with your second step first");
    }
    Ok(())
}

fn not_the_last(left: usize, person: Person, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let asked =
        crate::access::register::steps::asked(case.setting, case.in_force, person, case.today);
    if left == 0 && asked.is_some() {
        return no(
            "",
            "This is your only second step, and your account needs one. Set up another first",
        );
    }
    Ok(())
}

fn ask_reset(person: Person, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    super::has_account(person, case)?;
    if case.person() == Some(person) {
        return no(
            "person",
            "You can’t ask for yourself. Ask a manager or a safeguarding lead to do it",
        );
    }
    if !case
        .setting
        .access
        .steps(person)
        .is_some_and(|steps| steps.any())
    {
        return no("person", "This person has no second step");
    }
    Ok(Entry::ResetAsked(Whose { person }))
}

fn agree_reset(person: Person, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    super::has_account(person, case)?;
    let asked = case.setting.access.reset_asked(person, case.now);
    let Some(asked) = asked else {
        return no(
            "person",
            format!("Nobody has asked for this in the last {RESET_HOURS} hours"),
        );
    };
    if case.person() == asked || case.person() == Some(person) {
        return no(
            "person",
            "It takes a second person: somebody else who leads, not the one who asked",
        );
    }
    Ok(Entry::Reset(Whose { person }))
}

fn see_reset(seq: u64, case: &Case<'_>) -> Result<Entry, Vec<Mistake>> {
    let waiting = case.setting.access.unseen();
    let Some(one) = waiting.iter().find(|one| one.seq == seq) else {
        return no("seq", "This was looked at already");
    };
    if one.by.iter().any(|by| case.person() == Some(*by)) || case.person() == Some(one.person) {
        return no("seq", "Somebody looks at it who had no part in it");
    }
    Ok(Entry::ResetSeen(ResetSeen { seq }))
}
