//! What can be asked for about the policy: writing it, asking people, agreeing, adopting, reviewing,
//! reading, and saying how it runs here.

mod adopting;
mod consulting;
mod publishing;
mod reviewing;
mod running;
mod writing;

pub use reviewing::triggered;

use super::{
    approver::Approver,
    document::Document,
    draft::Suggested,
    entries::{Entry, Outcome},
};
use crate::{
    people::group::Group,
    roles::role::Role,
    spine::{
        act::{Case, Person, no},
        entry::Entry as AnyEntry,
        permit::Need,
        setting::Setting,
    },
};
use kernel::{moment::Date, ruling::Mistake, value::Value};

/// What can be asked for about the policy.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Begin a draft from a template of this name.
    BeginFromTemplate(String),
    /// Begin a draft from the version in force.
    BeginFromCurrent,
    /// Begin a draft from a policy file.
    BeginFromFile {
        /// The name that the file had.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Begin a draft from a document that was read.
    BeginFromReading(Box<Reading>),
    /// Give the draft another title.
    RenameDraft {
        /// The title.
        title: String,
    },
    /// Give up the draft.
    DiscardDraft {
        /// Why.
        why: String,
    },
    /// Add a clause to the draft.
    AddClause {
        /// The heading that it stands under.
        section: String,
        /// Its words.
        text: String,
        /// The clause that it stands after; at the end when `None`.
        after: Option<String>,
    },
    /// Change the words of a clause of the draft.
    EditClause {
        /// Which.
        clause: String,
        /// The heading that it stands under.
        section: String,
        /// Its words.
        text: String,
    },
    /// Take a clause out of the draft.
    RemoveClause {
        /// Which.
        clause: String,
    },
    /// Put a clause of the draft somewhere else.
    MoveClause {
        /// Which.
        clause: String,
        /// The clause that it stands after; at the beginning when `None`.
        after: Option<String>,
    },
    /// Say which controls answer a clause of the draft.
    Bind {
        /// Which.
        clause: String,
        /// The controls.
        controls: Vec<String>,
        /// What the clause chooses for them, as lines (`every = year`); as it is when `None`.
        values: Option<String>,
    },
    /// Agree to all suggestions that are sure.
    ConfirmSure,
    /// Put the draft to people for comment.
    Consult {
        /// To whom.
        groups: Vec<Group>,
        /// The last day for comments.
        until: Date,
        /// What they are asked.
        says: String,
    },
    /// Comment on the draft.
    Comment {
        /// On this clause; on the whole when `None`.
        clause: Option<String>,
        /// What one has to say.
        words: String,
    },
    /// Say what became of a comment.
    Answer {
        /// Which.
        comment: u32,
        /// Whether it was taken up.
        taken_up: bool,
        /// How, or why not.
        says: String,
    },
    /// Ask the approvers to approve the draft.
    AskApproval,
    /// Agree to the draft.
    Approve {
        /// For whom, in the policy's words.
        approver: String,
        /// The state of the draft that one has read.
        revision: u64,
    },
    /// Adopt the draft.
    Adopt,
    /// Adopt a document as it is: see [`Act::adopt_at_once`].
    AdoptAtOnce(Box<Document>),
    /// Record something after which the policy is to be reviewed.
    RecordTrigger {
        /// What kind, in the policy's words.
        kind: String,
        /// What happened.
        what: String,
    },
    /// Complete a review.
    CompleteReview {
        /// What came of it.
        outcome: Outcome,
        /// What was looked at and decided.
        notes: String,
        /// Who took part.
        took_part: Vec<Person>,
    },
    /// Say that one has read a version.
    Acknowledge {
        /// Which.
        version: u32,
    },
    /// Record that the version in force was sent to people.
    RecordSent {
        /// How.
        way: String,
        /// To whom.
        groups: Vec<Group>,
        /// On which day; today when `None`.
        on: Option<Date>,
    },
    /// Put the policy on the public page, or take it off.
    SetPublic(bool),
    /// Put a linked policy on file.
    KeepLinked(LinkedPolicy),
    /// Take a linked policy off file.
    RemoveLinked {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
    /// Record the outcome of a case of misuse.
    RecordOutcome(MisuseOutcome),
    /// Switch a control off.
    SwitchOff {
        /// Which.
        control: String,
        /// Why.
        reason: String,
    },
    /// Switch a control on again.
    SwitchOn {
        /// Which.
        control: String,
    },
    /// Choose a value that the clauses leave open.
    Choose {
        /// For which control.
        control: String,
        /// Which of its params.
        param: String,
        /// What.
        value: Value,
    },
    /// Give one's word on a clause that no control answers.
    GiveWord {
        /// Which.
        clause: String,
        /// How it is met.
        says: String,
        /// Until when that holds.
        until: Date,
    },
}

/// A document that was read outside and is handed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The name that the file had.
    pub file: String,
    /// The title of the document.
    pub title: String,
    /// Its clauses, with what is suggested for each.
    pub clauses: Vec<Suggested>,
}

