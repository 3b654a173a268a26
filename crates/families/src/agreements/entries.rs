//! Facts about agreements, induction and events. What people typed or drew is sealed under the key
//! of whoever signed; the words of a version are the setting's own and stay readable for ever.

use crate::{
    people::group::Group,
    spine::{
        act::{Person, Room},
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::{kept::Kept, moment::Date, sealed::Private};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A fact about agreements, induction and events.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A clause goes into the agreement of a group, or is left out of it.
    PointChosen(PointChosen),
    /// A version of a group's agreement was issued.
    Issued(Issued),
    /// A version was put into another language.
    Translated(Translated),
    /// Somebody signed.
    Signed(Signed),
    /// Somebody got a code to sign with.
    CodeGiven(CodeGiven),
    /// An item of somebody's induction was done.
    InductionDone(InductionDone),
    /// Somebody's induction was seen to be complete.
    InductionSeen(InductionSeen),
    /// An event was planned.
    EventPlanned(EventPlanned),
    /// An event was called off.
    EventCalledOff(EventCalledOff),
    /// A parent said whether a child may be in pictures of events.
    PermissionAnswered(PermissionAnswered),
    /// Somebody signed how they use pictures that they take at an event.
    PhotographySigned(PhotographySigned),
    /// The announcement was read out.
    AnnouncementRead(AnnouncementRead),
}

/// A clause goes into the agreement of a group, or is left out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointChosen {
    /// Whose agreement.
    pub group: Group,
    /// The clause.
    pub clause: String,
    /// Whether it goes in.
    pub goes_in: bool,
    /// Why.
    pub why: String,
}

/// One point of a version: a clause in the setting's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The clause.
    pub clause: String,
    /// The heading that it stands under.
    pub section: String,
    /// Its words.
    pub text: String,
}

/// A version of a group's agreement was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Whose agreement.
    pub group: Group,
    /// Its number, from 1.
    pub number: u32,
    /// The version of the policy that it was made from.
    pub policy: u32,
    /// What stands before the points.
    pub intro: String,
    /// The points.
    pub points: Vec<Point>,
    /// What whoever signs confirms, a sentence each.
    pub confirms: Vec<String>,
    /// What can follow if it is not kept, in the policy's words.
    #[serde(default)]
    pub sanctions: Vec<String>,
    /// SHA-256 of its text, in hex.
    pub digest: String,
}

/// A version was put into another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translated {
    /// Whose agreement.
    pub group: Group,
    /// Its number.
    pub version: u32,
    /// The language, by its code.
    pub language: String,
    /// What stands before the points; may be empty.
    #[serde(default)]
    pub intro: String,
    /// The words of points, by clause. A clause that is not here stays in English.
    pub points: BTreeMap<String, String>,
}

/// How somebody signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// With their own log-in.
    Own,
    /// On their own phone, with a code.
    Code,
    /// At a kiosk.
    Kiosk,
    /// On paper.
    Paper,
    /// A child, together with somebody.
    Together,
}

/// Somebody signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Who.
    pub person: Person,
    /// Whose agreement: as which group.
    pub group: Group,
    /// The version.
    pub version: u32,
    /// How.
    pub how: How,
    /// The name as it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Private<String>>,
    /// The strokes as they were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Private<String>>,
    /// A child's chosen picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
    /// The language that it was read in, by its code.
    pub language: String,
    /// The day, where it was another: on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Who saw it, or was with the child.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Person>,
    /// The paper as it was scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Kept>,
}

/// Somebody got a code to sign with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeGiven {
    /// Who.
    pub person: Person,
    /// SHA-256 of the code, in hex.
    pub code: String,
    /// The last day on which it is good.
    pub until: Date,
}

/// An item of somebody's induction was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InductionDone {
    /// Whose induction.
    pub person: Person,
    /// The item, in the words of the list.
    pub item: String,
}

/// Somebody's induction was seen to be complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InductionSeen {
    /// Whose.
    pub person: Person,
}

/// An event was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPlanned {
    /// Its number.
    pub event: u32,
    /// What it is called.
    pub name: String,
    /// The day.
    pub day: Date,
    /// The rooms that take part; none: all.
    #[serde(default)]
    pub rooms: Vec<Room>,
}

/// An event was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCalledOff {
    /// Which.
    pub event: u32,
}

/// A parent said whether a child may be in pictures of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermissionAnswered {
    /// The child.
    pub child: Person,
    /// The parent or carer.
    pub parent: Person,
    /// What they said.
    pub allowed: bool,
}

/// Somebody signed how they use pictures that they take at an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotographySigned {
    /// The event.
    pub event: u32,
    /// Who.
    pub person: Person,
    /// How.
    pub how: How,
    /// The name as it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Private<String>>,
    /// The strokes as they were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Private<String>>,
    /// The language that it was read in, by its code.
    pub language: String,
    /// What was signed, in the words of that day.
    pub says: Vec<String>,
}

/// The announcement was read out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnouncementRead {
    /// At which event.
    pub event: u32,
    /// What was read out.
    pub says: Vec<String>,
}

