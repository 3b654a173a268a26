//! Facts about accounts and signing in.

pub mod codes;
pub mod exceptions;
pub mod files;
pub mod kiosks;
pub mod looks;
pub mod oidc;
pub mod steps;
pub mod systems;

use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::{moment::Date, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about accounts.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody got an account.
    AccountOpened(AccountOpened),
    /// Somebody got a new code for choosing a password.
    CodeGiven(CodeGiven),
    /// Somebody chose a password.
    PasswordChosen(PasswordChosen),
    /// Somebody's password is kept under another hash; it is the same password.
    HashedAnew(PasswordChosen),
    /// An account was closed.
    AccountClosed(AccountClosed),
    /// Somebody was signed out wherever they were signed in.
    SessionsEnded(Whose),
    /// Whoever made the entry signed in.
    SignedIn,
    /// Whoever made the entry signed out.
    SignedOut,
    /// A wrong password was tried.
    SignInFailed(SignInFailed),
    /// Somebody made a token.
    TokenMade(TokenMade),
    /// A token was taken back.
    TokenRevoked(TokenRevoked),
    /// About codes that wait.
    Code(codes::Entry),
    /// About second steps.
    Step(steps::Entry),
    /// About kiosks.
    Kiosk(kiosks::Entry),
    /// About accounts somewhere else.
    Oidc(oidc::Entry),
    /// About systems and who may use them.
    System(systems::Entry),
    /// About exceptional access.
    Exception(exceptions::Entry),
    /// About looking.
    Look(looks::Entry),
    /// About files that people keep.
    File(files::Entry),
}

/// Somebody got an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOpened {
    /// Who.
    pub person: Person,
    /// The user name.
    pub user: Private<String>,
    /// SHA-256 of the code for choosing a password, in hex.
    #[serde(default)]
    pub code: Option<String>,
    /// The last day on which the code is good.
    #[serde(default)]
    pub until: Option<Date>,
    /// Argon2id, as PHC text, when the password is chosen already.
    #[serde(default)]
    pub hash: Option<Private<String>>,
}

/// Somebody got a new code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeGiven {
    /// Who.
    pub person: Person,
    /// SHA-256 of the code, in hex.
    pub code: String,
    /// The last day on which it is good.
    pub until: Date,
}

/// Somebody chose a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChosen {
    /// Who.
    pub person: Person,
    /// Argon2id, as PHC text.
    pub hash: Private<String>,
}

/// An account was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountClosed {
    /// Whose.
    pub person: Person,
}

/// Whose account it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// Whose.
    pub person: Person,
}

/// A wrong password was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInFailed {
    /// Whose account it was.
    pub person: Person,
}

/// Somebody made a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenMade {
    /// Whose.
    pub person: Person,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token, in hex.
    pub digest: String,
}

/// A token was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRevoked {
    /// Whose.
    pub person: Person,
    /// SHA-256 of the token, in hex.
    pub digest: String,
}

