//! What is different between two states of the policy, clause by clause. Clauses are told apart by
//! their ids, which stay the same from version to version.

use super::document::{Clause, Document};
use std::collections::HashMap;

/// What is different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference<'a> {
    /// Clauses that are different, in the order of the later document; those that are gone, last.
    pub changes: Vec<Change<'a>>,
    /// Whether clauses that are in both stand in another order.
    pub is_reordered: bool,
}

/// One clause that is different.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<'a> {
    /// It is new.
    Added(&'a Clause),
    /// It is gone.
    Removed(&'a Clause),
    /// Its words, its heading, its controls or its values changed.
    Changed {
        /// As it was.
        before: &'a Clause,
        /// As it is.
        after: &'a Clause,
    },
}

/// How many clauses are different in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// New ones.
    pub added: usize,
    /// Ones that are gone.
    pub removed: usize,
    /// Ones with other words or heading.
    pub reworded: usize,
    /// Ones with other controls or values only.
    pub rebound: usize,
}

/// Compares two states of the policy.
#[must_use]
pub fn compare<'a>(before: &'a Document, after: &'a Document) -> Difference<'a> {
    let was: HashMap<&str, &Clause> = by_id(before);
    let is: HashMap<&str, &Clause> = by_id(after);
    let mut changes: Vec<Change<'a>> = after
        .clauses
        .iter()
        .filter_map(|clause| match was.get(clause.id.as_str()) {
            None => Some(Change::Added(clause)),
            Some(before) if *before == clause => None,
            Some(before) => Some(Change::Changed {
                before,
                after: clause,
            }),
        })
        .collect();
    let gone = before.clauses.iter();
    changes.extend(
        gone.filter(|clause| !is.contains_key(clause.id.as_str()))
            .map(Change::Removed),
    );
    let kept_before = before.clauses.iter().map(|clause| clause.id.as_str());
    let kept_after = after.clauses.iter().map(|clause| clause.id.as_str());
    Difference {
        changes,
        is_reordered: !kept_before
            .filter(|id| is.contains_key(id))
            .eq(kept_after.filter(|id| was.contains_key(id))),
    }
}

fn by_id(document: &Document) -> HashMap<&str, &Clause> {
    let clauses = document.clauses.iter();
    clauses.map(|clause| (clause.id.as_str(), clause)).collect()
}

impl Difference<'_> {
    /// How many clauses are different in which way.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for change in &self.changes {
            match change {
                Change::Added(_) => counts.added += 1,
                Change::Removed(_) => counts.removed += 1,
                Change::Changed { before, after }
                    if before.text == after.text && before.section == after.section =>
                {
                    counts.rebound += 1;
                }
                Change::Changed { .. } => counts.reworded += 1,
            }
        }
        counts
    }
}

impl Counts {
    /// For people: "2 new, 1 taken out".
    #[must_use]
    pub fn in_words(self) -> String {
        let parts: Vec<String> = [
            (self.added, "new"),
            (self.reworded, "reworded"),
            (self.rebound, "with other controls"),
            (self.removed, "taken out"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
        if parts.is_empty() {
            "no clause is different".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(clauses: &[(&str, &str)]) -> Document {
        let clause = |(id, text): &(&str, &str)| Clause {
            id: (*id).to_owned(),
            section: "S".to_owned(),
            text: (*text).to_owned(),
            ..Clause::default()
        };
        Document {
            clauses: clauses.iter().map(clause).collect(),
            ..Document::default()
        }
    }

    #[test]
    fn clauses_are_told_apart_by_their_ids() {
        let before = document(&[("a", "One."), ("b", "Two."), ("c", "Three.")]);
        let after = document(&[("c", "Three."), ("a", "One, again."), ("d", "Four.")]);
        let difference = compare(&before, &after);
        assert_eq!(
            difference.counts().in_words(),
            "1 new, 1 reworded, 1 taken out"
        );
        assert!(difference.is_reordered);
        assert_eq!(compare(&before, &before), Difference::default());
    }
}
