//! Randomness as an argument: bytes drawn from a seed that the rim takes from the system once for each act.

use sha2::{Digest, Sha256};
use std::cell::Cell;

/// A source of bytes that nobody can foresee without the seed; the same seed gives the same bytes.
pub struct Chance {
    seed: [u8; 32],
    drawn: Cell<u64>,
}

impl Chance {
    /// From 32 bytes of the system's randomness (in tests: any bytes).
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Chance {
        Chance {
            seed,
            drawn: Cell::new(0),
        }
    }

    /// The next 32 bytes.
    #[must_use]
    pub fn draw(&self) -> [u8; 32] {
        let count = self.drawn.get();
        self.drawn.set(count.wrapping_add(1));
        let mut hash = Sha256::new();
        hash.update(b"stairgate chance 1");
        hash.update(self.seed);
        hash.update(count.to_be_bytes());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_seed_draws_the_same_and_never_twice_the_same() {
        let draw = |seed| {
            let chance = Chance::from_seed([seed; 32]);
            (0..100).map(|_| chance.draw()).collect::<Vec<[u8; 32]>>()
        };
        assert_eq!(draw(1), draw(1));
        let all: BTreeSet<[u8; 32]> = draw(1).into_iter().chain(draw(2)).collect();
        assert_eq!(all.len(), 200);
    }
}
