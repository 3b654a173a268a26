//! A hash for tables that are asked for each answer: XXH3 over the bytes at once, with a seed. The
//! usual one of the standard library takes several times as long for a short name.

use std::hash::{BuildHasher, Hasher};
use xxhash_rust::xxh3::xxh3_64_with_seed;

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Makes hashes with this seed. Where others choose the keys that are put in, it is drawn by chance.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quick(pub(crate) u64);

/// One hash.
pub(crate) struct Hash(u64);

impl BuildHasher for Quick {
    type Hasher = Hash;

    fn build_hasher(&self) -> Hash {
        Hash(self.0)
    }
}

impl Hasher for Hash {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(ODD).rotate_left(29);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(u64::try_from(number).unwrap_or(u64::MAX));
    }

    fn write_isize(&mut self, number: isize) {
        self.write(&number.to_ne_bytes());
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_differ_by_bytes_and_by_seed() {
        let of = |seed: u64, text: &str| Quick(seed).hash_one(text);
        assert_eq!(of(1, "a.example"), of(1, "a.example"));
        assert_ne!(of(1, "a.example"), of(2, "a.example"));
        let mut all: Vec<u64> = (0..10_000)
            .map(|at| of(1, &format!("{at}.example")))
            .collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 10_000);
    }
}
