//! Facts about how people are told. No address is in them but sealed, and none at all in those that
//! say what was sent.

use crate::spine::{
    act::Person,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::sealed::Private;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about how people are told.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// How mail is sent.
    MailSet(MailSet),
    /// Mail is no longer sent.
    MailStopped,
    /// Somebody asked for a message to themselves, to see whether mail arrives.
    TestAsked(About),
    /// Whether somebody wants the daily message.
    Chosen(Chosen),
    /// Browsers can be told, too.
    PushStarted(PushStarted),
    /// Browsers are no longer told.
    PushStopped,
    /// A browser is told of what waits for a person.
    DeviceAdded(DeviceAdded),
    /// A browser is no longer told.
    DeviceRemoved(DeviceRemoved),
    /// Somebody has an address at which a calendar program finds what they owe.
    FeedMade(FeedMade),
    /// That address leads nowhere any more.
    FeedEnded(About),
    /// Somebody was told.
    Sent(Sent),
    /// Somebody could not be told.
    GivenUp(GivenUp),
    /// Whoever manages has looked at what could not be told.
    Settled(Settled),
}

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSet {
    /// The mail server's name.
    pub host: String,
    /// The port on which it takes mail.
    pub port: u16,
    /// How the way there is encrypted.
    pub security: Security,
    /// The user name there; empty: none is asked for.
    pub user: String,
    /// The password there, sealed.
    #[serde(default)]
    pub password: Option<Private>,
    /// The address that messages come from.
    pub from: String,
    /// The address at which people sign in to this program.
    pub address: String,
    /// The hour of the daily message.
    pub hour: i8,
}

/// How the way to the mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// From the first byte.
    #[default]
    Tls,
    /// After asking for it; without it nothing is sent.
    Starttls,
    /// Not at all: only for a server on the same machine.
    None,
}

/// Whom a fact is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Whom.
    pub person: Person,
}

/// What somebody wants to be told by mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Who.
    pub person: Person,
    /// Whether the daily message comes.
    pub daily: bool,
}

/// The two halves of the key with which this setting shows who it is to push services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushStarted {
    /// The public half, as browsers take it.
    pub public: String,
    /// The other half, sealed.
    pub secret: Private,
}

/// A browser that is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAdded {
    /// The number that it gets.
    pub device: u32,
    /// Whose it is.
    pub person: Person,
    /// Where its push service takes messages for it.
    pub endpoint: Private,
    /// What kind of device it is, as the rim tells devices apart.
    pub kind: String,
}

/// A browser that is no longer told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRemoved {
    /// Its number.
    pub device: u32,
    /// Whose it was.
    pub person: Person,
}

/// An address for calendar programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedMade {
    /// Whose.
    pub person: Person,
    /// SHA-256 of the secret in the address, in hex.
    pub digest: String,
    /// How often the person had chosen a password.
    pub epoch: u32,
}

/// By which way somebody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// By mail.
    Mail,
    /// On the device with this number.
    Device(u32),
}

/// What somebody is told of. The message itself does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Something that should be looked at soon.
    Soon,
    /// Something new to read and sign.
    Sign,
    /// Work that is newly due or late.
    Work,
    /// Nothing: a test.
    Test,
}

/// Somebody was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The message's own name: nobody is told twice for the same.
    pub notice: String,
    /// Whom.
    pub person: Person,
    /// By which way.
    pub way: Way,
    /// Of what.
    pub what: What,
    /// For the daily message: marks of the work that it stands for.
    #[serde(default)]
    pub about: Vec<String>,
}

/// Somebody could not be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenUp {
    /// The message's own name.
    pub notice: String,
    /// Whom.
    pub person: Person,
    /// By which way.
    pub way: Way,
    /// Of what.
    pub what: What,
    /// Why.
    pub why: Why,
}

/// Why somebody could not be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The server could not be reached, or did not take it, for two days.
    TooLong,
    /// The server said that it will never take it.
    Refused,
}

/// What could not be told was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The last line that was looked at.
    pub upto: u64,
}

#[derive(Serialize, Deserialize)]
struct Empty {}

impl Why {
    /// As the end of a sentence about a message.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Why::TooLong => "the server could not be reached or did not take it for two days",
            Why::Refused => "the server refused it for good",
        }
    }
}

