//! Facts about the policy. Words that people wrote about a case are sealed; words that are part of
//! the policy are not.

use super::{
    document::{Clause, Document},
    draft::{Source, Suggestion},
};
use crate::{
    people::group::Group,
    spine::{
        act::Person,
        entry::{Entry as AnyEntry, Shape, Written},
    },
};
use kernel::{
    moment::{Date, date_in_words},
    sealed::Private,
    value::{Value, Values},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

/// A fact about the policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A version was adopted.
    Adopted(Box<Adopted>),
    /// A draft was begun.
    DraftBegun(Box<DraftBegun>),
    /// The draft got another title.
    DraftRenamed(DraftRenamed),
    /// The draft was given up.
    DraftDiscarded(DraftDiscarded),
    /// A clause came into the draft.
    ClauseAdded(Box<ClauseAdded>),
    /// Words of a clause of the draft changed.
    ClauseEdited(ClauseEdited),
    /// A clause left the draft.
    ClauseRemoved(ClauseRemoved),
    /// A clause of the draft stands elsewhere.
    ClauseMoved(ClauseMoved),
    /// A person said which controls answer a clause of the draft.
    ClauseBound(Box<ClauseBound>),
    /// A person agreed to what was suggested for these clauses.
    BindingsConfirmed(BindingsConfirmed),
    /// The draft was put to people for comment.
    ConsultationOpened(ConsultationOpened),
    /// Somebody commented on the draft.
    CommentMade(CommentMade),
    /// What became of a comment.
    CommentAnswered(CommentAnswered),
    /// The approvers were asked to approve the draft.
    ApprovalAsked(ApprovalAsked),
    /// Somebody agreed to the draft.
    DraftApproved(DraftApproved),
    /// Something happened after which the policy is to be reviewed.
    TriggerRecorded(TriggerRecorded),
    /// A review was completed.
    ReviewCompleted(ReviewCompleted),
    /// Somebody has read a version.
    Acknowledged(Acknowledged),
    /// A version was sent to people.
    Sent(Sent),
    /// The policy was put on the public page or taken off it.
    PublicSet(PublicSet),
    /// A linked policy is on file.
    LinkedKept(LinkedKept),
    /// A linked policy is no longer on file.
    LinkedRemoved(LinkedRemoved),
    /// The outcome of a case of misuse.
    OutcomeRecorded(OutcomeRecorded),
    /// A control was switched off.
    SwitchedOff(SwitchedOff),
    /// A control was switched on again.
    SwitchedOn(SwitchedOn),
    /// A value that the clauses leave open was chosen.
    Chosen(Chosen),
    /// A person gave their word on a clause that no control answers.
    WordGiven(WordGiven),
}

/// A version was adopted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adopted {
    /// The version, from 1.
    pub number: u32,
    /// Its words.
    pub document: Document,
    /// The draft that it was; `None` for a policy that was agreed before.
    #[serde(default)]
    pub draft: Option<u32>,
    /// Who commented on it.
    #[serde(default)]
    pub took_part: Vec<Person>,
    /// Who agreed to it.
    #[serde(default)]
    pub approved: Vec<Approved>,
}

/// Who agreed, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// For whom, in the policy's words.
    pub approver: String,
    /// Who.
    pub person: Person,
}

/// A draft was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftBegun {
    /// Its number.
    pub number: u32,
    /// The version in force then; 0: none.
    pub base: u32,
    /// Where its words came from.
    pub source: Source,
    /// Its words.
    pub document: Document,
    /// What was suggested for its clauses.
    #[serde(default)]
    pub suggestions: BTreeMap<String, Vec<Suggestion>>,
}

/// The draft got another title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRenamed {
    /// The title.
    pub title: String,
}

/// The draft was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDiscarded {
    /// Its number.
    pub number: u32,
    /// Why.
    pub why: String,
}

/// A clause came into the draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClauseAdded {
    /// The clause.
    pub clause: Clause,
    /// The clause that it stands after; `None`: at the beginning.
    pub after: Option<String>,
}

/// Words of a clause of the draft changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseEdited {
    /// Which.
    pub clause: String,
    /// The heading that it stands under.
    pub section: String,
    /// Its words.
    pub text: String,
}

/// A clause left the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseRemoved {
    /// Which.
    pub clause: String,
}

/// A clause of the draft stands elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseMoved {
    /// Which.
    pub clause: String,
    /// The clause that it stands after; `None`: at the beginning.
    pub after: Option<String>,
}

