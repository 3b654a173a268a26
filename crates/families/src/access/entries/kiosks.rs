//! Facts about kiosks: tablets at the door or on a table that stand for nobody.

use crate::spine::entry::{Entry as AnyEntry, Shape, Written};
use kernel::moment::Date;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about kiosks.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A kiosk was opened; its tablet is not known yet.
    Opened(Opened),
    /// A tablet became the kiosk.
    TakenUp(TakenUp),
    /// A kiosk was ended.
    Ended(Ended),
}

/// What a kiosk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Visitors sign in and out.
    Door,
    /// People sign agreements.
    Signing,
}

/// A kiosk was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its number.
    pub kiosk: u32,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// SHA-256 of the code that makes a tablet the kiosk, in hex.
    pub code: String,
    /// The last day on which the code is good.
    pub until: Date,
}

/// A tablet became the kiosk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenUp {
    /// Its number.
    pub kiosk: u32,
    /// SHA-256 of the token that its tablet keeps, in hex.
    pub token: String,
    /// SHA-256 of the number that tells the tablet from others, in hex.
    pub device: String,
}

/// A kiosk was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Its number.
    pub kiosk: u32,
}

impl Purpose {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Purpose::Door => "visitors at the door",
            Purpose::Signing => "signing agreements",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Purpose> {
        match key {
            "door" => Some(Purpose::Door),
            "signing" => Some(Purpose::Signing),
            _ => None,
        }
    }
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Opened(fact) => Written::of("access.kiosk-opened", 1, fact),
            Entry::TakenUp(fact) => Written::of("access.kiosk-taken-up", 1, fact),
            Entry::Ended(fact) => Written::of("access.kiosk-ended", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Opened(fact) => format!(
                "opened the kiosk {} for {}",
                fact.name,
                fact.purpose.in_words()
            ),
            Entry::TakenUp(fact) => format!("made a tablet the kiosk number {}", fact.kiosk),
            Entry::Ended(fact) => format!("ended the kiosk number {}", fact.kiosk),
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    let entry = serde_json::from_slice(body).map(make)?;
    Ok(AnyEntry::Access(super::Entry::Kiosk(entry)))
}

/// Every stored form.
pub(super) const SHAPES: [Shape; 3] = [
    Shape::new(
        "access.kiosk-opened",
        1,
        |body| of(body, Entry::Opened),
        r#"{"kiosk":1,"name":"Front door","purpose":"door","code":"00ff","until":"2026-09-02"}"#,
    ),
    Shape::new(
        "access.kiosk-taken-up",
        1,
        |body| of(body, Entry::TakenUp),
        r#"{"kiosk":1,"token":"00ff","device":"ff00"}"#,
    ),
    Shape::new(
        "access.kiosk-ended",
        1,
        |body| of(body, Entry::Ended),
        r#"{"kiosk":1}"#,
    ),
];
