//! Since when the policy asks for something. A new version that still asks for it does not give the
//! time afresh.

use crate::{policy::document::Document, spine::control::Standpoint};
use kernel::moment::Date;

/// The day since which the policy has had a clause of this control, in each version without a break.
#[must_use]
pub fn adopted(from: &Standpoint<'_>) -> Date {
    let ids: Vec<&str> = from
        .bound
        .clauses
        .iter()
        .map(|clause| clause.id.as_str())
        .collect();
    asked(from, |document| {
        ids.iter().any(|id| document.clause(id).is_some())
    })
}

/// The day since which this has been so of each version of the policy, up to the one in force.
#[must_use]
pub fn asked(from: &Standpoint<'_>, so: impl Fn(&Document) -> bool) -> Date {
    let versions = from.setting.policy.versions().iter().rev();
    let unbroken = versions.enumerate().take_while(|(place, version)| {
        // Of the version in force it is so: its control says it.
        *place == 0 || so(&version.document)
    });
    unbroken
        .last()
        .map_or(from.today, |(_, version)| version.at.date())
}