#[derive(Serialize, Deserialize)]
struct Empty {}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::AccountOpened(fact) => Written::of("access.account-opened", 1, fact),
            Entry::CodeGiven(fact) => Written::of("access.code-given", 1, fact),
            Entry::PasswordChosen(fact) => Written::of("access.password-chosen", 1, fact),
            Entry::HashedAnew(fact) => Written::of("access.hashed-anew", 1, fact),
            Entry::AccountClosed(fact) => Written::of("access.account-closed", 1, fact),
            Entry::SessionsEnded(fact) => Written::of("access.sessions-ended", 1, fact),
            Entry::SignedIn => Written::of("access.signed-in", 1, &Empty {}),
            Entry::SignedOut => Written::of("access.signed-out", 1, &Empty {}),
            Entry::SignInFailed(fact) => Written::of("access.sign-in-failed", 1, fact),
            Entry::TokenMade(fact) => Written::of("access.token-made", 1, fact),
            Entry::TokenRevoked(fact) => Written::of("access.token-revoked", 1, fact),
            Entry::Code(entry) => entry.write(),
            Entry::Step(entry) => entry.write(),
            Entry::Kiosk(entry) => entry.write(),
            Entry::Oidc(entry) => entry.write(),
            Entry::System(entry) => entry.write(),
            Entry::Exception(entry) => entry.write(),
            Entry::Look(entry) => entry.write(),
            Entry::File(entry) => entry.write(),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::AccountOpened(fact) => format!("opened an account for {}", fact.person.mark()),
            Entry::CodeGiven(fact) => {
                format!(
                    "gave {} a new code for choosing a password",
                    fact.person.mark()
                )
            }
            Entry::PasswordChosen(fact) => format!("set a new password for {}", fact.person.mark()),
            Entry::HashedAnew(_) => "kept the same password under a newer hash".to_owned(),
            Entry::AccountClosed(fact) => format!("closed the account of {}", fact.person.mark()),
            Entry::SessionsEnded(fact) => {
                format!("signed {} out on every device", fact.person.mark())
            }
            Entry::SignedIn => "signed in".to_owned(),
            Entry::SignedOut => "signed out".to_owned(),
            Entry::SignInFailed(fact) => {
                format!(
                    "tried a wrong password for the account of {}",
                    fact.person.mark()
                )
            }
            Entry::TokenMade(fact) => format!("made a token for a program: {}", fact.name),
            Entry::TokenRevoked(_) => "took back a token".to_owned(),
            Entry::Code(entry) => entry.in_words(),
            Entry::Step(entry) => entry.in_words(),
            Entry::Kiosk(entry) => entry.in_words(),
            Entry::Oidc(entry) => entry.in_words(),
            Entry::System(entry) => entry.in_words(),
            Entry::Exception(entry) => entry.in_words(),
            Entry::Look(entry) => entry.in_words(),
            Entry::File(entry) => entry.in_words(),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Access)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &ALL;

const ALL: [Shape; 55] = {
    let [s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14] = steps::SHAPES;
    let [c1, c2, c3] = codes::SHAPES;
    let [k1, k2, k3] = kiosks::SHAPES;
    let [y1, y2, y3, y4, y5, y6, y7] = systems::SHAPES;
    let [e1, e2, e3, e4] = exceptions::SHAPES;
    let [l1, l2, l3] = looks::SHAPES;
    let [f1, f2, f3, f4, f5, f6] = files::SHAPES;
    let [o1, o2, o3, o4] = oidc::SHAPES;
    let [a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11] = ACCOUNTS;
    [
        a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11,
        s12, s13, s14, k1, k2, k3, y1, y2, y3, y4, y5, y6, y7, e1, e2, e3, e4, l1, l2, l3, f1, f2,
        f3, f4, f5, f6, c1, c2, c3, o1, o2, o3, o4,
    ]
};

const ACCOUNTS: [Shape; 11] = [
    Shape::new(
        "access.account-opened",
        1,
        |body| of(body, Entry::AccountOpened),
        r#"{"person":7,"user":{"of":"person:7","sealed":"AAAA"},"code":"00ff","until":"2026-09-15","hash":null}"#,
    ),
    Shape::new(
        "access.code-given",
        1,
        |body| of(body, Entry::CodeGiven),
        r#"{"person":7,"code":"00ff","until":"2026-09-15"}"#,
    ),
    Shape::new(
        "access.password-chosen",
        1,
        |body| of(body, Entry::PasswordChosen),
        r#"{"person":7,"hash":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.account-closed",
        1,
        |body| of(body, Entry::AccountClosed),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.signed-in",
        1,
        |body| of(body, |_: Empty| Entry::SignedIn),
        "{}",
    ),
    Shape::new(
        "access.signed-out",
        1,
        |body| of(body, |_: Empty| Entry::SignedOut),
        "{}",
    ),
    Shape::new(
        "access.sign-in-failed",
        1,
        |body| of(body, Entry::SignInFailed),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.token-made",
        1,
        |body| of(body, Entry::TokenMade),
        r#"{"person":7,"name":"payroll","digest":"00ff"}"#,
    ),
    Shape::new(
        "access.token-revoked",
        1,
        |body| of(body, Entry::TokenRevoked),
        r#"{"person":7,"digest":"00ff"}"#,
    ),
    Shape::new(
        "access.hashed-anew",
        1,
        |body| of(body, Entry::HashedAnew),
        r#"{"person":7,"hash":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.sessions-ended",
        1,
        |body| of(body, Entry::SessionsEnded),
        r#"{"person":7}"#,
    ),
];
