//! The four kinds of risk online, in our words. Concerns are filed and charted under them.

use serde::{Deserialize, Serialize};

/// A kind of risk online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// What is seen.
    Content,
    /// Who gets in touch.
    Contact,
    /// How people behave.
    Conduct,
    /// Who earns by it.
    Commerce,
}

impl Risk {
    /// All of them.
    pub const ALL: [Risk; 4] = [Risk::Content, Risk::Contact, Risk::Conduct, Risk::Commerce];

    /// As forms and the ledger write it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Risk::Content => "content",
            Risk::Contact => "contact",
            Risk::Conduct => "conduct",
            Risk::Commerce => "commerce",
        }
    }

    /// The kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Risk> {
        Risk::ALL.into_iter().find(|risk| risk.key() == key)
    }

    /// Its name, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Risk::Content => "Content",
            Risk::Contact => "Contact",
            Risk::Conduct => "Conduct",
            Risk::Commerce => "Commerce",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn means(self) -> &'static str {
        match self {
            Risk::Content => {
                "Seeing or hearing what is not fit for a child: violence, sexual images, hatred, self-harm, false stories that frighten or mislead."
            }
            Risk::Contact => {
                "Being reached by somebody who means harm: a stranger who makes friends, an adult who pretends to be a child, pressure to meet or to send pictures."
            }
            Risk::Conduct => {
                "Behaving online in a way that hurts oneself or others: unkind messages, passing on pictures of people, giving away names, addresses or passwords."
            }
            Risk::Commerce => {
                "Being made to pay or to give something away: advertisements, purchases inside games, gambling, tricks to get money or personal details."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_risk_is_found_by_its_key_and_says_what_it_means() {
        for risk in Risk::ALL {
            assert_eq!(Risk::from_key(risk.key()), Some(risk));
            assert!(risk.means().ends_with('.') && !risk.in_words().is_empty());
        }
        assert_eq!(Risk::from_key("weather"), None);
    }
}