/// A person said which controls answer a clause of the draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClauseBound {
    /// Which.
    pub clause: String,
    /// The controls.
    pub controls: Vec<String>,
    /// What the clause chooses for them.
    pub values: Values,
}

/// A person agreed to what was suggested for these clauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingsConfirmed {
    /// Which.
    pub clauses: Vec<String>,
}

/// The draft was put to people for comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationOpened {
    /// The draft.
    pub draft: u32,
    /// To whom.
    pub groups: Vec<Group>,
    /// The last day for comments.
    pub until: Date,
    /// What they are asked.
    #[serde(default)]
    pub says: String,
}

/// Somebody commented on the draft: whoever made the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentMade {
    /// Its number, counted from 1 over all comments.
    pub comment: u32,
    /// The draft.
    pub draft: u32,
    /// The clause; `None`: the whole.
    #[serde(default)]
    pub clause: Option<String>,
    /// What they said, under their own key.
    pub words: Private<String>,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentAnswered {
    /// Which.
    pub comment: u32,
    /// Whether it was taken up.
    pub taken_up: bool,
    /// How, or why not; under the key of whoever commented.
    pub says: Private<String>,
}

/// The approvers were asked to approve the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalAsked {
    /// The draft.
    pub draft: u32,
}

/// Somebody agreed to the draft: whoever made the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftApproved {
    /// The draft.
    pub draft: u32,
    /// The state of it.
    pub revision: u64,
    /// For whom, in the policy's words.
    pub approver: String,
    /// Who.
    pub person: Person,
}

/// Something happened after which the policy is to be reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerRecorded {
    /// Its number, counted from 1.
    pub trigger: u32,
    /// What kind, in the policy's words.
    pub kind: String,
    /// What happened, under the key of whoever recorded it; `None` when another record says it.
    #[serde(default)]
    pub what: Option<Private<String>>,
}

/// A review was completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewCompleted {
    /// Its number, counted from 1.
    pub review: u32,
    /// The version that was reviewed.
    pub version: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// What was looked at and decided.
    pub notes: String,
    /// Who took part.
    pub took_part: Vec<Person>,
    /// The events that it answers.
    #[serde(default)]
    pub answers: Vec<u32>,
}

/// What came of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The policy stays as it is.
    NoChange,
    /// A new version is to be written.
    NewVersion,
}

/// Somebody has read a version: whoever made the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Which.
    pub version: u32,
    /// Who.
    pub person: Person,
}

/// A version was sent to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Which.
    pub version: u32,
    /// How: "newsletter".
    pub way: String,
    /// To whom.
    pub groups: Vec<Group>,
    /// On which day.
    pub on: Date,
}

/// The policy was put on the public page or taken off it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicSet {
    /// Whether it is there now.
    pub public: bool,
}

/// A linked policy is on file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedKept {
    /// Its name, as clauses refer to it.
    pub name: String,
    /// Who looks after it: a role.
    pub owner: String,
    /// When it is to be looked at again.
    pub review_on: Date,
    /// Where it is kept: "in the office, blue folder".
    #[serde(default)]
    pub kept_at: String,
    /// Its address on the web.
    #[serde(default)]
    pub address: Option<String>,
    /// Its words.
    #[serde(default)]
    pub text: Option<String>,
}

/// A linked policy is no longer on file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedRemoved {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// The outcome of a case of misuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRecorded {
    /// Its number, counted from 1.
    pub outcome: u32,
    /// The day of the decision.
    pub on: Date,
    /// Whom it concerns.
    pub person: Person,
    /// What happened, under the key of that person.
    pub what: Private<String>,
    /// What was decided: one of the policy's sanctions, or none.
    #[serde(default)]
    pub sanction: Option<String>,
    /// Who decided.
    pub decided_by: Person,
}

/// A control was switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedOff {
    /// Which.
    pub control: String,
    /// Why.
    pub reason: String,
}

/// A control was switched on again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedOn {
    /// Which.
    pub control: String,
}

/// A value that the clauses leave open was chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    /// For which control.
    pub control: String,
    /// Which of its params.
    pub param: String,
    /// What.
    pub value: Value,
}

/// A person gave their word on a clause that no control answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordGiven {
    /// Which.
    pub clause: String,
    /// How it is met.
    pub says: String,
    /// Until when that holds.
    pub until: Date,
}

