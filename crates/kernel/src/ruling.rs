//! What a control may answer to an act, and what a person is told when the answer is no.

use serde::{Deserialize, Serialize};

/// What one control says to one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Nothing to say.
    Silent,
    /// It may be done once the person has confirmed this.
    Ask(Question),
    /// It may not be done.
    Refuse(Reason),
}

/// Something to confirm before an act is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question, as a sentence that "yes" answers.
    pub says: String,
}

/// Why a control refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Why, in plain words.
    pub says: String,
    /// Who can allow it.
    pub allowed_by: AllowedBy,
    /// What the person can do now.
    pub instead: String,
}

/// Who can allow what was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowedBy {
    /// These roles, as the setting names them.
    Roles(Vec<String>),
    /// Nobody: the policy knows no exception.
    Nobody,
}

impl Ruling {
    /// A refusal.
    #[must_use]
    pub fn refuse(
        says: impl Into<String>,
        allowed_by: AllowedBy,
        instead: impl Into<String>,
    ) -> Ruling {
        Ruling::Refuse(Reason {
            says: says.into(),
            allowed_by,
            instead: instead.into(),
        })
    }
}

/// A clause of the setting's own policy, quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The clause's id in the policy.
    pub clause: String,
    /// The section that it stands in.
    pub section: String,
    /// Its words.
    pub text: String,
}

/// A no with everything that the person needs. The same value feeds page, API and command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The control that refuses: `policy.review`.
    pub control: String,
    /// The clauses that brought the control into force. Never empty.
    pub clauses: Vec<Quote>,
    /// Why, in plain words.
    pub reason: String,
    /// Who can allow it.
    pub allowed_by: AllowedBy,
    /// What to do now.
    pub what_now: String,
}

impl AllowedBy {
    /// As a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            AllowedBy::Roles(roles) => format!("{} can allow it.", list(roles)),
            AllowedBy::Nobody => "Nobody can allow it.".to_owned(),
        }
    }
}

/// "a, b or c", with a capital.
fn list(names: &[String]) -> String {
    let joined = match names {
        [] => "somebody else".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    };
    let mut letters = joined.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
