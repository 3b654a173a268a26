//! access.password-strength: passwords are strong. Refuses what is short, guessed, common, made of
//! names or used before; who needs a second step is asked in the register of steps.

use crate::{
    access::{
        acts::Act as Access,
        strength::{Chosen, LENGTH_MIN, SCORE_MIN},
    },
    spine::{
        act::{Act, Case},
        control::Control,
    },
};
use kernel::{
    ruling::{AllowedBy, Ruling},
    value::Words,
};
use serde::Deserialize;

/// Passwords are strong.
#[derive(Deserialize)]
pub(super) struct PasswordStrength {
    /// The fewest characters.
    #[serde(default)]
    min_length: Option<u16>,
    /// The least score, 0 to 4.
    #[serde(default)]
    min_score: Option<u8>,
    /// Roles that need a second step even where their holders do not work here.
    #[serde(default)]
    #[expect(
        dead_code,
        reason = "the register of steps reads it from what the clauses chose, also where nothing is in force"
    )]
    second_factor: Words,
}

impl Control for PasswordStrength {
    fn judge(&self, act: &Act, _case: &Case<'_>) -> Ruling {
        let Some(chosen) = chosen(act) else {
            return Ruling::Silent;
        };
        let length = self.min_length.unwrap_or(LENGTH_MIN);
        let score = self.min_score.unwrap_or(SCORE_MIN).min(4);
        match chosen.strength.weakness(length, score) {
            Some(says) => Ruling::refuse(
                says,
                AllowedBy::Nobody,
                "Choose another password and type it twice.",
            )
            .at("password"),
            None => Ruling::Silent,
        }
    }
}

fn chosen(act: &Act) -> Option<&Chosen> {
    match act {
        Act::Access(Access::SetUp(set_up)) => Some(&set_up.password),
        Act::Access(Access::TakeUp { password, .. } | Access::ChangePassword { password }) => {
            Some(password)
        }
        _ => None,
    }
}
