//! Answers that are kept, bounded by their bytes. Two generations: what is asked for moves to the
//! young one, and when that is full, the old one is dropped whole. Nothing is sorted or linked.

use super::kept::{Asked, Kept};
use crate::{
    quick::Quick,
    seam::{Fault, broken},
};
use std::{
    collections::HashMap,
    hash::BuildHasher,
    sync::{Arc, Mutex, PoisonError},
};

const SHARDS: usize = 16;

/// A table of answers, or of decisions, by bytes.
pub(super) struct Generations<T> {
    young: HashMap<Box<[u8]>, T, Quick>,
    old: HashMap<Box<[u8]>, T, Quick>,
    bytes: usize,
    bytes_max: usize,
}

impl<T> Generations<T> {
    /// An empty one; the seed is drawn by chance, so that nobody can choose names that meet.
    pub(super) fn new(bytes_max: usize, seed: u64) -> Generations<T> {
        let table = || HashMap::with_hasher(Quick(seed));
        Generations {
            young: table(),
            old: table(),
            bytes: 0,
            bytes_max: bytes_max / 2,
        }
    }

    /// What is kept under a key; `size` says how much it takes.
    pub(super) fn get(&mut self, key: &[u8], size: impl Fn(&T) -> usize) -> Option<&T> {
        if !self.young.contains_key(key) {
            let (key, kept) = self.old.remove_entry(key)?;
            let size = size(&kept);
            self.put(key, kept, size);
        }
        self.young.get(key)
    }

    /// The same, without moving it: for what is asked for all the time.
    pub(super) fn peek(&self, key: &[u8]) -> Option<&T> {
        self.young.get(key)
    }

    /// Keeps something that takes so many bytes.
    pub(super) fn put(&mut self, key: Box<[u8]>, kept: T, size: usize) {
        let size = size + key.len() + 64;
        if size > self.bytes_max {
            return;
        }
        if self.bytes + size > self.bytes_max {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
            self.bytes = 0;
        }
        self.bytes += size;
        self.young.insert(key, kept);
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
        self.bytes = 0;
    }
}

/// Answers from upstream.
pub(super) struct Cache {
    shards: Vec<Mutex<Generations<Arc<Kept>>>>,
    hasher: Quick,
}

impl Cache {
    pub(super) fn new(bytes_max: usize, seed: u64) -> Cache {
        let shard = |_| Mutex::new(Generations::new(bytes_max / SHARDS, seed));
        Cache {
            shards: (0..SHARDS).map(shard).collect(),
            hasher: Quick(seed.rotate_left(17)),
        }
    }

    pub(super) fn get(&self, key: &[u8]) -> Option<Arc<Kept>> {
        let mut shard = self
            .shard(key)?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        shard.get(key, |kept| kept.size()).cloned()
    }

    pub(super) fn put(&self, key: &[u8], kept: Arc<Kept>) {
        let Some(shard) = self.shard(key) else {
            return;
        };
        let size = kept.size();
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        shard.put(key.into(), kept, size);
    }

    fn shard(&self, key: &[u8]) -> Option<&Mutex<Generations<Arc<Kept>>>> {
        let hash = usize::try_from(self.hasher.hash_one(key) >> 40).unwrap_or(0);
        self.shards.get(hash % SHARDS)
    }
}

/// Under what an answer is kept.
pub(super) fn key(asked: Asked<'_>) -> Vec<u8> {
    let mut key = Vec::with_capacity(asked.name.len() + 3);
    key.extend_from_slice(&asked.kind.to_be_bytes());
    let safe = asked.safe.is_some() && !broken(|| Fault::KeptAcrossSafety);
    key.push(u8::from(safe) | u8::from(asked.at_home) << 1);
    key.extend_from_slice(asked.name.as_bytes());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_bytes_are_bounded() {
        let mut table: Generations<u32> = Generations::new(20_000, 1);
        for number in 0..10_000_u32 {
            table.put(Box::from(number.to_be_bytes()), number, 32);
            assert_eq!(
                table.get(&0_u32.to_be_bytes(), |_| 32),
                Some(&0),
                "{number}"
            );
            assert!(table.young.len() + table.old.len() <= 200);
        }
        assert_eq!(table.get(&1_u32.to_be_bytes(), |_| 32), None);
        table.clear();
        assert_eq!(table.get(&0_u32.to_be_bytes(), |_| 32), None);
    }

    #[test]
    fn what_is_larger_than_all_is_not_kept() {
        let mut table: Generations<u32> = Generations::new(200, 1);
        table.put(Box::from([1]), 1, 500);
        assert_eq!(table.peek(&[1]), None);
    }
}
