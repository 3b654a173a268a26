//! Facts about second steps: passkeys, authenticator apps, recovery codes, PINs, and how somebody
//! who lost theirs came back.

use crate::{
    roles::role::Role,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::{moment::Date, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about second steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// From now on this program asks people for a second step.
    Begun,
    /// Somebody set up an authenticator app.
    AppAdded(AppAdded),
    /// Somebody took their authenticator app away.
    AppRemoved(Whose),
    /// Somebody got new recovery codes; those of before are worth nothing.
    CodesMade(CodesMade),
    /// Somebody used up a recovery code.
    CodeUsed(CodeUsed),
    /// Somebody made a passkey.
    PasskeyAdded(PasskeyAdded),
    /// Somebody took a passkey away.
    PasskeyRemoved(PasskeyRemoved),
    /// Somebody chose a PIN for unlocking.
    PinChosen(PinChosen),
    /// Somebody unlocked their session.
    Unlocked(Unlocked),
    /// Somebody asked for another person's lost second step to be taken away.
    ResetAsked(Whose),
    /// A second person agreed: the second steps were taken away.
    Reset(Whose),
    /// Somebody looked at a reset afterwards.
    ResetSeen(ResetSeen),
    /// Whoever keeps the machine let somebody in again.
    Recovered(Recovered),
    /// So many wrong passwords were tried that the next had to wait.
    Slowed(Whose),
}

/// Somebody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whose {
    /// Whose.
    pub person: Person,
}

/// Somebody set up an authenticator app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppAdded {
    /// Who.
    pub person: Person,
    /// The secret that the app shares, in base32.
    pub secret: Private<String>,
}

/// Somebody got new recovery codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodesMade {
    /// Who.
    pub person: Person,
    /// SHA-256 of each, in hex.
    pub codes: Vec<String>,
}

/// Somebody used up a recovery code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeUsed {
    /// Who.
    pub person: Person,
    /// SHA-256 of it, in hex.
    pub code: String,
}

/// Somebody made a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyAdded {
    /// Who.
    pub person: Person,
    /// The passkey's id, base64 for addresses.
    pub id: String,
    /// The public key in COSE form, base64 for addresses.
    pub key: String,
    /// What the person calls it.
    pub name: Private<String>,
}

/// Somebody took a passkey away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRemoved {
    /// Who.
    pub person: Person,
    /// The passkey's id.
    pub id: String,
}

/// Somebody chose a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinChosen {
    /// Who.
    pub person: Person,
    /// Argon2id, as PHC text.
    pub hash: Private<String>,
}

/// Somebody unlocked their session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlocked {
    /// With what.
    pub with: Key,
}

/// What a locked session is unlocked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// The PIN.
    Pin,
    /// The password.
    Password,
    /// A passkey.
    Passkey,
}

/// Somebody looked at a reset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetSeen {
    /// The entry that they looked at.
    pub seq: u64,
}

/// Whoever keeps the machine let somebody in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovered {
    /// Who.
    pub person: Person,
    /// SHA-256 of the code for choosing a password, in hex.
    pub code: String,
    /// The last day on which it is good.
    pub until: Date,
}

#[derive(Serialize, Deserialize)]
struct Empty {}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Begun => Written::of("access.steps-begun", 1, &Empty {}),
            Entry::AppAdded(fact) => Written::of("access.app-added", 1, fact),
            Entry::AppRemoved(fact) => Written::of("access.app-removed", 1, fact),
            Entry::CodesMade(fact) => Written::of("access.recovery-codes-made", 1, fact),
            Entry::CodeUsed(fact) => Written::of("access.recovery-code-used", 1, fact),
            Entry::PasskeyAdded(fact) => Written::of("access.passkey-added", 1, fact),
            Entry::PasskeyRemoved(fact) => Written::of("access.passkey-removed", 1, fact),
            Entry::PinChosen(fact) => Written::of("access.pin-chosen", 1, fact),
            Entry::Unlocked(fact) => Written::of("access.unlocked", 1, fact),
            Entry::ResetAsked(fact) => Written::of("access.steps-reset-asked", 1, fact),
            Entry::Reset(fact) => Written::of("access.steps-reset", 1, fact),
            Entry::ResetSeen(fact) => Written::of("access.steps-reset-seen", 1, fact),
            Entry::Recovered(fact) => Written::of("access.recovered", 1, fact),
            Entry::Slowed(fact) => Written::of("access.slowed", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Begun => "began to ask people for a second step".to_owned(),
            Entry::AppAdded(_) => "set up an authenticator app".to_owned(),
            Entry::AppRemoved(_) => "took an authenticator app away".to_owned(),
            Entry::CodesMade(_) => "made new recovery codes".to_owned(),
            Entry::CodeUsed(_) => "used up a recovery code".to_owned(),
            Entry::PasskeyAdded(_) => "made a passkey".to_owned(),
            Entry::PasskeyRemoved(_) => "took a passkey away".to_owned(),
            Entry::PinChosen(_) => "chose a PIN for unlocking".to_owned(),
            Entry::Unlocked(fact) => format!("unlocked with the {}", fact.with.in_words()),
            Entry::ResetAsked(fact) => format!(
                "asked for the second step of {} to be taken away",
                fact.person.mark()
            ),
            Entry::Reset(fact) => format!(
                "agreed and took away the second step of {}",
                fact.person.mark()
            ),
            Entry::ResetSeen(fact) => {
                format!(
                    "looked at entry {}, how somebody was let in again",
                    fact.seq
                )
            }
            Entry::Recovered(fact) => format!(
                "let {} in again from the machine itself",
                fact.person.mark()
            ),
            Entry::Slowed(fact) => format!(
                "tried so many wrong passwords for the account of {} that the next had to wait",
                fact.person.mark()
            ),
        }
    }
}