impl Entry {
    /// As it goes into the ledger.
    #[must_use]
    pub fn write(&self) -> Written {
        match self {
            Entry::Adopted(fact) => Written::of("policy.adopted", 1, fact),
            Entry::DraftBegun(fact) => Written::of("policy.draft-begun", 1, fact),
            Entry::DraftRenamed(fact) => Written::of("policy.draft-renamed", 1, fact),
            Entry::DraftDiscarded(fact) => Written::of("policy.draft-discarded", 1, fact),
            Entry::ClauseAdded(fact) => Written::of("policy.clause-added", 1, fact),
            Entry::ClauseEdited(fact) => Written::of("policy.clause-edited", 1, fact),
            Entry::ClauseRemoved(fact) => Written::of("policy.clause-removed", 1, fact),
            Entry::ClauseMoved(fact) => Written::of("policy.clause-moved", 1, fact),
            Entry::ClauseBound(fact) => Written::of("policy.clause-bound", 1, fact),
            Entry::BindingsConfirmed(fact) => Written::of("policy.bindings-confirmed", 1, fact),
            Entry::ConsultationOpened(fact) => Written::of("policy.consultation-opened", 1, fact),
            Entry::CommentMade(fact) => Written::of("policy.comment-made", 1, fact),
            Entry::CommentAnswered(fact) => Written::of("policy.comment-answered", 1, fact),
            Entry::ApprovalAsked(fact) => Written::of("policy.approval-asked", 1, fact),
            Entry::DraftApproved(fact) => Written::of("policy.draft-approved", 1, fact),
            Entry::TriggerRecorded(fact) => Written::of("policy.trigger-recorded", 1, fact),
            Entry::ReviewCompleted(fact) => Written::of("policy.review-completed", 1, fact),
            Entry::Acknowledged(fact) => Written::of("policy.acknowledged", 1, fact),
            Entry::Sent(fact) => Written::of("policy.sent", 1, fact),
            Entry::PublicSet(fact) => Written::of("policy.public-set", 1, fact),
            Entry::LinkedKept(fact) => Written::of("policy.linked-kept", 1, fact),
            Entry::LinkedRemoved(fact) => Written::of("policy.linked-removed", 1, fact),
            Entry::OutcomeRecorded(fact) => Written::of("policy.outcome-recorded", 1, fact),
            Entry::SwitchedOff(fact) => Written::of("policy.switched-off", 1, fact),
            Entry::SwitchedOn(fact) => Written::of("policy.switched-on", 1, fact),
            Entry::Chosen(fact) => Written::of("policy.chosen", 1, fact),
            Entry::WordGiven(fact) => Written::of("policy.word-given", 1, fact),
        }
    }

    /// What happened.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Entry::Adopted(fact) => format!("adopted version {} of the policy", fact.number),
            Entry::DraftBegun(fact) => format!(
                "began draft {} of the policy from {}",
                fact.number,
                fact.source.in_words()
            ),
            Entry::DraftRenamed(fact) => format!("named the draft “{}”", fact.title),
            Entry::DraftDiscarded(fact) => format!("gave up draft {} of the policy", fact.number),
            Entry::ClauseAdded(fact) => format!("added clause {} to the draft", fact.clause.id),
            Entry::ClauseEdited(fact) => format!("changed clause {} of the draft", fact.clause),
            Entry::ClauseRemoved(fact) => format!("took clause {} out of the draft", fact.clause),
            Entry::ClauseMoved(fact) => format!("moved clause {} in the draft", fact.clause),
            Entry::ClauseBound(fact) => match fact.controls.as_slice() {
                [] => format!("said that no control answers clause {}", fact.clause),
                controls => format!("bound clause {} to {}", fact.clause, controls.join(" and ")),
            },
            Entry::BindingsConfirmed(fact) => format!(
                "confirmed what was suggested for {} clauses of the draft",
                fact.clauses.len()
            ),
            Entry::ConsultationOpened(fact) => format!(
                "put the draft to {} for comment until {}",
                groups_in_words(&fact.groups),
                date_in_words(fact.until)
            ),
            Entry::CommentMade(fact) => match &fact.clause {
                Some(clause) => format!("commented on clause {clause} of the draft"),
                None => "commented on the draft".to_owned(),
            },
            Entry::CommentAnswered(fact) => format!(
                "answered comment {}: {}",
                fact.comment,
                if fact.taken_up {
                    "taken up"
                } else {
                    "not taken up"
                }
            ),
            Entry::ApprovalAsked(fact) => format!("asked for approval of draft {}", fact.draft),
            Entry::DraftApproved(fact) => {
                format!("approved draft {} for {}", fact.draft, fact.approver)
            }
            Entry::TriggerRecorded(fact) => {
                format!("recorded a reason to review the policy: {}", fact.kind)
            }
            Entry::ReviewCompleted(fact) => format!(
                "completed a review of the policy: {}",
                fact.outcome.in_words().to_lowercase()
            ),
            Entry::Acknowledged(fact) => format!("read version {} of the policy", fact.version),
            Entry::Sent(fact) => format!(
                "recorded that version {} went to {} ({})",
                fact.version,
                groups_in_words(&fact.groups),
                fact.way
            ),
            Entry::PublicSet(fact) if fact.public => "put the policy on the public page".to_owned(),
            Entry::PublicSet(_) => "took the policy off the public page".to_owned(),
            Entry::LinkedKept(fact) => format!("put the policy “{}” on file", fact.name),
            Entry::LinkedRemoved(fact) => format!("took the policy “{}” off file", fact.name),
            Entry::OutcomeRecorded(fact) => {
                format!(
                    "recorded the outcome of a case of misuse ({})",
                    fact.outcome
                )
            }
            Entry::SwitchedOff(fact) => format!("switched off {}: {}", fact.control, fact.reason),
            Entry::SwitchedOn(fact) => format!("switched on {}", fact.control),
            Entry::Chosen(fact) => format!(
                "chose {} for {} of {}",
                fact.value.in_words(),
                fact.param,
                fact.control
            ),
            Entry::WordGiven(fact) => format!(
                "gave their word on clause {} until {}",
                fact.clause,
                date_in_words(fact.until)
            ),
        }
    }
}

