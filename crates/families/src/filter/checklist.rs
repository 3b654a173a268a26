//! National checklists for filtering and monitoring, row by row, in our own words: what each asks, and
//! how it stands here, from what is so at this moment. What nobody can say but a person is left to a
//! person, and what is not so is said to be not so.

mod filtering;
mod monitoring;
mod standards;

use crate::spine::view::View;

/// A checklist.
pub struct Checklist {
    /// What it is called.
    pub title: &'static str,
    /// Whose it is, and which version was read.
    pub from: &'static str,
    /// Its rows.
    pub rows: &'static [Row],
}

/// A row of a checklist.
pub struct Row {
    /// What it is about.
    pub title: &'static str,
    /// What it asks, in our words.
    pub asks: &'static str,
    /// How it stands.
    pub stands: fn(&View<'_>) -> Stands,
}

/// How a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    /// In short.
    pub answer: Answer,
    /// What shows it, or what is missing.
    pub evidence: String,
}

/// How a row stands, in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is so, and something shows it.
    Yes,
    /// Some of it is so.
    Partly,
    /// It is not so.
    No,
    /// Only people can say.
    Ask,
}

/// The checklists.
pub const CHECKLISTS: [&Checklist; 3] = [
    &filtering::FILTERING,
    &monitoring::MONITORING,
    &standards::STANDARDS,
];

impl Answer {
    /// In words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Answer::Yes => "Yes",
            Answer::Partly => "In part",
            Answer::No => "Not yet",
            Answer::Ask => "For you to say",
        }
    }
}

fn yes(evidence: impl Into<String>) -> Stands {
    stands(Answer::Yes, evidence)
}

fn partly(evidence: impl Into<String>) -> Stands {
    stands(Answer::Partly, evidence)
}

fn not(evidence: impl Into<String>) -> Stands {
    stands(Answer::No, evidence)
}

fn ask(evidence: impl Into<String>) -> Stands {
    stands(Answer::Ask, evidence)
}

fn stands(answer: Answer, evidence: impl Into<String>) -> Stands {
    let evidence = evidence.into();
    Stands { answer, evidence }
}

/// Whether the policy asks for a control.
fn asked(view: &View<'_>, control: &str) -> bool {
    view.in_force.find(control).is_some()
}

/// What is kept of what was asked for, where anything is.
fn traced(view: &View<'_>) -> Option<crate::monitor::traces::Kept> {
    view.traces.kept().filter(|kept| kept.days > 0)
}
