//! Facts about devices, in shapes that load for ever. What is only for some to see, the custody of
//! evidence, is in kinds of its own: `devices.custody-…`.

pub mod custody;

use super::kinds::{About, Internet};
use crate::spine::{
    act::{Person, Room},
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::{moment::Date, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about devices.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A device came onto the register.
    Added(Described),
    /// What is known about it was put right.
    Changed(Described),
    /// It is lost.
    Lost(Went),
    /// It was found again.
    Found(Went),
    /// It went for good.
    Disposed(Disposed),
    /// It was taken out of use.
    TakenOut(TakenOut),
    /// It is in use again.
    BroughtBack(Of),
    /// It was handed to somebody.
    HandedOut(HandedOut),
    /// Whoever has it says so.
    Acknowledged(Of),
    /// It came back.
    HandedBack(Of),
    /// A browser was made known as this device.
    Enrolled(Enrolled),
    /// It no longer is.
    Unenrolled(Of),
    /// What is not the setting’s may be used for a time.
    UseAllowed(UseAllowed),
    /// Somebody may use it for themselves, too.
    PersonalUseAllowed(PersonalUseAllowed),
    /// That has ended.
    PersonalUseEnded(Of),
    /// Whether the internet is there for a device.
    InternetSet(InternetSet),
    /// Whether the internet is there for all devices of a room.
    RoomInternetSet(RoomInternetSet),
    /// Something unknown was seen on the network.
    UnknownSeen(Seen),
    /// It was said what it is.
    UnknownSettled(Settled),
    /// The custody of what may be evidence.
    Custody(custody::Entry),
}

/// A device and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// Its number.
    pub device: u32,
    /// What is known.
    pub about: About,
}

/// It went or came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Went {
    /// The device.
    pub device: u32,
    /// How.
    pub how: Private<String>,
}

/// It went for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposed {
    /// The device.
    pub device: u32,
    /// How, by key.
    pub how: String,
    /// What shows that it did.
    pub evidence: Private<String>,
}

/// It was taken out of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOut {
    /// The device.
    pub device: u32,
    /// Why, where that was said.
    #[serde(default)]
    pub why: Option<Private<String>>,
}

/// Of this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    /// The device.
    pub device: u32,
}

/// It was handed to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOut {
    /// The device.
    pub device: u32,
    /// To whom.
    pub person: Person,
    /// Until when; for good where nothing is said.
    #[serde(default)]
    pub until: Option<Date>,
    /// What for.
    pub what_for: Private<String>,
}

/// A browser was made known as this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The device.
    pub device: u32,
    /// As the program tells it from others.
    pub label: String,
}

/// What is not the setting’s may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseAllowed {
    /// The device.
    pub device: u32,
    /// What for.
    pub what_for: Private<String>,
    /// The last day.
    pub until: Date,
}

/// Somebody may use it for themselves, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalUseAllowed {
    /// The device.
    pub device: u32,
    /// Who.
    pub person: Person,
    /// Why.
    pub why: Private<String>,
    /// The last day.
    pub until: Date,
}

/// Whether the internet is there for a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InternetSet {
    /// The device.
    pub device: u32,
    /// Whether.
    pub internet: Internet,
}

/// Whether the internet is there for the devices of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomInternetSet {
    /// The room.
    pub room: Room,
    /// Whether.
    pub internet: Internet,
}

/// Something unknown was seen on the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its address.
    pub address: String,
}

/// It was said what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// Its address.
    pub address: String,
    /// What it is, and what was done.
    pub what: Private<String>,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Added(fact) => Written::of("devices.added", 1, fact),
            Entry::Changed(fact) => Written::of("devices.changed", 1, fact),
            Entry::Lost(fact) => Written::of("devices.lost", 1, fact),
            Entry::Found(fact) => Written::of("devices.found", 1, fact),
            Entry::Disposed(fact) => Written::of("devices.disposed", 1, fact),
            Entry::TakenOut(fact) => Written::of("devices.taken-out-of-use", 1, fact),
            Entry::BroughtBack(fact) => Written::of("devices.brought-back", 1, fact),
            Entry::HandedOut(fact) => Written::of("devices.handed-out", 1, fact),
            Entry::Acknowledged(fact) => Written::of("devices.acknowledged", 1, fact),
            Entry::HandedBack(fact) => Written::of("devices.handed-back", 1, fact),
            Entry::Enrolled(fact) => Written::of("devices.enrolled", 1, fact),
            Entry::Unenrolled(fact) => Written::of("devices.unenrolled", 1, fact),
            Entry::UseAllowed(fact) => Written::of("devices.use-allowed", 1, fact),
            Entry::PersonalUseAllowed(fact) => Written::of("devices.personal-use-allowed", 1, fact),
            Entry::PersonalUseEnded(fact) => Written::of("devices.personal-use-ended", 1, fact),
            Entry::InternetSet(fact) => Written::of("devices.internet-set", 1, fact),
            Entry::RoomInternetSet(fact) => Written::of("devices.room-internet-set", 1, fact),
            Entry::UnknownSeen(fact) => Written::of("devices.unknown-seen", 1, fact),
            Entry::UnknownSettled(fact) => Written::of("devices.unknown-settled", 1, fact),
            Entry::Custody(entry) => entry.write(),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Added(fact) => format!("put {} on the register of devices", fact.about.name),
            Entry::Changed(fact) => format!(
                "put right what is known about {}, device {}",
                fact.about.name, fact.device
            ),
            Entry::Lost(fact) => format!("recorded that device {} is lost", fact.device),
            Entry::Found(fact) => format!("recorded that device {} was found", fact.device),
            Entry::Disposed(fact) => format!("recorded that device {} went for good", fact.device),
            Entry::TakenOut(fact) => format!("took device {} out of use", fact.device),
            Entry::BroughtBack(fact) => format!("brought device {} back into use", fact.device),
            Entry::HandedOut(fact) => {
                format!("handed device {} to {}", fact.device, fact.person.mark())
            }
            Entry::Acknowledged(fact) => format!("confirmed having device {}", fact.device),
            Entry::HandedBack(fact) => format!("recorded that device {} is back", fact.device),
            Entry::Enrolled(fact) => format!("made a browser known as device {}", fact.device),
            Entry::Unenrolled(fact) => {
                format!("ended that a browser is known as device {}", fact.device)
            }
            Entry::UseAllowed(fact) => format!(
                "allowed device {}, which is not the setting’s, to be used",
                fact.device
            ),
            Entry::PersonalUseAllowed(fact) => format!(
                "allowed {} personal use of device {}",
                fact.person.mark(),
                fact.device
            ),
            Entry::PersonalUseEnded(fact) => {
                format!("ended personal use of device {}", fact.device)
            }
            Entry::InternetSet(fact) => format!(
                "set the internet of device {}: {}",
                fact.device,
                fact.internet.in_words().to_lowercase()
            ),
            Entry::RoomInternetSet(fact) => format!(
                "set the internet of the devices of {}: {}",
                kernel::naming::room(fact.room.0),
                fact.internet.in_words().to_lowercase()
            ),
            Entry::UnknownSeen(fact) => {
                format!("saw an unknown device on the network ({})", fact.address)
            }
            Entry::UnknownSettled(fact) => format!("said what {} is", fact.address),
            Entry::Custody(entry) => entry.in_words(),
        }
    }
}

