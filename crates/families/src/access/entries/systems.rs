//! Facts about systems that people use beside this program, who may use them, and what is lent.

use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::sealed::Private;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about systems.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A system came onto the register.
    Added(SystemAdded),
    /// A system is no longer used.
    Retired(SystemRetired),
    /// Somebody was granted access.
    Granted(Granted),
    /// Somebody's access was closed.
    Withdrawn(Withdrawn),
    /// The password of a system was changed.
    PasswordChanged(PasswordChanged),
    /// Something was lent.
    Lent(Lent),
    /// Something that was lent is back.
    HandedBack(HandedBack),
}

/// What kind of system it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An account somewhere.
    Account,
    /// A mailbox.
    Mailbox,
    /// A learning platform or journal.
    Platform,
    /// A website or a page in a social network.
    Website,
    /// A computer, tablet, phone or camera.
    Device,
    /// Folders and files.
    Folder,
    /// A network.
    Wifi,
    /// Anything else.
    Other,
}

/// A system came onto the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemAdded {
    /// Its number.
    pub system: u32,
    /// Its kind.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Whether those who use it know one password together.
    pub one_password: bool,
}

/// A system is no longer used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemRetired {
    /// Which.
    pub system: u32,
}

/// Somebody was granted access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The number of the grant.
    pub grant: u32,
    /// To what.
    pub system: u32,
    /// To whom.
    pub person: Person,
    /// Why.
    pub why: Private<String>,
}

/// Somebody's access was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The number of the grant.
    pub grant: u32,
}

/// The password of a system was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// Of which system.
    pub system: u32,
}

/// Something was lent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lent {
    /// Its number.
    pub thing: u32,
    /// To whom.
    pub person: Person,
    /// What: "a key to the front door".
    pub what: String,
}

/// Something that was lent is back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedBack {
    /// Its number.
    pub thing: u32,
}

impl Kind {
    /// All kinds: key and words.
    pub const ALL: [(Kind, &'static str, &'static str); 8] = [
        (Kind::Account, "account", "Account"),
        (Kind::Mailbox, "mailbox", "Mailbox"),
        (Kind::Platform, "platform", "Learning platform or journal"),
        (Kind::Website, "website", "Website or social network page"),
        (Kind::Device, "device", "Device"),
        (Kind::Folder, "folder", "Folders and files"),
        (Kind::Wifi, "wifi", "Network or wifi"),
        (Kind::Other, "other", "Something else"),
    ];

    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        let found = Kind::ALL.iter().find(|(kind, ..)| *kind == self);
        found.map_or("", |(_, _, words)| words)
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Kind> {
        let found = Kind::ALL.iter().find(|(_, own, _)| *own == key);
        found.map(|(kind, ..)| *kind)
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Added(fact) => Written::of("access.system-added", 1, fact),
            Entry::Retired(fact) => Written::of("access.system-retired", 1, fact),
            Entry::Granted(fact) => Written::of("access.granted", 1, fact),
            Entry::Withdrawn(fact) => Written::of("access.withdrawn", 1, fact),
            Entry::PasswordChanged(fact) => Written::of("access.system-password-changed", 1, fact),
            Entry::Lent(fact) => Written::of("access.lent", 1, fact),
            Entry::HandedBack(fact) => Written::of("access.handed-back", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Added(fact) => format!("put {} on the access register", fact.name),
            Entry::Retired(fact) => {
                format!("took system {} off the access register", fact.system)
            }
            Entry::Granted(fact) => format!(
                "granted {} access to system {}",
                fact.person.mark(),
                fact.system
            ),
            Entry::Withdrawn(fact) => format!("closed access number {}", fact.grant),
            Entry::PasswordChanged(fact) => {
                format!("changed the password of system {}", fact.system)
            }
            Entry::Lent(fact) => format!("lent {} to {}", fact.what, fact.person.mark()),
            Entry::HandedBack(fact) => format!("took back thing number {}", fact.thing),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::System(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 7] = [
    Shape::new(
        "access.system-added",
        1,
        |body| of(body, Entry::Added),
        r#"{"system":1,"kind":"mailbox","name":"Admissions","one_password":true}"#,
    ),
    Shape::new(
        "access.system-retired",
        1,
        |body| of(body, Entry::Retired),
        r#"{"system":1}"#,
    ),
    Shape::new(
        "access.granted",
        1,
        |body| of(body, Entry::Granted),
        r#"{"grant":1,"system":1,"person":7,"why":{"of":"person:7","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "access.withdrawn",
        1,
        |body| of(body, Entry::Withdrawn),
        r#"{"grant":1}"#,
    ),
    Shape::new(
        "access.system-password-changed",
        1,
        |body| of(body, Entry::PasswordChanged),
        r#"{"system":1}"#,
    ),
    Shape::new(
        "access.lent",
        1,
        |body| of(body, Entry::Lent),
        r#"{"thing":1,"person":7,"what":"a key to the front door"}"#,
    ),
    Shape::new(
        "access.handed-back",
        1,
        |body| of(body, Entry::HandedBack),
        r#"{"thing":1}"#,
    ),
];
