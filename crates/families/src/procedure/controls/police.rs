//! procedure.police: what must go to the police. Choosing one of the policy’s kinds makes telling
//! them a step that is passed over only with a reason and a second person’s agreement.

use crate::spine::control::{Control, Procedure};
use kernel::value::Words;
use serde::Deserialize;

/// What must go to the police.
#[derive(Deserialize)]
pub(super) struct Police {
    /// The kinds that the policy names; read when a procedure is begun.
    #[serde(default)]
    kinds: Words,
}

impl Control for Police {
    fn procedure(&self) -> Option<Procedure> {
        let mut told = super::told("police")?;
        let named: Vec<&str> = self.kinds.iter().collect();
        if !named.is_empty() {
            told.steps.push(format!(
                "Our policy says that these go to the police: {}. Telling them is then passed over only with a reason and a second person’s agreement.",
                named.join("; ")
            ));
        }
        Some(told)
    }
}
