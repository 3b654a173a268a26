//! A password that was chosen, as the server puts it among the answers: its hash and its measure.

use super::made::MADE_HASH;
use crate::{
    access::strength::{Chosen, Found, Strength},
    spine::answers::Answers,
};

/// How strong the password in the form is: its characters, its score, what was found out.
pub const MADE_STRENGTH: &str = "made-strength";

impl Strength {
    /// As it stands among the answers.
    #[must_use]
    pub fn to_text(&self) -> String {
        let found = match self.found {
            Found::Nothing => "nothing",
            Found::Common => "common",
            Found::Name => "name",
            Found::Before => "before",
        };
        format!("{} {} {found}", self.length, self.score)
    }

    fn from_text(text: &str) -> Option<Strength> {
        let mut parts = text.split(' ');
        Some(Strength {
            length: parts.next()?.parse().ok()?,
            score: parts.next()?.parse().ok()?,
            found: match parts.next()? {
                "nothing" => Found::Nothing,
                "common" => Found::Common,
                "name" => Found::Name,
                "before" => Found::Before,
                _ => return None,
            },
        })
    }
}

/// Reads it.
pub(super) fn read(answers: &Answers) -> Option<Chosen> {
    Some(Chosen {
        hash: answers.text(MADE_HASH)?,
        strength: Strength::from_text(&answers.text(MADE_STRENGTH)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_read_back_as_it_was() {
        for found in [Found::Nothing, Found::Common, Found::Name, Found::Before] {
            let strength = Strength {
                length: 14,
                score: 3,
                found,
            };
            assert_eq!(Strength::from_text(&strength.to_text()), Some(strength));
        }
    }
}
