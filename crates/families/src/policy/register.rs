//! How the policy stands: its versions, the draft, who was asked and agreed, who has read it, what is
//! on file beside it, and what was decided about its controls and clauses.

mod fold;

use super::{
    document::Document,
    draft::{Draft, normal},
    entries::{Approved, Outcome},
};
use crate::{people::group::Group, spine::act::Person};
use kernel::{
    moment::{Date, Moment},
    sealed::Private,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    versions: Vec<Version>,
    changed: u64,
    draft: Option<Draft>,
    drafts: u32,
    comments: Vec<Comment>,
    consultations: Vec<Consulted>,
    triggers: Vec<Trigger>,
    reviews: Vec<Review>,
    read: BTreeMap<Person, BTreeMap<u32, (u64, Moment)>>,
    sent: Vec<SentOut>,
    public: bool,
    linked: BTreeMap<String, Linked>,
    outcomes: Vec<Misuse>,
    off: BTreeMap<String, Off>,
    words: BTreeMap<String, Word>,
    learned: Vec<Learned>,
}

/// An adopted version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// Its words, with what was chosen since where they leave a value open.
    pub document: Document,
    /// The entry that adopted it.
    pub seq: u64,
    /// When that was made.
    pub at: Moment,
    /// Who adopted it.
    pub by: Option<Person>,
    /// The draft that it was.
    pub draft: Option<u32>,
    /// Who commented on it.
    pub took_part: Vec<Person>,
    /// Who agreed to it.
    pub approved: Vec<Approved>,
}

/// A person's word that a clause which no control answers is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The entry.
    pub seq: u64,
    /// When it was given.
    pub at: Moment,
    /// Until when it holds.
    pub until: Date,
    /// How the clause is met.
    pub says: String,
    /// Who gave it.
    pub by: Option<Person>,
}

/// A comment on a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its number.
    pub number: u32,
    /// The draft.
    pub draft: u32,
    /// The clause; `None`: the whole.
    pub clause: Option<String>,
    /// Who made it.
    pub by: Option<Person>,
    /// What they said.
    pub words: Private<String>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// What became of it.
    pub answer: Option<Answer>,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it was taken up.
    pub taken_up: bool,
    /// How, or why not.
    pub says: Private<String>,
    /// Who answered.
    pub by: Option<Person>,
    /// When.
    pub at: Moment,
}

/// A draft that was put to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consulted {
    /// The draft.
    pub draft: u32,
    /// To whom.
    pub groups: Vec<Group>,
    /// The last day for comments.
    pub until: Date,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// Something that happened after which the policy is to be reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its number.
    pub number: u32,
    /// What kind, in the policy's words.
    pub kind: String,
    /// What happened.
    pub what: Option<Private<String>>,
    /// Who recorded it.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// The review that answered it.
    pub review: Option<u32>,
}

/// A review that was completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its number.
    pub number: u32,
    /// The version that was reviewed.
    pub version: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// What was looked at and decided.
    pub notes: String,
    /// Who took part.
    pub took_part: Vec<Person>,
    /// Who recorded it.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// A version that was sent to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentOut {
    /// Which version.
    pub version: u32,
    /// How.
    pub way: String,
    /// To whom.
    pub groups: Vec<Group>,
    /// On which day.
    pub on: Date,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// A linked policy on file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Its name.
    pub name: String,
    /// Who looks after it: a role.
    pub owner: String,
    /// When it is to be looked at again.
    pub review_on: Date,
    /// Where it is kept.
    pub kept_at: String,
    /// Its address on the web.
    pub address: Option<String>,
    /// Its words.
    pub text: Option<String>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// The outcome of a case of misuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misuse {
    /// Its number.
    pub number: u32,
    /// The day of the decision.
    pub on: Date,
    /// Whom it concerns.
    pub person: Person,
    /// What happened.
    pub what: Private<String>,
    /// What was decided; `None`: no sanction.
    pub sanction: Option<String>,
    /// Who decided.
    pub decided_by: Person,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// A control that is switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Off {
    /// Why.
    pub reason: String,
    /// Who did it.
    pub by: Option<Person>,
    /// The entry.
    pub seq: u64,
    /// When.
    pub at: Moment,
}

