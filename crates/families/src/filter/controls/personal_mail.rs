//! filter.personal-mail: personal mail is off on the setting’s equipment for those whom the policy
//! names. The setting’s own mail is none of it.

use crate::{
    filter::{kinds::MAIL, named},
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

/// Personal mail is off.
#[derive(Deserialize)]
pub(super) struct PersonalMail {
    /// For whom; read when a profile is made.
    #[serde(default)]
    profiles: Words,
}

impl Control for PersonalMail {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Some((_, users)) = named::against(act, case, &[MAIL]) else {
            return Ruling::Silent;
        };
        let whom: Vec<&str> = self.profiles.iter().collect();
        let whom = match whom.as_slice() {
            [] => "everybody".to_owned(),
            all => all.join(", "),
        };
        Ruling::refuse(
            format!(
                "Personal mail is closed here for {whom}; this would open it for: {}.",
                users.in_words().to_lowercase()
            ),
            AllowedBy::Nobody,
            "Use the setting’s own mail, or a device of your own on a break.",
        )
    }
}
