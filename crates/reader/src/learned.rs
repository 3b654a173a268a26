//! What people of this setting corrected: clauses with the controls that they were bound to in the end.
//! Handed in with the next upload; near-identical clauses take them over, similar ones are drawn towards them.

use serde::{Deserialize, Serialize};

/// The most corrections that are looked at; older ones are left aside.
pub(crate) const CORRECTIONS_MAX: usize = 5_000;

/// Corrections of one setting, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Learned {
    corrections: Vec<Correction>,
}

/// A clause as a person bound it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The clause as it stood in the document.
    pub text: String,
    /// The controls it was bound to; none: it asks for nothing.
    pub controls: Vec<String>,
}

impl Learned {
    /// Keeps a correction; a later one on the same words replaces the earlier.
    pub fn correct(&mut self, text: &str, controls: &[String]) {
        self.corrections
            .retain(|correction| correction.text != text);
        self.corrections.push(Correction {
            text: text.to_owned(),
            controls: controls.to_vec(),
        });
    }

    /// The corrections, the oldest first.
    #[must_use]
    pub fn corrections(&self) -> &[Correction] {
        let from = self.corrections.len().saturating_sub(CORRECTIONS_MAX);
        self.corrections.get(from..).unwrap_or_default()
    }
}
