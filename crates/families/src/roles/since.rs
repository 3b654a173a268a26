//! Since when the policy asks for something. A new version that still asks for it does not give the
//! time afresh.

use super::{
    bearer::Bearer,
    lists::{self, List},
};
use crate::{
    policy::document::{Clause, Document},
    spine::control::Standpoint,
};
use kernel::moment::Date;
use std::cell::OnceCell;

/// At most so many versions are looked back at.
const VERSIONS_MAX: usize = 50;

/// The lists of the versions of the policy, worked out once and only when somebody asks.
#[derive(Default)]
pub struct Past {
    versions: OnceCell<Vec<Version>>,
}

/// The lists of one version, by their digests.
struct Version {
    adopted: Date,
    digests: Vec<(Bearer, String)>,
}

impl Past {
    /// The day since which a list of the policy in force has been as it is.
    #[must_use]
    pub fn since(&self, list: &List, from: &Standpoint<'_>) -> Date {
        let own = (list.bearer.clone(), list.digest());
        let versions = self.versions.get_or_init(|| versions(from));
        let unbroken = versions
            .iter()
            .enumerate()
            .take_while(|(place, version)| *place == 0 || version.digests.contains(&own));
        unbroken
            .last()
            .map_or(from.today, |(_, version)| version.adopted)
    }
}

/// The versions of the policy, the one in force first.
fn versions(from: &Standpoint<'_>) -> Vec<Version> {
    let mut all: Vec<Version> = Vec::new();
    let mut after: Option<&Document> = None;
    for version in from
        .setting
        .policy
        .versions()
        .iter()
        .rev()
        .take(VERSIONS_MAX)
    {
        let document = &version.document;
        let same = after.is_some_and(|after| gives_the_same(after, document));
        let digests = match all.last() {
            Some(last) if same => last.digests.clone(),
            _ => digests(document),
        };
        all.push(Version {
            adopted: version.at.date(),
            digests,
        });
        after = Some(document);
    }
    all
}

fn digests(document: &Document) -> Vec<(Bearer, String)> {
    let lists = lists::of_document(document).into_iter();
    lists
        .map(|list| (list.bearer.clone(), list.digest()))
        .collect()
}

/// Whether two versions have the same clauses and choices for the lists.
fn gives_the_same(one: &Document, other: &Document) -> bool {
    one.policy.choices == other.policy.choices && listing(one).eq(listing(other))
}

fn listing(document: &Document) -> impl Iterator<Item = &Clause> {
    let named = |clause: &&Clause| {
        clause
            .controls
            .iter()
            .any(|control| control == lists::CONTROL)
    };
    document.clauses.iter().filter(named)
}

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
