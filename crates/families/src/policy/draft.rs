//! A policy that is being worked on: where it began, what was suggested for its clauses, what a
//! person has looked at, who was asked, who agreed.

use super::document::{CLAUSES_MAX, Clause, Document, Head, Ids};
use crate::{
    people::group::Group,
    spine::{act::Person, catalogue},
};
use kernel::{
    moment::{Date, Moment},
    value::Values,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A policy that is being worked on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its number, counted from 1 over all drafts.
    pub number: u32,
    /// The version that it began from; 0 when from none.
    pub base: u32,
    /// Where its words came from.
    pub source: Source,
    /// Its words.
    pub document: Document,
    /// What was suggested for its clauses, by id, the likeliest first.
    pub suggestions: BTreeMap<String, Vec<Suggestion>>,
    /// The clauses whose controls a person has confirmed or corrected.
    pub confirmed: BTreeSet<String>,
    /// The entry that began it.
    pub seq: u64,
    /// When it was begun.
    pub at: Moment,
    /// By whom.
    pub by: Option<Person>,
    /// The entry that changed its words or controls last: approvals are for this state of it.
    pub revision: u64,
    /// To whom it was put for comment.
    pub consultation: Option<Consultation>,
    /// Who agreed.
    pub approvals: Vec<Approval>,
    /// When the approvers were asked: the entry and the day.
    #[serde(default)]
    pub asked: Option<(u64, Date)>,
}

/// Where the words of a draft came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A template of this name.
    Template(String),
    /// The version in force.
    Version(u32),
    /// A policy file.
    File(String),
    /// A document that was read, by its file name.
    Reading(String),
}

/// A control that was suggested for a clause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The control.
    pub control: String,
    /// How sure the reader is, from 0 to 1.
    pub score: f64,
    /// Whether it is sure enough to be taken unless a person says otherwise.
    #[serde(default)]
    pub bound: bool,
    /// Why: words of the clause, or a clause like it.
    #[serde(default)]
    pub because: Vec<String>,
}

/// A clause as a document was read, with what was suggested for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggested {
    /// The heading that it stands under.
    pub section: String,
    /// Its words.
    pub text: String,
    /// The controls that may answer it, the likeliest first.
    pub suggestions: Vec<Suggestion>,
    /// Values that were found in its words.
    pub values: Values,
}

/// A draft put to people for comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// To whom.
    pub groups: Vec<Group>,
    /// The last day for comments.
    pub until: Date,
    /// What they are asked.
    pub says: String,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// Somebody agreed to a draft as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// For whom, in the policy's words.
    pub approver: String,
    /// Who.
    pub person: Person,
    /// The state of the draft.
    pub revision: u64,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// The most suggestions kept for a clause.
const SUGGESTIONS_MAX: usize = 8;
/// The most reasons kept for a suggestion, and their length in characters.
const REASONS_MAX: usize = 6;
const REASON_CHARS_MAX: usize = 200;
/// Texts are compared for likeness only up to so many pairs.
const PAIRS_MAX: usize = 400_000;

impl Draft {
    /// Whether an approver has agreed to the draft as it is now.
    #[must_use]
    pub fn is_approved_by(&self, approver: &str) -> bool {
        let small = approver.to_lowercase();
        self.approvals
            .iter()
            .any(|a| a.revision == self.revision && a.approver.to_lowercase() == small)
    }

    /// Whether comments can be made on this day.
    #[must_use]
    pub fn is_open_for_comment(&self, today: Date) -> bool {
        self.consultation
            .as_ref()
            .is_some_and(|consultation| today <= consultation.until)
    }

    /// Whether a person still has to look at the controls of a clause.
    #[must_use]
    pub fn is_unconfirmed(&self, clause: &str) -> bool {
        self.suggestions.contains_key(clause) && !self.confirmed.contains(clause)
    }

    /// The clauses whose suggestions are all sure and that nobody has looked at.
    #[must_use]
    pub fn sure(&self) -> Vec<String> {
        let sure = |clause: &&Clause| {
            let said = self.suggestions.get(&clause.id);
            let bound = |control: &String| {
                said.is_some_and(|all| all.iter().any(|s| s.bound && s.control == *control))
            };
            self.is_unconfirmed(&clause.id)
                && !clause.controls.is_empty()
                && clause.controls.iter().all(bound)
        };
        let clauses = self.document.clauses.iter().filter(sure);
        clauses.map(|clause| clause.id.clone()).collect()
    }
}

/// A document that was read, as a policy: clauses that stood in the version in force keep their ids
/// and controls; texts that a person bound before get those controls again.
#[must_use]
pub fn from_reading(
    title: &str,
    read: &[Suggested],
    current: Option<&Document>,
    learned: &HashMap<String, &[String]>,
    ids: &mut Ids,
) -> (Document, BTreeMap<String, Vec<Suggestion>>) {
    let kept = match_up(read, current);
    let mut document = Document {
        policy: Head {
            title: title.to_owned(),
            ..Head::default()
        },
        clauses: Vec::with_capacity(read.len()),
    };
    let mut suggestions = BTreeMap::new();
    for (place, one) in read.iter().take(CLAUSES_MAX).enumerate() {
        let text = one.text.trim();
        if text.is_empty() {
            continue;
        }
        let same = kept.get(&place).copied();
        let id = same.map_or_else(|| ids.fresh(&one.section), |clause| clause.id.clone());
        let known = learned.get(&normal(text)).copied();
        let said = bounded(&one.suggestions);
        let (controls, values) = match (same, known) {
            (_, Some(controls)) => (controls.to_vec(), one.values.clone()),
            (Some(clause), None) => (clause.controls.clone(), clause.values.clone()),
            (None, None) => {
                let sure = said.iter().filter(|s| s.bound);
                (
                    sure.map(|s| s.control.clone()).collect(),
                    one.values.clone(),
                )
            }
        };
        if same.is_none() && known.is_none() {
            suggestions.insert(id.clone(), said);
        }
        document.clauses.push(Clause {
            id,
            section: one.section.trim().to_owned(),
            text: text.to_owned(),
            controls,
            values,
        });
    }
    (document, suggestions)
}

