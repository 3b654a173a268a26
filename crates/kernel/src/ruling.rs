//! What a control may answer to an act, and what a person is told when the answer is no.

use crate::sealed::Erased;
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
    /// The field of the form that it belongs to, when it is about one.
    pub field: Option<String>,
}

/// An act that makes no sense now, whatever the policy says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{says}")]
pub struct Mistake {
    /// The field of the form that it belongs to, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What to do: "Choose a day that is not in the future".
    pub says: String,
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
            field: None,
        })
    }

    /// A question.
    #[must_use]
    pub fn ask(says: impl Into<String>) -> Ruling {
        Ruling::Ask(Question { says: says.into() })
    }

    /// The same, shown at a field of the form; only a refusal has one.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Ruling {
        match self {
            Ruling::Refuse(reason) => Ruling::Refuse(Reason {
                field: Some(field.into()),
                ..reason
            }),
            Ruling::Silent | Ruling::Ask(_) => self,
        }
    }
}

impl Mistake {
    /// About the act as a whole.
    #[must_use]
    pub fn new(says: impl Into<String>) -> Mistake {
        Mistake {
            field: None,
            says: says.into(),
        }
    }

    /// About one field of the form.
    #[must_use]
    pub fn at(field: impl Into<String>, says: impl Into<String>) -> Mistake {
        Mistake {
            field: Some(field.into()),
            says: says.into(),
        }
    }
}

impl From<Erased> for Mistake {
    fn from(_: Erased) -> Mistake {
        Mistake::new(
            "What is kept about this person was erased. Choose another person, or add them anew",
        )
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
    /// The field of the form that it belongs to, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_allow_it_reads_as_a_sentence() {
        let roles = |names: &[&str]| {
            AllowedBy::Roles(names.iter().map(|name| (*name).to_owned()).collect()).in_words()
        };
        assert_eq!(roles(&["the manager"]), "The manager can allow it.");
        assert_eq!(
            roles(&["manager", "deputy", "chair"]),
            "Manager, deputy or chair can allow it."
        );
        assert_eq!(roles(&[]), "Somebody else can allow it.");
        assert_eq!(AllowedBy::Nobody.in_words(), "Nobody can allow it.");
    }

    #[test]
    fn only_a_refusal_stands_at_a_field() {
        let refusal = Ruling::refuse("No.", AllowedBy::Nobody, "Wait.").at("day");
        assert!(
            matches!(refusal, Ruling::Refuse(Reason { field: Some(field), .. }) if field == "day")
        );
        assert_eq!(Ruling::Silent.at("day"), Ruling::Silent);
        assert_eq!(Ruling::ask("Sure?").at("day"), Ruling::ask("Sure?"));
    }

    #[test]
    fn a_mistake_says_what_to_do() {
        let mistake = Mistake::at("day", "Choose a day in the past");
        assert_eq!(mistake.to_string(), "Choose a day in the past");
        let text = serde_json::to_string(&mistake).unwrap();
        assert_eq!(serde_json::from_str::<Mistake>(&text).unwrap(), mistake);
    }
}
