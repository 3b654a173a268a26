//! Bodies that go by retention. A line of the ledger's own says first which ones are to go, so a
//! body that somebody removed quietly is found: by `check`, and by `verify` in an export. Lines of
//! this kind are the ledger's: whoever folds passes over them.

use crate::{
    check::Fault,
    line::{Draft, Head, Line},
    store::{AppendError, Store, StoreError, line_at},
};
use std::{collections::BTreeSet, ops::ControlFlow};

/// The kind of the lines that say which bodies were spent.
pub const KIND: &str = "ledger.bodies-spent";

/// Numbers in one line.
const NUMBERS_MAX: usize = 50_000;

/// Drops the bodies of the lines `seqs` for good, after lines that say so were appended after
/// `after`. The head then. When it is cut short, asking again finishes it.
///
/// # Errors
/// As [`Store::append`]; and a number is of no line yet, or of a line that accounts for others.
pub fn spend(
    store: &dyn Store,
    after: &Head,
    at: i64,
    by: &str,
    seqs: &[u64],
) -> Result<Head, AppendError> {
    let seqs: Vec<u64> = seqs
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    for seq in &seqs {
        let line = line_at(store, *seq)?.filter(|line| line.seq <= after.seq);
        if line.is_none_or(|line| line.kind == KIND) {
            return Err(Fault::NotToSpend { seq: *seq }.into());
        }
    }
    let drafts: Vec<Draft> = seqs
        .chunks(NUMBERS_MAX)
        .map(|seqs| Draft {
            at,
            by: by.to_owned(),
            kind: KIND.to_owned(),
            version: 1,
            body: body(seqs),
        })
        .collect();
    let head = store.append(after, &drafts)?;
    store.spend(&seqs)?;
    Ok(head)
}

/// Finishes what a crash cut short: spends every body that a line says is gone. How many went.
///
/// # Errors
/// The store can't be read or written.
pub fn finish(store: &dyn Store) -> Result<u64, StoreError> {
    let (mut named, mut spent) = (BTreeSet::new(), BTreeSet::new());
    store.read(1, &mut |line| {
        if line.body.is_none() {
            spent.insert(line.seq);
        }
        named.extend(numbers(line));
        ControlFlow::Continue(())
    })?;
    let owed: Vec<u64> = named.difference(&spent).copied().collect();
    if owed.is_empty() {
        return Ok(0);
    }
    store.spend(&owed)
}

/// The bodies that are gone and that no line has accounted for yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account(BTreeSet<u64>);

impl Account {
    pub(crate) fn see(&mut self, line: &Line) {
        if line.body.is_none() {
            self.0.insert(line.seq);
        }
        for seq in numbers(line) {
            self.0.remove(&seq);
        }
    }

    /// At the end of the ledger: the first body that is gone without a word.
    pub(crate) fn settle(&self) -> Result<(), Fault> {
        match self.0.first() {
            Some(seq) => Err(Fault::Unaccounted { seq: *seq }),
            None => Ok(()),
        }
    }
}

fn body(seqs: &[u64]) -> Vec<u8> {
    let numbers: Vec<String> = seqs.iter().map(u64::to_string).collect();
    format!("{{\"seqs\":[{}]}}", numbers.join(",")).into_bytes()
}

/// The numbers that a line accounts for; of any other line, none.
fn numbers(line: &Line) -> Vec<u64> {
    if line.kind != KIND {
        return Vec::new();
    }
    let read = || -> Option<Vec<u64>> {
        let text = std::str::from_utf8(line.body.as_deref()?).ok()?;
        let inner = text.strip_prefix("{\"seqs\":[")?.strip_suffix("]}")?;
        inner.split(',').map(|seq| seq.parse().ok()).collect()
    };
    let seqs = read().unwrap_or_default();
    seqs.into_iter().filter(|seq| *seq < line.seq).collect()
}
