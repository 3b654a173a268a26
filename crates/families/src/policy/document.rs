//! A policy as one readable file: sections and clauses in the setting's own words, each bound to
//! controls with values. Exported, edited and imported without loss.

use kernel::value::{Value, Values};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most clauses that a policy may have.
pub const CLAUSES_MAX: usize = 2_000;
/// The longest file, in bytes.
pub const FILE_BYTES_MAX: usize = 4 << 20;
/// The longest clause, in characters.
pub const CLAUSE_CHARS_MAX: usize = 5_000;

/// A policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What stands at its head.
    pub policy: Head,
    /// Its clauses, in the order of the document.
    #[serde(default, rename = "clause")]
    pub clauses: Vec<Clause>,
}

/// What stands at the head of a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Short name of a template; empty for a setting's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its title.
    pub title: String,
    /// The setting that it is of.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub setting: String,
    /// For what kind of setting a template is.
    #[serde(default, rename = "for", skip_serializing_if = "String::is_empty")]
    pub meant_for: String,
    /// Notes to the person who sets it up: where the document pulls two ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What the setting chose where clauses leave a value open or disagree: `policy.review.every`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: Values,
    /// Everything else at the head (people, roles, devices, places …), kept as it is.
    #[serde(flatten)]
    pub others: BTreeMap<String, toml::Value>,
}

/// A clause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Its id, the same for ever: `s000-images-b`.
    pub id: String,
    /// The heading that it stands under.
    pub section: String,
    /// Its words.
    pub text: String,
    /// The controls that answer it.
    #[serde(default)]
    pub controls: Vec<String>,
    /// What it chooses for them, and details to keep.
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    pub values: Values,
}

/// Why a file is not a policy, in words for the person who made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPolicy(pub Vec<String>);

impl Document {
    /// Reads the file form.
    ///
    /// # Errors
    /// Everything that is wrong with it, a sentence each.
    pub fn from_toml(text: &str) -> Result<Document, NotAPolicy> {
        if text.len() > FILE_BYTES_MAX {
            return Err(NotAPolicy(vec![
                "The file is too large: a policy has at most 4 MB.".to_owned(),
            ]));
        }
        let document: Document = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| {
                text.get(..span.start)
                    .map_or(0, |before| before.matches('\n').count() + 1)
            });
            NotAPolicy(vec![format!(
                "Line {line} can’t be read: {}",
                error.message().trim_end_matches('.')
            )])
        })?;
        let wrong = document.faults();
        if wrong.is_empty() {
            Ok(document)
        } else {
            Err(NotAPolicy(wrong))
        }
    }

    /// Writes the file form.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // INVARIANT: every part has string keys, so writing it can't fail.
        toml::to_string_pretty(self).unwrap_or_default()
    }

    /// What is wrong with it: a sentence each; empty when nothing is.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.policy.title.trim().is_empty() {
            wrong.push("The policy has no title.".to_owned());
        }
        if self.clauses.len() > CLAUSES_MAX {
            wrong.push(format!("A policy has at most {CLAUSES_MAX} clauses."));
        }
        let mut seen = BTreeSet::new();
        for clause in &self.clauses {
            if !is_id(&clause.id) {
                wrong.push(format!(
                    "“{}” can’t be the id of a clause: use small letters, digits and hyphens.",
                    clause.id.chars().take(60).collect::<String>()
                ));
            }
            if !seen.insert(clause.id.as_str()) {
                wrong.push(format!("Two clauses have the id “{}”.", clause.id));
            }
            if clause.text.trim().is_empty() {
                wrong.push(format!("Clause {} has no words.", clause.id));
            }
            if clause.text.chars().count() > CLAUSE_CHARS_MAX {
                wrong.push(format!(
                    "Clause {} is longer than {CLAUSE_CHARS_MAX} characters.",
                    clause.id
                ));
            }
            for control in &clause.controls {
                if crate::spine::catalogue::find(control).is_none() {
                    wrong.push(format!(
                        "Clause {} names a control “{control}” that is not in the catalogue.",
                        clause.id
                    ));
                }
            }
        }
        wrong
    }

    /// The clause with this id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// What the setting chose for a param, where clauses leave it open.
    #[must_use]
    pub fn choice(&self, control: &str, param: &str) -> Option<&Value> {
        self.policy.choices.get(&format!("{control}.{param}"))
    }
}

fn is_id(id: &str) -> bool {
    (1..=80).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
}
