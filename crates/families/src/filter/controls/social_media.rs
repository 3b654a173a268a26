//! filter.social-media: social networks, chats and newsgroups are closed on the setting’s equipment
//! for those whom the policy names. Whoever runs the official pages does so in the office.

use crate::{
    filter::{
        kinds::{self, CHAT, SOCIAL},
        named,
    },
    policy::approver::Approver,
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

/// Social networks are closed.
#[derive(Deserialize)]
pub(super) struct SocialMedia {
    /// For whom; read when a profile is made.
    #[serde(default)]
    profiles: Words,
    /// Who runs the official pages.
    #[serde(default)]
    except: Words,
}

impl Control for SocialMedia {
    fn judge(&self, act: &Act, case: &Case<'_>) -> Ruling {
        let Some((kind, users)) = named::against(act, case, &[SOCIAL, CHAT]) else {
            return Ruling::Silent;
        };
        let whom: Vec<&str> = self.profiles.iter().collect();
        let whom = match whom.as_slice() {
            [] => "everybody".to_owned(),
            all => all.join(", "),
        };
        let instead = if self.except.is_empty() {
            "Use another way, or change the policy.".to_owned()
        } else {
            let who = self.except.iter().map(Approver::read);
            let who: Vec<String> = who.map(|one| one.in_words()).collect();
            format!(
                "The official pages are run on the office’s device, by: {}.",
                who.join(", ")
            )
        };
        Ruling::refuse(
            format!(
                "{} are closed here for {whom}; this would open them for: {}.",
                kinds::in_words(&kind),
                users.in_words().to_lowercase()
            ),
            AllowedBy::Nobody,
            instead,
        )
    }
}