/// Who is told when somebody was let in again.
const LEADERS: [Role; 4] = [
    Role::Manager,
    Role::DeputyManager,
    Role::Lead,
    Role::DeputyLead,
];

impl Entry {
    /// Whoever is told at once: how they sign in has changed, or somebody tried.
    #[must_use]
    pub fn told(&self) -> Option<Person> {
        match self {
            Entry::AppAdded(AppAdded { person, .. })
            | Entry::AppRemoved(Whose { person })
            | Entry::CodeUsed(CodeUsed { person, .. })
            | Entry::PasskeyAdded(PasskeyAdded { person, .. })
            | Entry::PasskeyRemoved(PasskeyRemoved { person, .. })
            | Entry::ResetAsked(Whose { person })
            | Entry::Reset(Whose { person })
            | Entry::Recovered(Recovered { person, .. })
            | Entry::Slowed(Whose { person }) => Some(*person),
            Entry::Begun
            | Entry::CodesMade(_)
            | Entry::PinChosen(_)
            | Entry::Unlocked(_)
            | Entry::ResetSeen(_) => None,
        }
    }

    /// Those of the leaders who are told: of what needs a second person, or a look.
    #[must_use]
    pub fn told_to_leaders(&self) -> &'static [Role] {
        match self {
            Entry::ResetAsked(_) | Entry::Reset(_) | Entry::Recovered(_) => &LEADERS,
            Entry::Begun
            | Entry::AppAdded(_)
            | Entry::AppRemoved(_)
            | Entry::CodesMade(_)
            | Entry::CodeUsed(_)
            | Entry::PasskeyAdded(_)
            | Entry::PasskeyRemoved(_)
            | Entry::PinChosen(_)
            | Entry::Unlocked(_)
            | Entry::ResetSeen(_)
            | Entry::Slowed(_) => &[],
        }
    }
}

impl Key {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Key::Pin => "PIN",
            Key::Password => "password",
            Key::Passkey => "passkey",
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::Step(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 14] = [
    Shape::new(
        "access.steps-begun",
        1,
        |body| of(body, |_: Empty| Entry::Begun),
        "{}",
    ),
    Shape::new(
        "access.app-added",
        1,
        |body| of(body, Entry::AppAdded),
        r#"{"person":7,"secret":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.app-removed",
        1,
        |body| of(body, Entry::AppRemoved),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.recovery-codes-made",
        1,
        |body| of(body, Entry::CodesMade),
        r#"{"person":7,"codes":["00ff","ff00"]}"#,
    ),
    Shape::new(
        "access.recovery-code-used",
        1,
        |body| of(body, Entry::CodeUsed),
        r#"{"person":7,"code":"00ff"}"#,
    ),
    Shape::new(
        "access.passkey-added",
        1,
        |body| of(body, Entry::PasskeyAdded),
        r#"{"person":7,"id":"AAEC","key":"pQEC","name":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.passkey-removed",
        1,
        |body| of(body, Entry::PasskeyRemoved),
        r#"{"person":7,"id":"AAEC"}"#,
    ),
    Shape::new(
        "access.pin-chosen",
        1,
        |body| of(body, Entry::PinChosen),
        r#"{"person":7,"hash":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.unlocked",
        1,
        |body| of(body, Entry::Unlocked),
        r#"{"with":"pin"}"#,
    ),
    Shape::new(
        "access.steps-reset-asked",
        1,
        |body| of(body, Entry::ResetAsked),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.steps-reset",
        1,
        |body| of(body, Entry::Reset),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "access.steps-reset-seen",
        1,
        |body| of(body, Entry::ResetSeen),
        r#"{"seq":12}"#,
    ),
    Shape::new(
        "access.recovered",
        1,
        |body| of(body, Entry::Recovered),
        r#"{"person":7,"code":"00ff","until":"2026-09-02"}"#,
    ),
    Shape::new(
        "access.slowed",
        1,
        |body| of(body, Entry::Slowed),
        r#"{"person":7}"#,
    ),
];
