//! The list of responsibilities of each role and group, taken from the clauses of the policy. A
//! clause says whom it binds by `role`, or by entries of `list` in the form "role: what"; else its
//! heading or its first words say it. What a role has read is known by the digest of its list.

use super::{bearer::Bearer, role::Role};
use crate::{
    policy::document::{Clause, Document},
    spine::{
        catalogue,
        in_force::{Bound, InForce, bind},
    },
};
use kernel::value::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The control that the lists belong to.
pub const CONTROL: &str = "roles.responsibilities";
/// How many of the first words of a clause are looked at for whom it binds.
const FIRST_WORDS: usize = 6;

/// What one role or group answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Who.
    pub bearer: Bearer,
    /// What for, in the order of the policy.
    pub items: Vec<Item>,
}

/// One responsibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What, in the policy's words.
    pub says: String,
    /// The clause behind it; empty for what the setting chose itself.
    pub clause: String,
    /// The section of the clause.
    pub section: String,
}

/// Every list, the known roles first, then the policy's own, then groups and everyone.
#[must_use]
pub fn lists(clauses: &[Clause], list: &[String], role: &[String]) -> Vec<List> {
    let meant: BTreeMap<String, Vec<Bearer>> = role
        .iter()
        .map(|words| (words.to_lowercase(), Bearer::read(words)))
        .collect();
    let mut all: BTreeMap<Bearer, Vec<(usize, Item)>> = BTreeMap::new();
    let mut add = |bearers: Vec<Bearer>, place: usize, item: &Item| {
        for bearer in bearers {
            let items = all.entry(bearer).or_default();
            if !items.iter().any(|(_, other)| other.says == item.says) {
                items.push((place, item.clone()));
            }
        }
    };
    for words in list {
        let behind = clauses.iter().position(|clause| has_in_list(clause, words));
        let clause = behind.and_then(|place| clauses.get(place));
        let (who, what) = words.split_once(':').unwrap_or(("", words));
        let bearers = match (Bearer::read(who), clause) {
            (bearers, Some(clause)) if bearers.is_empty() => spoken_of(clause, &meant),
            (bearers, None) if bearers.is_empty() => vec![Bearer::Everyone],
            (bearers, _) => bearers,
        };
        let item = item(&capital(what.trim()), clause);
        add(bearers, behind.unwrap_or(usize::MAX), &item);
    }
    for (place, clause) in clauses.iter().enumerate() {
        if !clause.values.contains_key("list") {
            let item = item(&clause.text, Some(clause));
            add(spoken_of(clause, &meant), place, &item);
        }
    }
    let mut lists: Vec<List> = all.into_iter().map(in_order).collect();
    lists.sort_by_key(|list| rank(&list.bearer));
    lists
}

/// The lists that the policy in force gives.
#[must_use]
pub fn in_force(in_force: &InForce) -> Vec<List> {
    in_force
        .find(CONTROL)
        .map_or_else(Vec::new, |running| of_bound(&running.bound))
}

/// The lists that a document would give if it were in force.
#[must_use]
pub fn of_document(document: &Document) -> Vec<List> {
    let bound = catalogue::find(CONTROL).and_then(|described| bind(CONTROL, described, document));
    bound.map_or_else(Vec::new, |bound| of_bound(&bound))
}

fn of_bound(bound: &Bound) -> Vec<List> {
    let words = |param: &str| {
        bound
            .values
            .get(param)
            .map(Value::words)
            .unwrap_or_default()
    };
    lists(&bound.clauses, &words("list"), &words("role"))
}

/// The list of a role, when the policy in force gives it one.
#[must_use]
pub fn of_role(in_force: &InForce, role: &Role) -> Option<List> {
    self::in_force(in_force)
        .into_iter()
        .find(|list| list.bearer == Bearer::Role(role.clone()))
}

impl List {
    /// The same for the same words in whatever order, another when a word changes.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut words: Vec<&str> = self.items.iter().map(|item| item.says.as_str()).collect();
        words.sort_unstable();
        let digest = Sha256::digest(words.join("\n").as_bytes());
        digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The clauses behind it, each once.
    #[must_use]
    pub fn clauses(&self) -> Vec<String> {
        let mut clauses: Vec<String> = Vec::new();
        for item in self.items.iter().filter(|item| !item.clause.is_empty()) {
            if !clauses.contains(&item.clause) {
                clauses.push(item.clause.clone());
            }
        }
        clauses
    }

    /// The list of whoever holds a role.
    #[must_use]
    pub fn role(&self) -> Option<&Role> {
        match &self.bearer {
            Bearer::Role(role) => Some(role),
            Bearer::Everyone | Bearer::Group(_) => None,
        }
    }
}

fn item(says: &str, clause: Option<&Clause>) -> Item {
    Item {
        says: says.to_owned(),
        clause: clause.map(|clause| clause.id.clone()).unwrap_or_default(),
        section: clause
            .map(|clause| clause.section.clone())
            .unwrap_or_default(),
    }
}

/// Whom a clause binds: by its `role`, by its heading, by its first words, else everyone.
fn spoken_of(clause: &Clause, meant: &BTreeMap<String, Vec<Bearer>>) -> Vec<Bearer> {
    let named = clause
        .values
        .get("role")
        .map(Value::words)
        .unwrap_or_default();
    let named = named
        .iter()
        .filter_map(|words| meant.get(&words.to_lowercase()));
    let mut bearers: Vec<Bearer> = named.flatten().cloned().collect();
    let first: Vec<&str> = clause.text.split_whitespace().take(FIRST_WORDS).collect();
    for words in [clause.section.as_str(), &first.join(" ")] {
        if bearers.is_empty() {
            bearers = Bearer::recognise(words);
        }
    }
    if bearers.is_empty() {
        bearers.push(Bearer::Everyone);
    }
    bearers
}

/// Whether a clause has these words in its list.
fn has_in_list(clause: &Clause, words: &str) -> bool {
    let own = clause
        .values
        .get("list")
        .map(Value::words)
        .unwrap_or_default();
    own.iter()
        .any(|own| own.to_lowercase() == words.to_lowercase())
}

fn in_order((bearer, mut items): (Bearer, Vec<(usize, Item)>)) -> List {
    items.sort_by_key(|(place, _)| *place);
    List {
        bearer,
        items: items.into_iter().map(|(_, item)| item).collect(),
    }
}

fn rank(bearer: &Bearer) -> (u8, Bearer) {
    let rank = match bearer {
        Bearer::Role(Role::Other(_)) => 1,
        Bearer::Role(_) => 0,
        Bearer::Group(_) => 2,
        Bearer::Everyone => 3,
    };
    (rank, bearer.clone())
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
