//! concerns.advice: advice is sought early, and kept with who gave it.

use crate::spine::control::{Control, Procedure, Register, Standpoint};
use kernel::value::Words;
use serde::Deserialize;

/// Advice is sought early.
#[derive(Deserialize)]
pub(super) struct Advice {
    /// Who gives it.
    #[serde(default)]
    from: Words,
}

impl Control for Advice {
    fn register(&self, _from: &Standpoint<'_>) -> Option<Register> {
        Some(Register::apart("Advice, and who gave it"))
    }

    fn procedure(&self) -> Option<Procedure> {
        let named: Vec<&str> = self.from.iter().collect();
        let whom = if named.is_empty() {
            "children’s social care, the local safeguarding partners, or the Professionals Online Safety Helpline".to_owned()
        } else {
            named.join(", ")
        };
        Some(Procedure {
            title: "Seeking advice".to_owned(),
            steps: vec![
                format!(
                    "If you are not sure what to do, ask early: {whom}. Numbers stand in the help directory."
                ),
                "You can ask without naming the child.".to_owned(),
                "Write down in the case what you asked, who answered, and what they advised."
                    .to_owned(),
            ],
            never: vec!["Do not wait for advice where a child is in danger: ring 999.".to_owned()],
        })
    }
}