/// A text and the controls that a person said answer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// The words.
    pub text: String,
    /// The controls.
    pub controls: Vec<String>,
}

impl Register {
    /// The version in force.
    #[must_use]
    pub fn adopted(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// All versions, oldest first.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The version with this number.
    #[must_use]
    pub fn version(&self, number: u32) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.number == number)
    }

    /// Changes whenever the policy in force has to be built anew.
    #[must_use]
    pub fn changed(&self) -> u64 {
        self.changed
    }

    /// The draft that is being worked on.
    #[must_use]
    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// The number that the next draft gets.
    #[must_use]
    pub fn next_draft(&self) -> u32 {
        self.drafts.saturating_add(1)
    }

    /// The controls that were switched off, with the reason.
    #[must_use]
    pub fn switched_off(&self) -> BTreeMap<String, String> {
        self.off
            .iter()
            .map(|(control, off)| (control.clone(), off.reason.clone()))
            .collect()
    }

    /// Why, when and by whom a control was switched off, if it was.
    #[must_use]
    pub fn off(&self, control: &str) -> Option<&Off> {
        self.off.get(control)
    }

    /// A person's word on a clause that no control answers.
    #[must_use]
    pub fn word_on(&self, clause: &str) -> Option<Word> {
        self.words.get(clause).cloned()
    }

    /// What people of this setting said about which controls answer which words, oldest first: for
    /// the reader of the next document.
    pub fn learned(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.learned
            .iter()
            .map(|learned| (learned.text.as_str(), learned.controls.as_slice()))
    }

    /// The same by words in their plain form.
    #[must_use]
    pub fn learned_by_text(&self) -> HashMap<String, &[String]> {
        self.learned()
            .map(|(text, controls)| (normal(text), controls))
            .collect()
    }

    /// All comments, oldest first.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// The comments on a draft, oldest first.
    pub fn comments_on(&self, draft: u32) -> impl Iterator<Item = &Comment> {
        self.comments
            .iter()
            .filter(move |comment| comment.draft == draft)
    }

    /// Everybody who commented on a draft, each once.
    #[must_use]
    pub fn commenters(&self, draft: u32) -> Vec<Person> {
        let by: BTreeSet<Person> = self
            .comments_on(draft)
            .filter_map(|comment| comment.by)
            .collect();
        by.into_iter().collect()
    }

    /// The comment with this number.
    #[must_use]
    pub fn comment(&self, number: u32) -> Option<&Comment> {
        self.comments
            .iter()
            .find(|comment| comment.number == number)
    }

    /// Drafts that were put to people, oldest first.
    #[must_use]
    pub fn consultations(&self) -> &[Consulted] {
        &self.consultations
    }

    /// Events after which the policy was to be reviewed, oldest first.
    #[must_use]
    pub fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    /// Events that no review has answered yet.
    pub fn open_triggers(&self) -> impl Iterator<Item = &Trigger> {
        self.triggers
            .iter()
            .filter(|trigger| trigger.review.is_none())
    }

    /// Reviews, oldest first.
    #[must_use]
    pub fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// When a person said that they have read a version.
    #[must_use]
    pub fn has_read(&self, person: Person, version: u32) -> Option<(u64, Moment)> {
        self.read.get(&person)?.get(&version).copied()
    }

    /// Who has read which version, when.
    pub fn readings(&self) -> impl Iterator<Item = (Person, u32, u64, Moment)> {
        self.read.iter().flat_map(|(person, versions)| {
            versions
                .iter()
                .map(|(version, (seq, at))| (*person, *version, *seq, *at))
        })
    }

    /// Versions that were sent to people, oldest first.
    #[must_use]
    pub fn sent(&self) -> &[SentOut] {
        &self.sent
    }

    /// Whether the policy is on the public page.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.public
    }

    /// The linked policy of this name that is on file.
    #[must_use]
    pub fn linked(&self, name: &str) -> Option<&Linked> {
        self.linked.get(&name.trim().to_lowercase())
    }

    /// All linked policies on file, by name.
    pub fn all_linked(&self) -> impl Iterator<Item = &Linked> {
        self.linked.values()
    }

    /// Outcomes of cases of misuse, oldest first.
    #[must_use]
    pub fn outcomes(&self) -> &[Misuse] {
        &self.outcomes
    }
}