fn bounded(suggestions: &[Suggestion]) -> Vec<Suggestion> {
    let known = suggestions
        .iter()
        .filter(|s| catalogue::find(&s.control).is_some() && s.score.is_finite());
    let short = |s: &Suggestion| Suggestion {
        because: s
            .because
            .iter()
            .take(REASONS_MAX)
            .map(|reason| reason.chars().take(REASON_CHARS_MAX).collect())
            .collect(),
        ..s.clone()
    };
    known.take(SUGGESTIONS_MAX).map(short).collect()
}

/// Words in small letters with single spaces: two texts that differ only in layout are the same.
#[must_use]
pub fn normal(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Which clause of the version in force each text is: the same words, or nearly the same.
fn match_up<'c>(read: &[Suggested], current: Option<&'c Document>) -> HashMap<usize, &'c Clause> {
    let mut found = HashMap::new();
    let Some(current) = current else {
        return found;
    };
    let mut free: HashMap<String, Vec<&'c Clause>> = HashMap::new();
    for clause in current.clauses.iter().rev() {
        free.entry(normal(&clause.text)).or_default().push(clause);
    }
    for (place, one) in read.iter().enumerate() {
        if let Some(clause) = free.get_mut(&normal(&one.text)).and_then(Vec::pop) {
            found.insert(place, clause);
        }
    }
    let taken: HashSet<&str> = found.values().map(|clause| clause.id.as_str()).collect();
    let left: Vec<(&Clause, HashSet<String>)> = current
        .clauses
        .iter()
        .filter(|clause| !taken.contains(clause.id.as_str()))
        .map(|clause| (clause, word_set(&clause.text)))
        .collect();
    if left.len().saturating_mul(read.len()) > PAIRS_MAX {
        return found;
    }
    let mut used: HashSet<&str> = HashSet::new();
    for (place, one) in read.iter().enumerate() {
        if found.contains_key(&place) {
            continue;
        }
        let words = word_set(&one.text);
        let likest = left
            .iter()
            .filter(|(clause, _)| !used.contains(clause.id.as_str()))
            .map(|(clause, own)| (likeness(&words, own), *clause))
            .max_by_key(|(likeness, _)| *likeness);
        if let Some((likeness, clause)) = likest
            && likeness >= 70
        {
            used.insert(clause.id.as_str());
            found.insert(place, clause);
        }
    }
    found
}

fn word_set(text: &str) -> HashSet<String> {
    normal(text).split(' ').map(str::to_owned).collect()
}

/// How much two texts share, in percent of all their words.
fn likeness(one: &HashSet<String>, other: &HashSet<String>) -> usize {
    let shared = one.intersection(other).count();
    let all = one.len().saturating_add(other.len()).saturating_sub(shared);
    shared.saturating_mul(100).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, control: &str, bound: bool) -> Suggested {
        Suggested {
            section: "Phones".to_owned(),
            text: text.to_owned(),
            suggestions: vec![Suggestion {
                control: control.to_owned(),
                score: 0.9,
                bound,
                because: vec!["the words “mobile phone”".to_owned()],
            }],
            values: Values::new(),
        }
    }

    #[test]
    fn a_clause_that_is_nearly_the_same_keeps_its_id_and_controls() {
        let current = Document::from_toml(
            r#"
            [policy]
            title = "Online safety policy"
            [[clause]]
            id = "old-7"
            section = "Phones"
            text = "Staff keep their mobile phones in the locked cupboard in the office while they work."
            controls = ["phones.staff"]
            "#,
        )
        .unwrap();
        let read = [
            said("Nobody films.", "images.consent", true),
            said(
                "Staff keep their mobile phones in the locked drawer in the office while they work.",
                "phones.visitors",
                true,
            ),
        ];
        let mut ids = Ids::default();
        ids.take_all(&current);
        let (document, suggestions) =
            from_reading("Policy", &read, Some(&current), &HashMap::new(), &mut ids);
        assert_eq!(document.clauses[0].id, "phones-1");
        assert_eq!(document.clauses[0].controls, ["images.consent"]);
        assert_eq!(document.clauses[1].id, "old-7");
        assert_eq!(document.clauses[1].controls, ["phones.staff"]);
        assert!(suggestions.contains_key("phones-1") && !suggestions.contains_key("old-7"));
    }

    #[test]
    fn what_a_person_corrected_before_is_taken_before_what_is_suggested() {
        let controls = ["phones.staff".to_owned()];
        let learned = HashMap::from([(normal("No phones, please."), controls.as_slice())]);
        let read = [said("No phones please", "phones.visitors", true)];
        let (document, _) = from_reading("Policy", &read, None, &learned, &mut Ids::default());
        assert_eq!(document.clauses[0].controls, ["phones.staff"]);
    }
}
