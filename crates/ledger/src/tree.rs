//! The Merkle tree of RFC 6962 over the links: its root stands for all lines up to a size, and a
//! short proof shows that a later tree only added to an earlier one. A leaf is the link of a line.

use crate::store::{Store, StoreError};
use sha2::{Digest, Sha256};
use std::ops::ControlFlow;

/// A hash of the tree.
pub type Hash = [u8; 32];

/// A tree that grows: the roots of its full subtrees, the largest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    /// Takes up a tree again from what [`Tree::size`] and [`Tree::peaks`] said. `None`: the number
    /// of peaks does not fit the size.
    #[must_use]
    pub fn resume(size: u64, peaks: Vec<Hash>) -> Option<Tree> {
        (u32::try_from(peaks.len()) == Ok(size.count_ones())).then_some(Tree { size, peaks })
    }

    /// How many lines.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Roots of the full subtrees, the largest first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds the link of the next line.
    pub fn push(&mut self, link: &Hash) {
        let mut hash = leaf(link);
        // Two full subtrees of one size become one: as often as the size ends in binary ones.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node(&left, &hash);
            }
        }
        self.peaks.push(hash);
        self.size = self.size.saturating_add(1);
    }

    /// The root; of no lines, the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        match peaks.next() {
            Some(last) => peaks.fold(*last, |right, left| node(left, &right)),
            None => Sha256::digest([]).into(),
        }
    }
}

/// The hash of a leaf.
#[must_use]
pub fn leaf(link: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(link);
    hash.finalize().into()
}

