//! Facts about agreements, induction and events. What people typed or drew is sealed under the key
//! of whoever signed; the words of a version are the setting's own and stay readable for ever.

use crate::{
    people::group::Group,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::{moment::Date, sealed::Private};
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

impl How {
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
];
