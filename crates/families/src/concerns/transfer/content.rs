//! What a child’s file says: `content.json` of `docs/transfer-format.md`. Written from cases, read
//! from elsewhere; what is read is bounded before anything is made of it.

use crate::concerns::note::Sort;
use kernel::moment::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write as _};

/// What stands in `format`.
pub const FORMAT: &str = "stairgate-record";
/// The longest content that is read, in bytes.
pub const BYTES_MAX: usize = 64 << 20;
/// The most cases, notes in one case, and characters of one text.
const CASES_MAX: usize = 100;
const NOTES_MAX: usize = 10_000;
const WORDS_MAX: usize = 20_000;

/// A child’s file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// Which format.
    pub format: String,
    /// Which version of it.
    pub version: u32,
    /// When it was made.
    pub made: String,
    /// The setting that sends it.
    pub from: From,
    /// Who sent it.
    pub sent_by: String,
    /// For whom it was made.
    pub to: To,
    /// The child.
    pub child: Child,
    /// What the receiver was told before the file.
    pub at_once: String,
    /// Whether parents know.
    pub parents: Parents,
    /// The words of the receipt.
    pub receipt: String,
    /// The cases.
    pub cases: Vec<CaseFile>,
    /// Documents.
    pub files: Vec<Document>,
}

/// A setting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct From {
    /// Its name.
    pub name: String,
    /// Its nation.
    pub nation: String,
    /// Its telephone number.
    pub phone: String,
    /// Its address for mail.
    pub email: String,
}

/// For whom a file is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct To {
    /// The setting.
    pub name: String,
    /// The person there: the safeguarding lead.
    pub person: String,
    /// How they are reached.
    pub reach: String,
}

/// The child.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Child {
    /// The name.
    pub name: String,
    /// The date of birth.
    pub born: Option<Date>,
}

/// Whether parents know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parents {
    /// `agreed`, `told`, `not-told`.
    pub told: String,
    /// Why.
    pub why: String,
    /// Who decided it.
    pub decided_by: String,
}

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFile {
    /// Its number there.
    pub number: u32,
    /// What its reporter refers to.
    pub reference: String,
    /// When it was reported.
    pub reported: String,
    /// By whom; `None`: without a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The line of the ledger there.
    pub entry: u64,
    /// What was reported.
    pub report: Reported,
    /// The chronology.
    pub notes: Vec<Note>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Over the seals of all notes.
    pub seal: String,
}

/// What was reported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reported {
    /// What happened.
    pub what: String,
    /// What it is about, by key.
    pub kind: String,
    /// Whether somebody was in danger.
    pub danger: bool,
    /// Whom it is about, in words.
    pub about: String,
    /// The adult whom it is about.
    pub adult: String,
    /// When it happened.
    pub day: Option<Date>,
    /// At what time.
    pub time: String,
    /// How sure that is.
    pub sure: String,
    /// Where.
    pub place: String,
    /// What the child said.
    pub said: String,
    /// What the reporter thinks.
    pub opinion: String,
    /// Where marks were seen, by key.
    pub marks: Vec<String>,
    /// The device.
    pub device: String,
    /// The address on the web.
    pub address: String,
}

/// A note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// Its number in the case.
    pub number: u32,
    /// What sort of thing, by key.
    pub sort: String,
    /// When it was written.
    pub at: String,
    /// By whom.
    pub by: Option<String>,
    /// The words.
    pub words: String,
    /// Further words by name.
    pub more: BTreeMap<String, String>,
    /// The number of the note that it puts right.
    pub corrects: Option<u32>,
    /// The line of the ledger there.
    pub entry: u64,
    /// Over what it says.
    pub seal: String,
}

/// How a case ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// When.
    pub at: String,
    /// By whom it was closed.
    pub by: Option<String>,
    /// What came of it.
    pub words: String,
    /// Further words by name.
    pub more: BTreeMap<String, String>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// The name of its file.
    pub name: String,
    /// What it is.
    pub title: String,
    /// The number of the case there.
    pub case: u32,
    /// What kind of file.
    pub kind: String,
    /// When it was added.
    pub added: String,
}

impl Note {
    /// What its seal must be.
    #[must_use]
    pub fn sealed(&self) -> String {
        let says = (
            self.number,
            &self.sort,
            &self.at,
            &self.by,
            &self.words,
            &self.more,
            self.corrects,
        );
        // INVARIANT: words, numbers and a map of words can be written as JSON.
        hex(&serde_json::to_vec(&says).unwrap_or_default())
    }

    /// What sort of thing it is; a fact where this build does not know it.
    #[must_use]
    pub fn sort(&self) -> Sort {
        serde_json::from_value(self.sort.clone().into()).unwrap_or(Sort::Fact)
    }
}

impl CaseFile {
    /// What its seal must be.
    #[must_use]
    pub fn sealed(&self) -> String {
        let all: String = self.notes.iter().map(|note| note.seal.as_str()).collect();
        hex(all.as_bytes())
    }
}

impl Content {
    /// Reads a content, and checks that it is one, is within bounds, and that its seals are right.
    ///
    /// # Errors
    /// Why it is not taken, in words.
    pub fn read(bytes: &[u8]) -> Result<Content, &'static str> {
        if bytes.len() > BYTES_MAX {
            return Err("there is more in it than can be taken in");
        }
        let content: Content =
            serde_json::from_slice(bytes).map_err(|_| "what is in it can’t be read")?;
        if content.format != FORMAT || content.version != 1 {
            return Err("it was written by a later version. Update Stairgate and try again");
        }
        if content.cases.is_empty() || content.cases.len() > CASES_MAX {
            return Err("there is no case in it, or too many");
        }
        if content
            .cases
            .iter()
            .any(|case| case.notes.len() > NOTES_MAX)
        {
            return Err("there is more in it than can be taken in");
        }
        if content.longest() > WORDS_MAX {
            return Err("a text in it is longer than can be taken in");
        }
        for case in &content.cases {
            let notes = case.notes.iter().all(|note| note.seal == note.sealed());
            if !notes || case.seal != case.sealed() {
                return Err("a seal in it is not right: it was changed before it was sent");
            }
        }
        Ok(content)
    }

    /// The longest text in it, in characters.
    fn longest(&self) -> usize {
        let value = serde_json::to_value(self).unwrap_or_default();
        longest(&value)
    }

    /// How many notes there are.
    #[must_use]
    pub fn notes(&self) -> usize {
        self.cases.iter().map(|case| case.notes.len()).sum()
    }
}

fn longest(value: &serde_json::Value) -> usize {
    use serde_json::Value;
    match value {
        Value::String(words) => words.chars().count(),
        Value::Array(all) => all.iter().map(longest).max().unwrap_or(0),
        Value::Object(all) => all
            .iter()
            .map(|(key, value)| key.chars().count().max(longest(value)))
            .max()
            .unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string can't fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