/// A policy that clauses refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedPolicy {
    /// Its name, as clauses refer to it.
    pub name: String,
    /// Who looks after it.
    pub owner: Role,
    /// When it is to be looked at again.
    pub review_on: Date,
    /// Where it is kept.
    pub kept_at: Option<String>,
    /// Its address on the web.
    pub address: Option<String>,
    /// Its words.
    pub text: Option<String>,
}

/// The outcome of a case of misuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MisuseOutcome {
    /// Whom it concerns.
    pub person: Person,
    /// What happened.
    pub what: String,
    /// One of the policy's sanctions; `None`: no sanction.
    pub sanction: Option<String>,
    /// Who decided.
    pub decided_by: Person,
    /// The day of the decision; today when `None`.
    pub on: Option<Date>,
}

/// What comes of an act, or why it makes no sense.
pub(super) type Came<T = Entry> = Result<T, Vec<Mistake>>;

impl Act {
    /// Adopts a document as it is: the first policy of a setting that has agreed on it already.
    #[must_use]
    pub fn adopt_at_once(document: Document) -> Act {
        Act::AdoptAtOnce(Box::new(document))
    }

    /// The act's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Act::BeginFromTemplate(_) => "policy.begin-from-template",
            Act::BeginFromCurrent => "policy.begin-from-current",
            Act::BeginFromFile { .. } => "policy.begin-from-file",
            Act::BeginFromReading(_) => "policy.begin-from-reading",
            Act::RenameDraft { .. } => "policy.rename-draft",
            Act::DiscardDraft { .. } => "policy.discard-draft",
            Act::AddClause { .. } => "policy.add-clause",
            Act::EditClause { .. } => "policy.edit-clause",
            Act::RemoveClause { .. } => "policy.remove-clause",
            Act::MoveClause { .. } => "policy.move-clause",
            Act::Bind { .. } => "policy.bind",
            Act::ConfirmSure => "policy.confirm-sure",
            Act::Consult { .. } => "policy.consult",
            Act::Comment { .. } => "policy.comment",
            Act::Answer { .. } => "policy.answer",
            Act::AskApproval => "policy.ask-approval",
            Act::Approve { .. } => "policy.approve",
            Act::Adopt => "policy.adopt",
            Act::AdoptAtOnce(_) => "policy.adopt-at-once",
            Act::RecordTrigger { .. } => "policy.record-trigger",
            Act::CompleteReview { .. } => "policy.complete-review",
            Act::Acknowledge { .. } => "policy.acknowledge",
            Act::RecordSent { .. } => "policy.record-sent",
            Act::SetPublic(true) => "policy.make-public",
            Act::SetPublic(false) => "policy.make-private",
            Act::KeepLinked(_) => "policy.keep-linked",
            Act::RemoveLinked { .. } => "policy.remove-linked",
            Act::RecordOutcome(_) => "policy.record-outcome",
            Act::SwitchOff { .. } => "policy.switch-off",
            Act::SwitchOn { .. } => "policy.switch-on",
            Act::Choose { .. } => "policy.choose",
            Act::GiveWord { .. } => "policy.give-word",
        }
    }

    /// Who may ask for it.
    #[must_use]
    pub fn need(&self, setting: &Setting) -> Need {
        match self {
            Act::Comment { .. } => may_comment(setting),
            Act::Acknowledge { .. } => Need::SignedIn,
            Act::Approve { approver, .. } => Approver::read(approver).need(),
            Act::RecordTrigger { .. }
            | Act::CompleteReview { .. }
            | Act::RecordOutcome(_)
            | Act::GiveWord { .. } => Need::leadership(),
            Act::BeginFromTemplate(_)
            | Act::BeginFromCurrent
            | Act::BeginFromFile { .. }
            | Act::BeginFromReading(_)
            | Act::RenameDraft { .. }
            | Act::DiscardDraft { .. }
            | Act::AddClause { .. }
            | Act::EditClause { .. }
            | Act::RemoveClause { .. }
            | Act::MoveClause { .. }
            | Act::Bind { .. }
            | Act::ConfirmSure
            | Act::Consult { .. }
            | Act::Answer { .. }
            | Act::AskApproval
            | Act::Adopt
            | Act::AdoptAtOnce(_)
            | Act::RecordSent { .. }
            | Act::SetPublic(_)
            | Act::KeepLinked(_)
            | Act::RemoveLinked { .. }
            | Act::SwitchOff { .. }
            | Act::SwitchOn { .. }
            | Act::Choose { .. } => Need::management(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    /// Why it makes no sense now.
    pub fn entries(&self, case: &Case<'_>) -> Result<Vec<AnyEntry>, Vec<Mistake>> {
        let entry = match self {
            Act::BeginFromTemplate(name) => writing::from_template(name, case)?,
            Act::BeginFromCurrent => writing::from_current(case)?,
            Act::BeginFromFile { name, text } => writing::from_file(name, text, case)?,
            Act::BeginFromReading(reading) => writing::from_document(reading, case)?,
            Act::RenameDraft { title } => writing::rename(title, case)?,
            Act::DiscardDraft { why } => writing::discard(why, case)?,
            Act::AddClause {
                section,
                text,
                after,
            } => writing::add(section, text, after.as_deref(), case)?,
            Act::EditClause {
                clause,
                section,
                text,
            } => writing::edit(clause, section, text, case)?,
            Act::RemoveClause { clause } => writing::remove(clause, case)?,
            Act::MoveClause { clause, after } => writing::place(clause, after.as_deref(), case)?,
            Act::Bind {
                clause,
                controls,
                values,
            } => writing::bind(clause, controls, values.as_deref(), case)?,
            Act::ConfirmSure => writing::confirm_sure(case)?,
            Act::Consult {
                groups,
                until,
                says,
            } => consulting::consult(groups, *until, says, case)?,
            Act::Comment { clause, words } => consulting::comment(clause.as_deref(), words, case)?,
            Act::Answer {
                comment,
                taken_up,
                says,
            } => consulting::answer(*comment, *taken_up, says, case)?,
            Act::AskApproval => adopting::ask(case)?,
            Act::Approve { approver, revision } => adopting::approve(approver, *revision, case)?,
            Act::Adopt => adopting::adopt(case)?,
            Act::AdoptAtOnce(document) => adopting::at_once(document, case)?,
            Act::RecordTrigger { kind, what } => reviewing::record(kind, what, case)?,
            Act::CompleteReview {
                outcome,
                notes,
                took_part,
            } => reviewing::complete(*outcome, notes, took_part, case)?,
            Act::Acknowledge { version } => publishing::acknowledge(*version, case)?,
            Act::RecordSent { way, groups, on } => publishing::sent(way, groups, *on, case)?,
            Act::SetPublic(public) => publishing::set_public(*public, case)?,
            Act::KeepLinked(linked) => publishing::keep(linked, case)?,
            Act::RemoveLinked { name, why } => publishing::remove(name, why, case)?,
            Act::RecordOutcome(outcome) => running::outcome(outcome, case)?,
            Act::SwitchOff { control, reason } => running::switch_off(control, reason, case)?,
            Act::SwitchOn { control } => running::switch_on(control, case)?,
            Act::Choose {
                control,
                param,
                value,
            } => running::choose(control, param, value, case)?,
            Act::GiveWord {
                clause,
                says,
                until,
            } => running::give_word(clause, says, *until, case)?,
        };
        Ok(vec![AnyEntry::Policy(entry)])
    }
}

/// The people to whom the draft was put, and those who write it.
fn may_comment(setting: &Setting) -> Need {
    let groups = setting
        .policy
        .draft()
        .and_then(|draft| draft.consultation.as_ref())
        .map(|consultation| Need::Of(consultation.groups.clone()));
    Need::AnyOf(groups.into_iter().chain([Need::leadership()]).collect())
}

fn no_now<T>(says: impl Into<String>) -> Result<T, Vec<Mistake>> {
    Err(vec![Mistake::new(says)])
}

/// The version in force.
fn in_force<'a>(case: &Case<'a>) -> Result<&'a super::register::Version, Vec<Mistake>> {
    let adopted = case.setting.policy.adopted();
    adopted.ok_or_else(|| {
        vec![Mistake::new(
            "There is no policy in force yet. Adopt one first",
        )]
    })
}

/// The draft.
fn draft<'a>(case: &Case<'a>) -> Result<&'a super::draft::Draft, Vec<Mistake>> {
    let draft = case.setting.policy.draft();
    draft.ok_or_else(|| {
        vec![Mistake::new(
            "There is no draft. Begin one from a template, a file, a document or the version in force",
        )]
    })
}
