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
/// The longest heading, in characters.
pub const SECTION_CHARS_MAX: usize = 300;
/// The most controls of one clause.
pub const CONTROLS_MAX: usize = 20;

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
    /// Its id, the same for ever: `s000-images-b`. A file may leave it out; then one is made.
    #[serde(default)]
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
        let mut document: Document = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| {
                text.get(..span.start)
                    .map_or(0, |before| before.matches('\n').count() + 1)
            });
            NotAPolicy(vec![format!(
                "Line {line} can’t be read: {}",
                error.message().trim_end_matches('.')
            )])
        })?;
        document.tidy();
        let wrong = document.faults();
        if wrong.is_empty() {
            Ok(document)
        } else {
            Err(NotAPolicy(wrong))
        }
    }

    /// Gives ids to clauses without one, and turns dates into words.
    fn tidy(&mut self) {
        for value in self
            .clauses
            .iter_mut()
            .flat_map(|clause| clause.values.values_mut())
            .chain(self.policy.choices.values_mut())
        {
            plain(value, 0);
        }
        if self.clauses.iter().all(|clause| !clause.id.is_empty()) {
            return;
        }
        let mut ids = Ids::default();
        self.clauses.iter().for_each(|clause| ids.take(&clause.id));
        for clause in self
            .clauses
            .iter_mut()
            .filter(|clause| clause.id.is_empty())
        {
            clause.id = ids.fresh(&clause.section);
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
            if clause.section.chars().count() > SECTION_CHARS_MAX {
                wrong.push(format!(
                    "The heading of clause {} is longer than {SECTION_CHARS_MAX} characters.",
                    clause.id
                ));
            }
            if clause.controls.len() > CONTROLS_MAX {
                wrong.push(format!(
                    "Clause {} names more than {CONTROLS_MAX} controls.",
                    clause.id
                ));
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

    /// The place of the clause with this id, counted from 0.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.clauses.iter().position(|clause| clause.id == id)
    }

    /// Its sections in order: neighbouring clauses under one heading.
    pub fn sections(&self) -> impl Iterator<Item = (&str, &[Clause])> {
        self.clauses
            .chunk_by(|one, next| one.section == next.section)
            .filter_map(|clauses| Some((clauses.first()?.section.as_str(), clauses)))
    }

    /// What the setting chose for a param, where clauses leave it open.
    #[must_use]
    pub fn choice(&self, control: &str, param: &str) -> Option<&Value> {
        self.policy.choices.get(&format!("{control}.{param}"))
    }
}

/// Ids that are taken, and new ones made from a heading and a number.
#[derive(Default)]
pub struct Ids {
    taken: BTreeSet<String>,
    counts: BTreeMap<String, u32>,
}

impl Ids {
    /// Ids of a document's clauses are taken.
    pub fn take_all(&mut self, document: &Document) {
        document
            .clauses
            .iter()
            .for_each(|clause| self.take(&clause.id));
    }

    /// An id is taken.
    pub fn take(&mut self, id: &str) {
        if !id.is_empty() {
            self.taken.insert(id.to_owned());
        }
    }

    /// A new id for a clause under this heading: `phones-and-cameras-3`.
    pub fn fresh(&mut self, section: &str) -> String {
        let slug = slug(section);
        let count = self.counts.entry(slug.clone()).or_default();
        loop {
            *count = count.saturating_add(1);
            let id = format!("{slug}-{count}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// A heading as small letters, digits and hyphens; at most 40 of them.
fn slug(heading: &str) -> String {
    let mut slug = String::new();
    for letter in heading.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        "clause".to_owned()
    } else {
        slug.to_owned()
    }
}

/// A date in a file is read as a table with one odd key; what a policy means is the words of it.
fn plain(value: &mut Value, depth: u8) {
    if depth > 20 {
        return;
    }
    if let Value::Table(parts) = value
        && let [(key, Value::Text(text))] = parts.iter().collect::<Vec<_>>().as_slice()
        && key.starts_with("$__toml_private")
    {
        *value = Value::Text((*text).clone());
        return;
    }
    match value {
        Value::List(parts) => parts.iter_mut().for_each(|part| plain(part, depth + 1)),
        Value::Table(parts) => parts.values_mut().for_each(|part| plain(part, depth + 1)),
        Value::Yes(_) | Value::Number(_) | Value::Fraction(_) | Value::Text(_) => {}
    }
}

/// Small letters, digits, hyphens and dots, beginning with a letter or digit, so that it is safe in
/// an address.
fn is_id(id: &str) -> bool {
    (1..=80).contains(&id.len())
        && id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
}
