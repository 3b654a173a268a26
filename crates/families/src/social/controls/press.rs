//! social.press: journalists are referred on. A short procedure: say nothing, take the name, tell
//! whom, note it.

use crate::spine::control::{Control, Procedure};
use kernel::value::Words;
use serde::Deserialize;

/// Journalists are referred on.
#[derive(Deserialize)]
pub(super) struct Press {
    /// To whom: a role, or a procedure of somebody else.
    #[serde(default)]
    refer_to: Words,
}

impl Control for Press {
    fn procedure(&self) -> Option<Procedure> {
        let named: Vec<&str> = self.refer_to.iter().collect();
        let whom = if named.is_empty() {
            "the manager".to_owned()
        } else {
            named.join(" or ")
        };
        Some(Procedure {
            title: "When a journalist gets in touch".to_owned(),
            steps: vec![
                "Be polite and say that somebody else will answer.".to_owned(),
                "Write down the name, for whom they work, how to reach them, and what they asked."
                    .to_owned(),
                format!("Refer them to {whom} straight away, with what you wrote down."),
                "If it came by a post or a message, leave it as it is.".to_owned(),
            ],
            never: vec![
                "Do not answer the question, even if it seems harmless.".to_owned(),
                "Do not say whether a child, family or colleague belongs to the setting."
                    .to_owned(),
                "Do not let anybody in to take pictures.".to_owned(),
            ],
        })
    }
}