pub(super) fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Devices)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "devices.added",
        1,
        |body| of(body, Entry::Added),
        r#"{"device":1,"about":{"name":"Robins tablet 1","kind":"tablet","make":"Aspen 10","serial":"AS-1","tag":"L-001","owner":"setting","users":"children","room":1,"place":"","keeper":3,"bought":"2025-09-01","encrypted":true,"camera":true,"sim":false,"addresses":["aa:bb:cc:00:11:22"],"software":""}}"#,
    ),
    Shape::new(
        "devices.changed",
        1,
        |body| of(body, Entry::Changed),
        r#"{"device":1,"about":{"name":"Laptop","kind":"laptop","owner":{"person":7},"users":"staff"}}"#,
    ),
    Shape::new(
        "devices.lost",
        1,
        |body| of(body, Entry::Lost),
        r#"{"device":1,"how":{"of":"device:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "devices.found",
        1,
        |body| of(body, Entry::Found),
        r#"{"device":1,"how":{"of":"device:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "devices.disposed",
        1,
        |body| of(body, Entry::Disposed),
        r#"{"device":1,"how":"recycled","evidence":{"of":"device:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "devices.taken-out-of-use",
        1,
        |body| of(body, Entry::TakenOut),
        r#"{"device":1,"why":{"of":"device:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "devices.brought-back",
        1,
        |body| of(body, Entry::BroughtBack),
        r#"{"device":1}"#,
    ),
    Shape::new(
        "devices.handed-out",
        1,
        |body| of(body, Entry::HandedOut),
        r#"{"device":1,"person":7,"until":"2026-10-01","what_for":{"of":"device:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "devices.acknowledged",
        1,
        |body| of(body, Entry::Acknowledged),
        r#"{"device":1}"#,
    ),
    Shape::new(
        "devices.handed-back",
        1,
        |body| of(body, Entry::HandedBack),
        r#"{"device":1}"#,
    ),
    Shape::new(
        "devices.enrolled",
        1,
        |body| of(body, Entry::Enrolled),
        r#"{"device":1,"label":"tablet 5f2a91"}"#,
    ),
    Shape::new(
        "devices.unenrolled",
        1,
        |body| of(body, Entry::Unenrolled),
        r#"{"device":1}"#,
    ),
    Shape::new(
        "devices.use-allowed",
        1,
        |body| of(body, Entry::UseAllowed),
        r#"{"device":1,"what_for":{"of":"device:1","sealed":"AAAA"},"until":"2026-10-01"}"#,
    ),
    Shape::new(
        "devices.personal-use-allowed",
        1,
        |body| of(body, Entry::PersonalUseAllowed),
        r#"{"device":1,"person":7,"why":{"of":"person:7","sealed":"AAAA"},"until":"2026-10-01"}"#,
    ),
    Shape::new(
        "devices.personal-use-ended",
        1,
        |body| of(body, Entry::PersonalUseEnded),
        r#"{"device":1}"#,
    ),
    Shape::new(
        "devices.internet-set",
        1,
        |body| of(body, Entry::InternetSet),
        r#"{"device":1,"internet":"opened"}"#,
    ),
    Shape::new(
        "devices.room-internet-set",
        1,
        |body| of(body, Entry::RoomInternetSet),
        r#"{"room":1,"internet":"always"}"#,
    ),
    Shape::new(
        "devices.unknown-seen",
        1,
        |body| of(body, Entry::UnknownSeen),
        r#"{"address":"aa:bb:cc:00:11:22"}"#,
    ),
    Shape::new(
        "devices.unknown-settled",
        1,
        |body| of(body, Entry::UnknownSettled),
        r#"{"address":"aa:bb:cc:00:11:22","what":{"of":"devices","sealed":"AAAA"}}"#,
    ),
    custody::BEGUN,
    custody::PASSED,
    custody::RECEIVED,
    custody::ADVISED,
    custody::RELEASE_ASKED,
    custody::ENDED,
];