impl How {
    /// In addresses and the names of messages.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            How::Own => "own",
            How::Code => "code",
            How::Kiosk => "kiosk",
            How::Paper => "paper",
            How::Together => "together",
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            How::Own => "with their own log-in",
            How::Code => "on their own phone, with a code",
            How::Kiosk => "at the kiosk",
            How::Paper => "on paper",
            How::Together => "together with a grown-up",
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::PointChosen(fact) => Written::of("agreements.point-chosen", 1, fact),
            Entry::Issued(fact) => Written::of("agreements.issued", 1, fact),
            Entry::Translated(fact) => Written::of("agreements.translated", 1, fact),
            Entry::Signed(fact) => Written::of("agreements.signed", 1, fact),
            Entry::CodeGiven(fact) => Written::of("agreements.code-given", 1, fact),
            Entry::InductionDone(fact) => Written::of("agreements.induction-done", 1, fact),
            Entry::InductionSeen(fact) => Written::of("agreements.induction-seen", 1, fact),
            Entry::EventPlanned(fact) => Written::of("agreements.event-planned", 1, fact),
            Entry::EventCalledOff(fact) => Written::of("agreements.event-called-off", 1, fact),
            Entry::PermissionAnswered(fact) => {
                Written::of("agreements.permission-answered", 1, fact)
            }
            Entry::PhotographySigned(fact) => Written::of("agreements.photography-signed", 1, fact),
            Entry::AnnouncementRead(fact) => Written::of("agreements.announcement-read", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::PointChosen(fact) => {
                let did = if fact.goes_in {
                    "put a clause into"
                } else {
                    "left a clause out of"
                };
                format!("{did} the agreement for {}", fact.group.in_words())
            }
            Entry::Issued(fact) => format!(
                "issued version {} of the agreement for {}",
                fact.number,
                fact.group.in_words()
            ),
            Entry::Translated(fact) => format!(
                "translated version {} of the agreement for {}",
                fact.version,
                fact.group.in_words()
            ),
            Entry::Signed(fact) => format!(
                "recorded that {} signed version {} of the agreement for {}, {}",
                fact.person.mark(),
                fact.version,
                fact.group.in_words(),
                fact.how.in_words()
            ),
            Entry::CodeGiven(fact) => {
                format!("gave {} a code to sign with", fact.person.mark())
            }
            Entry::InductionDone(fact) => format!(
                "recorded that {} did an item of the induction: {}",
                fact.person.mark(),
                fact.item
            ),
            Entry::InductionSeen(fact) => {
                format!(
                    "saw that the induction of {} is complete",
                    fact.person.mark()
                )
            }
            Entry::EventPlanned(fact) => format!("planned an event: {}", fact.name),
            Entry::EventCalledOff(_) => "called off an event".to_owned(),
            Entry::PermissionAnswered(fact) => format!(
                "recorded that {} {} pictures of {} at events",
                fact.parent.mark(),
                if fact.allowed {
                    "allows"
                } else {
                    "does not allow"
                },
                fact.child.mark()
            ),
            Entry::PhotographySigned(fact) => format!(
                "recorded that {} signed how they use pictures of an event, {}",
                fact.person.mark(),
                fact.how.in_words()
            ),
            Entry::AnnouncementRead(_) => "read out the announcement at an event".to_owned(),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Agreements)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "agreements.point-chosen",
        1,
        |body| of(body, Entry::PointChosen),
        r#"{"group":"staff","clause":"phones-2","goes_in":false,"why":"It is about the kitchen."}"#,
    ),
    Shape::new(
        "agreements.issued",
        1,
        |body| of(body, Entry::Issued),
        r#"{"group":"staff","number":1,"policy":2,"intro":"Please read this.","points":[{"clause":"phones-1","section":"Phones","text":"Phones are put away."}],"confirms":["I have read this agreement."],"sanctions":["a warning"],"digest":"00ff"}"#,
    ),
    Shape::new(
        "agreements.translated",
        1,
        |body| of(body, Entry::Translated),
        r#"{"group":"parent","version":1,"language":"pl","intro":"","points":{"phones-1":"Telefony odkładamy."}}"#,
    ),
    Shape::new(
        "agreements.signed",
        1,
        |body| of(body, Entry::Signed),
        r#"{"person":7,"group":"staff","version":1,"how":"kiosk","name":{"of":"person:7","sealed":"AAAA"},"drawn":{"of":"person:7","sealed":"AAAA"},"language":"en","on":"2026-09-15","witness":1}"#,
    ),
    Shape::new(
        "agreements.code-given",
        1,
        |body| of(body, Entry::CodeGiven),
        r#"{"person":7,"code":"00ff","until":"2026-09-29"}"#,
    ),
    Shape::new(
        "agreements.induction-done",
        1,
        |body| of(body, Entry::InductionDone),
        r#"{"person":7,"item":"social media"}"#,
    ),
    Shape::new(
        "agreements.induction-seen",
        1,
        |body| of(body, Entry::InductionSeen),
        r#"{"person":7}"#,
    ),
    Shape::new(
        "agreements.event-planned",
        1,
        |body| of(body, Entry::EventPlanned),
        r#"{"event":1,"name":"Sports day","day":"2027-06-18","rooms":[1]}"#,
    ),
    Shape::new(
        "agreements.event-called-off",
        1,
        |body| of(body, Entry::EventCalledOff),
        r#"{"event":1}"#,
    ),
    Shape::new(
        "agreements.permission-answered",
        1,
        |body| of(body, Entry::PermissionAnswered),
        r#"{"child":9,"parent":8,"allowed":true}"#,
    ),
    Shape::new(
        "agreements.photography-signed",
        1,
        |body| of(body, Entry::PhotographySigned),
        r#"{"event":1,"person":8,"how":"own","name":{"of":"person:8","sealed":"AAAA"},"language":"en","says":["My pictures are for my family only."]}"#,
    ),
    Shape::new(
        "agreements.announcement-read",
        1,
        |body| of(body, Entry::AnnouncementRead),
        r#"{"event":1,"says":["Pictures are for your family only."]}"#,
    ),
];
