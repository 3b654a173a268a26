//! Names whose categories are known apart from how the file keeps them: what its lists said when they
//! were read.

use crate::{
    compiled::{About, Compiled, Damaged},
    names::upwards,
};
use std::collections::{BTreeMap, BTreeSet};

/// Names of each category that are asked for.
const EACH: usize = 12;

/// Of files that were made before there were marks: names, and parts of the file in which they are.
const OLD_NAMES: usize = 8;
const OLD_BUCKETS: u64 = 256;

/// A name that is in a list.
pub(super) struct Mark {
    pub(super) name: String,
    pub(super) category: String,
    /// It is the first of its category.
    pub(super) is_first: bool,
}

/// Some names of each category.
pub(super) struct Marks {
    pub(super) all: Vec<Mark>,
    said: BTreeMap<String, BTreeSet<String>>,
}

impl Marks {
    /// The names that this says, in the file.
    pub(super) fn of(about: &About, file: &Compiled) -> Result<Marks, Damaged> {
        let mut by_category: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let old = if about.marks.is_empty() {
            file.samples_within(OLD_NAMES, OLD_BUCKETS)?
        } else {
            Vec::new()
        };
        let lists = about.lists.iter().map(|list| list.category.as_str());
        let lists = lists.zip(&about.marks);
        let old = about.categories.iter().map(String::as_str).zip(&old);
        for (category, names) in lists.chain(old) {
            let own = by_category.entry(category).or_default();
            // The first of each list, then the last ones: both ends of what was read.
            let room = EACH.saturating_sub(own.len()).max(2);
            let first = names.iter().take(room.div_ceil(2));
            let last = names.iter().skip(room.div_ceil(2)).rev().take(room / 2);
            own.extend(first.chain(last).map(String::as_str));
            for name in names {
                let all = said.entry(name.clone()).or_default();
                all.insert(category.to_owned());
            }
        }
        let mut marks = Marks {
            all: Vec::new(),
            said,
        };
        for (category, names) in by_category {
            let mut is_first = true;
            for name in names {
                marks.all.push(Mark {
                    name: name.to_owned(),
                    category: category.to_owned(),
                    is_first,
                });
                is_first = false;
            }
        }
        Ok(marks)
    }

    /// All categories of a name: those that were said, and those that the file has.
    pub(super) fn own(&self, name: &str, file: &Compiled) -> Result<BTreeSet<String>, Damaged> {
        let said = upwards(name).filter_map(|above| self.said.get(above));
        let mut own: BTreeSet<String> = said.flatten().cloned().collect();
        let words = &file.about().categories;
        let found = file.look(name)?.categories.numbers();
        own.extend(found.filter_map(|at| words.get(at)).cloned());
        Ok(own)
    }
}
