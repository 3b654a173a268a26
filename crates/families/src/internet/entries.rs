//! Facts about the internet with children.

use crate::spine::{
    act::Room,
    entry::{Entry as AnyEntry, Shape, Written},
};
use kernel::moment::Moment;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A fact about the internet with children.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Somebody looked at sites and put them together.
    BundleLooked(Looked),
    /// They are no longer used.
    BundleDropped(Dropped),
    /// A search tool was chosen.
    ToolChosen(ToolChosen),
    /// An adult opened the internet.
    Opened(Opened),
    /// For longer.
    Extended(Extended),
    /// It is closed again.
    Ended(Ended),
}

/// Sites that belong together, with what they need, and what somebody who looked at all of it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The number of the bundle.
    pub bundle: u32,
    /// What it is called.
    pub name: String,
    /// The sites.
    pub sites: Vec<String>,
    /// What they need to work: pictures and films that come from elsewhere.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What it is for.
    pub what_for: String,
    /// From which age on, in years.
    pub age_from: u8,
}

/// No longer used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The bundle.
    pub bundle: u32,
    /// Why.
    pub why: String,
}

/// A search tool was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolChosen {
    /// What people call it.
    pub tool: String,
    /// What was weighed up.
    pub assessment: String,
}

/// Where the adult is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Near {
    /// Beside the child.
    #[default]
    Beside,
    /// With the child in view.
    InView,
}

/// An adult opened the internet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Its number.
    pub session: u32,
    /// For this device.
    #[serde(default)]
    pub device: Option<u32>,
    /// For all children’s devices of this room; of a device, the room where it lives.
    #[serde(default)]
    pub room: Option<Room>,
    /// What for.
    pub purpose: String,
    /// The bundles that are open.
    #[serde(default)]
    pub bundles: Vec<u32>,
    /// Whether the rest is open too, as the filter lets through for children.
    #[serde(default)]
    pub filtered: bool,
    /// Whether the search tool is open.
    #[serde(default)]
    pub searching: bool,
    /// Where the adult is.
    #[serde(default)]
    pub near: Near,
    /// When it closes by itself.
    pub until: Moment,
}

/// For longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// Which.
    pub session: u32,
    /// When it closes by itself now.
    pub until: Moment,
}

/// How it came to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Somebody closed it.
    Closed,
    /// Its time was over.
    Time,
    /// The adult went on a break.
    Break,
}

/// It is closed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which.
    pub session: u32,
    /// How.
    pub how: How,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::BundleLooked(fact) => Written::of("internet.bundle-looked", 1, fact),
            Entry::BundleDropped(fact) => Written::of("internet.bundle-dropped", 1, fact),
            Entry::ToolChosen(fact) => Written::of("internet.tool-chosen", 1, fact),
            Entry::Opened(fact) => Written::of("internet.opened", 1, fact),
            Entry::Extended(fact) => Written::of("internet.extended", 1, fact),
            Entry::Ended(fact) => Written::of("internet.ended", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::BundleLooked(fact) => format!("looked at the sites of {}", fact.name),
            Entry::BundleDropped(fact) => format!("took bundle {} away", fact.bundle),
            Entry::ToolChosen(fact) => format!("chose {} for searching", fact.tool),
            Entry::Opened(fact) => match (fact.device, fact.room) {
                (Some(device), _) => format!("opened the internet for device {device}"),
                (None, Some(room)) => format!(
                    "opened the internet for the devices of {}",
                    kernel::naming::room(room.0)
                ),
                (None, None) => "opened the internet".to_owned(),
            },
            Entry::Extended(fact) => format!(
                "kept the internet open for longer, until {}",
                fact.until.in_words()
            ),
            Entry::Ended(fact) => format!(
                "closed the internet again, opening {} ({})",
                fact.session,
                fact.how.in_words().to_lowercase()
            ),
        }
    }
}

impl How {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            How::Closed => "Closed",
            How::Time => "Its time was over",
            How::Break => "The adult went on a break",
        }
    }
}

impl Near {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Near::Beside => "Beside the child",
            Near::InView => "With the child in view",
        }
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(make)
        .map(AnyEntry::Internet)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "internet.bundle-looked",
        1,
        |body| of(body, Entry::BundleLooked),
        r#"{"bundle":1,"name":"Pond life","sites":["ponds.example"],"needs":["pictures.example"],"what_for":"Frogs in spring","age_from":3}"#,
    ),
    Shape::new(
        "internet.bundle-dropped",
        1,
        |body| of(body, Entry::BundleDropped),
        r#"{"bundle":1,"why":"It has advertisements now"}"#,
    ),
    Shape::new(
        "internet.tool-chosen",
        1,
        |body| of(body, Entry::ToolChosen),
        r#"{"tool":"Kiddle","assessment":"Results are chosen by people"}"#,
    ),
    Shape::new(
        "internet.opened",
        1,
        |body| of(body, Entry::Opened),
        r#"{"session":1,"device":2,"room":1,"purpose":"Frogs","bundles":[1],"filtered":false,"searching":false,"near":"beside","until":"2026-09-01T09:00:00Z"}"#,
    ),
    Shape::new(
        "internet.extended",
        1,
        |body| of(body, Entry::Extended),
        r#"{"session":1,"until":"2026-09-01T09:00:00Z"}"#,
    ),
    Shape::new(
        "internet.ended",
        1,
        |body| of(body, Entry::Ended),
        r#"{"session":1,"how":"break"}"#,
    ),
];
