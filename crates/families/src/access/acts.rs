//! What can be asked for about accounts. Passwords never come here: whoever reads the form makes
//! the hash, and an act carries only that.

pub mod codes;
pub mod exceptions;
pub mod files;
pub mod kiosks;
pub mod looks;
pub mod oidc;
pub mod steps;
pub mod systems;

use super::entries::{
    AccountClosed, AccountOpened, Entry, PasswordChosen, SignInFailed, TokenMade, TokenRevoked,
    Whose,
};
use super::{register::codes::Fits, strength::Chosen};
use crate::{
    people::{self, acts::NewPerson, group::Group},
    place::entries::Described,
    roles::{self, role::Role},
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use jiff::ToSpan;
use kernel::{ruling::Mistake, sealed::Private};

/// How long a code for choosing a password is good, in days.
const CODE_DAYS: i64 = 14;

/// The most tokens that a person has at a time.
const TOKENS_MAX: usize = 20;

/// What can be asked for about accounts.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Set up a new Stairgate: the place and its first manager.
    SetUp(Box<SetUp>),
    /// Open an account for somebody, who chooses a password with the code.
    OpenAccount {
        /// For whom.
        person: Person,
        /// The user name.
        user: String,
        /// SHA-256 of the code, in hex.
        code: String,
    },
    /// Give a new code to somebody who can't sign in.
    GiveCode {
        /// To whom.
        person: Person,
        /// SHA-256 of the code, in hex.
        code: String,
    },
    /// Choose a password with a code.
    TakeUp {
        /// The user name.
        user: String,
        /// SHA-256 of the code, in hex.
        code: String,
        /// The password.
        password: Chosen,
    },
    /// Choose another password.
    ChangePassword {
        /// The password.
        password: Chosen,
    },
    /// Keep the password that somebody just signed in with under a hash of today's cost. It stays the
    /// same password, and sessions go on.
    HashAnew {
        /// Argon2id, as PHC text.
        hash: String,
        /// How often they had chosen a password when it was checked.
        epoch: u32,
    },
    /// Close somebody's account.
    CloseAccount {
        /// Whose.
        person: Person,
    },
    /// Sign somebody out wherever they are signed in, as when a telephone was lost.
    EndSessions {
        /// Whom.
        person: Person,
    },
    /// Record that somebody signed in.
    RecordSignIn,
    /// Record that somebody signed out.
    RecordSignOut,
    /// Record that somebody tried a wrong password.
    RecordFailedSignIn {
        /// Whose account it was.
        person: Person,
    },
    /// Make a token with which a program acts as oneself.
    MakeToken {
        /// What it is for.
        name: String,
        /// SHA-256 of the token, in hex.
        digest: String,
    },
    /// Take a token back.
    RevokeToken {
        /// Which: the first eight characters of the digest.
        token: String,
    },
    /// About codes that wait.
    Code(codes::Act),
    /// About second steps.
    Step(steps::Act),
    /// About kiosks.
    Kiosk(kiosks::Act),
    /// About accounts somewhere else.
    Oidc(oidc::Act),
    /// About systems and who may use them.
    System(systems::Act),
    /// About exceptional access.
    Exception(exceptions::Act),
    /// Record a look.
    Look(looks::Act),
    /// About files that people keep.
    File(files::Act),
}

/// A new Stairgate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// The place.
    pub place: Described,
    /// The manager's name.
    pub manager: String,
    /// Whether the manager is the designated safeguarding lead too.
    pub is_lead: bool,
    /// The manager's user name.
    pub user: String,
    /// The manager's password.
    pub password: Chosen,
}

type Answer = Result<Vec<AnyEntry>, Vec<Mistake>>;