impl Way {
    /// "by mail".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Way::Mail => "by mail",
            Way::Device(_) => "on a device",
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::MailSet(fact) => Written::of("notices.mail-set", 1, fact),
            Entry::MailStopped => Written::of("notices.mail-stopped", 1, &Empty {}),
            Entry::TestAsked(fact) => Written::of("notices.test-asked", 1, fact),
            Entry::Chosen(fact) => Written::of("notices.chosen", 1, fact),
            Entry::PushStarted(fact) => Written::of("notices.push-started", 1, fact),
            Entry::PushStopped => Written::of("notices.push-stopped", 1, &Empty {}),
            Entry::DeviceAdded(fact) => Written::of("notices.device-added", 1, fact),
            Entry::DeviceRemoved(fact) => Written::of("notices.device-removed", 1, fact),
            Entry::FeedMade(fact) => Written::of("notices.feed-made", 1, fact),
            Entry::FeedEnded(fact) => Written::of("notices.feed-ended", 1, fact),
            Entry::Sent(fact) => Written::of("notices.sent", 1, fact),
            Entry::GivenUp(fact) => Written::of("notices.given-up", 1, fact),
            Entry::Settled(fact) => Written::of("notices.settled", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::MailSet(fact) => format!("set mail to be sent through {}", fact.host),
            Entry::MailStopped => "stopped sending mail".to_owned(),
            Entry::TestAsked(_) => "asked for a test message".to_owned(),
            Entry::Chosen(fact) if fact.daily => "asked for the daily message".to_owned(),
            Entry::Chosen(_) => "turned the daily message off".to_owned(),
            Entry::PushStarted(_) => "let people be told on their devices".to_owned(),
            Entry::PushStopped => "stopped telling people on their devices".to_owned(),
            Entry::DeviceAdded(fact) => {
                format!("let {} be told on a device", fact.person.mark())
            }
            Entry::DeviceRemoved(fact) => {
                format!("stopped telling {} on a device", fact.person.mark())
            }
            Entry::FeedMade(fact) => format!("made a calendar feed for {}", fact.person.mark()),
            Entry::FeedEnded(fact) => format!("ended the calendar feed of {}", fact.person.mark()),
            Entry::Sent(fact) => format!("told {} {}", fact.person.mark(), fact.way.in_words()),
            Entry::GivenUp(fact) => format!(
                "could not tell {} {}: {}",
                fact.person.mark(),
                fact.way.in_words(),
                fact.why.in_words()
            ),
            Entry::Settled(_) => "looked at the messages that could not be delivered".to_owned(),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Notices)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "notices.mail-set",
        1,
        |body| of(body, Entry::MailSet),
        r#"{"host":"mail.larkrise.example","port":465,"security":"tls","user":"stairgate","password":{"of":"secret:mail","sealed":"AAAA"},"from":"office@larkrise.example","address":"https://stairgate.larkrise.example","hour":8}"#,
    ),
    Shape::new(
        "notices.mail-stopped",
        1,
        |body| of(body, |_: Empty| Entry::MailStopped),
        "{}",
    ),
    Shape::new(
        "notices.test-asked",
        1,
        |body| of(body, Entry::TestAsked),
        r#"{"person":1}"#,
    ),
    Shape::new(
        "notices.chosen",
        1,
        |body| of(body, Entry::Chosen),
        r#"{"person":7,"daily":false}"#,
    ),
    Shape::new(
        "notices.push-started",
        1,
        |body| of(body, Entry::PushStarted),
        r#"{"public":"BAAA","secret":{"of":"secret:push","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "notices.push-stopped",
        1,
        |body| of(body, |_: Empty| Entry::PushStopped),
        "{}",
    ),
    Shape::new(
        "notices.device-added",
        1,
        |body| of(body, Entry::DeviceAdded),
        r#"{"device":3,"person":7,"endpoint":{"of":"person:7","sealed":"AAAA"},"kind":"ipad"}"#,
    ),
    Shape::new(
        "notices.device-removed",
        1,
        |body| of(body, Entry::DeviceRemoved),
        r#"{"device":3,"person":7}"#,
    ),
    Shape::new(
        "notices.feed-made",
        1,
        |body| of(body, Entry::FeedMade),
        r#"{"person":7,"digest":"00ff","epoch":1}"#,
    ),
    Shape::new(
        "notices.feed-ended",
        1,
        |body| of(body, Entry::FeedEnded),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "notices.sent",
        1,
        |body| of(body, Entry::Sent),
        r#"{"notice":"work:2026-11-25/7/mail","person":7,"way":"mail","what":"work","about":["9f3ac0e1b2d4"]}"#,
    ),
    Shape::new(
        "notices.given-up",
        1,
        |body| of(body, Entry::GivenUp),
        r#"{"notice":"line:812/7/device-3","person":7,"way":{"device":3},"what":"soon","why":"too-long"}"#,
    ),
    Shape::new(
        "notices.settled",
        1,
        |body| of(body, Entry::Settled),
        r#"{"upto":812}"#,
    ),
];
