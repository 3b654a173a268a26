//! policy.scope: whom and what the policy covers is said, shown, and used to decide whom a rule binds.

use super::clause_ids;
use crate::spine::control::{Audience, Control, Notice, Standpoint};
use kernel::value::Words;
use serde::Deserialize;

/// Who and what the policy covers is stated.
#[derive(Deserialize)]
pub(super) struct Scope {
    #[serde(default)]
    people: Words,
    #[serde(default)]
    devices: Words,
    #[serde(default)]
    places: Words,
}

impl Control for Scope {
    fn notices(&self, from: &Standpoint<'_>) -> Vec<Notice> {
        let line = |what: &str, words: &Words| {
            (!words.is_empty())
                .then(|| format!("{what}: {}.", words.iter().collect::<Vec<_>>().join(", ")))
        };
        let mut says: Vec<String> = [
            line("It is for", &self.people),
            line("It covers these devices", &self.devices),
            line("It holds here", &self.places),
        ]
        .into_iter()
        .flatten()
        .collect();
        if self.people.is_empty() {
            says.insert(0, "It is for everybody who comes here.".to_owned());
        }
        vec![Notice {
            to: Audience::Everyone,
            title: "Whom and what our policy covers".to_owned(),
            says,
            clauses: clause_ids(from),
        }]
    }
}