impl Outcome {
    /// All of them: key and words.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("no-change", "The policy stays as it is"),
        ("new-version", "A new version is to be written"),
    ];

    /// The outcome with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Outcome> {
        match key {
            "no-change" => Some(Outcome::NoChange),
            "new-version" => Some(Outcome::NewVersion),
            _ => None,
        }
    }

    /// For people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Outcome::NoChange => "The policy stays as it is",
            Outcome::NewVersion => "A new version is to be written",
        }
    }
}

impl Source {
    /// For a sentence: "a template".
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Source::Template(name) => format!("the template {name}"),
            Source::Version(number) => format!("version {number}"),
            Source::File(name) => format!("the policy file {name}"),
            Source::Reading(name) => format!("the document {name}"),
        }
    }
}

/// Groups for a sentence: "staff, volunteers and parents and carers".
#[must_use]
pub fn groups_in_words(groups: &[Group]) -> String {
    let names: Vec<&str> = groups.iter().map(|group| group.in_words()).collect();
    match names.as_slice() {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn of<T: DeserializeOwned>(
    body: &[u8],
    make: fn(T) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body).map(make).map(AnyEntry::Policy)
}

fn boxed<T: DeserializeOwned>(
    body: &[u8],
    make: fn(Box<T>) -> Entry,
) -> Result<AnyEntry, serde_json::Error> {
    serde_json::from_slice(body)
        .map(|fact| make(Box::new(fact)))
        .map(AnyEntry::Policy)
}

/// Every stored form.
pub const SHAPES: &[Shape] = &[
    Shape::new(
        "policy.adopted",
        1,
        |body| boxed(body, Entry::Adopted),
        r#"{"number":1,"document":{"policy":{"title":"Online safety policy"},"clause":[{"id":"a","section":"Who leads","text":"The manager leads.","controls":["roles.leads"],"values":{"roles":["manager"]}}]},"draft":1,"took_part":[4],"approved":[{"approver":"chair","person":5}]}"#,
    ),
    Shape::new(
        "policy.draft-begun",
        1,
        |body| boxed(body, Entry::DraftBegun),
        r#"{"number":1,"base":0,"source":{"reading":"policy.docx"},"document":{"policy":{"title":"Online safety policy"},"clause":[{"id":"a","section":"Phones","text":"No phones.","controls":["phones.staff"]}]},"suggestions":{"a":[{"control":"phones.staff","score":0.93,"bound":true,"because":["phones"]}]}}"#,
    ),
    Shape::new(
        "policy.draft-renamed",
        1,
        |body| of(body, Entry::DraftRenamed),
        r#"{"title":"Online safety policy"}"#,
    ),
    Shape::new(
        "policy.draft-discarded",
        1,
        |body| of(body, Entry::DraftDiscarded),
        r#"{"number":1,"why":"We begin again."}"#,
    ),
    Shape::new(
        "policy.clause-added",
        1,
        |body| boxed(body, Entry::ClauseAdded),
        r#"{"clause":{"id":"phones-1","section":"Phones","text":"No phones.","controls":[]},"after":"a"}"#,
    ),
    Shape::new(
        "policy.clause-edited",
        1,
        |body| of(body, Entry::ClauseEdited),
        r#"{"clause":"a","section":"Phones","text":"No phones at all."}"#,
    ),
    Shape::new(
        "policy.clause-removed",
        1,
        |body| of(body, Entry::ClauseRemoved),
        r#"{"clause":"a"}"#,
    ),
    Shape::new(
        "policy.clause-moved",
        1,
        |body| of(body, Entry::ClauseMoved),
        r#"{"clause":"a","after":null}"#,
    ),
    Shape::new(
        "policy.clause-bound",
        1,
        |body| boxed(body, Entry::ClauseBound),
        r#"{"clause":"a","controls":["policy.review"],"values":{"every":"year"}}"#,
    ),
    Shape::new(
        "policy.bindings-confirmed",
        1,
        |body| of(body, Entry::BindingsConfirmed),
        r#"{"clauses":["a","b"]}"#,
    ),
    Shape::new(
        "policy.consultation-opened",
        1,
        |body| of(body, Entry::ConsultationOpened),
        r#"{"draft":1,"groups":["staff","parent"],"until":"2026-10-01","says":"Is it clear?"}"#,
    ),
    Shape::new(
        "policy.comment-made",
        1,
        |body| of(body, Entry::CommentMade),
        r#"{"comment":1,"draft":1,"clause":"a","words":{"of":"person:4","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "policy.comment-answered",
        1,
        |body| of(body, Entry::CommentAnswered),
        r#"{"comment":1,"taken_up":true,"says":{"of":"person:4","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "policy.approval-asked",
        1,
        |body| of(body, Entry::ApprovalAsked),
        r#"{"draft":1}"#,
    ),
    Shape::new(
        "policy.draft-approved",
        1,
        |body| of(body, Entry::DraftApproved),
        r#"{"draft":1,"revision":12,"approver":"chair","person":5}"#,
    ),
    Shape::new(
        "policy.trigger-recorded",
        1,
        |body| of(body, Entry::TriggerRecorded),
        r#"{"trigger":1,"kind":"change of technical infrastructure","what":{"of":"person:1","sealed":"AAAA"}}"#,
    ),
    Shape::new(
        "policy.review-completed",
        1,
        |body| of(body, Entry::ReviewCompleted),
        r#"{"review":1,"version":1,"outcome":"no-change","notes":"All of it still fits.","took_part":[1,2],"answers":[1]}"#,
    ),
    Shape::new(
        "policy.acknowledged",
        1,
        |body| of(body, Entry::Acknowledged),
        r#"{"version":1,"person":4}"#,
    ),
    Shape::new(
        "policy.sent",
        1,
        |body| of(body, Entry::Sent),
        r#"{"version":1,"way":"newsletter","groups":["parent"],"on":"2026-09-07"}"#,
    ),
    Shape::new(
        "policy.public-set",
        1,
        |body| of(body, Entry::PublicSet),
        r#"{"public":true}"#,
    ),
    Shape::new(
        "policy.linked-kept",
        1,
        |body| of(body, Entry::LinkedKept),
        r#"{"name":"complaints","owner":"manager","review_on":"2027-09-01","kept_at":"Blue folder in the office","address":null,"text":null}"#,
    ),
    Shape::new(
        "policy.linked-removed",
        1,
        |body| of(body, Entry::LinkedRemoved),
        r#"{"name":"complaints","why":"It is part of another policy now."}"#,
    ),
    Shape::new(
        "policy.outcome-recorded",
        1,
        |body| of(body, Entry::OutcomeRecorded),
        r#"{"outcome":1,"on":"2026-10-02","person":4,"what":{"of":"person:4","sealed":"AAAA"},"sanction":"disciplinary action","decided_by":1}"#,
    ),
    Shape::new(
        "policy.switched-off",
        1,
        |body| of(body, Entry::SwitchedOff),
        r#"{"control":"policy.consultation","reason":"We have no committee yet."}"#,
    ),
    Shape::new(
        "policy.switched-on",
        1,
        |body| of(body, Entry::SwitchedOn),
        r#"{"control":"policy.consultation"}"#,
    ),
    Shape::new(
        "policy.chosen",
        1,
        |body| of(body, Entry::Chosen),
        r#"{"control":"policy.review","param":"every","value":"6 months"}"#,
    ),
    Shape::new(
        "policy.word-given",
        1,
        |body| of(body, Entry::WordGiven),
        r#"{"clause":"a","says":"We look at it at each staff meeting.","until":"2027-03-01"}"#,
    ),
];