impl Act {
    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::SetUp(_) => "access.set-up",
            Act::OpenAccount { .. } => "access.open-account",
            Act::GiveCode { .. } => "access.give-code",
            Act::TakeUp { .. } => "access.take-up",
            Act::ChangePassword { .. } => "access.change-password",
            Act::HashAnew { .. } => "access.hash-anew",
            Act::CloseAccount { .. } => "access.close-account",
            Act::EndSessions { .. } => "access.end-sessions",
            Act::RecordSignIn => "access.record-sign-in",
            Act::RecordSignOut => "access.record-sign-out",
            Act::RecordFailedSignIn { .. } => "access.record-failed-sign-in",
            Act::MakeToken { .. } => "access.make-token",
            Act::RevokeToken { .. } => "access.revoke-token",
            Act::Code(act) => act.name(),
            Act::Step(act) => act.name(),
            Act::Kiosk(act) => act.name(),
            Act::Oidc(act) => act.name(),
            Act::System(act) => act.name(),
            Act::Exception(act) => act.name(),
            Act::Look(act) => act.name(),
            Act::File(act) => act.name(),
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::SetUp(_) => Need::FirstRun,
            Act::OpenAccount { .. }
            | Act::GiveCode { .. }
            | Act::CloseAccount { .. }
            | Act::EndSessions { .. } => super::administering(setting),
            Act::TakeUp { .. } | Act::RecordFailedSignIn { .. } => Need::Anyone,
            Act::ChangePassword { .. }
            | Act::HashAnew { .. }
            | Act::RecordSignIn
            | Act::RecordSignOut
            | Act::MakeToken { .. }
            | Act::RevokeToken { .. } => Need::SignedIn,
            Act::Code(act) => act.need(),
            Act::Step(act) => act.need(),
            Act::Kiosk(act) => act.need(),
            Act::Oidc(act) => act.need(setting),
            Act::System(act) => act.need(setting),
            Act::Exception(act) => act.need(setting),
            Act::Look(act) => act.need(),
            Act::File(act) => act.need(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Answer {
        let entry = match self {
            Act::Code(act) => return act.entries(case),
            Act::Step(act) => return act.entries(case),
            Act::Kiosk(act) => return act.entries(case),
            Act::Oidc(act) => return act.entries(case),
            Act::System(act) => return act.entries(case),
            Act::Exception(act) => return act.entries(case),
            Act::Look(act) => return act.entries(case),
            Act::File(act) => return act.entries(case),
            Act::SetUp(set_up) => return begin(set_up, case),
            Act::OpenAccount { person, user, code } => return open(*person, user, code, case),
            Act::GiveCode { person, code } => {
                has_account(*person, case)?;
                if !case.setting.people.is_here(*person, case.today) {
                    return no("person", "This person is not here, so they can’t sign in");
                }
                if case.person() == Some(*person) {
                    return no(
                        "person",
                        "This is your own account. Choose another password there: it asks for the one that you have",
                    );
                }
                codes::give(*person, code, case)
            }
            Act::TakeUp {
                user,
                code,
                password,
            } => take_up(user, code, password, case)?,
            Act::ChangePassword { password } => {
                let person = myself(case)?;
                has_account(person, case)?;
                Entry::PasswordChosen(PasswordChosen {
                    person,
                    hash: sealed(password, person, case)?,
                })
            }
            Act::HashAnew { hash, epoch } => {
                let person = myself(case)?;
                // Somebody may have chosen another password while this one was checked.
                if case.setting.access.epoch(person) != Some(*epoch) {
                    return no("password", "This is not the password of now any more");
                }
                Entry::HashedAnew(PasswordChosen {
                    person,
                    hash: case.seal_words(person, hash)?,
                })
            }
            Act::CloseAccount { person } => {
                has_account(*person, case)?;
                if case.person() == Some(*person) {
                    return no(
                        "person",
                        "You can’t close your own account. Ask another manager to do it",
                    );
                }
                Entry::AccountClosed(AccountClosed { person: *person })
            }
            Act::EndSessions { person } => {
                has_account(*person, case)?;
                if case.person() == Some(*person) {
                    return no(
                        "person",
                        "This is your own account. Its page lists your devices: end them there",
                    );
                }
                Entry::SessionsEnded(Whose { person: *person })
            }
            Act::RecordSignIn => Entry::SignedIn,
            Act::RecordSignOut => Entry::SignedOut,
            Act::RecordFailedSignIn { person } => {
                has_account(*person, case)?;
                Entry::SignInFailed(SignInFailed { person: *person })
            }
            Act::MakeToken { name, digest } => {
                let person = myself(case)?;
                has_account(person, case)?;
                if case.setting.access.tokens(person).len() >= TOKENS_MAX {
                    return no("name", "You have too many tokens. Take one back first");
                }
                Entry::TokenMade(TokenMade {
                    person,
                    name: name.clone(),
                    digest: digest.clone(),
                })
            }
            Act::RevokeToken { token } => {
                let person = myself(case)?;
                let Some(digest) = case.setting.access.token_of(person, token) else {
                    return no(
                        "token",
                        "You have no such token. It may have been taken back already",
                    );
                };
                Entry::TokenRevoked(TokenRevoked {
                    person,
                    digest: digest.to_owned(),
                })
            }
        };
        Ok(vec![AnyEntry::Access(entry)])
    }
}

fn myself(case: &Case<'_>) -> Result<Person, Vec<Mistake>> {
    case.person()
        .ok_or_else(|| vec![Mistake::new("Sign in first")])
}

fn until(case: &Case<'_>) -> kernel::moment::Date {
    case.today
        .checked_add(CODE_DAYS.days())
        .unwrap_or(case.today)
}

fn has_account(person: Person, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    if case.setting.access.has_account(person) {
        Ok(())
    } else {
        no("person", "This person has no account")
    }
}

/// User names are 3 to 40 small letters, digits, dots and hyphens, and unique.
fn check_user(user: &str, case: &Case<'_>) -> Result<(), Vec<Mistake>> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    if !(3..=40).contains(&user.len()) || !user.chars().all(plain) {
        return no(
            "user",
            "A user name is 3 to 40 small letters, digits, dots or hyphens, such as maya.lin",
        );
    }
    let taken = case
        .setting
        .access
        .find_user(|sealed| case.sealer.open(sealed).as_deref() == Some(user));
    if taken.is_some() {
        return no(
            "user",
            "Somebody has this user name already. Choose another",
        );
    }
    Ok(())
}