/// The hash of two subtrees.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// The tree over the first `size` lines of a store (fewer, when it has fewer).
///
/// # Errors
/// The store can't be read.
pub fn of(store: &dyn Store, size: u64) -> Result<Tree, StoreError> {
    let mut tree = Tree::default();
    if size > 0 {
        store.read(1, &mut |line| {
            tree.push(&line.link);
            if tree.size == size {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })?;
    }
    Ok(tree)
}

/// Proof that the tree of `new` lines begins with the tree of `old` lines: RFC 6962, 2.1.2.
/// `None` when `old` is 0 or more than `new`, or the store has fewer than `new` lines.
///
/// # Errors
/// The store can't be read.
pub fn consistency(store: &dyn Store, old: u64, new: u64) -> Result<Option<Vec<Hash>>, StoreError> {
    if old == 0 || old > new {
        return Ok(None);
    }
    let ranges = proof_ranges(old, new);
    let mut trees = vec![Tree::default(); ranges.len()];
    let mut seen = 0_u64;
    store.read(1, &mut |line| {
        for (tree, (from, to)) in trees.iter_mut().zip(&ranges) {
            if (*from..*to).contains(&seen) {
                tree.push(&line.link);
            }
        }
        seen = seen.saturating_add(1);
        if seen == new {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok((seen == new).then(|| trees.iter().map(Tree::root).collect()))
}

/// The hashes that lead from the leaf at `index`, from 0, up to the root of the tree of `size`
/// lines: RFC 6962, 2.1.1. `None` when there is no such leaf, or the store has fewer lines.
///
/// # Errors
/// The store can't be read.
pub fn inclusion(
    store: &dyn Store,
    index: u64,
    size: u64,
) -> Result<Option<Vec<Hash>>, StoreError> {
    if index >= size {
        return Ok(None);
    }
    let ranges = way_ranges(index, size);
    let mut trees = vec![Tree::default(); ranges.len()];
    let mut seen = 0_u64;
    store.read(1, &mut |line| {
        for (tree, (from, to)) in trees.iter_mut().zip(&ranges) {
            if (*from..*to).contains(&seen) {
                tree.push(&line.link);
            }
        }
        seen = seen.saturating_add(1);
        if seen == size {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok((seen == size).then(|| trees.iter().map(Tree::root).collect()))
}

/// The subtrees beside the way from a leaf up to the root, as ranges of leaves, the lowest first.
fn way_ranges(index: u64, size: u64) -> Vec<(u64, u64)> {
    let (mut from, mut to, mut ranges) = (0, size, Vec::new());
    while to - from > 1 {
        let width = to - from;
        let half = 1_u64 << (u64::BITS - 1 - (width - 1).leading_zeros());
        let middle = from + half;
        if index < middle {
            ranges.push((middle, to));
            to = middle;
        } else {
            ranges.push((from, middle));
            from = middle;
        }
    }
    ranges.reverse();
    ranges
}

/// Which subtrees a proof names, as ranges of leaves from 0, in the proof's order. They do not
/// overlap, and each is a whole subtree, so its own root is the node's hash.
fn proof_ranges(old: u64, new: u64) -> Vec<(u64, u64)> {
    let (mut from, mut to, mut ranges) = (0, new, Vec::new());
    // `old` always lies in (from, to]; walk down to where it is the end of a subtree.
    while old != to {
        let width = to - from;
        let half = 1_u64 << (u64::BITS - 1 - (width - 1).leading_zeros());
        let middle = from + half;
        if old <= middle {
            ranges.push((middle, to));
            to = middle;
        } else {
            ranges.push((from, middle));
            from = middle;
        }
    }
    if from != 0 {
        ranges.push((from, to));
    }
    ranges.reverse();
    ranges
}

/// Whether `proof` shows that the tree with `new_root` begins with the tree with `old_root`:
/// RFC 9162, 2.1.4.2.
#[must_use]
pub fn is_consistent(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> bool {
    if old == 0 || old > new {
        return false;
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    // A whole left subtree is not named in the proof: it is the old root itself.
    let whole = old.is_power_of_two().then_some(old_root);
    let mut path = whole.into_iter().chain(proof);
    let (mut at, mut last) = (old - 1, new - 1);
    let shift = at.trailing_ones();
    (at, last) = (at >> shift, last >> shift);
    let Some(first) = path.next() else {
        return false;
    };
    let (mut left, mut right) = (*first, *first);
    for hash in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            (left, right) = (node(hash, &left), node(hash, &right));
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            right = node(&right, hash);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && left == *old_root && right == *new_root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        line::{Draft, Head},
        sqlite::Sqlite,
    };
    use proptest::prelude::*;

    /// The tree as RFC 6962, 2.1 defines it.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf(one),
            many => {
                let half = many.len().next_power_of_two() / 2;
                node(&defined(&many[..half]), &defined(&many[half..]))
            }
        }
    }

    fn leaves(count: u8) -> Vec<Hash> {
        (0..count).map(|i| [i; 32]).collect()
    }

    #[test]
    fn the_growing_tree_has_the_root_that_the_rfc_defines() {
        let mut tree = Tree::default();
        for size in 0..=130_u8 {
            assert_eq!(tree.root(), defined(&leaves(size)), "{size}");
            let again = Tree::resume(tree.size(), tree.peaks().to_vec()).unwrap();
            assert_eq!(again, tree);
            tree.push(&[size; 32]);
        }
        assert_eq!(Tree::resume(3, vec![[0; 32]]), None);
    }

    fn store(folder: &tempfile::TempDir, count: u8) -> (Sqlite, Vec<Hash>) {
        let store = Sqlite::open(&folder.path().join("ledger.db")).unwrap();
        let draft = |i: u8| Draft {
            at: i64::from(i),
            by: "person:1".to_owned(),
            kind: "a".to_owned(),
            version: 1,
            body: b"{}".to_vec(),
        };
        let drafts: Vec<Draft> = (0..count).map(draft).collect();
        store.append(&Head::EMPTY, &drafts).unwrap();
        let mut links = Vec::new();
        store
            .read(1, &mut |line| {
                links.push(line.link);
                ControlFlow::Continue(())
            })
            .unwrap();
        (store, links)
    }

    #[test]
    fn every_earlier_tree_is_proved_to_be_the_beginning_of_every_later_one() {
        let folder = tempfile::tempdir().unwrap();
        let (store, links) = store(&folder, 24);
        for new in 1..=24_usize {
            for old in 1..=new {
                let (n, o) = (u64::try_from(new).unwrap(), u64::try_from(old).unwrap());
                let proof = consistency(&store, o, n).unwrap().unwrap();
                let (old_root, new_root) = (defined(&links[..old]), defined(&links[..new]));
                assert!(
                    is_consistent(o, &old_root, n, &new_root, &proof),
                    "{old} to {new}"
                );
                assert!(!is_consistent(o, &[7; 32], n, &new_root, &proof));
                assert!(!is_consistent(o, &old_root, n, &[7; 32], &proof));
            }
        }
        assert_eq!(consistency(&store, 0, 5).unwrap(), None);
        assert_eq!(consistency(&store, 6, 5).unwrap(), None);
        assert_eq!(consistency(&store, 5, 25).unwrap(), None);
        assert_eq!(of(&store, 9).unwrap().root(), defined(&links[..9]));
    }

    proptest! {
        #[test]
        fn a_changed_proof_proves_nothing(old in 1_u64..60, more in 1_u64..60, at in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let new = old + more;
            let all = leaves(120);
            let (o, n) = (usize::try_from(old).unwrap(), usize::try_from(new).unwrap());
            let hashes: Vec<Hash> = proof_ranges(old, new)
                .iter()
                .map(|(from, to)| defined(&all[usize::try_from(*from).unwrap()..usize::try_from(*to).unwrap()]))
                .collect();
            let (old_root, new_root) = (defined(&all[..o]), defined(&all[..n]));
            prop_assert!(is_consistent(old, &old_root, new, &new_root, &hashes));
            if !hashes.is_empty() {
                let mut changed = hashes.clone();
                let place = at.index(hashes.len() * 32);
                changed[place / 32][place % 32] ^= 1 << bit;
                prop_assert!(!is_consistent(old, &old_root, new, &new_root, &changed));
                let mut longer = hashes.clone();
                longer.push([0; 32]);
                prop_assert!(!is_consistent(old, &old_root, new, &new_root, &longer));
                prop_assert!(!is_consistent(old, &old_root, new, &new_root, &hashes[1..]));
            }
        }
    }
}