fn open(person: Person, user: &str, code: &str, case: &Case<'_>) -> Answer {
    if !case.setting.people.is_here(person, case.today) {
        return no("person", "There is no such person here");
    }
    if case.setting.people.groups(person).contains(&Group::Child) {
        return no("person", "Children do not have accounts");
    }
    if case.setting.access.has_account(person) {
        return no(
            "person",
            "This person has an account already. Give a new code if they can’t sign in",
        );
    }
    check_user(user, case)?;
    let user = case.seal_words(person, user)?;
    let mut opened = AccountOpened {
        person,
        user,
        code: None,
        until: None,
        hash: None,
    };
    // An account that is opened anew lets somebody in who was here before, as a new code does.
    let anew = case.setting.access.was_closed(person);
    if let Entry::Code(waits) = codes::give(person, code, case)
        && anew
    {
        let entries = [Entry::AccountOpened(opened), Entry::Code(waits)];
        return Ok(entries.map(AnyEntry::Access).into());
    }
    opened.code = Some(code.to_owned());
    opened.until = Some(until(case));
    Ok(vec![AnyEntry::Access(Entry::AccountOpened(opened))])
}

fn take_up(
    user: &str,
    code: &str,
    password: &Chosen,
    case: &Case<'_>,
) -> Result<Entry, Vec<Mistake>> {
    let access = &case.setting.access;
    let person = access.find_user(|sealed| case.sealer.open(sealed).as_deref() == Some(user));
    let here = |person: &Person| case.setting.people.is_here(*person, case.today);
    // Whoever gave the code knows it, and takes it along when they leave.
    let given = |person: &Person| access.code_giver(*person, code).is_none_or(|by| here(&by));
    let person = person.filter(here).filter(given);
    let fits = person.map_or(Fits::Not, |person| access.code_fits(person, code, case.now));
    if let Fits::Waits(from) = fits {
        return no(
            "code",
            format!(
                "This code waits: somebody else who leads agrees to it, or it is good from {}",
                from.in_words()
            ),
        );
    }
    // The same answer whether the user name or the code is wrong, so that nobody learns who has an account.
    let Some(person) = person.filter(|_| fits == Fits::Good) else {
        return no(
            "code",
            "The user name and the code do not fit together, or the code is too old. Ask your manager for a new one",
        );
    };
    Ok(Entry::PasswordChosen(PasswordChosen {
        person,
        hash: sealed(password, person, case)?,
    }))
}

/// The hash to keep of a password that is strong enough. Where the policy has its own measure, its
/// control has judged already.
fn sealed(
    password: &Chosen,
    person: Person,
    case: &Case<'_>,
) -> Result<Private<String>, Vec<Mistake>> {
    if case.in_force.find("access.password-strength").is_none() {
        password.strength.check()?;
    }
    case.seal_words(person, &password.hash)
}

fn begin(set_up: &SetUp, case: &Case<'_>) -> Answer {
    check_user(&set_up.user, case)?;
    let person = case.setting.people.next_person();
    let new = NewPerson {
        name: set_up.manager.clone(),
        groups: vec![Group::Staff],
        ..NewPerson::default()
    };
    let added = people::acts::added(&new, person, case)?;
    let account = AccountOpened {
        person,
        user: case.seal_words(person, &set_up.user)?,
        code: None,
        until: None,
        hash: Some(sealed(&set_up.password, person, case)?),
    };
    let mut entries = vec![
        AnyEntry::Place(crate::place::entries::Entry::Described(
            set_up.place.clone(),
        )),
        AnyEntry::People(people::entries::Entry::Added(added)),
        AnyEntry::Access(Entry::AccountOpened(account)),
        roles::entries::given(Role::Manager, person, case.today),
    ];
    if set_up.is_lead {
        entries.push(roles::entries::given(Role::Lead, person, case.today));
    }
    Ok(entries)
}
